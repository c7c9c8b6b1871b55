"""`callplan proof`: read a draft, a file or what is typed in over, before somebody else does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.terminal import Styled, say, say_heading, say_json, say_notice, say_prose
from callplan.errors import UsageError

if TYPE_CHECKING:
    from callplan.book.types import Application
    from callplan.words.letters.keeping import KeptDraft
    from callplan.words.proof.finding import Finding
    from callplan.words.proof.reader import Proof
    from callplan.words.proof.sources import Text

_EXAMPLES = """\
callplan proof nordlys
callplan proof letter.txt --language da
echo "I am shore your glad to no" | callplan proof -
callplan proof nordlys --accept
"""

_COLOURS = {"look": None, "style": "yellow", "gap": "red", "name": "red", "date": "red"}


@declare("proof", _EXAMPLES)
@click.argument("what", metavar="NAME|FILE|-")
@click.option("--language", metavar="TAG", help="en or da; others are only spelled. [the draft's, or the text's own]")
@click.option("--known", multiple=True, metavar="NAME", help="A name that is right as it is; repeatable.")
@click.option("--strict", is_flag=True, help="Say more, and be wrong more often.")
@click.option("--grammar", is_flag=True, help="Ask Harper too (English); not installed, it says how.")
@click.option("--accept", is_flag=True, help="You have looked; what is still said is right as it is.")
@click.option(
    "--aloud", is_flag=True, help="Then sentence by sentence, for reading aloud: Enter after each, q to stop."
)
@click.option(
    "--backwards", is_flag=True, help="The same from the last sentence to the first: it shows what sense hides."
)
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of what was found.")
@click.pass_obj
def command(
    frame: Frame,
    what: str,
    language: str | None,
    known: tuple[str, ...],
    strict: bool,
    grammar: bool,
    accept: bool,
    aloud: bool,
    backwards: bool,
    as_json: bool,
) -> None:
    """Read a draft over: spelling, real words in another's place ("I am shore your glad to no"), names, gaps.

    What a spelling checker cannot see is what this is for. It errs too, so nothing is changed: it says what it would
    look at twice. Last come the words that no tool can judge; read those aloud.

    NAME reads the drafts of that application that lie in files (callplan draft NAME --out FOLDER); with nothing left to
    mend they count as proofread until you edit them again. A file that is not UTF-8 text or an .eml is refused.
    """
    from callplan.words.proof.harper import is_here, not_here
    from callplan.words.proof.sources import decoded, known_to_all, read_file

    if grammar and not is_here():
        raise UsageError(not_here())
    if (aloud or backwards) and (as_json or what == "-"):
        raise UsageError(
            told("--aloud needs you at the keyboard: name a file or an application, and leave --json out.")
        )
    book = frame.book(whole=False).applications
    me = frame.settings.me.name
    if what == "-" or Path(what).is_file():
        if accept:
            raise UsageError(told("--accept is for the drafts of an application; name it."))
        text = decoded(sys.stdin.buffer.read(), told("The text")) if what == "-" else read_file(Path(what))
        proof = _read(frame, text, language, known_to_all(book, me, known), strict, grammar)
        _tell([(None, text, proof)], as_json)
        if aloud or backwards:
            _read_aloud(text.text, backwards)
        return
    if "/" in what or what.endswith((".txt", ".eml", ".md")):
        raise UsageError(told("There is no file {file}.").format(file=what))
    texts = _drafts(frame, frame.find(what), book, language, known, strict, grammar, accept, as_json)
    for one in texts if aloud or backwards else ():
        _read_aloud(one, backwards)


def _drafts(
    frame: Frame, application: Application, book: tuple[Application, ...], language: str | None,
    known: tuple[str, ...], strict: bool, grammar: bool, accept: bool, as_json: bool,
) -> list[str]:  # fmt: skip
    """Read the application's drafts over; gives their texts."""
    from callplan.words.letters.keeping import Drafts, DraftState
    from callplan.words.proof.sources import Text, known_to

    store = Drafts(frame.places)
    unsent = [one for one in store.of(application) if store.state(one, application) is not DraftState.SENT]
    if not unsent:
        raise UsageError(
            told(
                "No draft for {company} lies in a file. callplan draft {name} --out . writes one; callplan proof "
                "FILE reads any text."
            ).format(company=application.company, name=application.name)
        )
    names = known_to(application, book, frame.settings.me.name, known)
    found: list[tuple[KeptDraft | None, Text, Proof]] = []
    for draft in unsent:
        text = Text(draft.text or "")
        proof = _read(frame, text, language, names, strict, grammar)
        found.append((draft, text, proof))
        clean = not proof.faults and not proof.notes
        accepted = accept and not any(one.kind == "gap" for one in proof.faults)
        if (clean or accepted) and store.state(draft, application) is DraftState.DRAFT:
            store.mark(draft, DraftState.PROOFED)
    _tell(found, as_json)
    texts = [text.text for _, text, _ in found]
    if as_json:
        return texts
    for draft in unsent:
        state = next(store.state(one, application) for one in store.of(application) if one.path == draft.path)
        say(f"{draft.path}  ", Styled(f"({state.value})", dim=True))
    if accept and any(one.kind == "gap" for _, _, proof in found for one in proof.faults):
        say_notice(told("A gap cannot be accepted: fill it in."))
    return texts


def _read_aloud(text: str, backwards: bool) -> None:
    """A sentence at a time, as it stands: what is read aloud is read, what is looked at is guessed (3.4.c1)."""
    from callplan.words.proof.tokens import sentences, tokens

    starts = [one[0].start for one in sentences(tokens(text))]
    pieces = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    numbered = list(enumerate(pieces, 1))
    say()
    say_prose(told("Read each sentence aloud, slowly: Enter for the next one, q to stop."))
    for number, piece in reversed(numbered) if backwards else numbered:
        say(Styled(f"{number}/{len(pieces)}", dim=True))
        say_prose(piece, indent="    ")
        if sys.stdin.readline().strip().casefold() in ("q", "quit", "stop"):
            return


def _read(frame: Frame, text: Text, language: str | None, known: Any, strict: bool, grammar: bool) -> Proof:
    from callplan.words.proof.reader import proofread
    from callplan.words.proof.sources import language_of

    spoken = (language or language_of(text.text)).lower().replace("_", "-").partition("-")[0]
    today = frame.now.astimezone(frame.zone).date()
    return proofread(text.text, spoken, known, text.attached, strict, grammar, today)


def _tell(found: list[tuple[KeptDraft | None, Text, Proof]], as_json: bool) -> None:
    if as_json:
        several = len(found) > 1
        say_json(
            [
                {**as_dict(one), **({"file": draft.path} if several and draft else {})}
                for draft, _, proof in found
                for one in proof.findings
            ]
        )
    for draft, text, proof in found:
        if not as_json:
            if len(found) > 1 and draft:
                say_heading(draft.path)
            _say(text.text, proof)
        for note in proof.notes:
            say_notice(note)


def as_dict(finding: Finding) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "start": finding.start,
        "end": finding.end,
        "kind": finding.kind,
        "found": finding.found,
        "suggestions": list(finding.suggestions),
        "reason": finding.reason,
    }


def _say(text: str, proof: Proof) -> None:
    for one in proof.faults:
        line = text.count("\n", 0, one.start) + 1
        meant = f" → {' or '.join(one.suggestions[:3])}" if one.suggestions else ""
        say(
            Styled(f"{line:>4}  ", dim=True),
            Styled(one.found, colour=_COLOURS.get(one.kind, "cyan"), bold=True),
            Styled(meant, bold=True),
            Styled(f"  ({one.kind})", dim=True),
        )
        say_prose(one.reason, indent="      ")
    if not proof.faults:
        say(told("Nothing found. Read it aloud once all the same."))
    looks = [one for one in proof.findings if one.kind == "look"]
    if looks:
        say_prose(
            told("For your eye, since no tool can judge them: ")
            + ", ".join(
                told("{word} (line {number})").format(word=one.found, number=text.count(chr(10), 0, one.start) + 1)
                for one in looks
            )
            + ".",
            indent="      ",
        )
