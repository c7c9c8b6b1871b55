"""The picture of an application: every step has its place, nothing covers another, nothing runs over the edge."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from callplan.book.types import LogEntry
from callplan.plan.step import Status, StepKind
from callplan.web.timeline import Mark, marks, picture
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.scene import CALL, LETTER, NORDLYS, NOW

TODAY = NOW.date()


def drawn(shown: list[Mark], today: date = TODAY) -> str:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return picture(shown, now, "en", "today", 'Nordlys: <1 of 2> "done"')


def test_nothing_to_show_is_no_picture() -> None:
    assert drawn([]) == ""


def test_done_ahead_maybe_and_late_look_different() -> None:
    looks = {Status.DONE: "done", Status.PLANNED: "ahead", Status.TENTATIVE: "maybe", Status.LATE: "late"}
    for status, look in looks.items():
        [mark] = marks(NORDLYS, [replace(LETTER, status=status)], {}, UTC)
        assert mark.look == look
        assert f"mark writing {look}" in drawn([mark])


def test_what_never_is_done_is_not_shown() -> None:
    hidden = [replace(LETTER, status=Status.SKIPPED), replace(CALL, status=Status.REFUSED), replace(CALL, start=None)]
    quiet = [replace(LETTER, kind=kind) for kind in (StepKind.NOTES, StepKind.REHEARSE, StepKind.THANK_YOU_DEADLINE)]
    assert marks(NORDLYS, hidden + quiet, {}, UTC) == []


def test_several_letters_of_a_day_are_one_mark() -> None:
    assert len(marks(NORDLYS, [LETTER, replace(LETTER, uid="x", to=("Jonas Krag",))], {}, UTC)) == 1


def test_what_came_from_them_is_shown_too() -> None:
    application = replace(NORDLYS, log=(LogEntry(NOW, "offer"), LogEntry(NOW, "reply", "out-of-office")))
    assert [mark.title for mark in marks(application, [], {"offer": "offer"}, UTC)] == ["offer"]


def test_the_answer_stands_behind_the_offer_of_the_same_day() -> None:
    application = replace(NORDLYS, log=(LogEntry(NOW, "offer"),))
    for hours, order in ((1, ["news", "writing"]), (-1, ["writing", "news"])):
        step = replace(LETTER, kind=StepKind.ANSWER, start=NOW + timedelta(hours=hours))
        assert [mark.shape for mark in marks(application, [step], {}, UTC)] == order


def test_the_day_is_that_of_the_users_zone() -> None:
    late = replace(LETTER, start=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    [mark] = marks(NORDLYS, [late], {}, UTC)
    assert mark.day == date(2026, 11, 23)


MARKS = st.lists(
    st.builds(
        Mark,
        day=st.integers(-120, 200).map(lambda days: TODAY + timedelta(days=days)),
        shape=st.sampled_from(["meeting", "writing", "call", "news"]),
        look=st.sampled_from(["done", "ahead", "maybe", "late", "news"]),
        title=st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")),
    ),
    min_size=1,
    max_size=30,
).map(lambda found: sorted(found, key=lambda mark: mark.day))


_LABEL = r'<text class="(?:day|next)" x="([\d.]+)%"[^>]* text-anchor="(\w+)">([^<]+)<'


def _reach(place: str, anchor: str, text: str) -> tuple[float, float]:
    """From where to where a label reaches on a phone, in percent of the width."""
    left = float(place) - {"start": 0.0, "middle": 1.1, "end": 2.2}[anchor] * len(text)
    return left, left + 2.2 * len(text)


@settings(max_examples=60, deadline=None)
@given(MARKS)
def test_any_picture_is_right(shown: list[Mark]) -> None:
    svg = drawn(shown)
    root = ElementTree.fromstring(svg)
    assert "style=" not in svg
    assert [title.text or "" for title in root.iter("title")] == [mark.title for mark in shown]
    places = [float(found) for found in re.findall(r'<g class="mark [^>]*>.*?(?:cx|x)="([\d.]+)%"', svg)]
    assert len(places) == len(shown)
    assert all(3.9 <= place <= 96.1 for place in places)
    room = min(5.8, 92 / max(len(shown) - 1, 1))
    assert all(later - earlier >= room - 0.15 for earlier, later in pairwise(places))
    [here] = [float(found) for found in re.findall(r'<line class="today" x1="([\d.]+)%"', svg)]
    assert 0 <= here <= 100
    for mark, place in zip(shown, places, strict=True):
        if mark.day != TODAY:
            assert (mark.day < TODAY) is (place < here), "done before today, ahead after it"
    labels = sorted(_reach(*found) for found in re.findall(_LABEL, svg))
    assert all(end + 2 <= begin for (_, end), (begin, _) in pairwise(labels))


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_single_step_on_any_day_is_a_picture(days: int) -> None:
    mark = Mark(TODAY + timedelta(days=days), "call", "ahead", "Call")
    assert "today" in drawn([mark])
