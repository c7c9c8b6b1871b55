"""Notes made speakable: the user's own words, put into a frame that reads well aloud and changes none of them."""

from __future__ import annotations

from collections.abc import Callable

from callplan.book.types import Period, Person
from callplan.words.facts import Point
from callplan.words.phrases import Phrases


def point_sentence(point: Point, callee: str, words: Phrases, said: str = "") -> str:
    """A point tied to their need: "You need somebody who runs Airflow: I ran 40 DAGs at Vestas."

    `said` is what stands just before it: a need that is named there is not named again.
    """
    if said and point.need.casefold().strip(" .") == said.casefold().strip(" ."):
        return f"{words.needs['said']}: {sentence(_strength(point.strength, words))}"
    if is_foreign(point, words):
        return words.needs["quoted"].format(need=point.need.rstrip(" ."), strength=point.strength.rstrip(" ."))
    form = "verb" if _first_word(point.need) in words.needing else "noun"
    if point.by:
        form += "_you" if point.by == callee else "_by"
    need = words.needs[form].format(need=point.need.rstrip(" .:;"), by=point.by)
    return f"{need}: {sentence(_strength(point.strength, words))}"


def is_foreign(point: Point, words: Phrases) -> bool:
    """Whether a note is plainly in another language than the script: it begins with a verb of that language."""
    return bool({_first_word(point.need), _first_word(point.strength)} & words.foreign)


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends in a mark of its own."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…", "。")) else f"{text}."


def whole_sentence(text: str) -> str:
    """`sentence`, with a capital where it stands by itself; a name that is written small ("iOS") stays as it is."""
    first = text.split(maxsplit=1)[:1]
    return sentence(text[:1].upper() + text[1:] if first and first[0].islower() else text)


def spoken_name(person: Person) -> str:
    """How to address somebody on the phone: with the title on file ("Ms Holm"), else by the name they go by."""
    if person.honorific and person.family:
        return f"{person.honorific} {person.family}"
    return person.signs_as or person.name


def period_in_words(period: Period, words: Phrases) -> str:
    """A waiting time as it was named: "2 weeks"."""
    one, many = words.units.get(period.unit, (period.unit, period.unit))
    return f"{period.count} {one if period.count == 1 else many}"


def gap_writer(words: Phrases, file: str, config: str, name: str) -> Callable[..., str]:
    """A function that writes gaps: ``gap("why")`` is ``[GAP: why this company — add why = ["…"] to nordlys.toml]``."""

    def gap(key: str, **values: str) -> str:
        filled = words.gaps[key].format(**{"file": file, "config": config, "name": name, **values})
        return words.gap.format(what=filled)

    return gap


def _strength(text: str, words: Phrases) -> str:
    if text.casefold().startswith(words.own_words):
        return text
    return f"{words.speaker} {text}" if _first_word(text) in words.having else text


def _first_word(text: str) -> str:
    """The first word as written: a capital means a name or a sentence, not a verb to go on with."""
    return text.split(" ", 1)[0].rstrip(",.;:")
