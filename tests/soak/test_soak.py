"""A short soak with every check, and that a seed is replayed exactly; `make soak` lives through longer weeks."""

import os
import subprocess
import sys
from pathlib import Path

from tests.postgres import Server
from tests.soak.__main__ import soak, steady
from tests.soak.figures import growth
from tests.soak.machine import ROOT
from tests.soak.oracle.verdict import KINDS
from tests.soak.processes import How
from tests.soak.release import last_release
from tests.soak.stores import prepare


def test_in_a_short_week_nothing_goes_wrong_by_socket_mode(tmp_path: Path) -> None:
    code = last_release(tmp_path) or ROOT
    found = soak(2, How(40, code))
    assert {kind: found.wrong(kind) for kind in KINDS} == dict.fromkeys(KINDS, 0), found.findings
    assert {"kill in the middle", "restore", "disk full", "restart"} <= found.met.keys()
    assert ("upgrade" in found.met) is (code != ROOT)
    assert found.acknowledged > 30
    assert found.kept_private > 5
    assert sum(found.faults.values()) > 5


def test_in_a_short_week_nothing_goes_wrong_with_two_replicas_of_which_one_is_killed_at_a_time(
    postgres: Server,
) -> None:
    prepare(postgres)
    found = soak(2, How(20, server=postgres, replicas=2))
    assert {kind: found.wrong(kind) for kind in KINDS} == dict.fromkeys(KINDS, 0), found.findings
    assert {"kill in the middle", "kill", "kill the server", "move the store", "restart"} <= found.met.keys()
    assert found.acknowledged > 12


def test_what_is_asked_again_and_again_takes_no_more_memory() -> None:
    found = steady(1, 40)
    assert not found.findings
    own = [own for own, _ in found.asked_again]
    assert found.met["asked again"] > 900
    assert (growth(own) or 0) < 1.02


def test_a_seed_is_replayed_exactly_by_http_whatever_the_order_of_sets(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.txt", "two.txt")]
    for number, file in enumerate(files):
        words = ["--one-process", "--seed", "17", "--acts", "40", "--transcript", str(file)]
        env = {**os.environ, "PYTHONHASHSEED": str(number)}
        told = subprocess.run(
            [sys.executable, "-m", "tests.soak", *words], env=env, cwd=ROOT, capture_output=True, check=True
        )
        assert b"nothing wrong" in told.stdout
    first, second = (file.read_text(encoding="utf-8") for file in files)
    assert len(first.splitlines()) > 300
    assert first == second
