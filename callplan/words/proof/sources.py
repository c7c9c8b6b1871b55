"""What there is to read over: a file, what is typed in, or an e-mail; and which names may stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from callplan.book.types import Application
from callplan.errors import RecordError
from callplan.message import message
from callplan.words.proof.names import Known
from callplan.words.proof.word_list import words_of

LARGEST = 1_000_000  # bytes; a letter has a few thousand


@dataclass(frozen=True, slots=True)
class Text:
    """A text to read over. `attached`: whether the e-mail it is has an attachment; None where nobody can know."""

    text: str
    attached: bool | None = None


def decoded(content: bytes, name: str) -> Text:
    """The text of a file or an e-mail. Raises `RecordError` when it is too long or no text."""
    if len(content) > LARGEST:
        raise RecordError(
            message("{name} is longer than {count} kB; that is no letter.", name=name, count=LARGEST // 1000)
        )
    if name.endswith(".eml"):
        return _mail(content)
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise RecordError(
            message("{name} is not UTF-8 text. Save it as UTF-8; a Word or PDF file cannot be read over.", name=name)
        ) from None
    if "\x00" in text:
        raise RecordError(message("{name} is no text.", name=name))
    return Text(text)


def _mail(content: bytes) -> Text:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - the policy makes it one
    body = mail.get_body(("plain",))
    if body is None:
        raise RecordError(message("The e-mail has no plain text to read over."))
    return Text(str(body.get_content()).replace("\r\n", "\n"), any(True for _ in mail.iter_attachments()))


def read_file(path: Path) -> Text:
    """The text of a file. Raises `RecordError`, `OSError`."""
    with path.open("rb") as file:
        return decoded(file.read(LARGEST + 1), path.name)


def known_to(application: Application, book: Iterable[Application], me: str | None, more: Iterable[str] = ()) -> Known:
    """The names that may stand in a letter of `application`; those of all others may not."""
    people = tuple(person.name for person in application.people)
    others = [one for one in book if one.id != application.id]
    return Known(
        people=(*people, *([me] if me else []), *more),
        firms=(application.company,),
        others=tuple(name for one in others for name in (one.company, *(person.name for person in one.people))),
    )


def known_to_all(book: Iterable[Application], me: str | None, more: Iterable[str] = ()) -> Known:
    """The names that may stand in a text of which nobody says to whom it goes."""
    applications = tuple(book)
    people = tuple(person.name for one in applications for person in one.people)
    return Known((*people, *([me] if me else []), *more), tuple(one.company for one in applications))


def language_of(text: str) -> str:
    """``da`` or ``en``, by the small words in it; ``en`` when in doubt."""
    words = text.lower().split()
    danish = sum(word.strip(".,!?:;") in _DANISH for word in words)
    english = sum(word.strip(".,!?:;") in _ENGLISH for word in words)
    return "da" if danish > english else "en"


_DANISH = words_of(
    "jeg og at det er en et til på med for ikke af den som har vil dig du vi kære hilsen tak kan om der mig hos"
)
_ENGLISH = words_of(
    "i and to the a of in is that for you your it with as my we dear regards thank was have be on are at"
)
