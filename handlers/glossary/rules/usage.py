"""Whether a name in a text is spoken of as a word, or stands there for a thing or a deed of every day; pure."""

import re
from collections.abc import Container, Sequence
from itertools import takewhile

from handlers.framework.small_words import is_function, is_of_scene
from handlers.glossary.rules.disciplines import is_everyday, is_of_work
from handlers.glossary.rules.spoken import asks_for_others, quotes_others, wonders
from handlers.glossary.rules.stretches import Stretch, ends_name, is_one_word, words_of

_OWN_WORDS = "my your his her"
_OWN = frozenset(_OWN_WORDS.split())
_ARTICLE_WORDS = "the a an our their its this that these those any which"
_ARTICLES = frozenset(_ARTICLE_WORDS.split()) | _OWN
_DOER_WORDS = (
    "i you we they he she u who someone somebody anyone anybody everyone everybody please pls plz to can could will "
    "would must should may might let's lets don't didn't can't cannot won't"
)
#: Before a verb stands who does it, or that it should be done.
_DOERS = frozenset(_DOER_WORDS.split())
_OBJECT_WORDS = "me him us them it he she i you we they where when who some all every"
#: After a verb stands what it is done to, or a clause.
_DONE_TO = _ARTICLES | frozenset(_OBJECT_WORDS.split())
#: "My shadow deployed itself on the wall" names no shadow deployment.
_ITSELF = frozenset(("itself", "himself", "herself", "themselves", "myself", "yourself", "ourselves"))
_TIE_WORDS = "of on from for to over with in at under around near"
_TIES = frozenset(_TIE_WORDS.split())
#: "He is in production" says where somebody is.
_PEOPLE = frozenset(("he", "she", "he's", "she's", "he’s", "she’s"))
_WHERE = frozenset(("in", "on", "at", "off"))
_BE = frozenset(("is", "are"))
#: What asks something, and what asks for one of many: "which train do I take".
_ASKS = re.compile(r"\?|\b(?:what|how|why|wats?|whats|explain\w*)\b", re.IGNORECASE)
_WHICH_ONE = re.compile(r"\s*(?:which|what|whose) [\w-]+ (?!(?:is|was) (?:it|that|this|meant)\b)", re.IGNORECASE)
_MARKS = frozenset(",;:?=–—-…")
_JOB_WORDS = "engineer engineers scientist scientists steward stewards agent agents"
#: "as a software engineer says it" says whose word it is.
_TO_WHOM = frozenset((how, one) for how in ("as", "to", "for", "like") for one in ("a", "an", "the", "our"))
#: What people are: a sentence that says it of somebody asks for no word.
_JOBS = frozenset(_JOB_WORDS.split())


def is_spoken_of(text: str, name: Stretch) -> bool:
    """Tell whether a name may be spoken of as a word: "the label on my coat" names a thing."""
    return may_be_word(text, name) and not _is_tied(words_of(text), name)


def may_be_word(text: str, name: Stretch) -> bool:
    """Tell whether a name is no deed, possession or place of somebody: "do you recall where", "his weight"."""
    told = words_of(text)
    if is_job(name.text):
        return tuple(told[max(name.start - 2, 0) : name.start]) not in _TO_WHOM
    before, after = _at(told, name.start - 1), _at(told, name.end)
    if not is_everyday(name.text) or not is_one_word(name.text):
        return after not in _ITSELF or not is_everyday(told[name.start])
    is_deed = before in _DOERS and (after in _DONE_TO or after in _TIES)
    return not (is_deed or is_of_somebody(told, name))


def is_of_somebody(told: Sequence[str], name: Stretch) -> bool:
    """Tell whether a name stands for what somebody has, or where a person is, as everybody says it: "his weight"."""
    before = _at(told, name.start - 1)
    is_said = before in _OWN or (before in _WHERE and not _PEOPLE.isdisjoint(told[: name.start]))
    return is_said and is_everyday(name.text) and is_one_word(name.text)


def is_topic(text: str, name: Stretch) -> bool:
    """Tell whether a text begins with a name and a mark: "labels: what do I do with them", "kernel, as in Linux"."""
    told = words_of(text)
    before, after = told[: name.start], _at(told, name.end)
    return all(each in _ARTICLES or not each.isalnum() for each in before) and after in _MARKS


def is_job(name: str) -> bool:
    """Tell whether a name is one for what people are, which also says of somebody who they are."""
    return name.rsplit(maxsplit=1)[-1].casefold() in _JOBS


def is_rare(name: str) -> bool:
    """Tell whether hardly anybody says a name of anything of every day."""
    return not is_one_word(name) or not is_everyday(name)


def is_clear(text: str, named: Sequence[Stretch], names: Sequence[Stretch]) -> bool:
    """Tell whether a text can only be about some of the names in it.

    Nothing of another world belongs to them there, as tourists do in "the clustering of tourists". With a name of every
    day the text asks something, too.
    """
    told, own = words_of(text), {place for each in names for place in range(each.start, each.end)}
    others = {place for place, each in enumerate(told) if place not in own and not _is_ours(each)}
    if (
        asks_for_others(text)
        or quotes_others(text, named)
        or _is_said_of(told, others)
        or any(_is_of(told, each, others) for each in named)
    ):
        return False
    are_rare = all(is_rare(each.text) for each in named)
    return are_rare or wonders(text) or (_ASKS.search(text) is not None and not _WHICH_ONE.match(text))


def may_ask(text: str) -> bool:
    """Tell whether a text asks something, or begins with a word and a mark: "imbalance, we have it apparently"."""
    return _ASKS.search(text) is not None or words_of(text)[1:2] == [","]


def _is_ours(token: str) -> bool:
    """Tell whether a word is one of our work, or tells nothing of what a sentence is about."""
    return ends_name(token) or is_of_scene(token) or is_of_work(token)


def _is_said_of(told: Sequence[str], others: Container[int]) -> bool:
    """Tell whether a text asks for one of other things ("which bar"), or whether something is one ("is it a club")."""
    asked = {1} if told[0] in ("which", "what", "whose") else set[int]()
    said = {at + 1 for at, each in enumerate(told) if each in ("a", "an") and not _BE.isdisjoint(told[:at][-3:])}
    return any(each in others for each in asked | said)


def _is_of(told: Sequence[str], name: Stretch, others: Container[int]) -> bool:
    """Tell whether a name stands beside another thing, is tied to it, or says where something stands (ML docs)."""
    before = takewhile(lambda at: not ends_name(told[at]), range(name.start - 1, -1, -1))
    behind = takewhile(lambda at: not ends_name(told[at]), range(name.end, len(told)))
    is_tied = _at(told, name.end) in _DONE_TO | _TIES
    rest = takewhile(lambda at: told[at][0].isalnum(), range(name.end, len(told))) if is_tied else ()
    return is_of_scene(_at(told, name.end)) or any(each in others for each in (*before, *behind, *rest))


def _is_tied(told: Sequence[str], name: Stretch) -> bool:
    """Tell whether a name stands for a thing that is tied to one of another world: "the contract for the coffee"."""
    before, after = _at(told, name.start - 1), _at(told, name.end)
    rest = [each for each in told[name.end + 1 :] if not is_function(each)]
    is_tied = after in _TIES and bool(rest) and not ends_name(rest[0]) and not is_of_work(rest[0])
    return is_tied and (before in _ARTICLES or after == "of")


def _at(told: Sequence[str], place: int) -> str:
    return told[place] if 0 <= place < len(told) else ""
