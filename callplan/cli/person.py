"""`callplan person`: somebody's card into an application, or out of it and onto the user's telephone."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import click

from callplan.book.compose import person_values
from callplan.book.nearest import folded
from callplan.book.types import Application, Person
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.terminal import filled, say, say_json, say_notice, say_prose
from callplan.errors import UsageError

_EXAMPLES = """\
callplan person nordlys
callplan person nordlys --add "Jonas Krag, CTO, jonas.krag@nordlys.example"
callplan person nordlys --card mette.vcf
callplan person nordlys --vcard
callplan person nordlys --vcard --who Mette --output mette.svg
"""


@declare("person", _EXAMPLES)
@application_argument()
@click.option("--add", metavar="LINE", help="Add somebody, or complete them: name, role, e-mail, telephone.")
@click.option(
    "--card", metavar="FILE", help="Add whose business card (.vcf) it is, or complete them; - reads it from a pipe."
)
@click.option("--vcard", is_flag=True, help="Their card for your telephone: as text, and as a code to scan.")
@click.option("--who", metavar="PERSON", help="Whom it is about, or a part of the name.")
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="With --vcard: into a .vcf, .svg or .png file."
)
@click.option("--dry-run", is_flag=True, help="With --card: show what would be taken, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def command(
    frame: Frame,
    name: str,
    add: str | None,
    card: str | None,
    vcard: bool,
    who: str | None,
    output: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Who is there: list them, take a business card in, or give one out so that your phone knows who rings back."""
    application = frame.find(name)
    if add is not None:
        if card or vcard or who:
            raise UsageError(told("--add goes alone: the line says who it is about."))
        _introduce(frame, application, add)
        return
    if card and vcard:
        raise UsageError(told("Either --card, which takes one in, or --vcard, which gives one out."))
    if output and not vcard:
        raise UsageError(told("--output goes with --vcard."))
    if dry_run and not card:
        raise UsageError(told("--dry-run goes with --card."))
    if card:
        _take(frame, application, card, who, dry_run, as_json)
    elif vcard:
        _give(application, _meant(application, who) if who else None, output)
    else:
        _list(application, who, as_json)


def _meant(application: Application, part: str) -> Person:
    wanted = folded(part)
    exact = [person for person in application.people if folded(person.name) == wanted]
    found = exact or [person for person in application.people if wanted and wanted in folded(person.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(person.name for person in found or application.people) or told("nobody yet")
    if found:
        raise UsageError(told('"{part}" could be {names}.').format(part=part, names=names))
    raise UsageError(
        told('"{part}" is nobody at {company}. Known: {names}.').format(
            part=part, company=application.company, names=names
        )
    )


def _list(application: Application, who: str | None, as_json: bool) -> None:
    from callplan.cli.show import plain_value

    people = (_meant(application, who),) if who else application.people
    if as_json:
        say_json([plain_value(person) for person in people])
        return
    if not people:
        say(
            told("Nobody is known at {company} yet: callplan person {name} --card FILE.vcf").format(
                company=application.company, name=application.name
            )
        )
    for person in people:
        say_prose(", ".join(filter(None, (person.name, person.role, person.phone, person.email))), hanging="    ")


def _take(frame: Frame, application: Application, given: str, who: str | None, dry_run: bool, as_json: bool) -> None:
    """The people of a card into the application: new ones added, known ones completed, nothing replaced unasked."""
    from callplan.book.capture.taken import report
    from callplan.cli.answers import say_left_out
    from callplan.cli.captured import as_person, may_ask, tell
    from callplan.cli.sources import read_sources

    (source, *_) = read_sources(given, "card")
    taken = source.take("card")
    if dry_run:
        say_json(report(taken)) if as_json else tell(taken)
        return
    path = frame.places.book / f"{application.name}.toml"
    say_left_out(taken.left)
    for question in taken.questions:
        say_notice(question.text)
    people = [as_person(one) for one in taken.people]
    if who is not None:
        meant = _meant(application, who)
        if len(people) != 1:
            raise UsageError(
                told("The card is of {count} people; --who goes with a card of one.").format(count=len(people))
            )
        people = [replace(people[0], name=meant.name)]
    if not people:
        raise UsageError(
            told("{name} names nobody. Whose card it is: --who PERSON, or callplan edit {application}").format(
                name=source.name, application=application.name
            )
        )

    def is_taken(question: str) -> bool:
        if not may_ask(given):
            say_notice(told("{question} The former is kept.").format(question=question))
            return False
        asked = told("{question} Take the card's?").format(question=question)
        return click.confirm(filled(asked), default=False, err=True)

    for person in people:
        application = _put(path, application, person, is_taken)


def _introduce(frame: Frame, application: Application, line: str) -> None:
    """The people whom a line of the user's introduces: what it says goes before what the file says."""
    from callplan.cli.answers import check_people, check_phone, say_left_out
    from callplan.cli.introduced import people_introduced

    path = frame.places.book / f"{application.name}.toml"
    if not check_people(line, application.country, application.company):
        raise UsageError(told("Say who it is: name, role, e-mail, telephone."))
    people = people_introduced(line, application.company)
    say_left_out(part for one in people for part in one.left)
    for one in people:
        phone = check_phone(one.phone, application.country) if one.phone else None
        person = Person(name=one.name, role=one.role or None, email=one.email or None, phone=phone)
        meant = [known.name for known in application.people if folded(one.name) in folded(known.name).split()]
        if len(meant) == 1:  # a first name is enough for somebody who is known
            person = replace(person, name=meant[0])
        application = _put(path, application, person, lambda _: True)


def _put(path: Path, application: Application, person: Person, is_taken: Callable[[str], bool]) -> Application:
    """The application with somebody new, or somebody known completed; `is_taken` decides where both say a thing."""
    from callplan.book.write import append_value

    known = next((one for one in application.people if _is_same(one, person)), None)
    if known is not None:
        return _complete(path, application, known, person, is_taken)
    application = append_value(path, ("people",), person_values(person), seen=application)
    say_prose(
        told("Added: {names}").format(
            names=", ".join(filter(None, (person.name, person.role, person.phone, person.email)))
        )
    )
    return application


#: What a key of a person is called where its own name would be another word: a family is also a sort of firm.
_LABELS = {"given": "given name", "family": "family name"}


def _is_same(one: Person, other: Person) -> bool:
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return True
    return folded(one.name) == folded(other.name)


def _complete(
    path: Path, application: Application, known: Person, card: Person, is_taken: Callable[[str], bool]
) -> Application:
    """What the card adds. Where it says another thing than the file, `is_taken` is asked."""
    from callplan.book.write import set_value

    number = application.people.index(known)
    changed = []
    for field in fields(Person):
        key, old, new = field.name, getattr(known, field.name), getattr(card, field.name)
        if key in ("name", "calls", "best_hours") or not new or new == old:
            continue
        label = told(_LABELS.get(key, key))
        if old and not is_taken(
            told("{name}: {key} is {old}, on the card {new}.").format(name=known.name, key=label, old=old, new=new)
        ):
            continue
        application = set_value(path, ("people", number, key), new, seen=application)
        changed.append(f"{label} {new}" + (f" ({told('was')} {old})" if old else ""))
    say_prose(f"{known.name}: {', '.join(changed) or told('nothing new')}")
    return application


def _give(application: Application, person: Person | None, output: Path | None) -> None:
    """The card on stdout, its code on stderr: what is piped on stays a card."""
    from callplan.book.vcard import as_vcard

    people = [person] if person else [one for one in application.people if one.phone or one.email]
    if not people:
        raise UsageError(
            told(
                "Nobody at {company} has a telephone number or an e-mail address yet: callplan person {name} "
                "--card FILE.vcf"
            ).format(company=application.company, name=application.name)
        )
    cards = [as_vcard(one, application.company, application.position) for one in people]
    if output is None:
        sys.stdout.flush()
        stream = getattr(sys.stdout, "buffer", None)
        for card in cards:
            if stream is not None:
                stream.write(card.encode())
                stream.flush()
        for one, text in zip(people, cards, strict=True):
            say(told("{name}, to scan with your telephone's camera:").format(name=one.name), err=True)
            click.echo(_in_terminal(text), err=True)
        return
    kind = output.suffix.lower()
    if kind == ".vcf":
        _write(output, "".join(cards).encode())
    elif kind in (".svg", ".png"):
        if len(people) > 1:
            raise UsageError(
                told("A code holds one card, and there are {count} people. Whose: --who PERSON").format(
                    count=len(people)
                )
            )
        _write(output, _picture(cards[0], kind[1:]))
    else:
        raise UsageError(told("--output writes .vcf, .svg or .png; {name} is none of them.").format(name=output.name))
    say(told("Written: {file}").format(file=output))


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a telephone number is private, and so is the file."""
    handle, draft = tempfile.mkstemp(dir=path.parent or Path(), prefix=".", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _code(text: str) -> Any:
    import segno

    return segno.make(text, error="l", micro=False)


def _in_terminal(text: str) -> str:
    """The code in half blocks: two rows of it in a line, with the quiet zone that cameras need."""
    rows = [list(row) for row in _code(text).matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    # Light modules are drawn: most terminals are dark, and cameras of telephones read both.
    signs = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return "\n".join(
        "".join(signs[bool(above), bool(below)] for above, below in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def _picture(text: str, kind: str) -> bytes:
    from io import BytesIO

    drawn = BytesIO()
    _code(text).save(drawn, kind=kind, scale=6, border=4)
    return drawn.getvalue()
