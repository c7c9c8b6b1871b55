"""Section 6 of the contract: when a person may be called, and which call gets which quarter of an hour."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.contract.desk import METTE, SETTINGS, Desk, firm, of, one, round_of, when

FRIDAY = "Fri 2026-12-04 08:30"  # the first call of the standard firm


def me(
    zone: str = "Europe/Copenhagen", waking: str = "07:00-20:00", hours: str = '"08:30-10:00", "15:30-16:45"'
) -> str:
    """Settings of a caller in that zone."""
    return f'[me]\ntimezone = "{zone}"\ncountry = "DK"\nwaking_hours = "{waking}"\n[calls]\nhours = [{hours}]\n'


#: One thing changed against the standard firm -> when the first call is.
HOURS = [
    ("late hours only: Friday is closed from 11:30", me(hours='"15:30-16:45"'), METTE, "Mon 2026-12-07 15:30"),
    ("Friday ends at 11:30", me(hours='"11:15-11:45"'), METTE, "Fri 2026-12-04 11:15"),
    ("no quarter hour of Friday is left", me(hours='"11:30-12:30"'), METTE, "Mon 2026-12-07 11:30"),
    ("a call starts on a quarter", me(hours='"08:35-10:00"'), METTE, "Fri 2026-12-04 08:45"),
    ("a call ends inside the hours", me(hours='"08:35-08:55", "09:00-09:15"'), METTE, "Fri 2026-12-04 09:00"),
    ("best hours replace both", me(), METTE + 'best_hours = ["12:00-12:30"]\n', "Fri 2026-12-04 12:00"),
    ("best hours count on Fridays", me(), METTE + 'best_hours = ["14:00-15:00"]\n', "Fri 2026-12-04 14:00"),
    ("the caller sleeps in", me(waking="09:10-20:00"), METTE, "Fri 2026-12-04 09:15"),
    ("the caller works nights", me(waking="15:00-22:00"), METTE, "Mon 2026-12-07 15:30"),
]


@pytest.mark.parametrize(("settings", "people", "call"), [row[1:] for row in HOURS], ids=[row[0] for row in HOURS])
@pytest.mark.advice("4.1.b3")
def test_a_call_keeps_to_the_hours_of_both(desk: Desk, settings: str, people: str, call: str) -> None:
    desk.settle(settings)
    desk.put(firm(people=people))
    step = one(desk.plan(), "call")
    assert when(step) == call
    length = datetime.fromisoformat(step["end"]) - datetime.fromisoformat(step["start"])
    assert length.total_seconds() == 15 * 60


#: What they promised -> the follow-up's day, the first call. Danish calendar.
FREE_DAYS = [
    ("Christmas Eve is a half day: the morning", "2026-12-18", me(), "Tue 2026-12-22", "Thu 2026-12-24 08:30"),
    (
        "no late call on Christmas Eve",
        "2026-12-18",
        me(hours='"15:30-16:45"'),
        "Tue 2026-12-22",
        "Mon 2026-12-28 15:30",
    ),
    ("Easter: Thu 2, Fri 3, Mon 6 April", "2026-03-27", me(), "Tue 2026-03-31", "Tue 2026-04-07 08:30"),
    # The bridge day keeps its price of section 6; the plan warns (tests/plan/test_chase.py).
    ("Ascension Thu 14 May", "2026-05-08", me(), "Tue 2026-05-12", "Fri 2026-05-15 08:30"),
]


@pytest.mark.parametrize(("_what", "by", "settings", "mail", "call"), FREE_DAYS)
def test_free_days_of_the_callee_are_left_alone(
    desk: Desk, _what: str, by: str, settings: str, mail: str, call: str
) -> None:
    day = "2026-11-16" if by > "2026-11" else "2026-03-16"
    desk.settle(settings)
    desk.put(firm(rounds=round_of(f"{day}T10:00:00", f"{day}T11:00:00", decision=f"by = {by}")))
    steps = desk.plan(f"{day}T08:00+01:00")
    assert (when(one(steps, "follow-up")) or "")[:14] == mail
    assert when(one(steps, "call")) == call


#: Working weeks and holidays elsewhere. Decision -> the follow-up's day, the call; by the clock there.
ELSEWHERE = [
    ("SA", "Asia/Riyadh", "2026-11-09", "Wed 2026-11-11", "Sun 2026-11-15 08:30"),  # week Sun to Thu
    ("IL", "Asia/Jerusalem", "2026-11-09", "Wed 2026-11-11", "Sun 2026-11-15 08:30"),
    ("AE", "Asia/Dubai", "2026-11-09", "Wed 2026-11-11", "Fri 2026-11-13 08:30"),  # Mon to Fri since 2022
    ("AE", "Asia/Dubai", "2026-11-27", "Tue 2026-12-01", "Mon 2026-12-07 08:30"),  # National Day 2 and 3 December
    ("GB", "Europe/London", "2026-12-22", "Thu 2026-12-24", "Wed 2026-12-30 08:30"),  # Mon 28 instead of Sat 26
    ("US", "America/New_York", "2026-11-20", "Tue 2026-11-24", "Fri 2026-11-27 08:30"),  # Thanksgiving Thu 26
    ("JP", "Asia/Tokyo", "2026-11-18", "Fri 2026-11-20", "Wed 2026-11-25 08:30"),  # Mon 23 is a holiday
]


@pytest.mark.parametrize(("country", "zone", "by", "mail", "call"), ELSEWHERE)
def test_the_working_week_is_the_callees(desk: Desk, country: str, zone: str, by: str, mail: str, call: str) -> None:
    desk.settle(me(zone))
    rounds = round_of("2026-11-02T10:00:00", "2026-11-02T11:00:00", decision=f"by = {by}")
    desk.put(firm(head=f'country = "{country}"\ntimezone = "{zone}"', rounds=rounds))
    steps = desk.plan("2026-11-02T00:00Z")
    assert (when(one(steps, "follow-up")) or "")[:14] == mail
    assert when(one(steps, "call")) == call


#: Called from Copenhagen, awake 07:00-20:00 (winter): which half of their day is possible?
FAR_AWAY = [
    ("IN", "Asia/Kolkata", "15:30+05:30"),  # 08:30 there is 04:00 here
    ("NP", "Asia/Kathmandu", "15:30+05:45"),
    ("JP", "Asia/Tokyo", "15:30+09:00"),  # 07:30 here
    ("US", "America/New_York", "08:30-05:00"),  # 14:30 here
    ("US", "America/Los_Angeles", "08:30-08:00"),  # 17:30 here
    ("GB", "Europe/London", "08:30+00:00"),
]


@pytest.mark.parametrize(("country", "zone", "clock"), FAR_AWAY)
def test_a_far_call_waits_until_both_are_awake(desk: Desk, country: str, zone: str, clock: str) -> None:
    rounds = round_of("2026-11-16T10:00:00", "2026-11-16T11:00:00", decision="by = 2026-12-01")
    desk.put(firm(head=f'country = "{country}"\ntimezone = "{zone}"', rounds=rounds))
    step = one(desk.plan("2026-11-16T00:00Z"), "call")
    assert step["start"] in {f"2026-12-07T{clock[:5]}:00{clock[5:]}", f"2026-12-08T{clock[:5]}:00{clock[5:]}"}
    assert step["timezone"] == zone


def test_no_hour_in_common_is_unplaced_and_says_why(desk: Desk) -> None:
    desk.put(firm(head='country = "WS"\ntimezone = "Pacific/Apia"', rounds=round_of(decision="by = 2026-12-01")))
    step = one(desk.plan("2026-11-14T00:00Z"), "call")
    assert (step["status"], step["start"]) == ("unplaced", None)
    assert "waking" in step["why"] or "awake" in step["why"]


def test_a_call_across_the_date_line_is_on_their_tomorrow(desk: Desk) -> None:
    desk.settle(me(waking="06:00-22:00"))  # 08:30 on Apia's Tuesday is 20:30 of Copenhagen's Monday
    rounds = round_of("2026-11-16T10:00:00", "2026-11-16T11:00:00", decision="by = 2026-12-02")
    desk.put(firm(head='country = "WS"\ntimezone = "Pacific/Apia"', rounds=rounds))
    step = one(desk.plan("2026-11-14T00:00Z"), "call")  # Wed 2, mail Fri 4, call from Tue 8
    assert step["start"] == "2026-12-08T08:30:00+13:00"


# The zone of a person: given > the application's > the number's when its zones agree > ask.

NO_ZONE = round_of("2026-11-16T10:00:00-05:00", "2026-11-16T11:00:00-05:00", decision="by = 2026-12-01")


def test_a_number_of_one_zone_tells_where_they_are(desk: Desk) -> None:
    people = METTE.replace("+45 32 12 34 56", "+1 212 555 0142")
    desk.put(firm(head='country = "US"', people=people, rounds=NO_ZONE))
    step = one(desk.plan("2026-11-16T00:00Z"), "call")
    assert step["timezone"] == "America/New_York"
    assert step["start"].endswith("T08:30:00-05:00")


@pytest.mark.parametrize("number", ["+1 800 555 0199", "+1 888 555 0123"])
def test_a_toll_free_number_tells_nothing_so_it_asks(desk: Desk, number: str) -> None:
    desk.put(firm(head='country = "US"', people=METTE.replace("+45 32 12 34 56", number), rounds=NO_ZONE))
    step = one(desk.plan("2026-11-16T00:00Z"), "call")
    assert (step["status"], step["start"]) == ("unplaced", None)
    assert "zone" in step["why"]


def test_the_application_goes_before_the_number(desk: Desk) -> None:
    desk.put(
        firm(
            head='country = "US"\ntimezone = "America/Chicago"',
            people=METTE.replace("+45 32 12 34 56", "+1 212 555 0142"),
        )
    )
    assert one(desk.plan("2026-11-16T00:00Z"), "call")["timezone"] == "America/Chicago"


def test_a_person_elsewhere_has_their_own_clock_and_holidays(desk: Desk) -> None:
    people = METTE + 'timezone = "Asia/Kolkata"\ncountry = "IN"\n'
    rounds = round_of("2027-01-11T10:00:00", "2027-01-11T11:00:00", decision='by = 2027-01-20\ncontact = "Mette Holm"')
    desk.put(firm(people=people, rounds=rounds))
    # Mail Fri 22. Their week is Mon to Sat, so Mon 25 is the day, though a bridge to Republic Day on Tue 26.
    assert one(desk.plan("2027-01-11T08:00+01:00"), "call")["start"] == "2027-01-25T15:30:00+05:30"


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("DK", "Europe/Copenhagen"),
        ("US", "America/Los_Angeles"),
        ("GB", "Europe/London"),
        ("AE", "Asia/Dubai"),
        pytest.param("IN", "Asia/Kolkata"),
    ],
)
def test_the_follow_up_is_in_the_morning_of_the_addressee(desk: Desk, country: str, zone: str) -> None:
    rounds = round_of("2027-01-11T10:00:00", "2027-01-11T11:00:00", decision="by = 2027-01-20")
    desk.put(firm(head=f'country = "{country}"\ntimezone = "{zone}"', rounds=rounds))
    start = datetime.fromisoformat(one(desk.plan("2027-01-11T00:00Z"), "follow-up")["start"]).astimezone(ZoneInfo(zone))
    assert (start.date().isoformat(), 6 <= start.hour < 12) == ("2027-01-22", True)  # 07:00 here is 11:30 in India


def test_holidays_of_the_firm_do_not_bind_a_person_elsewhere(desk: Desk) -> None:
    people = METTE + 'timezone = "Europe/London"\ncountry = "GB"\n'
    rounds = round_of("2026-03-16T10:00:00", "2026-03-16T11:00:00", decision="by = 2026-03-27")
    desk.put(firm(people=people, rounds=rounds))  # Thu 2 April is free in Denmark only
    assert one(desk.plan("2026-03-16T08:00+01:00"), "call")["start"] == "2026-04-02T08:30:00+01:00"


def test_a_subdivision_has_its_own_holidays(desk: Desk) -> None:
    rounds = round_of("2027-05-10T10:00:00", "2027-05-10T11:00:00", decision="by = 2027-05-21")
    head = 'country = "DE"\ntimezone = "Europe/Berlin"'
    desk.put(firm(head=head, rounds=rounds), "hamburg")
    desk.put(firm(head=head + '\nsubdivision = "BY"', rounds=rounds, number=2), "munich")
    steps = desk.plan("2027-05-10T08:00+02:00")  # mail Tue 25; Corpus Christi on Thu 27 in Bavaria
    assert (when(one(steps, "call", "hamburg")) or "")[:14] == "Thu 2027-05-27"
    assert (when(one(steps, "call", "munich")) or "")[:14] in {"Fri 2027-05-28", "Mon 2027-05-31"}


@pytest.mark.parametrize(
    ("zone", "country", "start", "by", "call"),
    [
        # The callee's clocks change between mail and call; 08:30 stays 08:30.
        ("America/New_York", "US", "2026-10-12", "2026-10-29", "2026-11-04T08:30:00-05:00"),  # mail Mon 2 Nov
        ("Australia/Sydney", "AU", "2026-03-16", "2026-03-30", "2026-04-07T15:30:00+10:00"),
        ("Europe/London", "GB", "2026-10-05", "2026-10-21", "2026-10-27T08:30:00+00:00"),  # mail Fri 23 Oct
    ],
)
def test_a_call_is_by_the_clock_of_its_own_day(
    desk: Desk, zone: str, country: str, start: str, by: str, call: str
) -> None:
    rounds = round_of(f"{start}T10:00:00", f"{start}T11:00:00", decision=f"by = {by}")
    desk.put(firm(head=f'country = "{country}"\ntimezone = "{zone}"', rounds=rounds))
    assert one(desk.plan(f"{start}T00:00Z"), "call")["start"] == call


# Whom to call.


def test_nobody_who_said_no_is_called(desk: Desk) -> None:
    desk.put(firm(people=METTE + "calls = false\n"))
    assert all(step["start"] is None for step in of(desk.plan(), "call"))


def test_the_contact_they_named_is_called(desk: Desk) -> None:
    jonas = '\n[[people]]\nname = "Jonas Krag"\nrole = "CTO"\nphone = "+45 32 12 34 57"\n'
    desk.put(firm(people=METTE + jonas, rounds=round_of(decision='by = 2026-11-30\ncontact = "Jonas Krag"')))
    step = one(desk.plan(), "call")
    assert (step["to"], step["phone"]) == (["Jonas Krag"], "+45 32 12 34 57")


def test_no_number_asks_for_one(desk: Desk) -> None:
    desk.put(firm(people=METTE.replace('phone = "+45 32 12 34 56"\n', "")))
    step = one(desk.plan(), "call")
    assert step["status"] == "unplaced"
    assert "number" in step["why"]


# Busy times. The call would be on Friday 4 December at 08:30.


def event(times: str, more: str = "", uid: str = "a") -> str:
    """One VEVENT."""
    lines = ["BEGIN:VEVENT", f"UID:{uid}@busy.example", "DTSTAMP:20261101T000000Z", times, more, "END:VEVENT", ""]
    return "\n".join(lines).replace("\n\n", "\n")


def local(start: str, end: str, zone: str = "Europe/Copenhagen") -> str:
    return f"DTSTART;TZID={zone}:{start}00\nDTEND;TZID={zone}:{end}00"


WEEKLY = event(local("20261106T0815", "20261106T0940"), "RRULE:FREQ=WEEKLY;BYDAY=FR")
ALL_DAY = "DTSTART;VALUE=DATE:20261204\nDTEND;VALUE=DATE:20261205"
BUSY = [
    ("every Friday 08:15-09:40", WEEKLY, "Fri 2026-12-04 09:45"),
    (
        "every Friday but this one",
        WEEKLY.replace("RRULE", "EXDATE;TZID=Europe/Copenhagen:20261204T081500\nRRULE"),
        FRIDAY,
    ),
    ("the whole morning", event(local("20261204T0800", "20261204T1200")), "Mon 2026-12-07 08:30"),
    ("exactly until then", event(local("20261204T0700", "20261204T0830")), FRIDAY),
    ("cancelled", event(local("20261204T0800", "20261204T1200"), "STATUS:CANCELLED"), FRIDAY),
    ("transparent", event(local("20261204T0800", "20261204T1200"), "TRANSP:TRANSPARENT"), FRIDAY),
    ("all day, busy", event(ALL_DAY, "TRANSP:OPAQUE"), "Mon 2026-12-07 08:30"),
    ("all day, free", event(ALL_DAY, "TRANSP:TRANSPARENT"), FRIDAY),
    (
        "in New York: 08:30-09:15 here",
        event(local("20261204T0230", "20261204T0315", "America/New_York")),
        "Fri 2026-12-04 09:15",
    ),
    ("in UTC: 08:30-09:00 here", event("DTSTART:20261204T073000Z\nDTEND:20261204T080000Z"), "Fri 2026-12-04 09:00"),
    (
        "this Friday moved to 09:00-09:40",
        WEEKLY + event(local("20261204T0900", "20261204T0940"), "RECURRENCE-ID;TZID=Europe/Copenhagen:20261204T081500"),
        FRIDAY,
    ),
]


@pytest.mark.parametrize(("events", "call"), [row[1:] for row in BUSY], ids=[row[0] for row in BUSY])
@pytest.mark.advice("4.1.b3", "B14")
def test_a_call_keeps_clear_of_a_busy_calendar(desk: Desk, events: str, call: str) -> None:
    desk.settle(SETTINGS + '[busy]\ncalendars = ["busy.ics"]\n')
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//busy//EN\n{events}END:VCALENDAR\n"
    (desk.folder / "busy.ics").write_bytes(calendar.replace("\n", "\r\n").encode())
    desk.put(firm())
    step = one(desk.plan(), "call")
    assert when(step) == call


def test_why_tells_what_the_call_had_to_avoid(desk: Desk) -> None:
    desk.settle(SETTINGS + '[busy]\ncalendars = ["busy.ics"]\n')
    whole = event(local("20261204T0800", "20261204T1200"))
    (desk.folder / "busy.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//b//EN\n{whole}END:VCALENDAR\n")
    desk.put(firm())
    assert "busy" in one(desk.plan(), "call")["why"]


@pytest.mark.parametrize(
    ("start", "end", "call"),
    [
        ("09:00", "09:30", FRIDAY),  # 15 minutes between
        ("08:45", "09:15", "Fri 2026-12-04 09:30"),
        ("08:00", "09:20", "Fri 2026-12-04 09:45"),  # 09:35 is the first moment, 09:45 the first quarter
        ("08:50", "12:00", "Mon 2026-12-07 08:30"),
    ],
)
def test_a_call_leaves_a_quarter_to_an_interview_elsewhere(desk: Desk, start: str, end: str, call: str) -> None:
    desk.put(firm())
    other = round_of(f"2026-12-04T{start}:00", f"2026-12-04T{end}:00", decision="by = 2027-01-20")
    desk.put(firm(rounds=other, number=2), "other")
    assert when(one(desk.plan(), "call", "fjord")) == call


# Several calls.


def test_two_calls_of_one_morning_leave_a_quarter_between(desk: Desk) -> None:
    desk.put(firm())
    desk.put(firm(number=2), "other")
    starts = sorted(when(step) or "" for step in of(desk.plan(), "call"))
    assert starts == ["Fri 2026-12-04 08:30", "Fri 2026-12-04 09:00"]


def test_when_one_must_wait_it_is_the_one_who_can(desk: Desk) -> None:
    desk.settle(me(hours='"09:00-09:15"'))
    desk.put(firm(), "aalborg")  # first by name, but may also be called in the afternoon
    desk.put(firm(people=METTE + 'best_hours = ["09:00-09:15", "16:00-16:15"]\n', number=2), "birk")
    steps = desk.plan()
    assert when(one(steps, "call", "aalborg")) == "Fri 2026-12-04 09:00"
    assert when(one(steps, "call", "birk")) == "Fri 2026-12-04 16:00"


def test_the_order_of_files_does_not_matter(desk: Desk) -> None:
    desk.settle(me(hours='"09:00-09:15"'))
    for name, number in (("a", 1), ("b", 2), ("c", 3)):
        desk.put(firm(number=number), name)
    first = {step["uid"]: step["start"] for step in of(desk.plan(), "call")}
    for name, number in (("a", 3), ("b", 1), ("c", 2)):
        desk.put(firm(number=number), name)
    assert {step["uid"]: step["start"] for step in of(desk.plan(), "call")} == first


def test_more_calls_than_slots_leaves_one_unplaced_with_a_reason(desk: Desk) -> None:
    desk.settle(me(hours='"09:00-09:15"'))
    for number in range(1, 9):  # Fri 4 to Fri 11 December: six slots
        desk.put(firm(number=number), f"firm{number}")
    calls = of(desk.plan(), "call")
    placed = [step for step in calls if step["start"]]
    assert len(placed) >= 6
    assert len({step["start"] for step in placed}) == len(placed)
    assert all(step["why"] for step in calls)


def test_a_published_slot_stays_when_another_firm_comes(desk: Desk) -> None:
    desk.settle(me(hours='"09:00-09:15"'))
    desk.put(firm(number=2), "second")
    assert desk.run("sync").exit_code == 0
    published = one(desk.plan(), "call")["start"]
    desk.put(firm(number=1), "first")
    steps = desk.plan()
    assert one(steps, "call", "second")["start"] == published
    assert one(steps, "call", "first")["start"] != published


def test_a_published_slot_that_turned_bad_is_left(desk: Desk) -> None:
    desk.put(firm())
    assert desk.run("sync").exit_code == 0
    desk.put(firm(people=METTE + 'best_hours = ["14:00-15:00"]\n'))
    assert when(one(desk.plan(), "call")) == "Fri 2026-12-04 14:00"


def test_a_time_the_user_chose_is_kept_with_a_warning(desk: Desk) -> None:
    path = desk.put(firm(log="2026-12-02T09:30 follow-up sent"))
    answer = desk.run("log", "fjord", "call", "moved", "--time", "2026-12-05 12:00", now="2026-12-02T10:00+01:00")
    assert answer.exit_code == 0, answer.output
    assert 'outcome = "moved"' in path.read_text()
    step = one(desk.plan("2026-12-02T10:01+01:00"), "call")
    assert when(step) == "Sat 2026-12-05 12:00"
    assert "no working day" in desk.run("plan", "--why", now="2026-12-02T10:01+01:00").stdout


def test_quiet_weeks_are_warned_of(desk: Desk) -> None:
    desk.settle('[me]\ntimezone = "Europe/Copenhagen"\n')
    rounds = round_of("2026-06-16T10:00:00", "2026-06-16T11:00:00", decision="by = 2026-07-08")
    desk.put(firm(rounds=rounds))  # the call is on Tue 14 July, week 29
    assert "summer" in desk.run("plan", "--why", now="2026-06-16T08:00+02:00").stdout


def test_a_program_sees_the_warning_too(desk: Desk) -> None:
    moved = "2026-12-02T10:00 call moved time=2026-12-05T12:00:00+01:00"
    desk.put(firm(log=f"2026-12-02T09:30 follow-up sent\n{moved}"))
    step = one(desk.plan("2026-12-02T10:01+01:00"), "call")
    assert "no working day" in step["why"]
