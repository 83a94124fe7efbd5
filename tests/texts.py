"""Lists every text that people meet in the acceptance scripts, once each, with where it first stands: to be read aloud.

``python -m tests.texts`` prints them; with a word after it, those that hold the word.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

SCRIPTS = Path(__file__).parent / "scripts"
_SEEN = re.compile(r"\| {3,}(?P<text>\S.*)")
#: What differs from one time to the next, or is only a row of buttons, is one text.
_CHANGING = re.compile(r"\b(?:DR|D|FB|CG)-\d+\b|\d+")


def texts(folder: Path = SCRIPTS) -> Iterator[tuple[str, str]]:
    """Yield the place, such as ``define.txt:12``, and the text of each; numbers make no other text."""
    known: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = _SEEN.match(line)
            if found is None or (key := _CHANGING.sub("0", found["text"])) in known:
                continue
            known.add(key)
            yield f"{path.name}:{number}", found["text"]


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for place, text in texts():
        if wanted in text:
            sys.stdout.write(f"{place}: {text}\n")


if __name__ == "__main__":
    main()
