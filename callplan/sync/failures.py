"""What went wrong with a request, decided in one place. Pure: an answer goes in, a kind of failure comes out.

The status alone does not say it: 412 is a lost race, a taken UID or bad data, depending on the server; 403 is a
read-only calendar, a missing one, bad data or a quota. So the DAV:error body is read too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from callplan.errors import CallplanError, LoginError, ServerError
from callplan.message import message


class Failure(Enum):
    """Kinds of failure, by what has to be done about them."""

    # nothing else can work either
    LOGIN = auto()  # name and password refused
    FORBIDDEN = auto()  # signed in, but not allowed here
    MOVED = auto()  # a redirect, which is never followed
    UNREACHABLE = auto()  # no connection: nothing was sent
    TLS = auto()
    PLAIN = auto()  # https was asked of a server that does not speak it
    BUSY = auto()  # 429, 503, a quota: later
    FULL = auto()  # 507
    NOT_CALDAV = auto()  # a web page, half an answer, a server of another kind
    NO_CALENDAR = auto()  # 404 for the calendar itself
    # it may have worked: look
    TIMEOUT = auto()
    CUT_OFF = auto()
    BROKEN = auto()  # 5xx, 423
    # this one item
    GONE = auto()  # 404, 410
    CHANGED = auto()  # the version is not the one we knew
    UID_TAKEN = auto()  # the UID stands at another address
    REJECTED = auto()  # the server will not have this content


#: After one of these the run stops: every further request would meet the same.
STOPS = frozenset({
    Failure.LOGIN, Failure.FORBIDDEN, Failure.MOVED, Failure.UNREACHABLE, Failure.TLS, Failure.BUSY, Failure.FULL,
    Failure.PLAIN, Failure.NOT_CALDAV, Failure.NO_CALENDAR, Failure.TIMEOUT, Failure.CUT_OFF,
})  # fmt: skip

#: After one of these the write may have happened all the same.
UNSURE = frozenset({Failure.TIMEOUT, Failure.CUT_OFF, Failure.NOT_CALDAV})

#: After one of these the item is read, merged and tried once more.
TRY_AGAIN = frozenset({Failure.CHANGED, Failure.UID_TAKEN, Failure.GONE, Failure.BROKEN})


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `tree` is the parsed XML, None when it is none; `conditions` the names in a DAV:error body."""

    status: int
    etag: str | None = None
    tree: Any = None
    conditions: frozenset[str] = frozenset()
    html: bool = False
    location: str | None = None
    retry_after: float | None = None  # seconds from now
    quota: bool = False  # a 403 that speaks of usage limits (Google)
    date: str | None = None  # the server's clock, as it says


class Trouble(Exception):  # noqa: N818 - it is not an error for the user yet
    """A request that failed. `detail` never holds a secret; `retry_after` in seconds."""

    def __init__(self, failure: Failure, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(failure, detail)
        self.failure = failure
        self.detail = detail
        self.retry_after = retry_after


_UID_CONDITIONS = {"no-uid-conflict", "unique-scheduling-object-resource"}
_DATA_CONDITIONS = {
    "valid-calendar-data", "valid-calendar-object-resource", "supported-calendar-data", "supported-calendar-component",
    "max-resource-size", "min-date-time", "max-date-time", "max-instances", "max-attendees-per-instance",
    "same-organizer-in-all-components", "allowed-organizer-scheduling-object-change", "valid-filter",
}  # fmt: skip


def failure_of(answer: Answer, *, writing: bool) -> Failure | None:
    """The failure in an answer, None for a success. `writing`: it answers PUT or DELETE, else PROPFIND or REPORT."""
    status = answer.status
    if answer.conditions & _UID_CONDITIONS:
        return Failure.UID_TAKEN
    if status >= 400 and answer.conditions & _DATA_CONDITIONS:
        return Failure.REJECTED
    if 200 <= status < 300:
        if answer.html or (not writing and answer.tree is None) or (writing and status == 207):
            return Failure.NOT_CALDAV
        return None
    if 300 <= status < 400:
        return Failure.MOVED
    match status:
        case 401:
            return Failure.LOGIN
        case 403:
            return Failure.BUSY if answer.quota else Failure.FORBIDDEN
        case 404 | 410:
            return Failure.GONE if writing else Failure.NO_CALENDAR
        case 409:
            return Failure.UID_TAKEN if writing else Failure.NO_CALENDAR
        case 412:
            return Failure.CHANGED if writing else Failure.REJECTED
        case 429 | 503:
            return Failure.BUSY
        case 405 | 501:
            return Failure.NOT_CALDAV if not writing else Failure.FORBIDDEN
        case 423:
            return Failure.BROKEN
        case 507:
            return Failure.FULL
        case _ if status >= 500:
            return Failure.BROKEN
        case _:
            return Failure.REJECTED


def detail_of(answer: Answer) -> str:
    """What there is to add to the kind: where it moved to, or the number and names the server gave."""
    if 300 <= answer.status < 400:
        return answer.location or ""
    return f"{answer.status} {' '.join(sorted(answer.conditions))}".strip()


def connection_trouble(broken: OSError) -> Trouble:
    """Whether there was no connection at all (nothing was sent) or one that broke."""
    chain: list[str] = []
    cause: object = broken
    while isinstance(cause, BaseException) and len(chain) < 10:
        chain.append(type(cause).__name__)
        reason = getattr(cause, "reason", None)
        cause = (
            reason
            if isinstance(reason, BaseException)
            else (cause.args[0] if cause.args and isinstance(cause.args[0], BaseException) else cause.__cause__)
        )
    if "NameResolutionError" in chain or "gaierror" in chain:
        return Trouble(Failure.UNREACHABLE, message("no server of that name"))
    if "NewConnectionError" in chain or "ConnectionRefusedError" in chain or "ProxyError" in chain:
        return Trouble(Failure.UNREACHABLE, message("nobody answers there"))
    return Trouble(Failure.CUT_OFF)


#: What OpenSSL says of an answer that is no TLS at all; the newer word last.
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE")


def tls_trouble(broken: Exception) -> Trouble:
    """Whether the server speaks no TLS, or has a certificate that is not trusted."""
    told = str(broken).replace(" ", "_").upper()
    return Trouble(Failure.PLAIN if any(word in told for word in _NO_TLS) else Failure.TLS)


def as_error(trouble: Trouble, url: str) -> CallplanError:
    """The sentence and exit code for a failure that ends the run. `url` holds no secret."""
    detail = f" ({trouble.detail})" if trouble.detail else ""
    match trouble.failure:
        case Failure.LOGIN:
            return LoginError(
                message(
                    "{url} refused the name and password. Check [calendar] username and password_command; many "
                    "providers want an app password made in their settings instead of your usual one.",
                    url=url,
                )
            )
        case Failure.FORBIDDEN:
            return LoginError(
                message(
                    "{url} knows you but does not allow this{detail}. Either the calendar is read-only (a "
                    "subscription, a share, birthdays) or it does not exist. Put the address of a calendar of your "
                    "own in [calendar] url.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.MOVED:
            to = (
                message("to {detail}", detail=trouble.detail)
                if trouble.detail
                else message("elsewhere, without saying where")
            )
            return ServerError(
                message(
                    "{url} sends callplan {to}. callplan follows no redirect, because a redirected write loses its "
                    "text. If you trust the new address, put it in [calendar] url.",
                    url=url,
                    to=to,
                )
            )
        case Failure.UNREACHABLE:
            return ServerError(
                message(
                    "{url} cannot be reached{detail}. Check the address in [calendar] url and your connection.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.TLS:
            return ServerError(
                message(
                    "{url} has no certificate this computer trusts{detail}. Nothing was sent. If it is your own "
                    "server, give it a certificate of a known authority or add yours to the system's trusted ones.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.PLAIN:
            return ServerError(
                message(
                    "{url} does not speak https. Nothing was sent. If the server runs on this very computer, write "
                    "http:// before its address; for any other one callplan needs https, perhaps at another port.",
                    url=url,
                )
            )
        case Failure.BUSY:
            return ServerError(
                message(
                    "{url} asks for a pause{until}. What is missing comes with the next sync.",
                    url=url,
                    until=_until(trouble.retry_after),
                )
            )
        case Failure.FULL:
            return ServerError(
                message("{url} has no room left{detail}. Make room there and run sync again.", url=url, detail=detail)
            )
        case Failure.NO_CALENDAR:
            return ServerError(
                message(
                    "There is no calendar at {url}{detail}. Make one in your calendar program or on your provider's "
                    "page, and put its CalDAV address in [calendar] url.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.NOT_CALDAV:
            return ServerError(
                message(
                    "{url} answered with something that is no calendar data{detail}: a web page, a login page, or "
                    "half an answer. Check that [calendar] url is the CalDAV address of the calendar.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.TIMEOUT:
            return ServerError(
                message("{url} did not answer in time. Run sync again; what was done is not done twice.", url=url)
            )
        case Failure.CUT_OFF:
            return ServerError(
                message(
                    "{url} broke off the connection{detail}. Run sync again; what was done is not done twice.",
                    url=url,
                    detail=detail,
                )
            )
        case _:
            return ServerError(
                message(
                    "{url} failed{detail}. Run sync again later; what was done is not done twice.",
                    url=url,
                    detail=detail,
                )
            )


def as_login_error(trouble: Trouble, url: str) -> CallplanError:
    """The same where the address was typed, nothing has been synced yet, and there may be no settings file."""
    detail = f" ({trouble.detail})" if trouble.detail else ""
    match trouble.failure:
        case Failure.TLS | Failure.PLAIN:
            return as_error(trouble, url)
        case Failure.FORBIDDEN:
            return LoginError(
                message(
                    "{url} knows you but does not let callplan write{detail}. Take another calendar, or let callplan "
                    "make one: --make NAME.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.MOVED:
            return ServerError(
                message(
                    "{url} leads elsewhere{detail}, and your password is sent to no other server unasked. If you trust "
                    "the new address, run callplan login with it.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.UNREACHABLE:
            return ServerError(
                message(
                    "{url} cannot be reached{detail}. Check the address and your connection.", url=url, detail=detail
                )
            )
        case Failure.BUSY:
            return ServerError(
                message(
                    "{url} asks for a pause{until}. Run callplan login again after it.",
                    url=url,
                    until=_until(trouble.retry_after),
                )
            )
        case Failure.FULL:
            return ServerError(
                message(
                    "{url} has no room left{detail}. Make room there and run callplan login again.",
                    url=url,
                    detail=detail,
                )
            )
        case Failure.TIMEOUT:
            return ServerError(message("{url} did not answer in time. Run callplan login again.", url=url))
        case Failure.CUT_OFF:
            return ServerError(
                message("{url} broke off the connection{detail}. Run callplan login again.", url=url, detail=detail)
            )
        case _:
            return ServerError(message("{url} failed{detail}. Run callplan login again later.", url=url, detail=detail))


def about_item(trouble: Trouble) -> str:
    """The sentence for one item that could not be written, without its name."""
    detail = f" ({trouble.detail})" if trouble.detail else ""
    match trouble.failure:
        case Failure.CHANGED:
            return message("was changed on the server at the same moment, twice; the next sync tries again.")
        case Failure.UID_TAKEN:
            place = message("perhaps in another calendar or the trash")
            return message(
                "is refused because its UID stands elsewhere on the server{detail}, {place}.",
                detail=detail,
                place=place,
            )
        case Failure.REJECTED:
            return message("is refused by the server{detail}.", detail=detail)
        case Failure.GONE:
            return message("has no place on the server any more{detail}; the next sync looks again.", detail=detail)
        case Failure.FORBIDDEN:
            return message("may not be written by you{detail}.", detail=detail)
        case Failure.BUSY:
            return message("was not sent: the server asks for a pause{until}.", until=_until(trouble.retry_after))
        case Failure.FULL:
            return message("was not stored: the server has no room left.")
        case Failure.TIMEOUT | Failure.CUT_OFF | Failure.BROKEN:
            return message("was not stored: the server failed{detail}; the next sync tries again.", detail=detail)
        case _:
            return message("was not sent{detail}; the next sync tries again.", detail=detail)


def _until(seconds: float | None) -> str:
    """`` of 90 seconds``, `` of 2 hours``; nothing when it is not said or absurd."""
    if seconds is None or seconds > 30 * 86400:
        return ""
    if seconds < 120:
        return message(" of {count} seconds", count=round(seconds))
    if seconds < 7200:
        return message(" of {count} minutes", count=round(seconds / 60))
    return message(" of {count} hours", count=round(seconds / 3600))
