"""Nothing is called sent that still has gaps."""

from __future__ import annotations

from callplan.book.types import Application, LogEntry
from callplan.errors import RecordError
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
            whom = f" to {draft.person}" if draft.person else ""
            count = "a gap" if len(gaps) == 1 else f"{len(gaps)} gaps"
            listed = "\n".join(f"  {gap}" for gap in gaps)
            raise RecordError(
                f"The {kind}{whom} still has {count}, so it cannot have been sent:\n{listed}\n"
                f"Fill in {draft.path} (if you sent another text, delete that file)."
            )
