"""Keeps a week, to look into what the oracle names: the store, the bot's log, and what was done and seen."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.soak.oracle.transcript import Transcript


@contextmanager
def folder_of(seed: int, kept: Path | None) -> Iterator[Path]:
    """Give a week a folder, which stays where somebody wants to look into it."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="common-ground-soak-") as name:
            yield Path(name)
    else:
        folder = kept / f"seed-{seed}"
        folder.mkdir(parents=True)
        yield folder


def keep(folder: Path, told: Transcript, logged: Iterable[str]) -> None:
    """Write what the oracle judged by, and the bot's log, beside the store."""
    for name in ("deeds", "said", "looks", "moves", "presses"):
        lines = [json.dumps(asdict(each), default=sorted, ensure_ascii=False) for each in getattr(told, name)]
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "log.jsonl").write_text("".join(logged), encoding="utf-8")
