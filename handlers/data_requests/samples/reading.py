"""Opens a sample of data to be asked in SQL. DuckDB, an optional extra, reads the file, which stays where it is."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.checks.dialects import LONGEST
from handlers.data_requests.samples import entries
from handlers.data_requests.samples.limits import (
    MOST_COLUMNS,
    OTHER_KIND,
    SampleError,
    Watch,
    kind_of,
    too_much,
)
from handlers.data_requests.samples.tables import is_nameless, rewritten
from handlers.data_requests.samples.unpacking import in_utf8, unpacked
from handlers.data_requests.samples.views import Sample

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROOM: Mapping[str, str | int] = {"memory_limit": "256MB", "threads": 1, "max_temp_directory_size": "1GB"}
NO_DUCKDB = (
    "To read samples, whoever runs me has to install DuckDB: pip install 'common-ground[samples]'. "
    "Until then, check it where the data is."
)
_NOT_READ = "I can't read this file. Check its first and last lines."
#: "Not a number" is how many programs write nothing.
_NOTHING = "('NaN', 'nan', '-nan')"


@dataclass(frozen=True, slots=True)
class _Source:
    """What DuckDB reads: a name and the SQL of its cells for each column, and from where."""

    names: Sequence[str]
    cells: Sequence[str]
    rows: str
    noticed: Sequence[str] = ()
    delimiter: str = ""


@contextmanager
def opened(path: Path) -> Iterator[Sample]:
    """Open a file. Raises SampleError when it cannot be read, or takes too much room or more than a minute."""
    try:
        import duckdb  # noqa: PLC0415 - an optional extra, and a large one
    except ModuleNotFoundError:
        raise SampleError(NO_DUCKDB) from None
    kind = kind_of(path.name)
    if not kind:
        raise SampleError(OTHER_KIND)
    with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
        connection = duckdb.connect(":memory:", config={**_ROOM, "temp_directory": folder})
        reader = _Reader(connection, Watch(connection.interrupt), Path(folder))
        try:
            yield reader.viewed(path, kind)
        except (duckdb.OutOfMemoryException, duckdb.InterruptException):
            raise too_much() from None
        except duckdb.Error:
            # What DuckDB says may quote the data.
            raise reader.fault(kind) from None
        finally:
            reader.watch.stop()
            connection.close()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one file; what is made of it on the way lies in ``folder``, and goes with it."""

    connection: "DuckDBPyConnection"
    watch: Watch
    folder: Path

    @property
    def plain(self) -> Path:
        """DuckDB takes * and [ in a name for a pattern, so it gets a plain one."""
        return self.folder / "plain"

    def viewed(self, path: Path, kind: str) -> Sample:
        file = unpacked(path, self.folder / "unpacked", self.watch)
        source = self._parquet(file) if kind == "parquet" else self._text(file, kind)
        if len(source.names) > MOST_COLUMNS:
            raise SampleError(f"It has more than {MOST_COLUMNS:,} columns. Leave out those that aren't needed.")
        cells = [
            f"CASE WHEN trim({each}) IN {_NOTHING} THEN NULL ELSE {each} END AS c{place}"
            for place, each in enumerate(source.cells)
        ]
        self.connection.execute(f"CREATE VIEW sample AS SELECT {', '.join(cells) or 'NULL AS c0'} FROM {source.rows}")
        return Sample(self.connection, self.watch, source.names, source.noticed, source.delimiter)

    def _text(self, file: Path, kind: str) -> _Source:
        text, letters = in_utf8(file, self.folder / "utf8", self.watch)
        source = self._table(text) if kind in ("csv", "tsv") else self._entries(text)
        return replace(source, noticed=[*([f"letters as {letters}"] if letters else []), *source.noticed])

    def _table(self, text: Path) -> _Source:
        table = rewritten(text, self.plain, self.watch)
        cells = [f"c{place}" for place in range(len(table.names))]
        types = ", ".join(f"'{each}': 'VARCHAR'" for each in cells)
        how = (
            "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', comment = '', "
            f"parallel = false, max_line_size = {4 * LONGEST}, columns = {{{types}}}"
        )
        return _Source(table.names, cells, f"read_csv('{self.plain}', {how})", table.left_out, table.delimiter)

    def _entries(self, text: Path) -> _Source:
        self.plain.symlink_to(text.resolve())
        rows = entries.entries_in(f"'{self.plain}'")
        names = entries.names_of(self.connection, rows)
        return _Source(names, [entries.cell_of(each) for each in names], rows)

    def _parquet(self, file: Path) -> _Source:
        self.plain.symlink_to(file.resolve())
        rows = f"read_parquet('{self.plain}')"
        described = [str(row[0]) for row in self.connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()]
        written = self.connection.execute(f"SELECT name FROM parquet_schema('{self.plain}') OFFSET 1").fetchall()
        # Of names that differ only in case DuckDB calls one otherwise.
        names = [str(row[0]) for row in written] if len(written) == len(described) else described
        kept = [place for place, each in enumerate(names) if not is_nameless(each)]
        cells = [f"CAST({_name(described[place])} AS VARCHAR)" for place in kept]
        left = [f"column {names[place]} left out" for place in range(len(names)) if place not in kept]
        return _Source([names[place] for place in kept], cells, rows, left)

    def fault(self, kind: str) -> SampleError:
        is_json = kind not in ("csv", "tsv", "parquet")
        return (is_json and entries.fault_in(self.plain, self.watch)) or SampleError(_NOT_READ)


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
