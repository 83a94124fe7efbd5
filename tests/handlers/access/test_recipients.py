"""Who is told of a step, and the message as it goes into the outbox: always with somebody who is told beside."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.local_slack.wire.server import LocalSlack
from handlers.access.recipients import (
    Destination,
    Everybody,
    Facts,
    Members,
    Picture,
    attach,
    attach_picture,
    audience_of,
    edit,
    may_hear,
    notify,
    post,
    whisper,
)
from handlers.slack import blocks
from handlers.slack.blocks import Message
from handlers.slack.directory import Directory
from storage.engine.interface import Database, to_text
from storage.outbox import deliveries, lanes
from storage.outbox.deliveries import Delivery
from storage.outbox.lanes import Lane
from storage.workspaces.people import KnownPerson, note_people
from tests.writing import write

TEAM, SECRET = "T0LOCAL", "CSECRETLAUNCH"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
IN_A_DAY = to_text(NOW + timedelta(days=1))
NEWS = Message("D-1 was accepted", (blocks.markdown("*D-1* was accepted"),), otherwise="D-1 is accepted")
BY_ANA = Facts(by="UANA", now=NOW)


def told(messages: list[Delivery]) -> list[str]:
    return [each.lane for each in messages]


def to_all(*people: str) -> dict[str, Message]:
    return dict.fromkeys(people, NEWS)


async def leave(store: Database, user_id: str, team_id: str = TEAM) -> None:
    gone = KnownPerson(
        team_id=team_id, user_id=user_id, name=user_id, tz="UTC", is_gone=True, is_away=False, read_at=to_text(NOW)
    )
    await write(store, note_people, [gone])


async def test_the_audience_of_a_record_is_everybody_or_who_is_in_its_channel_now(
    slack: LocalSlack, directory: Directory
) -> None:
    assert await audience_of(directory, TEAM, "workspace") == Everybody()
    assert await audience_of(directory, TEAM, SECRET) == Members(frozenset({"UANA", "UCHLOE", "U0BOT"}), SECRET)
    slack.workspace.channels["CDATA"].members = {"UBEN", "U0BOT"}
    assert await audience_of(directory, TEAM, "CDATA") == Members(frozenset({"UBEN", "U0BOT"}), "CDATA")


async def test_where_slack_does_not_say_who_is_in_a_channel_nobody_may_hear(directory: Directory) -> None:
    audience = await audience_of(directory, TEAM, "CNOWHERE")
    assert audience == Members(frozenset(), "CNOWHERE")
    assert [may_hear(each, "UANA") for each in (audience, Members(frozenset({"UANA"})), Everybody())] == [
        False,
        True,
        True,
    ]


def test_facts_answer_for_their_audience_and_are_everybodys_unless_they_say_otherwise() -> None:
    assert BY_ANA.may_hear("UBEN") is True
    only_chloe = replace(BY_ANA, audience=Members(frozenset({"UCHLOE"})))
    assert [only_chloe.may_hear(each) for each in ("UBEN", "UCHLOE")] == [False, True]


async def test_who_did_it_is_not_told_and_the_others_are(store: Database) -> None:
    assert told(notify(store.reader, TEAM, to_all("UANA", "UBEN", "UDEV"), BY_ANA)) == ["UBEN", "UDEV"]
    assert told(notify(store.reader, TEAM, to_all("UANA", "UBEN"), replace(BY_ANA, by="UBEN"))) == ["UANA"]


async def test_what_time_did_is_told_to_all(store: Database) -> None:
    assert told(notify(store.reader, TEAM, to_all("UANA", "UBEN"), replace(BY_ANA, by=""))) == ["UANA", "UBEN"]


async def test_who_is_known_to_have_left_this_workspace_is_not_told(store: Database) -> None:
    assert told(notify(store.reader, TEAM, to_all("UBEN", "UDEV"), BY_ANA)) == ["UBEN", "UDEV"]
    await leave(store, "UBEN")
    await leave(store, "UDEV", "T2")
    assert told(notify(store.reader, TEAM, to_all("UBEN", "UDEV"), BY_ANA)) == ["UDEV"]


async def test_who_slack_says_has_left_is_not_told_although_the_store_does_not_know_yet(store: Database) -> None:
    facts = replace(BY_ANA, left=frozenset({"UDEV"}))
    assert told(notify(store.reader, TEAM, to_all("UBEN", "UDEV"), facts)) == ["UBEN"]


async def test_who_is_no_member_of_the_records_channel_now_is_not_told(store: Database) -> None:
    facts = replace(BY_ANA, audience=Members(frozenset({"UANA", "UCHLOE"})))
    assert told(notify(store.reader, TEAM, to_all("UBEN", "UCHLOE"), facts)) == ["UCHLOE"]


async def test_each_is_told_once_and_a_role_that_nobody_has_is_passed_over(store: Database) -> None:
    by_role = {"UBEN": Message("You decide."), "": Message("Nobody decides."), "UDEV": Message("You asked.")}
    by_role |= {"UBEN": Message("You decide, and you asked.")}
    said = [(each.lane, each.body["text"]) for each in notify(store.reader, TEAM, by_role, BY_ANA)]
    assert said == [("UBEN", "You decide, and you asked."), ("UDEV", "You asked.")]


async def test_a_notification_stands_in_the_outbox_as_a_direct_message_that_is_due_at_once(store: Database) -> None:
    await write(store, deliveries.add, notify(store.reader, TEAM, to_all("UBEN"), BY_ANA))
    row = lanes.next_in(store.reader, Lane(TEAM, "UBEN"), NOW)
    assert isinstance(row, Delivery)
    assert (row.act, row.team_id, row.visibility, row.lane, row.thread) == ("post", TEAM, "UBEN", "UBEN", "")
    assert row.body == {
        "channel": "UBEN",
        "text": "D-1 was accepted",
        "blocks": [blocks.markdown("*D-1* was accepted")],
        "otherwise": "D-1 is accepted",
    }
    assert (row.not_before, row.expires_at) == (to_text(NOW), IN_A_DAY)


def test_a_message_goes_to_a_conversation_or_into_a_thread_there() -> None:
    plain = Message("It is a new day.")
    said = post(Destination(TEAM, "CDATA"), plain, NOW)
    assert (said.act, said.visibility, said.lane) == ("post", "CDATA", "CDATA")
    assert said.body == {"channel": "CDATA", "text": "It is a new day."}
    replied = post(Destination(TEAM, "CDATA", thread_ts="1.1"), plain, NOW)
    assert replied.body == {"channel": "CDATA", "thread_ts": "1.1", "text": "It is a new day."}
    opened = post(Destination(TEAM, "CDATA", thread="request-1"), plain, NOW)
    assert (opened.thread, opened.body) == ("request-1", said.body)


def test_what_one_person_sees_goes_to_them_while_they_are_in_the_conversation() -> None:
    said = whisper(Destination(TEAM, "CDATA", thread_ts="1.1"), "UANA", Message("Only you."), NOW)
    assert (said.act, said.visibility, said.lane) == ("whisper", "CDATA", "UANA")
    assert said.body == {"channel": "CDATA", "user": "UANA", "thread_ts": "1.1", "text": "Only you."}
    assert said.expires_at < IN_A_DAY


@pytest.mark.parametrize(
    ("until", "expires_at"), [(None, IN_A_DAY), (NOW + timedelta(hours=2), to_text(NOW + timedelta(hours=2)))]
)
def test_a_message_is_tried_for_a_day_or_until_it_is_of_no_use(until: datetime | None, expires_at: str) -> None:
    assert post(Destination(TEAM, "CDATA"), NEWS, NOW, until).expires_at == expires_at


def test_the_first_message_of_a_thread_is_edited_in_the_turn_of_its_channel() -> None:
    edited = edit(Destination(TEAM, "CDATA", thread="request-1"), Message("DR-1 is agreed"), NOW)
    assert (edited.act, edited.lane, edited.thread) == ("update", "CDATA", "request-1")
    assert edited.body == {"channel": "CDATA", "text": "DR-1 is agreed"}


@pytest.mark.parametrize(
    ("to", "where"), [("UANA", {"user": "UANA"}), ("WANA", {"user": "WANA"}), ("CDATA", {"channel": "CDATA"})]
)
def test_a_file_goes_to_a_person_or_into_a_conversation(to: str, where: dict[str, str]) -> None:
    given = attach(Destination(TEAM, to, thread="request-1"), ("a.csv", "id\n1\n"), "Here it is.", NOW)
    assert (given.act, given.lane, given.visibility, given.thread) == ("upload", to, to, "request-1")
    assert given.body == {
        **where,
        "filename": "a.csv",
        "content": "id\n1\n",
        "comment": "Here it is.",
        "file": "",
        "otherwise": "Here it is.\n_a.csv isn’t attached: the app lacks the permission `files:write` in Slack._",
    }


def test_a_picture_carries_its_bytes_its_records_and_as_many_words_as_slack_takes() -> None:
    picture = Picture("map.png", b"\x89PNG\xff", "word " * 300, ("c1", "c2"))
    to_person = attach_picture(Destination(TEAM, "UANA", about=(SECRET,)), picture, "The map", NOW)
    assert (to_person.act, to_person.lane, to_person.visibility) == ("upload", "UANA", SECRET)
    assert b64decode(str(to_person.body["content"])) == picture.png
    assert (to_person.body["user"], to_person.body["records"]) == ("UANA", ("c1", "c2"))
    assert len(str(to_person.body["alt"])) == 995
    in_thread = attach_picture(Destination(TEAM, "CGENERAL", "12.5"), picture, "The map", NOW)
    assert (in_thread.body["channel"], in_thread.body["thread_ts"]) == ("CGENERAL", "12.5")
    assert "isn’t attached" in str(in_thread.without_file().body["text"])
