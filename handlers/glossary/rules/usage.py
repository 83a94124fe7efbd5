"""Whether a name in a text is spoken of as a word, or stands there for a thing or a deed of every day; pure."""

from collections.abc import Sequence

from handlers.framework.small_words import is_function
from handlers.glossary.rules.disciplines import is_everyday, is_of_work
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
_TIE_WORDS = "of on from for to over with in at under around near"
_TIES = frozenset(_TIE_WORDS.split())
#: "He is in production" says where somebody is.
_PEOPLE = frozenset(("he", "she", "he's", "she's", "he’s", "she’s"))
_WHERE = frozenset(("in", "on", "at", "off"))
_MARKS = frozenset(",;:?=–—-…")
_JOB_WORDS = "engineer engineers scientist scientists steward stewards agent agents"
#: What people are: a sentence that says it of somebody asks for no word.
_JOBS = frozenset(_JOB_WORDS.split())


def is_spoken_of(text: str, name: Stretch) -> bool:
    """Tell whether a name may be spoken of as a word: "the label on my coat" names a thing."""
    return may_be_word(text, name) and not _is_tied(words_of(text), name)


def may_be_word(text: str, name: Stretch) -> bool:
    """Tell whether a name is no deed, possession or place of somebody: "do you recall where", "his weight"."""
    if not is_everyday(name.text) or not is_one_word(name.text):
        return True
    told = words_of(text)
    before, after = _at(told, name.start - 1), _at(told, name.end)
    is_deed = before in _DOERS and (after in _DONE_TO or after in _TIES)
    is_of_somebody = before in _OWN or (before in _WHERE and not _PEOPLE.isdisjoint(told[: name.start]))
    return not (is_deed or is_of_somebody)


def is_topic(text: str, name: Stretch) -> bool:
    """Tell whether a text begins with a name and a mark: "labels: what do I do with them", "kernel, as in Linux"."""
    told = words_of(text)
    before, after = told[: name.start], _at(told, name.end)
    return all(each in _ARTICLES or not each.isalnum() for each in before) and after in _MARKS


def is_job(name: str) -> bool:
    """Tell whether a name is one for what people are, which also says of somebody who they are."""
    return name.rsplit(maxsplit=1)[-1].casefold() in _JOBS


def _is_tied(told: Sequence[str], name: Stretch) -> bool:
    """Tell whether a name stands for a thing that is tied to one of another world: "the contract for the coffee"."""
    before, after = _at(told, name.start - 1), _at(told, name.end)
    rest = [each for each in told[name.end + 1 :] if not is_function(each)]
    is_tied = after in _TIES and bool(rest) and not ends_name(rest[0]) and not is_of_work(rest[0])
    return is_tied and (before in _ARTICLES or after == "of")


def _at(told: Sequence[str], place: int) -> str:
    return told[place] if 0 <= place < len(told) else ""
