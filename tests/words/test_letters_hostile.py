"""Whatever stands in the record, a draft is harmless text: on the screen, in a header, in a file's name, on paper."""

from __future__ import annotations

import time
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from callplan.book.types import Application, Decision, Fit, LogEntry, Noted, Notes, Person, Question
from callplan.settings import Settings
from callplan.where import Places
from callplan.words.letters.alike import overlap_notices
from callplan.words.letters.compose import compose
from callplan.words.letters.hand import hand_guide
from callplan.words.letters.keeping import Drafts
from callplan.words.letters.mail import eml, mail_text, read_mail
from callplan.words.letters.matter import DraftKind, Occasion
from callplan.words.letters.paper import as_html, by_hand_text
from callplan.words.letters.writing import write_drafts
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.words.examples import ANNA, FORBIDDEN, HOSTILE, INTERVIEW, NORDLYS, NOW, WROTE

LONG = "note " * 10_000


def everywhere(text: str, language: str) -> tuple[Application, Settings]:
    """A record and settings with the text in every field that takes one."""
    noted = (Noted(text, by=text), Noted(text))
    record = replace(
        NORDLYS, company=text, position=text, language=language, why=(text, text),
        people=(Person(text, text, text, text, honorific=text, given=text, family=text, gender="f", signs_as=text),),
        rounds=(
            replace(
                INTERVIEW, place=text, link=text, panel=(text,), decision=Decision(contact=text, channel="email"),
                notes=Notes(noted, noted, (Question(text, text, 1, text),)),
            ),
        ),
        fit=(Fit(text, text, by=text), Fit(text)),
        log=(replace(WROTE, to=(text,)), LogEntry(WROTE.at, "offer", by="email"), LogEntry(WROTE.at, "rejection")),
    )  # fmt: skip
    return record, Settings(me=replace(ANNA, name=text, phone=text, email=text, address=(text,), language=language))


def check(text: str, language: str, kinds: list[DraftKind]) -> None:
    record, mine = everywhere(text, language)
    for kind in kinds:
        for by_hand, quick in ((True, False), (False, True)):
            channel = "letter" if kind is DraftKind.LETTER else "email"
            one = compose(
                Occasion(record, kind, 1, record.people[0], (text,), channel, by_hand=by_hand, quick=quick), mine, NOW
            )
            written = mail_text(one)
            for whole in (written, by_hand_text(one), *one.notices, *hand_guide(one), *overlap_notices([one, one])):
                assert not FORBIDDEN & set(whole.replace("\n", ""))
            assert "\n" not in one.subject
            assert len(one.subject) <= 150
            assert all("\n" not in paragraph for paragraph in one.paragraphs)
            message = message_from_bytes(eml(read_mail(written), mine.me, True), policy=default)
            assert message["X-Unsent"] == "1"
            assert "Bcc" not in message
            assert "<script>alert" not in as_html(one, written)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_in_every_field_makes_a_harmless_draft(text: str) -> None:
    check(text, "en", [DraftKind.LETTER, DraftKind.THANK_YOU, DraftKind.ANSWER])


@pytest.mark.parametrize("text", HOSTILE[::4], ids=lambda text: ascii(text)[:30])
def test_hostile_text_makes_a_harmless_draft_in_danish_and_of_every_kind(text: str) -> None:
    check(text, "da", list(DraftKind))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_in_every_field_makes_a_harmless_draft(text: str) -> None:
    check(text, "en", [DraftKind.LETTER])


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% for x in range(9) %}x{% endfor %}", "{0.__class__}", "%s", "{{ me }}"]
)
def test_markup_in_a_fact_stays_as_it_is(text: str) -> None:
    record = replace(NORDLYS, company=text)
    one = compose(Occasion(record, DraftKind.LETTER, 1, record.people[0], (), "letter"), Settings(me=ANNA), NOW)
    assert text in one.body


def test_ten_thousand_words_in_every_field_come_out_whole_and_soon(tmp_path: Path) -> None:
    record, mine = everywhere(LONG, "en")
    places = Places(*(tmp_path / name for name in ("config.toml", "book", "state", "data")))
    begun = time.monotonic()
    one = compose(Occasion(record, DraftKind.THANK_YOU, 1, record.people[0], (LONG,), "email"), mine, NOW)
    (written,) = write_drafts(Drafts(places), tmp_path / "out", record, [one], mine, NOW)
    assert time.monotonic() - begun < 10
    assert any("best is 60 to 120" in notice for notice in one.notices)
    assert all(len(path.name) < 120 for path in written.files)
    assert one.body.count("note") > 10_000


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "/", "a/b\\c", "CON", "\x00", "x" * 5000, "山田"])
def test_name_of_a_person_never_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    record = replace(NORDLYS, people=(Person(name),), rounds=(replace(INTERVIEW, panel=(name,)),))
    places = Places(*(tmp_path / part for part in ("config.toml", "book", "state", "data")))
    one = compose(Occasion(record, DraftKind.WITHDRAW, 1, record.people[0]), Settings(me=ANNA), NOW)
    (written,) = write_drafts(Drafts(places), tmp_path / "out", record, [one], Settings(me=ANNA), NOW)
    assert {path.parent for path in written.files} == {tmp_path / "out"}
    assert all(path.name.startswith("nordlys-withdraw") for path in written.files)


def test_two_people_of_one_name_get_two_files(tmp_path: Path) -> None:
    record = replace(NORDLYS, people=(Person("Åse Holm"), Person("Aase Holm")))
    places = Places(*(tmp_path / part for part in ("config.toml", "book", "state", "data")))
    drafts = [compose(Occasion(record, DraftKind.WITHDRAW, 1, one), Settings(me=ANNA), NOW) for one in record.people]
    written = write_drafts(Drafts(places), tmp_path / "out", record, drafts, Settings(me=ANNA), NOW)
    assert len({path for one in written for path in one.files}) == 4
