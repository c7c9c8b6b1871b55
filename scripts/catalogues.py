"""What `scripts/catalogues` does, with Babel: collect, merge, compile. English is what stands in the code."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from callplan.book.types import CHANNELS, INCOMING, KINDS, LOGGABLE_STEPS, OUTCOMES
from callplan.cli import COMMANDS, cli, when
from callplan.cli.language import _PLACEHOLDER
from callplan.cli.outlook import TITLES
from callplan.places.profiles import profiles
from callplan.plan import stage
from callplan.plan.step import Status, StepKind

PACKAGE = Path(__file__).parent.parent / "callplan"
LOCALE = PACKAGE / "locale"

#: The functions of `callplan.cli.language` and `callplan.message` that take texts.
KEYWORDS = {"told": None, "counted": (1, 2), "message": None, "counted_message": (1, 2)}

#: What the `holidays` library calls the free days of the countries that Danish users deal with most.
HOLIDAYS = """
New Year's Day; New Year's Day (observed); Epiphany; Twelfth Night (from 2pm); Maundy Thursday;
Maundy Thursday (from 2pm); Good Friday; Holy Saturday; Easter Sunday; Easter Monday; Walpurgis Night (from 2pm);
Labor Day; May Day; Workers' Day; Ascension Day; Day before Ascension Day (from 2pm); Friday after Ascension Day;
Squeeze day; Pentecost Eve; Day before Pentecost Eve (from 2pm); Pentecost; Pentecost Monday; Corpus Christi;
Constitution Day; National Day; Independence Day; Independence Day (observed); Republic Day; Liberation Day;
Victory Day; Armistice Day; Veterans Day; Memorial Day; German Unity Day; King's Day; Midsummer Eve; Midsummer Day;
Day before Midsummer Eve (from 2pm); First Day of Summer; Commerce Day; Bank Holiday; Spring Bank Holiday;
May Bank Holiday; June Bank Holiday; August Bank Holiday; October Bank Holiday; Saint Patrick's Day; Assumption Day;
Immaculate Conception; Thanksgiving Day; Columbus Day; Washington's Birthday; Martin Luther King Jr. Day;
Juneteenth National Independence Day; Chinese New Year; All Saints' Day; All Saints' Eve (from 2pm); Christmas Eve;
Christmas Eve (from 1pm); Day before Christmas Eve (from 2pm); Christmas; Christmas Day; Christmas Day (observed);
Second Day of Christmas; Boxing Day; Boxing Day (observed); Saint Stephen's Day; New Year's Eve;
New Year's Eve (from 1pm); Day before New Year's Eve (from 2pm)
"""

#: What click says itself, as far as users of callplan can meet it; it asks gettext for these.
CLICK = (
    "Usage:", "Missing argument", "Missing option", "Missing parameter", "Missing command.", "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}", "No such option {name!r}.", "No such option: {name}",
    "Option {name!r} does not take a value.", "{value!r} is not a valid {number_type}.", "Choose from:\n\t{choices}",
    "{value} is not in the range {range}.", "{name} {filename!r} does not exist.", "{name} {filename!r} is a file.",
    "{name} {filename!r} is a directory.", "{name} {filename!r} is not readable.", "default: {default}", "required",
    "file", "directory", "path", "Error: {message}", "Error: invalid input", "Aborted!", "Show this message and exit.",
    "Error: The two entered values do not match.", "Repeat for confirmation", "Do you want to continue?",
    "Press any key to continue...",
)  # fmt: skip
CLICK_COUNTED = (
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
)

#: What the system says is wrong with a file or a connection (`callplan.errors.reason_of`).
REASONS = (
    "Permission denied", "Operation not permitted", "No such file or directory", "File exists", "Is a directory",
    "Not a directory", "Directory not empty", "No space left on device", "Read-only file system", "Input/output error",
    "File name too long", "Too many levels of symbolic links", "Too many open files", "Address already in use",
    "Connection refused", "Connection reset by peer", "Connection timed out", "No route to host",
    "Network is unreachable", "Device or resource busy", "Broken pipe",
)  # fmt: skip

_HEADER = "# What callplan says, in {language}. Texts are collected by scripts/catalogues; the translations are yours."


def collected() -> Catalog:
    """Every text that callplan says through `told` and `counted`, and the words that reach them as values."""
    template = Catalog(project="callplan", charset="utf-8", fuzzy=False)
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS
    ):
        template.add(message)
    for word in filter(None, (*words(), *helped(cli, click.Context(cli)), *CLICK)):
        template.add(word)
    for both in CLICK_COUNTED:
        template.add(both)
    return template


def helped(command: click.Command, context: click.Context) -> Iterator[str]:
    """What the help of a command says, and of the commands below it: description, options, examples, placeholders."""
    yield cleandoc(command.help or "")
    if isinstance(command, click.Group):
        yield command.epilog or ""
    else:  # an example without words of the user's is typed the same in every language
        yield from (line for line in (command.epilog or "").splitlines() if '"' in line)
    yield from _placeholders(*command.collect_usage_pieces(context))
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            yield from filter(None, (parameter.help, parameter.prompt))
            yield from _placeholders(*(parameter.get_help_record(context) or ())[:1])
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from helped(below, click.Context(below, parent=context, info_name=name))


def _placeholders(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from _PLACEHOLDER.findall(text)


def words() -> list[str]:
    """Words that are told from a table: steps, statuses, stages, outcomes, days, months, headings."""
    named = (stage.stage.__doc__ or "").split("One of:")[-1].rstrip(". \n")
    stages = [" ".join(one.split()) for one in named.split(",")]
    return [
        *(kind.value for kind in StepKind),
        *(status.value for status in Status),
        *INCOMING,
        *LOGGABLE_STEPS,
        *OUTCOMES,
        *CHANNELS,
        *KINDS,
        *TITLES.values(),
        *stages,
        *(name[:3].title() for name in (*when._WEEKDAYS, *when._MONTHS)),
        *(line for _, line in COMMANDS.values()),
        *(" ".join(name.split()) for name in HOLIDAYS.split(";")),
        *REASONS,
        "no working day",
        when.DATE_FORMS,
        when.TIME_FORMS,
        *("card", "draft", "proofed"),
        *("settings", "permissions", "you", "book", "state", "clock", "calendar", "password", "server"),  # of doctor
        *("name", "role", "honorific", "given name", "family name", "gender", "country"),  # of a person's card
        *(quiet.name for profile in profiles().values() for quiet in profile.quiet),
        *("Name", "Company", "Position", "Stage", "Next", "When", "What", "Whom", "Status"),
    ]


def merged(language: str) -> Catalog:
    """The language's catalogue with every text there is now and none that is gone."""
    path = LOCALE / language / "LC_MESSAGES" / "callplan.po"
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = _HEADER.format(language=language)
    catalogue.project, catalogue.version = "callplan", ""
    return catalogue


def po(catalogue: Catalog) -> bytes:
    """The catalogue as text, the same bytes for the same content: no dates, no lines of code."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, sort_output=True, no_location=True)
    head = f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n"Language: {catalogue.locale}\\n"\n\n'
    return (head + plural).encode() + out.getvalue()


def mo(catalogue: Catalog) -> bytes:
    """The catalogue compiled. The header's dates are left out, so that the same text gives the same bytes."""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.last_translator = catalogue.language_team = "callplan"
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main(languages: list[str]) -> int:
    """Renew the catalogues of these languages, or of all there are; say what is not translated yet."""
    missing = 0
    for language in languages or sorted(path.name for path in LOCALE.iterdir() if path.is_dir()):
        catalogue = merged(language)
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "callplan.po").write_bytes(po(catalogue))
        (folder / "callplan.mo").write_bytes(mo(catalogue))
        empty = [message for message in catalogue if message.id and not message.string]
        plural_empty = [m for m in catalogue if m.id and isinstance(m.string, tuple) and not all(m.string)]
        count = len(empty) + len(plural_empty)
        missing += count
        print(f"{language}: {len(catalogue)} texts, {count} not translated")
        for message in (*empty, *plural_empty):
            print(f"  {message.id!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
