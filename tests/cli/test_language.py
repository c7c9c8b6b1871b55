"""callplan speaks Danish to those who ask for it, and English costs nothing."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Iterator
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from callplan.cli import COMMANDS, language, spoken
from callplan.plan.step import StepKind

from tests.cli.conftest import CONFIG, NORDLYS, Desk

ROOT = Path(__file__).parent.parent.parent
CATALOGUE = ROOT / "callplan" / "locale" / "da" / "LC_MESSAGES" / "callplan.po"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.speak("en")


@pytest.fixture
def danish(desk: Desk) -> Desk:
    """A desk whose owner reads Danish."""
    desk.config.write_text(CONFIG + 'language = "da"\n', encoding="utf-8")
    return desk


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list",), "Firma"),
        (("plan",), "Hvornår"),
        (("plan", "nordlys", "--why"), "takkemail|tak"),
        (("next",), "noter om samtalen"),
        (("show", "nordlys"), "Tidszone"),
        (("stats",), "samtale"),
        ((), "man 16. nov 12:30"),
        (("log", "nordlys", "thank-you", "sent"), "Logget i nordlys.toml"),
    ],
)
def test_commands_speak_danish(danish: Desk, arguments: tuple[str, ...], told: str) -> None:
    shown = danish.run(*arguments).stdout
    assert any(one in shown for one in told.split("|"))


def english_texts() -> Iterator[str]:
    """The longest stretch of words of every text that is not the same in Danish."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="da")
    for message in catalogue:
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        translated = said(" ".join(message.string) if isinstance(message.string, tuple) else str(message.string))
        for text in texts:
            longest = said(max(re.split(r"\{.*?\}", str(text)), key=len))
            if " " in longest and len(longest) >= 10 and longest not in translated:
                yield longest


def test_no_english_is_left_in_what_commands_print(danish: Desk) -> None:
    commands = [
        (), ("today",), ("next", "--all"), ("plan",), ("plan", "--why", "--all"), ("list",), ("show", "nordlys"),
        ("card", "nordlys"), ("stats",), ("lessons",), ("person", "nordlys"), ("doctor", "--offline"),
        ("archive", "--list"), ("log", "nordlys", "thank-you", "sent"),
        ("round", "nordlys", "--start", "2026-12-01 10:00"), ("--help",),
        *((name, "--help") for name in COMMANDS),
    ]  # fmt: skip
    shown = said("\n".join(one.stdout + one.stderr for command in commands for one in [danish.run(*command)]))
    assert [text for text in english_texts() if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", shown)] == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nosuch",), 2, 'Der er ingen kommando "nosuch".'),
        (("list", "--jsn"), 2, "Der er intet tilvalg '--jsn'"),
        (("show",), 2, "Der mangler et argument: 'NAVN'."),
        (("show", "nobody"), 2, 'Der er ingen ansøgning "nobody".'),
        (("add", "--company", "X", "--position", "Y", "--start", "no day"), 2, "Skriv det som"),
        (("log", "nordlys", "thank-you", "sent", "--to", "Mette"), 3, "en gang til ville være for meget (råd 3.5.a)"),
    ],
)
def test_refusals_are_danish(danish: Desk, arguments: tuple[str, ...], code: int, told: str) -> None:
    danish.run("log", "nordlys", "thank-you", "sent")
    assert told in said(danish.run(*arguments, code=code).stderr)


def test_a_faulty_file_is_told_in_danish_with_its_line(danish: Desk) -> None:
    path = danish.book / "nordlys.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("country =", "contry ="), encoding="utf-8")
    told = danish.run("list", code=4).stderr
    assert "linje" in told
    assert 'contry er ingen nøgle. Mente du "country"?' in told


def test_errors_begin_in_danish_and_keep_their_exit_code(danish: Desk) -> None:
    assert danish.run("note", "nordlys", code=2).stderr.startswith("Fejl: Sig det med --topic")


def test_json_is_the_same_in_every_language(desk: Desk) -> None:
    before = [desk.run(command, "--json").stdout for command in ("list", "plan", "next", "today")]
    desk.config.write_text(CONFIG + 'language = "da"\n', encoding="utf-8")
    assert [desk.run(command, "--json").stdout for command in ("list", "plan", "next", "today")] == before


def test_the_words_of_the_plan_can_be_typed_into_the_log(danish: Desk) -> None:
    language.speak("da")
    for kind in StepKind:
        if kind is not StepKind.THANK_YOU_DEADLINE:
            assert spoken.parse((language.told(kind.value),))[0] == kind.value
    for outcome in ("sent", "no-answer", "voicemail", "reached", "moved"):
        step, meant = spoken.parse((language.told(outcome),))
        assert (step, meant) == (None, outcome)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "--company", "X", "--position", "Y", "--start", "2026-12-01 10:00", "--timezone", "Europe/Copenhagen"),
         "i København"),
        (("plan", "hudson"), "i New York"),
        (("show", "nordlys"), "Art familiefirma"),
        (("log", "nordlys", "opkald", "kom", "igennem"), "opkald kom igennem"),
        (("log", "nordlys", "opkald", "fik", "fat"), "opkald kom igennem"),
    ],
)  # fmt: skip
def test_danish_reads_as_danes_write_it(danish: Desk, arguments: tuple[str, ...], told: str) -> None:
    danish.put("nordlys", NORDLYS.replace("company =", 'kind = "family"\ncompany ='))
    assert told in said(danish.run(*arguments).stdout)


def test_every_text_is_translated_and_fills_in_the_same_things() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="da")
    for message in catalogue:
        if not message.id:
            continue
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        translated = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(translated), message.id
        assert not message.fuzzy, message.id
        for one, text in zip(translated, texts, strict=True):
            assert fields(str(one)) == fields(str(text)), message.id


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_catalogue_holds_what_the_code_says_and_is_compiled() -> None:
    specification = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    assert specification is not None
    assert specification.loader is not None
    catalogues = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(catalogues)
    merged = catalogues.merged("da")
    assert catalogues.po(merged) == CATALOGUE.read_bytes(), "run scripts/catalogues"
    fresh, kept = (
        GNUTranslations(io.BytesIO(catalogues.mo(merged))),
        GNUTranslations(CATALOGUE.with_suffix(".mo").open("rb")),
    )
    texts = [{key: text for key, text in one._catalog.items() if key} for one in (fresh, kept)]  # type: ignore[attr-defined]
    assert texts[0] == texts[1], "run scripts/catalogues"


def test_english_looks_for_no_catalogue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def looking(domain: str, *_: object, **__: object) -> NullTranslations:
        asked.append(domain)
        return NullTranslations()

    monkeypatch.setattr("gettext.translation", looking)
    desk.run("list")
    assert "callplan" not in asked


def test_a_language_without_a_catalogue_is_english() -> None:
    language.speak("tlh")
    assert language.told("Name") == "Name"
