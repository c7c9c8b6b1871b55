"""Hostile words in every field of the record: on every page they are text, in the feed they break nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import UUID

import pytest
from callplan.ics.lint import faults
from callplan.plan.step import StepKind
from callplan.plan.upcoming import PENDING
from callplan.web.serve import Addresses, Options, serving
from callplan.web.sources import last_look, take
from callplan.where import Places

from tests.book.samples import hostile_strings
from tests.web.book import NOW, Visitor, sample_places

#: One application for as many words as it has places for them.
RECORD = """\
id = "{id}"
company = {0}
position = {1}
timezone = "Europe/Copenhagen"
country = "DK"
why = [{2}]

[[people]]
name = {3}
role = {4}
phone = "+45 32 12 34 56"

[[rounds]]
start = 2026-11-02T10:00:00
place = {5}
panel = [{3}]
decision = {{ by = 2026-11-16 }}
notes = {{ topics = [{6}], valued = [{7}] }}

[[fit]]
need = {8}
strength = {9}

[[log]]
at = 2026-11-18T10:00:00+01:00
step = "follow-up"
outcome = "sent"
note = {10}
"""
PLACES = 11


#: What the pages are made of.
TAGS = {
    "a", "body", "button", "circle", "code", "dd", "details", "div", "dl", "dt", "form", "g", "h1", "h2", "h3",
    "head", "header", "html", "input", "label", "li", "line", "link", "main", "meta", "nav", "ol", "p", "path",
    "rect", "script", "section", "span", "strong", "summary", "svg", "text", "textarea", "time", "title", "ul",
}  # fmt: skip


class Markup(HTMLParser):
    """The tags of a page, and what could run or load something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.live: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.live += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        for name in ("src", "href", "action", "formaction"):
            place = given.get(name) or ""
            if not place.startswith(("/", "#", "tel:+", "http://127.0.0.1:", "webcal://127.0.0.1:", "icsx5")) and place:
                self.live.append(f"{tag} {name}={place}")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = sample_places(tmp_path, ("nordlys",))
    words = [
        word for some in hostile_strings() for word in some if not any("\ud800" <= sign <= "\udfff" for sign in word)
    ]
    written = [json.dumps(word[:2000], ensure_ascii=False).replace("\x7f", "\\u007f") for word in words]
    for number in range(0, len(written), PLACES):
        some = [*written[number : number + PLACES], *written[:PLACES]][:PLACES]
        text = RECORD.format(*some, id=UUID(int=number + 1, version=4))
        (places.book / f"h{number:03}.toml").write_text(text, encoding="utf-8")
    return places


@pytest.fixture
def served(places: Places) -> Iterator[Addresses]:
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as addresses:
        yield addresses


def test_hostile_words_in_the_record_are_text_on_every_page(served: Addresses, places: Places) -> None:
    look = take(places, NOW)
    calls = [step.uid for step in look.steps if step.kind is StepKind.CALL and step.status in PENDING]
    assert len(calls) >= 8
    assert len(look.applications) + len(look.missing) >= 15
    visitor = Visitor(served)
    pages = ["/", *(f"/call/{uid}" for uid in calls), *(f"/after/{quote(one.name)}" for one in look.applications)]
    for path in pages:
        found = Markup(visitor.get(path))
        assert found.live == [], path
        assert found.tags <= TAGS, path
    feed = visitor.browser.ask("GET", urlsplit(served.feed).path).body
    assert faults(feed) == []
