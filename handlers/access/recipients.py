"""The one notifier: who may hear of a record now, and the only messages that go to a person or a channel.

What answers an interaction where it was made is no notification: ``handlers/slack/placing`` puts that.
"""

import asyncio
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.slack.blocks import Message, cut
from handlers.slack.directory import Directory
from handlers.slack.placing import as_body
from storage.engine.interface import WORKSPACE, Reader
from storage.outbox.deliveries import OTHERWISE, Act, Delivery, due_at_once
from storage.outbox.uploads import BASE64, CONTENT, FILE
from storage.workspaces.people import gone_people

_KEPT = timedelta(days=1)
#: A response_url lives for half an hour from when the form was opened.
_RESPONSES_KEPT = timedelta(minutes=25)
#: Slack takes so many characters that describe a picture.
_ALT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Everybody:
    """Every member of the workspace may hear of a record."""


@dataclass(frozen=True, slots=True)
class Members:
    """Only these people may hear of a record: who is in its conversation now."""

    people: frozenset[str]
    conversation: str = ""


Audience = Everybody | Members


async def audience_of(directory: Directory, team_id: str, visibility: str) -> Audience:
    """Ask who may hear of a record: the members of its conversation; nobody where Slack does not say."""
    if visibility == WORKSPACE:
        return Everybody()
    return Members(await directory.members(team_id, visibility), visibility)


def may_hear(audience: Audience, user_id: str) -> bool:
    return isinstance(audience, Everybody) or user_id in audience.people


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known before a write, and asked of Slack only then: who does it and when, and who may hear of it.

    ``visible`` are the visibilities of which this person is shown records there, ``names`` those of people whom the
    store may not know, ``left`` who Slack says has left, and ``admins`` are asked where nobody else is left.
    ``is_limited``: guests would read what is said to all in the channel where the record stands. ``threads`` are those
    (a channel id and a time stamp) in which it may be said.
    """

    by: str
    now: datetime
    audience: Audience = field(default_factory=Everybody)
    names: Mapping[str, str] = field(default_factory=dict)
    visible: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    is_admin: bool = False
    is_limited: bool = False
    team_url: str = ""
    threads: frozenset[tuple[str, str]] = frozenset()

    def may_hear(self, user_id: str) -> bool:
        return may_hear(self.audience, user_id)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes: to a person (their id) or a conversation, and there into a thread, if any.

    ``thread_ts`` is Slack's time stamp of the thread's first message, ``thread`` the id of a thread that the bot itself
    opens, which Slack may not have yet. ``about`` are the conversations of whose records a person is told: whoever has
    left one before it is sent is told nothing.
    """

    team_id: str
    to: str
    thread_ts: str = ""
    thread: str = ""
    about: tuple[str, ...] = ()


def notify(reader: Reader, team_id: str, told: Mapping[str, Message], facts: Facts) -> list[Delivery]:
    """Return a direct message to each who may hear of it, but for who did it and who has left."""
    if not told:
        return []
    gone = gone_people(reader, team_id) | facts.left
    about = (facts.audience.conversation,) if isinstance(facts.audience, Members) else ()
    return [
        post(Destination(team_id, who, about=about), message, facts.now)
        for who, message in told.items()
        if who and who != facts.by and who not in gone and facts.may_hear(who)
    ]


def post(
    to: Destination, message: Message, now: datetime, until: datetime | None = None, known_as: str = ""
) -> Delivery:
    """Return a message to a conversation, or to the very person who asked for it.

    ``until`` it is tried (for a day, if nothing is said); ``known_as`` is its id, where its own buttons carry that.
    """
    where = {"channel": to.to, **({"thread_ts": to.thread_ts} if to.thread_ts else {})}
    made = _delivery("post", to, {**where, **as_body(message)}, now, until)
    return made.model_copy(update={"asks": " ".join(message.asks), **({"id": known_as} if known_as else {})})


def whisper(to: Destination, user_id: str, message: Message, now: datetime) -> Delivery:
    """Return a message that only one person sees, in a conversation that they must be in when it is sent."""
    where = {"channel": to.to, "user": user_id, **({"thread_ts": to.thread_ts} if to.thread_ts else {})}
    said = _delivery("whisper", to, {**where, **as_body(message)}, now, now + _RESPONSES_KEPT)
    return said.model_copy(update={"lane": user_id})


def edit(to: Destination, message: Message, now: datetime) -> Delivery:
    """Return the new form of a message: of the one with the time stamp, else of the first of the bot's own thread."""
    which = {"ts": to.thread_ts} if to.thread_ts else {}
    return _delivery("update", to, {"channel": to.to, **which, **as_body(message)}, now)


def attach(to: Destination, file: tuple[str, str], comment: str, now: datetime) -> Delivery:
    """Return a file, its name and its text, for a conversation, or for the very person who asked for it."""
    name, content = file
    return _attached(to, name, comment, {CONTENT: content}, now)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its file's name, what it shows in words, and the records (ids) of which it does."""

    name: str
    png: bytes
    alt: str
    records: tuple[str, ...] = ()


def attach_picture(to: Destination, picture: Picture, comment: str, now: datetime) -> Delivery:
    """Return a picture for a conversation or a thread, or for the very person who asked for it."""
    shown = {CONTENT: b64encode(picture.png).decode(), BASE64: True, "alt": cut(picture.alt, _ALT_LIMIT)}
    # A redaction finds the picture by the records' ids, whatever of them still fits into the words.
    return _attached(to, picture.name, comment, {**shown, "records": picture.records}, now)


def _attached(to: Destination, name: str, comment: str, content: Mapping[str, object], now: datetime) -> Delivery:
    where = {"user": to.to} if to.to.startswith(("U", "W")) else {"channel": to.to}
    where |= {"thread_ts": to.thread_ts} if to.thread_ts else {}
    otherwise = f"{comment}\n_{name} isn’t attached: the app lacks the permission `files:write` in Slack._"
    told = {"filename": name, **content, "comment": comment, FILE: "", OTHERWISE: otherwise}
    return _delivery("upload", to, {**where, **told}, now)


def respond(to: Destination, response_url: str, message: Message, now: datetime) -> Delivery:
    """Return a message to everybody in a thread, by the response_url of what somebody did there a moment ago."""
    where = {"response_type": "in_channel", "replace_original": False, "thread_ts": to.thread_ts}
    said = _delivery("respond", to, {**where, **as_body(message)}, now, now + _RESPONSES_KEPT)
    return said.model_copy(update={"lane": response_url})


def _delivery(
    act: Act, to: Destination, body: dict[str, object], now: datetime, until: datetime | None = None
) -> Delivery:
    times = due_at_once(now, until - now if until is not None else _KEPT)
    about = " ".join(each for each in to.about if each not in ("", WORKSPACE)) or to.to
    return Delivery(act=act, team_id=to.team_id, visibility=about, lane=to.to, thread=to.thread, body=body, **times)


async def may_be_sent(directory: Directory, delivery: Delivery) -> bool | None:
    """Tell whether a person may still be told, by who is in the conversations now; None when Slack does not say."""
    team_id, who = delivery.team_id, delivery.reader
    about = [each for each in delivery.visibility.split() if each != who]
    if not who or not about:
        return True
    places = frozenset(about) - {WORKSPACE}
    # Where it is known that they are still there, nothing else is sent in between.
    known = await directory.belongs(team_id, who, places)
    asked = places - known.places - known.unknown
    found = await asyncio.gather(*(directory.is_member(team_id, who, each) for each in asked))
    found += [None] if known.unknown else []
    found += [await _is_full_member(directory, team_id, who)] if WORKSPACE in about else []
    return None if None in found and False not in found else all(found)


async def _is_full_member(directory: Directory, team_id: str, user_id: str) -> bool | None:
    person = await directory.person(team_id, user_id)
    return None if person is None else not (person.is_guest or person.has_left)
