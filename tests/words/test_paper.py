"""Letters and call sheets on paper: every European letter prints, one page, nothing loaded, nothing executed."""

from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from callplan.book.types import Application
from callplan.words import script_formats
from callplan.words.letters.hand import hand_advice, hand_guide, hand_lines
from callplan.words.letters.matter import DraftKind
from callplan.words.letters.paper import as_html, as_pdf, by_hand_text
from callplan.words.pdf import MISSING, Run, pdf, printable_text, unprintable
from callplan.words.script import Variant, call_script
from pypdf import PdfReader

from tests.words.examples import HOSTILE, INTERVIEW, NORDLYS, NORDLYS_DA, NOW, step
from tests.words.letters import BOTH, WRITER, draft

NAME = "Łukasz Müller-Ærøå Győrfi Čapek Ðorđe Şahin Ñandú"


def renamed(name: str, application: Application = NORDLYS) -> Application:
    return replace(
        application,
        people=(replace(application.people[0], name=name),),
        rounds=(replace(application.rounds[0], panel=(name,)),),
    )


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
def test_letter_is_one_page_with_every_letter_of_the_name(application: Application) -> None:
    one = draft(DraftKind.LETTER, renamed(NAME, application), NAME)
    content, one_page = as_pdf(one, one.body, NOW)
    assert content.startswith(b"%PDF-")
    assert one_page
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    printed = text_of(content)
    for part in (NAME, one.dateline, one.subject, "Strandvejen 4", one.closing.rstrip(",")):
        assert part in printed
    assert unprintable(one.body) == ""


def test_same_letter_gives_the_same_bytes() -> None:
    one = draft(DraftKind.LETTER)
    assert as_pdf(one, one.body, NOW) == as_pdf(one, one.body, NOW)


def test_edited_text_is_what_is_printed() -> None:
    one = draft(DraftKind.LETTER)
    edited = one.body.replace("Dear Mette Holm", "Dear Mette")
    assert "Dear Mette," in text_of(as_pdf(one, edited, NOW)[0])
    assert "Dear Mette," in Seen(as_html(one, edited)).text


def test_letter_by_hand_has_lines_to_copy_and_the_name_spelled_out() -> None:
    one = draft(DraftKind.LETTER, by_hand=True)
    lines = hand_lines(one)
    assert max(map(len, lines)) <= 46
    assert len(lines) <= 28
    assert " ".join(" ".join(lines).split()).count("Dear Mette Holm,") == 1
    assert any("M-e-t-t-e H-o-l-m" in advice for advice in hand_guide(one))
    assert "M-e-t-t-e" in by_hand_text(one)
    assert "M-e-t-t-e" in text_of(as_pdf(one, one.body, NOW)[0])
    assert "M-e-t-t-e" in Seen(as_html(one, one.body)).text


@pytest.mark.parametrize(
    ("kind", "invited_by", "form", "reason"),
    [
        ("family", "letter", "by-hand", "family firm likes handwriting"),
        ("family", None, "by-hand", "family firm likes handwriting"),
        ("family", "email", "typed", "invited you by e-mail"),
        ("tech", "email", "email", "technology firm"),
        ("tech", "letter", "email", "wrote to you on paper"),
        ("agency", "phone", "email", "agency forwards"),
        ("public", "letter", "typed", "public office"),
        ("corporate", "phone", "typed", "large firm"),
        (None, None, "typed", "nothing on file"),
        ("other", "message", "email", "by message"),
    ],
)
@pytest.mark.advice("3.2.0", "3.2.b")
def test_advice_on_handwriting_gives_its_reasons(
    kind: str | None, invited_by: str | None, form: str, reason: str
) -> None:
    advice = hand_advice(replace(NORDLYS, kind=kind, invited_by=invited_by), "en")
    assert advice.form == form
    assert reason in advice.sentence
    assert "yours to decide" in advice.sentence


@pytest.mark.advice("T.2")
def test_advice_minds_the_post() -> None:
    day = INTERVIEW.start.date()
    late = hand_advice(replace(NORDLYS, kind="family"), "da", day.replace(day=30), day.replace(day=28))
    assert "send også en mail" in late.sentence
    assert "mail" not in hand_advice(replace(NORDLYS, kind="family"), "da", day, day.replace(day=28)).sentence


def test_page_holds_the_letter_and_loads_nothing() -> None:
    one = draft(DraftKind.LETTER, NORDLYS_DA)
    page = Seen(as_html(one, one.body))
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(page.tags)
    assert " ".join(one.paragraphs[0].split()) in " ".join(page.text.split())
    assert 'lang="da"' in as_html(one, one.body)


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
@pytest.mark.advice("4.2.a1")
def test_call_sheet_is_one_page_of_large_type(application: Application, variant: Variant) -> None:
    script = call_script(application, step(), WRITER, NOW, variant=variant)
    content, one_page = script_formats.as_pdf(script, NOW)
    assert one_page
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    printed = text_of(content)
    assert "+45 32 12 34 56" in printed
    for section in script.sections:
        if section.part == "talk":
            assert section.lines[0].text in printed
    sizes: list[float] = []

    def note(text: str, _matrix: Any, _line: Any, _font: Any, size: float) -> None:
        if text.strip():
            sizes.append(size)

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=note)
    assert max(sizes) >= 12.5


def test_call_script_as_page_and_as_markdown_has_every_line() -> None:
    script = call_script(NORDLYS_DA, step(), WRITER, NOW)
    page, markdown = Seen(script_formats.as_html(script)), script_formats.as_markdown(script)
    assert not {"script", "img", "link", "iframe", "a"} & set(page.tags)
    for section in script.sections:
        assert section.title in page.text
        assert f"## {section.title}" in markdown
        for line in section.lines:
            assert line.text in page.text
            assert line.text in markdown.replace("\\", "")


def test_long_notes_flow_onto_more_pages_and_it_is_said() -> None:
    script = call_script(replace(NORDLYS, why=("of many good reasons " * 1000,)), step(), WRITER, NOW)
    content, one_page = script_formats.as_pdf(script, NOW)
    assert not one_page
    assert len(PdfReader(io.BytesIO(content)).pages) > 1


def test_what_the_typeface_lacks_is_a_box_and_is_named() -> None:
    assert printable_text("Å山!") == f"Å{MISSING}!"
    assert unprintable("山 Åse 山田") == "山田"


@pytest.mark.parametrize("text", [one for one in HOSTILE if len(one) < 200], ids=lambda text: ascii(text)[:30])
def test_hostile_text_is_text_on_paper_too(text: str) -> None:
    record = replace(renamed(text or "x"), company=text, position=text, why=(text,))
    one = draft(DraftKind.LETTER, record, text or "x")
    page = as_html(one, one.body)
    script = call_script(record, step(to=(text or "x",)), WRITER, NOW)
    for seen in (Seen(page), Seen(script_formats.as_html(script))):
        assert set(seen.tags) <= {
            "html", "head", "meta", "title", "style", "body", "p", "br", "strong", "h1", "h2", "dl", "dt", "dd",
            "section", "small",
        }  # fmt: skip
        assert set(seen.attributes) <= {"lang", "charset", "name", "content", "http-equiv", "class"}
    assert "<script>alert" not in script_formats.as_markdown(script)


def test_hostile_text_makes_a_readable_pdf() -> None:
    runs = [Run((text, "end")) for text in HOSTILE]
    content, _ = pdf(runs, "x" * 500, (10.0,), 20.0, NOW)
    assert "end" in text_of(content)
    assert b"/JavaScript" not in content
    assert b"/Launch" not in content
    assert b"/URI" not in content
