"""One table says the same of itself in every way in which pandas writes it."""

from pathlib import Path

import pytest

from handlers.agreements.columns import line_of
from handlers.data_requests.samples.profiling import profile
from tests.interop.judging import judged

pytestmark = pytest.mark.interop

SAID = {
    "ship | string key",
    "berth | string |  | Nörth, South",
    "draught_m | number |  | 0.25 to 10.25 m",
    "tugs | integer |  | 1 to 3",
    "arrived | timestamp",
    "is_late | boolean",
    "note | string",
}


def test_what_pandas_writes_is_read_as_one_table(tmp_path: Path) -> None:
    files = judged("pandas_files", tmp_path)
    if not files:
        pytest.skip("pandas is not among the judges")
    for name in files:
        found = profile(tmp_path / name)
        assert {line_of(each) for each in found.columns} == SAID, name
        assert (found.rows, found.filled) == (12, 66), name
    assert len(files) == 21
