"""The grammar of `callplan log`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from callplan.book.types import INCOMING, LOGGABLE_STEPS, OUTCOMES
from callplan.cli.spoken import parse, step_meant, usual_outcome
from callplan.errors import UsageError
from callplan.message import message
from callplan.plan.outcome_words import OUTCOME_PHRASES
from callplan.plan.step import Status, Step, StepKind
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("said", "step", "outcome"),
    [
        ("thank-you sent", "thank-you", "sent"),
        ("thank you sent", "thank-you", "sent"),
        ("Thanks Sent", "thank-you", "sent"),
        ("thank-you", "thank-you", None),
        ("no answer", None, "no-answer"),
        ("no-answer", None, "no-answer"),
        ("call no answer", "call", "no-answer"),
        ("second call no_answer", "second-call", "no-answer"),
        ("2nd call reached", "second-call", "reached"),
        ("reached", None, "reached"),
        ("voice mail", None, "voicemail"),
        ("call voicemail", "call", "voicemail"),
        ("follow up sent", "follow-up", "sent"),
        ("followup", "follow-up", None),
        ("offer", "offer", None),
        ("rejected", "rejection", None),
        ("rejection", "rejection", None),
        ("rejection reply sent", "rejection-reply", "sent"),
        ("reply", "reply", None),
        ("out of office", None, "out-of-office"),
        ("reply out of office", "reply", "out-of-office"),
        ("call undo", "call", "undone"),
        ("letter skipped", "letter", "skipped"),
        ("on hold", "on-hold", None),
        ("new date", "new-date", None),
        ("asked not to call", None, "asked-not-to-call"),
        ("don't call", None, "asked-not-to-call"),
        ("call moved", "call", "moved"),
        ("busy", None, "busy"),
        ("ingen svar", None, "no-answer"),
        ("call didn't pick up", "call", "no-answer"),
        ("didn\u2019t answer", None, "no-answer"),
        ("fik ikke fat", None, "no-answer"),
        ("talte med", None, "reached"),
        ("opkald tog ikke telefonen", "call", "no-answer"),
        ("called, no answer", None, "no-answer"),
    ],
)
def test_words_name_a_step_and_an_outcome(said: str, step: str | None, outcome: str | None) -> None:
    assert parse(tuple(said.split())) == (step, outcome)


@pytest.mark.parametrize("phrase", OUTCOME_PHRASES)
def test_what_counts_in_the_notes_of_an_event_counts_here(phrase: str) -> None:
    assert parse(tuple(phrase.split())) == (None, OUTCOME_PHRASES[phrase])


@given(st.sampled_from([*LOGGABLE_STEPS, *INCOMING]), st.booleans())
def test_every_step_is_understood_with_hyphens_and_with_spaces(step: str, apart: bool) -> None:
    assert parse(tuple((step.replace("-", " ") if apart else step).split())) == (step, None)


@given(st.sampled_from(OUTCOMES), st.booleans())
def test_every_outcome_is_understood_with_hyphens_and_with_spaces(outcome: str, apart: bool) -> None:
    assert parse(tuple((outcome.replace("-", " ") if apart else outcome).split())) == (None, outcome)


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_words_are_understood_or_refused_with_a_sentence(words: list[str]) -> None:
    try:
        step, outcome = parse(tuple(words))
    except UsageError:
        return
    assert step is None or step in (*LOGGABLE_STEPS, *INCOMING)
    assert outcome is None or outcome in OUTCOMES
    assert step or outcome


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("", "What happened?"),
        ("no anser", "Did you mean no-answer?"),
        ("thank-you snet", "Did you mean sent"),
        ("blorb", "I do not understand"),
        ("offer sent", "something they did"),
        ("thank-you voicemail", "cannot be said of"),
        ("call sent", "cannot be said of"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(said: str, part: str) -> None:
    with pytest.raises(UsageError, match=part.replace("?", r"\?")):
        parse(tuple(said.split()))


def test_a_call_without_an_outcome_asks_how_it_ended() -> None:
    with pytest.raises(UsageError, match="How did the call end"):
        usual_outcome("call")


@pytest.mark.parametrize(("step", "outcome"), [("thank-you", "sent"), ("notes", "done"), ("offer", None)])
def test_a_step_alone_ends_as_it_usually_does(step: str, outcome: str | None) -> None:
    assert usual_outcome(step) == outcome


def step(kind: StepKind, day: int, status: Status = Status.PLANNED, round_number: int = 1) -> Step:
    start = datetime(2026, 12, day, 9, tzinfo=UTC)
    return Step(
        "nordlys", round_number, kind, (), None, start, start, None, "UTC", status, False, message("Why."), "",
        f"{kind}-{day}",
    )  # fmt: skip


NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_an_outcome_alone_is_about_the_step_that_is_waiting() -> None:
    pending = [step(StepKind.FOLLOW_UP, 2, Status.DONE), step(StepKind.CALL, 4), step(StepKind.SECOND_CALL, 14)]
    assert step_meant("no-answer", pending, None, NOW) == ("call", 1)
    assert step_meant("no-answer", [step(StepKind.CALL, 4, Status.DONE), pending[2]], None, NOW) == ("second-call", 1)


def test_a_step_whose_time_has_come_goes_before_one_ahead() -> None:
    pending = [step(StepKind.THANK_YOU, 2), step(StepKind.LETTER, 3, Status.LATE)]
    assert step_meant("sent", pending, None, NOW) == ("letter", 1)


def test_two_steps_whose_time_has_come_must_be_told_apart() -> None:
    pending = [step(StepKind.THANK_YOU, 2, Status.DUE), step(StepKind.LETTER, 3, Status.LATE)]
    with pytest.raises(UsageError, match='Say "letter sent" or "thank-you sent"'):
        step_meant("sent", pending, None, NOW)


def test_a_step_of_another_day_is_not_meant_unless_it_is_the_only_one() -> None:
    ahead = [step(StepKind.LETTER, 4), step(StepKind.FOLLOW_UP, 14)]
    with pytest.raises(UsageError, match='Say which is meant: "letter sent" or "follow-up sent"'):
        step_meant("sent", ahead, None, NOW)
    assert step_meant("sent", ahead, None, datetime(2026, 12, 4, 7, tzinfo=UTC)) == ("letter", 1)
    assert step_meant("sent", ahead[1:], None, NOW) == ("follow-up", 1)


def test_a_call_that_is_not_planned_is_left_to_the_etiquette() -> None:
    assert step_meant("reached", [], None, NOW) == ("call", None)


def test_an_outcome_that_nothing_waits_for_asks_for_the_step() -> None:
    with pytest.raises(UsageError, match="Name it"):
        step_meant("sent", [], None, NOW)
