"""An invented applicant, firm and calls for the tests of this folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from callplan.book.types import Application, Decision, Fit, LogEntry, Noted, Notes, Person, Round
from callplan.plan.step import Status, Step, StepKind
from callplan.settings import MeSettings, Settings

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NEW_YORK = ZoneInfo("America/New_York")
ANNA = MeSettings(
    name="Anna Dahl",
    email="anna@dahl.example",
    phone="+45 32 12 34 00",
    timezone="Europe/Copenhagen",
    timezone_known=True,
    country="DK",
)
SETTINGS = Settings(me=ANNA)
NOW = datetime(2026, 12, 7, 12, tzinfo=UTC)
WROTE = LogEntry(datetime(2026, 12, 2, 9, tzinfo=COPENHAGEN), "follow-up", "sent")
CALLED = LogEntry(
    datetime(2026, 12, 8, 8, 31, tzinfo=COPENHAGEN), "call", "reached",
    note="two more interviews to go", date=date(2026, 12, 15),
)  # fmt: skip

INTERVIEW = Round(
    datetime(2026, 11, 16, 10, tzinfo=COPENHAGEN),
    datetime(2026, 11, 16, 11, 15, tzinfo=COPENHAGEN),
    place="Havnegade 12, Aarhus",
    panel=("Mette Holm", "Jonas Krag"),
    decision=Decision(by=date(2026, 11, 30), contact="Mette Holm", channel="phone"),
    notes=Notes(
        topics=(Noted("moving the load forecast to streaming"),),
        valued=(Noted("calm under incident pressure"), Noted("writes things down", by="Jonas Krag")),
    ),
)
NORDLYS = Application(
    name="nordlys",
    id=UUID("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"),
    company="Nordlys Energi",
    position="Data Engineer",
    timezone="Europe/Copenhagen",
    language="en",
    country="DK",
    why=("They built the first tidal park I ever visited", "The whole team is in one room"),
    people=(
        Person("Mette Holm", "HR Manager", "mette.holm@nordlys.example", "+45 32 12 34 56"),
        Person("Jonas Krag"),
    ),
    rounds=(INTERVIEW,),
    fit=(
        Fit("leads a team", "led six people at Lille Bælt"),
        Fit("runs Airflow in production", "ran 40 DAGs at Vindby for three years, two incidents"),
        Fit("writes clear runbooks", "every on-call page had one", by="Jonas Krag"),
    ),
    log=(WROTE,),
)
NORDLYS_DA = replace(
    NORDLYS,
    language="da",
    why=("I byggede den første tidevandspark, jeg har besøgt",),
    fit=(
        Fit("leder et hold", "ledede seks kolleger hos Lille Bælt"),
        Fit("kører Airflow i drift", "drev 40 DAG'er hos Vindby i tre år med to hændelser"),
        Fit("klare driftsvejledninger", "hver vagtside havde sin egen", by="Jonas Krag"),
    ),
    rounds=(
        replace(
            INTERVIEW,
            notes=Notes(
                topics=(Noted("at flytte lastprognosen til streaming"),),
                valued=(Noted("rolig, når der er hændelser"), Noted("skriver driftsvejledninger", by="Jonas Krag")),
            ),
        ),
    ),
)


def step(kind: StepKind = StepKind.CALL, **changes: Any) -> Step:
    """A step of Nordlys Energi's; the second call ten days after the first."""
    start = datetime(2026, 12, 18 if kind is StepKind.SECOND_CALL else 8, 8, 30, tzinfo=COPENHAGEN)
    values: dict[str, Any] = {
        "application": "nordlys",
        "round": 1,
        "kind": kind,
        "to": ("Mette Holm",),
        "phone": "+45 32 12 34 56" if kind in (StepKind.CALL, StepKind.SECOND_CALL) else None,
        "start": start,
        "end": start + timedelta(minutes=15),
        "due": None,
        "timezone": "Europe/Copenhagen",
        "status": Status.PLANNED,
        "assumed": False,
        "why": "Two business days after your follow-up e-mail.",
        "advice": "4.1.b3",
        "uid": f"uid-{kind.value}",
    }
    return Step(**{**values, **changes})


def me(**changes: Any) -> Settings:
    """Settings with another user."""
    return replace(SETTINGS, me=replace(ANNA, **changes))


#: A few of the strings that names, companies and notes must bear.
HOSTILE = (
    "Søren Ærøskøbing-Ågård", "山田 花子", "محمد عبد الله الأنصاري", "Siân O'Brien-ap Rhys", "Null", "", " ", "\u3000",
    "Mette\x00Holm", "esc\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "csi\x9b31m", "\x1b[2J\x1b[H", "c1\x85next line",
    "Mette Holm\r\nBcc: everyone@evil.example", "Holm\u2028Bcc: x@evil.example",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:extra", "\u202eGnitlusnoc Leunam", "\u2066Nordlys\u2069 Energi",
    "Me\u200btte Holm", "\ufeffMette Holm", "Z\u0337\u0322\u031b\u0347a\u0336\u0353", "word " * 2000, "x" * 5000,
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% for x in range(9) %}x{% endfor %}", "{# hidden #}", "{{ me.email }}",
    "{{ ''.__class__.__mro__ }}", "{%", "{0}", "{name}", "{0.__class__}", "{:>999999999}", "%s%s%s%n", "{", "}",
    "a,b;c\\a", "\\n", "[GAP: made up]", "[MANGLER: fundet på]", "\ud83d", "Mette\udc00Holm", "-- ", "{% block why %}",
)  # fmt: skip

#: What a line of ours never holds: control characters, bidirectional marks, lone surrogates.
FORBIDDEN = frozenset(
    chr(number)
    for numbers in (range(32), range(0x7F, 0xA0), range(0x2028, 0x202F), range(0x2066, 0x206A), range(0xD800, 0xE000))
    for number in numbers
)
