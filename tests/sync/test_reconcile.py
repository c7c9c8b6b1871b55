"""The decisions of sync, without any server: rules as tables, and what must hold always as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from callplan.ics.event import Event, Revision
from callplan.ics.render import caldav_object
from callplan.sync.content import Content, fields_of, hashes, own_lines, parse_when, read_content, stamp, when_text
from callplan.sync.guard import too_many
from callplan.sync.memory import Known, learn, revise
from callplan.sync.operations import Adopt, Create, Delete, Deleted, Forget, Moved, Noted, Update
from callplan.sync.reconcile import Agreed, Item, Remote, agreed_on, find_edits, reconcile, says
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.build import NOW, event, events, uid


def _row(number: int = 0, etag: str | None = '"1"', **changes: object) -> Agreed:
    return agreed_on(f"/cal/{uid(number)}.ics", etag, event(number, **changes))


def _content(number: int = 0, own_notes: str = "", marked: bool = True, **changes: object) -> Content:
    """The event as it stands on the server; `changes` are the user's, `marked`: our hashes are still there."""
    theirs, ours = event(number, **changes), event(number)
    wrote = hashes(fields_of(ours), ours.description) if marked else None
    return Content(theirs.uid, fields_of(theirs), theirs.description, own_notes, sequence=1, wrote=wrote)


def _remote(*contents: Content, gone: tuple[int, ...] = ()) -> Remote:
    items = {one.uid: Item(f"/cal/{one.uid}.ics", '"2"', one) for one in contents}
    return Remote(items, frozenset(map(uid, gone)))


def _revision(number: int = 0, **changes: object) -> Revision:
    return Revision(event(number, **changes), 2, NOW)


# -- what is to be done ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("desired", "agreed", "remote", "expected"),
    [
        ("same", "none", "none", "create"),
        ("same", "row", "unchanged", "nothing"),
        ("new", "row", "unchanged", "update"),
        ("new", "row without etag", "unchanged", "nothing"),
        ("same", "row", "cosmetics", "adopt"),
        ("new", "row", "cosmetics", "update"),
        ("same", "none", "cosmetics", "adopt"),
        ("new", "none", "cosmetics", "update"),
        ("gone", "row", "unchanged", "delete"),
        ("gone", "row", "cosmetics", "delete"),
        ("gone", "row", "gone", "forget"),
        ("gone", "row without etag", "unchanged", "nothing"),
        ("gone", "none", "cosmetics", "delete"),
    ],
)
def test_three_versions_decide(desired: str, agreed: str, remote: str, expected: str) -> None:
    wanted = {"same": [_revision()], "new": [_revision(summary="Call now")], "gone": []}[desired]
    rows = {"none": {}, "row": {uid(0): _row()}, "row without etag": {uid(0): _row(etag=None)}}[agreed]
    there = {
        "none": Remote(),
        "unchanged": Remote(),
        "cosmetics": _remote(_content()),
        "gone": _remote(gone=(0,)),
    }[remote]
    operations = reconcile(wanted, rows, there, {})
    kinds = {"create": Create, "update": Update, "adopt": Adopt, "delete": Delete, "forget": Forget}
    assert [type(one) for one in operations] == ([] if expected == "nothing" else [kinds[expected]])


def test_writes_name_the_version_that_was_seen_last() -> None:
    (seen,) = reconcile([_revision(summary="Call now")], {uid(0): _row()}, _remote(_content()), {})
    assert isinstance(seen, Update)
    assert seen.etag == '"2"'
    (known,) = reconcile([_revision(summary="Call now")], {uid(0): _row()}, Remote(), {})
    assert isinstance(known, Update)
    assert known.etag == '"1"'


def test_a_client_that_counted_further_is_overtaken() -> None:
    content = replace(_content(), sequence=41)
    (update,) = reconcile([_revision(summary="Call now")], {uid(0): _row()}, _remote(content), {})
    assert isinstance(update, Update)
    assert update.revision.sequence == 42


def test_an_unreadable_item_is_neither_written_nor_removed() -> None:
    remote = Remote(unreadable={uid(0): "It is no event."})
    assert reconcile([_revision()], {uid(0): _row()}, remote, {}) == ()
    assert reconcile([], {uid(0): _row()}, remote, {}) == ()


@pytest.mark.parametrize(
    ("held", "there", "here", "stops"),
    [(100, 25, 0, False), (100, 26, 0, True), (100, 0, 26, True), (4, 3, 0, False), (4, 4, 0, True), (8, 0, 4, True),
     (12, 3, 3, False), (0, 0, 0, False)],
)  # fmt: skip
def test_the_guard_stops_above_three_and_above_a_quarter(held: int, there: int, here: int, stops: bool) -> None:
    edits = [Deleted(uid(number)) for number in range(there)]
    removals = [Delete(uid(number), "x", '"1"', "Call", explained=False) for number in range(here)]
    explained = [Delete(uid(number), "x", '"1"', "Call") for number in range(50)]
    assert (too_many(edits, [*removals, *explained], held) is not None) is stops


# -- what the user did -----------------------------------------------------------------------------------


def test_a_machine_without_state_tells_the_users_hand_by_the_hashes() -> None:
    later = event().start + timedelta(days=1)
    content = _content(start=later, end=later + timedelta(minutes=15))
    (edit,) = find_edits([event()], {}, _remote(content), {})
    assert isinstance(edit, Moved)
    assert edit.start == later


def test_without_hashes_and_without_state_the_plan_wins_but_notes_stay() -> None:
    content = _content(marked=False, own_notes="mine", summary="Something else")
    assert find_edits([event()], {}, _remote(content), {}) == (Noted(uid(0), "mine"),)


def test_another_machines_writing_is_not_taken_for_the_users() -> None:
    """A laptop with a newer book wrote last; this machine still has the old one."""
    newer = event(summary="Call now", description="Other words", location="by video")
    content = Content(newer.uid, fields_of(newer), newer.description, wrote=hashes(fields_of(newer), newer.description))
    assert find_edits([event()], {uid(0): _row()}, _remote(content), {}) == ()


def test_a_stripped_own_property_falls_back_on_what_was_agreed() -> None:
    later = event().start + timedelta(days=1)
    content = _content(marked=False, start=later, end=later + timedelta(minutes=15))
    (edit,) = find_edits([event()], {uid(0): _row()}, _remote(content), {})
    assert isinstance(edit, Moved)


def test_moving_back_to_the_plan_forgets_the_move() -> None:
    later = event().start + timedelta(days=1)
    moved = find_edits(
        [event()], {uid(0): _row()}, _remote(_content(start=later, end=later + timedelta(minutes=15))), {}
    )
    memory = learn({}, moved)
    assert memory[uid(0)].kept
    written = event(start=later, end=later + timedelta(minutes=15))
    back = Content(
        uid(0), fields_of(event()), event().description, wrote=hashes(fields_of(written), written.description)
    )
    again = learn(memory, find_edits([event()], {uid(0): _row()}, _remote(back), memory))
    assert not again[uid(0)].kept


# -- properties ------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
minutes = st.integers(0, 60 * 24 * 300)


@st.composite
def any_event(draw: st.DrawFn, number: int = 0) -> Event:
    start = event().start + timedelta(minutes=draw(minutes))
    return event(
        number,
        summary=draw(texts),
        description="\n".join(draw(st.lists(texts, max_size=4))),
        location=draw(st.none() | texts),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 300))),
        tentative=draw(st.booleans()),
        opaque=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(any_event(), st.lists(texts, max_size=3))
def test_what_is_written_says_what_was_meant_and_is_nobodys_edit(wanted: Event, notes: list[str]) -> None:
    own_notes = "\n".join(notes).strip()
    data = stamp(caldav_object(Revision(wanted, 1, NOW), own_notes), wanted)
    content = read_content(data)
    assert content.wrote == hashes(fields_of(wanted), wanted.description)
    memory = {wanted.uid: Known(wanted.uid, own_notes=content.own_notes)}
    remote = _remote(content)
    assert find_edits([wanted], {wanted.uid: agreed_on("x", '"1"', wanted)}, remote, memory) == ()
    assert says(content, wanted, content.own_notes)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


@settings(max_examples=60, deadline=None)
@given(any_event(), any_event(), st.booleans())
def test_after_learning_an_edit_nothing_is_left_to_do_or_ours_is_merged(
    planned: Event, touched: Event, marked: bool
) -> None:
    """Whatever the user makes of an event: their time is kept, their words are kept, and the next look is quiet."""
    wrote = hashes(fields_of(planned), planned.description) if marked else None
    content = Content(planned.uid, fields_of(touched), touched.description, "mine", wrote=wrote)
    rows = {planned.uid: agreed_on("x", '"1"', planned)}
    memory = learn({}, find_edits([planned], rows, _remote(content), {}))
    revised = revise([planned], memory, NOW)
    (revision,) = revised.revisions
    assert fields_of(revision.event)["when"] == content.fields["when"]
    assert fields_of(revision.event)["summary"] == content.fields["summary"]
    known = {**memory, **revised.memory}
    for line in touched.description.split("\n"):
        assert (
            line.split() == []
            or line.strip() in planned.description
            or line.strip() in (known[planned.uid].own_notes)
            or "<" in line
            or "&" in line
        )
    assert "mine" in known[planned.uid].own_notes
    (operation,) = reconcile([revision], rows, _remote(content), known)
    assert isinstance(operation, Adopt | Update)
    after = Content(
        planned.uid,
        fields_of(revision.event),
        revision.event.description,
        known[planned.uid].own_notes,
        wrote=hashes(fields_of(revision.event), revision.event.description),
    )
    rows = {planned.uid: agreed_on("x", '"3"', revision.event)}
    assert find_edits([planned], rows, _remote(after), known) == ()
    (quiet,) = reconcile(revise([planned], known, NOW).revisions, rows, _remote(after), known)
    assert isinstance(quiet, Adopt)


@settings(max_examples=100)
@given(minutes, minutes)
def test_times_come_back_to_the_second(start: int, length: int) -> None:
    begins = (event().start + timedelta(minutes=start)).astimezone(UTC)
    ends = begins + timedelta(minutes=length)
    assert parse_when(when_text(begins, ends)) == (begins, ends)


def test_lines_that_are_not_ours_are_found_and_no_others() -> None:
    wanted = event()
    data = stamp(caldav_object(Revision(wanted, 1, NOW), ""), wanted, ("COLOR:tomato", "X-LONG:" + "ø" * 80))
    assert own_lines(data)[2] == ("COLOR:tomato", "X-LONG:" + "ø" * 80)


def test_decisions_are_the_same_each_time() -> None:
    wanted = [Revision(one, 1, NOW) for one in events(20)]
    rows = {uid(number): _row(number) for number in range(10, 30)}
    remote = _remote(*(_content(number, own_notes="x") for number in range(5, 15)), gone=(29,))
    assert reconcile(wanted, rows, remote, {}) == reconcile(wanted, dict(reversed(rows.items())), remote, {})
