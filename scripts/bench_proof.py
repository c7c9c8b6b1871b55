"""`scripts/bench proof`: how many faults are found, by kind, and how often a right sentence is called wrong."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the sentences lie with the tests

from tests.words.proof.marked import Sentence, corpus, is_tuned_on, sentences  # noqa: E402

SENTENCES = ROOT / "tests" / "words" / "proof"
KINDS = ("homophone", "typo", "doubled", "name", "grammar", "compound")

Span = tuple[int, int]
Tool = Callable[[Sentence], Iterable[Span]]


@dataclass
class Count:
    """Faults there, faults found, right sentences, and those of them that were called wrong."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    alarmed: int = 0


def counted(tool: Tool, rows: Iterable[Sentence]) -> Count:
    """A fault is found when a span that the tool gives overlaps it."""
    count = Count()
    for row in rows:
        spans = list(tool(row))
        for fault in row.faults:
            count.there[fault.kind] += 1
            count.found[fault.kind] += any(start < fault.end and fault.start < end for start, end in spans)
        if not row.faults:
            count.right += 1
            count.alarmed += bool(spans)
    return count


def ours(language: str, strict: bool = False) -> Tool:
    """callplan proof, without what is only for the eye."""
    from callplan.words.proof.names import Known  # noqa: PLC0415
    from callplan.words.proof.reader import proofread  # noqa: PLC0415

    def tool(row: Sentence) -> Iterable[Span]:
        proof = proofread(row.text, language, Known(people=row.names), strict=strict)
        return [(one.start, one.end) for one in proof.faults]

    return tool


def plain_speller(language: str) -> Tool:
    """Hunspell, as a word processor has it."""
    from callplan.words.proof.speller import speller  # noqa: PLC0415
    from callplan.words.proof.tokens import tokens  # noqa: PLC0415

    book = speller(language)
    if book is None:
        raise SystemExit("There is no dictionary to measure with.")

    def tool(row: Sentence) -> Iterable[Span]:
        return [(one.start, one.end) for one in tokens(row.text) if one.is_word and not book.knows(one.text)]

    return tool


def harper() -> Tool:
    """harper-py as it comes."""
    import harper as package  # noqa: PLC0415

    linter = package.Linter()

    def tool(row: Sentence) -> Iterable[Span]:
        return [(lint.span.start, lint.span.end) for lint in linter.lint(row.text, language=package.Language.PLAINTEXT)]

    return tool


def proselint() -> Tool:
    """proselint as it comes."""
    from proselint.checks import __register__  # noqa: PLC0415
    from proselint.config import DEFAULT  # noqa: PLC0415
    from proselint.registry import CheckRegistry  # noqa: PLC0415
    from proselint.tools import LintFile  # noqa: PLC0415

    CheckRegistry().register_many(__register__)

    def tool(row: Sentence) -> Iterable[Span]:
        return [
            (one.check_result.span[0] - 1, one.check_result.span[1] - 1)
            for one in LintFile("sentence", row.text).lint(DEFAULT)
        ]

    return tool


def tools(language: str) -> dict[str, Tool]:
    """Ours and those beside it that are installed."""
    found: dict[str, Tool] = {"callplan": ours(language), "callplan --strict": ours(language, strict=True)}
    found["plain speller"] = plain_speller(language)
    if language == "en":
        for name, make in (("harper-py", harper), ("proselint", proselint)):
            if find_spec(name.removesuffix("-py")):
                found[name] = make()
            else:
                print(f"({name} is not installed)")
    return found


def line(name: str, count: Count) -> str:
    """A row of the table."""
    cells = [f"{count.found[kind]:>4}/{count.there[kind]:<3}" if count.there[kind] else "       –" for kind in KINDS]
    return f"  {name:18} {' '.join(cells)}  {count.alarmed:>4}/{count.right}"


def proof() -> None:
    """Proofreading: recall by kind and false alarms, on the corpus' two halves and on sentences of our own."""
    from callplan.words.proof.pairs import Pairs  # noqa: PLC0415

    table = files("callplan.words.proof") / "english-pairs.txt.gz"
    began = time.process_time()
    Pairs(table.read_bytes())
    print(f"the largest table is read in {time.process_time() - began:.2f} s of CPU")
    for language in ("en", "da"):
        rows = corpus(SENTENCES / f"proof-{language}.jsonl")
        sets = {
            "corpus, the half tuned on": [one for name, one in rows if is_tuned_on(name)],
            "corpus, the other half": [one for name, one in rows if not is_tuned_on(name)],
            "own sentences, first hand (what it showed was mended)": sentences(SENTENCES / f"sentences-{language}.txt"),
        }
        hands = {
            "fresh": "second hand (what it showed was mended)",
            "blind": "third hand (what it showed was mended in Danish)",
            "fourth": "fourth hand (what it showed was mended)",
            "fifth": "fifth hand (what it showed was mended)",
            "sixth": "sixth hand (what it showed was mended)",
            "seventh": "seventh hand, the verb's -r (what it showed was mended)",
            "eighth": "eighth hand, by another writer (what it showed was mended in part)",
            "right": "right ones, full of words easily confused",
        }
        for name, title in hands.items():
            if (SENTENCES / f"{name}-{language}.txt").is_file():
                sets[f"own sentences, {title}"] = sentences(SENTENCES / f"{name}-{language}.txt")
        began = time.perf_counter()
        measured = tools(language)
        for title, chosen in sets.items():
            print(f"\n{language}: {title} ({len(chosen)} sentences)")
            print(f"  {'':18} {' '.join(f'{kind:>8}' for kind in KINDS)}  false alarms")
            for name, tool in measured.items():
                print(line(name, counted(tool, chosen)))
        print(f"\n{language}: {time.perf_counter() - began:.1f} s for all of it")
