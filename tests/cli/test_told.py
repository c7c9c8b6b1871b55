"""What users read is collected and translated: looked up in the source, so that a forgotten text is found at once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

PACKAGE = Path(__file__).parent.parent.parent / "callplan"

#: Functions that print, ask or refuse.
_TELLS = re.compile(r"say(_\w+)?|prompt|confirm|_?asked|_prompt|\w*Error")

#: Errors that no user meets: they are the programmer's.
_INTERNAL = ("ValueError", "TypeError", "OSError", "TimeoutError", "RuntimeError", "UnpicklingError")

#: Folders whose texts are in the language of a letter or a file, not in the user's.
_OTHERWISE = {"proof", "letters", "phrases"}

_WORDS = re.compile(r"[A-Za-z]{2,}[ ,:]+[A-Za-z{]")


@cache
def calls() -> tuple[tuple[Path, str, ast.Call], ...]:
    """Every call in the package, with its module and the name of what is called."""
    return tuple(
        (file, str(getattr(node.func, "id", getattr(node.func, "attr", ""))), node)
        for file in sorted(PACKAGE.rglob("*.py"))
        if not _OTHERWISE & set(file.parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )


def untold() -> Iterator[str]:
    """The sentences that would reach a person as they stand in the code."""
    for file, name, call in calls():
        if not _TELLS.fullmatch(name) or name in _INTERNAL:
            continue
        for given in call.args:
            pieces = given.values if isinstance(given, ast.JoinedStr) else [given]
            text = "".join(
                str(piece.value) if isinstance(piece, ast.Constant) else "{}"
                for piece in pieces
                if isinstance(piece, ast.Constant | ast.FormattedValue)
            )
            if _WORDS.search(text):
                yield f"{file.relative_to(PACKAGE)}:{call.lineno}: {text}"


def test_no_sentence_goes_round_the_catalogue() -> None:
    assert not list(untold())


def test_messages_are_given_what_they_name() -> None:
    for file, name, call in calls():
        templates = [one.value for one in call.args if isinstance(one, ast.Constant)]
        given = {keyword.arg for keyword in call.keywords} | ({"count"} if name == "counted_message" else set())
        if name in ("message", "counted_message") and templates and given:
            named = {field for text in templates for _, field, _, _ in Formatter().parse(str(text)) if field}
            assert named == given, (file.name, call.lineno)
