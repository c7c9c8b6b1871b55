"""`card`, `note` and `round`: before leaving, right after, and the next time."""

from __future__ import annotations

import tomllib
from typing import Any
from uuid import UUID

import pytest
from callplan.book.read import read_application
from callplan.book.types import Fit
from callplan.cli.note import read_sheet
from callplan.plan.step import StepKind, step_uid
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import NORDLYS, Desk


def values(desk: Desk, name: str = "nordlys") -> dict[str, Any]:
    return tomllib.loads((desk.book / f"{name}.toml").read_text(encoding="utf-8"))


def said(text: str) -> str:
    return " ".join(text.split())


class TestCard:
    @pytest.mark.advice("1.1.0", "1.1.a1", "1.1.a2", "1.1.a3", "1.2.0")
    def test_the_card_asks_how_long_who_how_and_for_cards_on_one_screen(self, desk: Desk) -> None:
        shown = desk.run("card", "hudson").stdout
        assert "May I ask when you expect to decide?" in said(shown)
        assert "Who will let me know?" in shown
        assert "by phone or by e-mail?" in said(shown)
        assert "[ ] Jane Roe" in shown
        assert len(shown.splitlines()) <= 24
        assert max(map(len, shown.splitlines())) <= 80

    @pytest.mark.advice("1.2.b")
    def test_the_card_has_the_words_to_ask_with_and_the_ways_if_it_was_forgotten(self, desk: Desk) -> None:
        shown = said(desk.run("card", "hudson").stdout)
        assert "May I have your card?" in shown
        assert "Forgotten? Reception, the invitation, a signature or the company's site may have it." in shown

    def test_the_card_speaks_the_language_of_the_interview(self, desk: Desk) -> None:
        desk.put("nordlys", NORDLYS.replace('country = "DK"', 'country = "DK"\nlanguage = "da"'))
        assert "Må jeg bede om dit visitkort?" in desk.run("card", "nordlys").stdout

    def test_what_is_known_is_shown_and_nothing_is_invented(self, desk: Desk) -> None:
        shown = said(desk.run("card", "nordlys").stdout)
        assert "They said: by 30 November" in shown
        assert "They said: Mette Holm" in shown
        assert "Mette Holm, HR Manager – you have it all" in shown
        assert "Jonas Krag – missing: title, number" in shown

    def test_the_card_as_json_has_the_same_points(self, desk: Desk) -> None:
        card = desk.json("card", "nordlys")
        assert [point["key"] for point in card["questions"]] == ["how_long", "who", "how"]
        assert [point["key"] for point in card["cards"]] == ["Mette Holm", "Jonas Krag"]

    def test_an_application_without_an_interview_has_no_card(self, desk: Desk) -> None:
        desk.put("bare", 'id = "7d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"\ncompany = "Bare"\nposition = "X"\n')
        assert "callplan round bare --start" in desk.run("card", "bare", code=2).stderr


class TestNote:
    @pytest.mark.advice("2.2.a1", "2.2.b1")
    def test_one_liners_are_written_and_every_other_byte_stays(self, desk: Desk) -> None:
        desk.run(
            "note", "nordlys", "--topic", "streaming", "--topic", 'a "quote"', "--valued", "calm", "--by", "jonas",
            "--question", "How?", "--question", "Why?", "--rating", "2", "--better", "By meter",
        )  # fmt: skip
        notes = values(desk)["rounds"][0]["notes"]
        assert notes["topics"] == [
            {"text": "streaming", "by": "Jonas Krag"},
            {"text": 'a "quote"', "by": "Jonas Krag"},
        ]
        assert notes["valued"] == [{"text": "calm", "by": "Jonas Krag"}]
        assert notes["questions"] == [
            {"asked": "How?", "by": "Jonas Krag", "rating": 2, "better": "By meter"},
            {"asked": "Why?", "by": "Jonas Krag"},
        ]
        left = iter((desk.book / "nordlys.toml").read_text(encoding="utf-8").splitlines())
        assert all(line in left for line in NORDLYS.splitlines())

    def test_remarks_with_and_without_a_speaker_share_a_list(self, desk: Desk) -> None:
        desk.run("note", "nordlys", "--topic", "one", "--by", "Mette")
        desk.run("note", "nordlys", "--topic", "two")
        assert values(desk)["rounds"][0]["notes"]["topics"] == [{"text": "one", "by": "Mette Holm"}, "two"]

    def test_a_one_liner_leaves_the_step_open_and_says_how_to_close_it(self, desk: Desk) -> None:
        assert "callplan log nordlys notes done" in desk.run("note", "nordlys", "--topic", "x").stdout
        assert "log" not in values(desk)

    @pytest.mark.advice("2.2.0", "2.2.a1", "2.2.b1")
    def test_prompts_follow_the_advice_and_tick_the_step_off(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        lines = "streaming (Jonas)\n\ncalm\n\nHow would you backfill?\n9\n2\nBy meter\n\n"
        shown = desk.asked(monkeypatch, lines, "note", "nordlys")
        notes = values(desk)["rounds"][0]["notes"]
        assert notes["topics"] == [{"text": "streaming", "by": "Jonas Krag"}]
        assert notes["valued"] == ["calm"]
        assert notes["questions"] == [{"asked": "How would you backfill?", "rating": 2, "better": "By meter"}]
        assert values(desk)["log"][0]["step"] == "notes"
        assert "1 (badly) to 5 (well)" in shown.stderr

    def test_a_prompt_shows_how_letters_go_on_with_the_words(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        said = " ".join(desk.asked(monkeypatch, "streaming\n\n\n\n", "note", "nordlys").stderr.split())
        assert 'after "our talk about …"' in said
        assert "streaming (Mette)" in said

    @pytest.mark.parametrize(
        ("answer", "noted"),
        [("", {"text": "streaming", "by": "Mette Holm"}), ("n", "streaming (Mete)")],
    )
    def test_a_slip_in_a_bracketed_name_is_asked_about(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, answer: str, noted: object
    ) -> None:
        shown = desk.asked(monkeypatch, f"streaming (Mete)\n{answer}\n\n\n\n", "note", "nordlys")
        assert 'Is "Mete" Mette Holm?' in shown.stderr
        assert values(desk)["rounds"][0]["notes"]["topics"] == [noted]

    def test_where_nobody_can_be_asked_a_slip_in_a_bracketed_name_is_told(self, desk: Desk) -> None:
        said = " ".join(desk.run("note", "nordlys", "--topic", "streaming (Mete)").stderr.split())
        assert 'Careful: "Mete" is nobody at Nordlys Energi' in said
        assert "Did you mean Mette Holm?" in said
        assert values(desk)["rounds"][0]["notes"]["topics"] == ["streaming (Mete)"]

    def test_a_bracket_that_is_no_name_is_left_alone(self, desk: Desk) -> None:
        shown = desk.run("note", "nordlys", "--topic", "the roadmap (CTO)", "--topic", "streaming (Jonas)")
        assert "Careful" not in shown.stderr
        topics = values(desk)["rounds"][0]["notes"]["topics"]
        assert topics == ["the roadmap (CTO)", {"text": "streaming", "by": "Jonas Krag"}]

    def test_leaving_half_way_keeps_what_was_said(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = desk.asked(monkeypatch, "streaming\n\ncalm\n\nHow would you backfill?\n", "note", "nordlys")
        notes = values(desk)["rounds"][0]["notes"]
        assert (notes["topics"], notes["valued"]) == (["streaming"], ["calm"])
        assert notes["questions"] == [{"asked": "How would you backfill?"}]
        assert "What was said so far is kept." in shown.stderr
        assert "log" not in values(desk)
        desk.asked(monkeypatch, "", "note", "hudson", code=130)

    def test_nobody_to_ask_is_a_usage_error(self, desk: Desk) -> None:
        assert "--topic" in desk.run("note", "nordlys", code=2).stderr

    def test_an_unknown_speaker_is_refused_and_nothing_is_written(self, desk: Desk) -> None:
        assert "Mette Holm" in desk.run("note", "nordlys", "--topic", "x", "--by", "Bob", code=2).stderr
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS

    def test_a_sheet_from_the_editor_is_read_by_its_signs(self, desk: Desk) -> None:
        application = read_application(desk.book / "nordlys.toml")
        sheet = (
            "# not this\n- streaming\n  and more (Mette)\n+ calm\n? How would you backfill? 2\n= by meter\n= not day\n"
        )
        jottings = read_sheet(sheet.splitlines(), application)
        assert [(one.text, one.by) for one in jottings.topics] == [("streaming and more", "Mette Holm")]
        assert [one.text for one in jottings.valued] == ["calm"]
        (question,) = jottings.questions
        assert (question.asked, question.rating, question.better) == ("How would you backfill?", 2, "by meter not day")

    def test_a_sheet_holds_what_they_need_and_the_answer_too(self, desk: Desk) -> None:
        sheet = "? How? 2\n= by meter\n! runs Airflow (Jonas)\n= ran 40 pipelines\n  for three years\n! Danish\n"
        jottings = read_sheet(sheet.splitlines(), read_application(desk.book / "nordlys.toml"))
        assert jottings.strengths.fit == [
            Fit("runs Airflow", "ran 40 pipelines for three years", "Jonas Krag"),
            Fit("Danish"),
        ]
        assert jottings.questions[0].better == "by meter"

    def test_what_you_bring_and_why_are_one_liners_too(self, desk: Desk) -> None:
        bare = "".join(line for line in NORDLYS.splitlines(keepends=True) if not line.startswith("why ="))
        desk.put("bare", bare.replace("6d0b8f0e", "6d0b8f0f"))
        desk.run("note", "bare", "--need", "Airflow", "--need", "Danish", "--strength", "ran 40", "--by", "jonas")
        desk.run("note", "bare", "--need", "Danish", "--strength", "born in Ribe", "--why", "a", "--why", "b")
        found = values(desk, "bare")
        assert found["why"] == ["a", "b"]
        assert found["fit"][-2:] == [
            {"need": "Airflow", "strength": "ran 40", "by": "Jonas Krag"},
            {"need": "Danish", "strength": "born in Ribe", "by": "Jonas Krag"},
        ]
        assert "--need" in desk.run("note", "bare", "--strength", "x", code=2).stderr

    def test_prompts_ask_what_you_have_for_what_they_stressed(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lines = "\ncalm under pressure (Jonas)\n\n\nthree years on call\nDanish\nborn in Ribe\nEnglish\n"
        shown = desk.asked(monkeypatch, lines, "note", "hudson")
        assert 'For "calm under pressure (Jonas)" you have: three years on call' in shown.output
        fit = values(desk, "hudson")["fit"]
        assert fit[-3:] == [
            {"need": "calm under pressure (Jonas)", "strength": "three years on call"},
            {"need": "Danish", "strength": "born in Ribe"},
            {"need": "English"},
        ]
        assert values(desk, "hudson")["log"][-1]["step"] == "notes"

    def test_the_command_that_asks_is_named_where_something_is_missing(self, desk: Desk) -> None:
        way = "callplan note hudson asks for what was said, what you bring and why."
        assert way in said(desk.run("show", "hudson").stdout)
        assert way in said(desk.run("draft", "hudson", "thank-you").stderr)

    @given(st.lists(st.text(max_size=30), max_size=6))
    def test_any_sheet_is_read_or_refused_in_words(self, lines: list[str]) -> None:
        from callplan.book.read import parse_application  # noqa: PLC0415
        from callplan.errors import UsageError  # noqa: PLC0415

        try:
            jottings = read_sheet(lines, parse_application(NORDLYS, "nordlys"))
        except UsageError as refusal:
            assert "stands below no question" in str(refusal)  # noqa: PT017
        else:
            assert jottings.count <= len("\n".join(lines).splitlines()) + len(lines)


class TestRound:
    def test_a_second_round_ends_the_chasing_of_the_first(self, desk: Desk) -> None:
        shown = said(desk.run("round", "nordlys", "--start", "next tue 14:00", "--with", "mette").stdout)
        assert "Round 2 of Nordlys Energi: Tue 24 Nov 14:00-15:00, end assumed." in shown
        assert "Off the plan: status call" in shown
        second = values(desk)["rounds"][1]
        assert second["panel"] == ["Mette Holm"]
        assert second["start"].isoformat() == "2026-11-24T14:00:00"

    def test_its_times_are_theirs(self, desk: Desk) -> None:
        shown = desk.run("round", "hudson", "--start", "24 Nov 10:00-10:45").stdout
        assert "Tue 24 Nov 10:00-10:45 (Tue 24 Nov 16:00-16:45 for you)" in said(shown)

    def test_somebody_new_is_added_to_the_people(self, desk: Desk) -> None:
        desk.run("round", "nordlys", "--start", "24 Nov 10:00", "--with", "Ida Lund", "--contact", "mette")
        assert [person["name"] for person in values(desk)["people"]][-1] == "Ida Lund"
        assert values(desk)["rounds"][1]["decision"] == {"contact": "Mette Holm"}

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (("--with", "Mete Holm"), 'Did you mean "Mette Holm"'),
            (("--end", "09:00"), "before it begins"),
            (("--decision-by", "1 dec", "--decision-within", "1 week"), "not both"),
            (("--decision-within", "soon"), "soon"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_written(
        self, desk: Desk, options: tuple[str, ...], told: str
    ) -> None:
        assert told in desk.run("round", "nordlys", "--start", "24 Nov 10:00", *options, code=2).stderr
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS

    def test_without_a_start_there_is_no_round(self, desk: Desk) -> None:
        assert "--start" in desk.run("round", "nordlys", code=2).stderr

    def test_an_interview_that_was_moved_is_put_right_and_keeps_the_rest(self, desk: Desk) -> None:
        shown = said(desk.run("round", "nordlys", "--change", "1", "--start", "17 Nov 2026 14:00").stdout)
        assert "Round 1 of Nordlys Energi: Tue 17 Nov 14:00-15:15." in shown
        before, (after,) = tomllib.loads(NORDLYS)["rounds"][0], values(desk)["rounds"]
        assert after["start"].isoformat() == "2026-11-17T14:00:00"
        assert after["end"].isoformat() == "2026-11-17T15:15:00"
        assert {key: after[key] for key in after if key not in ("start", "end")} == {
            key: before[key] for key in before if key not in ("start", "end")
        }

    def test_what_it_is_asked_to_do_is_not_advised_once_more(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        uid = step_uid(UUID(tomllib.loads(NORDLYS)["id"]), 1, StepKind.INTERVIEW)
        dragged = {uid: ("20261117T130000Z/20261117T141500Z", "20261116T090000Z/20261116T101500Z")}
        monkeypatch.setattr("callplan.sync.world.times_by_hand", lambda _: dragged)
        assert "--change 1" in desk.run("next").stderr
        assert "--change" not in desk.run("round", "nordlys", "--change", "1", "--start", "17 Nov 2026 14:00").stderr
        assert "--change" not in desk.run("next").stderr

    def test_a_place_and_a_decision_are_put_right(self, desk: Desk) -> None:
        options = ("--place", "Kajen 3", "--decision-within", "2 weeks", "--contact", "Ida Lund")
        desk.run("round", "nordlys", "--change", "1", *options)
        (after,) = values(desk)["rounds"]
        assert values(desk)["people"][-1]["name"] == after["decision"]["contact"] == "Ida Lund"
        assert after["place"] == "Kajen 3"
        assert after["decision"]["within"] == "2 weeks"
        assert "by" not in after["decision"]

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (("--change", "2", "--start", "17 Nov 14:00"), "has no interview 2"),
            (("--change", "0", "--place", "x"), "has no interview 0"),
            (("--change", "1"), "Say what has changed"),
            (("--change", "1", "--end", "12:00"), "--start"),
            (("--change", "1", "--with", "Mette Holm", "--place", "x"), "callplan edit nordlys"),
        ],
    )
    def test_a_change_that_is_none_is_refused(self, desk: Desk, options: tuple[str, ...], told: str) -> None:
        assert told in desk.run("round", "nordlys", *options, code=2).stderr
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS
