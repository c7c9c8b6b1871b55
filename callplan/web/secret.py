"""Secrets: what is in the feed's address, in the link to the pages, and the built-in server's password.

Each lives in a file of its own in the state folder, readable by its owner alone. What was given out before is kept
as a hash, so that an address that was taken back can be told from one that never was (410 and 404).
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock

from callplan.errors import RecordError
from callplan.message import message

#: 24 random bytes: 192 bits, 32 characters of an address.
_BYTES = 24

#: Letters and digits nobody mixes up: the password is typed on a telephone once.
_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 (an alphabet)
_PASSWORD_GROUPS, _PASSWORD_GROUP = 4, 7  # 28 of 31 letters: 138 bits


class Verdict(Enum):
    """What an offered secret is."""

    CURRENT = "current"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret of one door: the valid one (None: the door is shut), and hashes of those taken back."""

    current: str | None
    revoked: tuple[str, ...] = ()

    def judge(self, offered: str) -> Verdict:
        """Say what `offered` is, in a time that does not depend on how much of it is right."""
        digest = _hash(offered)
        verdict = Verdict.UNKNOWN
        for known in self.revoked:
            if hmac.compare_digest(known, digest):
                verdict = Verdict.REVOKED
        # Without a current secret an impossible hash is compared, so that both cases take the same path.
        if hmac.compare_digest(_hash(self.current) if self.current else "-" * 64, digest):
            verdict = Verdict.CURRENT
        return verdict


class SecretFile:
    """A secret on disk. Read again whenever the file changed: a rotation shows at once in a running server."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._secret = Secret(None)

    def secret(self) -> Secret:
        """The secret as it stands; made on first use. Raises `RecordError` when the file is no secret file."""
        with self._lock:
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                _write_new(self.path, _as_text(Secret(secrets.token_urlsafe(_BYTES))))
                stat = self.path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._secret = _from_text(self.path)
                self._seen = seen
            return self._secret

    def rotate(self) -> Secret:
        """Take the present secret back and make a new one."""
        return self._replace(secrets.token_urlsafe(_BYTES))

    def revoke(self) -> Secret:
        """Take the present secret back and leave the door shut, until `rotate`."""
        return self._replace(None)

    def _replace(self, new: str | None) -> Secret:
        old = self.secret()
        revoked = (*old.revoked, _hash(old.current)) if old.current else old.revoked
        write_private(self.path, _as_text(Secret(new, revoked)))
        return self.secret()


def password(path: Path) -> str:
    """The built-in server's password, made on first use and kept as plain text for its owner to copy."""
    with contextlib.suppress(FileNotFoundError):
        _keep_private(path)
        if kept := path.read_text(encoding="utf-8").strip():
            return kept
        path.unlink()  # emptied by hand: the way to ask for a new one
    _write_new(path, _random_password() + "\n")
    return path.read_text(encoding="utf-8").strip()


def new_password(path: Path) -> str:
    """Another password in the place of the present one."""
    write_private(path, _random_password() + "\n")
    return path.read_text(encoding="utf-8").strip()


def _random_password() -> str:
    groups = (
        "".join(secrets.choice(_PASSWORD_LETTERS) for _ in range(_PASSWORD_GROUP)) for _ in range(_PASSWORD_GROUPS)
    )
    return "-".join(groups)


def write_private(path: Path, text: str) -> None:
    """Put `text` into the file at one stroke; nobody but its owner can read it."""
    temporary = _temporary(path, text)
    temporary.replace(path)


def _write_new(path: Path, text: str) -> None:
    """Make the file unless another process was quicker; then that one's stands."""
    temporary = _temporary(path, text)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _temporary(path: Path, text: str) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mkstemp: 0600 from the first byte
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _as_text(secret: Secret) -> str:
    return json.dumps({"current": secret.current, "revoked": list(secret.revoked)}, indent=1) + "\n"


def _from_text(path: Path) -> Secret:
    _keep_private(path)
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        current, revoked = fields["current"], fields["revoked"]
        if not (current is None or (isinstance(current, str) and len(current) >= 22)):  # 22 characters: 128 bits
            raise ValueError("current")
        return Secret(current, tuple(str(one) for one in revoked))
    except (ValueError, KeyError, TypeError):
        raise RecordError(
            message(
                "{file} does not hold a secret of callplan. Remove the file to have a new one made; the "
                "addresses given out so far will then answer 404.",
                file=str(path),
            )
        ) from None


def _keep_private(path: Path) -> None:
    """Take from others what a copy or a restored backup may have given them."""
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
