"""An e-mail or a letter as a value, composed from the record alone; what is missing is shown as a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from callplan.book.types import Person, Round
from callplan.errors import RecordError
from callplan.message import message
from callplan.plan.whom import contacts
from callplan.settings import Settings
from callplan.words.clean import clean, shorten
from callplan.words.dates import day_month, full_date, moment_in_words, primary, zone_in_words, zone_of
from callplan.words.letter_language import letter_language
from callplan.words.letters.conventions import addressee, closing, convention, salutation, written_date
from callplan.words.letters.matter import DraftKind, Matter, Occasion, matter_of
from callplan.words.my_number import my_number
from callplan.words.phrases import phrases
from callplan.words.rendering import language_for, render_paragraphs
from callplan.words.sentences import gap_writer, is_foreign, period_in_words, point_sentence, sentence, whole_sentence
from callplan.words.spoken import count_words

#: Fewest and most words of the text (reference: the lengths that letters of this kind have).
BUDGETS = {
    DraftKind.THANK_YOU: (60, 120),
    DraftKind.LETTER: (180, 280),
    DraftKind.FOLLOW_UP: (120, 180),
    DraftKind.ANSWER: (40, 90),
    DraftKind.REJECTION_REPLY: (60, 110),
    DraftKind.ASK_TIMELINE: (40, 90),
    DraftKind.WITHDRAW: (40, 80),
}
_BY_HAND_BUDGET = (60, 120)
_POINTS = {DraftKind.THANK_YOU: 1, DraftKind.LETTER: 3, DraftKind.FOLLOW_UP: 2}

#: Languages whose salutation, date and close are known though their letters are not written yet.
_FORMS_ONLY = ("de", "fr", "es")
_NEEDS_TOPIC = (DraftKind.THANK_YOU, DraftKind.LETTER, DraftKind.FOLLOW_UP)
_LONGEST_SUBJECT = 150
#: The user's own ratings, 1 to 5: an interview that felt bad has this average or less.
_FELT_BAD = 2
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,60}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to one person. All of it is clean; `paragraphs` are what stands between salutation and close.

    `sender`, `address` and `dateline` are a letter's only. `gaps` are the facts the record does not have, as they
    stand in the text; `notices` are for the user. `words` counts the paragraphs, gaps left out.
    """

    application: str
    kind: DraftKind
    round_number: int
    person: str
    email: str
    channel: str
    language: str
    by_hand: bool
    quick: bool
    sender: tuple[str, ...]
    dateline: str
    address: tuple[str, ...]
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signature: tuple[str, ...]
    gaps: tuple[str, ...]
    notices: tuple[str, ...]
    words: int

    @property
    def is_letter(self) -> bool:
        """Whether it goes on paper (or as a PDF)."""
        return self.channel == "letter"

    @property
    def blocks(self) -> tuple[tuple[str, ...], ...]:
        """The text in blocks of lines, as they stand below each other with a blank line between."""
        if self.quick:
            return (self.paragraphs,)
        typed = self.is_letter and not self.by_hand  # there a hand still signs between close and name
        end = ((self.closing,), self.signature) if typed else ((self.closing, *self.signature),)
        body = ((self.salutation,), *((one,) for one in self.paragraphs), *end)
        if not self.is_letter:
            return body
        head = (self.sender, self.address, (self.dateline,), (self.subject,))
        return (*(block for block in head if block and any(block)), *body)

    @property
    def body(self) -> str:
        """The text as it is sent: blocks with blank lines between, each paragraph one line; ends with a newline."""
        return "\n\n".join("\n".join(block) for block in self.blocks) + "\n"


def compose(occasion: Occasion, settings: Settings, now: datetime) -> Draft:
    """The text for an occasion, in the application's language. `now` is aware.

    Raises `RecordError` when a template of the user's own has a fault.
    """
    return _Composition(occasion, settings, now).draft()


class _Composition:
    """One text in the making: its facts, and the gaps met on the way."""

    def __init__(self, occasion: Occasion, settings: Settings, now: datetime) -> None:
        self._occasion, self._settings = occasion, settings
        self._now = now
        self._today = now.astimezone(zone_of(settings.me.timezone)).date()
        self._matter = matter_of(occasion, settings.me.timezone, now, settings.rules.tries)
        record = self._matter.record
        self._folder: Path | None = settings.path.parent / "templates" if settings.path else None
        by_hand = occasion.by_hand and occasion.kind is DraftKind.LETTER
        self._template = "letter-by-hand" if by_hand else occasion.kind.value
        self._wanted = letter_language(record, settings.me.language)
        self._language, self._found = language_for(self._wanted, self._template, self._folder)
        known = self._found or primary(self._wanted) in _FORMS_ONLY
        self._forms = convention(self._wanted if known else self._language, record.country)
        self._spoken = convention(self._language, record.country)  # of the dates within the text
        self._phrases = phrases(self._language)
        self._gaps: dict[str, None] = {}
        self._file = f"{record.name}.toml"
        self._config = clean(settings.path.name) if settings.path else "config.toml"
        self._write_gap = gap_writer(self._phrases, self._file, self._config, record.name)
        self._by_hand = by_hand

    def draft(self) -> Draft:
        """The draft."""
        occasion, matter, me = self._occasion, self._matter, self._settings.me
        to = addressee(matter.person, matter.record.country) if matter.person else None
        form: Any = "letter" if occasion.channel == "letter" else "email"
        greeting, close = salutation(to, self._forms, form), closing(to, self._forms, form)
        name = clean(me.name or "") or self._gap("me_name")
        values = {**self._values(name), "salutation": greeting, "closing": close}
        rendered = render_paragraphs(self._template, self._language, values, self._folder)
        subject = shorten(" ".join(rendered.get("subject", ())), _LONGEST_SUBJECT)
        lines = self._quick(values) if occasion.quick and occasion.channel != "letter" else ()
        quick, text = bool(lines), lines or rendered.get("text", ())
        if not text:
            raise RecordError(
                message(
                    '{language}/{template}.j2 has no block "text", or nothing is in it.',
                    language=self._language,
                    template=self._template,
                )
            )
        email = self._address(matter.person)
        letter = occasion.channel == "letter"
        signature = (name,) if letter else tuple(self._contact(name))
        sender = (name, *filter(None, map(clean, me.address)), *self._contact("")) if letter else ()
        shown = "\n".join([email, subject, *text, *signature, *sender])
        words = sum(count_words(paragraph, tuple(self._gaps)) for paragraph in text)
        return Draft(
            application=matter.record.name,
            kind=occasion.kind,
            round_number=occasion.round_number,
            person=matter.person.name if matter.person else "",
            email=email,
            channel=occasion.channel,
            language=self._wanted if self._found else self._language,
            by_hand=self._by_hand,
            quick=quick,
            sender=sender,
            dateline=written_date(self._today, self._forms) if letter else "",
            address=tuple(self._postal(matter)) if letter else (),
            subject=subject,
            salutation=greeting,
            paragraphs=text,
            closing=close,
            signature=signature,
            gaps=tuple(gap for gap in self._gaps if gap in shown),
            notices=tuple(self._notices(words, quick)),
            words=words,
        )

    def _quick(self, values: dict[str, Any]) -> tuple[str, ...]:
        from callplan.words.rendering import render  # noqa: PLC0415 - lines here, paragraphs elsewhere

        return render(self._template, self._language, values, self._folder).get("quick", ())

    def _gap(self, key: str, **values: str) -> str:
        text = self._write_gap(key, **values)
        self._gaps[text] = None
        return text

    def _day(self, day: date) -> str:
        return day_month(day, self._spoken, self._today)

    def _values(self, name: str) -> dict[str, Any]:
        occasion, matter = self._occasion, self._matter
        record, interview = matter.record, matter.interview
        whom = matter.person.name if matter.person else ""
        topic_gap = ""
        if not matter.topic and occasion.kind in _NEEDS_TOPIC:
            topic_gap = self._gap("talked_about", whom=whom) if whom else self._gap("topic")
        before = matter.topic if self._by_hand or occasion.kind is DraftKind.THANK_YOU else ""
        points = [
            point_sentence(one, whom, self._phrases, "" if index else before)
            for index, one in enumerate(matter.points[: _POINTS.get(occasion.kind, 0)])
        ]
        decision, day, period = self._decision()
        panel = [one for one in interview.panel if one and one != whom]
        better = matter.better
        return {
            "me": name,
            "company": record.company or self._gap("company"),
            "position": record.position or self._gap("position"),
            "name": record.name,
            "person": whom,
            "variant": matter.place % 3,
            "late": occasion.late,
            "met": matter.met,
            "panel": self._phrases.labels["and"].join(filter(None, [", ".join(panel[:-1]), *panel[-1:]])),
            "interview_day": self._day(interview.start.astimezone(self._zone).date()),
            "topic": sentence(matter.topic) if matter.topic else "",
            "topic_words": matter.topic.rstrip(" ."),
            "topic_gap": topic_gap,
            "valued": sentence(matter.valued) if matter.valued else "",
            "points": points,
            "point_gap": "" if points else self._gap("points"),
            "better_asked": sentence(better.asked) if better else "",
            "better_answer": sentence(better.better or "") if better else "",
            "why": self._why(),
            "decision": decision,
            "decision_day": day,
            "decision_period": period,
            "ask_date": self._may_ask_date(),
            "incoming": matter.incoming.step if matter.incoming else "",
            "accepted": occasion.accepted,
            "answer_day": self._answer_day(),
            "next_meeting": self._next_meeting(),
        }

    @property
    def _zone(self) -> Any:
        return zone_of(self._matter.record.timezone or self._settings.me.timezone)

    def _why(self) -> str:
        why = self._matter.call.why
        if not why:
            return self._gap("why")
        # Colleagues read different reasons where there are several.
        return whole_sentence(why[self._matter.place % len(why)])

    def _decision(self) -> tuple[str, str, str]:
        call = self._matter.call
        day = call.promised or call.decision.by
        if day:
            return ("passed" if day < self._today else "ahead"), self._day(day), ""
        if call.decision.within:
            return "within", "", period_in_words(call.decision.within, self._phrases)
        return "", "", ""

    def _may_ask_date(self) -> bool:
        """Whether this is the one thank-you that asks when they decide: nobody said, and one question is enough."""
        if self._decision()[0] or self._occasion.kind is not DraftKind.THANK_YOU:
            return False
        record, interview = self._matter.record, self._matter.interview
        asked = [one.name for one in contacts(record, interview) if one.name in set(map(clean, self._occasion.among))]
        return not asked or self._matter.person is None or asked[0] == self._matter.person.name

    def _answer_day(self) -> str:
        """By when the user answers an offer: what they say themselves, else the day they were given."""
        incoming = self._matter.incoming
        day = self._occasion.answer_by or (incoming and (incoming.date or incoming.until)) or None
        if day:
            return self._day(day)
        offered = incoming is not None and incoming.step == "offer"
        return self._gap("answer_day") if offered and not self._occasion.accepted else ""

    def _next_meeting(self) -> str:
        one, incoming = self._matter.next_round, self._matter.incoming
        if incoming is None or incoming.step != "invitation":
            return ""
        if one is None:
            return self._gap("next_round")
        start = one.start.astimezone(self._zone)
        zone = zone_in_words(str(self._zone), self._language)
        where = one.place or one.link or ""
        return sentence(", ".join(filter(None, [moment_in_words(start, self._spoken), zone, where])))

    def _address(self, person: Person | None) -> str:
        """The e-mail address, or the gap in its place; empty where none is needed."""
        if self._occasion.channel != "email":
            return ""
        if person is None:
            return self._gap("nobody")
        if not person.email:
            return self._gap("email", name=person.name)
        return person.email if _ADDRESS.fullmatch(person.email) else self._gap("email", name=person.name)

    def _contact(self, name: str) -> Iterator[str]:
        me, matter = self._settings.me, self._matter
        yield from filter(None, (name, my_number(me, matter.record, matter.person), clean(me.email or "")))

    def _postal(self, matter: Matter) -> Iterator[str]:
        person = matter.person
        if person:
            role = self._phrases.letters["address"].format(person=person.name, role=person.role) if person.role else ""
            yield role or person.name
        yield matter.record.company or self._gap("company")
        yield from filter(None, map(str.strip, (matter.interview.place or "").split(",")))

    def _notices(self, words: int, quick: bool) -> Iterator[str]:
        occasion, matter, texts = self._occasion, self._matter, self._phrases.letters
        me, config = self._settings.me, self._config
        if not self._found:
            known = primary(self._wanted) in _FORMS_ONLY
            yield texts["language" if known else "unknown_language"].format(language=self._wanted)
        if matter.interview.start > self._now:
            yield texts["ahead"]
        if occasion.kind in _NEEDS_TOPIC and _went_badly(matter.interview):
            yield texts["went_badly"]
        if matter.person is None:
            yield texts["nobody"]
        if any(is_foreign(point, self._phrases) for point in matter.points[: _POINTS.get(occasion.kind, 0)]):
            yield texts["foreign"]
        if occasion.kind in _NEEDS_TOPIC and not matter.topic and not matter.valued:
            yield texts["generic"].format(file=self._file)
        fewest, most = _BY_HAND_BUDGET if self._by_hand else BUDGETS[occasion.kind]
        if not quick and not fewest <= words <= most:
            yield texts["words"].format(words=words, fewest=fewest, most=most)
        if not quick:
            yield from (texts[f"me_{key}"].format(config=config) for key in ("phone", "email") if not getattr(me, key))
        if occasion.channel == "letter":
            if not me.address:
                yield texts["me_address"].format(config=config)
            yield texts["check_address" if matter.interview.place else "their_address"]
        if occasion.kind is DraftKind.FOLLOW_UP and self._decision()[0] == "ahead":
            promised = matter.call.promised or matter.call.decision.by
            assert promised is not None  # noqa: S101 - "ahead" is said of a day
            yield texts["early"].format(day=full_date(promised, self._spoken))
        if occasion.channel == "phone":
            yield texts["rang"]


def _went_badly(interview: Round) -> bool:
    """Whether the user's own ratings say so: no reason to write less (I.b)."""
    ratings = [one.rating for one in interview.notes.questions if one.rating is not None]
    return bool(ratings) and sum(ratings) <= _FELT_BAD * len(ratings)
