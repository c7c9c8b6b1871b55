"""Drafts into files: the text, which is the user's to edit, and what is made of it for sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from callplan.book.file_name import file_stem
from callplan.book.types import Application
from callplan.settings import Settings
from callplan.words.letters.compose import Draft
from callplan.words.letters.keeping import Drafts, KeptDraft
from callplan.words.letters.mail import eml, mail_text, read_mail
from callplan.words.letters.paper import as_html, as_pdf
from callplan.words.pdf import unprintable


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one draft. `files` were written; `kept` are the user's own and were left as they are.

    `text` is what the text file holds now. `unprintable` are characters that the PDF shows as a box.
    """

    draft: Draft
    kept_draft: KeptDraft
    text: str
    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    pages_many: bool
    unprintable: str


def write_drafts(
    store: Drafts,
    folder: Path,
    application: Application,
    drafts: Sequence[Draft],
    settings: Settings,
    now: datetime,
    receipt: bool = False,
) -> list[Written]:
    """Write each draft's text into `folder`, and its e-mail (or HTML and PDF) beside it, made from the text as it is.

    Raises `RecordError` when a file cannot be written.
    """
    stems: set[str] = set()
    return [_write(store, folder / _stem(one, stems), application, one, settings, now, receipt) for one in drafts]


def kept_text(store: Drafts, application: Application, draft: Draft) -> tuple[str, Path] | None:
    """The text of this draft as the user has edited it, and where; None when there is none."""
    for kept in store.of(application, draft.kind.value, draft.round_number):
        if kept.person == draft.person and kept.edited:
            return kept.text or "", kept.file
    return None


def _write(
    store: Drafts, base: Path, application: Application, draft: Draft, settings: Settings, now: datetime, receipt: bool
) -> Written:
    path = base.with_name(f"{base.name}.txt").absolute()
    fresh = KeptDraft(str(application.id), draft.round_number, draft.kind.value, draft.person, str(path), "")
    kept_draft, written = store.write(fresh, mail_text(draft))
    text = kept_draft.text or ""
    files, kept = ([path], []) if written else ([], [path])
    many = False
    for ending, content in _renderings(draft, text, settings, now, receipt):
        many = many or (ending == "pdf" and not content[1])
        made = base.with_name(f"{base.name}.{ending}").absolute()
        (files if store.write_rendering(made, content[0]) else kept).append(made)
    missing = unprintable(text) if draft.is_letter else ""
    return Written(draft, kept_draft, text, tuple(files), tuple(kept), many, missing)


def _renderings(
    draft: Draft, text: str, settings: Settings, now: datetime, receipt: bool
) -> list[tuple[str, tuple[bytes, bool]]]:
    """Ending, content, and whether it is one page."""
    if draft.is_letter:
        return [("html", (as_html(draft, text).encode(), True)), ("pdf", as_pdf(draft, text, now))]
    if draft.channel == "email":
        return [("eml", (eml(read_mail(text), settings.me, receipt), True))]
    return []


def _stem(draft: Draft, taken: set[str]) -> str:
    """The name of its files without the ending: ``nordlys-thank-you-mette-holm``."""
    again = f"-{draft.round_number}" if draft.round_number > 1 else ""
    whom = f"-{file_stem(draft.person)}" if draft.person else ""
    stem = base = f"{draft.application}-{draft.kind.value}{again}{whom}"
    number = 1
    while stem in taken:
        number += 1
        stem = f"{base}-{number}"
    taken.add(stem)
    return stem
