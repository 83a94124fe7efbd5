import re

import pytest

from tests.interop.judging import SCRIPTS, judged

pytestmark = pytest.mark.interop


def test_the_judges_are_the_versions_that_are_locked() -> None:
    locked = dict(
        re.findall(
            r"^([\w-]+)(?:\[\w+\])?==(\S+)", (SCRIPTS.parent / "requirements.txt").read_text("utf-8"), re.MULTILINE
        )
    )
    wanted = (SCRIPTS.parent / "requirements.in").read_text("utf-8").splitlines()
    names = [line.partition("[")[0].replace("_", "-") for line in wanted if not line.startswith("#")]
    assert judged("versions", *names) == {name: locked[name] for name in names}


def test_a_judge_that_fails_says_what_it_told() -> None:
    with pytest.raises(AssertionError, match="no-such-tool"):
        judged("versions", "no-such-tool")
