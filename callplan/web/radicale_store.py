"""Radicale's file storage, without its two scans of the whole collection at each new event.

Stock Radicale reads every item to find out whether a UID is taken, and looks through all its history for what has
expired: N new events cost N squared. Here the UIDs are remembered for as long as a file's stamp stays the same (one
stat each, so another process's writes are seen), and history is cleaned once an hour. The files on disk are stock
Radicale's, and stock Radicale can go on with them.
"""

from __future__ import annotations

import os
from time import monotonic
from typing import cast

from radicale import config, pathutils
from radicale.storage import multifilesystem

_CLEAN_EVERY_SECONDS = 3600.0

#: What tells one state of a file from another, and the UID in it.
_Seen = tuple[tuple[int, int, int], str]


class _Collection(multifilesystem.Collection):
    """A calendar."""

    def has_uid(self, uid: str) -> bool:
        """Whether an item has this UID. Radicale asks under its write lock, so nobody else changes the answer."""
        storage = cast("Storage", self._storage)
        known = storage.uids.get(self.path, {})
        present: dict[str, _Seen] = {}
        with os.scandir(self._filesystem_path) as entries:
            for entry in entries:
                seen = known.get(entry.name)
                if seen is None and not (pathutils.is_safe_filesystem_path_component(entry.name) and entry.is_file()):
                    continue
                stat = entry.stat()
                stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
                if seen is None or seen[0] != stamp:
                    item = self._get(entry.name, verify_href=False)
                    if item is None:
                        continue
                    seen = (stamp, item.uid)
                present[entry.name] = seen
        storage.uids[self.path] = present
        return any(known_uid == uid for _, known_uid in present.values())

    def _clean_history(self) -> None:
        storage = cast("Storage", self._storage)
        now = monotonic()
        if now - storage.cleaned.get(self.path, -_CLEAN_EVERY_SECONDS) >= _CLEAN_EVERY_SECONDS:
            storage.cleaned[self.path] = now
            super()._clean_history()  # type: ignore[no-untyped-call]


class Storage(multifilesystem.Storage):
    """The storage, with what it remembers of each calendar."""

    _collection_class = _Collection

    def __init__(self, configuration: config.Configuration) -> None:
        super().__init__(configuration)
        self.uids: dict[str, dict[str, _Seen]] = {}
        self.cleaned: dict[str, float] = {}
