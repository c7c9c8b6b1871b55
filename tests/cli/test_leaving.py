"""`remove`, `archive` and `purge`: applications leave the book, and the calendar follows."""

from __future__ import annotations

import sqlite3
from typing import NoReturn

import pytest
from callplan.book.anonymous import without_contacts
from callplan.book.compose import as_toml
from callplan.book.read import parse_application
from callplan.errors import ServerError
from callplan.sync.state import state_path
from callplan.where import places

from tests.cli.conftest import NORDLYS, Desk


def sync(desk: Desk) -> dict[str, list[dict[str, str]]]:
    report: dict[str, list[dict[str, str]]] = desk.json("sync")
    return report


def remembered(desk: Desk) -> str:
    """Everything in the state file, as text."""
    path = state_path(places(environ=desk.environment))
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump())


def kept(desk: Desk) -> bytes:
    """Every byte the built-in calendar keeps, its caches too."""
    return b"".join(path.read_bytes() for path in sorted((desk.folder / "data").rglob("*")) if path.is_file())


class TestRemove:
    def test_it_asks_first_and_no_is_no(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = desk.asked(monkeypatch, "n\n", "remove", "nordlys")
        assert "Nothing was changed." in shown.stdout
        assert (desk.book / "nordlys.toml").exists()

    def test_with_nobody_to_ask_it_demands_a_yes(self, desk: Desk) -> None:
        assert "--yes" in desk.run("remove", "nordlys", code=2).stderr
        assert (desk.book / "nordlys.toml").exists()

    def test_sync_takes_its_events_away_without_asking_again(self, desk: Desk) -> None:
        before = sync(desk)
        assert len(before["created"]) > 6
        shown = desk.run("remove", "nordlys", "--yes").stdout
        assert "events of it are in the calendar" in shown
        after = sync(desk)
        assert len(after["deleted"]) > 3
        assert not after["created"]

    def test_a_file_that_only_vanished_still_stops_the_sync(self, desk: Desk) -> None:
        sync(desk)
        (desk.book / "nordlys.toml").unlink()
        assert "--allow-deletions" in desk.run("sync", code=7).stderr

    def test_a_faulty_file_can_be_removed_by_its_whole_name(self, desk: Desk) -> None:
        desk.put("broken", "company = 3\n")
        desk.run("remove", "broken", "--yes")
        assert not (desk.book / "broken.toml").exists()

    def test_without_a_state_none_is_made(self, desk: Desk) -> None:
        desk.run("remove", "nordlys", "--yes")
        assert not (desk.folder / "state").exists() or not list((desk.folder / "state").glob("*.sqlite"))


class TestArchive:
    def test_what_took_place_stays_in_the_calendar_and_the_chasing_goes(self, desk: Desk) -> None:
        sync(desk)
        desk.run("archive", "nordlys")
        assert (desk.book / "archive" / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS
        assert "nordlys" not in desk.run("plan").stdout
        report = sync(desk)
        gone = {one["summary"] for one in report["deleted"]}
        assert gone
        assert not any(summary.startswith("Interview") for summary in gone)
        assert not sync(desk)["deleted"]

    def test_an_interview_still_ahead_stays_unless_it_is_off(self, desk: Desk) -> None:
        desk.now = "2026-11-10T09:00:00+01:00"
        made = sync(desk)["created"]
        desk.run("log", "hudson", "withdrawn")
        desk.run("archive", "nordlys")
        desk.run("archive", "hudson")
        gone = sync(desk)["deleted"]
        assert len(gone) == len(made) - 1
        assert not any(one["summary"].startswith("Interview: Nordlys") for one in gone)

    def test_the_feed_and_an_export_keep_what_the_calendar_keeps(self, desk: Desk) -> None:
        before = desk.run("export", "-").stdout
        desk.run("archive", "nordlys")
        after = desk.run("export", "-").stdout
        (was,) = [event for event in before.split("BEGIN:VEVENT") if "SUMMARY:Interview: Nordlys Energi" in event]
        assert was.split("END:VEVENT")[0] in after
        assert after.count("Nordlys Energi") < before.count("Nordlys Energi")
        desk.run("purge", "nordlys", "--yes")
        assert "Nordlys" not in desk.run("export", "-").stdout

    def test_it_comes_back_as_it_was(self, desk: Desk) -> None:
        before = desk.json("plan")
        sync(desk)
        desk.run("archive", "nordlys")
        sync(desk)
        desk.run("archive", "nord", "--back")
        assert [step["uid"] for step in desk.json("plan")] == [step["uid"] for step in before]
        assert sync(desk)["created"]

    def test_nothing_in_the_archive_is_ever_written_over(self, desk: Desk) -> None:
        desk.run("archive", "nordlys")
        desk.put("nordlys", NORDLYS.replace("6d0b8f0e", "7d0b8f0e"))
        desk.run("archive", "nordlys")
        assert {path.name for path in (desk.book / "archive").iterdir()} == {"nordlys.toml", "nordlys-2.toml"}

    def test_the_list_says_what_is_there(self, desk: Desk) -> None:
        assert "nothing" in desk.run("archive").stdout
        desk.run("archive", "nordlys")
        assert [one["name"] for one in desk.json("archive")] == ["nordlys"]


class TestPurge:
    def test_it_leaves_no_trace_in_book_calendar_and_state(self, desk: Desk) -> None:
        sync(desk)
        assert "Mette" in remembered(desk)
        shown = desk.run("purge", "nordlys", "--yes").stdout
        assert "In the calendar:" in shown
        assert not (desk.book / "nordlys.toml").exists()
        assert "Mette" not in remembered(desk)
        assert b"Jane" in kept(desk)
        assert b"Mette" not in kept(desk)

    def test_what_stays_in_a_calendar_out_of_reach_is_remembered_without_a_word(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def down(*_: object, **__: object) -> NoReturn:
            raise ServerError("it cannot be reached")

        sync(desk)
        with monkeypatch.context() as patch:
            patch.setattr("callplan.sync.run.open_calendar", down)
            assert "still there" in desk.run("purge", "nordlys", "--yes", code=5).stderr
        assert "Mette" not in remembered(desk)
        assert "Nordlys" not in remembered(desk)
        assert b"Mette" in kept(desk)
        assert len(sync(desk)["deleted"]) > 3
        assert b"Mette" not in kept(desk)
        assert "Mette" not in remembered(desk)

    def test_contacts_go_and_what_was_learnt_stays(self, desk: Desk) -> None:
        desk.run("note", "nordlys", "--topic", "Mette liked the dashboard, call mette.holm@nordlys.example")
        desk.run("log", "nordlys", "thank-you", "sent", "--to", "Jonas", "--note", "JONAS smiled")
        sync(desk)
        desk.run("purge", "nordlys", "--contacts", "--yes")
        text = (desk.book / "nordlys.toml").read_text(encoding="utf-8")
        for trace in ("Mette", "Holm", "Jonas", "Krag", "mette.holm", "32 12 34 56"):
            assert trace.casefold() not in text.casefold()
        assert "liked the dashboard" in text
        assert b"Mette" not in kept(desk)
        assert b"32 12 34 56" not in kept(desk)

    def test_nothing_of_it_stays_in_what_is_kept_for_speed(self, desk: Desk) -> None:
        for command in ("list", "next"):
            desk.run(command)
        state = desk.folder / "state"
        assert any(b"Mette" in file.read_bytes() for file in state.iterdir())
        desk.run("purge", "nordlys", "--yes")
        assert not any(b"Mette" in file.read_bytes() or b"Nordlys" in file.read_bytes() for file in state.iterdir())

    def test_contacts_of_an_archived_application_go_too(self, desk: Desk) -> None:
        desk.run("archive", "nordlys")
        desk.run("purge", "nordlys", "--contacts", "--yes")
        assert "Mette" not in (desk.book / "archive" / "nordlys.toml").read_text(encoding="utf-8")

    def test_without_contacts_reads_as_an_application(self) -> None:
        application = parse_application(NORDLYS, "nordlys")
        bare = without_contacts(application)
        again = parse_application(as_toml(bare), "nordlys")
        assert [person.name for person in again.people] == ["Person 1", "Person 2"]
        assert again.rounds[0].panel == ("Person 1", "Person 2")
        assert again.rounds[0].decision.contact == "Person 1"
        assert (again.id, again.company, again.rounds[0].start) == (
            application.id,
            application.company,
            application.rounds[0].start,
        )

    def test_it_asks_first(self, desk: Desk) -> None:
        for arguments in (("purge", "nordlys"), ("purge", "nordlys", "--contacts")):
            assert "--yes" in desk.run(*arguments, code=2).stderr
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS
