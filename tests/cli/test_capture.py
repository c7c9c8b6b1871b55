"""`add --invitation`, `add --card`: into the book, found again, moved, called off, asked about."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from datetime import datetime

import pytest

from tests.cli.captures import CARDS, INVITATIONS, files, invite, of_alex
from tests.cli.conftest import Desk


@pytest.fixture
def desk(empty: Desk) -> Desk:
    return of_alex(empty)


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


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("FN:Jane Roe\\, MBA\nN:Roe;Jane;;Ms.;MBA", "MBA"),
        ("FN:Jane Roe\nN:Roe;Jane;;;PhD", "PhD"),
        ("FN:Jane Roe CPA\nN:Roe;Jane;;;", "CPA"),
        ("FN:Jane Roe\\, MBA\\, PMP", "MBA, PMP"),
        ("FN:Jane Roe\nN:Roe;Jane;;;", None),
    ],
)
def test_degrees_on_a_card_are_left_out_and_that_is_said(desk: Desk, lines: str, left: str | None) -> None:
    card = desk.folder / "jane.vcf"
    card.write_text(f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nORG:Hudson Rail\nEND:VCARD\n", encoding="utf-8")
    for command in (
        ("add", "--card", str(card), "--position", "Analyst", "--start", "2026-12-01 10:00"),
        ("person", "hudson-rail", "--card", str(card)),
    ):
        said = desk.run(*command).stderr
        assert (f"Left out: {left}." in said) if left else ("Left out" not in said)
    assert files(desk)["hudson-rail"]["people"][0]["name"] == "Jane Roe"
