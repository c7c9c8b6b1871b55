"""The user's choice where both sides changed the same thing. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from callplan.errors import UsageError
from callplan.message import message
from callplan.sync.memory import Known, Memory, resolve

#: What may be said for the calendar's version and for the record's.
THEIRS = ("theirs", "calendar")
MINE = ("mine", "record")


def choose(memory: Memory, choices: Mapping[str, bool], titles: Mapping[str, str]) -> dict[str, Known]:
    """What is remembered after the choices: of a UID or a part of a title, whether the calendar's version stands.

    An event that the user changed without any clash may be named too: then "mine" takes their change back. Raises
    `UsageError` when a choice names no such event, or several.
    """
    open_to_choice = {uid: known for uid, known in memory.items() if known.kept and not known.dismissed}
    chosen: dict[str, Known] = {}
    for name, theirs in choices.items():
        wanted = " ".join(name.split()).casefold()  # copied from a terminal, a title may be broken into lines
        found = [uid for uid in open_to_choice if uid == wanted] or [
            uid for uid in sorted(open_to_choice) if wanted in titles.get(uid, "").casefold()
        ]
        clashing = [uid for uid in found if any(kept.clash for kept in open_to_choice[uid].kept.values())]
        found = clashing or found
        if len(found) != 1:
            raise UsageError(_which(name, found or list(open_to_choice), titles, found=bool(found)))
        chosen[found[0]] = resolve(open_to_choice[found[0]], theirs=theirs)
    return chosen


def _which(name: str, uids: list[str], titles: Mapping[str, str], *, found: bool) -> str:
    listed = "".join(f'\n  {uid}  "{titles.get(uid, uid)}"' for uid in uids[:10])
    if found:
        return message('"{name}" could be any of these. Give the UID:{listed}', name=name, listed=listed)
    if not uids:
        return message('There is no conflict in "{name}", nor anywhere else.', name=name)
    return message(
        'There is no conflict in "{name}". You changed these in your calendar:{listed}', name=name, listed=listed
    )
