"""Says of an answer whether it is right: found, missed, wrongly confident, or a leak."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from handlers.glossary.starter import starter_senses
from handlers.responsibilities.catalogue import standard_catalogue
from storage.glossary.glossary import look_up_key
from tests.questions.asking import Question, Seen

Verdict = Literal["found", "missed", "wrong", "leaked"]
#: What an answer says that only offers: what is in bold there is not shown as found.
_OFFERS = ("did you mean", "sounds like", "isn't defined", "isn't in the glossary", "nearest")
_HEADS = re.compile(r", from |\s*\((?:draft|disputed).*")


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


def shown_words(seen: Seen) -> set[str]:
    """Return the look-up keys of the words that are shown as found."""
    if any(each in seen.text.casefold() for each in _OFFERS) and not _has_glosses(seen):
        return set()
    return {look_up_key(each) for each in seen.bold} & _names()


def _has_glosses(seen: Seen) -> bool:
    lines = [each.strip(" *") for each in seen.text.splitlines()]
    return any(
        f"{discipline}  " in seen.text or f"{discipline}:" in seen.text or discipline in lines
        for discipline in _disciplines()
    )


def _disciplines() -> set[str]:
    return {sense.discipline.capitalize() for sense in starter_senses()}


_KNOWN: dict[str, set[str]] = {}


def _names() -> set[str]:
    if not _KNOWN:
        _KNOWN["all"] = {look_up_key(each) for sense in starter_senses() for each in (sense.word, *sense.aliases)}
    return _KNOWN["all"]


def _judge_nothing(question: Question, seen: Seen) -> Verdict:
    if shown_words(seen) or _record_lines(seen):
        return "wrong"
    return "found" if question.get("offer_ok") or not seen.offered else "missed"


def _record_lines(seen: Seen) -> list[str]:
    """Return the lines that show a record as what was asked for."""
    if any(each in seen.text.casefold() for each in _OFFERS):
        return []
    return [each for each in seen.text.splitlines() if re.search(r"\b(?:D|DR|FB)-\d+\b", each)]


def _is_wrong(question: Question, seen: Seen) -> bool:
    """Tell whether another word is shown as what was asked for, and nothing of what is wanted."""
    wanted = question["want"]
    right = [wanted.get("word"), wanted.get("offer"), *wanted.get("words", ()), *question.get("or", ())]
    names = {look_up_key(each) for each in right if each}
    return bool(names) and bool(shown_words(seen)) and shown_words(seen).isdisjoint(names)


def _is_there(question: Question, kind: str, value: str | list[str], seen: Seen) -> bool:
    return _WANTED[kind](question, value, seen)


def _is_word(question: Question, value: str, seen: Seen) -> bool:
    right = {look_up_key(each) for each in (value, *question.get("or", ()))}
    there = {look_up_key(each) for each in seen.bold}
    shown = not right.isdisjoint(there) and (_has_glosses(seen) or not seen.offered)
    return shown or bool(question.get("either") and right & {look_up_key(each) for each in seen.offered})


def _is_offered(question: Question, value: str, seen: Seen) -> bool:
    right = {look_up_key(each) for each in (value, *question.get("or", ()))}
    offered = {look_up_key(each) for each in seen.offered} & right
    return bool(offered) or bool(question.get("either") and _is_word(question, value, seen))


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
