"""Which reading of a question is answered: the one of which something is known for sure, else what may be meant.

One rule for all features and doors. A sentence may be read by several features, the most specific first. The first that
knows something for sure answers; then what one of them offers is said; that nothing is known is said last.
"""

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from handlers.framework.mentions import HELP, Meant
from handlers.framework.routing import Command
from handlers.slack.replies import Reply, together

#: So many questions of one message are answered.
_AT_ONCE = 3


class Answering(Protocol):
    """Answers what is asked of a command, where some names are ``offered`` already.

    ``is_below``: as records that are named as a word that nothing has.
    """

    def __call__(
        self, command: Command, words: str, /, offered: tuple[str, ...] = (), *, is_below: bool = False
    ) -> Awaitable[Reply]: ...


async def best(readings: Iterable[Sequence[Meant]], answering: Answering) -> Reply:
    """Answer a question by its readings, each what is asked of one or more commands; no more of them than needed."""
    tried: list[Reply] = []
    left = iter(readings)
    for each in left:
        offered = tuple(name for reply in tried for name in reply.offers)
        reply = together([await answering(command, words, offered) for command, words in each[:_AT_ONCE]])
        is_looked_for = all(command.name == HELP for command, _ in each)
        if is_looked_for and not _says_more(reply, tried):
            continue
        tried.append(reply)
        if not reply.is_open:
            return reply
        if _names_a_word(tried):
            return await with_records(reply, [*left][-1:], answering)
    return _of_open(tried)


async def with_records(reply: Reply, looked: Sequence[Sequence[Meant]], answering: Answering) -> Reply:
    """Return what was said of a word that nothing has, with the records that are named so below it."""
    for command, words in looked[0] if looked else ():
        found = await answering(command, words, reply.offers, is_below=True)
        return reply if found.is_unknown else together([reply, found])
    return reply


def _says_more(reply: Reply, tried: Sequence[Reply]) -> bool:
    """Tell whether what was looked for is more than words in a question of which a feature knows what it may mean."""
    return not (reply.is_of_words and any(not each.is_unknown for each in tried))


def _names_a_word(tried: Sequence[Reply]) -> bool:
    """Tell whether all that is asked for is a word, which nothing has as its name."""
    first, *others = tried
    return first.is_near and not first.is_unknown and not others


def _of_open(tried: Sequence[Reply]) -> Reply:
    """Return what is said where nothing is known for sure: what may be meant, else that nothing is known.

    That is said with what is near, or with whom to ask.
    """
    first, *others = tried
    offers = [each for each in tried if not each.is_unknown]
    if offers and offers[0] is first and first.is_of_words:
        # What only may be meant stands together: words, then records.
        said = [first, *(each for each in others if each.is_unsure and not each.is_unknown)][:2]
    else:
        said = [*offers, *(each for each in tried if each.is_near), tried[-1]][:1]
    return replace(together(said), counted=first.counted)
