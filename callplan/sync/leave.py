"""What becomes of the events of an application that leaves the book on purpose.

The guard of sync stops when many events belong to applications that are gone: a wrong --book looks just so. What the
user removed with callplan is no such riddle, so its events are remembered as belonging to nobody, and those need no
explanation (`reconcile`).
"""

from __future__ import annotations

from dataclasses import replace

from callplan.sync.last_good import forget_copy
from callplan.sync.state import State, state_path
from callplan.where import Places


def disown(places: Places, application: str) -> int:
    """Remember that the removal of the application's events is meant; gives how many stand in calendars.

    The last good version of its file goes too. Where there is no state, none is made. Raises `RecordError` (the state).
    """
    forget_copy(places, application)
    if not state_path(places).exists():
        return 0
    with State.open(places) as state:
        theirs = {uid: known for uid, known in state.memory().items() if known.application == application}
        state.remember({uid: replace(known, application="") for uid, known in theirs.items()})
        return state.standing(theirs)


def forget(places: Places, uids: frozenset[str]) -> None:
    """Erase all that is remembered of these events, words of the user's too; only where one still stands is kept.

    Raises `RecordError` (the state).
    """
    if uids and state_path(places).exists():
        with State.open(places) as state:
            state.forget(uids)


def events_of(places: Places, application: str) -> frozenset[str]:
    """The UIDs of all events remembered as the application's. Raises `RecordError` (the state)."""
    with State.open(places, read_only=True) as state:
        return frozenset(uid for uid, known in state.memory().items() if known.application == application)
