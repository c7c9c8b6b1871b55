"""The pages in a real browser: Debian's Chromium, at the size of a phone and of a desk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from caldav.davclient import DAVClient
from callplan.book.read import read_application
from callplan.settings import load_settings
from callplan.sync.run import sync
from callplan.web.serve import Addresses, Options, serving
from callplan.web.sources import last_look, take
from callplan.where import Places

from tests.web.book import COMPANY, EXHAUSTIVE, FEW, NOW, sample_places

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    OpenPage = Callable[..., Page]

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's chromium is not installed")

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
SAVED = "Saved"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return sample_places(tmp_path, FEW)


@pytest.fixture
def served(places: Places) -> Iterator[Addresses]:
    def run() -> tuple[int, str]:
        sync(places, load_settings(places.config), NOW)
        return 0, ""

    with serving(places, last_look(places, lambda: NOW), Options(port=0), run) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """All samples, served to those who press no button."""
    places = sample_places(tmp_path_factory.mktemp("looked-at"))
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as addresses:
        yield addresses


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def open_page(chromium: Browser, complaints: list[str]) -> Iterator[OpenPage]:
    contexts = []

    def opened(**options: Any) -> Page:
        context = chromium.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()


def to_call(page: Page, served: Addresses, company: str = "Brightwater") -> None:
    """From the secret link over home to the call page."""
    page.goto(served.home)
    assert urlsplit(page.url).path == "/"
    row = page.locator(".rows > li", has_text=company)
    row.locator("summary").click()
    row.locator(".steps a[href^='/call/']").first.click()
    page.locator("#call").wait_for()


def notes_on(page: Page) -> Locator:
    """Where notes are typed."""
    return page.get_by_role("textbox", name="Notes")


def starts_on_the_server(served: Addresses) -> dict[str, str]:
    """When each event of the built-in calendar begins, by UID."""
    password = served.password_file.read_text(encoding="utf-8").strip()
    client = DAVClient(served.caldav, username=served.username, password=password, auth_type="basic")
    [calendar] = client.get_calendars()
    found: Any = calendar.get_events()
    events = [event.icalendar_component for event in found]
    return {str(one["uid"]): one.decoded("dtstart").astimezone(UTC).isoformat() for one in events}


@pytest.mark.parametrize("size", [PHONE, DESK] if EXHAUSTIVE else [PHONE])
def test_the_whole_way_from_the_link_to_the_moved_event(
    open_page: OpenPage, served: Addresses, places: Places, size: dict[str, object], complaints: list[str]
) -> None:
    sync(places, load_settings(places.config), NOW)
    before = starts_on_the_server(served)
    page = open_page(**size)
    to_call(page, served)
    uid = urlsplit(page.url).path.rsplit("/", 1)[1]
    page.get_by_role("checkbox").nth(1).check()
    notes_on(page).fill("Her assistant: call again after three.")
    page.get_by_text(SAVED, exact=True).wait_for()
    page.reload()
    assert notes_on(page).input_value() == "Her assistant: call again after three."
    assert page.get_by_role("checkbox").nth(1).is_checked()
    page.get_by_role("button", name="No answer").click()
    page.get_by_text("not reached 1 of 5 times").wait_for()
    page.get_by_text("Your calendar is up to date.").wait_for()
    entry = read_application(places.book / f"{COMPANY}.toml").log[-1]
    assert (entry.outcome, entry.note) == ("no-answer", "Her assistant: call again after three.")
    after = starts_on_the_server(served)
    planned = take(places, NOW).step(uid)
    assert planned is not None
    assert planned.start is not None
    assert before[uid] != after[uid] == planned.start.astimezone(UTC).isoformat()
    assert complaints == []


def test_a_call_in_danish_from_the_link_to_the_next_one(
    open_page: OpenPage, served: Addresses, places: Places, complaints: list[str]
) -> None:
    settings = places.config.read_text(encoding="utf-8").replace('language = "en"', 'language = "da"')
    places.config.write_text(settings, encoding="utf-8")
    page = open_page(**PHONE)
    page.goto(served.home)
    assert english_on(page) == set()
    to_call(page, served)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert english_on(page) == set()
    page.get_by_text("mandag den 23. november 2026 kl. 14.30–14.45").wait_for()
    page.get_by_text("I New York er klokken nu 08.35").wait_for()
    page.get_by_role("textbox", name="Noter").fill("Ring igen efter tre.")
    page.get_by_text("Gemt", exact=True).wait_for()
    page.get_by_role("button", name="Intet svar").click()
    page.get_by_text("Noteret: Intet svar").wait_for()
    page.get_by_text("Din kalender er opdateret.").wait_for()
    assert english_on(page) == set()
    assert complaints == []


#: Words that no Danish sentence has.
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|you|your|is|with|not|call|calls|business|day|days|interview|what|how)\b", re.I
)


def english_on(page: Page) -> set[str]:
    """English words on a page, but for the script, her title, and what one types in a terminal."""
    text = page.evaluate(
        "() => { const copy = document.body.cloneNode(true);"
        "copy.querySelectorAll('[lang=en] .points, [lang=en] h3, .who, code').forEach((one) => one.remove());"
        "return copy.textContent }"
    )
    return set(_ENGLISH.findall(re.sub("“callplan [^”]*”", "", text)))


def test_notes_outlive_a_lost_connection(open_page: OpenPage, looked_at: Addresses) -> None:
    page = open_page(**PHONE)
    to_call(page, looked_at)
    page.context.set_offline(True)
    notes_on(page).fill("Written in a tunnel")
    page.get_by_text("No connection").wait_for()
    page.context.set_offline(False)
    page.get_by_text(SAVED, exact=True).wait_for()
    page.reload()
    assert notes_on(page).input_value() == "Written in a tunnel"


def test_notes_outlive_a_page_closed_without_connection(open_page: OpenPage, looked_at: Addresses) -> None:
    page = open_page(**PHONE)
    to_call(page, looked_at)
    address = page.url
    page.context.set_offline(True)
    notes_on(page).fill("Never sent")
    page.get_by_text("No connection").wait_for()
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    assert notes_on(again).input_value() == "Never sent"
    again.get_by_text(SAVED, exact=True).wait_for()


def test_the_clock_starts_with_the_call_and_the_number_can_be_copied(open_page: OpenPage, looked_at: Addresses) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"], **DESK)
    to_call(page, looked_at)
    dial = page.get_by_role("link", name="Call +1 212-555-0142")
    assert dial.get_attribute("href") == "tel:+12125550142"
    page.get_by_role("button", name="Copy number").click()
    page.get_by_role("button", name="Copied").wait_for()
    page.get_by_role("button", name="Start the clock").click()
    page.get_by_role("timer").get_by_text("0:01").wait_for()
    page.reload()
    page.get_by_role("button", name="Reset").wait_for()


def test_everything_works_without_javascript(open_page: OpenPage, served: Addresses, places: Places) -> None:
    page = open_page(java_script_enabled=False, **PHONE)
    to_call(page, served)
    assert not page.get_by_role("button", name="Copy number").is_visible()
    assert not page.get_by_role("timer").is_visible()
    notes_on(page).fill("By hand")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Save the notes").last.click()
    assert notes_on(page).input_value() == "By hand"
    assert page.get_by_role("checkbox").first.is_checked()
    page.get_by_role("button", name="Busy").click()
    page.get_by_text("not reached 1 of 5 times").wait_for()
    assert read_application(places.book / f"{COMPANY}.toml").log[-1].note == "By hand"


def test_everything_is_reached_by_the_keyboard(open_page: OpenPage, served: Addresses, places: Places) -> None:
    page = open_page(**DESK)
    to_call(page, served)
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "() => { const one = document.activeElement;"
            "return [one.value || one.id || one.textContent.trim().slice(0, 40), getComputedStyle(one).outlineStyle] }"
        )
        reached.add(focus[0])
        assert focus[1] != "none", f"no one sees that {focus[0]} has the focus"
        if focus[0] == "no-answer":
            break
    assert {"opening.0", "Call +1 212-555-0142", "reached"} <= reached
    page.keyboard.press("Enter")
    page.get_by_text("not reached 1 of 5 times").wait_for()


def test_axe_finds_nothing(open_page: OpenPage, looked_at: Addresses) -> None:
    # axe is put into the page from outside, which the page's own policy rightly forbids.
    page = open_page(bypass_csp=True, **DESK)
    page.goto(looked_at.home)
    assert _axe_at_each_size(page) == []
    to_call(page, looked_at)
    assert _axe_at_each_size(page) == []


def test_axe_finds_nothing_after_a_button(open_page: OpenPage, served: Addresses) -> None:
    page = open_page(bypass_csp=True, **DESK)
    to_call(page, served)
    page.get_by_role("button", name="No answer").click()
    page.get_by_text("not reached 1 of 5 times").wait_for()
    assert _axe_at_each_size(page) == []


def _axe_at_each_size(page: Page) -> list[str]:
    """Each size and each colouring once."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.emulate_media(color_scheme="dark")
    found = _axe(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE["viewport"])
    return found + _axe(page)


def _axe(page: Page) -> list[str]:
    answer = axe.Axe().run(page).response
    return [f"{one['id']}: {node['html'][:120]}" for one in answer["violations"] for node in one["nodes"]]


def test_nothing_runs_over_the_edge_even_with_text_twice_as_large(open_page: OpenPage, looked_at: Addresses) -> None:
    page = open_page(bypass_csp=True, **DESK)
    page.goto(looked_at.home)
    _demand_room(page)
    to_call(page, looked_at)
    _demand_room(page)


def _demand_room(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for size in ("100%", "200%"):
            page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
            over = page.evaluate(
                "() => [document.documentElement.scrollWidth - innerWidth,"
                "[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right >"
                " innerWidth + 1 && !one.closest('svg, .unseen')).map((one) => one.outerHTML.slice(0, 80)).slice(0, 3)]"
            )
            assert over[0] <= 0, (width, size, over[1])


def test_buttons_are_large_enough_for_a_thumb(open_page: OpenPage, looked_at: Addresses) -> None:
    page = open_page(**PHONE)
    to_call(page, looked_at)
    heights = page.evaluate(
        "() => [...document.querySelectorAll('.button, .points label, summary, .bar a')]"
        ".filter((one) => one.offsetParent).map((one) => one.offsetHeight)"
    )
    assert min(heights) >= 44


def test_a_stranger_sees_nothing(open_page: OpenPage, looked_at: Addresses) -> None:
    page = open_page(**PHONE)
    answer = page.goto(looked_at.home.split("/s/")[0] + "/")
    assert answer is not None
    assert answer.status == 404
    assert "Brightwater" not in page.content()
