"""What agents may ask of the glossary: what a word means, and which words of a text mean different things."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from handlers.framework import tools
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Page, Proposed, Tool
from handlers.glossary.around import likely_first
from handlers.glossary.context import glossary_for
from handlers.glossary.messages.definitions import ASK
from handlers.glossary.rules import naming, ordering
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, Perhaps, SideBySide, Unknown
from handlers.slack import blocks
from handlers.slack.interactions import Ask
from storage.glossary.glossary import STARTER, Sense
from storage.workspaces.workspaces import stewards_of

_DEFINITION = "definition"
_LONGEST = 4000
_STATES = {"draft": "draft, not approved yet", "disputed": "disputed", "deprecated": "no longer used"}
_ASKED_PERSON = "Your person is asked in Slack whether to ask the team; nothing happens before they say yes."
_UNREVIEWED = "starter definition, not reviewed by the team yet"


class AskedWord(Arguments):
    word: Annotated[str, Field(min_length=1, max_length=naming.WORD_LIMIT, description="The word, or a few words.")]
    page: Page = 1


class AskedText(Arguments):
    text: Annotated[str, Field(min_length=1, max_length=_LONGEST, description="Some text of the team's.")]
    page: Page = 1


async def define(context: Context[Ask], asked: AskedWord) -> Answer:
    """Say what a word means to each discipline, as ``/define`` does."""
    glossary = await glossary_for(context)
    outcome = await likely_first(context, glossary, await glossary.look_up(context, asked.word))
    words = _words(outcome)
    return tools.answer(_told(outcome), await _items(context, words), asked.page)


async def explain(context: Context[Ask], asked: AskedText) -> Answer:
    """Say what the words of a text mean, those first that mean different things, as the shortcut on a message does."""
    glossary = await glossary_for(context)
    found = await context.store.search(lambda reader: glossary.found_in(reader, asked.text))
    words = ordering.differing_first(found, ())
    several = [each.word for each in words if ordering.is_ambiguous(each)]
    told = f"{len(words)} of its words are in the glossary." if words else "None of its words is in the glossary."
    also = f" These mean different things to different disciplines: {tools.listed(several)}." if several else ""
    return tools.answer(told + also, await _items(context, words), asked.page)


async def ask_definition(context: Context[Ask], asked: AskedWord) -> Answer | Proposed:
    """Offer a person to ask the team what a word means, by the button that stands below a word that isn't defined."""
    glossary, word = await glossary_for(context), naming.asked_word(asked.word)
    if not naming.is_word(word):
        return tools.answer("That isn't a word that somebody could define.")
    if (found := await context.read(glossary.found, word)) is not None:
        return tools.answer(_told(found), await _items(context, [found]), asked.page)
    told = f"An agent that asks in your name met “{word}”, which isn't in the glossary."
    message = blocks.offer(told, blocks.button("Ask the team", ASK, word))
    return Proposed(tools.answer(f"“{word}” isn't in the glossary. {_ASKED_PERSON}"), message)


def _words(outcome: LookUp) -> Sequence[Found]:
    match outcome:
        case Found():
            return [outcome]
        case SideBySide():
            return [each for each in outcome.found if each is not None]
        case Perhaps():
            return [Found(each.word, (each,)) for each in outcome.senses]
        case _:
            return []


def _told(outcome: LookUp) -> str:
    match outcome:
        case Found():
            return _found(outcome)
        case SideBySide():
            missing = [word for word, each in zip(outcome.words, outcome.found, strict=True) if each is None]
            without = f" Not in the glossary: {tools.listed(missing)}." if missing else ""
            return " ".join(_found(each) for each in outcome.found if each is not None) + without
        case DidYouMean() | Unknown():
            near = outcome.names if isinstance(outcome, DidYouMean) else outcome.similar
            return f"“{outcome.word}” isn't in the glossary." + (f" Near it: {tools.listed(near)}." if near else "")
        case Perhaps():
            return "That isn't in the glossary. These may be meant."
        case _:
            return "That isn't a word."


def _found(found: Found) -> str:
    name = f"{found.asked}, from {found.word}," if found.asked else found.word
    if len(found.senses) == 1:
        return f"{name} has one definition."
    disciplines = tools.listed(list(dict.fromkeys(each.discipline for each in found.senses)))
    return f"{name} has {len(found.senses)} definitions: {disciplines}. Ask which is meant where it matters."


async def _items(context: Context[Ask], words: Sequence[Found]) -> list[Item]:
    stewards: dict[str, list[str]] = {}
    for each in await context.read(stewards_of, context.team_id):
        stewards.setdefault(each.discipline, []).append(each.user_id)
    senses = [(found, sense) for found in words for sense in found.senses]
    people = {who for found, sense in senses for who in (*_owners(sense, stewards), *found.approvers)}
    names = await tools.names_of(context, people) if people else {}
    return [_item(found, sense, _owners(sense, stewards), names) for found, sense in senses]


def _owners(sense: Sense, stewards: Mapping[str, Sequence[str]]) -> Sequence[str]:
    return [sense.steward] if sense.steward else stewards.get(sense.discipline, ())


def _item(found: Found, sense: Sense, owners: Iterable[str], names: Mapping[str, str]) -> Item:
    instead = sense.replaced_by or sense.say_instead
    said = (sense.gloss, sense.definition, f"Say instead: {instead}." if instead else "")
    return tools.item(
        _DEFINITION,
        f"{sense.word} ({sense.discipline})",
        "\n".join(filter(None, said)),
        status=_status(found, sense, names),
        owner=", ".join(names[each] for each in owners if each in names),
        date=sense.updated_at[:10],
        source=" ".join(filter(None, (sense.source_title or sense.source_link, sense.source_licence))),
        link=sense.example_link or sense.source_link,
        uri=tools.uri(_DEFINITION, sense.word),
    )


def _status(found: Found, sense: Sense, names: Mapping[str, str]) -> str:
    if sense.status != "approved":
        return _STATES[sense.status]
    step = found.approvals.get(sense.id)
    if step is None and not sense.verified_on and sense.origin == STARTER:
        return _UNREVIEWED
    by = names.get(step.by, "") if step is not None else sense.verified_by
    return f"approved by {by}" if by else "approved"


TOOLS = (
    Tool(
        "define",
        "Define a word",
        "What a word means in this team, one definition a discipline. Several are several: don't merge them.",
        AskedWord,
        define,
        _DEFINITION,
        "word",
    ),
    Tool(
        "explain_text",
        "Explain the words of a text",
        "Which words of a text the team has defined; those first that mean different things to different disciplines.",
        AskedText,
        explain,
    ),
    Tool(
        "ask_definition",
        "Ask the team for a definition",
        "Offer your person to ask the team what a word means that isn't defined yet. They confirm it in Slack.",
        AskedWord,
        ask_definition,
        proposes=True,
    ),
)
