"""Radicale's file storage, without its scans of the whole collection at each new event.

Stock Radicale reads every item to find out whether a UID is taken, and looks through all its history for what has
expired: N new events cost N squared. Here the UIDs are remembered. They are believed for as long as the folder's stamp
stays the same (every write of Radicale's, in whichever process, changes it), and for two seconds at most: then each
file is asked for its stamp, for somebody may have edited one in place. History is cleaned once an hour. An item is
flushed to the disk before it is answered for; caches, which can be made again, are not. The files on disk are stock
Radicale's, and stock Radicale can go on with them.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any, cast

from radicale import config, pathutils
from radicale.item import Item
from radicale.storage import multifilesystem

from callplan.web.radicale_zones import remember_zones

_CLEAN_EVERY_SECONDS = 3600.0
_BELIEVED_SECONDS = 2.0
_CACHES = ".Radicale.cache"

_Stamp = tuple[int, int, int]


@dataclass(slots=True)
class _Known:
    """The items of a folder: by file name its stamp and UID, and how often each UID is there."""

    folder: _Stamp
    looked: float
    items: dict[str, tuple[_Stamp, str]]
    count: dict[str, int]


class _Collection(multifilesystem.Collection):
    """A calendar."""

    def has_uid(self, uid: str) -> bool:
        """Whether an item has this UID. Radicale asks under its write lock, so nobody else changes the answer."""
        known = self._known.get(self.path)
        if known is None or monotonic() - known.looked > _BELIEVED_SECONDS or known.folder != self._folder_stamp():
            known = self._known[self.path] = self._look(known.items if known else {})
        return known.count.get(uid, 0) > 0

    def upload(self, href: str, item: Item) -> tuple[Item, Item | None]:
        """Store an item. The write lock is held, so that what was known before is still so, but for this one."""
        known = self._known.get(self.path)
        before = self._folder_stamp()
        stored, replaced = super().upload(href, item)
        if known is not None and replaced is None and known.folder == before:
            known.items[href] = (_stamp(os.stat(f"{self._filesystem_path}/{href}")), stored.uid)  # noqa: PTH116
            known.count[stored.uid] = known.count.get(stored.uid, 0) + 1
            known.folder = self._folder_stamp()
        return stored, replaced

    def _folder_stamp(self) -> _Stamp:
        return _stamp(os.stat(self._filesystem_path))  # noqa: PTH116 - asked three times for each write

    def _look(self, before: dict[str, tuple[_Stamp, str]]) -> _Known:
        folder, looked = self._folder_stamp(), monotonic()
        present: dict[str, tuple[_Stamp, str]] = {}
        with os.scandir(self._filesystem_path) as entries:
            for entry in entries:
                seen = before.get(entry.name)
                if seen is None and not (pathutils.is_safe_filesystem_path_component(entry.name) and entry.is_file()):
                    continue
                stamp = _stamp(entry.stat())
                if seen is None or seen[0] != stamp:
                    item = self._get(entry.name, verify_href=False)
                    if item is None:
                        continue
                    seen = (stamp, item.uid)
                present[entry.name] = seen
        return _Known(folder, looked, present, _counted(uid for _, uid in present.values()))

    def _clean_history(self) -> None:
        cleaned = cast("Storage", self._storage).cleaned
        now = monotonic()
        if now - cleaned.get(self.path, -_CLEAN_EVERY_SECONDS) >= _CLEAN_EVERY_SECONDS:
            cleaned[self.path] = now
            super()._clean_history()  # type: ignore[no-untyped-call]

    def _load_item_cache(self, href: str, cache_hash: str) -> Any:
        try:
            return super()._load_item_cache(href, cache_hash)
        except EOFError:  # a power cut before the cache was on the disk
            return None

    def _update_history_etag(self, href: str, item: Item | None) -> str:
        try:
            return cast("str", super()._update_history_etag(href, item))  # type: ignore[no-untyped-call]
        except EOFError:
            (Path(self._filesystem_path) / _CACHES / "history" / href).unlink(missing_ok=True)
            return cast("str", super()._update_history_etag(href, item))  # type: ignore[no-untyped-call]

    @contextlib.contextmanager
    def _atomic_write(self, path: str, mode: str = "w", newline: str | None = None) -> Iterator[IO[Any]]:
        """A file that takes the place of the one at `path` when it is whole.

        What lasts is on the disk when this ends. A new file may get its name before: then file and name go to the disk
        together, in half the time. A power cut in between leaves a broken item that nobody was answered for, and that
        Radicale passes over. What is replaced keeps its old version until the new one is on the disk.
        """
        folder = os.path.dirname(path)  # noqa: PTH120
        lasting = f"{os.sep}{_CACHES}{os.sep}" not in path
        named_first = os.name == "posix" and not os.path.lexists(path)
        handle, present = tempfile.mkstemp(prefix=".Radicale.tmp-", dir=folder)
        try:
            with open(handle, mode, newline=newline, encoding=None if "b" in mode else self._encoding) as file:  # noqa: PTH123
                yield file
                file.flush()
                if named_first:
                    os.replace(present, path)  # noqa: PTH105
                    present = path
                if lasting:
                    self._storage._fsync(file)
            if not named_first:
                os.replace(present, path)  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(present)  # noqa: PTH108
            raise
        if lasting:
            self._storage._sync_directory(folder)

    @property
    def _known(self) -> dict[str, _Known]:
        return cast("Storage", self._storage).known


class Storage(multifilesystem.Storage):
    """The storage, with what it remembers of each calendar."""

    _collection_class = _Collection

    def __init__(self, configuration: config.Configuration) -> None:
        super().__init__(configuration)
        remember_zones()
        self.known: dict[str, _Known] = {}
        self.cleaned: dict[str, float] = {}


def _stamp(stat: os.stat_result) -> _Stamp:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _counted(uids: Iterable[str]) -> dict[str, int]:
    count: dict[str, int] = {}
    for uid in uids:
        count[uid] = count.get(uid, 0) + 1
    return count
