"""Whom a text goes to, by which way: from the plan and the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from callplan.book.types import Application, LogEntry, Person
from callplan.errors import EtiquetteError, RecordError, UsageError
from callplan.plan.cadence import make_plan
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.world import Me, World
from callplan.where import Places
from callplan.words.call_back import call_back_step, due_call_back
from callplan.words.letters.keeping import Drafts, DraftState, KeptDraft
from callplan.words.letters.matter import DraftKind, Occasion
from callplan.words.letters.occasions import Wishes, next_kind, occasions
from callplan.words.letters.ready import demand_ready
from callplan.words.spoken import Variant

from tests.words.examples import INTERVIEW, NORDLYS, NOW, step
from tests.words.letters import INVITATION, OFFER, REJECTION

WORLD = World(NOW, Me("Europe/Copenhagen", "DK"))
SECOND = replace(INTERVIEW, start=INTERVIEW.start + timedelta(days=8), end=INTERVIEW.end + timedelta(days=8))


def found(kind: DraftKind, application: Application = NORDLYS, *steps: Step, **wishes: object) -> list[Occasion]:
    return occasions(application, kind, steps, Wishes(**wishes), NOW)  # type: ignore[arg-type]


def names(given: list[Occasion]) -> list[str | None]:
    return [one.person.name if one.person else None for one in given]


def test_thanks_and_letters_go_to_each_of_the_panel_in_order() -> None:
    for kind in (DraftKind.THANK_YOU, DraftKind.LETTER):
        given = found(kind)
        assert names(given) == ["Mette Holm", "Jonas Krag"]
        assert {one.among for one in given} == {INTERVIEW.panel}


def test_only_those_whom_the_plan_still_waits_for_get_one() -> None:
    waiting = step(StepKind.THANK_YOU, to=("Jonas Krag",), status=Status.LATE)
    (one,) = found(DraftKind.THANK_YOU, NORDLYS, waiting)
    assert one.person == NORDLYS.people[1]
    assert one.late
    assert one.among == INTERVIEW.panel  # the wording still differs from what the colleague got


def test_person_asked_for_is_found_by_a_part_of_the_name() -> None:
    assert names(found(DraftKind.LETTER, to=("jonas",))) == ["Jonas Krag"]
    with pytest.raises(UsageError, match="nobody at Nordlys"):
        found(DraftKind.LETTER, to=("Ida",))
    twins = replace(NORDLYS, people=(*NORDLYS.people, Person("Mette Lund")))
    with pytest.raises(UsageError, match="Mette Holm or Mette Lund"):
        found(DraftKind.LETTER, twins, to=("mette",))


@pytest.mark.advice("3.3.a1")
def test_follow_up_goes_to_the_contact_they_named() -> None:
    assert names(found(DraftKind.FOLLOW_UP)) == ["Mette Holm"]
    other = replace(INTERVIEW, decision=replace(INTERVIEW.decision, contact="Jonas Krag"))
    assert names(found(DraftKind.FOLLOW_UP, replace(NORDLYS, rounds=(other,)))) == ["Jonas Krag"]


def test_nobody_on_file_still_gives_a_draft() -> None:
    nobody = replace(NORDLYS, people=(), rounds=(replace(INTERVIEW, panel=()),))
    for kind in (DraftKind.THANK_YOU, DraftKind.FOLLOW_UP, DraftKind.WITHDRAW):
        assert names(found(kind, nobody)) == [None]


@pytest.mark.parametrize("way", ["email", "phone", "letter", "message"])
@pytest.mark.parametrize(("kind", "entry"), [(DraftKind.ANSWER, OFFER), (DraftKind.REJECTION_REPLY, REJECTION)])
@pytest.mark.advice("4.4.b1")
def test_answer_takes_the_way_they_used(kind: DraftKind, entry: LogEntry, way: str) -> None:
    record = replace(NORDLYS, log=(replace(entry, by=way),))
    (one,) = found(kind, record)
    assert one.channel == way
    assert one.quick == (way == "message")
    assert found(kind, record, channel="email")[0].channel == "email"


def test_answer_to_the_one_who_wrote() -> None:
    record = replace(NORDLYS, log=(replace(OFFER, to=("Jonas Krag",)),))
    assert names(found(DraftKind.ANSWER, record)) == ["Jonas Krag"]


@pytest.mark.parametrize("kind", [DraftKind.ANSWER, DraftKind.REJECTION_REPLY])
def test_there_is_no_answer_to_nothing(kind: DraftKind) -> None:
    with pytest.raises(UsageError, match="callplan log nordlys"):
        found(kind)


def test_round_is_the_one_the_plan_waits_for_else_the_last_begun() -> None:
    two = replace(NORDLYS, rounds=(INTERVIEW, SECOND))
    assert found(DraftKind.THANK_YOU, two)[0].round_number == 2
    assert found(DraftKind.THANK_YOU, two, step(StepKind.THANK_YOU))[0].round_number == 1
    assert found(DraftKind.THANK_YOU, two, round_number=1)[0].round_number == 1
    assert found(DraftKind.ANSWER, replace(two, log=(replace(OFFER, round=1),)))[0].round_number == 1
    with pytest.raises(UsageError, match="no round 3"):
        found(DraftKind.THANK_YOU, two, round_number=3)


def test_letter_is_by_hand_where_the_plan_says_so_unless_asked_otherwise() -> None:
    family = replace(NORDLYS, kind="family", invited_by="letter")
    assert all(one.by_hand for one in found(DraftKind.LETTER, family))
    assert not any(one.by_hand for one in found(DraftKind.LETTER, family, by_hand=False))
    assert all(one.by_hand for one in found(DraftKind.LETTER, by_hand=True))
    assert not any(one.by_hand for one in found(DraftKind.THANK_YOU, family, by_hand=True))


def test_what_is_written_is_not_said_on_the_phone() -> None:
    with pytest.raises(UsageError, match="callplan script nordlys"):
        found(DraftKind.THANK_YOU, channel="phone")


def test_next_kind_is_the_earliest_that_is_sure() -> None:
    later = step(StepKind.LETTER, start=INTERVIEW.end + timedelta(days=9))
    sooner = step(StepKind.FOLLOW_UP, start=INTERVIEW.end, status=Status.TENTATIVE)
    assert next_kind([sooner, later]) is DraftKind.LETTER
    assert next_kind([sooner]) is DraftKind.FOLLOW_UP
    assert next_kind([step(), step(StepKind.LETTER, status=Status.DONE)]) is None


def test_they_rang_so_the_next_call_is_calling_back() -> None:
    for entry, variant in ((OFFER, Variant.OFFER), (INVITATION, Variant.OFFER), (REJECTION, Variant.REJECTION)):
        record = replace(NORDLYS, log=(replace(entry, by="phone"),))
        steps = tuple(make_plan([record], WORLD))
        assert due_call_back(record, steps, WORLD) is variant
        call = call_back_step(record, variant, steps, WORLD)
        assert (call.to, call.phone) == (("Mette Holm",), "+45 32 12 34 56")
        answer = next((one for one in steps if one.kind is StepKind.ANSWER), None)  # the hour the calendar shows
        assert (call.start, call.end) == ((answer.start, answer.end) if answer else (None, None))
        wrote = replace(NORDLYS, log=(entry,))
        assert due_call_back(wrote, tuple(make_plan([wrote], WORLD)), WORLD) is None


def test_nobody_is_rung_back_who_did_not_ring_or_does_not_want_it() -> None:
    with pytest.raises(UsageError, match="offer --by phone"):
        call_back_step(NORDLYS, Variant.OFFER, (), WORLD)
    quiet = replace(NORDLYS, people=tuple(replace(one, calls=False) for one in NORDLYS.people))
    with pytest.raises(EtiquetteError, match="Write instead"):
        call_back_step(quiet, Variant.NO_SHOW, (), WORLD)


def test_promised_call_needs_no_entry_in_the_log() -> None:
    assert call_back_step(NORDLYS, Variant.NO_SHOW, (), WORLD).to == ("Mette Holm",)


SENT = LogEntry(NOW, "thank-you", "sent")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(*(tmp_path / name for name in ("config.toml", "book", "state", "data")))


def keep(places: Places, text: str, person: str = "Mette Holm", number: int = 1) -> KeptDraft:
    path = places.state.parent / f"{person}-{number}.txt"
    draft = KeptDraft(str(NORDLYS.id), number, "thank-you", person, str(path), "")
    return Drafts(places).write(draft, text)[0]


def test_draft_with_a_gap_is_not_logged_as_sent(places: Places) -> None:
    kept = keep(places, "Dear [GAP: whom], thanks")
    with pytest.raises(RecordError, match=r"(?s)thank-you to Mette Holm still has a gap.*\[GAP: whom\].*Fill in"):
        demand_ready(places, NORDLYS, SENT)
    with pytest.raises(RecordError):
        demand_ready(places, NORDLYS, replace(SENT, to=("Mette Holm",)))
    kept.file.write_text("Dear Mette, thanks", encoding="utf-8")
    demand_ready(places, NORDLYS, SENT)


def test_gap_in_a_danish_draft_blocks_too(places: Places) -> None:
    keep(places, "[MANGLER: navn] og [MANGLER: dag]")
    with pytest.raises(RecordError, match="2 gaps"):
        demand_ready(places, NORDLYS, SENT)


def test_gap_blocks_nothing_else(places: Places) -> None:
    keep(places, "[GAP: x]")
    demand_ready(places, NORDLYS, replace(SENT, to=("Jonas Krag",)))
    demand_ready(places, NORDLYS, replace(SENT, outcome="skipped"))
    demand_ready(places, NORDLYS, replace(SENT, step="letter"))
    demand_ready(places, replace(NORDLYS, rounds=(INTERVIEW, SECOND)), SENT)
    demand_ready(places, replace(NORDLYS, id=type(NORDLYS.id)(int=5)), SENT)


def test_withdrawing_with_a_gap_is_refused_too(places: Places) -> None:
    path = places.state.parent / "withdraw.txt"
    kept, _ = Drafts(places).write(KeptDraft(str(NORDLYS.id), 1, "withdraw", "", str(path), ""), "[GAP: x]")
    withdrawn = LogEntry(NOW, "withdrawn")
    with pytest.raises(RecordError, match="withdraw still has a gap"):
        demand_ready(places, NORDLYS, withdrawn)
    kept.file.write_text("Thank you", encoding="utf-8")
    demand_ready(places, NORDLYS, withdrawn)
    assert Drafts(places).state(kept, replace(NORDLYS, log=(withdrawn,))) is DraftState.SENT


def test_deleted_draft_blocks_nothing(places: Places) -> None:
    keep(places, "[GAP: x]").file.unlink()
    demand_ready(places, NORDLYS, SENT)
