"""Where things lie: the settings file, the book, the state, the data."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Absolute paths; none of them need exist yet.

    `config` is the settings file. `book` is the folder of applications, `state` the folder of the sync state and the
    feed's secret, `data` that of the built-in calendar server.
    """

    config: Path
    book: Path
    state: Path
    data: Path

    def kept(self, what: str) -> Path:
        """The file in which something about this book is kept between runs (``listing.json``); never needed."""
        name = "-".join(str(self.book).replace(os.sep, " ").replace(":", " ").split())
        stem, dot, suffix = what.partition(".")
        return self.state / f"{stem}-{name[-80:]}{dot}{suffix}"

    def forget_kept(self) -> None:
        """Delete all that is kept of this book between runs."""
        for what in KEPT:
            self.kept(what).unlink(missing_ok=True)


#: What is kept of a book between runs: what `callplan list` shows, what its files hold and those of its archive, where
#: its numbers ring, and what was typed at an `add` that was broken off.
KEPT = LISTING, APPLICATIONS, ARCHIVE, NUMBERS, UNFINISHED = (
    "listing.json", "applications.pickle", "archive.pickle", "numbers.json", "unfinished.json",
)  # fmt: skip


def places(
    config: str | Path | None = None,
    book: str | Path | None = None,
    state: str | Path | None = None,
    data: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Places:
    """The places in use: what is given, else ``CALLPLAN_CONFIG`` (a file), ``CALLPLAN_BOOK``, ``CALLPLAN_STATE`` and
    ``CALLPLAN_DATA`` (folders), else the platform's own (`platformdirs`).

    The book lies in the data folder unless it is named itself. An empty text counts as absent; ``~`` is the home.
    """
    told = os.environ if environ is None else environ

    def named(given: str | Path | None, variable: str) -> Path | None:
        text = str(given or "") or told.get(variable, "")
        return Path(text).expanduser().absolute() if text else None

    in_config = named(config, "CALLPLAN_CONFIG")
    in_state = named(state, "CALLPLAN_STATE")
    in_data = named(data, "CALLPLAN_DATA")
    in_book = named(book, "CALLPLAN_BOOK")
    if not (in_config and in_state and in_data):
        from platformdirs import PlatformDirs  # noqa: PLC0415 - not needed when all is named

        folders = PlatformDirs("callplan", appauthor=False)
        in_config = in_config or folders.user_config_path / "config.toml"
        in_state = in_state or folders.user_state_path
        in_data = in_data or folders.user_data_path
    return Places(in_config, in_book or in_data / "book", in_state, in_data)
