"""`callplan proof` and `callplan review`, as they are typed."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from callplan.book.read import read_application
from click.testing import Result

from tests.cli.conftest import HUDSON, NORDLYS, Desk

NOTES = '\n[rounds.notes]\ntopics = ["moving the load forecast to streaming"]\n'


@pytest.fixture
def letter(desk: Desk, tmp_path: Path) -> Path:
    """A draft in a file."""
    desk.put("nordlys", NORDLYS.replace("\n[[fit]]", NOTES + "\n[[fit]]"))
    desk.put("hudson", HUDSON)
    folder = tmp_path / "out"
    desk.run("draft", "nordlys", "thank-you", "--to", "Mette", "--out", str(folder))
    return next(folder.glob("*.txt"))


def mend(letter: Path, text: str) -> None:
    letter.write_text(text, encoding="utf-8")


def said(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_json_is_a_list_over_the_text_given(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("I am shore your glad to no", encoding="utf-8")
    answer = json.loads(desk.run("proof", str(file), "--json").stdout)
    faults = [one for one in answer if one["kind"] != "look"]
    assert [(one["start"], one["end"], one["kind"], one["found"]) for one in faults] == [
        (5, 10, "homophone", "shore"), (11, 15, "homophone", "your"), (24, 26, "homophone", "no"),
    ]  # fmt: skip
    assert set(answer[0]) == {"start", "end", "kind", "found", "suggestions", "reason"}


def test_the_language_is_heard_unless_it_is_told(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "brev.txt"
    file.write_text("Jeg lære hurtigt, og jeg glæder mig til at høre fra dig.", encoding="utf-8")
    assert "lære → lærer" in said(desk.run("proof", str(file)))
    assert "lære → lærer" not in said(desk.run("proof", str(file), "--language", "en"))


def test_names_in_the_book_are_known_in_any_file(desk: Desk, tmp_path: Path) -> None:
    desk.put("nordlys", NORDLYS)
    file = tmp_path / "letter.txt"
    file.write_text("Please greet Jonas Crag from me.", encoding="utf-8")
    assert "Crag → Krag" in said(desk.run("proof", str(file)))


@pytest.mark.advice("3.4.0", "3.4.c1")
def test_a_clean_draft_is_proofread_until_it_is_edited(desk: Desk, letter: Path) -> None:
    mend(letter, "Dear Mette Holm,\n\nThank you for your time.\n\nKind regards,\nAnna Dahl\n")
    assert "(proofed)" in desk.run("proof", "nordlys").stdout
    mend(letter, "Dear Mete Holm,\n\nThank you for your time.\n\nKind regards,\nAnna Dahl\n")
    answer = desk.run("proof", "nordlys").stdout
    assert "Mete → Mette" in " ".join(answer.split())
    assert "(draft)" in answer


@pytest.mark.advice("3.4.c1")
def test_it_is_read_aloud_a_sentence_at_a_time_from_either_end(desk: Desk, letter: Path) -> None:
    mend(
        letter, "Dear Mette Holm,\n\nThank you for your time. I enjoyed it, and learned much.\n\nKind regards,\nAnna\n"
    )
    forwards = said(desk.run("proof", "nordlys", "--aloud"))
    assert forwards.index("2/4 Thank you for your time.") < forwards.index("3/4 I enjoyed it, and learned much.")
    backwards = said(desk.run("proof", str(letter), "--backwards"))
    assert backwards.index("3/4 I enjoyed it, and learned much.") < backwards.index("2/4 Thank you for your time.")
    desk.run("proof", "nordlys", "--aloud", "--json", code=2)


def test_the_wrong_firm_is_found_in_a_draft(desk: Desk, letter: Path) -> None:
    mend(letter, "Dear Mette Holm,\n\nI would love to work for Hudson Freight.\n")
    assert "Hudson Freight → Nordlys Energi" in said(desk.run("proof", "nordlys"))


def test_what_is_right_after_all_is_accepted_but_a_gap_is_not(desk: Desk, letter: Path) -> None:
    mend(letter, "Dear Mette Holm,\n\nThe qwertyish keyboard was fine.\n")
    assert "(draft)" in desk.run("proof", "nordlys").stdout
    assert "(proofed)" in desk.run("proof", "nordlys", "--accept").stdout
    mend(letter, "Dear Mette Holm,\n\n[GAP: why]\n")
    assert "(draft)" in desk.run("proof", "nordlys", "--accept").stdout


def test_without_drafts_it_says_how_to_get_one(desk: Desk) -> None:
    desk.put("nordlys", NORDLYS)
    answer = desk.run("proof", "nordlys", code=2)
    assert "callplan draft nordlys --out ." in " ".join(answer.stderr.split())


@pytest.mark.parametrize("content", [b"\xff\xfe\xfd", b"\x00\x01", b"\xe6\xf8"])
def test_what_is_no_text_is_refused(desk: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(content)
    desk.run("proof", str(file), code=4)


@pytest.mark.advice("3.4.c2")
def test_a_friend_gets_the_draft_and_nothing_else(desk: Desk, letter: Path, tmp_path: Path) -> None:
    mend(letter, "To: Mette Holm <mette.holm@nordlys.example>\nSubject: Thank you\n\nDear Mette Holm,\n\nThank you.\n")
    out = tmp_path / "review"
    desk.run("review", "nordlys", "--friend", "Ida Krog <ida@krog.example>", "--out", str(out))
    mail = message_from_bytes(next(out.glob("*.eml")).read_bytes(), policy=default)
    body = mail.get_content()
    assert mail["To"] == "Ida Krog <ida@krog.example>"
    assert "Dear Mette Holm," in body
    assert "mette.holm@nordlys.example" not in mail.as_string()
    assert "32 12 34 56" not in mail.as_string()


@pytest.mark.advice("3.4.c2")
def test_what_a_friend_has_read_is_reviewed_until_it_is_edited(desk: Desk, letter: Path) -> None:
    assert "(reviewed)" in desk.run("review", "nordlys", "--done").stdout
    mend(letter, "Dear Mette Holm,\n\nThank you again.\n")
    assert (
        "(draft)" in desk.run("proof", "nordlys", "--known", "Zzyzx").stdout
        or "(proofed)" in desk.run("proof", "nordlys").stdout
    )


@pytest.mark.advice("3.4.c2")
def test_a_review_is_out_until_it_is_done_and_has_its_slot_in_the_calendar(desk: Desk, letter: Path) -> None:
    assert letter.exists()
    shown = said(desk.run("review", "nordlys", "--friend", "Ida Krog <ida@krog.example>"))
    assert "Back from Ida Krog: Tue 17 Nov 19:00" in shown
    desk.run("review", "nordlys", "--friend", "Ida Krog <ida@krog.example>")  # once more to the same: it is out already
    out = desk.run("export", "-").stdout
    assert out.count("SUMMARY:Back from Ida Krog") == 1
    desk.run("review", "nordlys", "--done")
    assert "Back from" not in desk.run("export", "-").stdout
    log = read_application(desk.book / "nordlys.toml").log
    assert [(one.outcome, one.to, one.note) for one in log] == [
        ("in-review", ("Mette Holm",), "Ida Krog"), ("reviewed", ("Mette Holm",), ""),
    ]  # fmt: skip


def test_withdrawing_is_read_over_without_being_done(desk: Desk, letter: Path) -> None:
    desk.run("draft", "nordlys", "withdraw", "--out", str(letter.parent))
    desk.run("review", "nordlys", "withdraw")
    assert read_application(desk.book / "nordlys.toml").log == ()


def test_a_wrong_weekday_is_found_counted_from_the_moment_it_is(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("You decide on Tuesday 30 November.", encoding="utf-8")
    assert "Tuesday 30 November → Monday 30 November" in said(desk.run("proof", str(file)))
