"""What a message asks of the one component that it names, or that the message before it names."""

from dataclasses import replace

from handlers.agreements.asked_of import asked_of
from handlers.agreements.mentioned import mentioned
from handlers.framework import asker, pointing
from handlers.framework.context import Context
from handlers.framework.mentions import said_before
from handlers.framework.routing import Routes, Sentence
from handlers.slack.interactions import Ask, Interaction
from storage.responsibilities import responsibilities

_WORDS = "define"


async def of_thread(context: Context[Ask], routes: Routes, asked: str, about: str) -> Routes:
    """Return the same as ``with_components`` for a message that may be about the one before it."""
    said = about or (await said_before(context) if pointing.goes_on(asked) else "")
    return await with_components(context, routes, asked, said)


async def with_components(context: Context[Interaction], routes: Routes, asked: str, about: str = "") -> Routes:
    """Return the tables with what a message asks of its component, which goes before what its words say to others.

    ``about`` is what was said before.
    """
    first = asked.partition(" ")[0].lstrip("/").casefold().removeprefix(context.command_prefix)
    if not routes.of_components or first in routes.commands or " " not in asked:
        return routes
    visible = await asker.visible_to(context)
    known = await context.read(responsibilities.components, context.team_id, visible)
    here = mentioned(asked, known) if known else None
    named = here or (mentioned(about, known) if about else None)
    if named is None:
        return routes
    rest = here.rest if here else asked
    wanted = asked_of(rest) or (asked_of(named.rest) if pointing.goes_on(rest) else None)
    of = routes.of_components.get(wanted) if wanted else None
    if of is None:
        return routes
    said = named.component.name if of.takes_name else f"{rest} {named.component.name}"
    sentence = Sentence(lambda _: said, of.command, of.before, takes_all=True)
    # Whoever gives feedback, or says what was decided, asks nothing; a description of a word says no name.
    of_words = [each for each in routes.phrases if each.command == _WORDS and each.takes_all]
    others = [each for each in routes.phrases if each not in of_words]
    return replace(routes, phrases=[*others, sentence, *of_words])
