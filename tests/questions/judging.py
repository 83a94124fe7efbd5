"""Says of an answer whether it is right: found, missed, wrongly confident, or a leak."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

from handlers.glossary.starter import starter_senses
from handlers.responsibilities.catalogue import standard_catalogue
from storage.glossary.double_names import every_name
from storage.glossary.glossary import look_up_key
from tests.questions.asking import Question, Seen

Verdict = Literal["found", "missed", "wrong", "leaked"]
#: What an answer says that only offers: what is in bold there is not shown as found.
_OFFERS = ("did you mean", "sounds like", "isn't defined", "isn't in the glossary", "nearest")
_NUMBER = re.compile(r"\b(?:D|DR|FB)-[A-Z0-9]{2,}\b")
#: In these kinds of questions a word isn't named as it is: it is rightly answered, too, where so few are offered.
_NOT_NAMED, _FEW = ("typo", "part of a name", "synonym"), 3
#: The letters that a kind of record has before its number.
_LETTERS = {"decision": "D", "decisions": "D", "request": "DR", "feedback": "FB"}


def judge(question: Question, seen: Seen, twin: Seen | None) -> Verdict:
    """Judge an answer; ``twin`` is the answer to the same question where what is private was never written."""
    wanted = question["want"]
    if "hidden" in wanted:
        if twin is None or seen.text != twin.text:
            return "leaked"
        return judge({**question, "want": question["finds"]}, seen, None) if "finds" in question else "found"
    if "nothing" in wanted:
        return _judge_nothing(question, seen)
    if all(_is_there(question, kind, value, seen) for kind, value in wanted.items()):
        return "found" if _shows(question, seen) else "missed"
    return "wrong" if _is_wrong(question, seen) else "missed"


def is_only_offered(question: Question, seen: Seen) -> bool:
    """Tell whether an answer that is right offers what was wanted, and doesn't show it as found."""
    wanted = question["want"]
    words = [wanted.get("word"), wanted.get("offer"), *wanted.get("words", ())]
    asked = (_entries((each, *question.get("or", ()))) for each in words if each)
    shown = shown_words(question, seen)
    is_record = any(each in _LETTERS for each in wanted) and "nearest:" in seen.text.casefold()
    return is_record or any(each.isdisjoint(shown) for each in asked)


def shown_words(question: Question, seen: Seen) -> set[str]:
    """Return the entries that are shown as found, each by the look-up key of its word."""
    if any(each in seen.text.casefold() for each in _OFFERS) and not _has_glosses(seen):
        return set()
    made = [each["word"] for each in question.get("made_as", ()) if each["kind"] == "definition"]
    known = _starter().keys() | {look_up_key(each) for each in every_name(made)}
    return _entries(each for each in _bold_words(seen) if look_up_key(each) in known)


def _has_glosses(seen: Seen) -> bool:
    lines = [each.strip(" *") for each in seen.text.splitlines()]
    return any(
        f"{discipline}  " in seen.text or f"{discipline}:" in seen.text or discipline in lines
        for discipline in _disciplines()
    )


def _bold_words(seen: Seen) -> Iterator[str]:
    """Yield what is in bold and no heading: "Data science" is one, and "data science" a word."""
    return (each for each in seen.bold if each not in _disciplines())


@cache
def _disciplines() -> set[str]:
    return {sense.discipline.capitalize() for sense in starter_senses()}


@cache
def _starter() -> Mapping[str, frozenset[str]]:
    """Return by the key of each name the entries that it leads to."""
    found: dict[str, set[str]] = {}
    for sense in starter_senses():
        for name in (sense.word, *sense.aliases):
            found.setdefault(look_up_key(name), set()).add(look_up_key(sense.word))
    return {name: frozenset(entries) for name, entries in found.items()}


def _entries(names: Iterable[str]) -> set[str]:
    """Return the entries that names lead to: another name of a word is as right, and each of a double one."""
    keys = {look_up_key(each) for each in every_name(names)}
    return {entry for key in keys for entry in _starter().get(key, {key})}


def _judge_nothing(question: Question, seen: Seen) -> Verdict:
    if shown_words(question, seen) or _records(seen):
        return "wrong"
    return "found" if question.get("offer_ok") or not seen.offered else "missed"


def _records(seen: Seen) -> set[str]:
    """Return the letters of the records that are shown as what was asked for, and not as what is nearest to it."""
    if "nearest:" in seen.text.casefold():
        return set()
    return {number.partition("-")[0] for number in _NUMBER.findall(seen.text)}


def _is_wrong(question: Question, seen: Seen) -> bool:
    """Tell whether something else is shown as what was asked for, or as sure what should only be offered."""
    wanted, shown = question["want"], shown_words(question, seen)
    asked = _entries(filter(None, [wanted.get("word"), *wanted.get("words", ()), *question.get("or", ())]))
    only_offered = _entries(filter(None, [wanted.get("offer")]))
    is_other_word = bool(asked | only_offered) and bool(shown) and shown.isdisjoint(asked)
    is_there = any(kind in _LETTERS and _is_there(question, kind, value, seen) for kind, value in wanted.items())
    return is_other_word or (not is_there and any(_LETTERS.get(kind) in _records(seen) for kind in wanted))


def _is_there(question: Question, kind: str, value: str | list[str], seen: Seen) -> bool:
    return _WANTED[kind](question, value, seen)


def _is_word(question: Question, value: str, seen: Seen) -> bool:
    right = _entries((value, *question.get("or", ())))
    shown = not right.isdisjoint(_entries(_bold_words(seen))) and (_has_glosses(seen) or not seen.offered)
    is_few = question.get("kind") in _NOT_NAMED and len(set(seen.offered)) <= _FEW
    return shown or bool((question.get("either") or is_few) and right & _entries(seen.offered))


def _is_offered(question: Question, value: str, seen: Seen) -> bool:
    if question.get("either") and _is_word(question, value, seen):
        return True
    right = _entries((value, *question.get("or", ())))
    return bool(right & _entries(seen.offered)) and right.isdisjoint(shown_words(question, seen))


def _is_duty(question: Question, value: str, seen: Seen) -> bool:
    duty_id, _, component = value.partition(" of ")
    name = next(each.name for each in standard_catalogue() if each.id == duty_id)
    lines = [each.casefold() for each in seen.text.splitlines()]
    owner = question["want"].get("owner", "")
    about = [number for number, line in enumerate(lines) if name.casefold() in line]
    near = [" ".join(lines[max(0, number - 3) : number + 3]) for number in about]
    return any(component in each and (not owner or _owned(owner, each)) for each in near)


def _owned(owner: str, text: str) -> bool:
    nobody = ("nobody", "no owner", "isn't anybody's", "not assigned")
    return any(each in text for each in nobody) if owner == "nobody" else owner in text


def _says(*signs: str) -> Callable[[Question, str, Seen], bool]:
    def is_said(_question: Question, value: str, seen: Seen) -> bool:
        text = seen.text.casefold()
        return value.casefold() in text and (not signs or any(each in text for each in signs))

    return is_said


def _all(check: Callable[[Question, str, Seen], bool]) -> Callable[[Question, Iterable[str], Seen], bool]:
    return lambda question, values, seen: all(check(question, each, seen) for each in values)


_WANTED: Mapping[str, Callable[..., bool]] = {
    "word": _is_word,
    "words": _all(_is_word),
    "offer": _is_offered,
    "duty": _is_duty,
    "owner": lambda *_: True,
    "decision": _says(),
    "decisions": _all(_says()),
    "request": _says("dr-"),
    "card": _says("card", "requirement"),
    "feedback": _says("fb-", "feedback", "reported"),
}


def _shows(question: Question, seen: Seen) -> bool:
    """Tell whether what the answer must name besides is there, and the discipline that is meant comes first."""
    text = seen.text.casefold()
    if question.get("shows", "").casefold() not in text:
        return False
    sense = question.get("sense")
    places = {each: text.find(each.casefold()) for each in _disciplines()}
    there = {each: place for each, place in places.items() if place >= 0}
    return sense is None or (bool(there) and min(there, key=lambda each: there[each]).casefold() == sense)
