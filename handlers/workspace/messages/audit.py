"""The audit trail in plain sentences: who did what, and what was refused."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.checks.outcomes import NotAllowed
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.engine.interface import WORKSPACE
from storage.workspaces.audit import Action, Entry

OLDER = "audit_older"
ONLY_ADMINS = NotAllowed("Only workspace admins can read the audit trail.", kind="audit trail")
NUMBERED = ("decision", "data request", "feedback")
_BY_COMMAND_LINE, _BY_WEB_HOOK = "cli:", "hook:"
_DID: Mapping[Action, str] = {
    "access-denied": "was denied access to {}",
    "admin-added": "made {} an admin of the bot",
    "admin-removed": "removed {} as an admin of the bot",
    "catalogue-changed": "changed {}",
    "exported": "exported {}",
    "imported": "imported {}",
    "legal-hold-changed": "changed the legal hold",
    "person-exported": "exported everything about {}",
    "person-forgotten": "took {} out of every record",
    "redacted": "redacted {}",
    "reported": "reported of {}",
    "retention-changed": "changed how long records are kept",
    "settings-changed": "changed {}",
    "steward-added": "made {} a steward",
    "steward-removed": "removed {} as a steward",
    "summary-changed": "changed the weekly summary of {}",
    "summary-ended": "turned off the weekly summary of {}",
    "summary-set": "set up the weekly summary of {}",
    "token-made": "made a token for agents",
    "token-revoked": "revoked a token for agents",
    "webhook-made": "made a web hook for {}",
    "webhook-revoked": "revoked a web hook for {}",
}
_HOLD = {"set": "set a legal hold", "lift": "lifted the legal hold"}
_SETTINGS = {
    "confirm_after": "when duties are confirmed again",
    "data_channel": "the channel for data requests",
    "decision_emoji": "the emoji for decisions",
    "discipline": "whose definitions come first",
    "disciplines": "the disciplines",
    "guests_read": "what guests see",
    "holidays": "the holidays",
    "nudges_off": "the kinds of reminders",
    "passing": "whether I give hints",
}
_TOLD = {
    "": "something that is gone or that they may not see",
    "audit trail": "the audit trail",
    "catalogue": "the catalogue of duties",
    "check": "a check of data",
    "data note": "a note on data",
    "decisions": "decisions",
    "duties": "duties",
    "evaluation": "an evaluation",
    "feedback": "feedback",
    "glossary": "the glossary",
    "meaning": "a definition",
    "membership": "something for members only",
    "report": "the report on reminders",
    "settings": "the settings",
    "summary": "the summary of a channel",
    "web hooks": "the web hooks",
    "workspace": "all that is kept of the workspace",
}


def people_in(entry: Entry) -> Iterator[str]:
    if not entry.actor.startswith((_BY_COMMAND_LINE, _BY_WEB_HOOK)):
        yield entry.actor
    if entry.target_kind == "person":
        yield entry.target_id


def trail(listed: Sequence[Entry], names: Mapping[str, str], numbers: Mapping[str, str], *, has_more: bool) -> Message:
    """Return a page of the trail, newest first, with a button to what is older."""
    title = "Audit trail"
    lines = [blocks.line(blocks.words(title, "bold"))]
    lines += [blocks.line(*_line(each, names, numbers)) for each in listed]
    if not listed:
        lines.append(blocks.line(blocks.words("No entries that you can see.")))
    below = [blocks.button("Older", OLDER, f"{listed[-1].at} {listed[-1].id}")] if has_more else []
    return Message(title, (blocks.paragraphs(*lines), *([blocks.buttons(below)] if below else [])))


def _line(entry: Entry, names: Mapping[str, str], numbers: Mapping[str, str]) -> Sequence[Block]:
    """Name people without notifying them."""
    user = entry.actor.removeprefix(_BY_COMMAND_LINE)
    who = names.get(user, "Somebody") if user == entry.actor else f"{user} (command line)"
    who = "A web hook" if user.startswith(_BY_WEB_HOOK) else who
    before, has_what, after = _did(entry).partition("{}")
    what = [_what(entry, names, numbers)] if has_what else []
    return blocks.moment(entry.at), blocks.words(f"  {who} {before}"), *what, blocks.words(f"{after}.")


def _did(entry: Entry) -> str:
    """Return what was done, with a place for whom or what it was done to."""
    match entry.action:
        case "settings-changed":
            return f"changed {', '.join(_SETTINGS.get(each, each) for each in entry.details)}{_in_channel(entry)}"
        case "legal-hold-changed":
            return _HOLD.get("".join(entry.details), _DID[entry.action])
        case "person-exported" if entry.target_id == entry.actor:
            return "exported their own data"
        case "exported" if entry.visibility != WORKSPACE or not entry.target_id:
            return f"{_DID[entry.action]}, including private channels"
        case _:
            return _DID[entry.action]


def _in_channel(entry: Entry) -> str:
    return " in {}" if entry.target_kind == "channel" else ""


def _what(entry: Entry, names: Mapping[str, str], numbers: Mapping[str, str]) -> Block:
    if entry.target_kind == "channel":
        return blocks.channel(entry.target_id)
    if entry.target_kind == "person":
        return blocks.words(names.get(entry.target_id, "somebody"))
    kind = f"{entry.target_kind} {numbers[entry.target_id]}" if entry.target_id in numbers else ""
    return blocks.words(kind or _TOLD.get(entry.target_kind, f"a {entry.target_kind}"))
