"""A call script in the making: facts into the template's values, and the blocks that come back into sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from callplan.book.types import LogEntry
from callplan.plan.history import MADE
from callplan.plan.step import Step
from callplan.settings import Settings
from callplan.words.clean import clean
from callplan.words.dates import (
    country_name,
    day_month,
    full_date,
    moment_in_words,
    same_clock,
    span_in_zone,
    zone_in_words,
    zone_of,
)
from callplan.words.facts import CallFacts
from callplan.words.my_number import my_number
from callplan.words.phrases import phrases
from callplan.words.proof.letter import stale
from callplan.words.rendering import render
from callplan.words.sentences import gap_writer, is_foreign, period_in_words, point_sentence, sentence, spoken_name
from callplan.words.spoken import (
    PART_BUDGET,
    PART_BUDGETS,
    TALK_BUDGET,
    VOICEMAIL_SECONDS,
    Line,
    Script,
    Section,
    Variant,
    count_words,
    seconds_of,
    words_per_minute,
)

_TALK = (
    "opening", "courtesy", "purpose", "why", "points", "topic", "new_point",
    "ask", "need", "permission", "last", "close",
)  # fmt: skip
_BRANCHES = (
    "answer_now", "salary", "not_decided", "on_hold", "need_more", "bad_moment", "offer", "rejected", "no_feedback",
    "no_calls",
)  # fmt: skip

#: How many points the first call says when it can.
_MOST_POINTS = 3
_USUAL_POINTS = 2


class CallDraft:
    """The facts of one call and the gaps met on the way. `folder` holds the user's own templates."""

    def __init__(
        self,
        facts: CallFacts,
        step: Step,
        settings: Settings,
        now: datetime,
        language: str,
        folder: Path | None,
        variant: Variant,
        rate: int | None = None,
    ) -> None:
        self._facts, self._step, self._settings, self._folder = facts, step, settings, folder
        self._kind = variant
        self._language, self._phrases = language, phrases(language)
        self._zone = zone_of(step.timezone)
        self._moment = (step.start or now).astimezone(self._zone)
        self._rate = rate or words_per_minute(language)
        self._gaps: dict[str, None] = {}
        name = facts.application.name
        self._file = f"{name}.toml"
        config = clean(settings.path.name) if settings.path else "config.toml"
        self._write_gap = gap_writer(self._phrases, self._file, config, name)
        self._callee = facts.callee.name if facts.callee else self._gap("callee")
        self._sentences = [point_sentence(point, self._callee, self._phrases) for point in facts.points]
        self._values = self._template_values()

    def script(self) -> Script:
        """The fullest script that keeps to the budget; where none does, the fullest, with a notice that says so."""
        first = None
        for said, topic in self._choices():
            script = self._with(said, topic)
            if script.words <= TALK_BUDGET[self._kind]:
                return script
            first = first or script
        assert first is not None  # noqa: S101 - there is always a choice
        return first

    def _choices(self) -> Iterator[tuple[tuple[int, ...], bool]]:
        """Which points are said, and whether a topic of the interview is: the best choice first."""
        every = range(len(self._sentences))
        if self._kind not in (Variant.CALL, Variant.SECOND_CALL):
            yield (), False
            return
        if self._kind is Variant.CALL:
            if len(every) >= _MOST_POINTS:
                yield tuple(every[:_MOST_POINTS]), True
            yield tuple(every[:_USUAL_POINTS]), True
            if len(every) >= _USUAL_POINTS:
                yield tuple(every[:_USUAL_POINTS]), False
            return
        # The second call brings one point that the first, if it reached anybody, had no room for.
        first = self._facts.first_call
        heard = _USUAL_POINTS if first is not None and first.outcome == "reached" else 0
        yield from (((index,), False) for index in every[heard:])
        if not every[heard:]:
            yield (), False

    def _with(self, said: tuple[int, ...], topic: bool) -> Script:
        facts = self._facts
        chosen = [self._sentences[index] for index in said]
        remembered = facts.topics[0].text if facts.topics else ""
        values = {
            **self._values,
            "points": chosen or [self._gap("points")],
            "new_point": chosen[0] if chosen else "",
            "topic": (sentence(remembered) if remembered else self._gap("topic")) if topic else "",
            "topic_is_gap": not remembered,
        }
        rendered = render(self._kind.value, self._language, values, self._folder)
        return self._assembled(list(self._sections(rendered, self._reserve(said, topic))))

    def _reserve(self, said: tuple[int, ...], topic: bool) -> Iterator[str]:
        """What is not said but may be asked for, and what they asked for that nothing on file answers."""
        facts = self._facts
        if self._kind not in (Variant.CALL, Variant.SECOND_CALL):
            return
        yield from (text for index, text in enumerate(self._sentences) if index not in said)
        first = self._kind is Variant.CALL
        titles = self._phrases.titles
        yield from (f"{titles['why']}: {sentence(text)}" for text in facts.why[1 if first else 0 :])
        yield from (f"{titles['topic']}: {sentence(one.text)}" for one in facts.topics[1 if topic else 0 :])
        if first:
            if len(facts.points) == 1:
                yield self._gap("one_more")
            yield from (self._gap("strength", need=need) for need in facts.unanswered_needs)
            yield from (self._gap("valued", text=text) for text in facts.unanswered_stress)

    def _gap(self, key: str, **values: str) -> str:
        """The gap in words; remembered, so that it can be told from what is said."""
        text = self._write_gap(key, **values)
        self._gaps[text] = None
        return text

    def _day(self, day: date | None) -> str:
        return day_month(day, self._language, self._moment.date()) if day else ""

    def _template_values(self) -> dict[str, Any]:
        facts, me, record = self._facts, self._settings.me, self._facts.application
        morning, later = self._phrases.labels["greetings"].split("|")
        decision, decision_day, period = self._decision()
        return {
            "me": clean(me.name or "") or self._gap("me_name"),
            "my_number": my_number(me, record, facts.callee) or self._gap("me_phone"),
            "greeting": morning if self._moment.hour < 12 else later,
            "callee": self._callee,
            "address": spoken_name(facts.callee) if facts.callee else self._callee,
            "company": record.company or self._gap("company"),
            "position": record.position or self._gap("position"),
            "met": facts.met,
            "interview_day": self._day(facts.interview.start.astimezone(self._zone).date()),
            "wrote": self._day(facts.wrote),
            "wrote_to": self._wrote_to(),
            "wrote_gap": "" if facts.wrote else self._gap("wrote"),
            "why": sentence(facts.why[0]) if facts.why else self._gap("why"),
            "decision": decision,
            "decision_day": decision_day,
            "decision_period": period,
            **self._their_word(),
            "may_ring_again": self._settings.rules.max_calls > 1,
            "name": record.name,
            "step": self._kind.value,
            **self._first_call(facts.first_call),
        }

    def _their_word(self) -> dict[str, str]:
        """What they rang about, the interview they invited to, and when they said they would ring."""
        facts = self._facts
        settled = ("offer", "invitation") if self._kind is Variant.OFFER else ("rejection",)
        incoming = facts.history.last(*settled)
        rounds = facts.application.rounds
        meeting = rounds[facts.round_number] if facts.round_number < len(rounds) else None
        invited = incoming is not None and incoming.step == "invitation"
        next_meeting = ""
        if invited and meeting is not None:
            when = moment_in_words(meeting.start.astimezone(self._zone), self._language)
            next_meeting = sentence(", ".join(filter(None, [when, meeting.place or meeting.link])))
        return {
            "incoming": incoming.step if incoming else "",
            "incoming_day": self._day(incoming.at.astimezone(self._zone).date()) if incoming else "",
            "next_meeting": next_meeting,
            "promised_call": self._promised_call() if self._kind is Variant.NO_SHOW else "",
        }

    def _promised_call(self) -> str:
        """When they said they would ring, as it is spoken; or the gap."""
        history, labels = self._facts.history, self._phrases.labels
        agreed = next((one.time for one in reversed(history.entries) if one.time and one.outcome != "moved"), None)
        by_phone = self._facts.decision.channel == "phone"
        day = self._facts.promised or (self._facts.decision.by if by_phone else None)
        if agreed is not None:
            day = agreed.astimezone(self._zone).date()
        if day is None:
            return self._gap("promised_call")
        return labels["today"] if day == self._moment.date() else labels["on_day"].format(day=self._day(day))

    def _wrote_to(self) -> str:
        """Names of those who got the follow-up e-mail, if the callee was not among them."""
        names = self._facts.wrote_to
        return "" if self._callee in names else self._phrases.labels["and"].join(names)

    def _first_call(self, first: LogEntry | None) -> dict[str, str]:
        """What is known of the call before this one."""
        if first is None:
            gap = self._gap("first_call") if self._kind is Variant.SECOND_CALL else ""
            return {"first_call": "", "first_call_gap": gap, "first_call_day": "", "promised_day": "", "reminder": ""}
        day = first.at.astimezone(self._zone).date()
        promise = self._phrases.labels["promised"]
        said = [first.note, promise.format(day=full_date(first.date, self._language)) if first.date else ""]
        told = " ".join(sentence(text) for text in said if text)
        missed = "missed" if first.outcome not in MADE else "reached"
        return {
            "first_call": "voicemail" if first.outcome == "voicemail" else missed,
            "first_call_gap": "",
            "first_call_day": self._day(day),
            "promised_day": self._day(first.date),
            "reminder": f"{full_date(day, self._language)}: {told}" if told else "",
        }

    def _decision(self) -> tuple[str, str, str]:
        """How they answered "how long": ``passed`` or ``ahead`` with a day, ``within`` with a period, or nothing."""
        decision = self._facts.decision
        day = self._facts.promised or decision.by
        if day:
            return ("passed" if day < self._moment.date() else "ahead"), self._day(day), ""
        if decision.within:
            return "within", "", period_in_words(decision.within, self._phrases)
        return "", "", ""

    def _sections(self, rendered: dict[str, tuple[str, ...]], reserve: Iterator[str]) -> Iterator[Section]:
        def lines(*blocks: str) -> tuple[Line, ...]:
            return tuple(
                Line(text, "" if index else self._phrases.cues.get(block, ""))
                for block in blocks
                for index, text in enumerate(rendered.get(block, ()))
            )

        parts = (
            ("before", "aside", lines("before")),
            ("reminder", "aside", lines("reminder")),
            ("gatekeeper", "variant", lines("gatekeeper", "gatekeeper_absent")),
            *((name, "talk", lines(name)) for name in _TALK),
            ("reserve", "reserve", tuple(Line(text) for text in reserve)),
            ("branches", "branch", lines(*_BRANCHES)),
            ("voicemail", "variant", lines("voicemail")),
            ("after", "aside", lines("after")),
        )
        for name, part, found in parts:
            if found:
                yield self._section(name, part, found)

    def _section(self, name: str, part: str, lines: tuple[Line, ...]) -> Section:
        titles = self._phrases.titles
        title = titles.get(f"{self._kind.value}.{name}", titles[name])
        if part not in ("talk", "variant"):
            return Section(name, title, part, lines)
        words = sum(self._count(line) for line in lines)
        budget = PART_BUDGETS.get(name, PART_BUDGET) * (len(lines) if name == "points" else 1)
        return Section(name, title, part, lines, words, seconds_of(words, self._rate), budget)

    def _count(self, line: Line) -> int:
        return count_words(line.text, tuple(self._gaps))

    def _assembled(self, sections: list[Section]) -> Script:
        words = sum(one.words for one in sections if one.part == "talk")
        head = tuple(self._head())
        shown = "\n".join([*(text for _, text in head), *(line.text for one in sections for line in one.lines)])
        heading = f"{self._phrases.labels[self._kind.value]}: {self._values['company']}, {self._values['position']}"
        return Script(
            step=self._step,
            language=self._language,
            heading=heading,
            head=head,
            phone=self._facts.phone,
            sections=tuple(self._with_notices(sections)),
            gaps=tuple(gap for gap in self._gaps if gap in shown),
            remarks=(),
            words=words,
            seconds=seconds_of(words, self._rate),
            words_per_minute=self._rate,
            variant=self._kind,
        )

    def _head(self) -> Iterator[tuple[str, str]]:
        labels, facts, step = self._phrases.labels, self._facts, self._step
        callee, record, one = facts.callee, facts.application, facts.interview
        country = country_name((callee.country if callee else None) or record.country, self._language)
        yield labels["who"], ", ".join(filter(None, [self._callee, callee.role if callee else None]))
        yield "", ", ".join(filter(None, [self._values["company"], country]))
        yield labels["number"], facts.phone or self._gap("number", name=self._callee)
        if step.start is None or step.end is None:
            yield labels["theirs"], labels["no_time"]
        else:
            mine = self._settings.me.timezone
            same = same_clock(step.start, step.timezone, mine)
            yield labels["theirs"], span_in_zone(step.start, step.end, step.timezone, self._language)
            yield (
                labels["mine"],
                (
                    labels["same"].format(zone=zone_in_words(mine, self._language))
                    if same
                    else span_in_zone(step.start, step.end, mine, self._language)
                ),
            )
        day = full_date(one.start.astimezone(self._zone).date(), self._language)
        yield labels["interview"], ", ".join(filter(None, [day, one.place]))

    def _with_notices(self, sections: list[Section]) -> Iterator[Section]:
        """The sections, each with what is wrong with it; of the whole talk, its longest part tells."""
        talk = [one for one in sections if one.part == "talk"]
        longest = max(talk, key=lambda one: one.words, default=None)
        words = sum(one.words for one in talk)
        foreign = any(is_foreign(point, self._phrases) for point in self._facts.points)
        quoting = next((one for one in sections if one.id in ("points", "new_point", "reserve")), None)
        for one in sections:
            found = list(self._notices(one))
            if one is longest and words > TALK_BUDGET[self._kind]:
                found.insert(0, self._long_talk(words, one))
            if one is quoting and foreign:
                found.insert(0, self._phrases.notices["foreign"])
            yield replace(one, notices=tuple(found))

    def _long_talk(self, words: int, longest: Section) -> str:
        return self._phrases.notices["long_talk"].format(
            words=words,
            seconds=seconds_of(words, self._rate),
            budget=TALK_BUDGET[self._kind],
            title=longest.title,
            longest=longest.words,
        )

    def _notices(self, one: Section) -> Iterator[str]:
        texts = self._phrases.notices
        if one.part in ("talk", "variant"):
            for phrase in stale(" ".join(line.text for line in one.lines), self._language):
                yield texts["small"].format(title=one.title, phrase=phrase.found, why=phrase.reason)
        if one.id == "voicemail":
            if one.words > PART_BUDGETS["voicemail"] or one.seconds > VOICEMAIL_SECONDS:
                yield texts["long_message"].format(
                    words=one.words, seconds=one.seconds, budget=one.budget, limit=VOICEMAIL_SECONDS
                )
        elif one.id == "points":
            for line in one.lines:
                yield from self._too_long(one.title, self._count(line), PART_BUDGET)
        elif one.budget is not None:
            yield from self._too_long(one.title, one.words, one.budget)

    def _too_long(self, title: str, words: int, budget: int) -> Iterator[str]:
        if words > budget:
            text = self._phrases.notices["long_section"]
            yield text.format(title=title, words=words, budget=budget, file=self._file)
