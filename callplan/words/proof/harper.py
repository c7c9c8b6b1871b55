"""Harper's grammar rules, a second opinion on English where the extra ``callplan[grammar]`` is installed.

Its spelling is left off, for ours knows the names; so is the rule that calls "I am sure you're glad to know" a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from callplan.extras import command_for
from callplan.message import Message, message
from callplan.words.proof.finding import Finding

_OFF = ("SpellCheck", "MissingPreposition", "LongSentences", "SentenceCapitalization", "UnclosedQuotes", "Spaces")


def is_here() -> bool:
    """Whether harper-py is installed. (A package called harper is another thing, with the same name to import.)"""
    return find_spec("harper") is not None and find_spec("harper._harper") is not None


def not_here() -> Message:
    """What to do where it is not installed."""
    return message(
        "Harper was not asked, as it is not installed. This installs it: {command}", command=command_for("grammar")
    )


@cache
def _linter() -> Any:
    import harper  # noqa: PLC0415 - only when it is needed

    linter = harper.Linter()
    linter.dialect = harper.Dialect.BRITISH
    config = linter.get_lint_config()
    linter.set_lint_config({**config, **dict.fromkeys(_OFF, False)})
    return linter


def harper_says(text: str) -> Iterator[Finding]:
    """What Harper finds. It must be installed, see `is_here`."""
    import harper  # noqa: PLC0415 - only when it is needed

    for lint in _linter().lint(text, language=harper.Language.PLAINTEXT):
        span = lint.span
        meant = tuple(one.replacement_text for one in lint.suggestions if one.kind == harper.SuggestionKind.REPLACE)
        yield Finding(span.start, span.end, "grammar", text[span.start : span.end], meant, f"Harper: {lint.message}")
