"""What comes next: one answer, for one application and for the whole book."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from callplan.book.types import Application
from callplan.plan.cadence import make_plan
from callplan.plan.step import StepKind
from callplan.plan.upcoming import HOURLY, PENDING, due, in_turn, next_of_each, next_step
from callplan.plan.world import World
from hypothesis import given, settings

from tests.plan.build import FIRST_ROUND, entry, nordlys, when, world
from tests.plan.test_properties import applications, books, worlds


def held(day: str, number: int) -> Application:
    """An application whose interview was on that day from ten o'clock on."""
    one = replace(FIRST_ROUND, start=when(f"{day} 10:00"), end=when(f"{day} 11:00"))
    return nordlys(name=f"firm-{number}", id=UUID(int=number), rounds=(one,))


def test_the_notes_on_the_latest_interview_come_first() -> None:
    book = [held("2026-11-09", 1), held("2026-11-12", 2), held("2026-11-16", 3)]
    now = world("2026-11-16 11:20")
    steps = make_plan(book, now)
    notes = [step.application for step in due(steps, now.now) if step.kind is StepKind.NOTES]
    assert notes == ["firm-3", "firm-2", "firm-1"]
    first = next_step(steps, now.now)
    assert first is not None
    assert (first.kind, first.application) == (StepKind.NOTES, "firm-3")


def test_an_interview_entered_six_days_late_begins_with_its_notes() -> None:
    now = world("2026-11-22 16:00")
    steps = make_plan([nordlys()], now)
    first = next_step(steps, now.now)
    assert first is not None
    assert first.kind is StepKind.NOTES
    ahead = [step.kind for step in steps if step.status in PENDING and step.kind is not StepKind.THANK_YOU_DEADLINE]
    assert ahead[:3] == [StepKind.NOTES, StepKind.THANK_YOU, StepKind.LETTER]


def test_a_call_within_three_hours_goes_before_what_is_late() -> None:
    sent = entry("2026-12-01 10:00", "follow-up", "sent")
    for now, kind in (("2026-12-03 06:00", StepKind.CALL), ("2026-12-02 06:00", StepKind.NOTES)):
        there = world(now)
        first = next_step(make_plan([nordlys(sent)], there), there.now)
        assert first is not None
        assert first.kind is kind


def test_a_call_whose_minutes_these_are_goes_before_an_answer_that_has_until_tomorrow() -> None:
    sent = entry("2026-12-01 10:00", "follow-up", "sent")
    [call] = [one for one in make_plan([nordlys(sent)], world("2026-12-04 08:00")) if one.kind is StepKind.CALL]
    assert call.start is not None
    offered = replace(nordlys(entry("2026-12-03 16:00", "offer")), name="other", id=UUID(int=7))
    there = replace(world("2026-12-04 08:00"), now=call.start + timedelta(minutes=5))
    steps = make_plan([nordlys(sent), offered], there)
    assert [step.kind for step in due(steps, there.now)][:2] == [StepKind.CALL, StepKind.ANSWER]
    first = next_step(steps, there.now)
    assert first is not None
    assert first.kind is StepKind.CALL


def test_a_late_letter_is_nothing_for_now_while_the_follow_up_is_waiting() -> None:
    thanked, noted = (entry("2026-11-16 12:30", step, "done") for step in ("thank-you", "notes"))
    now = world("2026-12-03 10:00")
    waiting = [step.kind for step in due(make_plan([nordlys(thanked, noted)], now), now.now)]
    assert waiting == [StepKind.FOLLOW_UP]


def test_a_late_letter_is_nothing_for_now_on_the_day_of_the_follow_up() -> None:
    done = [entry("2026-11-16 12:30", step, "done") for step in ("thank-you", "notes")]
    sent = entry("2026-12-03 09:10", "follow-up", "sent")
    for day, waiting in (("2026-12-03", []), ("2026-12-09", [StepKind.LETTER, StepKind.LETTER])):
        no_call = entry("2026-12-03 09:20", "call", "skipped")
        there = world(f"{day} 08:00") if day > "2026-12-03" else world(f"{day} 10:00")
        steps = make_plan([nordlys(*done, sent, no_call)], there)
        assert [step.kind for step in due(steps, there.now)] == waiting


def test_a_late_letter_is_nothing_for_now_while_thanks_to_the_same_person_are_waiting() -> None:
    half = entry("2026-11-16 12:30", "thank-you", "sent", to=("Mette Holm",))
    noted = entry("2026-11-16 12:30", "notes", "done")
    waiting = due(make_plan([nordlys(half, noted)], world("2026-11-27 10:00")), when("2026-11-27 10:00"))
    assert [(step.kind, step.to) for step in waiting] == [
        (StepKind.THANK_YOU, ("Jonas Krag",)),
        (StepKind.LETTER, ("Mette Holm",)),
    ]


@given(applications(), worlds())
@settings(max_examples=100, deadline=None)
def test_what_is_due_is_next_and_a_book_of_one_asks_no_other_rule(application: Application, world: World) -> None:
    steps = make_plan([application], world)
    first, waiting = next_step(steps, world.now), due(steps, world.now)
    assert (first is None) == (not [s for s in steps if s.status in PENDING and s.start is not None])
    assert not waiting or first == waiting[0] or (first is not None and first.kind in HOURLY)


@given(books(), worlds())
@settings(max_examples=60, deadline=None)
def test_all_have_their_turn_once_and_what_is_next_of_each_keeps_to_it(book: list[Application], world: World) -> None:
    steps = make_plan(book, world)
    turns = in_turn(steps, world.now)
    waiting = due(steps, world.now)
    assert len({step.uid for step in turns}) == len(turns)
    assert [step for step in turns if step in waiting] == waiting
    assert next_step(steps, world.now) == (turns[0] if turns else None)
    each = next_of_each(steps, world.now)
    assert [step for step in turns if step in each] == each
    assert all(step == next_step([s for s in steps if s.application == step.application], world.now) for step in each)
