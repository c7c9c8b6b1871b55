"""Two hundred strings under every key that holds text: refused with a sentence, or unchanged and harmless."""

# ruff: noqa: PT017 - the sentence of a refusal is checked where there is one

from __future__ import annotations

import tomllib
import unicodedata
from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from callplan.book import locate
from callplan.book.faults import Faults
from callplan.book.file_name import file_stem
from callplan.book.read import from_values, parse_application
from callplan.book.types import LogEntry
from callplan.book.write import append_log, create_application
from callplan.errors import RecordError

from tests.book.samples import NORDLYS, hostile_strings

RIGHT, OTHERS = hostile_strings()

TEXT_KEYS = [
    ("company",), ("position",), ("language",), ("country",), ("subdivision",), ("timezone",), ("invited_by",),
    ("kind",), ("id",), ("why", 0), ("people", 0, "name"), ("people", 0, "role"), ("people", 0, "email"),
    ("people", 0, "phone"), ("people", 0, "honorific"), ("people", 0, "given"), ("people", 0, "family"),
    ("people", 0, "gender"), ("people", 0, "timezone"), ("people", 0, "country"), ("people", 1, "best_hours", 0),
    ("people", 0, "signs_as"), ("rounds", 0, "place"), ("rounds", 0, "link"), ("rounds", 0, "panel", 0),
    ("rounds", 0, "decision", "within"), ("rounds", 0, "decision", "contact"), ("rounds", 0, "decision", "channel"),
    ("rounds", 0, "notes", "topics", 0), ("rounds", 0, "notes", "valued", 1, "text"),
    ("rounds", 0, "notes", "valued", 1, "by"), ("rounds", 0, "notes", "questions", 0, "asked"),
    ("rounds", 0, "notes", "questions", 0, "better"), ("fit", 0, "need"), ("fit", 0, "strength"), ("log", 0, "step"),
    ("log", 0, "outcome"), ("log", 0, "to", 0), ("log", 0, "note"), ("log", 0, "by"), ("log", 0, "override"),
]  # fmt: skip

VALUES = tomllib.loads(NORDLYS)

#: Told of thousands of faults in the same text, which is read once.
layout = cache(locate.layout)

NEVER = ("Cc", "Cs", "Zl", "Zp")


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts_in(getattr(value, field.name))]
    return [text for one in value for text in texts_in(one)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("key", TEXT_KEYS, ids=lambda key: ".".join(map(str, key)))
def test_a_string_is_refused_with_a_sentence_or_comes_out_unchanged(
    key: tuple[str | int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locate, "layout", layout)
    for string in RIGHT + OTHERS:
        values: Any = deepcopy(VALUES)
        holder = values
        for part in key[:-1]:
            holder = holder[part]
        holder[key[-1]] = string
        faults = Faults()
        application = from_values(values, "nordlys", faults)
        if faults:
            sentences = faults.told("nordlys.toml", NORDLYS)
            assert all(one.isprintable() and one.endswith((".", "?", '"')) and len(one) < 400 for one in sentences)
            continue
        texts = texts_in(application)
        assert string in texts or not string or key[-1] in ("phone", "within", 0)
        for text in texts:
            assert not [sign for sign in text if unicodedata.category(sign) in NEVER and sign not in "\n\t"]
            assert not [sign for sign in text if "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"]


@pytest.mark.parametrize("string", OTHERS, ids=lambda string: ascii(string)[:30])
def test_any_string_as_a_key_or_a_value_of_toml_never_ends_in_a_traceback(string: str) -> None:
    for text in (string, f'company = "{string}"', f'"{string}" = 1', f"[{string}]", f"{NORDLYS}\n{string}"):
        try:
            parse_application(text, string)
        except RecordError as error:
            assert all(line.isprintable() for line in str(error).split("\n"))


def test_any_string_can_name_a_new_application_or_is_refused(tmp_path: Path) -> None:
    for string in RIGHT + OTHERS:
        try:
            path = create_application(tmp_path, company=string, position="Data Engineer", why=[string])
        except RecordError as error:
            assert string not in RIGHT
            assert all(line.isprintable() for line in str(error).split("\n"))
        else:
            assert path.parent == tmp_path
            assert parse_application(path.read_text(encoding="utf-8"), path.stem).company == string


def test_any_string_makes_the_name_of_a_file() -> None:
    for string in RIGHT + OTHERS:
        stem = file_stem(string)
        assert 1 <= len(stem) <= 44
        assert all(sign.isalnum() or sign == "-" for sign in stem)


def test_any_note_is_logged_and_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "nordlys.toml"
    for string in RIGHT + OTHERS:
        path.write_text(NORDLYS, encoding="utf-8")
        before = parse_application(NORDLYS, "nordlys")
        entry = LogEntry(before.log[0].at, "call", "reached", note=string)
        try:
            after = append_log(path, entry)
        except RecordError as error:
            assert str(error).isprintable() or all(line.isprintable() for line in str(error).split("\n"))
            assert path.read_text(encoding="utf-8") == NORDLYS
        else:
            assert after.log[:-1] == before.log
            assert after.log[-1].note in (string, string.replace("\r\n", "\n").replace("\r", "\n"), "")
