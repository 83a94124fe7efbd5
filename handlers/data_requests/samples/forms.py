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


def form(request: DataRequest) -> Modal:
    """Take one file; what it is checked against stands above."""
    hint = f"CSV, JSON Lines or Parquet, {_MEGABYTES} MB at most. I read it once and keep only counts and shares."
    element: blocks.Block = {"type": "file_input", "filetypes": list(SUFFIXES), "max_files": 1}
    fields = (
        blocks.paragraphs(blocks.line(blocks.words(f"{request.number}  {title(request)}", "bold"))),
        blocks.field(SAMPLE, "Sample", element, hint),
    )
    return Modal(FORM, "Check a sample", fields, submit="Check", private_metadata=request.id)


def wrong_file(name: str, size: int) -> str:
    """Say why a file cannot be read; empty when it can. ``size`` is in bytes."""
    if name.rpartition(".")[2].casefold() not in SUFFIXES:
        return OTHER_KIND
    if size > LIMIT:
        return f"It is larger than {_MEGABYTES} MB. Take a smaller sample, or use the command line."
    return "It is empty." if size == 0 else ""
