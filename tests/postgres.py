"""A PostgreSQL server of the tests' own, in a folder of its own, reached through a socket in it."""

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

_DEBIANS = Path("/usr/lib/postgresql")
#: The server runs as no root; Debian's package makes this user for it.
_USER = "postgres"
#: Who the bot is there: it owns its database, and may do nothing beyond.
OWNER = "common_ground"


def programs() -> Path | None:
    """Return where the newest server's programs are, if one is installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(_DEBIANS.glob("*/bin/initdb"), key=lambda each: float(each.parts[-3]))
    return versions[-1].parent if versions else None


class Server:
    """A running server, with a database for each test."""

    def __init__(self, folder: Path, user: str, programs: Path, buffers: str) -> None:
        self._folder, self._user, self._programs, self._count = folder, user, programs, 0
        self._buffers = buffers

    def url(self, database: str, user: str = OWNER) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self._folder), safe='')}"

    @property
    def pid(self) -> int:
        return int((self._folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as who may do everything."""
        with psycopg.connect(self.url(database, self._user), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database that the bot owns."""
        self.run(f"CREATE DATABASE {database} TEMPLATE {template} OWNER {OWNER}")

    def stop(self) -> None:
        """End it at once, as a crash would."""
        self._control("-m", "immediate", "stop")

    def begin(self) -> None:
        settings = f"-k {self._folder} -c listen_addresses= -c max_connections=200 -c shared_buffers={self._buffers}"
        self._control("-l", self._folder / "log", "-o", settings, "start")

    def _control(self, *command: object) -> None:
        _call(self._user, self._programs / "pg_ctl", "-D", self._folder / "data", "-w", *command)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Give a database like another one, and take it away in the end."""
        self._count += 1
        name = f"store_{self._count}"
        self.create(name, template)
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server(buffers: str = "32MB") -> Iterator[Server]:
    """Run a server as the person who runs the tests, or as its own user where that is root."""
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError("there is no PostgreSQL server on this machine")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _owner(folder)
    made = Server(folder, user, bin_, buffers)
    _call(
        user, bin_ / "initdb", "-D", folder / "data", "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
    )
    made.begin()
    made.run(f"CREATE ROLE {OWNER} LOGIN")
    try:
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):
            made.stop()
        shutil.rmtree(folder)


def _owner(folder: Path) -> str:
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()).pw_name
    os.chown(folder, pwd.getpwnam(_USER).pw_uid, grp.getgrnam(_USER).gr_gid)
    return _USER


def _call(user: str, *command: object) -> None:
    who = user if os.geteuid() == 0 else None
    told = [str(each) for each in command]
    subprocess.run(told, check=True, capture_output=True, cwd="/", user=who, group=who, extra_groups=who and [])
