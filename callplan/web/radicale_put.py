"""Radicale's application, with a short way for the one request that comes by the hundred: PUT of a plain event."""

from __future__ import annotations

from http import client
from io import BytesIO
from typing import Any

from radicale import httputils, pathutils, storage
from radicale.app import Application
from radicale.app.base import Access
from radicale.item import Item

from callplan.web.radicale_plain import Plain, plain_event

#: What Radicale's request handlers return: status, headers, body, the XML that was asked.
_Answer = tuple[int, Any, Any, Any]


class CalendarApplication(Application):
    """Radicale for one owner, without sharing and hooks."""

    def do_PUT(self, environ: Any, base_prefix: str, path: str, user: str, *more: Any) -> _Answer:  # noqa: N802
        """Store a plain event in a calendar; all else is Radicale's own affair."""
        try:
            body = httputils.read_raw_request_body(self.configuration, environ)
        except TimeoutError:
            return httputils.REQUEST_TIMEOUT
        except RuntimeError:
            return httputils.BAD_REQUEST
        event = _event(body, environ.get("CONTENT_TYPE", ""))
        access = Access(self._rights, user, set(), path)
        if event is not None and access.check("w") and "w" in access.parent_permissions:
            answer = self._put(event, environ, path, user, access)
            if answer is not None:
                return answer
        environ["wsgi.input"] = BytesIO(body)
        return super().do_PUT(environ, base_prefix, path, user, *more)

    def _put(self, event: Plain, environ: Any, path: str, user: str, access: Access) -> _Answer | None:
        """As Radicale's own PUT of one item; None where that has more to say."""
        with self._storage.acquire_lock("w", user, path=path, request="PUT", actor=user):
            parent = next(iter(self._storage.discover(access.parent_path)), None)
            if not isinstance(parent, storage.BaseCollection) or parent.tag != "VCALENDAR":
                return None
            there = next(iter(self._storage.discover(path)), None)
            if isinstance(there, storage.BaseCollection) or len(event.text) > self._max_resource_size:
                return None
            wanted = environ.get("HTTP_IF_MATCH", "")
            if wanted and (there is None or wanted not in ("*", there.etag)):
                return httputils.PRECONDITION_FAILED
            if there and environ.get("HTTP_IF_NONE_MATCH", "") == "*":
                return httputils.PRECONDITION_FAILED
            if there.uid != event.uid if there else parent.has_uid(event.uid):
                return None
            item = Item(
                collection_path=pathutils.strip_path(access.parent_path), text=event.text, uid=event.uid,
                name="VCALENDAR", component_name="VEVENT", time_range=(event.start, event.end),
            )  # fmt: skip
            try:
                stored, _ = parent.upload(pathutils.strip_path(path).rpartition("/")[2], item)
            except ValueError:
                return None
            return client.NO_CONTENT if there else client.CREATED, {"ETag": stored.etag}, None, None


def _event(body: bytes, content_type: str) -> Plain | None:
    if "charset=" in content_type.lower() and "utf-8" not in content_type.lower():
        return None
    try:
        return plain_event(body.decode())
    except UnicodeDecodeError:
        return None
