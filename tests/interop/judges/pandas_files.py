"""Writes one table in the ways in which pandas writes it, into a folder; prints the names of the files."""

import json
import sys
from pathlib import Path

try:
    import pandas as pd
except ImportError:
    print("[]")
    sys.exit()

folder = Path(sys.argv[1])
table = pd.DataFrame(
    {
        "ship": [f"S{n:02d}" for n in range(12)],
        "berth": ["Nörth", "South", None] * 4,
        "draught_m": [None, *(n + 0.25 for n in range(11))],
        "tugs": [1, 2, 3] * 4,
        "arrived": pd.date_range("2026-01-01 10:00", periods=12, freq="h"),
        "is_late": [True, False] * 6,
        "note": ['said "wait", twice\nand left', "a; b, c"] + [f"calm, {n}" for n in range(10)],
    }
)
CSV = {
    "plain.csv": {"index": False},
    "with_index.csv": {},
    "german.csv": {"index": False, "sep": ";", "decimal": ","},
    "german_quoted.csv": {"index": False, "decimal": ","},
    "utf16.csv": {"index": False, "encoding": "utf-16"},
    "utf16_without_mark.csv": {"index": False, "encoding": "utf-16-le"},
    "latin.csv": {"index": False, "encoding": "latin-1"},
    "marked.csv": {"index": False, "encoding": "utf-8-sig"},
    "packed.csv.gz": {},
    "tabs.tsv": {"index": False, "sep": "\t"},
    "tabs.tsv.gz": {"sep": "\t"},
    "all_quoted.csv": {"index": False, "quoting": 1},
    "escaped.csv": {"index": False, "doublequote": False, "escapechar": "\\"},
    "nan.csv": {"index": False, "na_rep": "NaN"},
    "windows.csv": {"index": False, "lineterminator": "\r\n"},
}
JSON = {
    "array.json": {"orient": "records"},
    "lines.jsonl": {"orient": "records", "lines": True},
    "lines.jsonl.gz": {"orient": "records", "lines": True},
    "letters.json": {"orient": "records", "force_ascii": False, "indent": 2},
}
for name, how in CSV.items():
    table.to_csv(folder / name, **how)
for name, how in JSON.items():
    table.to_json(folder / name, date_format="iso", **how)
table.to_parquet(folder / "plain.parquet")
table.sort_values("tugs").to_parquet(folder / "with_index.parquet", index=True)
print(json.dumps([*CSV, *JSON, "plain.parquet", "with_index.parquet"]))
