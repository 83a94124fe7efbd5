"""Something between a program and its PostgreSQL server that loses the connection just when a write is committed."""

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

_NAME = ".s.PGSQL.5432"
_MOST = 65_536


class Cutting:
    """Passes on what both sides say, until it is told to cut the line at the next COMMIT."""

    def __init__(self, folder: Path, server: Path, url: str) -> None:
        self.url, self._server = url, server
        self._is_armed = self._is_sent = False
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / _NAME))
        self._listening.listen()
        self._begin(self._accept)

    def at_commit(self, *, is_sent: bool) -> None:
        """Cut the line once; where it ``is_sent`` the server does it, and its answer is lost."""
        self._is_armed, self._is_sent = True, is_sent

    def close(self) -> None:
        for each in (self._listening, *self._lines):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for each in (self._listening, *self._lines):
            each.close()

    def _begin(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                self._lines += [client, server]
                server.connect(str(self._server))
                self._pass_on(client, server, self._forth)
                self._pass_on(server, client, lambda said, _from, to: to.sendall(said))

    def _pass_on(
        self, one: socket.socket, other: socket.socket, passing: Callable[[bytes, socket.socket, socket.socket], None]
    ) -> None:
        def serve() -> None:
            with suppress(OSError):
                while said := one.recv(_MOST):
                    passing(said, one, other)
            for each in (one, other):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        self._begin(serve)

    def _forth(self, said: bytes, client: socket.socket, server: socket.socket) -> None:
        if not (self._is_armed and b"COMMIT\0" in said):
            server.sendall(said)
            return
        self._is_armed = False
        client.shutdown(socket.SHUT_RDWR)
        if self._is_sent:
            server.sendall(said)
        # The server does what it was sent before it sees that nobody is there any more.
        server.shutdown(socket.SHUT_WR)


@contextmanager
def cutting(url: str) -> Iterator[Cutting]:
    """Stand between whoever uses the ``url`` that is given and the server of another one."""
    parts = urlsplit(url)
    server = Path(parse_qs(parts.query)["host"][0]) / _NAME
    folder = Path(tempfile.mkdtemp(prefix="cut-"))
    between = Cutting(folder, server, f"{url.partition('?')[0]}?host={quote(str(folder), safe='')}")
    try:
        yield between
    finally:
        between.close()
        shutil.rmtree(folder)
