"""The forms in which telephone numbers are written and pasted: labels, brackets, extensions.

Apart from `callplan.places.numbers`: a line without a number does not load what checks one, and a book's numbers, most
of them written plainly, do not load this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A number of a fax, a tax office or a bank stands in signatures too, and nobody is to be rung there.
_NO_TELEPHONE = re.compile(
    r"(?:\b(?:tele)?fax\b|\bfx?[.:]|\b(?:cvr|vat|se|org|moms|hrb|ust|ust-?id|ust-?idnr|ean|gln|iban|siret|siren|kvk|reg)\b)"
    r"[\s.:/#(-]*(?:(?:nr|no|nummer|number|id)\b[\s.:#(-]*)?$",
    re.IGNORECASE,
)
_WORDS = (
    r"tel|tlf|tlph|tel[ée]phone|telefono?|telefoon|puhelin|phone|fon|nummer|number|nr|no|mobile?|mobiltelefon|mobil|mob|"
    r"cell|cellphone|handy|portable|gsm|direct(?:\s+line)?|direkte|direkt|office|work|kontor|arbejde|büro|home|privat|"
    r"main|switchboard|ph"
)
_LETTERS = "[tmpdcowh]"
#: What stands before a number: "Tel.:", "m:", "Direct line", and any short word with a colon.
_LABEL = re.compile(
    rf"\s*[☎☏✆📞📱]*\s*(?:(?:(?:{_WORDS}|{_LETTERS})\b[.:/]*\s*){{1,3}}|[^\W\d_][\w.-]{{0,18}}:\s*)?(?=[+(\d])",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(rf"(?:(?:{_WORDS}|{_LETTERS})\b[.:/]*\s*)+", re.IGNORECASE)
_LABEL_LAST = re.compile(  # but "Tom M +45 …" is Tom M
    rf"(?:^{_LETTERS}\b[.:/]*\s*|\b{_LETTERS}:\s*|\b(?:{_WORDS})\b[.:/]*\s*)+$", re.IGNORECASE
)
_EXTENSION_MARK = r"(?:ext(?:ension)?|x|lok(?:al(?:nr|nummer)?)?|dw|durchwahl|poste|klappe|anknytning)\.?:?"
#: An extension behind a number.
EXTENSION = re.compile(
    rf"(?:;\s*ext=|[,;]?\s*\(?(?:{_EXTENSION_MARK})\s*|\s*[,#]\s*)(\d{{1,8}})\)?#?\s*$", re.IGNORECASE
)
#: The same where it stands alone between commas.
EXTENSION_ALONE = re.compile(rf"(?:ext=|{_EXTENSION_MARK}\s*)\d{{1,8}}", re.IGNORECASE)
_DIALLED = re.compile(
    r"(?<![\w+])[(\s]*\+?\d[\d\s().\-\u2010-\u2015\u2212/]*"
    rf"(?:(?:;\s*ext=|[,;]?\s*{_EXTENSION_MARK}\s*|#\s*)\d{{1,8}}(?!\w)#?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A text with a number in it: what stands before (without a usual label), the number, and what follows.

    `rings`: it is somebody's telephone, as far as its label tells.
    """

    before: str
    number: str
    after: str
    rings: bool = True


def without_label(text: str) -> str:
    """The number without what it is called; ``(+45)`` and brackets around all of it are opened."""
    bare = text if _NO_TELEPHONE.search(re.split(r"[+(\d]", text, maxsplit=1)[0]) else _LABEL.sub("", text, count=1)
    bare = bare.strip()
    if bare.startswith("(") and bare.endswith(")") and "(" not in bare[1:]:
        bare = bare[1:-1].strip()
    return re.sub(r"^\(\s*(\+[\s\d]*)\)", r"\1 ", bare)


def digits(text: str) -> int:
    """How many digits are in it."""
    return sum(map(str.isdigit, text))


def number_in(text: str) -> WrittenNumber | None:
    """The first stretch that can only be meant as a number: five digits or more, or a + before them.

    A stretch that goes on in letters (``+45 32 12 34 5x``) is taken with them, so that it is refused as a whole. A
    postcode before or behind a town, and a house number, are none.
    """
    for found in _DIALLED.finditer(text):
        number = found.group().strip()
        count, international = digits(number), number.lstrip("( ").startswith(("+", "00"))
        if count < 5 and not international:
            continue
        before, after = text[: found.start()], text[found.end() :]
        if after[:1].isalpha() and not found.group()[-1].isspace():  # "5x" is no end of a number
            number, after = (number + after).strip(), ""
        number, surplus = _balanced(number)
        after = (surplus + after).strip(" /|,")
        rings = not _NO_TELEPHONE.search(before)
        bare = _LABEL_LAST.sub("", before.strip(" ☎☏✆📞📱")).strip() if rings else _NO_TELEPHONE.sub("", before)
        if is_label(after):
            after = ""
        if count <= 6 and not international and (bare or (after and not number_in(after))):
            continue
        return WrittenNumber(bare, number, after, rings)
    return None


def is_label(text: str) -> bool:
    """Whether it is what a number is called: ``Mobile``, ``(direct)``."""
    return bool(_LABEL_ALONE.fullmatch(text.strip(" ()")))


def _balanced(number: str) -> tuple[str, str]:
    """The number without a bracket that opens nothing of it, and what was taken off."""
    if number.count("(") > number.count(")") and number.endswith("("):
        return number[:-1].strip(), "("
    if number.count(")") > number.count("(") and number.endswith(")"):
        return number[:-1].strip(), ""
    return number.rstrip(" .-/"), ""
