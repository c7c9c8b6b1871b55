"""The page of a call without JavaScript: everything works, nothing is lost, manners are kept."""

from __future__ import annotations

import html
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from callplan.book.read import read_application
from callplan.book.types import Application
from callplan.errors import RecordError
from callplan.plan.step import StepKind
from callplan.plan.upcoming import PENDING
from callplan.sync.page_address import page_of, remember_pages
from callplan.web.happened import Pressed, log_step
from callplan.web.serve import Addresses, Options, serving
from callplan.web.sources import last_look, take
from callplan.where import Places
from callplan.words.letters.keeping import Drafts, KeptDraft

from tests.web.book import COMPANY, EXHAUSTIVE, FEW, NOW, Visitor, sample_places
from tests.web.browser import Browser, basic

Synced = list[int]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return sample_places(tmp_path, FEW)


@pytest.fixture
def synced() -> Synced:
    return []


@pytest.fixture
def served(places: Places, synced: Synced) -> Iterator[Addresses]:
    def sync() -> tuple[int, str]:
        synced.append(1)
        return 0, ""

    with serving(places, last_look(places, lambda: NOW), Options(port=0), sync) as addresses:
        yield addresses


@pytest.fixture
def visitor(served: Addresses) -> Visitor:
    return Visitor(served)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, Places]]:
    """A visitor whose every form must be refused, and a book that must stay as it is."""
    places = sample_places(tmp_path_factory.mktemp("refused"), FEW)
    before = application(places)
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as addresses:
        yield Visitor(addresses), places
    assert application(places) == before


def application(places: Places, name: str = COMPANY) -> Application:
    return read_application(places.book / f"{name}.toml")


def press(visitor: Visitor, outcome: str, path: str | None = None, **fields: str) -> str:
    """Press a button of the call page; where it leads."""
    path = path or visitor.call()
    page = visitor.get(path)
    answer = visitor.post(path.replace("/call/", "/log/"), visitor.form(page) | {"outcome": outcome} | fields)
    assert answer.status == 303, answer.body.decode()
    return str(answer.headers["Location"])


def test_the_page_has_all_that_a_call_needs(visitor: Visitor) -> None:
    page = visitor.get(visitor.call())
    assert "Call Carmen Ortiz" in page
    assert "VP of Engineering, Brightwater Health" in page
    assert 'href="tel:+12125550142"' in page
    assert "Monday 23 November 2026, 08:30–08:45, New York time" in page
    assert "Monday 23 November 2026, 14:30–14:45, Copenhagen time" in page
    assert "In New York it is now" in page
    assert page.count('type="checkbox"') > 10
    for outcome in ("reached", "no-answer", "busy", "voicemail", "gatekeeper", "asked-not-to-call"):
        assert f'value="{outcome}"' in page


def test_a_button_logs_plans_anew_and_shows_the_new_date_at_once(
    visitor: Visitor, places: Places, synced: Synced
) -> None:
    before = len(application(places).log)
    page = visitor.get(press(visitor, "no-answer", notes="Her assistant said: after three."))
    entry = application(places).log[-1]
    assert (len(application(places).log), entry.step, entry.outcome) == (before + 1, "call", "no-answer")
    assert entry.note == "Her assistant said: after three."
    assert entry.to == ("Carmen Ortiz",)
    assert entry.at == NOW
    assert "Logged:</strong> No answer" in page
    assert "not reached 1 of 5 times" in page
    assert "Monday 23 November 2026, 14:30" not in page  # the old date
    assert synced


def test_the_calls_new_date_comes_before_what_else_is_waiting(visitor: Visitor, places: Places, synced: Synced) -> None:
    """Notes that were never logged are late, and what is next; the date of the next try is what was asked for."""
    file = places.book / "brightwater.toml"
    text = file.read_text(encoding="utf-8")
    text = text[: text.index("[rounds.notes]")] + text[text.index("[[fit]]") :]
    text = "[[log]]".join(block for block in text.split("[[log]]") if 'step = "notes"' not in block)
    file.write_text(text, encoding="utf-8")
    press(visitor, "no-answer")
    page = visitor.get(press(visitor, "busy"))  # the second today: the next is tomorrow
    assert page.index("not reached 2 of 5 times") < page.index("Also waiting") < page.index("Write down the interview")


def test_no_request_waits_for_the_sync(places: Places) -> None:
    going, let_go = threading.Event(), threading.Event()

    def slow() -> tuple[int, str]:
        going.set()
        let_go.wait(30)
        return 0, ""

    with serving(places, last_look(places, lambda: NOW), Options(port=0), slow) as addresses:
        visitor = Visitor(addresses)
        page = visitor.get(press(visitor, "busy"))
        assert going.wait(10)
        assert "Your calendar is being brought up to date" in page
        assert '"state":"running"' in visitor.get("/sync")
        assert visitor.browser.ask("GET", urlsplit(addresses.feed).path).status == 200
        login = basic(addresses.username, addresses.password_file.read_text(encoding="utf-8").strip())
        calendar = Browser(addresses.caldav, login | {"Depth": "0"})
        assert calendar.ask("PROPFIND", urlsplit(addresses.caldav).path).status == 207
        let_go.set()


@pytest.mark.advice("B1")
def test_what_goes_wrong_with_the_calendar_is_told(places: Places) -> None:
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (5, "no server")) as addresses:
        visitor = Visitor(addresses)
        press(visitor, "busy")
        assert "“callplan sync” tells more" in _settled(visitor)


def _settled(visitor: Visitor) -> str:
    for _ in range(200):
        if '"running"' not in (page := visitor.get("/sync")):
            return page.encode().decode("unicode_escape")
    raise AssertionError("the sync goes on")


def test_the_same_button_twice_logs_once(visitor: Visitor, places: Places) -> None:
    path = visitor.call()
    form = visitor.form(visitor.get(path)) | {"outcome": "no-answer"}
    log = path.replace("/call/", "/log/")
    assert "logged=1" in str(visitor.post(log, form).headers["Location"])
    second = visitor.post(log, form)
    assert "meanwhile=1" in str(second.headers["Location"])
    assert len([one for one in application(places).log if one.outcome == "no-answer"]) == 1


def test_it_can_be_taken_back_and_the_notes_return(visitor: Visitor, places: Places) -> None:
    path = visitor.call()
    page = visitor.get(press(visitor, "wrong-number", notes="A pizzeria"))
    answer = visitor.post(f"/undo/{COMPANY}", visitor.form(page))
    assert answer.status == 303
    assert application(places).log[-1].outcome == "undone"
    page = visitor.get(str(answer.headers["Location"]))
    assert "Taken back" in page
    assert "14:30–14:45" in page
    assert "A pizzeria" in visitor.get(path)


def test_an_offer_on_the_phone_is_a_call_and_an_offer(visitor: Visitor, places: Places) -> None:
    page = visitor.get(press(visitor, "offer", notes="Start in March"))
    call, offer = application(places).log[-2:]
    assert (call.step, call.outcome, call.note) == ("call", "reached", "Start in March")
    assert (offer.step, offer.by) == ("offer", "phone")
    assert "Well done" in page
    visitor.post(f"/undo/{COMPANY}", visitor.form(page))
    assert [one.outcome for one in application(places).log[-2:]] == ["undone", "undone"]


def test_a_day_they_named_and_a_time_to_call_again_are_kept(visitor: Visitor, places: Places) -> None:
    press(visitor, "bad-moment", again="2026-11-24T09:15")
    when = application(places).log[-1].time
    assert when is not None
    assert when.isoformat() == "2026-11-24T09:15:00-05:00"
    assert "Tuesday 24 November 2026, 15:15" in visitor.get(visitor.call())
    press(visitor, "reached", promised="2026-12-04")
    assert str(application(places).log[-1].date) == "2026-12-04"


def test_a_time_that_has_passed_is_refused_and_the_notes_kept(visitor: Visitor, places: Places) -> None:
    path = visitor.call()
    before = application(places)
    fields = visitor.form(visitor.get(path)) | {"outcome": "bad-moment", "again": "2026-11-20T09:15", "notes": "Kept"}
    answer = visitor.post(path.replace("/call/", "/log/"), fields)
    assert answer.status == 409
    assert "passed already" in answer.body.decode()
    assert application(places) == before
    assert "Kept</textarea>" in visitor.get(path)


def test_manners_are_kept_kindly(visitor: Visitor, places: Places, served: Addresses) -> None:
    path = visitor.call()
    file = places.book / f"{COMPANY}.toml"
    form = visitor.form(visitor.get(path))
    entry = '\n[[log]]\nat = 2026-11-20T09:00:00+01:00\nstep = "call"\noutcome = "reached"\n'
    file.write_text(file.read_text(encoding="utf-8") + entry + entry.replace("20T", "21T"), encoding="utf-8")
    form["seen"] = str(int(form["seen"]) + 2)
    before = file.read_bytes()
    answer = visitor.post(path.replace("/call/", "/log/"), form | {"outcome": "reached", "notes": "Third"})
    assert answer.status == 409
    text = html.unescape(answer.body.decode())
    assert "Better not" in text
    assert "you have called twice" in text
    assert "What you can do instead" in text
    assert file.read_bytes() == before


def test_a_step_is_ticked_off_at_home(visitor: Visitor, places: Places) -> None:
    form = visitor.get("/").split("<form")[1].split("</form>")[0]
    path = form.split('action="')[1].split('"')[0]
    answer = visitor.post(path, visitor.form(form) | {"outcome": "done"})
    assert answer.status == 303
    name = str(answer.headers["Location"]).split("/")[2].split("?")[0]
    assert application(places, name).log[-1].at == NOW


def test_a_draft_with_gaps_is_not_ticked_off(places: Places, tmp_path: Path) -> None:
    look = take(places, NOW)
    step = next(one for one in look.steps if one.kind is StepKind.LETTER and one.status in PENDING)
    record = application(places, step.application)
    path = tmp_path / "letter.txt"
    draft = KeptDraft(str(record.id), step.round, "letter", step.to[0], str(path), "")
    Drafts(places).write(draft, "Dear [GAP: whom]")
    with pytest.raises(RecordError, match=r"\[GAP: whom\]"):
        log_step(look, step, Pressed("done", len(record.log)), places, NOW)
    assert application(places, step.application).log == record.log
    path.write_text("Dear Ms Holm", encoding="utf-8")
    assert log_step(look, step, Pressed("done", len(record.log)), places, NOW).log[-1].outcome == "sent"


@pytest.mark.parametrize("outcome", ["", "done", "sent", "undone", "moved", "x" * 5000, "reached\n"])
def test_a_button_there_is_not_changes_nothing(refused: tuple[Visitor, Places], outcome: str) -> None:
    visitor, places = refused
    path = visitor.call()
    before = application(places)
    answer = visitor.post(path.replace("/call/", "/log/"), visitor.form(visitor.get(path)) | {"outcome": outcome})
    assert answer.status == 409
    assert application(places) == before


def test_notes_and_ticks_are_saved_by_a_button_of_their_own(visitor: Visitor) -> None:
    path = visitor.call()
    form = visitor.form(visitor.get(path))
    fields = [*form.items(), ("notes", "One\r\nTwo <b>"), ("tick", "opening.0"), ("tick", "points.1")]
    answer = visitor.post(f"{path}/notes", fields)
    assert (answer.status, answer.headers["Location"]) == (303, f"{path}#notes")
    page = visitor.get(path)
    assert "One\nTwo &lt;b&gt;</textarea>" in page
    assert 'value="opening.0" checked' in page
    assert page.count(" checked") == 2


def test_notes_survive_a_new_start(places: Places) -> None:
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as addresses:
        visitor = Visitor(addresses)
        path = visitor.call()
        assert visitor.post(f"{path}/notes", visitor.form(visitor.get(path)) | {"notes": "Still here"}).status == 303
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as addresses:
        assert "Still here</textarea>" in Visitor(addresses).get(path)
    [file] = (places.state / "call-notes").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_notes_that_are_too_long_are_refused(refused: tuple[Visitor, Places]) -> None:
    visitor, _ = refused
    path = visitor.call()
    form = visitor.form(visitor.get(path))
    for length in (20_001, 300_000):
        assert visitor.post(f"{path}/notes", form | {"notes": "x" * length}).status == 413


@pytest.mark.parametrize("token", [None, "", "x", "0" * 64, "ÿ"])
@pytest.mark.parametrize("path", ["/log/{}", "/call/{}/notes", "/undo/brightwater"])
def test_a_form_without_its_token_is_refused(refused: tuple[Visitor, Places], path: str, token: str | None) -> None:
    visitor, places = refused
    uid = visitor.call().rsplit("/", 1)[1]
    before = application(places)
    fields = {"outcome": "reached", "seen": str(len(before.log)), "count": "1"}
    answer = visitor.post(path.format(uid), fields | ({"token": token} if token is not None else {}))
    assert answer.status == 403
    assert application(places) == before


def test_a_form_of_another_site_is_refused_even_with_the_token(refused: tuple[Visitor, Places]) -> None:
    visitor, _ = refused
    path = visitor.call()
    form = visitor.form(visitor.get(path)) | {"outcome": "busy"}
    assert visitor.post(path.replace("/call/", "/log/"), form, Sec_Fetch_Site="cross-site").status == 403


def test_every_form_carries_a_token(visitor: Visitor) -> None:
    pages = [visitor.get("/"), visitor.get(visitor.call()), visitor.get(press(visitor, "busy"))]
    for page in pages:
        forms = page.split("<form")[1:]
        assert forms
        assert all('name="token"' in form.split("</form>")[0] for form in forms)


def test_a_call_that_is_over_leads_to_what_is_next(visitor: Visitor) -> None:
    path = visitor.call()
    press(visitor, "reached")
    answer = visitor.browser.ask("GET", path, Cookie=visitor.cookie)
    assert (answer.status, answer.headers["Location"]) == (303, "/after/brightwater")


def test_hostile_notes_are_text(visitor: Visitor, places: Places) -> None:
    hostile = '</textarea><script>alert(1)</script>\x00\x1b[31m\u202e{{7*7}}"""'
    page = visitor.get(press(visitor, "no-answer", notes=hostile))
    assert "<script>alert" not in page
    assert "49" not in application(places).log[-1].note
    assert "\x1b" not in application(places).log[-1].note


def test_the_call_of_a_faulty_file_can_be_read_and_noted_but_not_logged(visitor: Visitor, places: Places) -> None:
    path = visitor.call()
    form = visitor.form(visitor.get(path))
    file = places.book / f"{COMPANY}.toml"
    broken = file.read_text(encoding="utf-8").replace('company = "', "company = ", 1)
    file.write_text(broken, encoding="utf-8")
    page = visitor.get(path)
    assert "This application’s file has a fault." in page
    assert "tel:+12125550142" in page
    answer = visitor.post(path.replace("/call/", "/log/"), form | {"outcome": "reached", "notes": "Friday"})
    assert answer.status == 409
    assert f"{COMPANY}.toml, line" in answer.body.decode()
    assert file.read_text(encoding="utf-8") == broken
    assert "Friday" in visitor.get(path)


def test_events_link_to_the_page_once_pages_were_served(places: Places) -> None:
    assert page_of(places) is None
    assert b"/call/" not in take(places, NOW).feed
    remember_pages(places, "https://cal.example")
    feed = take(places, NOW).feed.replace(b"\r\n ", b"")
    assert b"URL:https://cal.example/call/" in feed
    assert b"/s/" not in feed


def test_serving_under_a_name_writes_it_down(places: Places) -> None:
    options = Options(port=0, behind_proxy=True, public_url="https://cal.example/")
    with serving(places, last_look(places, lambda: NOW), options, lambda: (0, "")):
        look = take(places, NOW)
    page = page_of(places)
    assert page is not None
    assert str(page(look.steps[0])).startswith("https://cal.example/call/")


def test_killed_while_writing_the_book_and_the_notes_are_whole(places: Places) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from tests.web.book import *\n"
        "from callplan.web.serve import *; from callplan.web.sources import last_look\n"
        "places = places_in(Path(sys.argv[1]))\n"
        "with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, '')) as served:\n"
        "    visitor = Visitor(served); path = visitor.call()\n"
        "    for number in range(10000):\n"
        "        form = visitor.form(visitor.get(path))\n"
        "        visitor.post(path + '/notes', form | {'notes': 'n' * number})\n"
        "        form |= {'outcome': 'busy', 'notes': 'x' * 50}\n"
        "        visitor.post(path.replace('/call/', '/log/'), form)\n"
        "        visitor.post('/undo/brightwater', visitor.form(visitor.get('/after/brightwater?logged=1')))\n"
        "        print(number, flush=True)\n"
    )
    for lines in (2, 5) if EXHAUSTIVE else (3,):
        writer = subprocess.Popen(
            [sys.executable, "-c", program, str(places.book.parent)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(lines):
            assert writer.stdout.readline()
        writer.kill()
        writer.wait(timeout=20)
        writer.stdout.close()
        assert application(places).log  # reads without a fault
        assert take(places, NOW + timedelta(minutes=1)).faults == ()
        with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as served:
            assert Visitor(served).call()
