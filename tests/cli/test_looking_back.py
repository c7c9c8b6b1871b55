"""`stats` and `lessons`: what the log and the notes teach, and how little small numbers say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from callplan.book.read import parse_application
from callplan.plan.figures import figures, middle

from tests.cli.conftest import NORDLYS, Desk


def said(text: str) -> str:
    return " ".join(text.split())


def with_log(*entries: str) -> str:
    return NORDLYS + "".join(f"\n[[log]]\n{entry}\n" for entry in entries)


CALLED = with_log(
    'at = 2026-11-16T11:45:00+01:00\nstep = "notes"\noutcome = "done"',
    'at = 2026-11-16T12:15:00+01:00\nstep = "thank-you"\noutcome = "sent"\nto = ["Mette Holm"]',
    'at = 2026-11-19T12:15:00+01:00\nstep = "thank-you"\noutcome = "sent"\nto = ["Jonas Krag"]',
    'at = 2026-12-02T08:45:00+01:00\nstep = "follow-up"\noutcome = "sent"',
    'at = 2026-12-04T08:45:00+01:00\nstep = "call"\noutcome = "no-answer"',
    'at = 2026-12-04T15:45:00+01:00\nstep = "call"\noutcome = "reached"',
    'at = 2026-12-07T11:15:00+01:00\nstep = "rejection"\nnote = "Somebody who knew Flink"',
)


class TestStats:
    @pytest.mark.advice("B7")
    def test_times_are_counted_from_the_end_of_the_interview(self) -> None:
        now = datetime.fromisoformat("2026-12-10T12:00:00+01:00")
        known = figures([parse_application(CALLED, "nordlys")], now, 5, "UTC")
        (answer,) = known.answers
        assert answer.decided == timedelta(days=21)
        assert {one.step: one.after for one in known.delays} == {
            "notes": timedelta(minutes=30),
            "thank-you": timedelta(days=3, hours=1),  # the last of the two people
        }
        assert [(one.hour, one.tries, one.reached) for one in known.hours] == [(8, 1, 0), (15, 1, 1)]

    def test_what_has_not_happened_yet_is_not_counted(self) -> None:
        now = datetime.fromisoformat("2026-11-16T11:00:00+01:00")
        known = figures([parse_application(CALLED, "nordlys")], now, 5, "UTC")
        assert (known.interviews, known.answers, known.delays, known.hours) == (0, (), (), ())

    @pytest.mark.advice("B9")
    def test_hours_are_those_of_the_person_called(self, desk: Desk) -> None:
        desk.now = "2026-11-30T15:00:00+01:00"
        desk.log("hudson", "call", "reached", at="2026-11-30T14:45:00+01:00")
        assert [one["hour"] for one in desk.json("stats")["hours"]] == [8]

    @pytest.mark.advice("B9")
    def test_small_numbers_are_said_to_be_small(self, desk: Desk) -> None:
        desk.put("nordlys", CALLED)
        desk.now = "2026-12-10T12:00:00+01:00"
        shown = said(desk.run("stats").stdout)
        assert "1 of 2 calls reached the person. Only 2: too few to mean much." in shown
        assert "1 thank-you came after the 48 hours." in shown
        assert desk.json("stats")["enough"] == {"answers": False, "calls": False}

    @pytest.mark.advice("B7")
    def test_a_long_silence_is_named(self, desk: Desk) -> None:
        desk.now = "2026-12-30T12:00:00+01:00"
        assert "Hudson Freight has been silent for 48 days." in said(desk.run("stats").stdout)

    def test_an_empty_book_has_nothing_to_count(self, empty: Desk) -> None:
        assert "nothing to count" in empty.run("stats").stdout

    def test_the_archive_counts_too(self, desk: Desk) -> None:
        before = desk.json("stats")["interviews"]
        desk.run("archive", "hudson")
        assert desk.json("stats")["interviews"] == before

    def test_the_middle_of_nothing_is_nothing(self) -> None:
        assert middle([]) is None
        assert middle([timedelta(1), timedelta(9), timedelta(2)]) == timedelta(2)


class TestLessons:
    @pytest.mark.advice("2.2.b2", "4.6.a3")
    def test_weak_answers_come_first_then_feedback_then_what_they_valued(self, desk: Desk) -> None:
        desk.put("nordlys", CALLED)
        desk.now = "2026-12-10T12:00:00+01:00"
        for question, rating in (("A", "3"), ("B", "1"), ("C", "5")):
            desk.run("note", "nordlys", "--question", question, "--rating", rating)
        desk.run("note", "hudson", "--valued", "calm")
        found = desk.json("lessons")
        assert [(one["kind"], one["text"]) for one in found] == [
            ("answer", "B"),
            ("answer", "A"),
            ("feedback", "Somebody who knew Flink"),
            ("valued", "calm"),
        ]
        shown = desk.run("lessons").stdout
        assert shown.index("B (went 1 of 5)") < shown.index("Flink") < shown.index("calm")

    def test_a_topic_narrows_it(self, desk: Desk) -> None:
        desk.put("nordlys", CALLED)
        desk.now = "2026-12-10T12:00:00+01:00"
        assert [one["kind"] for one in desk.json("lessons", "--topic", "FLINK")] == ["feedback"]
        assert desk.json("lessons", "--topic", "nothing of the sort") == []

    @pytest.mark.advice("2.2.b3")
    def test_lessons_survive_the_archive(self, desk: Desk) -> None:
        desk.put("nordlys", CALLED)
        desk.now = "2026-12-10T12:00:00+01:00"
        desk.run("archive", "nordlys")
        assert desk.json("lessons")

    def test_nothing_noted_is_said_with_a_way_to_begin(self, empty: Desk) -> None:
        assert "callplan note NAME" in empty.run("lessons").stdout
