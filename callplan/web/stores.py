"""Where a published calendar can be put: a folder of this computer, or one that fsspec reaches.

fsspec opens most kinds of store by itself. Two it does not open as callplan needs them: over SFTP it believes any host
key, and a WebDAV folder it does not know by its address. Those are opened here. What goes wrong in a store, each has
errors of its own for; `trouble` makes one sentence and one exit code of them, without the address' password.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

from callplan.errors import CallplanError, LoginError, ServerError, UsageError
from callplan.extras import command_for
from callplan.message import message
from callplan.setting_values import is_loopback

#: Holds the password of the store, for those that have no place of their own for it.
PASSWORD = "CALLPLAN_PUBLISH_PASSWORD"  # noqa: S105 - the name of a variable

#: A store that does not answer within so many seconds is told, not waited for.
_PATIENCE = 30

#: What kind of store a scheme is, and the extra that brings its package along.
_EXTRAS = {"s3": "s3", "s3a": "s3", "sftp": "sftp", "ssh": "sftp", "webdav+https": "webdav", "webdav+http": "webdav"}

#: Stores where an object is there whole or not at all, however it is written.
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az", "memory"})


class Store(Protocol):
    """A folder somewhere. `name` is its address, a password in it included; `file` is always a plain name."""

    @property
    def name(self) -> str:
        """Its address."""

    def place(self, file: str) -> str:
        """The full place of a file, to be shown."""

    def exists(self, file: str) -> bool:
        """Whether the file is there."""

    def remove(self, file: str) -> None:
        """Take the file away."""

    def write(self, file: str, content: bytes) -> None:
        """Put the file there, whole or not at all where the store can do that."""

    def close(self) -> None:
        """Leave it."""


def open_store(target: str) -> Store:
    """The store of an address. Raises `UsageError` for one that will not do, else as `trouble`."""
    scheme = urlsplit(target).scheme.lower()
    if len(scheme) < 2:  # none, or a drive's letter
        return _Folder(Path(target).expanduser().resolve())
    if scheme == "file":
        return _Folder(Path(urlsplit(target).path).resolve())
    try:
        if scheme in {"sftp", "ssh"}:
            return _sftp(target)
        if scheme in {"webdav+https", "webdav+http"}:
            return _webdav(target)
        import fsspec.core  # noqa: PLC0415 - an extra

        patience = {"connect_timeout": _PATIENCE, "read_timeout": _PATIENCE}
        options = {"config_kwargs": patience} if scheme in {"s3", "s3a"} else {}
        system, root = fsspec.core.url_to_fs(target, use_listings_cache=False, **options)
    except ImportError:
        known = command_for(_EXTRAS[scheme]) if scheme in _EXTRAS else message("fsspec and its package for them")
        raise UsageError(
            message(
                "For {scheme}:// addresses callplan needs more: {known}. A folder needs nothing.",
                scheme=scheme,
                known=known,
            )
        ) from None
    except ValueError:  # what it says may hold a part of the password
        raise UsageError(
            message("{target} is no address that can be published to. docs/publish.md has them.", target=shown(target))
        ) from None
    except Exception as error:
        raise trouble(error, target) from error
    return _Far(system, str(root).rstrip("/"), target)


def shown(target: str) -> str:
    """The address without user name and password."""
    scheme, separator, rest = target.partition("://")
    login, _, place = rest.rpartition("@")
    # A slash in a password belongs written as %2F; who forgets it does not want to see the password either.
    return target if "/" in login and ":" not in login else f"{scheme}{separator}{place}"


def trouble(error: Exception, target: str) -> CallplanError:
    """What a store's error means to the user. Its own text is not repeated: it may hold a password."""
    if isinstance(error, CallplanError):
        return error
    where, host = shown(target), urlsplit(target).hostname or message("the server")
    names = {kind.__name__ for one in _causes(error) for kind in type(one).__mro__}
    codes = {getattr(one, "status_code", None) for one in _causes(error)}
    if "BadHostKeyException" in names:
        return ServerError(
            message(
                "{host} shows another key than the one in ~/.ssh/known_hosts. If it was set up anew, take the "
                "old one out with ssh-keygen -R {host}; if not, somebody may be listening in. Nothing was sent.",
                host=host,
            )
        )
    if "UnknownHostError" in names:
        return ServerError(
            message(
                "The key of {host} is not in ~/.ssh/known_hosts. Connect once with ssh {host}, compare the key, "
                "then publish again. Nothing was sent.",
                host=host,
            )
        )
    if urlsplit(target).scheme and (
        names & {"PermissionError", "AuthenticationException", "NoCredentialsError", "ForbiddenOperation"}
        or codes & {401, 403}
    ):
        return LoginError(
            message(
                "{where} refuses the name, key or password, or forbids writing there. Where each kind of store "
                "has its password is in docs/publish.md.",
                where=where,
            )
        )
    if urlsplit(target).scheme and names & {"FileNotFoundError", "ResourceNotFound", "ResourceConflict"}:
        return UsageError(
            message("There is no {where}. Make the bucket or folder first, or check the address.", where=where)
        )
    return ServerError(
        message(
            "{where} cannot be written ({reason}). Is it there, does it answer, and may you write there?",
            where=where,
            reason=type(error).__name__,
        )
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of this computer."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def place(self, file: str) -> str:
        return str(self.path / file)

    def exists(self, file: str) -> bool:
        return (self.path / file).is_file()

    def remove(self, file: str) -> None:
        (self.path / file).unlink()

    def write(self, file: str, content: bytes) -> None:
        """Whole or not at all, readable by the web server too."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".callplan-", dir=self.path)
        try:
            with os.fdopen(handle, "wb") as whole:
                whole.write(content)
                whole.flush()
                os.fsync(whole.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(self.path / file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """There is nothing to leave."""


@dataclass(frozen=True, slots=True)
class _Far:
    """A folder of a store that fsspec reaches."""

    system: Any
    root: str
    name: str

    def place(self, file: str) -> str:
        return f"{shown(self.name).rstrip('/')}/{file}"

    def exists(self, file: str) -> bool:
        return bool(self.system.exists(self._path(file)))

    def remove(self, file: str) -> None:
        self.system.rm_file(self._path(file))

    def write(self, file: str, content: bytes) -> None:
        """In one piece: an object of S3 or Google appears whole. Elsewhere beside it, and then moved."""
        protocol = self.system.protocol if isinstance(self.system.protocol, str) else self.system.protocol[0]
        kind = {"content_type": "text/calendar; charset=utf-8"} if protocol in {"gs", "gcs"} else {}
        if protocol in {"s3", "s3a"}:
            kind = {"ContentType": "text/calendar; charset=utf-8"}
        if protocol in _WHOLE:
            self.system.pipe_file(self._path(file), content, **kind)
            return
        if self.root:
            self.system.makedirs(self.root, exist_ok=True)
        beside = self._path(f".{file}.part")  # what a killed run left there, the next one writes over
        self.system.pipe_file(beside, content)
        if protocol == "webdav":  # `mv` copies and deletes; MOVE is one request, and the server's own rename
            self.system.client.move(beside, self._path(file), overwrite=True)
        else:
            self.system.mv(beside, self._path(file))

    def close(self) -> None:
        """End the connection, where the store has one of its own."""
        close = getattr(getattr(self.system, "client", None), "close", None)
        if close is not None:
            close()

    def _path(self, file: str) -> str:
        return f"{self.root}/{file}" if self.root else file


def _sftp(target: str) -> _Far:
    """A folder over SFTP, as ssh would go there: by ~/.ssh/config, and only to hosts in ~/.ssh/known_hosts."""
    import paramiko  # noqa: PLC0415 - an extra, as is the next one
    from fsspec.implementations.sftp import SFTPFileSystem  # noqa: PLC0415

    class UnknownHostError(Exception):
        pass

    class Refusing(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
        def missing_host_key(self, *_: object) -> None:
            raise UnknownHostError

    class CarefulSystem(SFTPFileSystem):  # type: ignore[misc]
        cachable = False  # a connection that broke is not used again

        def _connect(self) -> None:
            self.client = paramiko.SSHClient()
            self.client.load_system_host_keys()
            self.client.set_missing_host_key_policy(Refusing())
            self.client.connect(self.host, **self.ssh_kwargs)
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(_PATIENCE)

    parts = urlsplit(target)
    if not parts.hostname:
        raise UsageError(
            message(
                "{target} names no host. Write it like sftp://anna@host.example/var/www/calendars", target=shown(target)
            )
        )
    config = paramiko.SSHConfig()
    own = Path("~/.ssh/config").expanduser()
    if own.is_file():
        config = paramiko.SSHConfig.from_path(str(own))
    there = config.lookup(parts.hostname)
    given: dict[str, Any] = {
        "port": parts.port or int(there.get("port", 22)),
        "username": unquote(parts.username) if parts.username else there.get("user"),
        "password": _password(target),
        "key_filename": there.get("identityfile"),
        **dict.fromkeys(("timeout", "banner_timeout", "auth_timeout"), _PATIENCE),
    }
    system = CarefulSystem(there.get("hostname", parts.hostname), **{key: one for key, one in given.items() if one})
    return _Far(system, unquote(parts.path).removeprefix("/~/").rstrip("/"), target)


def _webdav(target: str) -> _Far:
    """A folder over WebDAV. The password goes over https only, but for this computer itself."""
    from webdav4.fsspec import WebdavFileSystem  # noqa: PLC0415 - an extra

    parts = urlsplit(target)
    host = parts.hostname or ""
    scheme = parts.scheme.lower().removeprefix("webdav+")
    if not host or (scheme == "http" and not is_loopback(host)):
        raise UsageError(
            message(
                "{target} will not do. Write it like webdav+https://cloud.example/dav/calendars", target=shown(target)
            )
        )
    name, password = unquote(parts.username or ""), _password(target)
    if not name or password is None:
        name, password = _from_netrc(host, name) or (name, password)
    base = urlunsplit((scheme, parts.netloc.rpartition("@")[2], "", "", ""))
    auth = (name, password or "") if name else None
    system = WebdavFileSystem(base, auth=auth, timeout=_PATIENCE, skip_instance_cache=True)
    return _Far(system, unquote(parts.path).strip("/"), target)


def _password(target: str) -> str | None:
    """The store's password: from the environment, else the one in the address."""
    given = urlsplit(target).password
    return os.environ.get(PASSWORD) or (unquote(given) if given else None)


def _from_netrc(host: str, name: str) -> tuple[str, str] | None:
    """What ~/.netrc has for the host, and for that name if there is one."""
    import netrc  # noqa: PLC0415

    try:
        found = netrc.netrc().authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return None
    if found is None or (name and found[0] != name):
        return None
    return found[0], found[2] or ""
