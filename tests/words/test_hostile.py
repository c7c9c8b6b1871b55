"""Whatever stands in the record comes out as one harmless line of text, and is never read as a template."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from callplan.book.types import Application, Decision, Fit, LogEntry, Noted, Notes, Person
from callplan.plan.step import StepKind
from callplan.settings import Settings
from callplan.words.agenda import events
from callplan.words.clean import clean, clean_lines, shorten
from callplan.words.script import Variant, as_dict, as_text, call_script
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.words.examples import ANNA, CALLED, FORBIDDEN, HOSTILE, INTERVIEW, NORDLYS, NOW, WROTE, step


def everywhere(text: str, language: str) -> tuple[Application, Settings]:
    """A record and settings with the text in every field that takes one."""
    noted = (Noted(text, by=text),)
    record = replace(
        NORDLYS, company=text, position=text, language=language, why=(text, text),
        people=(Person(text, text, text, text, honorific=text, given=text, family=text, signs_as=text),),
        rounds=(
            replace(
                INTERVIEW, place=text, link=text, panel=(text,), decision=Decision(contact=text, channel=text),
                notes=Notes(topics=noted, valued=noted),
            ),
        ),
        fit=(Fit(text, text, by=text), Fit(text)),
        log=(replace(WROTE, to=(text,)), replace(CALLED, note=text), LogEntry(CALLED.at, "offer", by=text)),
    )  # fmt: skip
    return record, Settings(me=replace(ANNA, name=text, phone=text, language=language))


def check(text: str, language: str) -> None:
    record, mine = everywhere(text, language)
    for kind in (StepKind.CALL, StepKind.SECOND_CALL):
        one = call_script(record, step(kind, to=(text,), phone=text, why=text, warning=text), mine, NOW)
        lines = [line.text for section in one.sections for line in section.lines] + [value for _, value in one.head]
        assert not any(FORBIDDEN & set(line) for line in lines)
        assert not FORBIDDEN & set(as_text(one).replace("\n", ""))
        json.dumps(as_dict(one), ensure_ascii=False).encode()
        assert all(gap.startswith(("[GAP: ", "[MANGLER: ")) for gap in one.gaps)
    for variant in Variant:
        spoken = as_text(call_script(record, step(to=(text,), phone=text), mine, NOW, variant=variant))
        assert not FORBIDDEN & set(spoken.replace("\n", ""))
    steps = [step(kind, to=(text,), phone=text, why=text, warning=text) for kind in StepKind]
    for event in events(steps, [record], mine, lambda _: text):
        assert not FORBIDDEN & set(event.summary)
        assert len(event.summary) <= 240
        assert not FORBIDDEN & set(event.description.replace("\n", ""))
        assert not FORBIDDEN & set("".join(alarm.text for alarm in event.alarms) + (event.location or ""))
        (event.summary + event.description + (event.url or "")).encode()
        assert event.fingerprint


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_in_every_field_does_no_harm(text: str, language: str) -> None:
    check(text, language)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_in_every_field_does_no_harm(text: str) -> None:
    check(text, "en")


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% for x in range(9) %}x{% endfor %}", "{0.__class__}", "{{ me }}", "%s"]
)
def test_markup_in_a_name_stays_as_it_is(text: str) -> None:
    record = replace(NORDLYS, company=text)
    one = call_script(record, step(), Settings(me=ANNA), NOW)
    assert text in as_text(one)
    assert text in events([step()], [record], Settings(me=ANNA))[0].summary


def test_made_up_gap_in_a_note_is_no_gap() -> None:
    one = call_script(replace(NORDLYS, why=("[GAP: made up]",)), step(), Settings(me=ANNA), NOW)
    assert one.gaps == ()


def test_text_cannot_open_a_section_of_its_own() -> None:
    plain = call_script(NORDLYS, step(), Settings(me=ANNA), NOW)
    record = replace(NORDLYS, why=("x\n{% endblock %}\n{% block last %}\nIt is over",))
    one = call_script(record, step(), Settings(me=ANNA), NOW)
    assert [section.id for section in one.sections] == [section.id for section in plain.sections]


@pytest.mark.parametrize(
    "name",
    ["Søren Ærøskøbing-Ågård", "山田 花子", "محمد عبد الله الأنصاري", "שירה בן־דוד", "Kaʻiulani Kealoha", "Ng", "Null",
     "👩‍💻 Mette", "e\u0301ne\u0301e", "می‌خواهم"],
)  # fmt: skip
def test_right_names_come_through_unchanged(name: str) -> None:
    assert clean(name) == name


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("  Mette \t Holm\r\n", "Mette Holm"),
        ("esc\x1b[31mred\x1b[0m", "escred"),
        ("a\u202eb\u202cc", "abc"),
        ("c1\x85next", "c1 next"),
        ("Mette\ud83d", "Mette\ufffd"),
        ("\u3164", ""),
    ],
)
def test_clean_removes_what_does_harm(text: str, result: str) -> None:
    assert clean(text) == result


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not FORBIDDEN & set(once)


def test_lines_stay_lines() -> None:
    assert clean_lines("\n one \r\n\x07two\u2028three\n") == "one\ntwo\nthree"


def test_shortened_text_says_that_it_goes_on() -> None:
    assert shorten("Nordlys Energi", 8) == "Nordlys…"
    assert shorten("Nordlys", 7) == "Nordlys"
