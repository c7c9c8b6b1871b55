"""Real stores on loopback to publish to: OpenSSH's SFTP, a WebDAV server, an S3 server. For `test_stores`."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

SECRET = "blåbær-and-cream"
FOLDER = "calendars"
REFUSED = "refuses the name, key or password"


@dataclass(frozen=True, slots=True)
class Store:
    """A running store. `files` gives what is in the folder of that address; `wrong` are other ways to go there.

    Each of `wrong` is what to change in the environment, the exit code and what has to be said.
    """

    address: str
    environment: dict[str, str]
    files: Callable[[], dict[str, bytes]]
    nowhere: str
    wrong: dict[str, tuple[dict[str, str], int, str]]
    relay: Relay


@dataclass
class Relay:
    """Stands before a server. Once `limit` is set, it takes so many bytes more from clients and then falls silent."""

    port: int
    server: int
    limit: int | None = None
    silent: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        """Take clients in until the listener is closed."""
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.server))
            threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, sent: bool) -> None:
        with contextlib.suppress(OSError), one, other:
            while block := one.recv(4096):
                if sent and self.limit is not None:
                    self.limit -= len(block)
                    if self.limit < 0:
                        self.silent.set()
                        time.sleep(60)  # the client is killed meanwhile
                        return
                other.sendall(block)


@contextlib.contextmanager
def relaying(server: int) -> Iterator[Relay]:
    """A relay before the server on that port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay = Relay(listener.getsockname()[1], server)
        threading.Thread(target=relay.serve, args=(listener,), daemon=True).start()
        yield relay


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    """The server, from when it listens."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environment})
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            else:
                raise RuntimeError(log.read_text(encoding="utf-8"))
            yield
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def inside(folder: Path) -> Callable[[], dict[str, bytes]]:
    """What gives the files of a folder, by name."""
    return lambda: {path.name: path.read_bytes() for path in folder.glob("*")} if folder.is_dir() else {}


@contextlib.contextmanager
def sftp(folder: Path) -> Iterator[Store]:
    """Debian's sshd, for this user and one key."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if program is None:
        raise FileNotFoundError("sshd is not installed")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port, home = free_port(), folder / "home" / ".ssh"
    stranger = folder / "stranger" / ".ssh"
    for path in (home, stranger):
        path.mkdir(parents=True, mode=0o700)
        make_key(path / "id_ed25519")
    for name in ("host", "other"):
        make_key(folder / name)
    (folder / "keys").write_text((home / "id_ed25519.pub").read_text(), "utf-8")
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"PasswordAuthentication no\nPermitRootLogin prohibit-password\nAuthorizedKeysFile {folder}/keys\n"
        "Subsystem sftp internal-sftp\n",
        "utf-8",
    )
    with (
        running([program, "-D", "-e", "-f", str(folder / "sshd_config")], port, folder / "sshd.log"),
        relaying(port) as relay,
    ):
        for path, key in ((home, "host"), (stranger, "host"), (folder, "other")):
            known = " ".join((folder / f"{key}.pub").read_text().split()[:2])
            (path / "known_hosts").write_text(f"[127.0.0.1]:{relay.port} {known}\n", "utf-8")
        other = folder / "changed" / ".ssh"
        shutil.copytree(home, other)
        shutil.copy(folder / "known_hosts", other)
        new = folder / "new" / ".ssh"
        shutil.copytree(home, new)
        (new / "known_hosts").unlink()
        at = f"sftp://{getpass.getuser()}:{SECRET}@127.0.0.1:{relay.port}"
        yield Store(
            f"{at}{folder}/web/{FOLDER}",
            {"HOME": str(home.parent)},
            inside(folder / "web" / FOLDER),
            f"{at}/proc/nowhere",
            {
                "another key": ({"HOME": str(stranger.parent)}, 6, REFUSED),
                "another host": (
                    {"HOME": str(other.parent)},
                    5,
                    "shows another key than the one in ~/.ssh/known_hosts",
                ),
                "an unknown host": ({"HOME": str(new.parent)}, 5, "is not in ~/.ssh/known_hosts"),
            },
            relay,
        )


def make_key(path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)


@contextlib.contextmanager
def webdav(folder: Path) -> Iterator[Store]:
    """WsgiDAV, with Basic authentication."""
    port = free_port()
    (folder / "dav").mkdir()
    (folder / "home").mkdir()
    config = {
        "host": "127.0.0.1", "port": port, "provider_mapping": {"/": str(folder / "dav")}, "verbose": 1,
        "simple_dc": {"user_mapping": {"*": {"anna": {"password": SECRET}}}}, "property_manager": True,
        "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
    }  # fmt: skip
    (folder / "wsgidav.json").write_text(json.dumps(config), "utf-8")
    command = [sys.executable, "-m", "wsgidav.server.server_cli", "--config", str(folder / "wsgidav.json")]
    with running(command, port, folder / "wsgidav.log"), relaying(port) as relay:
        at = f"webdav+http://anna@127.0.0.1:{relay.port}"
        (folder / "home" / ".netrc").write_text(f"machine 127.0.0.1 login anna password {SECRET}\n", "utf-8")
        (folder / "home" / ".netrc").chmod(0o600)
        yield Store(
            f"{at}/web/{FOLDER}",
            {"HOME": str(folder / "home")},
            inside(folder / "dav" / "web" / FOLDER),
            f"webdav+http://anna@127.0.0.1:{free_port()}/web",
            {
                "another password": (
                    {"CALLPLAN_PUBLISH_PASSWORD": SECRET[:-1]},
                    6,
                    REFUSED,
                ),
                "no password": ({"HOME": str(folder)}, 6, REFUSED),
            },
            relay,
        )


@contextlib.contextmanager
def s3(folder: Path) -> Iterator[Store]:
    """Moto's S3, which knows one user."""
    port = free_port()
    (folder / "home").mkdir()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port, folder / "moto.log"), relaying(port) as relay:
        import boto3  # noqa: PLC0415 - comes with moto

        here = f"http://127.0.0.1:{port}"
        iam = boto3.client("iam", "eu-north-1", endpoint_url=here, aws_access_key_id="x", aws_secret_access_key="x")
        iam.create_user(UserName="anna")
        allowed = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
        iam.put_user_policy(UserName="anna", PolicyName="all", PolicyDocument=json.dumps(allowed))
        key = iam.create_access_key(UserName="anna")["AccessKey"]
        login = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
        bucket = boto3.client(
            "s3", "eu-north-1", endpoint_url=here, aws_access_key_id=login["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=login["AWS_SECRET_ACCESS_KEY"],
        )  # fmt: skip
        bucket.create_bucket(Bucket="anna", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
        with urlopen(Request(f"{here}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})):
            pass  # from here on, keys are checked

        def files() -> dict[str, bytes]:
            found = bucket.list_objects_v2(Bucket="anna", Prefix=f"{FOLDER}/").get("Contents", ())
            return {
                one["Key"].split("/", 1)[1]: bucket.get_object(Bucket="anna", Key=one["Key"])["Body"].read()
                for one in found
            }

        yield Store(
            f"s3://anna/{FOLDER}",
            {
                **login, "HOME": str(folder / "home"), "AWS_DEFAULT_REGION": "eu-north-1",
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{relay.port}",
            },
            files,
            f"s3://nowhere/{FOLDER}",
            {
                "another key": ({"AWS_SECRET_ACCESS_KEY": SECRET}, 6, REFUSED),
                "another name": ({"AWS_ACCESS_KEY_ID": "AKIANOBODY"}, 6, REFUSED),
                "no key": ({"AWS_SECRET_ACCESS_KEY": "", "AWS_ACCESS_KEY_ID": ""}, 6, REFUSED),
            },
            relay,
        )  # fmt: skip


STORES = {"sftp": sftp, "webdav": webdav, "s3": s3}
