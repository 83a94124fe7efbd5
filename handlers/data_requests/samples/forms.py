"""The form that takes a sample of the data."""

from handlers.data_requests.rules.wording import title
from handlers.data_requests.samples.limits import OTHER_KIND, PACKED, SUFFIXES, kind_of
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.data_requests.data_requests import DataRequest

FORM = "data_request_sample"
SAMPLE = "sample"
#: What Slack takes in a form: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element.
_MEGABYTES = 10
LIMIT = _MEGABYTES * 1024 * 1024


_KINDS = f"CSV, TSV, JSON or Parquet, gzipped or not, up to {_MEGABYTES} MB"
#: What is kept of a sample that proposes terms.
HINT = f"{_KINDS}. Its first rows are enough. I keep a profile of its columns, and nothing about people."
_CONTRACT = "A contract in the Open Data Contract Standard (YAML or JSON) fills in the terms, too."
_CONTRACTS = (".yaml", ".yml", ".json")
LARGEST_CONTRACT = 1_000_000
_COUNTS = (
    f"{_KINDS}. I read it once and keep only counts and percentages. Whoever runs me can check a larger file: "
    "common-ground requests check {} FILE"
)


def sample_input(*, takes_contracts: bool = False) -> blocks.Block:
    contracts = ["yaml", "yml"] if takes_contracts else []
    return {"type": "file_input", "filetypes": [*SUFFIXES, PACKED.removeprefix("."), *contracts], "max_files": 1}


def takes_contracts(request: DataRequest) -> bool:
    """Tell whether a contract may be given: once both sides can be asked, and until they agree."""
    return bool(request.thread) and not request.agreed_terms


def may_be_contract(name: str) -> bool:
    return name.casefold().endswith(_CONTRACTS)


def is_data(name: str) -> bool:
    """Tell whether a file may be a sample by its name; one of JSON may be either."""
    return bool(kind_of(name))


def form(request: DataRequest) -> Modal:
    """Take one file: before anything is agreed it proposes terms, then it is checked against them."""
    is_agreed = bool(request.agreed_terms)
    takes = takes_contracts(request)
    hint = _COUNTS.format(request.number) if is_agreed else f"{HINT} {_CONTRACT}" if takes else HINT
    fields = (
        blocks.paragraphs(blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold"))),
        blocks.field(SAMPLE, "Sample", sample_input(takes_contracts=takes), hint),
    )
    label, submit = ("Check a sample", "Check") if is_agreed else ("Fill in from a sample", "Read")
    return Modal(FORM, label, fields, submit=submit, private_metadata=request.id)


def wrong_file(name: str, size: int) -> str:
    """Say why a file cannot be read; empty when it can. ``size`` is in bytes."""
    if not kind_of(name):
        return OTHER_KIND
    if size > LIMIT:
        return f"This file is larger than {_MEGABYTES} MB. Use a smaller sample."
    return "This file is empty." if size == 0 else ""
