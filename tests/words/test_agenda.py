from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from callplan.book.types import Application, Decision, LogEntry, Notes, Person
from callplan.ics.event import Event
from callplan.plan.step import Status, Step, StepKind
from callplan.settings import Settings
from callplan.words.agenda import events, owners

from tests.words.examples import CALLED, COPENHAGEN, INTERVIEW, NORDLYS, NORDLYS_DA, NOW, SETTINGS, WROTE, me, step

PANEL = ("Mette Holm", "Jonas Krag")
CALLS = (StepKind.CALL, StepKind.SECOND_CALL)
OFFER = LogEntry(datetime(2026, 12, 9, 9, tzinfo=COPENHAGEN), "offer", by="email")
KINDS = list(StepKind)


def event(kind: StepKind, application: Application = NORDLYS, settings: Settings = SETTINGS, **changes: Any) -> Event:
    found = events([step(kind, **changes)], [application], settings)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (StepKind.INTERVIEW, "Interview: Nordlys Energi (Data Engineer)"),
        (StepKind.NOTES, "Write down the interview: Nordlys Energi (Data Engineer)"),
        (StepKind.THANK_YOU, "Thank-you e-mail: Nordlys Energi (Data Engineer)"),
        (StepKind.THANK_YOU_DEADLINE, "Thank-you e-mail deadline: Nordlys Energi (Data Engineer)"),
        (StepKind.LETTER, "Letter to Mette Holm: Nordlys Energi (Data Engineer)"),
        (StepKind.FOLLOW_UP, "Follow-up e-mail: Nordlys Energi (Data Engineer)"),
        (StepKind.REHEARSE, "Rehearse your call: Nordlys Energi (Data Engineer)"),
        (StepKind.CALL, "Call Mette Holm: Nordlys Energi (Data Engineer)"),
        (StepKind.SECOND_CALL, "Second call to Mette Holm: Nordlys Energi (Data Engineer)"),
        (StepKind.ANSWER, "Answer them: Nordlys Energi (Data Engineer)"),
        (StepKind.REJECTION_REPLY, "A kind reply: Nordlys Energi (Data Engineer)"),
        (StepKind.REFLECT, "Take stock: Nordlys Energi (Data Engineer)"),
    ],
)
def test_title_names_the_step_the_company_and_the_position(kind: StepKind, title: str) -> None:
    assert event(kind).summary == title


@pytest.mark.advice("B2")
def test_a_person_may_be_a_desk_and_has_reminders_all_the_same() -> None:
    desk = replace(NORDLYS, people=(Person("HR desk", phone="+45 32 12 34 56"),))
    one = event(StepKind.CALL, desk, to=("HR desk",))
    assert one.summary == "Call HR desk: Nordlys Energi (Data Engineer)"
    assert [alarm.minutes for alarm in one.alarms] == [15, 0]


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("en", "Back from Ida Krog: Letter to Mette Holm: Nordlys Energi (Data Engineer)", "It has been with Ida Krog"),
        ("da", "Tilbage fra Ida Krog: Brev til Mette Holm: Nordlys Energi (Data Engineer)", "været hos Ida Krog"),
    ],
)
@pytest.mark.advice("3.4.c2")
def test_a_text_that_is_out_has_a_slot_of_its_own(language: str, title: str, words: str) -> None:
    asked = LogEntry(NOW - timedelta(hours=1), "letter", "in-review", ("Mette Holm",), "Ida\x1b Krog")
    record, letter = replace(NORDLYS, log=(asked,)), step(StepKind.LETTER)
    (_, slot) = events([letter], [record], me(language=language))
    assert slot.summary == title
    assert words in slot.description
    assert "callplan review nordlys letter --done" in slot.description
    assert not slot.opaque
    back = replace(record, log=(asked, replace(asked, at=NOW, outcome="reviewed")))
    assert len(events([letter], [back], SETTINGS)) == 1
    assert owners([letter], [back]) == {letter.uid: "nordlys", slot.uid: "nordlys"}


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (StepKind.THANK_YOU, "Takkemail: Nordlys Energi (Data Engineer)"),
        (StepKind.CALL, "Ring til Mette Holm: Nordlys Energi (Data Engineer)"),
        (StepKind.REFLECT, "Gør status: Nordlys Energi (Data Engineer)"),
    ],
)
def test_title_is_in_the_users_language(kind: StepKind, title: str) -> None:
    assert event(kind, settings=me(language="da")).summary == title


def test_unknown_language_of_the_user_means_english() -> None:
    one = event(StepKind.CALL, settings=me(language="de"))
    assert one == event(StepKind.CALL)


def test_answer_names_what_is_to_be_answered() -> None:
    record = replace(NORDLYS, log=(WROTE, OFFER))
    one = event(StepKind.ANSWER, record)
    assert one.summary == "Answer the offer: Nordlys Energi (Data Engineer)"
    assert "Answer the way they reached you: by e-mail." in one.description
    invited = event(StepKind.ANSWER, replace(NORDLYS, log=(replace(OFFER, step="invitation"),)))
    assert invited.summary.startswith("Answer the invitation:")


@pytest.mark.advice("2.2.a2")
def test_second_interview_is_numbered_and_recalls_what_they_valued() -> None:
    record = replace(NORDLYS, rounds=(INTERVIEW, replace(INTERVIEW, notes=Notes())))
    one = event(StepKind.INTERVIEW, record, round=2)
    assert one.summary == "Interview 2: Nordlys Energi (Data Engineer)"
    assert "They valued: calm under incident pressure." in one.description


def test_call_begins_with_number_both_times_and_link() -> None:
    found = events([step()], [NORDLYS], me(timezone="America/New_York"), lambda one: f"https://call.example/{one.uid}")
    assert found[0].description.split("\n")[:5] == [
        "+45 32 12 34 56",
        "Their time: Tuesday 8 December 2026, 08:30–08:45, Copenhagen time (UTC+1)",
        "Your time: Tuesday 8 December 2026, 02:30–02:45, New York time (UTC−5)",
        "https://call.example/uid-call",
        "",
    ]
    assert found[0].url == "https://call.example/uid-call"


def test_call_says_that_both_clocks_agree() -> None:
    assert event(StepKind.CALL).description.split("\n")[2] == "Your time: the same as theirs, Copenhagen time"


def test_only_calls_carry_the_link_to_a_page() -> None:
    every = events([step(kind) for kind in KINDS], [NORDLYS], SETTINGS, lambda _: "https://call.example/x")
    assert [kind for kind, one in zip(KINDS, every, strict=True) if "call.example" in one.description] == list(CALLS)


def test_call_carries_every_fact_it_needs() -> None:
    text = event(StepKind.CALL).description
    for fact in (
        "Speak to: Mette Holm, HR Manager, Nordlys Energi",
        "You are Anna Dahl (Data Engineer); you met on 16 November.",
        "You wrote on 2 December",
        "Why Nordlys Energi: They built the first tidal park I ever visited.",
        "- runs Airflow in production: ran 40 DAGs at Vindby for three years, two incidents",
        "You talked about: moving the load forecast to streaming.",
        "(They said: by 30 November.)",
        "May I call once more?",
        "+45 32 12 34 00",
        "callplan script nordlys",
        "Why now: Two business days after your follow-up e-mail.",
    ):
        assert fact in text


def test_second_call_recalls_the_first() -> None:
    text = event(StepKind.SECOND_CALL, replace(NORDLYS, log=(WROTE, CALLED))).description
    for fact in (
        "Your first call was on 8 December.",
        "They said: two more interviews to go.",
        "They expected to decide by 15 December.",
        "One new point: leads a team: led six people at Lille Bælt.",
        "your last call",
    ):
        assert fact in text


def test_log_after_now_has_not_happened() -> None:
    record = replace(NORDLYS, log=(replace(WROTE, at=NOW + timedelta(days=3)),))
    assert "You wrote on" in events([step()], [record], SETTINGS)[0].description
    assert "You wrote on" not in events([step()], [record], SETTINGS, now=NOW)[0].description


def test_thank_you_names_each_interviewer_with_the_address_or_the_gap() -> None:
    text = event(StepKind.THANK_YOU, to=PANEL).description
    assert "- Mette Holm <mette.holm@nordlys.example>" in text
    assert "- Jonas Krag [GAP: the e-mail address of Jonas Krag — add email" in text


def test_thank_you_asks_for_the_date_only_when_it_is_unknown() -> None:
    unknown = replace(NORDLYS, rounds=(replace(INTERVIEW, decision=Decision()),))
    assert "ask in one friendly line" in event(StepKind.THANK_YOU, unknown).description
    assert "ask in one friendly line" not in event(StepKind.THANK_YOU).description


@pytest.mark.advice("1.1.0", "1.1.a3")
def test_interview_asks_how_long_who_and_how_in_the_language_spoken_there() -> None:
    unknown = replace(NORDLYS_DA, rounds=(replace(INTERVIEW, decision=Decision()),))
    text = event(StepKind.INTERVIEW, unknown, to=PANEL).description
    assert "- How long? “Må jeg spørge, hvornår I regner med at træffe en beslutning?”" in text
    assert "- Who will tell you? “Hvem hører jeg fra?”" in text
    assert "- By phone or by e-mail? “Ringer I, eller skriver I?”" in text


def test_interview_does_not_ask_what_is_known() -> None:
    text = event(StepKind.INTERVIEW, to=PANEL).description
    assert "How long? You know already: by 30 November." in text
    assert "Who will tell you? You know already: Mette Holm." in text
    assert "By phone or by e-mail? You know already: phone." in text


@pytest.mark.advice("1.2.0")
def test_interview_asks_each_panel_member_for_a_card() -> None:
    text = event(StepKind.INTERVIEW, to=PANEL).description
    assert "- Mette Holm – you have everything" in text
    assert "- Jonas Krag – still missing: title, number, e-mail address" in text


def test_interview_is_placed_and_a_video_link_becomes_the_url() -> None:
    assert event(StepKind.INTERVIEW).location == "Havnegade 12, Aarhus"
    video = replace(INTERVIEW, place=None, link="https://meet.example/abc")
    one = event(StepKind.INTERVIEW, replace(NORDLYS, rounds=(video,)))
    assert (one.location, one.url) == ("https://meet.example/abc", "https://meet.example/abc")
    odd = replace(INTERVIEW, place="Room 4", link="javascript:alert(1)")
    assert event(StepKind.INTERVIEW, replace(NORDLYS, rounds=(odd,))).url is None


def test_letter_to_a_family_firm_that_wrote_on_paper_is_by_hand() -> None:
    family = replace(NORDLYS, kind="family", invited_by="letter")
    one = event(StepKind.LETTER, family)
    assert one.summary.startswith("Handwritten letter to Mette Holm:")
    assert "post it today" in one.description


@pytest.mark.parametrize("kind", KINDS)
def test_only_interviews_and_calls_block_the_diary(kind: StepKind) -> None:
    assert event(kind).opaque == (kind in (StepKind.INTERVIEW, *CALLS))


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.DONE, Status.SKIPPED)])
def test_tentative_follows_the_status(status: Status) -> None:
    found = events([step(StepKind.FOLLOW_UP, status=status)], [NORDLYS], SETTINGS)
    if status in (Status.REFUSED, Status.UNPLACED):
        assert found == []
    else:
        assert found[0].tentative == (status is Status.TENTATIVE)
        assert ("Only if they have not answered by then." in found[0].description) == found[0].tentative


def test_steps_that_are_over_have_no_event_but_the_interview_stays() -> None:
    done = [step(kind, status=Status.DONE) for kind in KINDS]
    assert [one.uid for one in events(done, [NORDLYS], SETTINGS)] == ["uid-interview"]


@pytest.mark.advice("T.1")
def test_late_step_says_so_kindly() -> None:
    one = event(StepKind.THANK_YOU, status=Status.LATE)
    assert one.summary == "Late: Thank-you e-mail: Nordlys Energi (Data Engineer)"
    assert one.description.startswith("This is late, and still welcome: better late than never.")
    danish = event(StepKind.THANK_YOU, settings=me(language="da"), status=Status.LATE)
    assert danish.summary == "Forsinket: Takkemail: Nordlys Energi (Data Engineer)"


@pytest.mark.parametrize("minutes", [15, 30, 60, 90])
def test_deadline_alarms_are_24_6_and_1_hours_before_its_end(minutes: int) -> None:
    end = datetime(2026, 11, 18, 11, 15, tzinfo=COPENHAGEN)
    start = end - timedelta(minutes=minutes)
    one = event(StepKind.THANK_YOU_DEADLINE, start=start, end=end)
    rings = [one.start - timedelta(minutes=alarm.minutes) for alarm in one.alarms]
    assert rings == [end - timedelta(hours=hours) for hours in (24, 6, 1)]


@pytest.mark.parametrize("kind", CALLS)
def test_call_alarms_ring_a_quarter_before_and_at_the_time(kind: StepKind) -> None:
    one = event(kind)
    assert [alarm.minutes for alarm in one.alarms] == [15, 0]
    assert all("+45 32 12 34 56" in alarm.text for alarm in one.alarms)
    assert "quiet place" in one.alarms[0].text


def test_interview_reminds_an_hour_before_and_of_the_cards_ten_minutes_before_the_end() -> None:
    one = event(StepKind.INTERVIEW, start=INTERVIEW.start, end=INTERVIEW.end)
    assert [alarm.minutes for alarm in one.alarms] == [60, -65]
    assert one.start - timedelta(minutes=one.alarms[1].minutes) == INTERVIEW.end - timedelta(minutes=10)
    short = event(StepKind.INTERVIEW, start=INTERVIEW.start, end=INTERVIEW.start + timedelta(minutes=10))
    assert [alarm.minutes for alarm in short.alarms] == [60]


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in (*CALLS, "interview", "thank-you-deadline")])
@pytest.mark.advice("B12")
def test_chores_have_one_alarm_at_their_start(kind: StepKind) -> None:
    assert [alarm.minutes for alarm in event(kind).alarms] == [0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_says_why_and_keeps_the_steps_times(kind: StepKind) -> None:
    one, planned = event(kind), step(kind)
    assert (one.uid, one.start, one.end, one.timezone) == (planned.uid, planned.start, planned.end, planned.timezone)
    assert ("Why now: Two business days" in one.description) == (kind is not StepKind.INTERVIEW)


def test_until_when_and_warnings_are_said_on_the_steps_own_clock() -> None:
    due = datetime(2026, 12, 15, 22, 45, tzinfo=COPENHAGEN)
    one = event(StepKind.FOLLOW_UP, due=due, timezone="Asia/Tokyo", warning="The post is slow.", assumed=True)
    assert "At the latest: Wednesday 16 December 2026, 06:45" in one.description
    assert "Mind: The post is slow." in one.description
    assert "only assumed" in one.description
    assert "nordlys.toml" in one.description


def test_what_is_due_on_a_day_is_said_without_an_hour() -> None:
    due = datetime(2026, 12, 15, 23, 59, tzinfo=ZoneInfo("America/New_York"))
    one = event(StepKind.CALL, due=due, timezone="America/New_York")
    assert "At the latest: Tuesday 15 December 2026\n" in one.description


def test_event_knows_only_its_own_application() -> None:
    elsewhere = replace(INTERVIEW, panel=("Ida Lund",), place=None, notes=Notes(), decision=Decision())
    solvind = replace(
        NORDLYS, name="solvind", company="Solvind", position="Analyst", people=(Person("Ida Lund", phone="+4530"),),
        why=("Wind",), fit=(), log=(), rounds=(elsewhere,),
    )  # fmt: skip
    steps: list[Step] = [step(kind, application="solvind", to=("Ida Lund",), phone=None) for kind in KINDS]
    every = events([step(), *steps], [NORDLYS, solvind], SETTINGS)
    assert "Solvind" not in every[0].description
    for one in every[1:]:
        words = f"{one.summary} {one.description} {one.location}"
        assert not any(word in words for word in ("Nordlys", "Mette", "Jonas", "Airflow", "tidal", "Havnegade"))


def test_step_of_an_application_that_is_gone_has_no_event() -> None:
    assert events([step(application="gone")], [NORDLYS], SETTINGS) == []


def test_texts_are_plain_and_deterministic() -> None:
    steps = [step(kind, to=PANEL) for kind in KINDS]
    first = events(steps, [NORDLYS], SETTINGS)
    assert [one.fingerprint for one in first] == [one.fingerprint for one in events(steps, [NORDLYS], SETTINGS)]
    assert not any("</" in one.description or "<br" in one.description for one in first)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("kind", KINDS)
def test_empty_record_still_makes_events_with_gaps(kind: StepKind, language: str) -> None:
    bare = Application(
        name="bare", id=NORDLYS.id, company="Firma", position="Clerk",
        rounds=(replace(INTERVIEW, panel=(), notes=Notes(), decision=Decision(), place=None),),
    )  # fmt: skip
    settings = Settings(me=replace(Settings().me, language=language))
    found = events([step(kind, application="bare", to=(), phone=None)], [bare], settings)
    assert "None" not in found[0].description
    if kind in CALLS:
        assert found[0].description.startswith("[")
