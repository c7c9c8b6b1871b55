// What the pages can do better with a script; without it everything still works. No library, nothing from elsewhere.
"use strict";

const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

// -- copy ------------------------------------------------------------------------------------------------------

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Over plain http there is no clipboard to write to: select, and copy as a person would.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

each("[data-copy]", (button) => {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
});

// -- the calendar being brought up to date ----------------------------------------------------------------------

const sync = document.getElementById("sync");
if (sync && sync.dataset.state === "running") {
  const ask = async () => {
    try {
      const answer = await fetch("/sync", { headers: { Accept: "application/json" } });
      const { state, text } = await answer.json();
      if (sync.textContent !== text) sync.textContent = text;
      sync.dataset.state = state;
      if (state !== "running") return;
    } catch { /* asked again */ }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 500);
}

// -- the call ---------------------------------------------------------------------------------------------------

const form = document.getElementById("call");
if (form) {
  const there = document.getElementById("there-now");
  if (there) {
    const tick = () => {
      const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
        hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: there.dataset.zone,
      });
      there.textContent = clock.format(new Date());
    };
    setInterval(tick, 30000);
  }

  // Kept in the browser under the call's own name: what the server does not have yet, and when the call began.
  const uid = form.dataset.uid;
  const store = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`callplan ${name} ${uid}`);
      if (value === null) localStorage.removeItem(`callplan ${name} ${uid}`);
      else localStorage.setItem(`callplan ${name} ${uid}`, value);
    } catch { /* a private window keeps nothing */ }
    return null;
  };

  // The timer: begins with the tap on the number, or by hand; goes on over a reload.
  const timer = document.getElementById("timer");
  const elapsed = timer.querySelector(".elapsed");
  const button = timer.querySelector("button");
  let began = Number(store("began")) || 0;
  if (Date.now() - began > 2 * 3600 * 1000) began = 0;
  const show = () => {
    const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0;
    elapsed.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.classList.toggle("over", seconds > 4 * Number(timer.dataset.target) && Number(timer.dataset.target) > 0);
    button.textContent = began ? button.dataset.reset : button.dataset.start;
  };
  const start = () => { began = Date.now(); store("began", String(began)); show(); };
  button.addEventListener("click", () => {
    if (began) { began = 0; store("began", null); show(); } else start();
  });
  each("a.dial", (link) => link.addEventListener("click", () => { if (!began) start(); }));
  timer.hidden = false;
  setInterval(show, 500);
  show();

  // Notes and ticks: sent a moment after the last key, kept here until the server has them.
  const notes = document.getElementById("notes-text");
  const saved = document.getElementById("saved");
  each(".plain-how", (one) => { one.hidden = true; });
  each(".typed-how", (one) => { one.hidden = false; });
  const ticks = () => [...form.querySelectorAll("input[name=tick]:checked")].map((one) => one.value);
  const content = () => JSON.stringify({ text: notes.value, ticks: ticks(), base: base });
  let base = notes.value; // what the server had when the page was shown, or has taken since
  let waiting = 0, patience = 1000, sending = false, again = false;

  async function send() {
    clearTimeout(waiting);
    waiting = 0;
    if (sending) { again = true; return; }
    sending = true;
    const text = notes.value;
    const data = new URLSearchParams({ token: form.elements.token.value, notes: text });
    ticks().forEach((one) => data.append("tick", one));
    try {
      const answer = await fetch(`/call/${uid}/notes`, { method: "POST", body: data, headers: { "X-Callplan": "typing" }, keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      base = text;
      patience = 1000;
      if (notes.value === text && !again) { store("unsent", null); saved.textContent = saved.dataset.saved; }
    } catch {
      saved.textContent = saved.dataset.offline;
      patience = Math.min(patience * 2, 30000);
      waiting = setTimeout(send, patience);
    }
    sending = false;
    if (again) { again = false; send(); }
  }

  function changed() {
    store("unsent", content());
    if (saved.textContent !== saved.dataset.offline) saved.textContent = saved.dataset.unsaved;
    clearTimeout(waiting);
    waiting = setTimeout(send, 600);
  }

  const unsent = store("unsent");
  if (unsent) {
    try {
      const left = JSON.parse(unsent);
      // Another device may have written meanwhile: then both texts are kept.
      notes.value = left.base === notes.value || !notes.value ? left.text
        : notes.value === left.text ? left.text : `${notes.value}\n${left.text}`;
      const ticked = new Set(left.ticks);
      form.querySelectorAll("input[name=tick]").forEach((one) => { one.checked = one.checked || ticked.has(one.value); });
      changed();
    } catch { store("unsent", null); }
  }
  notes.addEventListener("input", changed);
  form.addEventListener("change", (event) => { if (event.target.name === "tick") changed(); });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (document.hidden && waiting) send(); });

  // The outcome carries the notes itself. Twice pressed is once meant.
  let gone = false;
  form.addEventListener("submit", (event) => {
    if (gone) { event.preventDefault(); return; }
    gone = true;
    clearTimeout(waiting);
    store("began", null);
    setTimeout(() => { gone = false; }, 5000);
  });
}
