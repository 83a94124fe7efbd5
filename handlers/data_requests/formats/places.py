"""Where data is delivered, as a server of the Open Data Contract Standard, and back. Pure."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from open_data_contract_standard.model import Server

#: What a place begins with, and the type of its server; what the standard wants the address to be called.
_TYPES = (
    (r"s3://", "s3", "location"),
    (r"abfss?://|az://|https://[\w.]+\.core\.windows\.net/", "azure", "location"),
    (r"sftp://", "sftp", "location"),
    (r"file://|\.{0,2}/|~/", "local", "path"),
)
#: Servers that cannot be without a format.
_FORMATTED = ("local", "azure")
_ADDRESSES = ("location", "path", "host", "database", "schema", "dataset", "project", "stream", "endpointUrl")


def servers(place: str, form: str) -> list[Server]:
    """Return where data is delivered, and as what; nothing where nobody has said so."""
    if not place:
        return []
    kind, name = next(((kind, name) for begin, kind, name in _TYPES if re.match(begin, place)), ("custom", "path"))
    ending = PurePosixPath(place).suffix.removeprefix(".")
    form = form or (ending if kind in _FORMATTED else "")
    if not form and kind in _FORMATTED:
        kind, name = "custom", "path"
    is_lines = form == "jsonl"
    told = {"format": "json", "delimiter": "new_line"} if is_lines else {"format": form or None}
    return [Server(server="delivery", type=kind, **{name: place.removeprefix("file://"), **told})]


def place_in(server: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the place and the format that a server says, and the names of what it says beside."""
    address = [str(server[name]) for name in _ADDRESSES if server.get(name)]
    is_lines = server.get("format") in ("json", "jsonl") and server.get("delimiter", "new_line") == "new_line"
    form = "jsonl" if is_lines else str(server.get("format", ""))
    known = {"server", "type", "format", *_ADDRESSES, *(["delimiter"] if is_lines else [])}
    kind = str(server.get("type", ""))
    left = [name for name in server if name not in known]
    left += [] if kind in ("custom", *(known for _, known, _ in _TYPES)) else [f"type {kind}"]
    parts = {"place": "/".join(address)} if address else {}
    if form in ("csv", "jsonl", "parquet", "table", "other"):
        parts["format"] = form
    elif form:
        left.append(f"format {form}")
    return parts, left
