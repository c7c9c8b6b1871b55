"""A mail that was pasted whole: its greeting, its sentences and what it quotes are told from who signed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from callplan.book.capture.applicant import GREETING
from callplan.book.capture.message import CLOSING
from callplan.book.capture.who import looks_like_name

_QUOTED = re.compile(
    r"\s*(?:>|[-_]{2,}\s*(?:original|oprindelig|ursprüngliche|forwarded|videresendt|weitergeleitete)\b|"
    r".*\b(?:wrote|skrev|schrieb|a écrit|escribió|ha scritto)\b.{0,60}:\s*$)",
    re.IGNORECASE,
)
_SENDER = re.compile(r"\s*(?:from|fra|von|från|de|van)\s*:\s*(?=\S)", re.IGNORECASE)
_HEADER = re.compile(
    r"\s*(?:sent|date|to|cc|bcc|subject|reply-to|sendt|dato|til|emne|gesendet|datum|an|betreff|skickat|till|ämne)\s*:\s",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\s*(?:sent from my|get outlook for|sendt fra min|hent outlook|von meinem .{2,30} gesendet|skickat från min)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\S@\S|\d(?:[\s().-]*\d){4}")
_FEWEST_WORDS = 6
#: A mail program breaks lines after so many characters at the earliest.
_NARROWEST = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """The lines before the signature, and those of it, or of a list of people where there is no letter around it."""

    sentences: tuple[str, ...]
    signature: tuple[str, ...]


def letter_in(text: str) -> Letter | None:
    """The parts of a letter; None where the text is none: people, and what they are."""
    whole = text.strip().splitlines()
    lines = _unquoted(whole)
    while lines and (not lines[-1].strip() or CLOSING.fullmatch(lines[-1].strip())):
        lines.pop()
    ends = [number for number, line in enumerate(lines[:-1]) if CLOSING.fullmatch(line.strip())]
    begins = ends[-1] + 1 if ends else _end_of_sentences(lines)
    sentences, signature = lines[:begins], lines[begins:]
    if ends and not any(map(_is_sentence, _paragraphs(sentences))):  # a list of people, and then the signature
        sentences, signature = [], [*sentences[:-1], *signature]
    for number, line in enumerate(signature):
        below = "\n".join(signature[number + 1 :])
        if _MACHINE.match(line) or (_is_sentence(line) and not _REACHED.search(below)):  # what the law wants said
            signature = signature[:number]
            break
    if signature == whole or not any(line.strip() for line in (*sentences, *signature)):
        return None
    return Letter(tuple(_unwrapped(sentences)), tuple(signature))


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Without the mail that is answered, and without headers but for the sender's name."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        below = lines[number + 1 : number + 3]
        is_head = bool(_SENDER.match(line)) and (not any(map(str.strip, kept)) or any(map(_HEADER.match, below)))
        if _QUOTED.match(line) or (is_head and any(map(str.strip, kept))):
            break
        if not _HEADER.match(line):
            kept.append(_SENDER.sub("", line) if is_head else line)
    return kept


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """With lines that a mail program broke in one again."""
    found: list[str] = []
    for line in lines:
        if found and line.strip() and len(found[-1]) >= _NARROWEST and found[-1][-1] not in ".:;!?,":
            found[-1] += f" {line.strip()}"
        else:
            found.append(line.rstrip())
    return found


def _end_of_sentences(lines: Sequence[str]) -> int:
    """After how many lines the letter's last sentence is over, where it begins with one or with a greeting."""
    begins, number = 0, 0
    for paragraph in _paragraphs(lines):
        within = paragraph.split("\n")
        if paragraph.strip() and not _is_sentence(paragraph):  # the signature, and what may stand right above it
            above = number + sum(1 for _ in takewhile(_is_sentence, within))
            return above if above > number else begins
        number += len(within)
        begins = number if paragraph.strip() else begins
    return begins


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines that stand together, and each empty line."""
    found: list[str] = []
    for number, line in enumerate(lines):
        if number and line.strip() and lines[number - 1].strip():
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found


def _is_sentence(text: str) -> bool:
    """Whether it greets, or is so many words with a full stop that it is nobody's name and job."""
    plain = text.strip()
    is_long = len(plain.split()) >= _FEWEST_WORDS and plain.endswith((".", "!", "?"))
    is_named = looks_like_name(plain.partition("\n")[0])  # and the law's sentence right below
    return bool(GREETING.match(plain)) or (is_long and "@" not in plain and not is_named)
