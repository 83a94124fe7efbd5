"""Asks all questions, each where its records are, and counts what came of them."""

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.privacy.world import Snapshot
from tests.questions.asking import Question, Seen, ask, asked_in, company
from tests.questions.judging import Verdict, is_only_offered, judge

_PAGE = """\
# What it understands

The questions in `tests/questions/*.yaml` are in people's own words and were written down before the code was tried on
them: paraphrases, other forms of words, slips of the hand, British, American and Indian English, traps whose
right answer is "not known", and private records that must not be found. `make questions` asks them all in the trial's
company and prints this; a test asks them too, and holds what stands here. Where a word isn't named as it is (a slip of
the hand, a part of a name, a synonym), an answer that offers it among three at most is right, too; so is one that names
the record asked for among what is nearest.

Most of these were looked at while the rules were written, so they say little of a question that nobody has seen. Those
at the end of `blind_questions.yaml` do: asked once, before anybody had read them, two files of plain questions came out
at 98.2 and 94.5 %, and one of awkward ones (descriptions, clipped words, two slips in a sentence) at 81.8 %; one answer
of the 330 was wrong, and nothing leaked.

"""


@dataclass(frozen=True, slots=True)
class Judged:
    question: Question
    seen: Seen
    verdict: Verdict


@dataclass(slots=True)
class Report:
    """What came of all questions."""

    judged: list[Judged] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        return sum(each.verdict == verdict for each in self.judged)

    @property
    def figures(self) -> str:
        """Return the figures that are the same each time."""
        total, found = len(self.judged), self.count("found")
        share = 100 * found / max(total, 1)
        offered = sum(each.verdict == "found" and is_only_offered(each.question, each.seen) for each in self.judged)
        return (
            f"found {found} of {total} ({share:.1f} %), {offered} of them only offered, "
            f"wrongly confident {self.count('wrong')}, leaked {self.count('leaked')}"
        )

    @property
    def misses(self) -> list[str]:
        return [_told(each) for each in self.judged if each.verdict != "found"]

    def told(self, *, with_answers: bool) -> str:
        lines = []
        for each in self.judged if with_answers else ():
            if each.verdict != "found":
                lines += [_told(each), *(f"      {line}" for line in each.seen.text.splitlines()[:12])]
        seconds = [each.seen.seconds for each in self.judged]
        p99 = statistics.quantiles(seconds, n=100)[98] if len(seconds) > 1 else max(seconds, default=0)
        by_kind = self._by_kind()
        kinds = [f"  {kind}: {counted['found']} of {counted.total()}" for kind, counted in by_kind.items()]
        return "\n".join([*lines, *kinds, f"{self.figures}; p99 until the answer is there {p99 * 1000:.0f} ms", ""])

    def page(self) -> str:
        """Return the page that shows the figures, by kind, and every miss."""
        by_kind = self._by_kind()
        rows = [f"| {kind} | {counted.total()} | {counted['found']} |" for kind, counted in by_kind.items()]
        table = "\n".join(["| Kind | Asked | Right |", "| --- | ---: | ---: |", *rows])
        misses = "\n".join(f"- {each}" for each in self.misses) or "None."
        return f"{_PAGE}**{self.figures[0].upper()}{self.figures[1:]}.**\n\n{table}\n\n## Every miss\n\n{misses}\n"

    def _by_kind(self) -> dict[str, Counter[str]]:
        kinds: dict[str, Counter[str]] = {}
        for each in self.judged:
            kinds.setdefault(each.question["kind"], Counter())[each.verdict] += 1
        return dict(sorted(kinds.items()))


def _told(each: Judged) -> str:
    wanted = "; ".join(f"{name}: {_words(value)}" for name, value in each.question["want"].items())
    before = f", after “{each.question['before']}”" if "before" in each.question else ""
    return f"{each.verdict}: “{each.question['ask']}” ({each.question['how']}{before}), wanted {wanted}"


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


async def report(questions: Sequence[Question], folder: Path) -> Report:
    """Ask all questions: those that need no records of their own in one company, the others each in its own."""
    snapshot, found = await company(folder), Report()
    plain = [each for each in questions if not _records(each)]
    for each, seen in zip(plain, await _answers(snapshot, folder, [], plain), strict=True):
        found.judged.append(Judged(each, seen, judge(each, seen, None)))
    for records, asked in _together([each for each in questions if _records(each)]):
        answers = await _answers(snapshot, folder, records, asked)
        twins: Sequence[Seen | None] = [None] * len(asked)
        if any("hidden" in each["want"] for each in asked):
            twins = await _answers(snapshot, folder, list(asked[0].get("made_as", ())), asked)
        for each, seen, twin in zip(asked, answers, twins, strict=True):
            found.judged.append(Judged(each, seen, judge(each, seen, twin)))
    places = {id(each): place for place, each in enumerate(questions)}
    found.judged.sort(key=lambda each: places[id(each.question)])
    return found


async def _answers(snapshot: Snapshot, folder: Path, records: list[Question], asked: Sequence[Question]) -> list[Seen]:
    async with asked_in(snapshot, folder / "asked.db", records) as world:
        return [await ask(world, each) for each in asked]


def _records(question: Question) -> list[Question]:
    return [*question.get("made_as", ()), *([question["private"]] if "private" in question else [])]


def _together(questions: Sequence[Question]) -> list[tuple[list[Question], list[Question]]]:
    """Return the questions that need the same records, with these."""
    by_records: dict[str, list[Question]] = {}
    for each in questions:
        by_records.setdefault(json.dumps(_records(each)), []).append(each)
    return [(json.loads(records), asked) for records, asked in by_records.items()]
