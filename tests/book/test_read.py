"""An application from its file."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from callplan.book import types
from callplan.book.keys import KEYS
from callplan.book.read import parse_application, read_application
from callplan.book.types import (
    Application,
    Decision,
    Fit,
    Hours,
    LogEntry,
    Noted,
    Notes,
    Period,
    Person,
    Question,
    Round,
)

from tests.book.samples import NORDLYS, changed, complaint

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def test_the_file_of_the_contract_is_read_whole() -> None:
    assert parse_application(NORDLYS, "nordlys") == Application(
        name="nordlys",
        id=UUID("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"),
        company="Nordlys Energi",
        position="Data Engineer",
        timezone="Europe/Copenhagen",
        language="da",
        country="DK",
        invited_by="email",
        kind="family",
        why=("They built the first tidal park I ever visited",),
        people=(
            Person("Mette Holm", "HR Manager", "mette.holm@nordlys.example", "+45 32 12 34 56"),
            Person(
                "Jonas Krag",
                phone="+45 32 12 34 57 ext. 12",
                best_hours=(Hours(time(8), time(9)), Hours(time(15, 30), time(16))),
            ),
        ),
        rounds=(
            Round(
                start=datetime(2026, 11, 16, 10, tzinfo=COPENHAGEN),
                end=datetime(2026, 11, 16, 11, 15, tzinfo=COPENHAGEN),
                place="Havnegade 12, Aarhus",
                link="https://meet.nordlys.example/first",
                panel=("Mette Holm", "Jonas Krag"),
                decision=Decision(by=date(2026, 11, 30), contact="Mette Holm", channel="phone"),
                notes=Notes(
                    topics=(Noted("moving the load forecast to streaming"),),
                    valued=(Noted("calm under incident pressure"), Noted("writes things down", "Jonas Krag")),
                    questions=(
                        Question(
                            "How would you backfill two years of meter data?",
                            rating=2,
                            better="Partition by meter, not by day",
                        ),
                    ),
                ),
            ),
        ),
        fit=(Fit("runs Airflow in production", "ran 40 DAGs for three years, two incidents"),),
        log=(
            LogEntry(
                at=datetime(2026, 11, 16, 12, 30, tzinfo=timezone(timedelta(hours=1))),
                step="thank-you",
                outcome="sent",
                to=("Mette Holm",),
            ),
        ),
    )


def test_every_sample_can_be_read() -> None:
    samples = sorted((Path(__file__).parents[2] / "samples" / "applications").glob("*.toml"))
    assert len([read_application(path) for path in samples]) >= 8


def test_an_absent_end_is_an_hour_later_and_marked_as_assumed() -> None:
    application = parse_application(changed("end = 2026-11-16T11:15:00\n", ""), "nordlys")
    assert application.rounds[0].end == datetime(2026, 11, 16, 11, tzinfo=COPENHAGEN)
    assert application.rounds[0].end_assumed


def test_an_assumed_hour_is_an_hour_also_when_clocks_go_back_in_it() -> None:
    text = changed("start = 2026-11-16T10:00:00\nend = 2026-11-16T11:15:00", "start = 2026-10-25T02:30:00")
    start, end = (one := parse_application(text, "nordlys").rounds[0]).start, one.end
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=1)


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    text = changed("at = 2026-11-16T12:30:00+01:00", "at = 2026-10-25T02:30:00")
    assert parse_application(text, "nordlys").log[0].at.utcoffset() == timedelta(hours=2)


def test_an_end_on_the_second_turn_of_a_repeated_hour_is_after_its_start() -> None:
    text = changed(
        "start = 2026-11-16T10:00:00\nend = 2026-11-16T11:15:00",
        "start = 2026-10-25T02:45:00\nend = 2026-10-25T02:15:00+01:00",
    )
    assert complaint(text) == ""


def test_times_with_offsets_need_no_time_zone() -> None:
    text = NORDLYS.replace('timezone = "Europe/Copenhagen"\n', "").replace("T10:00:00", "T10:00:00+01:00")
    assert complaint(text.replace("T11:15:00", "T11:15:00+01:00")) == ""


@pytest.mark.parametrize("within", ["3 working days", "3 business days"])
def test_a_decision_may_be_told_as_a_period(within: str) -> None:
    text = changed("by = 2026-11-30", f'within = "{within}"')
    assert parse_application(text, "nordlys").rounds[0].decision.within == Period(3, "working day")


def test_an_empty_optional_text_is_absent() -> None:
    text = changed('place = "Havnegade 12, Aarhus"', 'place = ""')
    assert parse_application(text, "nordlys").rounds[0].place is None


def test_a_name_typed_in_another_normal_form_is_the_same_name() -> None:
    text = NORDLYS.replace('name = "Jonas Krag"', 'name = "So\u0308ren Krag"').replace("Jonas Krag", "S\u00f6ren Krag")
    application = parse_application(text, "nordlys")
    assert application.rounds[0].panel[1] == application.people[1].name == "So\u0308ren Krag"


def test_entries_of_theirs_need_only_time_and_step() -> None:
    for step in types.INCOMING:
        text = f'{NORDLYS}\n[[log]]\nat = 2026-11-20T09:00:00\nstep = "{step}"\n'
        assert parse_application(text, "nordlys").log[-1].step == step


@pytest.mark.parametrize("outcome", types.OUTCOMES)
def test_every_outcome_of_a_call_can_be_logged(outcome: str) -> None:
    text = f'{NORDLYS}\n[[log]]\nat = 2026-12-04T08:45:00\nstep = "call"\noutcome = "{outcome}"\n'
    assert parse_application(text, "nordlys").log[-1].outcome == outcome


def test_an_entry_keeps_all_that_was_said_of_it() -> None:
    text = (
        f'{NORDLYS}\n[[log]]\nat = 2026-11-20T09:00:00\nstep = "reply"\noutcome = "out-of-office"\nby = "email"\n'
        'until = 2026-11-25\nround = 1\nnote = "two\\nlines"\n'
    )
    assert parse_application(text, "nordlys").log[-1] == LogEntry(
        at=datetime(2026, 11, 20, 9, tzinfo=COPENHAGEN),
        step="reply",
        outcome="out-of-office",
        by="email",
        until=date(2026, 11, 25),
        round=1,
        note="two\nlines",
    )


def test_every_key_of_the_file_is_a_field_and_every_field_a_key() -> None:
    kinds = {
        "": Application, "people": Person, "rounds": Round, "rounds.decision": Decision, "rounds.notes": Notes,
        "rounds.notes.topics": Noted, "rounds.notes.valued": Noted, "rounds.notes.questions": Question, "fit": Fit,
        "log": LogEntry,
    }  # fmt: skip
    assert set(kinds) == set(KEYS)
    for table, kind in kinds.items():
        fields = {field.name for field in dataclasses.fields(kind)} - {"end_assumed"}
        assert set(KEYS[table]) == fields - ({"name"} if kind is Application else set())


def test_reading_loads_nothing_that_is_slow() -> None:
    code = (
        "import sys; from pathlib import Path; from callplan.book.folder import read_book;"
        f"book = read_book(Path({str(Path(__file__).parents[2] / 'samples' / 'applications')!r}));"
        "assert book.applications;"
        "print(sorted({'tomlkit', 'phonenumbers.timezone', 'phonenumbers.geocoder', 'babel', 'holidays', 'icalendar',"
        "'caldav', 'difflib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_person_without_a_number_does_not_load_phonenumbers() -> None:
    text = NORDLYS.replace('phone = "+45 32 12 34 56"\n', "").replace('phone = "32 12 34 57 ext. 12"\n', "")
    code = (
        "import sys; from callplan.book.read import parse_application;"
        "parse_application(sys.stdin.read(), 'nordlys'); print('phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
