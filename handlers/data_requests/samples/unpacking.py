"""Makes a file plain: unpacked where gzip packed it, and its letters written as UTF-8."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handlers.data_requests.samples.limits import MOST_UNPACKED, SampleError, Watch

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
#: What a file begins with that says how its letters are written; those of UTF-32 begin like those of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What spreadsheets write that know no UTF-8; every letter of Latin-1 is the same in it.
_OLD = "cp1252"
_NAMES = {_OLD: "Latin-1 (Windows-1252)", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_NO_TEXT = "Line {} holds bytes that are no letters. Save the file as UTF-8."
_BAD_GZIP = "This file's gzip is damaged or cut off. Pack it again."


def unpacked(path: Path, to: Path, watch: Watch) -> Path:
    """Return the file itself, or its content in ``to`` where gzip packed it. Raises SampleError."""
    with path.open("rb") as file:
        if file.read(len(_GZIP)) != _GZIP:
            return path
    left = MOST_UNPACKED
    try:
        with gzip.open(path) as packed, to.open("wb") as plain:
            for chunk in _chunks(packed, watch):
                left -= len(chunk)
                if left < 0:
                    raise SampleError(f"Unpacked, this file has more than {MOST_UNPACKED >> 20:,} MB.")
                plain.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise SampleError(_BAD_GZIP) from None
    return to


def in_utf8(path: Path, to: Path, watch: Watch) -> tuple[Path, str]:
    """Return a text in UTF-8: the file itself, or a copy in ``to``; and how it was written, where that was a guess.

    Raises SampleError.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    ways = _ways(head)
    for way in ways:
        try:
            return (_copied(path, to, way, watch) if way != "utf-8" else _checked(path, watch)), _NAMES.get(way, "")
        except UnicodeDecodeError:
            continue
    raise SampleError(_NO_TEXT.format(_line_of_fault(path, ways[0], watch)))


def _ways(head: bytes) -> tuple[str, ...]:
    marked = next((way for mark, way in _MARKS if head.startswith(mark)), "")
    if marked:
        return (marked,)
    # Half of the bytes of a European text in UTF-16 are zeros.
    evens, odds = head[::2].count(0), head[1::2].count(0)
    if (evens + odds) * 4 > len(head) > 1:
        return ("utf-16-le",) if odds > evens else ("utf-16-be",)
    return ("utf-8", _OLD)


def _checked(path: Path, watch: Watch) -> Path:
    """Return the file where all of it is UTF-8. Raises UnicodeDecodeError."""
    for _ in _texts(path, "utf-8", watch):
        pass
    return path


def _copied(path: Path, to: Path, way: str, watch: Watch) -> Path:
    with to.open("w", encoding="utf-8", newline="") as plain:
        plain.writelines(_texts(path, way, watch))
    return to


def _texts(path: Path, way: str, watch: Watch) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(way)()
    with path.open("rb") as file:
        for chunk in _chunks(file, watch):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _line_of_fault(path: Path, way: str, watch: Watch) -> int:
    """Return the line, counted from 1, that cannot be read."""
    lines = 1
    decoder = codecs.getincrementaldecoder(way)()
    with path.open("rb") as file:
        try:
            for line in _chunks(file, watch, 4096):
                lines += decoder.decode(line).count("\n")
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].decode(way, "replace").count("\n")
    return lines


def _chunks(file: IO[bytes] | gzip.GzipFile, watch: Watch, size: int = _CHUNK) -> Iterator[bytes]:
    while chunk := file.read(size):
        watch.check()
        yield chunk
