"""The user's own notes survive what clients do to a text."""

from __future__ import annotations

import time

import pytest
from callplan.ics.description import NOTES_LINE, NOTES_LINES, as_text, compose, plain, plain_line, same_description
from callplan.ics.render import NOTES_LINE as RENDERED_NOTES_LINE
from callplan.ics.render import split_notes
from hypothesis import given

from tests.ics.invented import texts

OURS = "+45 32 12 34 56\n8:45 in Copenhagen\n\nAsk: when will you decide?"
NOTES = "reached\nShe decides on Friday <maybe> & calls me"


def test_the_divider_stands_there_without_notes() -> None:
    assert compose(OURS) == f"{OURS}\n\n{NOTES_LINE}"
    assert NOTES_LINE == RENDERED_NOTES_LINE


def test_a_description_of_nothing_is_the_divider() -> None:
    assert compose("") == NOTES_LINE
    assert split_notes(compose("")) == ("", "")


@pytest.mark.parametrize(("language", "line"), [("en", "en"), ("da", "da"), ("da-DK", "da"), ("fr", "en"), ("", "en")])
def test_the_divider_speaks_the_users_language_and_is_known_in_all(language: str, line: str) -> None:
    text = compose(OURS, NOTES, language)
    assert NOTES_LINES[line] in text
    assert split_notes(text) == (OURS, NOTES)


@given(texts, texts)
def test_notes_come_back_as_they_were_written(ours: str, notes: str) -> None:
    found, own_notes = split_notes(compose(ours, notes))
    assert own_notes == plain(notes).strip()
    assert same_description(ours, found)


@given(texts, texts)
def test_what_is_composed_again_does_not_grow(ours: str, notes: str) -> None:
    once = compose(ours, notes)
    assert compose(*split_notes(once)) == once


@pytest.mark.parametrize(
    "theirs",
    [
        OURS.replace("\n\n", "\n") + f"\n{NOTES_LINE}\n{NOTES}",
        OURS + f"\n\n\n\n  {NOTES_LINE}  \n\n\n{NOTES}\n\n\n",
        OURS.replace("\n", "\r\n") + f"\r\n{NOTES_LINE}\r\n{NOTES}",
        " ".join(OURS.split()) + f" {NOTES_LINE} {NOTES}",
        OURS + "\n=== Your own\nnotes below ===\n" + NOTES,
        OURS + f"\n{NOTES_LINE.upper()}\n{NOTES}",
        "<html-blob>" + OURS + f"\n{NOTES_LINE}\n{NOTES}</html-blob>",
    ],
    ids=["blank lines trimmed", "blank lines added", "CRLF", "one line", "divider wrapped", "capitals", "html-blob"],
)
def test_notes_survive_clients_that_wrap_anew(theirs: str) -> None:
    ours, notes = split_notes(theirs)
    assert same_description(OURS, ours)
    assert notes == NOTES


@pytest.mark.parametrize(
    "theirs",
    [
        OURS.replace("\n", "<br>") + f"<br><br>{NOTES_LINE}<br>reached<br>She decides &amp; calls",
        OURS.replace("\n", "<br/>\n") + f"<br/>\n{NOTES_LINE}<br/>\nreached<br/>\nShe decides &amp; calls",
        "<p>"
        + OURS.replace("\n\n", "</p><p>")
        + f"</p><p>{NOTES_LINE}</p><p>reached</p><p>She decides &amp; calls</p>",
        f"<html><body><div>{OURS}</div><div><b>{NOTES_LINE}</b></div>"
        "<div>reached</div>She decides&nbsp;&amp; calls</body>",
    ],
)
def test_notes_survive_clients_that_store_html(theirs: str) -> None:
    ours, notes = split_notes(theirs)
    assert same_description(OURS, ours)
    assert notes == "reached\nShe decides & calls"


def test_a_company_named_like_the_divider_hides_no_notes() -> None:
    ours = f"Call {NOTES_LINE} Ltd\n{NOTES_LINE}\nabout the job"
    found, notes = split_notes(compose(ours, NOTES))
    assert notes == NOTES
    assert same_description(ours, found)


def test_without_the_divider_everything_is_ours() -> None:
    assert split_notes("Their own text\n") == ("Their own text", "")


def test_a_changed_text_is_not_the_same() -> None:
    assert not same_description(OURS, OURS + "\nAsk for Jonas")


@pytest.mark.parametrize("filler", ["=", "=== ", " ", "<", "<br ", "<a ", "&", "\n", "=== your", "<p>"])
def test_a_megabyte_of_anything_is_split_at_once(filler: str) -> None:
    text = (filler * 1_000_000)[:1_000_000]
    began = time.process_time()
    split_notes(text)
    same_description(text, text + "x")
    assert time.process_time() - began < 20  # quadratic time would take hours


@given(texts)
def test_plain_text_has_one_kind_of_line_break_and_no_control_characters(text: str) -> None:
    clean = plain(text)
    assert clean.splitlines() == clean.removesuffix("\n").split("\n") or not clean
    assert not [letter for letter in clean if (ord(letter) < 32 and letter not in "\t\n") or 127 <= ord(letter) < 160]
    assert clean.encode().decode() == clean
    assert "\n" not in plain_line(text)
    assert plain(clean) == clean


def test_names_that_are_right_are_left_alone() -> None:
    for name in ("Søren Ærøskøbing-Ågård", "山田 花子", "Nguyễn Thị Ánh Tuyết", "👩‍💻 Mette", "Kaʻiulani"):
        assert plain_line(name) == name


def test_html_is_read_as_text() -> None:
    assert as_text("<p>a &lt; b</p><ul><li>one</li><li>two<br>three</li></ul>") == "a < b\none\ntwo\nthree\n"


def test_text_in_angle_brackets_is_no_html() -> None:
    assert as_text("a &lt; b <maybe> <3") == "a &lt; b <maybe> <3"
