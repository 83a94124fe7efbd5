"""Where people look for something in all that is kept at once."""

from dataclasses import replace

from handlers.finding import messages, rules, service
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.hooks.finding import Looking
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say


async def find(context: Context[Ask]) -> Reply:
    """Show what has the words of a question, of all that may be seen there, or whom to ask."""
    ask, it = context.interaction, await asking(Asker, context)
    question = replace(rules.read(ask.text), offered=ask.offered)
    if not question.telling and not question.kinds:
        return Reply(Say(messages.how_to(context.command_prefix)))
    at = ask.place.channel_id
    is_limited, is_in_doubt = (await context.viewpoint()).is_limited, bool(context.doubt)
    place, who = context.workspace, (it.user_id, at)
    looking = Looking(place, it.visible, who, context.command_prefix, is_limited=is_limited, is_in_doubt=is_in_doubt)
    finds = context.hooks.finds
    if ask.is_below:
        outcome = await context.store.search(lambda reader: service.named_so(reader, finds, looking, question))
    else:
        outcome = await context.store.search(lambda reader: service.look(reader, finds, looking, question, at))
    names = await it.names_of(outcome.people)
    said = Say(messages.found(outcome, question.text, names, is_below=ask.is_below))
    is_of_words = not outcome.hits
    return Reply(said, is_unknown=outcome.is_unknown, is_unsure=not outcome.is_sure, is_of_words=is_of_words)
