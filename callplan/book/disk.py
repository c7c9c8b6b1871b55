"""Files of the book, read and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callplan.errors import RecordError
from callplan.message import joined, message
from callplan.quoted import shown

#: Larger than a lifetime of notes on one interview. A larger file is something else, and slow to read.
LARGEST = 1_000_000

_BOM = b"\xef\xbb\xbf"  # what Windows' Notepad puts before UTF-8


def stem(path: Path) -> str:
    """The name of an application: the file's without ``.toml``. Raises `RecordError` when it cannot be shown."""
    name = path.name.removesuffix(".toml")
    if not name.isprintable() or name != name.strip():
        raise RecordError(
            message(
                "{label}: the name of this file holds characters that cannot be shown. Rename it.", label=label(path)
            )
        )
    return name


def label(path: Path) -> str:
    """The file's name, as messages give it."""
    return shown(path.name)[1:-1] if len(path.name) <= 60 else f"{shown(path.name[:50])[1:-1]}….toml"


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was read."""

    path: Path
    data: bytes
    mode: int

    @property
    def target(self) -> Path:
        """Where the bytes really lie, once links are followed."""
        return Path(os.path.realpath(self.path))

    @property
    def text(self) -> str:
        """The text without a byte order mark; line ends as they are. Raises `RecordError` when it is no UTF-8."""
        try:
            return self.data.removeprefix(_BOM).decode("utf-8")
        except UnicodeDecodeError as error:
            data = self.data.removeprefix(_BOM)
            line = data.count(b"\n", 0, error.start) + 1
            if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise RecordError(
                    message("{label}: this is UTF-16. Save it as UTF-8.", label=label(self.path))
                ) from None
            raise RecordError(
                message(
                    "{label}, line {line}: the byte 0x{data:02x} is no UTF-8. Save the file as UTF-8.",
                    label=label(self.path),
                    line=line,
                    data=data[error.start],
                )
            ) from None

    def encoded(self, text: str) -> bytes:
        """Changed text as bytes, with the byte order mark of the original."""
        return (_BOM if self.data.startswith(_BOM) else b"") + text.encode("utf-8")


def read_text(path: Path) -> str:
    """The text of a file of the book, ``\\r\\n`` and all. Raises `RecordError` with a sentence."""
    return read(path).text


def read(path: Path) -> Content:
    """A file of the book. Raises `RecordError`: missing, unreadable, too large, no file at all."""
    try:
        # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise RecordError(joined("", (f"{label(path)} ", _trouble(path, error), "."))) from None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        kind = message("a folder") if stat.S_ISDIR(status.st_mode) else message("no file (a pipe or a device)")
        raise RecordError(
            message(
                "{label} is {kind}, and its name says it is an application. Rename it.", label=label(path), kind=kind
            )
        )
    try:
        with os.fdopen(handle, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise RecordError(joined("", (f"{label(path)} ", _trouble(path, error), "."))) from None
    if len(data) > LARGEST:
        raise RecordError(
            message(
                "{label} is larger than a million bytes: that is no application. Move it elsewhere.", label=label(path)
            )
        )
    return Content(path, data, stat.S_IMODE(status.st_mode))


def replace(content: Content, text: str) -> None:
    """Put `text` in the place of what was read: whole or not at all, keeping mode, owner and links.

    Raises `RecordError` when the file has changed since, or cannot be written; it is then as it was.
    """
    data, target = content.encoded(text), content.target
    if len(data) > LARGEST:
        raise RecordError(
            message("{label} would grow beyond a million bytes. Nothing was written.", label=label(content.path))
        )
    if not os.access(target, os.W_OK):
        raise RecordError(message("{label} is read-only. Nothing was written.", label=label(content.path)))
    try:
        fresh = _written_beside(target, data, content.mode)
        try:
            _keep_owner(fresh, target)
            if target.read_bytes() != content.data:
                raise RecordError(
                    message("{label} was changed by something else just now. Try again.", label=label(content.path))
                )
            fresh.replace(target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _settle(target.parent)
    except OSError as error:
        raise RecordError(
            message(
                "{label} {trouble}. It is as it was.", label=label(content.path), trouble=_trouble(content.path, error)
            )
        ) from None


def create(path: Path, text: str) -> bool:
    """Make a new file that nobody but the user can read. False, and nothing done, when there is one of that name.

    Raises `RecordError` when it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = _written_beside(path, text.encode("utf-8"), 0o600)
        try:
            os.link(fresh, path)  # unlike a rename, this never replaces what is there
        except FileExistsError:
            return False
        except OSError:  # no hard links here (FAT, some network disks)
            return _created_in_place(path, text.encode("utf-8"))
        finally:
            fresh.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as error:
        raise RecordError(
            message("{label} {trouble}. Nothing was written.", label=label(path), trouble=_trouble(path, error))
        ) from None
    return True


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other callplan changes files in `folder` meanwhile. (Where the system cannot lock, the check in `replace`
    still sees other writers.)
    """
    handle = None
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except (ImportError, OSError):
        pass
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _written_beside(path: Path, data: bytes, mode: int) -> Path:
    """A hidden new file in the same folder (a rename cannot cross disks), safely on the disk."""
    fresh = path.with_name(f".callplan-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(fresh, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return fresh


def _created_in_place(path: Path, data: bytes) -> bool:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return True


def _keep_owner(fresh: Path, old: Path) -> None:
    """Root edits a user's file: it stays the user's."""
    status = old.stat()
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (fresh.stat().st_uid, fresh.stat().st_gid):
        with contextlib.suppress(OSError):
            os.chown(fresh, status.st_uid, status.st_gid)


def _settle(folder: Path) -> None:
    """Make a rename outlast a power cut. Some file systems cannot, and nothing is lost but that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _trouble(path: Path, error: Exception) -> str:
    match getattr(error, "errno", None):
        case errno.ENOENT:
            return message("is a link to a file that is not there") if path.is_symlink() else message("is not there")
        case errno.ELOOP:
            return message("is a link that leads back to itself")
        case errno.EACCES | errno.EPERM:
            return message("may not be opened: you lack the permission")
        case errno.ENXIO:
            return message("is no file (a socket or a device), and its name says it is an application")
        case errno.ENOSPC | errno.EDQUOT:
            return message("cannot be written: the disk is full")
        case errno.EROFS:
            return message("cannot be written: the disk is read-only")
        case errno.ENAMETOOLONG:
            return message("has too long a name")
        case _:
            reason = error.strerror if isinstance(error, OSError) else None
            return message(
                "cannot be used: {reason}", reason=message(reason) if reason else message("its name is impossible")
            )
