"""Hints in passing: in a channel that wants them, at most one a person and week, to that person alone."""

from datetime import datetime

from handlers.access.recipients import Destination, whisper
from handlers.framework.context import Context
from handlers.glossary.around import disciplines_of
from handlers.glossary.lookup import Glossary
from handlers.glossary.messages import passing as messages
from handlers.glossary.rules import passing
from handlers.glossary.rules.naming import Found
from handlers.slack.interactions import BlockAction, SlackEvent
from handlers.slack.payloads import TEXT_LIMIT
from handlers.slack.replies import Replace, Reply, Wrote
from storage.engine.interface import Transaction, to_text
from storage.workspaces import preferences


async def hear(context: Context[SlackEvent]) -> Reply:
    """Hear what is said in a channel; where its members have not switched hints on, nothing is looked at."""
    team_id, revision = context.team_id, context.workspace.preferences_revision
    wanted = await context.read(preferences.chosen, team_id, revision, preferences.PASSING)
    place, text = context.interaction.place, context.interaction.event["text"]
    channel_id, is_to_me = place.channel_id, f"<@{context.workspace.bot_user_id}>" in text
    if channel_id not in wanted or place.is_shared or is_to_me:
        return Reply()
    known = await context.read(disciplines_of, context.workspace)
    speaker = known.get(context.user_id, "")
    words = await _words(context) if speaker else []
    if not any(passing.is_used_differently(each, speaker) for each in words) or await context.is_limited(channel_id):
        return Reply()
    hearer = await _spoken_to(context)
    differing = passing.differing(words, speaker, known.get(hearer, ""))
    return Reply() if differing is None or not hearer else await _hint(context, differing, hearer)


async def _words(context: Context[SlackEvent]) -> list[Found]:
    """Return the words of the glossary in what was said, as everybody in the channel may be shown them."""
    text = context.interaction.event["text"][:TEXT_LIMIT]
    glossary = Glossary(context.workspace, (await context.viewpoint()).shown_to_all)
    return await context.store.search(lambda reader: glossary.found_in(reader, text))


async def _spoken_to(context: Context[SlackEvent]) -> str:
    """Return who is spoken to, where they are a member of the workspace and in the channel."""
    event, directory, channel_id = context.interaction.event, context.directory, context.interaction.place.channel_id
    thread_ts = event.get("thread_ts", "")
    said = await directory.said_before(channel_id, event["ts"], thread_ts)
    hearer = passing.spoken_to(said, context.user_id, event["ts"], in_thread=bool(thread_ts))
    person = await directory.person(context.team_id, hearer) if hearer else None
    return hearer if person is not None and not person.is_guest and not person.has_left else ""


async def _hint(context: Context[SlackEvent], differing: passing.Differing, hearer: str) -> Reply:
    team_id, event, now = context.team_id, context.interaction.event, context.now
    names = await context.names_of([context.user_id])
    where = Destination(team_id, context.interaction.place.channel_id, event.get("thread_ts", ""))
    said = whisper(where, hearer, messages.hint(differing, names.get(context.user_id, "Somebody")), now)

    def write(transaction: Transaction, _now: datetime) -> Wrote:
        if not passing.may_be_told(preferences.choice(transaction, team_id, hearer, preferences.HINTED), now):
            return Wrote()
        preferences.choose(transaction, team_id, hearer, preferences.HINTED, to_text(now))
        return Wrote(None, [said])

    kept = await context.read(preferences.choice, team_id, hearer, preferences.HINTED)
    return Reply(write=write) if passing.may_be_told(kept, now) else Reply()


async def never_again(context: Context[BlockAction]) -> Reply:
    """Keep that somebody wants no hints, in any channel."""

    def keep(transaction: Transaction, _now: datetime) -> Replace:
        preferences.choose(transaction, context.team_id, context.user_id, preferences.HINTED, passing.NEVER)
        return Replace(messages.NO_MORE)

    return Reply(write=keep)
