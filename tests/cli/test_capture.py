"""`add --invitation`, `add --card`: into the book, found again, moved, called off, asked about."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.book.capture.further_invitations import calendar
from tests.cli.conftest import Desk

DATA = Path(__file__).parents[1] / "book" / "capture" / "data"
INVITATIONS, CARDS = DATA / "invitations", DATA / "cards"
ME = """\
[me]
name = "Alex Winter"
email = "alex.winter@post.example"
timezone = "Europe/Copenhagen"
"""


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """Alex Winter's desk, early in December."""
    empty.config.write_text(ME, encoding="utf-8")
    empty.now = "2026-12-01T10:00:00+01:00"
    return empty


def files(desk: Desk) -> dict[str, dict[str, Any]]:
    """The book, read as TOML, without ids."""
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(desk.book.iterdir())}
    for values in found.values():
        values.pop("id")
    return found


def invite(desk: Desk, name: str, *options: str, code: int = 0) -> str:
    result = desk.run("add", "--invitation", str(INVITATIONS / name), *options, code=code)
    return " ".join(result.output.split())


def put(desk: Desk, name: str, event: str, method: str = "METHOD:REQUEST\n") -> str:
    path = desk.folder / name
    path.write_bytes(calendar(event, method=method))
    return str(path)


MEETING = """\
DTSTART;TZID=Europe/Copenhagen:{start}
DTEND;TZID=Europe/Copenhagen:{end}
SEQUENCE:{sequence}
SUMMARY:{title}
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
ATTENDEE;CN=Alex Winter:mailto:alex.winter@post.example
"""


def meeting(
    start: str = "20261210T090000", end: str = "20261210T100000", sequence: int = 0,
    title: str = "Interview: Glazier at Clearpane", more: str = "",
) -> str:  # fmt: skip
    return MEETING.format(start=start, end=end, sequence=sequence, title=title) + more


class TestTheInvitation:
    def test_becomes_an_application(self, desk: Desk) -> None:
        told = invite(desk, "03-google-meet-html.ics")
        assert "Thu 10 Dec 11:00-12:00 (Thu 10 Dec 17:00-18:00 for you)" in told
        assert files(desk) == {
            "brightfold-labs": {
                "company": "Brightfold Labs",
                "position": "Data Analyst",
                "timezone": "America/New_York",
                "invited_by": "email",
                "people": [
                    {"name": "Dana Whitlock", "email": "dana@brightfold.example"},
                    {"name": "Luis Ferreira", "email": "luis.ferreira@brightfold.example"},
                ],
                "rounds": [
                    {
                        "start": datetime(2026, 12, 10, 11),
                        "end": datetime(2026, 12, 10, 12),
                        "link": "https://meet.google.com/kfw-qzra-tpm",
                        "panel": ["Dana Whitlock", "Luis Ferreira"],
                        "invitation": "5k2t8r0v3p7q1m9b4n6c2x8zfj@google.com",
                        "sequence": 0,
                    }
                ],
            }
        }

    def test_of_outlook_in_danish_is_on_the_clock_of_copenhagen(self, desk: Desk) -> None:
        invite(desk, "01-exchange-teams.ics")
        (file,) = files(desk).values()
        assert (file["timezone"], file["country"], file["language"]) == ("Europe/Copenhagen", "DK", "da-DK")

    def test_what_was_typed_goes_before_what_it_says(self, desk: Desk) -> None:
        invite(desk, "03-google-meet-html.ics", "--position", "Analyst II", "--kind", "tech", "--why", "the sea")
        (file,) = files(desk).values()
        assert (file["position"], file["kind"], file["why"]) == ("Analyst II", "tech", ["the sea"])

    def test_without_an_hour_needs_one(self, desk: Desk) -> None:
        told = invite(desk, "09-all-day.ics", code=2)
        assert "Say it by --start." in told
        assert "Say it by --position." in told
        assert files(desk) == {}
        invite(desk, "09-all-day.ics", "--position", "Montør", "--start", "2026-12-17 10:00")
        assert files(desk)["solvang-teknik"]["rounds"][0]["start"].hour == 10

    def test_without_a_zone_needs_one(self, desk: Desk) -> None:
        assert "Say it by --timezone." in invite(desk, "15-unknown-zone.ics", code=2)
        invite(desk, "15-unknown-zone.ics", "--timezone", "Europe/London")
        file = files(desk)["ambergate-stores"]
        assert file["timezone"] == "Europe/London"
        assert file["rounds"][0]["start"] == datetime(2027, 1, 5, 11)

    def test_of_three_meetings_on_a_day_is_one_round(self, desk: Desk) -> None:
        invite(desk, "13-several-events.ics", "--position", "Lens grinder")
        (one,) = files(desk)["orchard-optics"]["rounds"]
        assert (one["start"].hour, one["end"].hour, len(one["invitation"])) == (10, 13, 3)

    def test_comes_through_a_pipe(self, desk: Desk) -> None:
        with (INVITATIONS / "02-windows-zone-alone.ics").open("rb") as stream:
            done = desk.process("add", "--invitation", "-", stdin=stream)
        assert done.returncode == 0, done.stderr
        assert files(desk)["quillmere-paper"]["people"][0]["phone"] == "+44 113 496 0142"

    @pytest.mark.parametrize(
        ("name", "word"),
        [("26-html-page.ics", "no calendar file"), ("27-no-event.ics", "a task"), ("nope.ics", "not exist")],
    )
    def test_that_is_none_is_refused_with_a_sentence(self, desk: Desk, name: str, word: str) -> None:
        told = invite(desk, name, code=4)
        assert name in told
        assert word in told
        assert files(desk) == {}


class TestTheSecondTime:
    def test_an_update_moves_the_round(self, desk: Desk) -> None:
        invite(desk, "03-google-meet-html.ics")
        told = invite(desk, "12-update-of-google-meet.ics")
        assert "has moved (it was Thu 10 Dec 11:00-12:00)" in told
        (one,) = files(desk)["brightfold-labs"]["rounds"]
        assert (one["start"], one["end"], one["sequence"]) == (
            datetime(2026, 12, 11, 13, 30), datetime(2026, 12, 11, 14, 30), 2,
        )  # fmt: skip

    def test_an_older_version_changes_nothing(self, desk: Desk) -> None:
        invite(desk, "12-update-of-google-meet.ics")
        before = files(desk)
        assert "older version" in invite(desk, "03-google-meet-html.ics")
        assert files(desk) == before

    def test_the_same_again_changes_nothing(self, desk: Desk) -> None:
        invite(desk, "12-update-of-google-meet.ics")
        path = desk.book / "brightfold-labs.toml"
        before = path.read_bytes()
        assert "nothing new" in invite(desk, "12-update-of-google-meet.ics")
        assert path.read_bytes() == before

    def test_an_update_keeps_notes_and_comments(self, desk: Desk) -> None:
        invite(desk, "03-google-meet-html.ics")
        path = desk.book / "brightfold-labs.toml"
        path.write_text(
            "# my favourite\n" + path.read_text(encoding="utf-8") + '\n[rounds.notes]\ntopics = ["tea"]\n',
            encoding="utf-8",
        )
        invite(desk, "12-update-of-google-meet.ics")
        assert path.read_text(encoding="utf-8").startswith("# my favourite\n")
        assert files(desk)["brightfold-labs"]["rounds"][0]["notes"] == {"topics": ["tea"]}

    @pytest.mark.parametrize("start", ["20261209T090000", "20261210T093000", "20261210T103000", "20261220T090000"])
    def test_an_update_may_move_it_either_way(self, desk: Desk, start: str) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        end = start[:9] + f"{int(start[9:11]) + 1:02}" + start[11:]
        desk.run("add", "--invitation", put(desk, "b.ics", meeting(start, end, 1)))
        (one,) = files(desk)["clearpane"]["rounds"]
        assert f"{one['start']:%Y%m%dT%H%M%S}" == start
        assert f"{one['end']:%Y%m%dT%H%M%S}" == end

    def test_an_update_from_video_to_a_place_takes_the_link_out(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting(more="LOCATION:https://zoom.us/j/123456789\n")))
        desk.run("add", "--invitation", put(desk, "b.ics", meeting(sequence=1, more="LOCATION:9 Pier Road\n")))
        (one,) = files(desk)["clearpane"]["rounds"]
        assert (one.get("link"), one["place"]) == (None, "9 Pier Road")

    def test_an_update_that_the_order_of_rounds_forbids_changes_nothing(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        path = desk.book / "clearpane.toml"
        path.write_text(
            path.read_text(encoding="utf-8") + "\n[[rounds]]\nstart = 2026-12-15T09:00:00\n", encoding="utf-8"
        )
        before = path.read_bytes()
        update = put(desk, "b.ics", meeting("20261220T090000", "20261220T100000", 1))
        assert "in the order they happen" in " ".join(desk.run("add", "--invitation", update, code=4).output.split())
        assert path.read_bytes() == before

    def test_an_update_of_two_days_moves_both(self, desk: Desk) -> None:
        def two(first: str, second: str, sequence: int) -> str:
            event = meeting(f"{first}T090000", f"{first}T100000", sequence)
            return (
                event
                + "END:VEVENT\nBEGIN:VEVENT\nUID:u-2@x.example\n"
                + meeting(f"{second}T090000", f"{second}T100000", sequence)
            )

        desk.run("add", "--invitation", put(desk, "a.ics", two("20261210", "20261214", 0)))
        desk.run("add", "--invitation", put(desk, "b.ics", two("20261211", "20261215", 1)))
        (file,) = files(desk).values()
        assert [one["start"].day for one in file["rounds"]] == [11, 15]

    def test_another_invitation_of_the_firm_opens_a_round(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        second = meeting(
            "20261218T090000",
            "20261218T100000",
            title="Second interview at Clearpane",
            more="ATTENDEE;CN=Al Dent:mailto:al.dent@clearpane.example\n",
        ).replace("u-1", "u-2")
        path = Path(put(desk, "b.ics", second))
        path.write_bytes(path.read_bytes().replace(b"UID:u-1", b"UID:u-2"))
        told = desk.run("add", "--invitation", str(path)).output
        assert "Round 2 of Clearpane, Glazier" in told
        (file,) = files(desk).values()
        assert [person["name"] for person in file["people"]] == ["Ivy Cole", "Al Dent"]
        assert [one["panel"] for one in file["rounds"]] == [["Ivy Cole"], ["Ivy Cole", "Al Dent"]]

    def test_another_job_at_the_firm_is_an_application_of_its_own(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        path = Path(
            put(
                desk, "b.ics", meeting("20261218T090000", "20261218T100000", title="Interview: Accountant at Clearpane")
            )
        )
        path.write_bytes(path.read_bytes().replace(b"UID:u-1", b"UID:u-2"))
        desk.run("add", "--invitation", str(path))
        assert [file["position"] for file in files(desk).values()] == ["Accountant", "Glazier"]

    def test_it_may_be_said_where_it_belongs(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        path = Path(
            put(
                desk, "b.ics", meeting("20261218T090000", "20261218T100000", title="Interview: Accountant at Clearpane")
            )
        )
        path.write_bytes(path.read_bytes().replace(b"UID:u-1", b"UID:u-2"))
        desk.run("add", "--invitation", str(path), "--into", "clear")
        (file,) = files(desk).values()
        assert len(file["rounds"]) == 2
        path.write_bytes(path.read_bytes().replace(b"UID:u-2", b"UID:u-3"))
        desk.run("add", "--invitation", str(path), "--new")
        assert len(files(desk)) == 2

    def test_an_interview_typed_in_before_is_found_by_its_time(self, desk: Desk) -> None:
        desk.run(
            "add",
            "--company",
            "Clearpane",
            "--position",
            "Glazier",
            "--start",
            "2026-12-10 09:00",
            "--timezone",
            "Europe/Copenhagen",
        )
        desk.run("add", "--invitation", put(desk, "a.ics", meeting(more="LOCATION:9 Pier Road\n")))
        (file,) = files(desk).values()
        (one,) = file["rounds"]
        assert (one["place"], one["invitation"], one["panel"]) == ("9 Pier Road", "u-1@x.example", ["Ivy Cole"])
        assert one["end"] == datetime(2026, 12, 10, 10)


class TestACancellation:
    def test_takes_the_round_out_and_says_so_in_the_log(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        told = desk.run("add", "--invitation", put(desk, "b.ics", meeting(sequence=1), method="METHOD:CANCEL\n")).output
        assert "was cancelled and is taken out" in told
        (file,) = files(desk).values()
        assert "rounds" not in file or file["rounds"] == []
        assert file["log"][0]["step"] == "on-hold"
        assert "They cancelled the interview of 2026-12-10 09:00." in file["log"][0]["note"]
        assert desk.run("plan").exit_code == 0

    def test_of_what_is_not_known_is_refused(self, desk: Desk) -> None:
        assert "cancel" in invite(desk, "11-cancel.ics", code=4)
        assert "cancel" in invite(desk, "11-cancel.ics", "--dry-run", "--json", code=4)

    def test_of_an_interview_with_notes_changes_nothing(self, desk: Desk) -> None:
        desk.run("add", "--invitation", put(desk, "a.ics", meeting()))
        path = desk.book / "clearpane.toml"
        path.write_text(path.read_text(encoding="utf-8") + '\n[rounds.notes]\ntopics = ["tea"]\n', encoding="utf-8")
        before = path.read_bytes()
        desk.run("add", "--invitation", put(desk, "b.ics", meeting(), method="METHOD:CANCEL\n"), code=2)
        assert path.read_bytes() == before


class TestADryRun:
    def test_writes_nothing_and_prints_what_it_would_take(self, desk: Desk) -> None:
        told = json.loads(
            desk.run("add", "--invitation", str(INVITATIONS / "15-unknown-zone.ics"), "--dry-run", "--json").stdout
        )
        assert told["application"] == {"company": "Ambergate Stores", "position": "Store Manager"}
        assert told["rounds"] == [
            {"start": "2027-01-05T11:00:00", "end": "2027-01-05T12:00:00", "place": "Head office", "link": None}
        ]
        assert told["people"] == [
            {
                "name": "Rowan Teague",
                "email": "rowan.teague@ambergate.example",
                "phone": None,
                "role": None,
                "timezone": None,
            }
        ]
        assert [set(question) for question in told["questions"]] == [{"about", "text"}]
        assert told["questions"][0]["about"] == "timezone"
        assert list(desk.book.iterdir()) == []

    def test_of_a_card_is_the_same_object(self, desk: Desk) -> None:
        told = json.loads(
            desk.run("add", "--card", str(CARDS / "05-v40-tel-uri-extension.vcf"), "--dry-run", "--json").stdout
        )
        assert list(told) == ["application", "rounds", "people", "questions"]
        assert told["people"][0]["phone"] == "+47 23 12 34 56 ext. 418"
        assert list(desk.book.iterdir()) == []

    def test_for_people_names_what_is_open(self, desk: Desk) -> None:
        told = desk.run("add", "--invitation", str(INVITATIONS / "14-floating.ics"), "--dry-run").output
        assert "Papaya Kitchens" in told
        assert "To ask:" in told

    @pytest.mark.parametrize("options", [["--dry-run"], ["--json"], ["--into", "x"], ["--new"]])
    def test_goes_with_a_file(self, desk: Desk, options: list[str]) -> None:
        assert "go with --invitation" in desk.run("add", *options, code=2).output


class TestAFolder:
    def test_is_taken_file_by_file_and_what_fails_is_named(self, desk: Desk) -> None:
        folder = desk.folder / "mail"
        folder.mkdir()
        for name in (
            "03-google-meet-html.ics",
            "12-update-of-google-meet.ics",
            "24-hostile-paris-redefined.ics",
            "26-html-page.ics",
        ):
            (folder / name).write_bytes((INVITATIONS / name).read_bytes())
        result = desk.run("add", "--invitation", str(folder), code=8)
        assert "26-html-page.ics" in result.output
        assert "--position" in result.output  # of the French one
        (file,) = files(desk).values()
        assert file["rounds"][0]["sequence"] == 2

    def test_as_json_is_a_list_with_the_names_of_the_files(self, desk: Desk) -> None:
        folder = desk.folder / "mail"
        folder.mkdir()
        for name in ("03-google-meet-html.ics", "26-html-page.ics"):
            (folder / name).write_bytes((INVITATIONS / name).read_bytes())
        told = json.loads(desk.run("add", "--invitation", str(folder), "--dry-run", "--json", code=8).stdout)
        assert [one["file"] for one in told] == ["03-google-meet-html.ics", "26-html-page.ics"]
        assert "error" in told[1]

    def test_without_invitations_is_said_to_be(self, desk: Desk) -> None:
        (desk.folder / "mail").mkdir()
        assert "no .ics file" in desk.run("add", "--invitation", str(desk.folder / "mail"), code=2).output


class TestACard:
    def test_begins_an_application(self, desk: Desk) -> None:
        desk.run(
            "add",
            "--card",
            str(CARDS / "05-v40-tel-uri-extension.vcf"),
            "--position",
            "Buyer",
            "--start",
            "2026-12-18 10:00",
        )
        file = files(desk)["fjellrein-utstyr-as"]
        assert (file["company"], file["timezone"], file["country"]) == ("Fjellrein Utstyr AS", "Europe/Oslo", "NO")
        assert file["people"] == [
            {
                "name": "Ingrid Vasskog", "role": "Personalsjef", "email": "ingrid.vasskog@fjellrein.example",
                "phone": "+47 23 12 34 56 ext. 418", "given": "Ingrid", "family": "Vasskog", "timezone": "Europe/Oslo",
            }
        ]  # fmt: skip

    def test_does_not_know_when_the_interview_is(self, desk: Desk) -> None:
        told = desk.run("add", "--card", str(CARDS / "05-v40-tel-uri-extension.vcf"), code=2).output
        assert "--position, --start must be given" in told

    def test_that_is_none_is_refused(self, desk: Desk) -> None:
        assert "no business card" in " ".join(
            desk.run("add", "--card", str(CARDS / "16-garbage.vcf"), code=4).output.split()
        )

    def test_and_an_invitation_do_not_go_together(self, desk: Desk) -> None:
        desk.run("add", "--card", "a.vcf", "--invitation", "b.ics", code=2)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_at_a_terminal_what_is_open_is_asked(desk: Desk) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "callplan", "add", "--invitation", str(INVITATIONS / "14-floating.ics")],
        env={**os.environ, **desk.environment}, stdin=follower, stdout=follower, stderr=follower, close_fds=True,
    )  # fmt: skip
    os.close(follower)
    seen = ""
    answers = {"Which one is it?": "Europe/London\n", "Which position": "Cook\n"}
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([leader], [], [], 1)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            piece = os.read(leader, 4096).decode("utf-8", "replace")
        except OSError:
            break
        if not piece:
            break
        seen += piece
        for question in [one for one in answers if one in seen and seen.rstrip().endswith(":")]:
            os.write(leader, answers.pop(question).encode())
            seen += "\n"
            break
    process.wait(timeout=60)
    os.close(leader)
    assert process.returncode == 0, seen
    file = files(desk)["papaya-kitchens"]
    assert (file["position"], file["timezone"], file["rounds"][0]["start"]) == (
        "Cook",
        "Europe/London",
        datetime(2026, 12, 9, 13, 30),
    )
