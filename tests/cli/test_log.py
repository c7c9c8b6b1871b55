"""`callplan log`: what is written, what is refused, what is told."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.cli.conftest import NORDLYS, Desk


def entries(desk: Desk, name: str = "nordlys") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((desk.book / f"{name}.toml").read_text(encoding="utf-8")).get("log", [])
    return found


def said(text: str) -> str:
    return " ".join(text.split())


class TestWhatIsWritten:
    def test_an_entry_is_appended_and_nothing_else_changes(self, desk: Desk) -> None:
        desk.run("log", "nordlys", "thank-you", "sent")
        text = (desk.book / "nordlys.toml").read_text(encoding="utf-8")
        assert text.startswith(NORDLYS)
        (entry,) = entries(desk)
        assert entry["at"].isoformat() == "2026-11-16T12:30:00+01:00"
        assert (entry["step"], entry["outcome"]) == ("thank-you", "sent")

    def test_every_option_reaches_the_file(self, desk: Desk) -> None:
        desk.now = "2026-12-03T09:00:00+01:00"
        desk.run(
            "log", "nordlys", "call", "reached", "--to", "mette", "--date", "2026-12-08", "--note", 'they said "soon"',
            "--at", "08:40", "--round", "1",
        )  # fmt: skip
        (entry,) = entries(desk)
        assert entry.pop("at").isoformat() == "2026-12-03T08:40:00+01:00"
        assert entry.pop("date").isoformat() == "2026-12-08"
        assert entry == {
            "step": "call", "outcome": "reached", "to": ["Mette Holm"], "note": 'they said "soon"', "round": 1,
        }  # fmt: skip

    def test_what_they_did_needs_no_outcome(self, desk: Desk) -> None:
        desk.run("log", "nordlys", "offer", "--by", "email")
        (entry,) = entries(desk)
        assert entry["step"] == "offer"
        assert entry["by"] == "email"
        assert "outcome" not in entry

    def test_an_outcome_alone_is_about_the_call_that_is_due(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.log("nordlys", "no", "answer", at="2026-12-04T09:00:00+01:00")
        assert [entry["step"] for entry in entries(desk)] == ["follow-up", "call"]

    def test_a_wrong_number_is_named_so_that_the_right_one_is_called(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.log("nordlys", "wrong", "number", at="2026-12-04T09:00:00+01:00")
        assert entries(desk)[-1]["note"] == "+45 32 12 34 56"

    def test_a_call_moved_to_a_silly_hour_is_kept_with_a_warning(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.now = "2026-12-03T09:00:00+01:00"
        told = said(desk.run("log", "nordlys", "call", "moved", "--time", "2026-12-07 03:00").stdout)
        assert "Careful: Kept as chosen, but" in told

    def test_out_of_office_is_a_reply_that_shifts(self, desk: Desk) -> None:
        desk.run("log", "nordlys", "out", "of", "office", "--until", "2026-12-07")
        (entry,) = entries(desk)
        assert (entry["step"], entry["outcome"], entry["until"].isoformat()) == ("reply", "out-of-office", "2026-12-07")

    def test_a_date_that_has_passed_is_no_date_to_wait_for(self, desk: Desk) -> None:
        for words in (("out", "of", "office", "--until"), ("on-hold", "--until"), ("new-date", "--date")):
            assert "has passed already" in desk.run("log", "nordlys", *words, "2026-11-01", code=2).stderr
        assert not entries(desk)

    def test_at_is_my_clock_and_time_is_theirs(self, desk: Desk) -> None:
        desk.now = "2026-12-03T20:00:00+01:00"
        desk.run("log", "hudson", "call", "moved", "--at", "19:00", "--time", "2026-12-07 09:00")
        (entry,) = entries(desk, "hudson")
        assert entry["at"].isoformat() == "2026-12-03T19:00:00+01:00"
        assert entry["time"].isoformat() == "2026-12-07T09:00:00-05:00"

    def test_nothing_is_undone_twice(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.log("nordlys", "no", "answer", at="2026-12-04T09:00:00+01:00")
        desk.now = "2026-12-04T10:00:00+01:00"
        desk.run("log", "nordlys", "call", "undone")
        before = entries(desk)
        refused = said(desk.run("log", "nordlys", "call", "undone", code=2).stderr)
        assert 'There is no "call" left in the log of nordlys that could be undone.' in refused
        assert '"letter"' in said(desk.run("log", "nordlys", "letter", "undone", code=2).stderr)
        assert entries(desk) == before

    def test_undone_alone_goes_back_one_entry_at_a_time(self, desk: Desk) -> None:
        desk.log("nordlys", "thank-you", "sent", at="2026-11-16T12:40:00+01:00")
        desk.log("nordlys", "letter", "sent", at="2026-11-19T09:00:00+01:00")
        desk.now = "2026-11-19T10:00:00+01:00"
        for _ in range(2):
            desk.run("log", "nordlys", "undone")
        assert [entry["step"] for entry in entries(desk)[2:]] == ["letter", "thank-you"]
        assert "Nothing is logged for nordlys" in said(desk.run("log", "nordlys", "undone", code=2).stderr)

    def test_what_was_said_of_an_earlier_round_is_undone_there(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        file = desk.book / "nordlys.toml"
        later = "[[rounds]]\nstart = 2026-12-03T10:00:00\nend = 2026-12-03T11:00:00\n\n[[fit]]"
        file.write_text(file.read_text(encoding="utf-8").replace("[[fit]]", later), encoding="utf-8")
        desk.log("nordlys", "follow-up", "undone", at="2026-12-04T09:00:00+01:00")
        assert entries(desk)[-1]["round"] == 1

    def test_undone_alone_takes_back_the_latest_entry(self, desk: Desk) -> None:
        desk.run("log", "nordlys", "rejection")
        desk.run("log", "nordlys", "undo")
        assert entries(desk)[-1]["step"] == "rejection"
        assert entries(desk)[-1]["outcome"] == "undone"
        assert any(
            step["step"] == "follow-up" and step["status"] == "tentative" for step in desk.json("plan", "nordlys")
        )


class TestWhatIsTold:
    def test_a_try_before_a_call_is_due_says_what_it_counts_as(self, desk: Desk) -> None:
        shown = said(desk.run("log", "nordlys", "no", "answer").stdout)
        assert "so this counts as try 1 of 5 of the one that is planned: status call to Mette Holm, Fri 4 Dec" in shown

    def test_a_try_at_its_time_needs_no_such_word(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.now = "2026-12-04T08:35:00+01:00"
        assert "No call was due yet" not in said(desk.run("log", "nordlys", "no", "answer").stdout)

    def test_a_letter_that_is_late_stays_when_they_are_asked(self, desk: Desk) -> None:
        desk.log("nordlys", "thank-you", "sent", at="2026-11-16T12:40:00+01:00")
        desk.now = "2026-12-02T10:00:00+01:00"
        shown = said(desk.run("log", "nordlys", "follow-up", "sent").stdout)
        assert "Skipped: letter" not in shown
        letters = [step for step in desk.json("plan", "nordlys") if step["step"] == "letter"]
        assert {(step["status"], step["start"]) for step in letters} == {("late", "2026-12-07T09:00:00+01:00")}

    def test_a_letter_the_user_skips_needs_no_reason(self, desk: Desk) -> None:
        shown = said(desk.run("log", "nordlys", "letter", "skipped").stdout)
        assert "Skipped: letter to Mette Holm. = Skipped: letter to Jonas Krag. Next:" in shown

    def test_a_new_date_never_puts_a_letter_into_the_past(self, desk: Desk) -> None:
        desk.now = "2026-12-07T16:40:00+01:00"
        desk.log("nordlys", "thank-you", "sent", at="2026-11-16T12:40:00+01:00")
        shown = said(desk.run("log", "nordlys", "new-date", "--date", "11 Dec").stdout)
        assert "Moved: letter to Mette Holm, Mon 7 Dec 17:00 (was " in shown  # it stood behind the follow-up until then
        letters = [step for step in desk.json("plan", "nordlys") if step["step"] == "letter"]
        assert {step["start"] for step in letters} == {"2026-12-07T17:00:00+01:00"}

    def test_an_answer_takes_the_chasing_off_the_plan(self, desk: Desk) -> None:
        shown = said(desk.run("log", "nordlys", "offer", "--by", "email").stdout)
        assert "- Off the plan: follow-up e-mail to Mette Holm" in shown
        assert "- Off the plan: status call to Mette Holm" in shown
        assert "+ New: your answer" in shown
        assert "Next:" in shown

    def test_what_is_still_to_do_is_told(self, desk: Desk) -> None:
        shown = said(desk.run("log", "nordlys", "thank-you", "sent", "--to", "mette").stdout)
        assert "Logged in nordlys.toml: thank-you sent to Mette Holm, Mon 16 Nov 12:30." in shown
        assert "> Still to do: thank-you e-mail to Jonas Krag" in shown

    def test_a_moved_step_tells_both_times(self, desk: Desk) -> None:
        shown = said(desk.run("log", "nordlys", "follow-up", "moved", "--time", "2026-12-03 10:00").stdout)
        assert "> Moved: follow-up e-mail to Mette Holm, Thu 3 Dec 10:00 (was Wed 2 Dec" in shown

    def test_the_end_of_an_application_is_told(self, desk: Desk) -> None:
        shown = desk.run("log", "nordlys", "withdrawn").stdout
        assert "needs no more from you" in shown or "Next:" in shown

    @pytest.mark.advice("4.6.0a")
    def test_a_rejection_is_met_with_a_kind_word(self, desk: Desk) -> None:
        assert "no verdict on you" in said(desk.run("log", "nordlys", "rejection", "--by", "email").stdout)

    @pytest.mark.advice("4.5.b2")
    def test_where_one_application_ends_the_others_go_on(self, desk: Desk) -> None:
        assert "Elsewhere it goes on: hudson, " in said(desk.run("log", "nordlys", "withdrawn").stdout)
        assert "a good moment to write the next one" in said(desk.run("log", "hudson", "withdrawn").stdout)
        shown = said(desk.run("log", "nordlys", "withdrawn", "undone").stdout)
        assert "Elsewhere" not in shown

    def test_an_invitation_says_where_the_new_round_goes(self, desk: Desk) -> None:
        assert "callplan round nordlys" in desk.run("log", "nordlys", "invitation", "--by", "phone").stdout


class TestWhatIsRefused:
    def refused(self, desk: Desk, *words: str, code: int = 2) -> str:
        before = (desk.book / "nordlys.toml").read_bytes()
        shown = said(desk.run("log", *words, code=code).stderr)
        assert (desk.book / "nordlys.toml").read_bytes() == before
        return shown

    @pytest.mark.advice("3.5.a")
    def test_a_second_follow_up_is_against_the_etiquette(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.now = "2026-12-03T09:00:00+01:00"
        shown = self.refused(desk, "nordlys", "follow-up", "sent", code=3)
        assert "3.5.a" in shown
        assert "instead" in shown
        assert "--override" in shown

    @pytest.mark.advice("B8")
    def test_an_override_is_logged_with_its_reason(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.now = "2026-12-03T09:00:00+01:00"
        result = desk.run("log", "nordlys", "follow-up", "sent", "--override", "they lost the first")
        assert "Against the advice" in result.stderr
        assert entries(desk)[-1]["override"] == "they lost the first"

    def test_an_override_that_nothing_needs_is_not_logged(self, desk: Desk) -> None:
        assert "no --override" in desk.run("log", "nordlys", "notes", "--override", "just so").stderr
        assert "override" not in entries(desk)[-1]

    @pytest.mark.parametrize(
        ("words", "part"),
        [
            (("nordlys",), "What happened?"),
            (("nordlys", "call"), "How did the call end?"),
            (("nordlys", "call", "moved"), "--time"),
            (("nordlys", "new-date"), "--date"),
            (("nordlys", "out", "of", "office"), "--until"),
            (("nordlys", "thank-you", "sent", "--to", "Mete"), "Known: Mette Holm, Jonas Krag"),
            (("nordlys", "thank-you", "sent", "--to", "m"), '"m" could be'),
            (("nordlys", "thank-you", "sent", "--at", "tomorrow 10:00"), "has not come yet"),
            (("nordlys", "call", "moved", "--time", "yesterday 10:00"), "has passed"),
            (("nordlys", "thank-you", "sent", "--round", "2"), "no round 2"),
            (("nordlys", "rehearse", "moved", "--time", "2027-05-03 19:00"), "before its call"),
            (("nordlys", "rehearse", "moved", "--time", "2026-11-17 08:00"), "at most two weeks"),
            (("nordlys", "reply", "--date", "31.11.2026"), "no such day"),
            (("nordlys", "thank-you", "sent", "--override", " "), "needs a reason"),
            (("nordlys", "undo"), "Nothing is logged"),
            (("nobody", "offer"), "nobody"),
        ],
    )
    def test_what_is_unclear_is_refused_with_what_would_be_right(
        self, desk: Desk, words: tuple[str, ...], part: str
    ) -> None:
        desk.put("nordlys", NORDLYS.replace("Jonas Krag", "Jonas Krogmann") if part.startswith('"m"') else NORDLYS)
        assert part in self.refused(desk, *words)

    def test_a_note_with_an_escape_sequence_is_refused_cleanly(self, desk: Desk) -> None:
        shown = self.refused(desk, "nordlys", "notes", "--note", "a\x1b[31mb", code=4)
        assert "control character" in shown
        assert "\x1b" not in shown


class TestWhatItMeans:
    @pytest.mark.parametrize("word", ["reply", "on-hold"])
    @pytest.mark.advice("4.3.b")
    def test_an_answer_without_a_date_asks_for_one(self, desk: Desk, word: str) -> None:
        assert "callplan log nordlys new-date --date" in said(desk.run("log", "nordlys", word).stdout)

    def test_an_answer_with_a_date_does_not(self, desk: Desk) -> None:
        assert "new-date --date" not in desk.run("log", "nordlys", "reply", "--date", "2026-12-10").stdout

    def test_a_voicemail_before_the_last_try_says_that_it_counted(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.log("nordlys", "call", "no-answer", at="2026-12-04T09:00:00+01:00")
        desk.now = "2026-12-04T15:45:00+01:00"
        shown = said(desk.run("log", "nordlys", "call", "voicemail").stdout)
        assert "this counts as the call (2 of 5 tries)" in shown

    def test_a_call_that_was_answered_says_no_such_thing(self, desk: Desk) -> None:
        desk.log("nordlys", "follow-up", "sent", at="2026-12-02T09:00:00+01:00")
        desk.now = "2026-12-04T15:45:00+01:00"
        assert "counts as the call" not in said(desk.run("log", "nordlys", "call", "reached").stdout)
