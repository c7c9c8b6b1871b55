"""Scripts for the tests, and ways to look into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from callplan.book.types import Application
from callplan.plan.step import Step, StepKind
from callplan.settings import Settings
from callplan.words.script import Script, call_script

from tests.words.examples import CALLED, NORDLYS, NOW, SETTINGS, WROTE, step

LATER = datetime(2026, 12, 17, 12, tzinfo=UTC)
SECOND = step(StepKind.SECOND_CALL)
TWICE = replace(NORDLYS, log=(WROTE, CALLED))


def script(application: Application = NORDLYS, call: Step | None = None, settings: Settings = SETTINGS) -> Script:
    call = call or step()
    return call_script(application, call, settings, LATER if call.kind is StepKind.SECOND_CALL else NOW)


def said(one: Script, section: str) -> str:
    found = one.section(section)
    return " ".join(line.text for line in found.lines) if found else ""


def head(one: Script) -> str:
    return "\n".join(f"{label}: {text}" for label, text in one.head)
