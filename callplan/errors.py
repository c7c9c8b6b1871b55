"""What can go wrong, in sentences a person can act on.

Each class carries the exit code of the command line (`docs/exit-codes.md`). A message says what happened, where,
and what to do. Secrets never enter a message.
"""

from __future__ import annotations

from callplan.message import Message, message


class CallplanError(Exception):
    """Something a person can mend. `str()` of it is the whole message, in English."""

    exit_code = 1

    @property
    def message(self) -> str:
        """The message as it was composed: one of `callplan.message` can be said in the user's language."""
        return next(iter(self.args), "")


class UsageError(CallplanError):
    """The words of the command do not fit: no such application, an ambiguous name."""

    exit_code = 2


class EtiquetteError(CallplanError):
    """A contact that good manners forbid: the second follow-up e-mail, the third call."""

    exit_code = 3


class RecordError(CallplanError):
    """A faulty application, setting or input file; possibly several, one line each."""

    exit_code = 4


class ServerError(CallplanError):
    """The calendar server cannot be reached, or does not do what CalDAV asks of it."""

    exit_code = 5


class LoginError(CallplanError):
    """The calendar server refuses the name and password, or forbids writing."""

    exit_code = 6


class DecisionError(CallplanError):
    """A conflict, or a mass deletion, that only the user can decide."""

    exit_code = 7


class PartlyDoneError(CallplanError):
    """Some items were done and some were not; the message lists the rest."""

    exit_code = 8


def reason_of(error: OSError) -> Message:
    """What the system says is wrong, without its full stop: ``Permission denied``."""
    return message(error.strerror or type(error).__name__)
