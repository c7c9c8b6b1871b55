"""Every fact in a text comes from the record: marked facts are found where they belong, and no others anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from callplan.book.types import Application, Decision, Fit, LogEntry, Noted, Notes, Person, Question, Round
from callplan.plan.step import StepKind
from callplan.settings import MeSettings, Settings
from callplan.words.agenda import events
from callplan.words.letters.compose import Draft, compose
from callplan.words.letters.mail import eml, mail_text, read_mail
from callplan.words.letters.matter import DraftKind, Occasion
from callplan.words.letters.paper import as_html
from callplan.words.script import Script, Variant, as_text, call_script
from callplan.words.script_formats import as_html as script_page
from callplan.words.script_formats import as_markdown

from tests.words.examples import COPENHAGEN, step

NOW = datetime(2026, 12, 7, 12, tzinfo=UTC)
KINDS = list(DraftKind)
MARK = re.compile(r"\b[A-Z][a-z]*[qx]\d+[ab]?\b")


def record(number: int, language: str) -> Application:
    """An application whose every fact bears the number: ``Companyq7``."""

    def mark(word: str) -> str:
        return f"{word}{number}"

    first, second = mark("Annexq"), mark("Bertxq")
    start = datetime(2026, 11, 10 + number, 10, tzinfo=COPENHAGEN)
    one = Round(
        start, start + timedelta(hours=1), place=mark("Placeq"), panel=(first, second),
        decision=Decision(by=date(2026, 11, 20 + number), contact=first, channel="phone"),
        notes=Notes(
            topics=(Noted(mark("Topicq") + "a", first), Noted(mark("Topicq") + "b", second)),
            valued=(Noted(mark("Valuedq") + "a", first), Noted(mark("Valuedq") + "b", second)),
            questions=(Question(mark("Askedq"), first, 1, mark("Betterq")),),
        ),
    )  # fmt: skip
    return Application(
        name=f"file{number}", id=UUID(int=number), company=mark("Companyq"), position=mark("Positionq"),
        timezone="Europe/Copenhagen", language=language, country="DK", why=(mark("Whyq"),),
        people=(
            Person(first, mark("Roleq"), f"{first.lower()}@firm.example", f"+45 32 12 34 {number:02d}"),
            Person(second, None, f"{second.lower()}@firm.example"),
        ),
        rounds=(one,),
        fit=tuple(
            Fit(mark("Needq") + which, mark("Strengthq") + which, by) for which, by in (("a", first), ("b", second))
        ),
        log=(
            LogEntry(start + timedelta(days=12), "follow-up", "sent"),
            LogEntry(start + timedelta(days=14), "call", "reached", note=mark("Toldq")),
        ),
    )  # fmt: skip


def settings(number: int) -> Settings:
    return Settings(
        me=MeSettings(
            f"Mexq{number}", f"mexq{number}@me.example", f"+45 32 12 99 {number:02d}", (f"Homeq{number}",),
            "Europe/Copenhagen", True, "DK",
        )
    )  # fmt: skip


def draft(number: int, kind: DraftKind, language: str, place: int = 0) -> Draft:
    application = record(number, language)
    if kind in (DraftKind.ANSWER, DraftKind.REJECTION_REPLY):
        came = "offer" if kind is DraftKind.ANSWER else "rejection"
        application = replace(application, log=(*application.log, LogEntry(NOW - timedelta(hours=2), came, by="email")))
    among = application.rounds[0].panel if kind in (DraftKind.THANK_YOU, DraftKind.LETTER) else ()
    channel = "letter" if kind is DraftKind.LETTER else "email"
    one = Occasion(application, kind, 1, application.people[place], among, channel, accepted=True)
    return compose(one, settings(number), NOW)


def script(number: int, language: str, variant: Variant) -> Script:
    application = record(number, language)
    came = {Variant.OFFER: "offer", Variant.REJECTION: "rejection"}.get(variant)
    if came:
        application = replace(application, log=(*application.log, LogEntry(NOW - timedelta(hours=2), came, by="phone")))
    callee = application.people[0]
    kind = StepKind.SECOND_CALL if variant is Variant.SECOND_CALL else StepKind.CALL
    call = step(kind, application=application.name, to=(callee.name,), phone=callee.phone)
    return call_script(application, call, settings(number), NOW, variant=variant)


def everything(number: int, language: str) -> Iterator[str]:
    """All that is written for one application."""
    for kind in KINDS:
        for place in (0, 1):
            one = draft(number, kind, language, place)
            yield mail_text(one)
            yield eml(read_mail(mail_text(one)), settings(number).me).decode()
            yield as_html(one, one.body)
            yield "\n".join((*one.notices, *one.gaps))
    for variant in Variant:
        spoken = script(number, language, variant)
        yield from (as_text(spoken), as_markdown(spoken), script_page(spoken))
    application = record(number, language)
    steps = [step(kind, application=application.name, to=(application.people[0].name,)) for kind in StepKind]
    for event in events(steps, [application, record(number + 1, language)], settings(number)):
        yield event.summary + event.description + (event.location or "")


def marks(text: str) -> set[str]:
    return set(MARK.findall(text))


ALWAYS = {"Annexq7", "Positionq7", "Mexq7"}


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (DraftKind.THANK_YOU, {"Topicq7a", "Strengthq7a", "Companyq7"}),
        (
            DraftKind.LETTER,
            {"Topicq7a", "Valuedq7a", "Strengthq7a", "Strengthq7b", "Whyq7", "Askedq7", "Betterq7", "Placeq7",
             "Roleq7", "Homeq7", "Companyq7"},
        ),
        (DraftKind.FOLLOW_UP, {"Strengthq7a", "Strengthq7b", "Whyq7", "Companyq7"}),
        (DraftKind.ANSWER, {"Companyq7"}),
        (DraftKind.REJECTION_REPLY, {"Companyq7"}),
        (DraftKind.ASK_TIMELINE, set()),
        (DraftKind.WITHDRAW, {"Companyq7"}),
    ],
)  # fmt: skip
def test_marked_facts_stand_where_they_belong(kind: DraftKind, facts: set[str], language: str) -> None:
    found = marks(mail_text(draft(7, kind, language)))
    assert facts | ALWAYS <= found
    assert "Toldq7" not in found  # what was said on the phone is a private note


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    ("variant", "facts"),
    [
        (Variant.CALL, {"Companyq7", "Whyq7", "Strengthq7a", "Strengthq7b", "Topicq7a"}),
        (Variant.SECOND_CALL, {"Toldq7"}),
        (Variant.OFFER, {"Companyq7"}),
        (Variant.REJECTION, {"Companyq7"}),
        (Variant.NO_SHOW, {"Companyq7"}),
    ],
)
def test_marked_facts_stand_in_the_script(variant: Variant, facts: set[str], language: str) -> None:
    text = as_text(script(7, language, variant), 200)
    assert facts | ALWAYS <= marks(text)
    assert "+45 32 12 34 07" in text
    assert "+45 32 12 99 07" in text


@pytest.mark.parametrize("language", ["en", "da"])
def test_one_letter_keeps_the_other_interviewers_remarks_out(language: str) -> None:
    for kind in (DraftKind.THANK_YOU, DraftKind.LETTER):
        second = marks(mail_text(draft(7, kind, language, 1)))
        assert {"Topicq7b", "Strengthq7b"} <= second
        assert not {"Topicq7a", "Valuedq7a", "Askedq7", "Betterq7"} & second


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.advice("B13")
def test_nothing_of_another_application_is_ever_written(language: str) -> None:
    ours = {mark.rstrip("ab") for text in everything(7, language) for mark in marks(text)}
    assert all(mark.endswith("7") for mark in ours)
    assert len(ours) > 12


@pytest.mark.parametrize("language", ["en", "da"])
def test_days_come_from_the_record_alone(language: str) -> None:
    months = r"(?:November|November|november|December|december)"
    known = {"17", "27", "29", "1", "7", "8", "18"}  # interview, decision, follow-up, call, today, the two slots
    for text in everything(7, language):
        days = set(re.findall(rf"\b(\d{{1,2}})\.? {months}", text))
        assert days <= known


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("field", "empty"),
    [("people", ()), ("why", ()), ("fit", ()), ("company", ""), ("position", ""), ("rounds", None), ("language", None)],
)
@pytest.mark.advice("B13")
def test_missing_fact_is_a_gap_or_is_left_out_and_never_made_up(kind: DraftKind, field: str, empty: object) -> None:
    full = record(7, "en")
    bare_round = (replace(full.rounds[0], notes=Notes(), decision=Decision(), place=None, panel=()),)
    poorer = replace(full, **{field: bare_round if field == "rounds" else empty})  # type: ignore[arg-type]
    if kind in (DraftKind.ANSWER, DraftKind.REJECTION_REPLY):
        came = "offer" if kind is DraftKind.ANSWER else "rejection"
        poorer = replace(poorer, log=(LogEntry(NOW - timedelta(hours=2), came, by="email"),))
    person = poorer.people[0] if poorer.people else None
    one = compose(Occasion(poorer, kind, 1, person, (), "email"), settings(7), NOW)
    assert marks(mail_text(one)) <= {mark for text in everything(7, "en") for mark in marks(text)}
    for gap in one.gaps:
        assert gap in mail_text(one)
    assert "None" not in mail_text(one)
