"""Where a text that should not have been written is taken out for good, by its author or an admin."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.access.names import names_of
from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.framework.context import Context, WorkspaceContext
from handlers.hooks.offers import Hooks
from handlers.hooks.redaction import Redactable
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Open, Reply, Say, Wrote
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox import redactions
from storage.outbox.deliveries import Delivery, due_at_once
from storage.outbox.redactions import Redaction, Said
from storage.workspaces import summaries

OPEN, FORM = "redact_open", "redact_form"
_POSTS_KEPT = timedelta(days=1)
_SHOWN = 10
#: What is looked for goes through a button, which holds 2,000 characters.
_LONGEST = 300
HOW_TO = (
    "Say what to redact: a number such as D-34, DR-12 or FB-3, a word of the glossary, the name of a component, “card” "
    "and the name of a model, or “note” and words of a note on data. Its text goes for good; that it was redacted, by "
    "whom and when stays."
)


async def ask_what(context: Context[Ask]) -> Reply:
    """Find what is to be redacted, and show a button for each; without a name, tell admins what was redacted."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    text = ask.text.strip()
    if not ask.is_private:
        return Reply(Say(blocks.said("Redact with the slash command, so that nobody else reads what it is about.")))
    if len(text) > _LONGEST:
        return Reply(Say(blocks.said("Say it in fewer words: a part of the text is enough.")))
    found = _found(context.store.reader, context.hooks, context.team_id, text, viewpoint.visibilities) if text else []
    if not text or text.casefold() == "help":
        done = redactions.all_redactions(context.store.reader, context.team_id) if actor.is_admin else []
        names = await names_of(context.store.reader, context.directory, context.team_id, [each.by for each in done])
        lines = [f"{each.at[:10]} {names.get(each.by, 'somebody')}: a {each.kind}" for each in done[-_SHOWN:]]
        return Reply(Say(blocks.said("\n".join([HOW_TO, *lines]))))
    known = redactions.done(context.store.reader, context.team_id)
    names = await names_of(
        context.store.reader, context.directory, context.team_id, [each.by for each in known.values()]
    )
    gone = {key: f"{names.get(each.by, 'somebody')} on {each.at[:10]}" for key, each in known.items()}
    return Reply(Say(_choices(found, text, gone)))


def _found(reader: Reader, hooks: Hooks, team_id: str, text: str, visible: Sequence[str]) -> list[Redactable]:
    return [each for redacts in hooks.redacts for each in redacts.find(reader, team_id, text, visible)]


def _choices(found: Sequence[Redactable], text: str, gone: Mapping[tuple[str, str], str]) -> Message:
    if not found:
        return blocks.said(f"I found nothing that you may see under that name. {HOW_TO}")
    rows = [_choice(each, place, text, gone.get((each.kind, each.id), "")) for place, each in enumerate(found[:_SHOWN])]
    return Message("What to redact", tuple(rows))


def _choice(record: Redactable, place: int, text: str, by: str) -> Block:
    if by and not record.is_written_since:
        return blocks.paragraphs(blocks.line(blocks.words(f"{record.told} was redacted by {by}.")))
    value = json.dumps([record.kind, record.id, text], ensure_ascii=False)
    button = blocks.button(f"Redact {record.told}", blocks.numbered(OPEN, place), value, "danger")
    return blocks.row(f"{record.told}, a {record.kind}", button)


async def ask_whether(context: Context[BlockAction]) -> Reply:
    """Ask once more, since it cannot be undone; whoever may not is told who may."""
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    record = _named(context.store.reader, context.hooks, press.value, viewpoint, context.team_id)
    if record is None:
        return Reply(Say(blocks.said("It is not there any more, or you may not see it.")))
    if not _may(record, actor):
        return Reply(Say(blocks.said(f"Only who wrote {record.told} and the admins can redact it.")))
    told = (
        f"Take the text out of {record.told} for good? It goes from the record, its history, search, exports and my "
        "own messages, and cannot be brought back. Files that I gave and copies of a request stay until they are "
        "deleted. That you redacted it, and when, stays."
    )
    fields = (blocks.paragraphs(blocks.line(blocks.words(told))),)
    return Reply(Open(Modal(FORM, "Redact", fields, submit="Redact", private_metadata=press.value)))


async def redact(context: Context[ViewSubmission]) -> Reply:
    """Take the text out of a record, its history, and the messages that tell of it."""
    viewpoint, actor = await context.viewpoint(), await context.actor()
    reader, hooks, user_id = context.store.reader, context.hooks, context.user_id
    names = await names_of(reader, context.directory, context.team_id, [user_id])

    def take_out(transaction: Transaction, now: datetime) -> Wrote:
        record = _named(transaction, hooks, context.interaction.note, viewpoint, context.team_id)
        if record is None or not _may(record, actor):
            return Wrote(Say(blocks.said("It is not there any more, or you may not redact it.")))
        repeated = [
            each
            for name in record.repeated_in
            for each in _found(transaction, hooks, context.team_id, name, [record.visibility])
        ]
        stands = f"Redacted by {names.get(user_id, 'somebody')} on {to_text(now)[:10]}."
        said: list[Said] = []
        for each in (record, *repeated):
            told = Redaction(team_id=context.team_id, kind=each.kind, record_id=each.id, by=user_id, at=to_text(now))
            said += _taken_out(transaction, context, each, told, stands)
        summaries.forget_listed(transaction, context.team_id)
        edits = [_edited(context.team_id, each, now) for each in said]
        with_it = {0: "No message of mine told of it", 1: "One of my messages is edited"}
        count = with_it.get(len(edits), f"{len(edits)} of my messages are edited")
        return Wrote(Say(blocks.said(f"{record.told} is redacted. {count}.")), edits)

    return Reply(write=take_out)


def _taken_out(
    transaction: Transaction, context: WorkspaceContext, record: Redactable, told: Redaction, stands: str
) -> list[Said]:
    """Take the text out of one record, note that, and return the messages in which ``stands`` stands from now on."""
    for redacts in context.hooks.redacts:
        if record.kind in redacts.kinds:
            redacts.take_out(transaction, context.team_id, record, told.by, told.at)
    redactions.note(transaction, told)
    wanted = redactions.sought([record.id], record.texts, record.thread)
    return [
        each
        for look in (redactions.take_out_of_messages, redactions.old_messages)
        for each in look(transaction, context.team_id, wanted, stands)
    ]


def _named(reader: Reader, hooks: Hooks, value: str, viewpoint: Viewpoint, team_id: str) -> Redactable | None:
    kind, record_id, text = json.loads(value)
    found = _found(reader, hooks, team_id, text, viewpoint.visibilities)
    return next((each for each in found if (each.kind, each.id) == (kind, record_id)), None)


def _may(record: Redactable, actor: Actor) -> bool:
    return actor.is_admin or actor.user_id in record.authors


def _edited(team_id: str, said: Said, now: datetime) -> Delivery:
    body = {"channel": said.channel, "ts": said.ts, **said.body}
    return Delivery(
        act="update", team_id=team_id, visibility=said.channel, lane=said.channel, body=body,
        **due_at_once(now, _POSTS_KEPT),
    )  # fmt: skip
