"""Whatever stands in a sample of data, it is measured, or a sentence says why not."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.data_requests.samples.limits import SampleError
from handlers.data_requests.samples.profiling import profile
from tests.input.odd import CASES, one_of, texts
from tests.input.spoiling import Spoiled, much, spoiled

_TABLE = 'id,port,depth,at\n1,North,3.5,2025-01-01\n2,South,,2025-02-28\n3,"x, y",-1,1900-01-01\n' * 5
_LINES = '{"id": 1, "port": "North", "more": {"a": [1, 2]}}\n{"id": 2, "port": null}\n' * 5
_SEEDS = {
    "csv": _TABLE,
    "tsv": _TABLE.replace(",", "\t"),
    "jsonl": _LINES,
    "json": '[{"id": 1}, {"id": "x", "b": [1]}]',
}
_FIXED = settings(max_examples=CASES * 5 or 30)


def _raw(suffix: str, changes: tuple[Spoiled, ...], pack: Callable[[bytes], bytes]) -> tuple[str, bytes]:
    text = _SEEDS[suffix]
    for each in changes:
        text = each.of(text)
    return suffix, pack(text.encode(errors="replace"))


def _of(suffix: str, pack: Callable[[bytes], bytes], text: str) -> tuple[str, bytes]:
    return suffix, pack(text.encode(errors="replace"))


def _plain(raw: bytes) -> bytes:
    return raw


def _cut(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)[: len(raw) // 3]


def _packed(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)


def samples() -> st.SearchStrategy[tuple[str, bytes]]:
    suffix, pack = one_of(tuple(_SEEDS)), one_of((_plain, _plain, _plain, _packed, _cut))
    meant = st.builds(_raw, suffix, spoiled(), pack)
    other = st.builds(_of, one_of((*_SEEDS, "parquet", "gz")), pack, st.one_of(texts(), much()))
    return st.one_of(meant, meant, other, st.tuples(one_of((*_SEEDS, "parquet", "csv.gz")), st.binary(max_size=500)))


def _refusal(path: Path) -> str | None:
    """Return what is said of a sample that isn't taken; whatever else is raised is a fault."""
    try:
        profile(path)
    except SampleError as error:
        return str(error)
    return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


@_FIXED
@given(sample=samples())
def test_a_sample_with_anything_wrong_in_it_is_measured_or_refused_in_a_sentence(
    folder: Path, sample: tuple[str, bytes]
) -> None:
    suffix, raw = sample
    ending = f"{suffix}.gz" if raw[:2] == b"\x1f\x8b" else suffix
    path = folder / f"sample.{ending}"
    path.write_bytes(raw)
    told = _refusal(path)
    assert told is None or 0 < len(told) < 1000
