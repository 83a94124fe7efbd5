"""What reading a sample may take, and what is said where it takes more, or cannot be done."""

from collections.abc import Callable
from pathlib import PurePath
from threading import Event, Timer

#: Kinds of files; each may be packed with gzip.
SUFFIXES = ("csv", "tsv", "json", "jsonl", "ndjson", "parquet")
PACKED = ".gz"
OTHER_KIND = (
    "I read CSV, TSV, JSON, JSON Lines (.jsonl) and Parquet, and each of them gzipped. Save it as one of these."
)
MOST_COLUMNS = 2_000
#: Bytes that a file may have once it is unpacked.
MOST_UNPACKED = 1 << 30
_SECONDS = 60.0
_TOO_MUCH = "This file takes more time or memory than I have. Use a smaller sample, or check it where the data is."


class SampleError(Exception):
    """The file cannot be read; the message is a sentence for who gave it, without any of its content.

    ``value`` is what stands there, for whoever has the file before them anyway.
    """

    def __init__(self, told: str, value: str = "") -> None:
        super().__init__(told)
        self.value = value


class Watch:
    """Minds the time that one file may take; what is under way once it is over is interrupted."""

    def __init__(self, interrupt: Callable[[], None] = lambda: None) -> None:
        self._interrupt = interrupt
        self._is_over = Event()
        self._timer = Timer(_SECONDS, self._end)
        self._timer.daemon = True
        self._timer.start()

    def check(self) -> None:
        """Raise SampleError once the time is over."""
        if self._is_over.is_set():
            raise too_much()

    def stop(self) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self._is_over.set()
        self._interrupt()


def too_much() -> SampleError:
    return SampleError(_TOO_MUCH)


def kind_of(file_name: str) -> str:
    """Return the kind of a file by its name, packed or not; empty where it is none that is read."""
    suffix = PurePath(file_name.casefold().removesuffix(PACKED)).suffix.removeprefix(".")
    return suffix if suffix in SUFFIXES else ""
