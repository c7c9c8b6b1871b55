"""Nothing is called sent that still has gaps."""

from __future__ import annotations

from callplan.book.types import Application, LogEntry
from callplan.errors import RecordError
from callplan.message import message
from callplan.plan.history import round_of
from callplan.where import Places
from callplan.words.letters.keeping import LOGGED_AS, Drafts, gaps_in

_SENT = ("sent", "done")


def demand_ready(places: Places, application: Application, entry: LogEntry) -> None:
    """Refuse to log as sent what is still unfinished as a file. Raises `RecordError` with the gaps and the way out.

    Asked by everything that logs what the user says: the command line, the pages, and what comes home from a calendar.

    Only drafts written to files count: what was copied from the screen cannot be looked at.
    """
    kinds = {step: kind for kind, step in LOGGED_AS.items()}
    if entry.outcome not in _SENT and not (entry.step in kinds and entry.outcome is None):
        return
    kind = kinds.get(entry.step, entry.step)
    for draft in Drafts(places).of(application, kind, round_of(application, entry), entry.to):
        gaps = gaps_in(draft.text or "")
        if gaps:
            whom = message(" to {names}", names=draft.person) if draft.person else ""
            count = message("a gap") if len(gaps) == 1 else message("{count} gaps", count=len(gaps))
            listed = "\n".join(f"  {gap}" for gap in gaps)
            raise RecordError(
                message(
                    "The {kind}{whom} still has {count}, so it cannot have been sent:\n{listed}\nFill in {file} (if "
                    "you sent another text, delete that file).",
                    kind=message(kind),
                    whom=whom,
                    count=count,
                    listed=listed,
                    file=str(draft.path),
                )
            )
