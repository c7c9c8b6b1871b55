from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from callplan.book.types import Application, Decision, Fit, LogEntry, Noted, Notes, Period, Person
from callplan.plan.world import Rules
from callplan.settings import Settings
from callplan.words.script import as_dict, as_text, call_script

from tests.words.examples import (
    COPENHAGEN,
    INTERVIEW,
    NEW_YORK,
    NORDLYS,
    NORDLYS_DA,
    NOW,
    SETTINGS,
    WROTE,
    me,
    step,
)
from tests.words.scripts import head, said, script


def with_decision(decision: Decision) -> Application:
    return replace(NORDLYS, rounds=(replace(INTERVIEW, decision=decision),))


def with_notes(**notes: tuple[Noted, ...]) -> Application:
    return replace(NORDLYS, rounds=(replace(INTERVIEW, notes=Notes(**notes)),))  # type: ignore[arg-type]


def test_head_says_who_where_number_and_when() -> None:
    text = head(script())
    assert "Who: Mette Holm, HR Manager" in text
    assert "Nordlys Energi, Denmark" in text
    assert "Number: +45 32 12 34 56" in text
    assert "Their time: Tuesday 8 December 2026, 08:30–08:45, Copenhagen time (UTC+1)" in text
    assert "Interview: Monday 16 November 2026, Havnegade 12, Aarhus" in text


def test_same_clock_is_said_to_be_the_same() -> None:
    assert "Your time: the same as theirs, Copenhagen time" in head(script())
    assert "the same as theirs, Stockholm time" in head(script(settings=me(timezone="Europe/Stockholm")))


def test_other_clock_is_shown_with_its_own_date() -> None:
    text = head(script(settings=me(timezone="Asia/Tokyo")))
    assert "Your time: Tuesday 8 December 2026, 16:30–16:45, Tokyo time (UTC+9)" in text
    west = step(start=datetime(2026, 12, 8, 22, tzinfo=NEW_YORK), end=datetime(2026, 12, 8, 22, 15, tzinfo=NEW_YORK))
    text = head(script(call=replace(west, timezone="America/New_York")))
    assert "Their time: Tuesday 8 December 2026, 22:00" in text
    assert "Your time: Wednesday 9 December 2026, 04:00" in text


def test_opening_has_name_position_and_date_met() -> None:
    assert said(script(), "opening") == (
        "Good morning, Mette Holm. This is Anna Dahl. We met on 16 November about the Data Engineer position."
    )


def test_opening_does_not_claim_to_have_met_somebody_who_was_not_there() -> None:
    absent = replace(NORDLYS, rounds=(replace(INTERVIEW, panel=("Jonas Krag",)),))
    assert "We met" not in as_text(script(absent))
    assert "I was interviewed on 16 November" in said(script(absent), "opening")


@pytest.mark.parametrize(("hour", "greeting"), [(8, "Good morning"), (12, "Good afternoon"), (16, "Good afternoon")])
def test_greeting_follows_the_clock_of_the_person_called(hour: int, greeting: str) -> None:
    start = datetime(2026, 12, 8, hour, tzinfo=NEW_YORK)
    call = step(start=start, end=start + timedelta(minutes=15), timezone="America/New_York")
    assert said(script(call=call), "opening").startswith(greeting)


def test_people_are_addressed_as_their_record_says() -> None:
    formal = replace(NORDLYS.people[0], honorific="Ms", family="Holm")
    assert "Good morning, Ms Holm." in said(script(replace(NORDLYS, people=(formal,))), "opening")
    familiar = replace(NORDLYS.people[0], signs_as="Mette")
    assert "Good morning, Mette." in said(script(replace(NORDLYS, people=(familiar,))), "opening")


@pytest.mark.advice("4.2.b2")
def test_courtesy_thanks_and_asks_for_the_moment() -> None:
    assert said(script(), "courtesy") == "Thank you for taking the time. Is this a good moment?"


def test_purpose_names_the_day_the_follow_up_was_sent() -> None:
    assert said(script(), "purpose") == "I wrote on 2 December and am calling to hear how things stand."


def test_purpose_names_the_addressee_when_it_was_somebody_else() -> None:
    other = replace(NORDLYS, log=(replace(WROTE, to=("Jonas Krag",)),))
    assert said(script(other), "purpose").startswith("I wrote to Jonas Krag on 2 December")


@pytest.mark.parametrize(
    "log",
    [
        (),
        (replace(WROTE, at=NOW + timedelta(days=1)),),
        (replace(WROTE, outcome="skipped"),),
        (WROTE, LogEntry(WROTE.at + timedelta(hours=1), "follow-up", "undone")),
    ],
    ids=["nothing", "in the future", "skipped", "undone"],
)
def test_purpose_claims_no_letter_that_was_not_sent(log: tuple[LogEntry, ...]) -> None:
    one = script(replace(NORDLYS, log=log))
    assert "I wrote" not in said(one, "purpose")
    assert any("callplan log nordlys follow-up sent" in gap for gap in one.gaps)


@pytest.mark.parametrize("language", ["en", "da"])
def test_nobody_is_asked_whether_the_job_is_won(language: str) -> None:
    text = as_text(script(replace(NORDLYS, language=language))).casefold()
    assert "did i get" not in text
    assert "sorry to bother" not in text
    assert "fik jeg jobbet" not in text


@pytest.mark.advice("4.3.0", "4.3.a")
def test_points_tie_a_strength_to_the_need_they_named() -> None:
    assert (
        "You need somebody who runs Airflow in production: "
        "I ran 40 DAGs at Vindby for three years, two incidents." in said(script(), "points")
    )


@pytest.mark.advice("4.3.a")
def test_points_they_stressed_come_first() -> None:
    points = script().section("points")
    assert points is not None
    assert "incidents" in points.lines[0].text
    assert "runbooks" in points.lines[1].text
    assert "leads a team: I led six people" in said(script(), "reserve")


def test_what_the_callee_stressed_goes_before_what_others_stressed() -> None:
    notes = with_notes(valued=(Noted("team lead", by="Jonas Krag"), Noted("clear runbooks", by="Mette Holm")))
    points = script(notes).section("points")
    assert points is not None
    assert ["runbooks" in points.lines[0].text, "team" in points.lines[1].text] == [True, True]


@pytest.mark.parametrize(
    ("fit", "sentence"),
    [
        (Fit("Airflow in production", "three years of it"), "As for Airflow in production: three years of it."),
        (Fit("Airflow", "built the platform", by="Mette Holm"), "You mentioned Airflow: I built the platform."),
        (Fit("Airflow", "I love it!", by="Jonas Krag"), "Jonas Krag mentioned Airflow: I love it!"),
        (
            Fit("keeps calm", "my last outage", by="Mette Holm"),
            "You asked for somebody who keeps calm: my last outage.",
        ),
        (Fit("sales skills", "certified negotiator"), "As for sales skills: certified negotiator."),
    ],
)
def test_notes_become_sentences_without_a_word_of_theirs_changed(fit: Fit, sentence: str) -> None:
    assert sentence in said(script(replace(NORDLYS, fit=(fit,))), "points")


def test_notes_in_another_language_than_the_script_are_quoted_and_noticed() -> None:
    one = script(replace(NORDLYS, language="da"))
    assert "I lægger vægt på “runs Airflow in production”. Mit svar: “ran 40 DAGs" in said(one, "points")
    assert any("oversæt dem til dansk" in notice for notice in one.notices)


def test_topic_of_the_interview_is_remembered() -> None:
    assert said(script(), "topic") == "I also remember well our talk about moving the load forecast to streaming."


@pytest.mark.advice("4.3.0")
def test_why_this_company_is_said_as_noted() -> None:
    assert "They built the first tidal park I ever visited." in said(script(), "why")
    assert "The whole team is in one room." in said(script(), "reserve")


@pytest.mark.parametrize(
    ("decision", "question"),
    [
        (Decision(by=date(2026, 11, 30)), "You hoped to decide by 30 November. When do you expect to decide now?"),
        (Decision(by=date(2026, 12, 20)), "You hoped to decide by 20 December. Does that still look right?"),
        (Decision(within=Period(2, "week")), "You thought it would take 2 weeks. When do you expect to decide now?"),
        (Decision(within=Period(1, "month")), "You thought it would take 1 month. When do you expect to decide now?"),
        (Decision(), "May I ask when you expect to decide?"),
    ],
)
@pytest.mark.advice("4.3.b")
def test_question_about_the_decision_uses_what_they_answered(decision: Decision, question: str) -> None:
    assert said(script(with_decision(decision)), "ask") == question


def test_question_uses_the_latest_date_they_named() -> None:
    new = LogEntry(datetime(2026, 12, 3, 9, tzinfo=COPENHAGEN), "new-date", date=date(2026, 12, 10))
    assert "You hoped to decide by 10 December." in said(script(replace(NORDLYS, log=(WROTE, new))), "ask")


def test_script_asks_for_more_and_for_leave_to_call_again() -> None:
    one = script()
    assert said(one, "need") == "Do you need anything more from me?"
    assert said(one, "permission") == "If I hear nothing by then, may I call once more?"


def test_strict_rule_asks_for_no_second_call() -> None:
    one = script(settings=replace(SETTINGS, rules=Rules(max_calls=1)))
    assert one.section("permission") is None


@pytest.mark.advice("4.2.a2")
def test_checklist_has_place_water_notes_and_the_number_on_the_cv() -> None:
    text = said(script(), "before")
    for word in ("quiet, private place", "water", "notes", "CV", "+45 32 12 34 00"):
        assert word in text


def test_every_branch_has_an_answer() -> None:
    branches = script().section("branches")
    assert branches is not None
    cues = " ".join(line.cue for line in branches.lines)
    for cue in ("not decided", "on hold", "something more", "bad moment", "We want you", "somebody else", "not call"):
        assert cue in cues
    assert "I will not call again" in said(script(), "branches")


@pytest.mark.parametrize("application", [NORDLYS, NORDLYS_DA], ids=["en", "da"])
def test_voicemail_is_short_and_says_the_number_twice(application: Application) -> None:
    voicemail = script(application).section("voicemail")
    assert voicemail is not None
    assert voicemail.words <= 60
    assert voicemail.seconds <= 25
    assert " ".join(line.text for line in voicemail.lines).count("+45 32 12 34 00") == 2


@pytest.mark.parametrize("application", [NORDLYS, NORDLYS_DA], ids=["en", "da"])
@pytest.mark.advice("4.2.0a")
def test_full_record_keeps_to_every_budget(application: Application) -> None:
    one = script(application)
    assert one.words <= 150
    assert one.gaps == ()
    assert one.notices == ()
    gatekeeper = one.section("gatekeeper")
    opening = one.section("opening")
    assert gatekeeper is not None
    assert gatekeeper.words <= 30
    assert opening is not None
    assert opening.words <= 20


def test_empty_record_shows_every_gap_and_how_to_fill_it() -> None:
    bare = Application(
        name="bare", id=NORDLYS.id, company="Firma", position="Clerk",
        rounds=(replace(INTERVIEW, panel=(), notes=Notes(), decision=Decision(), place=None),),
    )  # fmt: skip
    one = call_script(bare, step(application="bare", to=(), phone=None), Settings(), NOW)
    gaps = "\n".join(one.gaps)
    for words in ("your name", "your number", "whom to call", "why this company", "what you bring", "follow-up"):
        assert words in gaps
    assert '[GAP: why this company — add why = ["…"] to bare.toml]' in one.gaps
    text = " ".join(as_text(one).split())
    assert all(gap in text for gap in one.gaps)


def test_gaps_are_not_counted_as_words() -> None:
    assert said(script(replace(NORDLYS, why=())), "why").startswith("I would still love to work for Nordlys Energi.")
    section = script(replace(NORDLYS, why=())).section("why")
    assert section is not None
    assert section.words == 9


def test_a_need_without_a_strength_and_an_unanswered_wish_are_gaps() -> None:
    record = replace(
        with_notes(valued=(Noted("speaks Portuguese"),)), fit=(*NORDLYS.fit, Fit("Kubernetes in anger", None))
    )
    gaps = "\n".join(script(record).gaps)
    assert "your answer to “Kubernetes in anger”" in gaps
    assert "your answer to “speaks Portuguese”, which they stressed" in gaps


def test_long_record_is_not_cut_but_noticed() -> None:
    reason = "because " + "of many good reasons " * 30
    one = script(replace(NORDLYS, why=(reason,)))
    assert reason.strip() in said(one, "why")
    assert any("whole talk" in notice for notice in one.notices)
    assert any("“Why this company”" in notice for notice in one.notices)


@pytest.mark.advice("4.2.b1")
def test_a_note_that_would_make_one_small_is_noticed_in_the_script() -> None:
    one = script(replace(NORDLYS, why=("Sorry to bother you, I was just wondering about the tidal park",)))
    assert sum("Why this company” says “" in notice for notice in one.notices) == 2
    assert not any("says “" in notice for notice in script().notices)


def test_long_number_of_points_leaves_the_rest_in_reserve() -> None:
    fits = tuple(Fit(f"skill {number}", f"built thing {number}") for number in range(9))
    one = script(replace(NORDLYS, fit=fits))
    points = one.section("points")
    assert points is not None
    assert 2 <= len(points.lines) <= 3
    text = as_text(one)
    assert all(f"built thing {number}" in text for number in range(9))


def test_danish_application_gets_a_danish_script() -> None:
    one = script(NORDLYS_DA)
    assert one.language == "da"
    assert said(one, "opening") == (
        "Goddag, Mette Holm. Det er Anna Dahl. Vi talte sammen den 16. november om stillingen som Data Engineer."
    )
    assert "tirsdag den 8. december 2026 kl. 08.30–08.45, tidszone København (UTC+1)" in head(one)
    assert "I har brug for en, der kører Airflow i drift: jeg drev 40 DAG'er" in said(one, "points")


def test_other_language_falls_back_to_english_and_says_so() -> None:
    one = script(replace(NORDLYS, language="de"))
    assert one.language == "en"
    assert said(one, "courtesy").startswith("Thank you")
    assert any("(de)" in notice for notice in one.notices)


def test_application_without_a_language_speaks_the_users() -> None:
    assert script(replace(NORDLYS_DA, language=None), settings=me(language="da")).language == "da"


def test_american_script_writes_american_dates() -> None:
    one = script(replace(NORDLYS, language="en-US"))
    assert "We met on November 16" in said(one, "opening")
    assert "8:30 AM–8:45 AM" in head(one)


def test_script_knows_only_its_own_application() -> None:
    other = replace(NORDLYS, name="solvind", company="Solvind", people=(Person("Ida Lund"),), log=())
    text = as_text(script(other, step(application="solvind", to=("Ida Lund",), phone="+45 32 12 34 99")))
    assert "Nordlys" not in text
    assert "Mette" not in text
    assert "+45 32 12 34 99" in text


def test_log_handed_over_replaces_the_records_own() -> None:
    one = call_script(replace(NORDLYS, log=()), step(), SETTINGS, NOW, log=[WROTE])
    assert "I wrote on 2 December" in said(one, "purpose")


def test_call_without_a_time_still_has_a_script() -> None:
    one = script(call=step(start=None, end=None))
    assert "Their time: no time yet" in head(one)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("application", [NORDLYS, NORDLYS_DA], ids=["en", "da"])
def test_text_fits_the_width_and_keeps_numbers_whole(application: Application, width: int) -> None:
    text = as_text(script(application), width)
    assert max(map(len, text.splitlines())) <= width
    assert text.count("+45 32 12 34 00") == 3
    assert text.endswith("\n")
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_json_has_the_sections_with_words_and_seconds() -> None:
    value = as_dict(script())
    assert json.loads(json.dumps(value)) == value
    assert value["start"] == "2026-12-08T08:30:00+01:00"
    opening = next(one for one in value["sections"] if one["id"] == "opening")
    assert (opening["words"], opening["seconds"], opening["budget"]) == (18, 8, 20)
    talk = [one["words"] for one in value["sections"] if one["part"] == "talk"]
    assert value["words"] == sum(talk)


def test_same_record_gives_the_same_script() -> None:
    assert script() == script()
