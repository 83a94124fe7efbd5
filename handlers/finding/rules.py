"""What somebody looks for: the telling words of a question, the words that are as good, and what stands first. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from handlers.checks.english import is_english
from handlers.finding.asking import asks_for_records, without_place
from handlers.hooks.finding import Word
from storage.finding.finding import Filed, Kind
from storage.glossary import thesaurus
from storage.glossary.forms import derived, exact, stem

#: So much of a text is looked at, and so many of its words are looked for.
_READ, _TOKENS, _MOST = 500, 40, 8
#: A word with a slip has so many letters at least, and one with two so many.
_LONG, _VERY_LONG = 6, 9
#: So many telling words may be one word that nobody has defined.
_A_WORD = 3
#: What stands after "how" says how much of something is asked for.
_HOW = re.compile(r"\bhow (?:long|often|much|many|far|soon|big|large|fast|old)\b")
#: Whoever uses a system tells of it what is feedback.
_TOLD_US = re.compile(
    r"\b(?:tell|tells|told|telling) us\b|"
    r"\b(?:users|pilots|customers|clients|patients|drivers|nurses|farmers) (?:say|said|claim|keep saying)\b"
)
#: Who asks somebody for something requests it.
_ASKED_FOR = re.compile(
    r"\b(?:did|has|have|had) (?:we|you|they|i|any(?:one|body)|some(?:one|body)|the \w+ team) (?:\w+ )?ask(?:ed)? for\b|"
    r"\b(?:was|were|is|are) (?:going|meant|supposed) to (?:send|give|get|bring|hand) (?:us|me|over)\b|"
    r"\bwe (?:were|are) (?:(?:meant|supposed|due|going) )?to (?:get|have|receive)\b"
)
_LANDED = re.compile(r"\b(?:(?:did|have|had) we (?:finally )?|we )(?:land(?:ed)? on|end(?:ed)? up with)\b")
_WHOSE = re.compile(r"\bwhose (?:call|decision|idea|proposal|suggestion)\b")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
#: Words that ask, or that hold a sentence together.
_FILLER_WORDS = """
    a able about above against according actually after again ago agree agreed all already also am an and another
    any anybody anyone anything anywhere are around as ask asked asking at back be because been before being below
    between both but by came can cant come could couldn did didn didnt do does doesn doing don done dont each either
    else end ever every everything exactly few find folks for found from get gets getting give given go goes going
    gone gonna got gotten had has hasn hasnt have haven havent happen happened happening happens having he hear
    heard hello help her here hey hi him his how i if in into is isn isnt it its just keep kept know known last
    lately latest let like list look looking lot made make makes many may maybe me mean meaning means meant might
    mine more most much must my need needs never no n nobody nor not nothing now of off often on once one only onto
    open or other our ours out over own perhaps please promise promised promises put question questions rather re
    read really recently regarding round said same say says search see settle settled shall she should show since so
    some somebody someone something somewhere still such sure take tell than thank thanks that thats the their them
    then there these they thing things think this those through till to today together told too topic toward try
    under until up upon us use used very versus vote votes vs wait waiting want wanted was wasn way we well went
    were what whats when where whether which while who whole whom whos whose why will with within without won would
    y yeah yes yet you your yours answer answers answered
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
#: What data is, teams are and models have is said of most things: looked for only where nothing else is.
_WEAK = frozenset(
    [
        "date",
        "due",
        "passed",
        "review",
        "link",
        "data",
        "team",
        "teams",
        "information",
        "info",
        "status",
        "state",
        "stuff",
    ]
)
#: Words that make no name.
_NAMELESS = _FILLERS | _WEAK
#: Words that say which kind of record is looked for.
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("decide", "decides", "decided", "decision", "decisions", "deciding", "why"), "decision"),
    **dict.fromkeys(("argument", "arguments", "rationale", "ruled", "reasoned"), "decision"),
    **dict.fromkeys(("reason", "reasons", "reasoning", "conclude", "concluded", "conclusion", "ruling"), "decision"),
    **dict.fromkeys(
        ("choose", "chose", "chosen", "choice", "choices", "policy", "purpose", "verdict", "outcome", "stance"),
        "decision",
    ),
    **dict.fromkeys(("proposal", "proposals", "proposed", "propose", "settle", "settled"), "decision"),
    **dict.fromkeys(("request", "requests", "requested"), "data request"),
    **dict.fromkeys(("card", "cards", "requirement", "requirements", "required"), "card"),
    **dict.fromkeys(("feedback", "report", "reports", "reported", "complain", "complained", "complaining"), "feedback"),
    **dict.fromkeys(("complaint", "complaints", "problem", "problems", "issue", "issues", "bug", "bugs"), "feedback"),
    **dict.fromkeys(("moan", "moans", "moaned", "moaning", "grumble", "grumbled", "grumbling"), "feedback"),
    **dict.fromkeys(("noticed", "wrong", "filed", "raised", "flagged", "spotted"), "feedback"),
    **dict.fromkeys(("note", "notes", "noted"), "data note"),
}
#: Words that ask for the owner of a duty.
_OWNING = frozenset(["owner", "owners", "owns", "own", "owned", "responsible", "accountable", "assigned", "whose"])
#: Words that ask for a definition.
_DEFINING = frozenset(["mean", "means", "meaning", "definition", "definitions", "define", "defined"])


_WHETHER = frozenset(["is", "are", "was", "were", "will", "has", "have", "did"])


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: its words in order, those of them that tell something, and the kinds of records named.

    ``said`` is the question as it was put. What was ``offered`` already isn't offered again.
    """

    tokens: tuple[str, ...]
    telling: tuple[str, ...]
    kinds: frozenset[Kind]
    is_for_meaning: bool
    is_for_owner: bool
    said: str = ""
    offered: tuple[str, ...] = ()

    @property
    def is_word(self) -> bool:
        """Tell whether it may be a word that isn't known: nothing stands between its telling words.

        "Is the gym class cancelled" asks for none.
        """
        row = f" {' '.join(self.tokens)} "
        asks_whether = not _WHETHER.isdisjoint(self.tokens[:1]) and _DEFINING.isdisjoint(self.tokens)
        is_row = len(self.telling) <= _A_WORD and f" {self.text} " in row
        return is_row and not (self.kinds or self.is_for_owner or asks_whether)

    @property
    def text(self) -> str:
        """Return what is looked for, as it is said in the answer."""
        return " ".join(self.telling) or ", ".join(sorted(self.kinds))


def read(text: str) -> Question:
    """Read a question or some words. Where no word tells anything, what they name is looked for by these very words."""
    row = without_place(" ".join(text[:_READ].casefold().split()))
    row = _WHOSE.sub("who decided", _HOW.sub("how", _LANDED.sub("decided", row)))
    row = _ASKED_FOR.sub("requested", _TOLD_US.sub("reported", row))
    tokens = tuple(_TOKEN.findall(row))[:_TOKENS]
    plain = [re.sub(r"['’](?:s|d|ll|re|ve|m|t)$", "", each) for each in tokens]
    kinds = frozenset(_KINDS[each] for each in plain if each in _KINDS)
    said = {*_FILLERS, *_KINDS, *_OWNING, *_DEFINING}
    full = [each for each in plain if each not in said]
    telling = [each for each in full if each not in _WEAK] or ([] if kinds else full)
    is_for_meaning = not kinds or not _DEFINING.isdisjoint(plain)
    is_who = plain[:1] == ["who"] and _DEFINING.isdisjoint(plain) and plain[:3] != ["who", "knows", "what"]
    is_for_owner = not kinds and (is_who or not _OWNING.isdisjoint(plain))
    told = tuple(dict.fromkeys(telling))[:_MOST]
    return Question(tuple(plain), told, kinds, is_for_meaning, is_for_owner, text[:_READ])


def groups(question: Question, words: Sequence[Word], alike: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return for each telling word what is as good: its forms, and the glossary's and the features' words for it.

    A name of several words that has others is one group with them.
    """
    row = f" {' '.join(question.tokens)} "
    named = {asked: (asked, *others) for asked, others in alike.items() if " " in asked and f" {asked} " in row}
    named |= {each.asked: each.others for each in words}
    others = {asked: names for asked, names in named.items() if " " in asked and len(names) > 1}
    several = [
        (asked, *names) for asked, names in others.items() if not set(asked.split()).isdisjoint(question.telling)
    ]
    covered = {token for asked, *_ in several for token in asked.split()}
    same = {stem(word): others for word, others in alike.items()}
    single = [
        (each, *exact(each), *derived(each), *named.get(each, ()), *same.get(stem(each), thesaurus.same(each)))
        for each in question.telling
    ]
    return [tuple(dict.fromkeys(each)) for each in (*several, *(each for each in single if each[0] not in covered))]


def widened(question: Question, groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the same groups with what stands for their words in most sentences; several words may be one there."""
    pairs = list(pairwise(question.tokens))
    found = {
        f"{one} {other}": thesaurus.near(f"{one} {other}") or thesaurus.near(f"{one}-{other}") for one, other in pairs
    }
    said = {pair: near for pair, near in found.items() if near}
    covered = {token for pair in said for token in pair.split()}
    single = [(*each, *thesaurus.near(each[0])) for each in groups if each[0] not in covered]
    return [*((pair, *near) for pair, near in said.items()), *single]


def respelt(said: str, records: Iterable[Filed]) -> str:
    """Return the word in the name of a record that somebody must have meant; empty where it is no slip of the hand."""
    if len(said) < _LONG or not said.isalpha() or is_english(said):
        return ""
    names = (token for each in records for token in _TOKEN.findall(f"{each.title} {each.component}".casefold()))
    far = {
        each: OSA.distance(said, each) for each in dict.fromkeys(names) if each[0] == said[0] and each not in _NAMELESS
    }
    return min(
        (each for each, distance in far.items() if 0 < distance <= 1 + (len(said) >= _VERY_LONG)),
        key=far.__getitem__,
        default="",
    )


def named(question: Question, words: Iterable[Word], *, is_on_record: bool) -> list[Word]:
    """Return the words that are asked for: those that are all that a question tells.

    "why use early stopping" asks for a decision, and where none is on record, for the word.
    """
    is_for_meaning = question.is_for_meaning or ("why" in question.tokens and not is_on_record)
    asked = [
        each
        for each in {each.asked: each for each in words}.values()
        if set(each.asked.split()) & set(question.telling)
    ]
    told = {token for each in asked for token in each.asked.split()}
    return asked if is_for_meaning and told.issuperset(question.telling) else []


def is_asked_for(question: Question, record: Filed) -> bool:
    """Tell whether a question asks for records of some kind, and this is one."""
    return record.kind in question.kinds or (not question.kinds and asks_for_records(question.said) is not None)


def may_be_of_words(question: Question) -> bool:
    """Tell whether words of a question may be what it is about, where nothing on record has them all."""
    is_of_records = bool(question.kinds) and "why" not in question.tokens
    return not (is_of_records or question.is_for_owner) and asks_for_records(question.said) is None


def ranked(found: Iterable[Filed], groups: Sequence[Sequence[str]], kinds: frozenset[Kind]) -> list[Filed]:
    """Put what is asked for first: of the kinds that are named, in force, with most of the words in its name."""
    wanted = [frozenset(stem(each) for each in words) for words in groups]

    def place(each: Filed) -> tuple[bool, bool, int]:
        name = {stem(token) for token in _TOKEN.findall(f"{each.title} {each.component}".casefold())}
        return bool(kinds) and each.kind not in kinds, not each.is_current, -sum(not name.isdisjoint(w) for w in wanted)

    return sorted(found, key=place)


def stems(groups: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the stems of all words that are looked for."""
    return frozenset(stem(word) for words in groups for word in words)


def covered(each: Filed, stems: frozenset[str]) -> float:
    """Return how much of what a record is called has the stems of a question; 0 where that is one word."""
    name = {stem(token) for token in _TOKEN.findall(each.title.casefold()) if token not in _NAMELESS}
    met = len(name & stems)
    return met / len(name) if met > 1 else 0


def is_called(each: Filed, stems: frozenset[str]) -> bool:
    """Tell whether what a record is called has one of some stems."""
    return any(stem(token) in stems for token in _TOKEN.findall(each.title.casefold()) if token not in _NAMELESS)


def has_in_name(each: Filed, groups: Iterable[Sequence[str]]) -> bool:
    """Tell whether what a record is called has all words of something in a group."""
    name = {stem(token) for token in _TOKEN.findall(each.title.casefold()) if token not in _NAMELESS}
    return any(set(map(stem, word.split())) <= name for group in groups for word in group)


def weight(question: Question, record: Filed, rarity: Iterable[tuple[Sequence[str], float]]) -> float:
    """Return how near a record is: how rare the words are that it has, twice as much where they are in its name."""
    name = {stem(token) for token in _TOKEN.findall(f"{record.title} {record.component}".casefold())}
    told = sum(rare * (1 + any(stem(each) in name for each in words)) for words, rare in rarity)
    return told + names_component(question, record)


def names_component(question: Question, record: Filed) -> bool:
    """Tell whether a question names the component that a record is about."""
    name = _TOKEN.findall(record.component.casefold())
    return bool(name) and set(name).issubset(question.tokens)


def is_near(met: int, of: int, *, is_of_kind: bool) -> bool:
    """Tell whether so many of the words of a question are enough to offer a record; its kind counts as one of them."""
    return (met > 0 and 2 * (met + is_of_kind) > of + is_of_kind) or (met > 1 and 2 * met >= of)
