"""The calendar's password asked for where it is kept nowhere and somebody is at the keyboard to type it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from callplan.cli.language import told
from callplan.cli.terminal import filled, say_notice

if TYPE_CHECKING:
    from callplan.settings import CalendarSettings


@contextmanager
def asked_for() -> Iterator[None]:
    """Within it, a password that is kept nowhere is asked for; never without a terminal to type at."""
    if not sys.stdin.isatty():
        yield
        return
    from callplan.sync.password import asking

    with asking(_ask):
        yield


def _ask(calendar: CalendarSettings) -> str:
    from callplan.sync.keep_login import how_to_keep
    from callplan.sync.password import account

    question = told("Password of {account} (it is kept nowhere)").format(account=account(calendar))
    answer: str = click.prompt(filled(question), hide_input=True, err=True)
    say_notice(how_to_keep(calendar))
    return answer
