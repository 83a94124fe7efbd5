"""What a sentence speaks of: stretches of it that may be names, and whether it clearly asks about words; pure.

A name stands between words that only hold a sentence together. What stands beside other telling words is part of
something longer, and so no name: "model" in "model railway".
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from handlers.framework import plain_text
from handlers.framework.small_words import is_function, is_of_scene, is_of_talk, is_of_words
from handlers.glossary.rules.disciplines import is_everyday, is_jargon, is_of_work
from handlers.glossary.rules.phrasing import QUOTES

Asks = Literal["difference", "meaning", ""]

_FLAGS = re.IGNORECASE
TOKEN = re.compile(r"[^\W_][\w+#'’.&-]*[\w+#]|[^\W_]|[^\w\s]")
#: A name has so many words at most; so many stretches of a sentence are looked for.
_WORDS, _MOST = 4, 60
_DIFFERENCE = re.compile(
    r"\b(?:differ(?!enti)\w*|diff|distinct\w*|distinguish\w*|compare[sd]?|contrast\w*|versus|vs|same|alike|"
    r"interchangeabl[ey]|synonym\w*|confus(?:e[sd]?|ing)(?=.* (?:and|with|or|from|for) )|"
    r"mix(?:es|ed|ing)?(?=.* up\b)|which is\b.* which|"
    r"tell .* apart|apart from|(?:line|border|boundary|relation|relationship) between|as opposed to|in common|"
    r"one or the other|relat(?:e|es|ed|ion)|(?:all|the) (?:two|three|four)|(?:two|three|four) (?:words|terms|"
    r"names)|both|(?:rather|more|less) than|next to|on the other|"
    r"one thing|(?:an)?other (?:word|name) for|end and|something else than)\b|!=|≠",
    _FLAGS,
)
_MEANING = re.compile(
    r"\b(?:means?|meaning|meant|defin(?:e[sd]?|ing|ition|itions)|expla(?:in(?:s|ed|ing)?|nation)|stands? for|"
    r"(?:short|long|full) (?:for|form)|refer(?:s|ring)? to|(?:the|that|this|a) (?:word|term|acronym|abbreviation)|"
    r"(?:put|say)\b.* (?:in|into) .*words|(?:plain|simple|normal) (?:english|words|terms)|in english|layman\w*|"
    r"in (?:one|a) (?:sentence|word|line|nutshell)|tl;?dr|eli5|for dummies|jargon|gist|concept of|notion of|"
    r"(?:in|search) (?:(?:the|our|your) )?glossary|glossary entry|(?:one|a) (?:sentence|line) (?:on|about)|"
    r"(?:this|that|the) (?:[\w-]+ ){0,3}thing|(?:picture|imagine)|(?:you|we|one|people|they) call|"
    r"underst(?:and|ood)|don['’]?t (?:quite )?get|never heard|(?:no|any) (?:idea|clue)|struggling (?:with|to)|"
    r"translate[ds]?|elaborate[ds]?|brief (?:me|us)|walk (?:me|us) through|all about|on about|"
    r"(?:talk(?:ing|s)?|hear|heard) about|examples? (?:of|for)|look ?up (?!who\b)|(?:good|useful|used) for|"
    r"(?:qualif(?:y|ies)|counts?|considered|classified) (?:as|an?)|(?<=what )(?:do|does|would) .* call)\b|"
    r"\b(?:need|tell|quick|question|help|these|following|words?|terms?)\b[^:]*: [^:]{2,80}$",
    _FLAGS,
)
#: These ask for reasons and people, whatever else they say.
_OTHER = re.compile(
    r"\b(?:why(?!.* calls? )|whose|who (?:owns?|is|handles?|runs?|approves?|decides?)|did (?:we|anyone))\b", _FLAGS
)


#: So people say that they don't know a word, without asking for it.
_WONDERS = re.compile(
    r"\?\s*\?|(?:^|[.!?;:] )[\w/-]+\W*$|[,:;] [\w/-]+\?|"
    r"\bwhat (?:[\w'’-]+ ){1,6}(?:measures?|covers?|does|is|are)\W*$|^what (?:would|should|do|does|causes?)\b|"
    r"\b(?:keeps?|kept) coming|\b(?:came|comes?|coming) up\b|\b(?:know|read|learn) about\b|"
    r"\b(?:new|unclear) to (?:me|us)\b|"
    r"\bwhat (?:do|should|can) (?:i|we) (?:say|tell|answer|reply)\b|"
    r"\bwhat(?:['’]?s| is| was| are)? (?:it|that|this|one|they)\b|\b(?:keeps?|kept)(?: on)? \w+ing\b|"
    r"\b(?:some(?:one|body)|people|they|you|he|she|everyone|[A-Z][a-z]+) (?:just |all )?"
    r"(?:said|says?|saying|mention(?:s|ed)|wrote|calls?|called|used)\b|"
    r"\b(?:nod(?:ded)?|dumb|newbie|noob|thick|silly|que|enlighten|unpack|translation|term|gimme|never dared|"
    r"one (?:line|sentence|word)s?|is (?:that|it|this) (?:like|about|when|just|only)|which is (?:it|that)|"
    r"good or bad|is that good|(?:that|the|this) last (?:word|bit|part|one|term)|works?(?=(?: \w+ly)?\W*$))\b",
    _FLAGS,
)


#: Between names in a row: "monitoring/observability", "an epoch against a batch".
_IN_A_ROW = frozenset(("and", "or", "nor", "vs", "vs.", "versus", "against", "n", "a", "an", "the", *"/&,+;)"))
_SENTENCE_ENDS = frozenset(".?!;")
#: Several names that are so many of all telling words are what is asked for.
_ALL = (2, 3)
_QUOTES = frozenset("\"“”„«»'‘’`")
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]+")
_WHICH = re.compile(r"\b(?:which|what) (?:sense|meaning|definition)\b(?! (?:of|for)\b)", _FLAGS)
#: "apparently", "roughly": says how something is, and belongs to no name.
_ADVERB = re.compile(
    r"(?!anomaly|assembly|family|supply|reply|apply|multiply|monopoly|weekly|monthly|yearly)[a-z]{4,}ly", _FLAGS
)
_VERB = re.compile(r"[a-z]{3,}(?:ed|es|[^s]s|ing)", _FLAGS)
_OUTER = frozenset(("on", "in", "out", "off", "up", "over", "down", "by", "back"))


#: "Ana wrote … on the board": of a sentence that tells who said a word, this is who.
_SPEAKER = re.compile(
    r"\b[A-Z][a-z]+(?= (?:just |always |never |also )?(?:says?|said|keeps?|kept|wrote|writes|mention(?:s|ed)|"
    r"asks?|asked|talks?|talked|calls?|called|uses?|used|tells?|told|could|can|goes|showed|put|thinks|thought)\b)"
)


class Stretch(NamedTuple):
    """Words of a sentence that may be a name; ``start`` and ``end`` count its words and marks."""

    start: int
    end: int
    text: str


def asks(text: str) -> Asks:
    """Tell whether a sentence clearly asks about words: for the difference of some, or for a meaning."""
    if _OTHER.search(text):
        return ""
    return "difference" if _DIFFERENCE.search(text) else "meaning" if _MEANING.search(text) else ""


def wonders(text: str) -> bool:
    """Tell whether somebody asks about a word, or shows that they don't know one."""
    return bool(asks(text)) or _WONDERS.search(text) is not None


def asks_which(text: str) -> bool:
    """Tell whether it is asked which of a word's meanings is meant, whatever word that is."""
    return _WHICH.search(text) is not None


@lru_cache(maxsize=1000)
def stretches(text: str) -> tuple[Stretch, ...]:
    """Return what may be a name in a text, the longest first; those of a length in their order."""
    plain = plain_text.plain(text)
    found = list(TOKEN.finditer(plain))
    ends = [ends_name(each[0]) for each in found]
    beside = _with_scenes([each[0] for each in found], ends)
    spans = [
        Stretch(start, end, plain[found[start].start() : found[end - 1].end()])
        for size in range(_WORDS, 0, -1)
        for start in range(len(found) - size + 1)
        if _is_apart(beside, start, end := start + size)
        and (size > 1 or not ends[start])
        and _may_be_name([each[0] for each in found[start:end]])
    ]
    return tuple(spans[:_MOST])


@lru_cache(maxsize=1000)
def inside(text: str) -> tuple[Stretch, ...]:
    """Return what may be a name in a text, whatever stands beside it: several words, or one of nothing but our work."""
    plain = plain_text.plain(text)
    found = list(TOKEN.finditer(plain))
    spans = [
        Stretch(start, start + size, plain[found[start].start() : found[start + size - 1].end()])
        for size in range(_WORDS, 0, -1)
        for start in range(len(found) - size + 1)
        if _may_be_name([each[0] for each in found[start : start + size]])
    ]
    return tuple(each for each in spans if each.end - each.start > 1 or is_jargon(each.text))[:_MOST]


def outside_scenes(text: str) -> tuple[Stretch, ...]:
    """Return the same without single words for where a word was heard."""
    return tuple(each for each in stretches(text) if not is_of_scene(each.text))


def is_of_another(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether a short text asks for another word than its only name: "a registry, for models"."""
    told, first = _told(text), names[0].start
    is_later = len(names) == 1 and first > 0 and told[first - 1] in ("for", "of")
    return is_later and len(told) <= _WORDS + 1 and not ends_name(told[0])


def only(text: str, names: Sequence[Stretch]) -> Stretch | None:
    """Return the only name in what somebody says who wonders about a word: the first thing that is said, unquoted."""
    found, there = apart(names), stretches(text)
    is_first = len(found) == 1 and found[0].start == min(each.start for each in there)
    return found[0] if is_first and wonders(text) and not QUOTES.search(text) else None


def verbs(text: str) -> tuple[Stretch, ...]:
    """Return what may be said of what stands before it, as in "the model overfits"."""
    found = list(TOKEN.finditer(plain_text.plain(text)))
    ends = [ends_name(each[0]) for each in found]
    return tuple(
        Stretch(at, at + 1, each[0])
        for at, each in enumerate(found)
        if _VERB.fullmatch(each[0]) and at and (at + 1 == len(found) or ends[at + 1]) and not ends[at]
    )


def jargon(text: str) -> tuple[Stretch, ...]:
    """Return what stands apart in a text and is said of nothing but our work.

    "Cadence of retraining" asks for a cadence.
    """
    told = _told(text)
    return tuple(each for each in stretches(text) if is_jargon(each.text) and "of" not in told[: each.start][-1:])


def _told(text: str) -> list[str]:
    return [each[0].casefold() for each in TOKEN.finditer(plain_text.plain(text))]


def unusual(text: str) -> tuple[Stretch, ...]:
    """Return what stands apart in a text, but words that everybody says of something else every day."""
    return tuple(each for each in stretches(text) if not is_one_word(each.text) or not is_everyday(each.text))


def sure(text: str, names: Sequence[Stretch]) -> list[Stretch]:
    """Return those of the known names in a text that hardly stand there by chance, whatever it asks.

    These are names of several words, abbreviations, what is in quotes or a sentence by itself, and names in a row.
    """
    told = _told(text)
    in_a_row = {
        each
        for one, other in pairwise(names)
        if one.end < other.start and _IN_A_ROW.issuperset(told[one.end : other.start])
        for each in (one, other)
    }
    people = {each.casefold() for each in _SPEAKER.findall(plain_text.plain(text))}
    said = {place for place, each in enumerate(told) if not (ends_name(each) or is_of_scene(each) or each in people)}
    named = {place for each in names for place in range(each.start, each.end)} & said
    enough = _ALL if len(names) > 1 else (1, 1)
    if names and len(named) * enough[1] >= len(said) * enough[0]:
        return [*names]
    return [each for each in names if each in in_a_row or _is_sure(each, told)]


def _is_sure(name: Stretch, told: Sequence[str]) -> bool:
    before, after = told[name.start - 1] if name.start else ".", told[name.end] if name.end < len(told) else "."
    is_quoted = {before, after} <= _QUOTES
    is_whole = before in _SENTENCE_ENDS | {":"} and after in _SENTENCE_ENDS
    has_several = len(re.findall(r"\w+", name.text)) > 1
    is_asked_for = before in ("a", "an") and "what" in told
    return has_several or is_asked_for or is_quoted or is_whole or _ABBREVIATION.fullmatch(name.text) is not None


def _is_apart(ends: Sequence[bool], start: int, end: int) -> bool:
    """Tell whether nothing that says something stands right before or after a stretch."""
    before, after = start == 0 or ends[start - 1], end == len(ends) or ends[end]
    return before and after


def _with_scenes(told: Sequence[str], ends: Sequence[bool]) -> list[bool]:
    """Return where a name ends before or after, also at "the meeting" or "my boss"; "class meeting" is one name."""
    found = list(ends)
    for is_scene, run in groupby(range(len(told)), lambda at: is_of_scene(told[at]) or (told[at].isdigit() and at > 0)):
        places = list(run)
        before, after = places[0] == 0 or ends[places[0] - 1], places[-1] + 1 == len(told) or ends[places[-1] + 1]
        if is_scene and before and after and is_of_scene(told[places[0]]):
            found[places[0] : places[-1] + 1] = [True] * len(places)
    return found


def _may_be_name(words: Sequence[str]) -> bool:
    """Tell whether a name may begin and end so, as "on call" does, and is one without marks."""
    outer = (each.casefold() for each in (words[0], words[-1]))
    tells = not all(map(is_function, words)) and all(_is_word(each) or each == "/" for each in words)
    return tells and not any(is_function(each) and each not in _OUTER for each in outer)


def _is_word(token: str) -> bool:
    return token[0].isalnum()


#: Words of these kinds name nothing.
_HOLDING = (is_function, is_of_words, is_of_talk)


def ends_name(token: str) -> bool:
    """Tell whether a name ends before a word or a mark, and begins after it."""
    return not _is_word(token) or any(tells(token) for tells in _HOLDING) or _ADVERB.fullmatch(token) is not None


def is_at_home(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether names stand among words of our work: beside words of something else they may be of that, too."""
    told = [each[0] for each in TOKEN.finditer(plain_text.plain(text))]
    named = {place for each in names for place in range(each.start, each.end)}
    around = [
        each for place, each in enumerate(told) if place not in named and not ends_name(each) and not each.isdigit()
    ]
    beside = [each for each in around if not is_of_scene(each)]
    if around and not beside:
        return not any(is_everyday(each.text) for each in names)
    return not beside or 2 * sum(map(is_of_work, beside)) > len(beside)


def is_one_word(name: str) -> bool:
    return len(re.findall(r"[^\W_]+", name)) == 1


def apart(found: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches that don't share words, the longest ones, in their order."""
    kept: list[Stretch] = []
    for each in found:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept)
