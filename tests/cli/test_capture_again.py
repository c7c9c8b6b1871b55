"""Invitations that come again: updates, cancellations, further rounds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.captures import files, invite, meeting, of_alex, put
from tests.cli.conftest import Desk


@pytest.fixture
def desk(empty: Desk) -> Desk:
    return of_alex(empty)


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


def agency(client: str, day: str) -> str:
    """An invitation that Tom Ashdown's agency sends on behalf of a client."""
    return f"""\
DTSTART;TZID=Europe/London:202612{day}T140000
SUMMARY:Interview with our client {client} - Claims Analyst
ORGANIZER;CN=Tom Ashdown:mailto:tom.ashdown@penrose-search.example
ATTENDEE;CN=Alex Winter:mailto:alex.winter@post.example
"""


class TestAnAgency:
    def test_that_invites_for_two_firms_makes_two_applications(self, desk: Desk) -> None:
        for client, uid, day in (("Castellan Insurance", "a", "10"), ("Ridgeway Homes", "b", "11")):
            desk.run("add", "--invitation", put(desk, f"{uid}.ics", agency(client, day), uid=uid))
        assert sorted(one["company"] for one in files(desk).values()) == ["Castellan Insurance", "Ridgeway Homes"]

    def test_that_invites_again_for_one_firm_opens_a_round(self, desk: Desk) -> None:
        for uid, day in (("a", "10"), ("b", "17")):
            desk.run("add", "--invitation", put(desk, f"{uid}.ics", agency("Castellan Insurance", day), uid=uid))
        (one,) = files(desk).values()
        assert len(one["rounds"]) == 2
