"""The form that takes a sample of the data."""

from handlers.data_requests.rules.wording import title
from handlers.data_requests.samples.reading import OTHER_KIND, SUFFIXES
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.data_requests.data_requests import DataRequest

FORM = "data_request_sample"
SAMPLE = "sample"
_MEGABYTES = 20
LIMIT = _MEGABYTES * 1024 * 1024


#: What is kept of a sample that proposes terms.
HINT = f"CSV, JSON Lines or Parquet, up to {_MEGABYTES} MB. I keep a profile of its columns, and nothing about people."
_COUNTS = f"CSV, JSON Lines or Parquet, up to {_MEGABYTES} MB. I read it once and keep only counts and percentages."


def sample_input() -> blocks.Block:
    return {"type": "file_input", "filetypes": list(SUFFIXES), "max_files": 1}


def form(request: DataRequest) -> Modal:
    """Take one file: before anything is agreed it proposes terms, then it is checked against them."""
    is_agreed = bool(request.agreed_terms)
    fields = (
        blocks.paragraphs(blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold"))),
        blocks.field(SAMPLE, "Sample", sample_input(), _COUNTS if is_agreed else HINT),
    )
    label, submit = ("Check a sample", "Check") if is_agreed else ("Fill in from a sample", "Read")
    return Modal(FORM, label, fields, submit=submit, private_metadata=request.id)


def wrong_file(name: str, size: int) -> str:
    """Say why a file cannot be read; empty when it can. ``size`` is in bytes."""
    if name.rpartition(".")[2].casefold() not in SUFFIXES:
        return OTHER_KIND
    if size > LIMIT:
        return f"This file is larger than {_MEGABYTES} MB. Use a smaller sample."
    return "This file is empty." if size == 0 else ""
