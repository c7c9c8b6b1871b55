"""What `callplan add` is told: by flags, and by at most five questions where a person is there to answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from callplan.book.periods import parse_period
from callplan.cli import when
from callplan.cli.language import told
from callplan.cli.question import asked, needed
from callplan.cli.terminal import say_notice
from callplan.errors import UsageError

_NEEDED = ("company", "position", "start")

_MOST_QUESTIONS = 5

_LEGAL_FORM = re.compile(
    r"(?:inc|llc|ltd|limited|corp|co|plc|llp|gmbh|ag|kg|se|a/s|as|aps|ab|oy|oyj|sa|s\.a|srl|spa|bv|b\.v|nv|n\.v|kft|pty)"
    r"\.?(?: [\w.& ]{2,12})?",
    re.IGNORECASE,
)
_PARTNERS = re.compile(r" (?:&|and|og|und|et|y) ", re.IGNORECASE)


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
                    told(
                        "There are {count} --{option} for {people} --person. Say whose they are: the first is the "
                        "first person's."
                    ).format(count=count, option=name, people=len(answers.person))
                )
        if answers.decision_by and answers.decision_within:
            raise UsageError(told("Either --decision-by or --decision-within, not both."))
        return introduced(answers)

    def missing(self) -> list[str]:
        """The flags without which there is no interview."""
        return [f"--{name}" for name in _NEEDED if not getattr(self, name)]


def introduced(answers: Answers) -> Answers:
    """With every ``--person`` taken apart into name, role, e-mail and telephone; what flags say goes first.

    Raises `UsageError` where it is not clear whose a flag is.
    """
    if not answers.person:
        return answers
    from callplan.cli.introduced import Introduced, people_introduced  # it knows many words, which takes its time

    people: list[Introduced] = []
    for index, text in enumerate(answers.person):
        found = people_introduced(text, answers.company) or (Introduced(),)
        say_left_out(part for one in found for part in one.left)
        if len(found) > 1 and (answers.role or answers.email or answers.phone):
            raise UsageError(told("Say each of several people by a --person of their own."))
        role, email, phone = (
            values[index] if index < len(values) else "" for values in (answers.role, answers.email, answers.phone)
        )
        first = found[0]
        people += [
            Introduced(first.name, role or first.role, email or first.email, phone or first.phone),
            *found[1:],
        ]
    return replace(
        answers,
        person=tuple(one.name for one in people),
        role=tuple(one.role for one in people),
        email=tuple(one.email for one in people),
        phone=tuple(one.phone for one in people),
    )


def say_left_out(texts: Iterable[str]) -> None:
    """Say what of a line or a card goes into no record."""
    left = ", ".join(texts)
    if left:
        say_notice(told("Left out: {texts}.").format(texts=left))


def ask(answers: Answers, today: date, begun: Callable[[Answers], None], keep: Callable[[Answers], None]) -> Answers:
    """Ask for what is not given, five questions at most: company, position, when, whom, and what helps most then.

    That is how to reach them, unless it is known, and when they decide. All after the time of the interview may be
    blank. `begun` is called with company, position and start, and may raise; `keep` after each question.
    """
    left = _MOST_QUESTIONS

    def question(text: str, check: Callable[[str], str], blank: bool = False, several: bool = False) -> str:
        nonlocal left
        left -= 1
        return asked(text, check, "" if blank else None, several)

    company, position = answers.company, answers.position
    if not company:
        company = question(told("Company"), needed)
        if not position and "," in company:
            company, position = _company_and_position(company)
            if position:
                say_notice(told("Company: {company}; position: {position}.").format(company=company, position=position))
    keep(replace(answers, company=company, position=position))
    position = position or question(told("Position"), needed)
    keep(replace(answers, company=company, position=position))
    start = answers.start or question(
        told("When is the interview, their time (like 2026-11-16 10:00-11:15)"), lambda text: _time(text, today)
    )
    answers = replace(answers, company=company, position=position, start=start)
    keep(answers)
    begun(answers)
    left_open: list[int] = []
    if not answers.person:
        names = question(
            told("With whom (Mette Holm, HR Manager, mette@…, +45 …; Jonas Krag; or Enter)"),
            lambda text: check_people(text, answers.country, answers.company, may_leave_open=True),
            blank=True,
            several=True,
        )
        answers = introduced(replace(answers, person=(names,) if names else ()))
        typed = answers.phone
        numbers = zip(typed, answers.person, strict=True)
        answers = replace(answers, phone=tuple(dialled_or_open(*one, answers.country) for one in numbers))
        left_open = [index for index, number in enumerate(typed) if number and not answers.phone[index]]
        keep(answers)
    if left_open or not (any(answers.phone) or answers.timezone):
        about = left_open[0] if left_open else 0
        whose = told("{name}'s").format(name=answers.person[about]) if answers.person else told("Their")
        reached = question(
            told("{whose} telephone number (+45 …), or their time zone (Europe/Copenhagen)").format(whose=whose),
            lambda text: _number_or_zone(text, answers.country),
            blank=True,
        )
        if _is_number(reached):
            phones = list(answers.phone) or [""]
            phones[about] = reached
            answers = replace(answers, person=answers.person or ("",), phone=tuple(phones))
        elif reached:
            answers = replace(answers, timezone=reached)
        keep(answers)
    if left and not (answers.decision_by or answers.decision_within):
        decision = question(
            told("When do they decide (30 Nov, 2 weeks; Enter if they have not said)"),
            lambda text: _decision(text, today),
            blank=True,
        )
        period = _is_period(decision)
        answers = replace(
            answers, decision_by=None if period else decision or None, decision_within=decision if period else None
        )
        keep(answers)
    return answers


def check_phone(text: str, country: str | None) -> str:
    """The number in international format. Raises `UsageError`."""
    from callplan.places.numbers import international

    try:
        return international(text, country)
    except ValueError as error:
        raise UsageError(*error.args) from None


def check_email(text: str) -> str:
    """The address, if it is one. Raises `UsageError`."""
    from callplan.book.read import email_address

    try:
        return email_address(text)
    except ValueError as error:
        raise UsageError(*error.args) from None


def check_zone(name: str | None) -> str | None:
    """The name of a zone, or none. Raises `UsageError`."""
    from callplan.zones import zone_name

    try:
        return zone_name(name) if name else None
    except ValueError as error:
        raise UsageError(*error.args) from None


def _stripped(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(text.strip() for text in value)
    return value.strip() or None if isinstance(value, str) else value


def _time(text: str, today: date) -> str:
    when.read_time(text, today, or_today=True)
    return text.strip()


def _company_and_position(text: str) -> tuple[str, str | None]:
    """``Nordlys Energi, Data Engineer`` is both; a legal form or partners after a comma belong to the company."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    firm = 1
    while firm < len(parts) and _is_of_the_firm(parts[firm]):
        firm += 1
    return ", ".join(parts[:firm]) or text.strip(), ", ".join(parts[firm:]) or None


def _is_of_the_firm(part: str) -> bool:
    from callplan.cli.introduced import is_job

    return bool(_LEGAL_FORM.fullmatch(part) or (_PARTNERS.search(part) and not is_job(part)))


def check_people(
    text: str, country: str | None = None, company: str | None = None, may_leave_open: bool = False
) -> str:
    """The line about people, if everything in it is somebody's. Raises `UsageError`.

    `may_leave_open`: a number of an unknown country is no fault.
    """
    from callplan.cli.introduced import people_introduced

    for person in people_introduced(text, company):
        if person.phone and not (may_leave_open and _is_of_unknown_country(person.phone, country)):
            check_phone(person.phone, country)
        if person.email:
            check_email(person.email)
    return text.strip()


def dialled_or_open(number: str, name: str, country: str | None) -> str:
    """The number in international format; nothing where its country is not known, and that is told.

    Raises `UsageError`: there is no such number.
    """
    if number and _is_of_unknown_country(number, country):
        say_notice(
            told("The number of {name} is left open: {number} has no country code.").format(name=name, number=number)
        )
        return ""
    return check_phone(number, country) if number else ""


def _is_of_unknown_country(number: str, country: str | None) -> bool:
    from callplan.places.numbers import CountryUnknownError, international

    try:
        international(number, country)
    except CountryUnknownError:
        return True
    except ValueError:
        return False
    return False


def _decision(text: str, today: date) -> str:
    """A date as ISO writes it, since later it would be read again, or a length of time. Raises `UsageError`."""
    return text.strip() if _is_period(text) else when.read_date(text, today).isoformat()


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 5


def _number_or_zone(text: str, country: str | None) -> str:
    text = text.strip()
    return check_phone(text, country) if _is_number(text) else check_zone(text) or ""
