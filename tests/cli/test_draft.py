"""`callplan draft`: printed whole, written to files that stay the user's, never sent and never sent twice."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import NORDLYS, Desk

NOTES = '\n[rounds.notes]\ntopics = ["moving the load forecast to streaming"]\n'
FULL = NORDLYS.replace("\n[[fit]]", NOTES + "\n[[fit]]").replace(
    'name = "Jonas Krag"', 'name = "Jonas Krag"\ngender="m"'
)
FAMILY = FULL.replace('country = "DK"', 'country = "DK"\nkind = "family"\ninvited_by = "letter"')


@pytest.fixture
def noted(desk: Desk) -> Desk:
    desk.put("nordlys", FULL)
    return desk


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def said(text: str) -> str:
    return " ".join(text.split())


class TestPrinted:
    def test_each_interviewer_gets_a_whole_text_of_their_own(self, noted: Desk) -> None:
        text = noted.run("draft", "nordlys", "thank-you").stdout
        for words in (
            "── Mette Holm ──", "To: Mette Holm <mette.holm@nordlys.example>", "Subject: Thank you", "Dear Mette Holm,",
            "── Jonas Krag ──", "Dear Mr Krag,", "Kind regards,\nAnna Dahl",
        ):  # fmt: skip
            assert words in text

    def test_without_a_kind_it_is_what_the_plan_asks_for_next(self, noted: Desk) -> None:
        assert "Subject: Thank you for the interview" in noted.run("draft", "nordlys").stdout
        noted.run("log", "nordlys", "thank-you", "sent")
        assert "Yours sincerely" in noted.run("draft", "nordlys").stdout

    def test_one_person_only(self, noted: Desk) -> None:
        text = noted.run("draft", "nordlys", "thank-you", "--to", "jonas").stdout
        assert "Jonas" in text
        assert "Mette" not in text

    @pytest.mark.parametrize("word", ["thankyou", "thanks", "Thank-You", "thank_you", "tak", "takkemail"])
    def test_other_words_for_a_kind(self, noted: Desk, word: str) -> None:
        assert "Subject: Thank you" in noted.run("draft", "nordlys", word).stdout

    def test_gaps_are_shown_and_told(self, desk: Desk) -> None:
        done = desk.run("draft", "hudson", "thank-you")
        assert "To: [GAP: the e-mail address of Jane Roe" in done.stdout
        assert "gaps are left" in said(done.stderr)

    @pytest.mark.advice("2.1.a2")
    def test_quick_is_three_lines(self, noted: Desk) -> None:
        text = noted.run("draft", "nordlys", "thank-you", "--to", "mette", "--quick").stdout
        assert len(text.strip().split("\n\n")[1].splitlines()) == 3

    def test_mailto_is_one_address_a_line(self, noted: Desk) -> None:
        lines = noted.run("draft", "nordlys", "thank-you", "--mailto").stdout.splitlines()
        assert [line.split("?")[0] for line in lines] == [
            "mailto:mette.holm@nordlys.example", "mailto:jonas.krag@nordlys.example",
        ]  # fmt: skip

    @pytest.mark.advice("3.2.0")
    def test_letter_comes_with_advice_on_its_form(self, noted: Desk) -> None:
        assert "yours to decide" in said(noted.run("draft", "nordlys", "letter").stderr)
        noted.put("nordlys", FAMILY)
        done = noted.run("draft", "nordlys", "letter", "--to", "mette")
        assert "By hand suits them best" in said(done.stderr)
        assert "M-e-t-t-e" in done.stdout
        assert "M-e-t-t-e" not in noted.run("draft", "nordlys", "letter", "--to", "mette", "--typed").stdout

    def test_json_has_texts_gaps_and_notices(self, noted: Desk) -> None:
        one, other = noted.json("draft", "nordlys", "thank-you")
        assert (one["to"], one["email"], one["kind"]) == ("Mette Holm", "mette.holm@nordlys.example", "thank-you")
        assert one["text"].startswith("To: Mette Holm")
        assert one["gaps"] == []
        assert other["subject"] != one["subject"]

    def test_nothing_is_written_by_printing(self, noted: Desk) -> None:
        noted.run("draft", "nordlys", "thank-you")
        assert not (noted.folder / "state" / "drafts.json").exists()
        assert list((noted.folder / "state").glob("drafts-*")) == []


class TestFiles:
    def test_email_is_a_text_and_an_unsent_draft(self, noted: Desk) -> None:
        out = noted.folder / "out"
        noted.run("draft", "nordlys", "thank-you", "--to", "mette", "--out", str(out), "--receipt")
        assert files(out) == ["nordlys-thank-you-mette-holm.eml", "nordlys-thank-you-mette-holm.txt"]
        message = message_from_bytes((out / "nordlys-thank-you-mette-holm.eml").read_bytes(), policy=default)
        assert message["X-Unsent"] == "1"
        assert message["Disposition-Notification-To"] == "anna@dahl.example"
        assert "Date" not in message

    def test_letter_is_text_page_and_pdf(self, noted: Desk) -> None:
        out = noted.folder / "out"
        noted.run("draft", "nordlys", "letter", "--to", "mette", "--out", str(out))
        assert files(out) == [f"nordlys-letter-mette-holm.{ending}" for ending in ("html", "pdf", "txt")]
        page = PdfReader(io.BytesIO((out / "nordlys-letter-mette-holm.pdf").read_bytes())).pages[0].extract_text()
        assert "Dear Mette Holm," in page

    def test_edited_text_stays_and_the_email_is_made_from_it(self, noted: Desk) -> None:
        out = noted.folder / "out"
        command = ("draft", "nordlys", "thank-you", "--to", "mette", "--out", str(out))
        noted.run(*command)
        text = out / "nordlys-thank-you-mette-holm.txt"
        text.write_text(text.read_text(encoding="utf-8").replace("Dear Mette Holm", "Dear Mette"), encoding="utf-8")
        done = noted.run(*command)
        assert "your own work" in said(done.stderr)
        assert "Dear Mette," in text.read_text(encoding="utf-8")
        message = message_from_bytes((out / "nordlys-thank-you-mette-holm.eml").read_bytes(), policy=default)
        assert "Dear Mette," in message.get_content()
        printed = noted.run("draft", "nordlys", "thank-you", "--to", "mette")
        assert "Dear Mette," in printed.stdout
        assert "as you edited it" in said(printed.stderr)

    def test_receipt_without_a_file_to_ask_it_in_is_refused(self, noted: Desk) -> None:
        assert "--out" in noted.run("draft", "nordlys", "thank-you", "--receipt", code=2).stderr

    def test_files_tell_their_state(self, noted: Desk) -> None:
        out = str(noted.folder / "out")
        (one,) = noted.json("draft", "nordlys", "thank-you", "--to", "mette", "--out", out)
        assert one["state"] == "draft"
        assert [Path(path).suffix for path in one["files"]] == [".txt", ".eml"]
        noted.run("log", "nordlys", "thank-you", "sent", "--to", "mette")
        (one,) = noted.json("draft", "nordlys", "thank-you", "--to", "mette", "--out", out)
        assert one["state"] == "sent"

    def test_folder_that_is_a_file_is_refused(self, noted: Desk) -> None:
        noted.run("draft", "nordlys", "thank-you", "--out", str(noted.config), code=2)


class TestManners:
    @pytest.mark.advice("3.5.a")
    def test_second_follow_up_is_not_even_drafted(self, noted: Desk) -> None:
        noted.now = "2026-12-02T10:00:00+01:00"
        noted.run("draft", "nordlys", "follow-up")
        noted.run("log", "nordlys", "follow-up", "sent")
        done = noted.run("draft", "nordlys", "follow-up", code=3)
        assert "3.5.a" in done.stderr
        assert "What you can do instead" in said(done.stderr)
        assert done.stdout == ""
        noted.run("draft", "nordlys", "ask-timeline", code=3)

    def test_nothing_is_answered_that_did_not_come(self, noted: Desk) -> None:
        assert "callplan log nordlys offer" in said(noted.run("draft", "nordlys", "answer", code=2).stderr)

    def test_offer_by_phone_is_answered_by_phone(self, noted: Desk) -> None:
        noted.run("log", "nordlys", "offer", "--by", "phone")
        done = noted.run("draft", "nordlys")
        assert "I am calling you back" in said(done.stdout)
        assert "ring back" in said(done.stderr)
        assert "Subject: Your offer" in noted.run("draft", "nordlys", "answer", "--by", "email", "--yes").stdout

    def test_answer_is_the_users(self, noted: Desk) -> None:
        noted.run("log", "nordlys", "offer", "--by", "email")
        assert "I accept with pleasure." in noted.run("draft", "nordlys", "answer", "--yes").stdout
        assert "by 20 November" in said(noted.run("draft", "nordlys", "answer", "--until", "2026-11-20").stdout)
        noted.run("draft", "nordlys", "answer", "--yes", "--until", "2026-11-20", code=2)

    def test_late_thanks_say_so(self, noted: Desk) -> None:
        noted.now = "2026-11-20T10:00:00+01:00"
        assert "later than I would have liked" in noted.run("draft", "nordlys", "thank-you", "--to", "mette").stdout

    @pytest.mark.advice("B13")
    def test_draft_with_gaps_is_not_logged_as_sent(self, desk: Desk) -> None:
        out = desk.folder / "out"
        desk.run("draft", "hudson", "thank-you", "--out", str(out))
        done = desk.run("log", "hudson", "thank-you", "sent", code=4)
        assert "still has" in done.stderr
        assert "[GAP: the e-mail address of Jane Roe" in done.stderr
        (out / "hudson-thank-you-jane-roe.txt").unlink()
        desk.run("log", "hudson", "thank-you", "sent")


def test_help_names_the_kinds_and_what_it_never_does(desk: Desk) -> None:
    text = desk.run("draft", "--help").stdout
    assert "ask-timeline" in text
    assert "Nothing is sent" in text
