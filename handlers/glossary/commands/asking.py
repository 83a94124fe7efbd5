"""Where people ask the glossary."""

from datetime import datetime

from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.context import Finder, finder
from handlers.glossary.messages import definitions, stewarding, usage
from handlers.glossary.rules import naming
from handlers.glossary.rules.naming import Found, Unknown
from handlers.slack.interactions import Ask, BlockAction, Shortcut, ViewSubmission
from handlers.slack.replies import Open, Replace, Reply, Say, Share
from storage.engine.interface import Reader, Transaction
from storage.glossary import glossary, opinions, search
from storage.glossary.opinions import Given
from storage.glossary.questions import count_miss


async def define(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    outcome = await finder(ask, viewpoint, context.workspace, context.store.reader).look_up(context.store, ask.text)
    said = Say(
        definitions.answer(outcome, context.command_prefix, is_private=ask.is_private, is_limited=viewpoint.is_limited)
    )
    if not isinstance(outcome, Unknown):
        return Reply(said, asked_for=outcome.senses[0].look_up_key if isinstance(outcome, Found) else "")
    home = await viewpoint.home()

    def count(transaction: Transaction, now: datetime) -> None:
        count_miss(transaction, ask.team_id, home, outcome.word, now)

    return Reply(said, count)


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(usage.how_to_add(context.command_prefix)))


async def look_up(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    outcome = await finder(press, viewpoint, context.workspace, context.store.reader).look_up(
        context.store, press.value
    )
    said = definitions.answer(
        outcome, context.command_prefix, is_private=press.is_private, is_limited=viewpoint.is_limited
    )
    # A public reply stands for everybody, so whoever sees less of the glossary gets an answer of their own.
    return Reply(Say(said) if viewpoint.is_limited and not press.is_private else Replace(said))


async def tell_how_to_define(context: Context[Ask]) -> Reply:
    return Reply(Say(definitions.how_to_ask(context.command_prefix)))


async def show_all(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    found = finder(press, viewpoint, context.workspace, context.store.reader).found(context.store.reader, press.value)
    return Reply(Say(definitions.in_full(found)) if found else Say(definitions.nothing_left(press.value)))


async def share(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    everyones = Finder(context.workspace, viewpoint.shown_to_all, ())
    found = everyones.found(context.store.reader, press.value)
    return Reply(
        Share(definitions.shared(found, press.user_id)) if found else Say(definitions.nothing_to_share(press.value))
    )


async def find_helpful(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    found = finder(press, viewpoint, context.workspace, context.store.reader).found(context.store.reader, press.value)

    def keep(transaction: Transaction, now: datetime) -> None:
        for sense in found.senses if found else ():
            opinions.give_opinion(transaction, sense, Given(opinion="helpful", by=press.user_id), now)

    return Reply(Say(definitions.thanks()), keep)


async def find_unclear(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    found = finder(press, viewpoint, context.workspace, context.store.reader).found(context.store.reader, press.value)
    if found is None:
        return Reply(Say(definitions.nothing_left(press.value)))
    return Reply(Open(stewarding.which_form(stewarding.UNCLEAR, found.senses, found.word)))


async def keep_unclear(context: Context[ViewSubmission]) -> Reply:
    viewpoint = await context.viewpoint()
    which, reason = (str(context.interaction.fields.get(name, "")) for name in (stewarding.WHICH, stewarding.REASON))
    given = Given(opinion="not clear", by=context.user_id, reason=reason)

    def keep(transaction: Transaction, now: datetime) -> Say:
        sense = glossary.sense(transaction, context.workspace.team_id, which)
        if sense is None or sense.visibility not in viewpoint.visibilities:
            return Say(forms.gone())
        opinions.give_opinion(transaction, sense, given, now)
        return Say(definitions.thanks())

    return Reply(write=keep)


async def explain(context: Context[Shortcut]) -> Reply:
    shortcut, viewpoint = context.interaction, await context.viewpoint()
    text = shortcut.quote.text if shortcut.quote else ""
    asked = finder(shortcut, viewpoint, context.workspace, context.store.reader)

    def find(reader: Reader) -> list[Found]:
        names = search.names_for(reader, context.workspace.team_id, asked.visibilities).found_in(text)
        return [found for found in (asked.found(reader, name) for name in names) if found]

    return Reply(Say(definitions.explained(naming.most_meanings_first(await context.store.search(find)))))
