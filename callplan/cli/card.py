"""`callplan card`: the one-screen list for the end of the interview."""

from __future__ import annotations

from dataclasses import asdict

import click

from callplan.cli import when
from callplan.cli.frame import Frame, declare
from callplan.cli.naming import application_argument
from callplan.cli.rounds import round_at_hand
from callplan.cli.terminal import Styled, say, say_fitted, say_json, say_prose

_EXAMPLES = """\
callplan card nordlys
callplan card nordlys --round 2
"""


@declare("card", _EXAMPLES)
@application_argument()
@click.option("--round", "round_number", type=click.IntRange(1), help="Which interview. [the one at hand]")
@click.option("--json", "as_json", is_flag=True, help="For programs: questions, cards and hints.")
@click.pass_obj
def command(frame: Frame, name: str, round_number: int | None, as_json: bool) -> None:
    """Show the list for the end of the interview: how long, who, how, and their cards.

    One screen, in the language the interview is held in, so that each question can be said as it stands.
    """
    from callplan.words.card import pocket_card
    from callplan.words.letter_language import letter_language

    application = frame.find(name)
    number = round_at_hand(application, round_number, frame.now)
    one = application.rounds[number - 1]
    card = pocket_card(application, one, letter_language(application, frame.settings.me.language))
    if as_json:
        say_json({"application": application.name, "round": number, **asdict(card)})
        return
    here = when.span(one.start.astimezone(frame.zone), one.end.astimezone(frame.zone), frame.now.date())
    say_fitted(Styled(f"{application.company}: {application.position}", bold=True))
    say_fitted(f"{here}" + (f", {one.place or one.link}" if one.place or one.link else ""))
    say()
    say(Styled(card.title, bold=True))
    for point in card.questions:
        say_prose(f"[ ] {point.label} {point.said}", indent="  ", hanging="      ")
        if point.known:
            say_prose(point.known, indent="      ")
    say(Styled(card.cards_title, bold=True))
    say_prose(card.ask, indent="  ")
    for point in card.cards:
        known = f" – {point.known}" if point.known else ""
        say_prose(f"[ ] {point.label}{known}", indent="  ", hanging="      ")
    for hint in card.hints:
        say_prose(hint, indent="  ")
