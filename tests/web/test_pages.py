"""The home page: behind its link, strict in its headers, right in what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from callplan.plan.step import Status, StepKind
from callplan.settings import CalendarSettings
from callplan.web.lines import short_title
from callplan.web.serve import Addresses, Options, pages_secret, serving
from callplan.web.snapshot import Look
from callplan.web.wording import LANGUAGES

from tests.web.browser import Answer, Browser
from tests.web.scene import CALL, LETTER, NOW, Scene, places_in


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def served(tmp_path: Path, scene: Scene) -> Iterator[Addresses]:
    with serving(places_in(tmp_path), scene.kept(tmp_path / "state"), Options(port=0)) as addresses:
        yield addresses


@pytest.fixture
def browser(served: Addresses) -> Browser:
    return Browser(served.home)


def enter(browser: Browser, served: Addresses) -> str:
    """Follow the secret link; the cookie it leaves."""
    answer = browser.ask("GET", urlsplit(served.home).path)
    assert answer.status == 303
    assert answer.headers["Location"] == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    return str(cookie).split(";")[0]


def in_danish(look: Look) -> Look:
    settings = replace(look.settings, me=replace(look.settings.me, language="da"))
    return replace(look, settings=settings)


def home(browser: Browser, served: Addresses) -> str:
    answer = browser.ask("GET", "/", Cookie=enter(browser, served))
    assert answer.status == 200
    return answer.body.decode()


def first_of(page: str) -> str:
    """What the page shows on top: the one thing to do."""
    return page[page.index('class="card first"') : page.index("</section>")]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_without_the_secret_everything_is_the_same_404(browser: Browser, method: str) -> None:
    bodies = set()
    for path in (
        "/", "/style.css", "/nothing", "/s/", "/s/unknown/", "/robots.txt", "/static/x.css", "/call.js", "/sync",
        "/call/513bfe19-9590-5988-ac37-861b67c4f990", "/log/513bfe19-9590-5988-ac37-861b67c4f990", "/after/nordlys",
        "/undo/nordlys",
    ):  # fmt: skip
        answer = browser.ask(method, path)
        assert answer.status == 404, path
        bodies.add(answer.body)
        assert "Set-Cookie" not in answer.headers
    assert len(bodies) == 1


def test_the_404_fits_a_phone_and_says_how_to_come_in(browser: Browser) -> None:
    answer = browser.ask("GET", "/call/513bfe19-9590-5988-ac37-861b67c4f990")
    page = answer.body.decode()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'name="viewport"' in page
    assert "open the secret link" in page
    assert '<a href="/">' in page


def test_who_is_inside_is_told_that_the_call_was_replaced_and_led_home(
    browser: Browser, served: Addresses, scene: Scene
) -> None:
    scene.look, scene.sign = in_danish(scene.look), 1
    answer = browser.ask("GET", "/call/513bfe19-9590-5988-ac37-861b67c4f990", Cookie=enter(browser, served))
    page = answer.body.decode()
    assert answer.status == 404
    assert 'name="viewport"' in page
    assert "Denne side findes ikke mere" in page
    assert 'class="button" href="/"' in page
    check_headers(answer)


def test_a_false_cookie_is_404(browser: Browser, served: Addresses) -> None:
    for value in ("", "x", "ÿ", '"', "a" * 64):
        assert browser.ask("GET", "/", Cookie=f"callplan-{served.port}={value}").status == 404
    assert browser.ask("GET", "/", Cookie="=;;=").status == 404


def test_the_link_opens_the_page_and_its_style(browser: Browser, served: Addresses) -> None:
    cookie = enter(browser, served)
    page = browser.ask("GET", "/", Cookie=cookie)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    style = browser.ask("GET", "/style.css", Cookie=cookie)
    assert style.status == 200
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"


def test_the_cookie_is_not_the_secret(browser: Browser, served: Addresses) -> None:
    assert urlsplit(served.home).path.split("/")[2] not in enter(browser, served)


def test_a_revoked_link_is_410_and_its_cookie_void(browser: Browser, served: Addresses, tmp_path: Path) -> None:
    cookie = enter(browser, served)
    pages_secret(places_in(tmp_path)).rotate()
    assert browser.ask("GET", urlsplit(served.home).path).status == 410
    assert browser.ask("GET", "/", Cookie=cookie).status == 404


def test_the_link_and_the_feed_have_secrets_of_their_own(served: Addresses, browser: Browser) -> None:
    feed_secret = urlsplit(served.feed).path.split("/")[2]
    assert browser.ask("GET", f"/s/{feed_secret}/").status == 404


def check_headers(answer: Answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_every_answer_has_the_strict_headers(browser: Browser, served: Addresses) -> None:
    cookie = enter(browser, served)
    for path in ("/", "/style.css", "/nothing", urlsplit(served.home).path):
        check_headers(browser.ask("GET", path, Cookie=cookie))
    check_headers(browser.ask("GET", "/"))


def test_the_page_has_nothing_inline_and_loads_nothing_from_elsewhere(browser: Browser, served: Addresses) -> None:
    page = home(browser, served)
    assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]
    assert "style=" not in page
    assert not re.findall(r" on[a-z]+=", page)
    assert not re.findall(r'src="(?!/)', page)
    assert not re.findall(r'<link[^>]*href="(?!/)', page)


def test_the_page_says_what_is_next_and_leads_to_the_call(browser: Browser, served: Addresses, scene: Scene) -> None:
    scene.steps, scene.sign = (CALL, replace(LETTER, status=Status.PLANNED)), 1
    first = first_of(home(browser, served))
    assert "Call Pat Doe" in first
    assert "Monday 23 November 2026, 17:00–17:15" in first
    assert "08:00 Los Angeles" in first
    assert 'href="/call/c0000000-0000-4000-8000-000000000001"' in first
    assert "Two business days after the follow-up." in first


def test_the_page_has_a_line_for_each_application(browser: Browser, served: Addresses) -> None:
    page = home(browser, served)
    rows = page[page.index('class="rows"') :]
    assert rows.index("Cascadia") < rows.index("Nordlys Energi")
    assert "Letter to Mette Holm" in rows
    assert '<p class="upcoming late">Letter to Mette Holm' in rows  # its title says so in words, in the calendar too


def test_what_users_wrote_is_text_and_never_markup(browser: Browser, served: Addresses) -> None:
    page = home(browser, served)
    assert "Cascadia &lt;Labs&gt;" in page
    assert "<Labs>" not in page


def test_an_interview_that_is_over_is_not_next(browser: Browser, served: Addresses, scene: Scene) -> None:
    end = NOW - timedelta(days=2)
    over = replace(CALL, kind=StepKind.INTERVIEW, status=Status.DONE, start=end - timedelta(hours=1), end=end)
    done = replace(LETTER, status=Status.DONE)
    scene.steps, scene.sign = (over, done), 1
    page = home(browser, served)
    assert "Nothing to do right now." in page
    assert page.count('<p class="when">Nothing left to do') == 2


def test_the_deadline_of_the_thanks_is_not_next_while_the_thanks_are(
    browser: Browser, served: Addresses, scene: Scene
) -> None:
    thanks = replace(CALL, kind=StepKind.THANK_YOU, uid="thanks-1")
    deadline = replace(CALL, kind=StepKind.THANK_YOU_DEADLINE, start=NOW, uid="deadline-1")
    titles = {"thanks-1": "Thank Pat Doe", "deadline-1": "Last hour"}
    scene.look, scene.steps, scene.sign = replace(scene.look, titles=titles), (deadline, thanks), 1
    first = first_of(home(browser, served))
    assert "Thank Pat Doe" in first
    assert "Last hour" not in first


def test_faulty_files_are_named(browser: Browser, served: Addresses, scene: Scene) -> None:
    scene.look, scene.sign = replace(scene.look, faults=("leith.toml, line 3: <oops>",)), 1
    assert "leith.toml, line 3: &lt;oops&gt;" in home(browser, served)


def test_what_is_shown_of_a_faulty_file_says_how_old_it_is(browser: Browser, served: Addresses, scene: Scene) -> None:
    saved = {"leith": NOW - timedelta(days=1)}
    scene.look = replace(scene.look, faults=("leith.toml: faulty",), saved=saved, missing=("hudson",))
    scene.sign = 1
    page = home(browser, served)
    assert "leith.toml: until that is mended" in page
    assert "the version saved on Sunday 22 November 2026, 10:00." in page
    assert "hudson.toml: nothing of it is shown" in page


def test_a_book_with_only_faulty_files_is_not_called_empty(browser: Browser, served: Addresses, scene: Scene) -> None:
    scene.look = replace(scene.look, applications=(), faults=("leith.toml: faulty",), missing=("leith",))
    scene.steps, scene.sign = (), 1
    page = home(browser, served)
    assert "callplan add" not in page
    assert "leith.toml: nothing of it is shown" in page


def test_what_could_not_be_learnt_of_the_world_is_said(browser: Browser, served: Addresses, scene: Scene) -> None:
    note = "The busy calendar <work> cannot be reached; what was read an hour ago counts."
    scene.look, scene.sign = replace(scene.look, world=replace(scene.look.world, notes=(note,))), 1
    page = home(browser, served)
    assert "Worth knowing" in page
    assert "The busy calendar &lt;work&gt; cannot be reached" in page


@pytest.mark.parametrize(
    ("status", "due", "said"),
    [
        (Status.DUE, NOW + timedelta(days=1), "Its time has passed: do it now; the latest is"),
        (Status.DUE, None, "Its time has passed: do it now."),
        (Status.LATE, NOW - timedelta(hours=1), "Overdue since"),
        (Status.LATE, None, "Overdue."),
    ],
)
def test_a_step_whose_time_has_passed_says_so_in_words(
    browser: Browser, served: Addresses, scene: Scene, status: Status, due: datetime | None, said: str
) -> None:
    start = NOW - timedelta(hours=20)
    scene.steps = (replace(LETTER, status=status, start=start, end=start + timedelta(minutes=30), due=due),)
    scene.sign = 1
    page = home(browser, served)
    assert said in first_of(page)
    assert page.count(said) == 2  # in its row too


def test_a_step_whose_time_is_now_is_not_called_overdue(browser: Browser, served: Addresses, scene: Scene) -> None:
    scene.steps = (replace(CALL, status=Status.DUE, start=NOW - timedelta(minutes=5), end=NOW + timedelta(minutes=10)),)
    scene.sign = 1
    assert "Its time has passed" not in home(browser, served)


def test_an_empty_book_says_how_to_begin(browser: Browser, served: Addresses, scene: Scene) -> None:
    scene.look, scene.steps, scene.sign = replace(scene.look, applications=()), (), 1
    assert "callplan add" in home(browser, served)


def test_the_page_says_how_to_subscribe(browser: Browser, served: Addresses) -> None:
    page = home(browser, served)
    assert served.feed in page
    assert served.feed.replace("http:", "webcal:") in page
    assert "calendar.google.com" not in page  # it could not reach this machine
    assert served.caldav in page
    assert str(served.password_file) in page
    assert served.password_file.read_text(encoding="utf-8").strip() not in page


def test_a_calendar_elsewhere_is_named_and_the_empty_built_in_one_is_not_offered(
    browser: Browser, served: Addresses, scene: Scene
) -> None:
    elsewhere = CalendarSettings("https://cal.dahl.example/dav/anna/follow-up/", "anna")
    scene.look = replace(scene.look, settings=replace(scene.look.settings, calendar=elsewhere))
    scene.sign = 1
    page = home(browser, served)
    assert elsewhere.url in page
    assert served.caldav not in page
    assert str(served.password_file) not in page
    assert "comes home" in page
    assert "over https only" not in page  # of Apple: this one is


def test_a_forged_host_does_not_enter_the_page(browser: Browser, served: Addresses) -> None:
    cookie = enter(browser, served)
    page = browser.ask("GET", "/", Cookie=cookie, Host=f'"><script>:{served.port}').body.decode()
    assert "<script>" not in page
    assert served.feed in page


def test_the_page_speaks_the_users_language(browser: Browser, served: Addresses, scene: Scene) -> None:
    scene.look, scene.sign = in_danish(scene.look), 1
    page = home(browser, served)
    assert '<html lang="da">' in page
    assert "mandag den 23. november 2026 kl. 17.00–17.15" in page


@pytest.mark.parametrize(
    ("title", "company", "short"),
    [
        ("Call Pat Doe: Cascadia (Analyst)", "Cascadia", "Call Pat Doe"),
        ("Late: A kind reply: Pennine Books (Data Engineer)", "Pennine Books", "Late: A kind reply"),
        ("Reply", "Cascadia", "Reply"),
        ("Cascadia: interview", "Cascadia", "Cascadia: interview"),
    ],
)
def test_a_title_does_not_repeat_the_job_that_stands_above_it(title: str, company: str, short: str) -> None:
    assert short_title(title, company) == short


def test_each_language_has_every_word() -> None:
    for words in LANGUAGES.values():
        assert set(words) == set(LANGUAGES["en"])


def test_no_word_is_named_like_something_else_of_a_dictionary() -> None:
    assert not set(LANGUAGES["en"]) & set(dir(dict))  # a template would show that instead


def test_a_call_that_has_its_hour_now_is_before_what_is_merely_late(
    browser: Browser, served: Addresses, scene: Scene
) -> None:
    late = replace(LETTER, start=NOW - timedelta(days=3), end=NOW - timedelta(days=3), due=NOW - timedelta(days=1))
    for call in (
        replace(CALL, status=Status.DUE, start=NOW - timedelta(minutes=5)),
        replace(CALL, start=NOW + timedelta(hours=2)),
    ):
        scene.steps, scene.sign = (late, call), call.start
        assert "Call Pat Doe" in first_of(home(browser, served))
    scene.steps, scene.sign = (late, CALL), 1
    assert "Letter to Mette Holm" in first_of(home(browser, served))
