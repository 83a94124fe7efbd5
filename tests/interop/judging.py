"""Other people's tools as judges of the files that we write and read.

They live in an environment of their own beside ours (``make judges``), because what they need does not fit what we
need. A judge is a small script in ``judges/`` that gets file names as arguments and prints one JSON document.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parent / "judges"
#: Named after the environment that runs the tests: .venv-judges beside .venv.
PYTHON = Path(f"{sys.prefix}-judges") / "bin" / "python"


def judged(judge: str, *arguments: str | Path) -> Any:
    """Return what a script of ``judges/`` prints, read as JSON, and skip the test where no judges are installed.

    With CI set, a missing environment fails the test instead. Raises AssertionError, with what it told, where the
    script ends with anything but 0.
    """
    if not PYTHON.exists() and not os.environ.get("CI"):
        pytest.skip("no environment with other people's tools; make judges installs it")
    called = [str(PYTHON), str(SCRIPTS / f"{judge}.py"), *map(str, arguments)]
    ended = subprocess.run(called, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return json.loads(ended.stdout)
