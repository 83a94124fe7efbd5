"""What is known of where a word was said: asked only where it may change which meaning stands first."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.framework.context import Context
from handlers.glossary.lookup import Glossary
from handlers.glossary.rules import ordering
from handlers.glossary.rules.naming import Found, LookUp
from handlers.glossary.rules.ordering import Around
from handlers.slack.interactions import Ask, Interaction, Quote
from handlers.slack.message_text import unmarked
from storage.engine.interface import Reader
from storage.glossary import opinions
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace, stewards_of


async def likely_first(context: Context[Ask], glossary: Glossary, outcome: LookUp) -> LookUp:
    """Return what a look-up found with the likely meaning first."""
    if not isinstance(outcome, Found) or not ordering.is_ambiguous(outcome):
        return outcome
    ask = context.interaction
    # Of the reads on this way depends how fast the bot is: with the word alone only who is there may say more.
    helped = await _helped(context, [outcome])
    is_bare = ask.is_private and ordering.is_alone(outcome, ask.text)
    if is_bare and not helped and not await context.read(_chosen, context.workspace):
        return outcome
    quote = await _asked_about(context, outcome)
    there = await around(context, glossary, quote, unmarked(ask.text))
    return ordering.likely_first(outcome, replace(there, helped=helped, whole=unmarked(ask.whole)))


async def with_what_helped(context: Context[Interaction], around: Around, words: Sequence[Found]) -> Around:
    """Return the same with which meanings of some words helped people of this place before."""
    return replace(around, helped=await _helped(context, [each for each in words if ordering.is_ambiguous(each)]))


async def _helped(context: Context[Interaction], words: Sequence[Found]) -> tuple[str, ...]:
    """Return the id of the meaning that helped, once for each person who is here."""
    ids, channel_id = [sense.id for each in words for sense in each.senses], context.interaction.place.channel_id
    helped = await context.read(opinions.helped, context.workspace, ids) if ids else []
    if not helped:
        return ()
    here = await context.directory.members(context.team_id, channel_id) if _is_channel(channel_id) else ()
    return tuple(sense_id for sense_id, who in helped if who in here or who == context.user_id)


async def around(context: Context[Interaction], glossary: Glossary, quote: Quote | None, question: str = "") -> Around:
    """Return what is known round a question, and round the message that it is about."""
    chosen = await context.read(glossary.first)
    known = await context.read(disciplines_of, context.workspace)
    channel_id = context.interaction.place.channel_id
    here = await context.directory.members(context.team_id, channel_id) if known and _is_channel(channel_id) else ()
    people = tuple(known[each] for each in sorted(here) if each in known)
    if quote is None:
        return Around(question, chosen=chosen, people=people)
    return Around(question, quote.text, known.get(quote.author_id, ""), chosen, people)


def disciplines_of(reader: Reader, workspace: Workspace) -> dict[str, str]:
    """Return each person's discipline, as far as known: what they have chosen, else the only one they look after."""
    looked_after = dict[str, list[str]]()
    for each in stewards_of(reader, workspace.team_id):
        looked_after.setdefault(each.user_id, []).append(each.discipline)
    return {user_id: own[0] for user_id, own in looked_after.items() if len(own) == 1} | _chosen(reader, workspace)


def _chosen(reader: Reader, workspace: Workspace) -> dict[str, str]:
    revision = workspace.preferences_revision
    return preferences.chosen(reader, workspace.team_id, revision, preferences.DISCIPLINE)


def _is_channel(channel_id: str) -> bool:
    return bool(channel_id) and not channel_id.startswith("D")


async def _asked_about(context: Context[Ask], found: Found) -> Quote | None:
    """Return the message above a question in a thread that it is about; None without the scope to read it."""
    ask = context.interaction
    if not ask.thread_ts or ask.thread_ts == ask.ts:
        return None
    said = await context.directory.said_before(ask.place.channel_id, ask.ts, ask.thread_ts)
    return _last_with(said, found)


def _last_with(said: Sequence[Quote], found: Found) -> Quote | None:
    """Return the last message that has the word in it, else the first of the thread."""
    having = [each for each in said if ordering.holds(each.text, found.word, found.asked)]
    return next(iter([*having[-1:], *said[:1]]), None)
