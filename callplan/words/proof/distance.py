"""How far two words are apart, as a hand slips and as an ear hears."""

from __future__ import annotations

import unicodedata

_FOLDED = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "å": "a",
        "œ": "oe",
        "ß": "ss",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)
_HEARD = (
    ("aa", "a"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ch", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("x", "ks"),
    ("q", "k"),
    ("h", ""),
    ("d", "t"),
    ("ie", "i"),
    ("ei", "i"),
    ("ee", "i"),
    ("ea", "i"),
)


def slips(one: str, other: str, most: int = 3) -> int:
    """Letters left out, put in, exchanged, or swapped with their neighbour; more than `most` is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                cost = min(cost, before_last[column - 2] + 1)
            now.append(cost)
        before_last, last = last, now
    return min(last[-1], most + 1)


def folded(word: str) -> str:
    """In small letters, without accents: as a keyboard without them would write it."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFD", word.lower().translate(_FOLDED))
        if not unicodedata.combining(letter)
    )


def heard(word: str) -> str:
    """Roughly as it sounds, so that Katrine and Cathrine are one."""
    sound = folded(word)
    for written, spoken in _HEARD:
        sound = sound.replace(written, spoken)
    return "".join(letter for place, letter in enumerate(sound) if place == 0 or letter != sound[place - 1])
