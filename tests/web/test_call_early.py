"""The page of a call before its time: it says so, and does not press for the call."""

from __future__ import annotations

import html
from datetime import timedelta
from pathlib import Path

import pytest
from callplan.plan.step import StepKind
from callplan.web.call import _early
from callplan.web.serve import Options, serving
from callplan.web.sources import last_look, take
from callplan.web.wording import wording

from tests.web.book import COMPANY, FEW, NOW, Visitor, sample_places


def test_before_its_day_the_button_is_secondary_and_the_page_says_how_long_to_wait_and_why(tmp_path: Path) -> None:
    places = sample_places(tmp_path, FEW)
    early = NOW - timedelta(days=9)
    with serving(places, last_look(places, lambda: early), Options(port=0), lambda: (0, "")) as served:
        visitor = Visitor(served)
        step = next(
            one for one in take(places, early).steps if one.application == COMPANY and one.kind is StepKind.CALL
        )
        page = visitor.get(f"/call/{step.uid}")
    waiting, _, button = page.partition('class="button dial quiet"')
    assert button
    assert step.start is not None
    assert f"In {(step.start.date() - early.date()).days} days; not yet." in waiting
    assert str(step.why) in html.unescape(waiting)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(days=1), "Tomorrow; not yet."),
        (timedelta(hours=5), "In 5 hours; not yet."),
        (timedelta(minutes=50), ""),
        (-timedelta(days=1), ""),
    ],
)
def test_on_the_day_itself_hours_are_told_until_it_is_nearly_time(before: timedelta, said: str) -> None:
    assert _early(NOW, NOW - before, wording("en")) == said


def test_at_its_time_the_button_is_the_first_thing(tmp_path: Path) -> None:
    places = sample_places(tmp_path, FEW)
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as served:
        visitor = Visitor(served)
        page = visitor.get(visitor.call())
    assert "not yet" not in page
    assert 'class="button dial"' in page
