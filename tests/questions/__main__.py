"""``make questions``: asks every question, and prints how many were answered, and how."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import yaml

from bot.logs import set_up_logging
from tests.questions.report import Report, report
from tests.questions.test_questions import QUESTIONS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, help="other questions, in the form of questions.yaml")
    parser.add_argument("--write", type=Path, help="write the figures and every miss into this page too")
    parser.add_argument("--only", default="", help="only the questions of this kind, or with these words in them")
    told = parser.parse_args()
    set_up_logging("WARNING", "console")
    listed = yaml.safe_load(told.file.read_text(encoding="utf-8")) if told.file else QUESTIONS
    chosen = [each for each in listed if told.only in each["kind"] or told.only in each["ask"]]
    with tempfile.TemporaryDirectory(prefix="common-ground-questions-") as folder:
        found: Report = asyncio.run(report(chosen, Path(folder)))
    sys.stdout.write(found.told(with_answers=True))
    if told.write is not None:
        told.write.write_text(found.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
