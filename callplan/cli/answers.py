"""What `callplan add` is told: by flags, and by at most five questions where a person is there to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import click

from callplan.cli import when
from callplan.errors import CallplanError, UsageError

_NEEDED = ("company", "position", "start")


@dataclass(frozen=True, slots=True)
class Answers:
    """The flags of `add` as they were typed. The n-th of `role`, `email` and `phone` is of the n-th `person`."""

    company: str | None = None
    position: str | None = None
    start: str | None = None
    end: str | None = None
    timezone: str | None = None
    place: str | None = None
    link: str | None = None
    person: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    decision_by: str | None = None
    decision_within: str | None = None
    contact: str | None = None
    channel: str | None = None
    country: str | None = None
    subdivision: str | None = None
    language: str | None = None
    invited_by: str | None = None
    kind: str | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Answers:
        """From the options; blank text counts as not given. Raises `UsageError` for what cannot go together."""
        given = {one.name: _stripped(options.get(one.name)) for one in fields(cls)}
        answers = cls(**{name: value for name, value in given.items() if value is not None})
        for name in ("role", "email", "phone"):
            count = len(getattr(answers, name))
            if count > len(answers.person):
                raise UsageError(
                    f"There are {count} --{name} for {len(answers.person)} --person. Say whose they are: "
                    "the first is the first person's."
                )
        if answers.decision_by and answers.decision_within:
            raise UsageError("Either --decision-by or --decision-within, not both.")
        return answers

    def missing(self) -> list[str]:
        """The flags without which there is no interview."""
        return [f"--{name}" for name in _NEEDED if not getattr(self, name)]


def ask(answers: Answers, today: date) -> Answers:
    """Ask for what is not given: company, position, when, whom, how to reach them. The last two may be blank."""
    company = answers.company or _prompt("Company", _needed)
    position = answers.position or _prompt("Position", _needed)
    start = answers.start or _prompt(
        "When is the interview, their time (like 2026-11-16 10:00-11:15)", lambda text: _time(text, today)
    )
    answers = replace(answers, company=company, position=position, start=start)
    if not answers.person:
        names = _prompt("With whom (names with commas between; Enter if you do not know)", str.strip, blank=True)
        answers = replace(answers, person=tuple(name.strip() for name in names.split(",") if name.strip()))
    if not answers.phone and not answers.timezone:
        whose = f"{answers.person[0]}'s" if answers.person else "Their"
        reached = _prompt(
            f"{whose} telephone number (+45 …), or their time zone (Europe/Copenhagen)",
            lambda text: _number_or_zone(text, answers.country),
            blank=True,
        )
        if _is_number(reached):
            answers = replace(answers, person=answers.person or ("",), phone=(reached,))
        elif reached:
            answers = replace(answers, timezone=reached)
    return answers


def check_phone(text: str, country: str | None) -> str:
    """The number in international format. Raises `UsageError`."""
    from callplan.places.numbers import international

    try:
        return international(text, country)
    except ValueError as error:
        raise UsageError(str(error)) from None


def check_zone(name: str | None) -> str | None:
    """The name of a zone, or none. Raises `UsageError`."""
    from callplan.zones import zone_name

    try:
        return zone_name(name) if name else None
    except ValueError as error:
        raise UsageError(str(error)) from None


def _stripped(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(text.strip() for text in value)
    return value.strip() or None if isinstance(value, str) else value


def _prompt(question: str, check: Callable[[str], str], blank: bool = False) -> str:
    """Ask until the answer is right. The question stands on stderr, out of the way of what is piped on."""

    def checked(text: str) -> str:
        try:
            return check(text) if text.strip() or not blank else ""
        except CallplanError as error:
            raise click.UsageError(str(error)) from None

    answer: str = click.prompt(
        question, default="" if blank else None, show_default=False, value_proc=checked, err=True
    )
    return answer


def _needed(text: str) -> str:
    if not text.strip():
        raise UsageError("This is needed.")
    return text.strip()


def _time(text: str, today: date) -> str:
    when.read_time(text, today)
    return text.strip()


def _is_number(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 5


def _number_or_zone(text: str, country: str | None) -> str:
    text = text.strip()
    return check_phone(text, country) if _is_number(text) else check_zone(text) or ""
