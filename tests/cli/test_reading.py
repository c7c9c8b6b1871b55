"""`list`, `show`, `plan`, `next`, `script`: what they tell about the book."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import NORDLYS, Desk

PLAN_KEYS = [
    "application", "round", "step", "to", "phone", "start", "end", "due", "timezone", "status", "assumed", "why",
    "advice", "uid",
]  # fmt: skip


class TestList:
    def test_the_table_tells_name_company_position_stage_and_next_date(self, desk: Desk) -> None:
        heading, *rows = desk.run("list").stdout.splitlines()
        assert heading.split() == ["Name", "Company", "Position", "Stage", "Next"]
        (nordlys,) = [row for row in rows if row.startswith("nordlys")]
        assert "Nordlys Energi" in nordlys
        assert "interviewed" in nordlys
        assert "Mon 16 Nov" in nordlys

    def test_json_has_the_documented_keys(self, desk: Desk) -> None:
        listed = desk.json("list")
        assert {one["name"] for one in listed} == {"nordlys", "hudson"}
        for one in listed:
            assert list(one) == ["name", "company", "position", "stage", "next"]
            assert list(one["next"]) == ["step", "start", "status"]
            assert datetime.fromisoformat(one["next"]["start"]).tzinfo is not None

    def test_an_empty_book_says_how_to_begin(self, empty: Desk) -> None:
        assert "callplan add" in empty.run("list").stdout
        assert empty.json("list") == []

    def test_an_escape_sequence_in_a_file_never_reaches_the_terminal(self, desk: Desk) -> None:
        # TOML's own escapes are the only way in, and reading refuses them: the fault must not carry them on either.
        desk.put("evil", NORDLYS.replace("6d0b", "7d0b").replace("Nordlys Energi", r"Evil \u001b]0;owned\u0007"))
        for command in ("list", "plan", "next"):
            result = desk.run(command, code=4)
            assert "\x1b" not in result.output
            assert "\x07" not in result.output


class TestPlan:
    def test_json_has_exactly_the_keys_of_the_contract(self, desk: Desk) -> None:
        plan = desk.json("plan")
        assert plan
        assert all(list(step) == PLAN_KEYS for step in plan)

    def test_json_gives_times_with_the_offset_of_the_steps_own_zone(self, desk: Desk) -> None:
        for step in desk.json("plan"):
            for key in ("start", "end", "due"):
                if step[key]:
                    moment = datetime.fromisoformat(step[key])
                    assert moment.utcoffset() == moment.astimezone(ZoneInfo(step["timezone"])).utcoffset()

    def test_json_of_one_application_holds_only_its_steps(self, desk: Desk) -> None:
        assert {step["application"] for step in desk.json("plan", "hud")} == {"hudson"}

    def test_json_keeps_what_is_done_and_the_table_does_not(self, desk: Desk) -> None:
        desk.log("nordlys", "notes", "done")
        statuses = {step["step"]: step["status"] for step in desk.json("plan", "nordlys")}
        assert statuses["notes"] == "done"
        assert "notes" not in desk.run("plan", "nordlys").stdout
        assert "notes" in desk.run("plan", "nordlys", "--all").stdout

    @pytest.mark.advice("B3")
    def test_a_call_to_another_zone_shows_both_clocks(self, desk: Desk) -> None:
        (call,) = [step for step in desk.json("plan", "hudson") if step["step"] == "call"]
        there = datetime.fromisoformat(call["start"])
        here = there.astimezone(ZoneInfo("Europe/Copenhagen"))
        shown = desk.run("plan", "hudson", COLUMNS="120").stdout
        assert f"{there:%H:%M} in New York" in " ".join(shown.split())
        assert f"{here:%H:%M}" in shown

    @pytest.mark.advice("2.1.b1")
    def test_why_gives_the_reason_and_the_advice(self, desk: Desk) -> None:
        step = next(step for step in desk.json("plan", "nordlys") if step["step"] == "follow-up")
        shown = " ".join(desk.run("plan", "nordlys", "--why").stdout.split())
        assert f"{step['why']} [{step['advice']}]" in shown
        assert step["why"] not in " ".join(desk.run("plan", "nordlys").stdout.split())

    @pytest.mark.advice("4.1.a")
    def test_why_says_why_the_telephone_and_what_speaks_against_it(self, desk: Desk) -> None:
        shown = " ".join(desk.run("plan", "nordlys", "--why").stdout.split())
        assert "The telephone is quickest, and four in five managers in a survey did not mind" in shown
        desk.put("nordlys", NORDLYS.replace('phone = "+45 32 12 34 56"', 'phone = "+45 32 12 34 56"\ncalls = false'))
        refused = " ".join(desk.run("plan", "nordlys", "--why").stdout.split())
        assert "recruiters who ask in public not to be rung" in refused
        assert "The telephone is quickest" not in refused

    def test_what_leans_on_a_guess_is_starred(self, desk: Desk) -> None:
        shown = desk.run("plan", "hudson").stdout
        assert "tentative*" in shown
        assert "* leans on something nobody told you" in shown
        assert "*" not in desk.run("plan", "nordlys").stdout

    def test_steps_come_in_order_of_time(self, desk: Desk) -> None:
        starts = [datetime.fromisoformat(step["start"]) for step in desk.json("plan") if step["start"]]
        assert starts == sorted(starts)

    @pytest.mark.parametrize("columns", [40, 60, 80])
    @pytest.mark.parametrize("command", [("list",), ("plan",), ("plan", "--why"), ("next",), ("show", "nordlys")])
    def test_every_listing_fits_the_window(self, desk: Desk, command: tuple[str, ...], columns: int) -> None:
        desk.put("nordlys", NORDLYS.replace("Data Engineer", "Data Engineer " * 8))
        shown = desk.run(*command, COLUMNS=str(columns)).stdout
        long = [line for line in shown.splitlines() if len(line) > columns]
        assert [line for line in long if " " in line.strip() and not line.startswith("File")] == []

    def test_without_settings_the_zone_used_is_told(self, desk: Desk) -> None:
        desk.config.unlink()
        assert "timezone under [me]" in " ".join(desk.run("plan", TZ="Asia/Tokyo").stderr.split())


class TestNext:
    @pytest.mark.advice("I.a")
    def test_each_application_has_one_next_step_the_most_urgent_first(self, desk: Desk) -> None:
        upcoming = desk.json("next")
        assert sorted(step["application"] for step in upcoming) == ["hudson", "nordlys"]
        assert [step["start"] for step in upcoming] == sorted(
            (step["start"] for step in upcoming), key=datetime.fromisoformat
        )

    def test_it_says_why(self, desk: Desk) -> None:
        (step,) = [step for step in desk.json("next") if step["application"] == "nordlys"]
        assert step["why"] in " ".join(desk.run("next").stdout.split())

    def test_it_says_until_when_and_what_comes_if_they_stay_silent(self, desk: Desk) -> None:
        told = " ".join(desk.run("--now", "2026-12-02T10:00+01:00", "plan", "nordlys", "--why").stdout.split())
        assert "Until" in told
        first = " ".join(desk.run("--now", "2026-12-10T10:00+01:00", "next").stdout.split())
        assert "If they stay silent: " in first


class TestShow:
    def test_everything_in_the_file_is_shown(self, desk: Desk) -> None:
        shown = desk.run("show", "nordlys").stdout
        for text in (
            "Nordlys Energi: Data Engineer", "Mette Holm", "HR Manager", "+45 32 12 34 56",
            "jonas.krag@nordlys.example",
            "by Mon 30 Nov, from Mette Holm", "tidal park", "runs Airflow in production", "Europe/Copenhagen",
        ):  # fmt: skip
            assert text in shown

    def test_what_was_logged_is_shown_with_its_note(self, desk: Desk) -> None:
        desk.log("nordlys", "thank-you", "sent", "--to", "mette", "--note", "on the train")
        assert "thank-you sent; to Mette Holm; on the train" in " ".join(desk.run("show", "nordlys").stdout.split())

    def test_gaps_are_named_with_the_place_to_fill_them(self, desk: Desk) -> None:
        shown = " ".join(desk.run("show", "hudson").stdout.split())
        for text in ("When they decide is not known", "end under [[rounds]]", "Jane Roe has no e-mail", "[[fit]]"):
            assert text in shown

    def test_json_holds_the_application_the_steps_and_the_gaps(self, desk: Desk) -> None:
        shown = desk.json("show", "nordlys")
        assert list(shown) == ["name", "application", "stage", "steps", "gaps", "file"]
        assert shown["application"]["rounds"][0]["start"] == "2026-11-16T10:00:00+01:00"
        assert all(list(step) == PLAN_KEYS for step in shown["steps"])
        assert shown["gaps"] == [
            "No notes on the interview: topics and valued under [rounds.notes]. Letters and script live on them."
        ]

    def test_json_says_periods_and_hours_as_the_file_does(self, desk: Desk) -> None:
        text = NORDLYS.replace("by = 2026-11-30", 'within = "2 weeks"')
        desk.put("nordlys", text.replace('role = "HR Manager"', 'best_hours = ["08:00-09:00"]'))
        application = desk.json("show", "nordlys")["application"]
        assert application["rounds"][0]["decision"]["within"] == "2 weeks"
        assert application["people"][0]["best_hours"] == ["08:00-09:00"]

    def test_any_part_of_a_name_will_do(self, desk: Desk) -> None:
        assert desk.json("show", "energi")["name"] == "nordlys"

    def test_a_wrong_name_suggests_the_near_one(self, desk: Desk) -> None:
        assert "Did you mean nordlys?" in desk.run("show", "nordlis", code=2).stderr


class TestScript:
    def test_the_script_of_the_next_call_is_printed(self, desk: Desk) -> None:
        shown = desk.run("script", "nordlys").stdout
        for text in ("Mette Holm", "+45 32 12 34 56", "Anna Dahl", "Airflow"):
            assert text in shown

    def test_json_names_its_sections(self, desk: Desk) -> None:
        script = desk.json("script", "nordlys")
        assert script["step"] == "call"
        assert {"opening", "close", "voicemail"} <= {section["id"] for section in script["sections"]}

    def test_second_is_the_second_calls(self, desk: Desk) -> None:
        assert desk.json("script", "nordlys", "--second")["step"] == "second-call"

    def test_voicemail_is_only_what_to_say_after_the_beep(self, desk: Desk) -> None:
        (section,) = desk.json("script", "nordlys", "--voicemail")["sections"]
        assert section["id"] == "voicemail"
        assert len(desk.run("script", "nordlys", "--voicemail").stdout) < len(desk.run("script", "nordlys").stdout)

    def test_voicemail_tells_no_gap_of_the_rest(self, desk: Desk) -> None:
        desk.put("nordlys", NORDLYS.replace("why = [", "#"))
        assert any("why this company" in gap for gap in desk.json("script", "nordlys")["gaps"])
        message = desk.json("script", "nordlys", "--voicemail")
        assert (message["gaps"], message["notices"]) == ([], [])

    def test_with_no_call_ahead_it_says_so(self, desk: Desk) -> None:
        desk.log("nordlys", "rejection")
        assert "No call is planned" in desk.run("script", "nordlys", code=2).stderr

    @pytest.mark.advice("B17")
    def test_who_wants_no_calls_is_respected(self, desk: Desk) -> None:
        desk.put("nordlys", NORDLYS.replace('phone = "+45 32 12 34 56"', 'phone = "+45 32 12 34 56"\ncalls = false'))
        assert "Mette Holm" in desk.run("script", "nordlys", code=3).stderr


def test_the_same_moment_gives_the_same_words(desk: Desk) -> None:
    for command in ("list", "plan", "next"):
        assert desk.run(command).stdout == desk.run(command).stdout


def test_thank_you_is_due_within_48_hours(desk: Desk) -> None:
    (deadline,) = [s for s in desk.json("plan", "nordlys") if s["step"] == "thank-you-deadline"]
    end = datetime.fromisoformat("2026-11-16T11:15:00+01:00")
    assert datetime.fromisoformat(deadline["end"]) == end + timedelta(hours=48)
