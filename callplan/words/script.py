"""The call script: what to say on the phone, from the record alone, with its length and its gaps.

The parts and budgets follow part 4 of the advice; the wording stands in ``templates/<language>/``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from callplan.book.types import Application, LogEntry
from callplan.plan.step import Step, StepKind
from callplan.settings import Settings
from callplan.words.call_draft import CallDraft
from callplan.words.clean import clean
from callplan.words.facts import call_facts
from callplan.words.letter_language import letter_language
from callplan.words.phrases import phrases
from callplan.words.rendering import language_for
from callplan.words.spoken import Line, Script, Section, Variant

__all__ = ["Line", "Script", "Section", "Variant", "as_dict", "as_text", "call_script"]

_INDENT = "  "
_NARROWEST = 40
_NUMBER = re.compile(r"\+\d[\d ]*\d")


def call_script(
    application: Application,
    step: Step,
    settings: Settings,
    now: datetime,
    log: Sequence[LogEntry] | None = None,
    variant: Variant | None = None,
    rate: int | None = None,
) -> Script:
    """The script for a `call` or `second-call` step, in the application's language (English where there is none yet).

    `log` replaces the application's own; entries after `now` have not happened. `variant` is what the call is about,
    if not what the step is; a step that is no call gets the script of a first one. `rate` is the user's own, in words a
    minute (None: what is usual). Raises `RecordError` when a template of the user's own has a fault.
    """
    if log is not None:
        application = replace(application, log=tuple(log))
    folder = settings.path.parent / "templates" if settings.path else None
    if variant is None:
        variant = Variant.SECOND_CALL if step.kind is StepKind.SECOND_CALL else Variant.CALL
    wanted = letter_language(application, settings.me.language)
    language, found = language_for(wanted, variant.value, folder)
    facts = call_facts(application, step, now, settings.rules.tries)
    script = CallDraft(facts, step, settings, now, language, folder, variant, rate).script()
    if found:
        return script
    notice = phrases(language).notices["language"].format(language=wanted)
    return replace(script, remarks=(notice, *script.remarks))


def as_text(script: Script, width: int = 80) -> str:
    """The script as plain text, at most `width` columns wide (40 or more) where words allow; ends with a newline."""
    return "\n".join(_text_lines(script, max(width, _NARROWEST))) + "\n"


def as_dict(script: Script) -> dict[str, Any]:
    """The script for ``--json``. Times are ISO 8601 with offset; keys are stable."""
    step = script.step
    return {
        "application": step.application,
        "round": step.round,
        "step": step.kind.value,
        "uid": step.uid,
        "language": script.language,
        "heading": script.heading,
        "to": [clean(name) for name in step.to],
        "phone": script.phone,
        "start": step.start.isoformat() if step.start else None,
        "end": step.end.isoformat() if step.end else None,
        "timezone": step.timezone,
        "head": [{"label": label, "text": text} for label, text in script.head],
        "words": script.words,
        "seconds": script.seconds,
        "words_per_minute": script.words_per_minute,
        "variant": script.variant.value,
        "sections": [
            {
                "id": one.id,
                "title": one.title,
                "part": one.part,
                "words": one.words,
                "seconds": one.seconds,
                "budget": one.budget,
                "lines": [{"cue": line.cue, "text": line.text} for line in one.lines],
            }
            for one in script.sections
        ],
        "gaps": list(script.gaps),
        "notices": list(script.notices),
    }


def _text_lines(script: Script, width: int) -> Iterator[str]:
    labels = phrases(script.language).labels
    yield from textwrap.wrap(script.heading, width)
    yield labels["length"].format(words=script.words, seconds=script.seconds)
    yield ""
    column = max(len(label) for label, _ in script.head) + 2
    for label, text in script.head:
        yield from _hung(f"{label:<{column}}", text, width)
    for one in script.sections:
        yield ""
        yield from _section_lines(one, labels, width)
    for key, texts in (("gaps", script.gaps), ("notices", script.notices)):
        if texts:
            yield ""
            yield labels[key].upper()
            for text in texts:
                yield from _hung(f"{_INDENT}- ", text, width)


def _section_lines(one: Section, labels: Any, width: int) -> Iterator[str]:
    length = f"  ({labels['length'].format(words=one.words, seconds=one.seconds)})" if one.words else ""
    yield from textwrap.wrap(f"{one.title.upper()}{length}", width, subsequent_indent=_INDENT)
    bullet = "[ ] " if one.id == "before" else "- " if one.part in ("aside", "reserve") else ""
    for line in one.lines:
        if line.cue:
            yield from textwrap.wrap(f"{line.cue}:", width, initial_indent=_INDENT, subsequent_indent=_INDENT)
        yield from _hung(_INDENT * (2 if line.cue else 1) + bullet, line.text, width)


def _hung(label: str, text: str, width: int) -> list[str]:
    """The text behind its label, wrapped below itself. A telephone number stays on one line, as does a long word."""
    whole = _NUMBER.sub(lambda found: found[0].replace(" ", "\xa0"), text)
    lines = textwrap.wrap(
        whole, width, initial_indent=label, subsequent_indent=" " * len(label),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return [line.replace("\xa0", " ") for line in lines] or [label.rstrip()]
