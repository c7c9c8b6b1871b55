"""Drafts for the tests, and ways to look into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from callplan.book.types import Application, LogEntry
from callplan.settings import Settings
from callplan.words.letters.compose import Draft, compose
from callplan.words.letters.matter import DraftKind, Occasion

from tests.words.examples import ANNA, NORDLYS, NORDLYS_DA, NOW

WRITER = Settings(me=replace(ANNA, address=("Strandvejen 4", "8000 Aarhus C")))
OFFER = LogEntry(NOW - timedelta(hours=3), "offer", by="email")
INVITATION = LogEntry(NOW - timedelta(hours=3), "invitation", by="email")
REJECTION = LogEntry(NOW - timedelta(hours=6), "rejection", by="email")
BOTH = (NORDLYS, NORDLYS_DA)

#: The log entry that a kind answers.
INCOMING = {DraftKind.ANSWER: OFFER, DraftKind.REJECTION_REPLY: REJECTION}


def draft(
    kind: DraftKind = DraftKind.THANK_YOU,
    application: Application = NORDLYS,
    to: str | None = "Mette Holm",
    settings: Settings = WRITER,
    **changes: Any,
) -> Draft:
    """The draft to one person; a letter or an e-mail, as its kind is."""
    if kind in INCOMING and not any(entry.step in ("offer", "invitation", "rejection") for entry in application.log):
        application = replace(application, log=(*application.log, INCOMING[kind]))
    values: dict[str, Any] = {
        "among": application.rounds[0].panel if kind in (DraftKind.THANK_YOU, DraftKind.LETTER) else (),
        "channel": "letter" if kind is DraftKind.LETTER else "email",
        **changes,
    }
    person = application.person(to) if to else None
    return compose(Occasion(application, kind, values.pop("round_number", 1), person, **values), settings, NOW)
