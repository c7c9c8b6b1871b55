"""Plain `callplan`, `today` and `next`: one screen, the most pressing first."""

from __future__ import annotations

import pytest

from tests.cli.conftest import NORDLYS, Desk


def said(text: str) -> str:
    return " ".join(text.split())


class TestToday:
    def test_plain_callplan_says_what_is_due(self, desk: Desk) -> None:
        shown = said(desk.run().stdout)
        assert shown.startswith("Mon 16 Nov 12:30 Now")
        assert "nordlys: thank-you e-mail to Mette Holm, Jonas Krag" in shown
        assert "callplan log nordlys thank-you sent" in shown

    def test_the_shared_options_work_without_a_command(self, desk: Desk) -> None:
        assert "Tue 10 Nov 09:00" in desk.run("--now", "2026-11-10T09:00:00+01:00").stdout

    def test_today_is_the_same(self, desk: Desk) -> None:
        assert desk.run("today").stdout == desk.run().stdout

    def test_nothing_due_names_what_comes_next(self, desk: Desk) -> None:
        desk.now = "2026-11-10T09:00:00+01:00"
        shown = said(desk.run().stdout)
        assert "Nothing is due now. Next: hudson: interview with Jane Roe, Thu 12 Nov 16:00" in shown

    def test_an_empty_book_says_how_to_begin(self, empty: Desk) -> None:
        assert "callplan add" in empty.run().stdout

    def test_it_fits_the_screen_however_much_is_due(self, empty: Desk) -> None:
        for number in range(30):
            text = NORDLYS.replace("6d0b8f0e", f"6d0b8f{number:02x}").replace("Nordlys", f"Nordlys {number}")
            empty.put(f"nordlys-{number:02}", text)
        shown = empty.run(LINES="24").stdout.splitlines()
        assert len(shown) <= 24
        assert any("more: callplan plan" in line for line in shown)

    def test_json_holds_the_steps_of_now_and_today(self, desk: Desk) -> None:
        steps = desk.json("today")
        assert {"notes", "thank-you"} <= {step["step"] for step in steps}
        assert all(step["status"] in ("due", "late", "planned", "tentative") for step in steps)


class TestNext:
    def test_one_thing_comes_first_with_all_that_is_needed(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.run("archive", "hudson")
        desk.now = "2026-12-02T10:00:00+01:00"
        call = next(step for step in desk.json("plan") if step["step"] == "call")
        desk.now = call["start"]
        first = said(desk.run("next").stdout.split("After that")[0])
        assert first.startswith("nordlys: status call to Mette Holm")
        assert "+45 32 12 34 56" in first
        assert "callplan script nordlys, then callplan log nordlys reached" in first

    def test_a_call_now_goes_before_an_older_letter(self, desk: Desk) -> None:
        desk.log("hudson", "follow-up", "sent", at="2026-11-30T15:00:00+01:00")
        desk.now = "2026-11-30T16:00:00+01:00"
        call = next(step for step in desk.json("plan", "hudson") if step["step"] == "call")
        desk.now = call["start"]
        assert desk.run("next").stdout.startswith("hudson: status call")

    def test_the_rest_stands_below_one_line_each(self, desk: Desk) -> None:
        shown = desk.run("next").stdout
        assert "After that" in shown
        assert shown.count("hudson:") == 1

    def test_what_is_late_says_when_it_was_due_beside_the_time_to_come(self, desk: Desk) -> None:
        desk.run("archive", "hudson")
        desk.now = "2026-11-23T16:00:00+01:00"
        for command in ("next", "today"):
            shown = said(desk.run(command).stdout)
            assert "notes on the interview, Mon 23 Nov 17:00 (was due Mon 16 Nov)" in shown
            assert "(late)" not in shown
            assert "It should have been done by Mon 16 Nov" not in shown

    def test_the_freshest_notes_come_first(self, desk: Desk) -> None:
        desk.now = "2026-11-16T11:35:00+01:00"  # the interview of the 12th has no notes either
        assert desk.run("next").stdout.startswith("nordlys: notes on the interview")


class TestOneAnswer:
    """What is next is the same wherever it is asked."""

    @pytest.mark.parametrize("now", ["2026-11-18T08:00", "2026-11-30T18:00", "2026-12-08T10:00"])
    def test_two_notes_at_one_minute_stand_in_one_order(self, empty: Desk, now: str) -> None:
        for number, day in enumerate((10, 16, 12, 13)):  # the names in another order than the interviews
            text = NORDLYS.replace("6d0b8f0e", f"6d0b8f{number:02x}").replace("2026-11-16", f"2026-11-{day}")
            empty.put(f"firm-{number}", text)
        empty.now = f"{now}:00+01:00"
        listed = [one["name"] for one in empty.json("list")]
        assert listed == ["firm-1", "firm-3", "firm-2", "firm-0"]
        assert [one["application"] for one in empty.json("next")] == listed
        assert [one["application"] for one in empty.json("today") if one["step"] == "notes"] == listed

    @pytest.mark.parametrize(
        "now",
        ["2026-11-16T09:00", "2026-11-16T12:30", "2026-11-18T08:00", "2026-11-22T16:00", "2026-11-29T12:00",
         "2026-12-03T12:00", "2026-12-04T06:00", "2026-12-20T12:00"],
    )  # fmt: skip
    def test_in_list_log_next_show_and_today(self, desk: Desk, now: str) -> None:
        desk.run("archive", "hudson")
        desk.log("nordlys", "thank-you", "sent", "--to", "mette", at="2026-11-16T12:00:00+01:00")
        desk.now = f"{now}:00+01:00"
        first = said(desk.run("next").stdout.split("\n    ")[0]).removeprefix("nordlys: ").partition(" (was due")[0]
        (listed,) = desk.json("list")
        step = next(one for one in desk.json("next") if one["application"] == "nordlys")
        assert (listed["next"]["step"], listed["next"]["start"]) == (step["step"], step["start"])
        assert f"Next {first}" in said(desk.run("show", "nordlys").stdout)
        today = said(desk.run("today").stdout)
        assert f"Now nordlys: {first}" in today or f"Next: nordlys: {first}." in today
        logged = said(desk.run("log", "nordlys", "letter", "in-review", "--to", "mette").stdout)
        assert f"Next: {first}." in logged
