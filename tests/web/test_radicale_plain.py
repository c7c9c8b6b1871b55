"""Plain events are stored as Radicale itself would store them: the same bytes, UID and times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from callplan.ics.event import Alarm, Event, Revision
from callplan.ics.render import caldav_object
from callplan.web.radicale_plain import Plain, plain_event
from callplan.web.radicale_zones import remember_zones
from hypothesis import assume, given
from hypothesis import strategies as st
from radicale import item as radicale_item

remember_zones()


def stock(text: str) -> Plain:
    """What Radicale makes of a text, by vobject. Raises for what it refuses."""
    items = radicale_item.read_components(text)
    radicale_item.check_and_sanitize_items(items, 10_000, tag="VCALENDAR")
    (component,) = items
    item = radicale_item.Item(collection_path="calls", vobject_item=component)
    item.prepare()
    assert (item.name, item.component_name) == ("VCALENDAR", "VEVENT")
    return Plain(item.serialize(), item.uid, *item.time_range)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\\;,:\"'=æøå"), max_size=200
)


@given(
    summary=words,
    description=words.map(lambda text: text * 4),
    location=words,
    zone=st.sampled_from(["Europe/Copenhagen", "America/New_York", "Asia/Kolkata", "Africa/Casablanca", "UTC"]),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    minutes=st.integers(1, 5000),
    alarms=st.lists(st.builds(Alarm, st.integers(0, 20_000), words), max_size=3),
    categories=st.lists(words, max_size=3),
)
def test_what_callplan_writes_is_plain_and_stored_as_ever(
    summary: str, description: str, location: str, zone: str, start: datetime, minutes: int, alarms: list[Alarm],
    categories: list[str],
) -> None:  # fmt: skip
    begin = start.replace(tzinfo=UTC)
    event = Event(
        uid="6d0b8f0e-call", summary=summary, start=begin, end=begin + timedelta(minutes=minutes), timezone=zone,
        description=description, tentative=True, opaque=False, location=location, url="http://127.0.0.1/call?a=1",
        alarms=tuple(alarms), categories=tuple(categories),
    )  # fmt: skip
    text = caldav_object(Revision(event, 3, begin)).decode()
    plain = plain_event(text)
    # Two words on which vobject acts wherever they stand: a text of the user's that holds one is left to it.
    texts = [summary, description, location, *categories, *(alarm.text for alarm in alarms)]
    assume("quoted-printable" not in text.lower() and not any("TZID" in one for one in texts))
    assert plain == stock(text)


ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""
EVENT = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//another//client//EN
{ZONE}
BEGIN:VEVENT
UID:one
DTSTAMP:20261123T080000Z
DTSTART;TZID=Europe/Copenhagen:20261123T090000
DTEND;TZID=Europe/Copenhagen:20261123T091500
SUMMARY:Call
CATEGORIES:callplan,work
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT15M
DESCRIPTION:Soon
END:VALARM
END:VEVENT
END:VCALENDAR"""

#: Lines to put in, or in the place of another: many that vobject changes, mends or refuses.
LINES = [
    *"""
X-OWN:a,b | X-OWN;P=1:a | x-own:a | URL:https://a.example/b,c;d | URL:https://a.example/b | LOCATION:
LOCATION:a;b | COMMENT:a | SUMMARY;LANGUAGE=da:Ring | SUMMARY:TZID=x :y | ITEM1.LOCATION:x
DTSTART:20261123T090000 | DTSTART:20261123T090000Z | DTSTART;VALUE=DATE:20261123 | DTSTART:20261123
DTSTART;TZID=Nowhere/Else:20261123T090000 | DTSTART;VALUE=DATE-TIME:20261123T090000Z | DTSTART:20261323T090000Z
DTEND:20261123T091500Z | DTEND;VALUE=DATE:20261125 | DTEND:20261123T246000Z | DURATION:PT1H
DTSTAMP:20261123T080000 | DTSTAMP:00001123T080000Z | DTSTAMP:20260230T080000Z | LAST-MODIFIED:20261123T080000Z
CREATED:20261123 | RRULE:FREQ=DAILY;COUNT=3 | EXDATE:20261124T080000Z | RECURRENCE-ID:20261123T080000Z
ATTACH:x | GEO:1;2 | CATEGORIES: | CATEGORIES:a,,b | CATEGORIES:a, | SEQUENCE:1 | PRIORITY:x,y | COLOR:teal
UID:two | UID: | VERSION:2.0 | VERSION:1.0 | CALSCALE:GREGORIAN | METHOD:REQUEST | X-WR-CALNAME:Calls
TRIGGER:P0D | TRIGGER:-P1W | TRIGGER:PT | TRIGGER:P | TRIGGER;RELATED=END:PT5M | TRIGGER:-P1DT0H3M
TRIGGER:PT90M | TRIGGER;VALUE=DATE-TIME:20261123T080000Z | ACTION:AUDIO | ATTENDEE:mailto:anna@dahl.example
ORGANIZER:mailto:a@dahl.example | DESCRIPTION;ENCODING=QUOTED-PRINTABLE:a= | DESCRIPTION:quoted-printable=
BEGIN:VEVENT | END:VEVENT | BEGIN:VTODO | END:VTODO | BEGIN:VALARM | END:VALARM | BEGIN:VCALENDAR
END:VCALENDAR | BEGIN:VTIMEZONE | END:VTIMEZONE | begin:vevent | TZID:Europe/Copenhagen | TZURL:x | no colon
""".strip().replace("\n", " | ").split(" | "),
    "", " ", "  continued", "\tcontinued", "X-OWN:a\\,b", "LOCATION:a\\Nb", "LOCATION:a\\", "LOCATION:a\\xb",
    "LOCATION:a\\\"b", "LOCATION:TZID:x ", "UID:a\\,b", "PRODID:a\\;b",
    "DESCRIPTION:" + "long and søde words " * 20, "DESCRIPTION:" + "x" * 62, "DESCRIPTION:" + "x" * 63,
    "DESCRIPTION:" + "ø" * 63, "TZID:Else/Where ", "TZNAME:CET ", "DESCRIPTION:a\x0bb", "DESCRIPTION:a\x85b\u2028c",
]  # fmt: skip


@given(
    changes=st.lists(
        st.tuples(st.integers(0, EVENT.count("\n")), st.sampled_from(["in", "over", "out"]), st.sampled_from(LINES)),
        min_size=1,
        max_size=4,
    ),
    end=st.sampled_from(["\r\n", "\r\n", "\r\n", "\n"]),
)
def test_what_is_taken_as_plain_is_what_radicale_makes_of_it(changes: list[tuple[int, str, str]], end: str) -> None:
    lines = EVENT.split("\n")
    for at, how, line in sorted(changes, reverse=True):
        lines[at : at + (how != "in")] = [] if how == "out" else [line]
    text = end.join(lines) + end
    plain = plain_event(text)
    if plain is None:
        return
    made = stock(text)
    assert (plain.text, plain.uid) == (made.text, made.uid)
    if ZONE.replace("\n", end) in text:  # of another zone of this name vobject would remember the first one's times
        assert plain == made


@pytest.mark.parametrize(
    "line", ["SUMMARY:a,b", "RRULE:FREQ=DAILY", "DTSTART:20261123T090000", "DTSTART:20261323T090000Z"]
)
def test_what_vobject_has_to_see_is_left_to_it(line: str) -> None:
    name = line.partition(":")[0]
    text = "\r\n".join(line if one.startswith(name) else one for one in EVENT.split("\n")) + "\r\n"
    if name == "RRULE":
        text = text.replace("SUMMARY:", f"{line}\r\nSUMMARY:")
    assert plain_event(text) is None


def test_an_event_as_other_clients_write_it_is_plain() -> None:
    assert plain_event(EVENT.replace("\n", "\r\n") + "\r\n") == stock(EVENT.replace("\n", "\r\n") + "\r\n")
