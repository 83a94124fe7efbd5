"""What people type: /define, and /glossary with its subcommands."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2s

from handlers.access.placement import is_alone, visibility_at
from handlers.access.recipients import Destination, attach, post
from handlers.checks.dates import day_in
from handlers.framework import descriptions
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.around import likely_first
from handlers.glossary.context import approver_names, asking, glossary_for, past_of, shown_word
from handlers.glossary.formats import own
from handlers.glossary.messages import answers, definitions, passing, usage
from handlers.glossary.messages.questions import unanswered
from handlers.glossary.messages.review import review as to_review
from handlers.glossary.rules import importing, naming, near
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, Unknown
from handlers.glossary.service.questions import Missed, count_misses
from handlers.slack.interactions import Ask
from handlers.slack.replies import Open, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.glossary import questions
from storage.glossary.glossary import all_senses, count_senses, look_up_key
from storage.workspaces import audit, preferences

_ON = re.compile(r"(?P<word>.+?) (?P<date>\d{4}-\d{2}-\d{2})")
#: More than these cannot be written within the three seconds that Slack waits.
_MOST = 50_000
_MOST_SLOW = {"yaml": 10_000, "datahub": 10_000, "skos": 2_000, "skos-jsonld": 2_000}
_ENDINGS = {
    "openmetadata": "openmetadata.csv",
    "openmetadata-1": "openmetadata.csv",
    "datahub": "datahub.yaml",
    "skos": "ttl",
    "skos-jsonld": "jsonld",
}


async def define(context: Context[Ask]) -> Reply:
    """Answer what a word means; of the reads on this way depends how fast the bot is."""
    ask, viewpoint = context.interaction, await context.viewpoint()
    glossary = await glossary_for(context)
    taken = await context.read(glossary.texts.taken_up, ask.text, ask.above) if ask.above else None
    outcome = await likely_first(context, glossary, taken or await glossary.look_up(context, ask.text, ask.whole))
    prefix, names = context.command_prefix, await approver_names(context, outcome)
    # Asked from the Home there is nowhere to share it.
    can_share = bool(ask.is_private and ask.response_url)
    shown = answers.Shown(is_private=can_share, is_limited=viewpoint.is_limited, is_in_doubt=bool(viewpoint.doubt))
    said = answers.answer(outcome, prefix, names, shown)
    offers = naming.offered(outcome)
    if not isinstance(outcome, Unknown) or not naming.is_word(outcome.word):
        return Reply(
            Say(said),
            is_of_words=True,
            is_unknown=isinstance(outcome, Unknown),
            # Whoever describes a word asks for no record, whatever has the same words.
            is_unsure=naming.is_only_offered(outcome) and not descriptions.described(ask.text),
            is_near=isinstance(outcome, DidYouMean),
            about=context.about,
            offers=offers,
            counted=partial(_count_use, context, outcome),
        )
    # A bare name may be that of something else than a word, such as a component.
    is_unknown = look_up_key(outcome.word) == look_up_key(ask.text)
    home = "" if viewpoint.doubt else await viewpoint.home()
    may_count = home and not await context.why_not_here()
    counted = partial(_count_miss, context, home, outcome.word) if may_count else None
    return Reply(
        Say(said),
        is_of_words=True,
        is_unknown=is_unknown,
        is_near=True,
        about=context.about,
        offers=offers,
        counted=counted,
    )


def _count_miss(context: Context[Ask], home: str, word: str) -> None:
    """Count a word that isn't defined while its answer is on its way; a crash in between loses this count."""
    told = blake2s(word.encode(), digest_size=8).hexdigest()
    claims = tuple(f"{each}:miss:{told}" for each in context.interaction.claims)
    context.services.write_soon(count_misses, Missed(context.team_id, home, word, context.now, claims))


def _count_use(context: Context[Ask], outcome: LookUp) -> None:
    """Count that a word is asked for: for everybody, so only one that everybody may see."""
    senses = outcome.senses if isinstance(outcome, Found) else ()
    if key := next((each.look_up_key for each in senses if each.visibility == WORKSPACE), ""):
        context.services.usage.add(context.team_id, key)


async def tell_how_to_define(context: Context[Ask]) -> Reply:
    return Reply(Say(answers.how_to_ask(context.command_prefix)))


async def read(context: Context[Ask]) -> Reply:
    """Answer "glossary drift" and "glossary entry for drift"; alone it asks how to add to it."""
    return await (define(context) if context.interaction.text else tell_how(context))


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(usage.how_to_add(context.command_prefix)))


async def add(context: Context[Ask]) -> Reply:
    word = context.interaction.text
    return Reply(Open(await forms.new_form(context, word), usage.open_form(word)))


async def add_table(context: Context[Ask]) -> Reply:
    return Reply(Open(await forms.new_table_form(context), usage.paste_a_table(context.command_prefix)))


async def edit(context: Context[Ask]) -> Reply:
    word = context.interaction.text
    if not word:
        return Reply(Say(usage.WHICH_TO_EDIT))
    found = await shown_word(context, word)
    return Reply(Say(usage.which_to_edit(found) if found else definitions.nothing_left(word)))


async def read_history(context: Context[Ask]) -> Reply:
    text = " ".join(context.interaction.text.split())
    word, on = (match["word"], match["date"]) if (match := _ON.fullmatch(text)) else (text, "")
    if not word or (on and not day_in(on)):
        return Reply(Say(usage.WHICH_HISTORY))
    return Reply(Say(usage.history(await past_of(context, word), word, on)))


async def list_unanswered(context: Context[Ask]) -> Reply:
    visible = (await context.viewpoint()).visibilities
    found = await context.store.search(lambda reader: questions.unanswered(reader, context.team_id, visible))
    asked = {each.look_up_key: each.word for each in found if each.state == "open"}
    return Reply(
        Say(unanswered([each for each in found if each.look_up_key in asked or _is_missing(each.word, asked)]))
    )


def _is_missing(word: str, asked: Mapping[str, str]) -> bool:
    """Tell whether a word that was only missed is listed: no sentence, which older versions filed, no slip of one."""
    return naming.is_word(word) and not near.is_slip(word, near.nearest(word, asked))


async def review(context: Context[Ask]) -> Reply:
    """Show a steward what to look at; an admin everything."""
    return Reply(Say(to_review(await (await asking(context)).due())))


async def choose_for_me(context: Context[Ask]) -> Reply:
    return _choose(context, context.user_id)


async def choose_for_here(context: Context[Ask]) -> Reply:
    viewpoint, channel_id = await context.viewpoint(), context.interaction.place.channel_id
    if viewpoint.is_limited:
        return Reply(Say(usage.NOT_HERE))
    visibility = await visibility_at(context.directory, context.team_id, channel_id, viewpoint)
    return _choose(context, channel_id, visibility)


def _choose(context: Context[Ask], subject: str, visibility: str = "") -> Reply:
    """Choose whose meanings a person or a channel (an id) sees first; ``visibility`` is whose the channel is."""
    wanted, disciplines = " ".join(context.interaction.text.casefold().split()), context.workspace.disciplines
    if not wanted:
        return Reply(Say(usage.which_discipline(disciplines)))
    if wanted not in (*disciplines, "none"):
        return Reply(Say(usage.no_discipline(wanted, disciplines)))
    value = "" if wanted == "none" else wanted
    made = audit.settings_changed(context.team_id, context.user_id, context.now, preferences.DISCIPLINE)

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, context.team_id, subject, preferences.DISCIPLINE, value)
        if visibility:
            audit.note(transaction, made.in_channel(subject, visibility))

    return Reply(Say(usage.discipline_chosen(value, "this channel" if visibility else "you")), keep)


async def explain_in_passing(context: Context[Ask]) -> Reply:
    """Switch hints in passing on or off for a channel: any member of the workspace who is in it may."""
    wanted, channel_id = context.interaction.text.strip().casefold(), context.interaction.place.channel_id
    viewpoint = await context.viewpoint()
    if viewpoint.is_limited or is_alone(channel_id) or await context.is_limited(channel_id):
        return Reply(Say(passing.ONLY_IN_CHANNELS if is_alone(channel_id) else usage.NOT_HERE))
    if wanted not in ("on", "off"):
        kept = await context.read(preferences.choice, context.team_id, channel_id, preferences.PASSING)
        return Reply(Say(passing.state(context.command_prefix, is_on=kept == "on")))
    if wanted == "on" and not context.services.reads_channels:
        return Reply(Say(passing.NOT_SET_UP))
    if wanted == "on" and not await context.directory.bot_is_in(context.team_id, channel_id):
        return Reply(Say(passing.INVITE_ME))
    if wanted == "on" and not await context.directory.may_read(channel_id):
        return Reply(Say(passing.CANNOT_READ))
    visibility = await visibility_at(context.directory, context.team_id, channel_id, viewpoint)
    made = audit.settings_changed(context.team_id, context.user_id, context.now, preferences.PASSING)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        before = preferences.choice(transaction, context.team_id, channel_id, preferences.PASSING)
        after = "on" if wanted == "on" else ""
        preferences.choose(transaction, context.team_id, channel_id, preferences.PASSING, after)
        audit.note(transaction, made.in_channel(channel_id, visibility))
        told = passing.switched(context.user_id, context.command_prefix, is_on=bool(after))
        # Whoever is there knows from then on that the bot reads along, or that it no longer does.
        everybody = [post(Destination(context.team_id, channel_id), told, now)] if after != before else []
        return Wrote(None, everybody)

    return Reply(Say(passing.state(context.command_prefix, is_on=wanted == "on")), keep)


async def export(context: Context[Ask]) -> Reply:
    """Send the glossary as a file to a steward, in a direct message."""
    form = context.interaction.text.casefold() or "csv"
    if form not in own.FORMATS:
        return Reply(Say(usage.which_format(own.FORMATS)))
    if not (await asking(context)).rights.looks_after_words:
        return Reply(usage.EXPORT_FOR_STEWARDS)
    # Where the store searches, so that other answers need not wait for a large file.
    count, content = await context.store.search(lambda reader: _exported(reader, context.team_id, form))
    if not content:
        return Reply(Say(usage.too_many_to_export(form)))
    named, told = (f"glossary.{_ENDINGS.get(form, form)}", content), usage.exported(count, form)
    file = attach(Destination(context.team_id, context.user_id), named, told, context.now)
    return Reply(write=lambda _write, _now: Wrote(Say(usage.export_on_its_way(count)), [file]))


def _exported(reader: Reader, team_id: str, form: str) -> tuple[int, str]:
    """Return how many meanings everybody may see, and them as a file; no file where there are too many."""
    _, count = count_senses(reader, team_id, [WORKSPACE])
    if count > _MOST_SLOW.get(form, _MOST):
        return count, ""
    senses = all_senses(reader, team_id, with_private=False)
    return len(senses), own.write(importing.as_new(senses), form)
