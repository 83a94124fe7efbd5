"""Opens a sample of data to be asked in SQL. DuckDB, an optional extra, reads the file, which stays where it is."""

import csv
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SUFFIXES = ("csv", "jsonl", "ndjson", "parquet")
_DELIMITERS = ",;\t|"
_ROOM: Mapping[str, str | int] = {"memory_limit": "256MB", "threads": 1, "max_temp_directory_size": "1GB"}
_SECONDS = 60.0
_HEAD = 1 << 20
NO_DUCKDB = (
    "To read samples, whoever runs me has to install DuckDB: pip install 'common-ground[samples]'. "
    "Until then, check it where the data is."
)
OTHER_KIND = "I read CSV, JSON Lines (.jsonl) and Parquet. Save it as one of these."
_NOT_READ = "I can't read this file. Check its first and last lines."
_TOO_MUCH = "This file takes more time or memory than I have. Use a smaller sample, or check it where the data is."


class SampleError(Exception):
    """The file cannot be read; the message is a sentence for who gave it, without any of its content."""


@contextmanager
def opened(path: Path) -> Iterator["DuckDBPyConnection"]:
    """Give a connection in which the file is the view ``sample``, every cell of it as text.

    Raises SampleError when it cannot be read, or takes too much room or more than a minute.
    """
    try:
        import duckdb  # noqa: PLC0415 - an optional extra, and a large one
    except ModuleNotFoundError:
        raise SampleError(NO_DUCKDB) from None
    suffix = path.suffix.removeprefix(".").casefold()
    if suffix not in SUFFIXES:
        raise SampleError(OTHER_KIND)
    with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
        # DuckDB takes * and [ in a name for a pattern, so it gets a plain one; what it spills goes with the folder.
        plain = Path(folder) / f"sample.{suffix}"
        plain.symlink_to(path.resolve())
        connection = duckdb.connect(":memory:", config={**_ROOM, "temp_directory": folder})
        deadline = threading.Timer(_SECONDS, connection.interrupt)
        deadline.start()
        try:
            connection.execute(f"CREATE VIEW sample AS {_as_text(connection, plain, suffix)}")
            yield connection
        except (duckdb.OutOfMemoryException, duckdb.InterruptException):
            raise SampleError(_TOO_MUCH) from None
        except (duckdb.Error, UnicodeDecodeError):
            # What DuckDB says may quote the data.
            raise SampleError(_NOT_READ) from None
        finally:
            deadline.cancel()
            connection.close()


def _as_text(connection: "DuckDBPyConnection", path: Path, suffix: str) -> str:
    """Return a query that gives every cell of a file as text, whatever the file takes it for."""
    file = quoted(str(path))
    if suffix == "csv":
        names, delimiter = _head_of(path)
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
        return (
            f"SELECT * FROM read_csv({file}, auto_detect = false, header = true, columns = {{{columns}}}, "
            f"delim = {quoted(delimiter)}, quote = '\"', escape = '\"', comment = '', null_padding = true)"
        )
    if suffix == "parquet":
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({file})").fetchall()
        return f"SELECT {', '.join(_cell_of(str(row[0]), str(row[1])) for row in described)} FROM read_parquet({file})"
    keys = connection.execute(
        f"SELECT DISTINCT unnest(json_keys(json)) AS name FROM read_ndjson_objects({file}) ORDER BY name"
    ).fetchall()
    cells = ", ".join(f"json ->> {quoted(_json_path(str(row[0])))} AS {name(str(row[0]))}" for row in keys)
    return f"SELECT {cells or 'json AS json'} FROM read_ndjson_objects({file})"


def _head_of(path: Path) -> tuple[list[str], str]:
    """Return the names of a CSV file's columns, and what stands between them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline(_HEAD)
    delimiter = max(_DELIMITERS, key=line.count)
    names = next(csv.reader([line], delimiter=delimiter), [])
    if not names or len(set(names)) != len(names):
        raise SampleError("Its first line has to name the columns, each once.")
    return names, delimiter


def _cell_of(column: str, kind: str) -> str:
    """Return a column of a Parquet file as text; "not a number" in it is how many programs write nothing."""
    text = f"CAST({name(column)} AS VARCHAR)"
    if kind in ("DOUBLE", "FLOAT"):
        text = f"CASE WHEN isnan({name(column)}) THEN NULL ELSE {text} END"
    return f"{text} AS {name(column)}"


def _json_path(key: str) -> str:
    escaped = key.replace('"', '\\"')
    return f'$."{escaped}"'


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
