"""Where each kind of interaction shows an answer: in the acknowledgement, in the outbox, or in a form."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.local_slack.block_kit.blocks import check_blocks
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.carried import OutdatedError
from handlers.slack.interactions import (
    Ask,
    BlockAction,
    Fields,
    Interaction,
    Place,
    Quote,
    Shortcut,
    SlackEvent,
    View,
    ViewSubmission,
)
from handlers.slack.placing import Placed, as_body, as_json, as_view, is_open_still, place
from handlers.slack.replies import Answer, Aside, Done, Open, Redraw, Refuse, Replace, Say, Share
from storage.engine.interface import to_text
from storage.outbox.deliveries import Delivery
from tests.conftest import START

PLACE, URL = Place("C1"), "http://localhost/respond/1"
HELLO = Message("hello", (blocks.markdown("*hello*"),))
TABLE = Message("a table", (blocks.table([["a", "b"]]),), otherwise="a | b")
FORM = Modal(
    "form", "A form", (blocks.field("name", "Name", blocks.text_input()),), submit="Save", private_metadata="n"
)
COMMAND = Ask("T1", "UANA", PLACE, "drift", (), trigger_id="1", response_url=URL)
MENTION = Ask("T1", "UANA", PLACE, "drift", (), thread_ts="1.1")
PRESS = BlockAction("T1", "UANA", PLACE, "x", (), "1", URL, is_private=True)
VIEW = View("V1", "h1", Fields())
IN_FORM = BlockAction("T1", "UANA", PLACE, "x", (), "1", "", is_private=True, view=VIEW)
SUBMISSION = ViewSubmission("T1", "UANA", PLACE, Fields(), ())
ON_MESSAGE = Shortcut("T1", "UANA", PLACE, (), "1", URL, Quote("text", "UBEN", "2.2"))
ANYWHERE = Shortcut("T1", "UANA", Place(""), (), "1")
EVENT = SlackEvent("T1", "UANA", PLACE, (), {})

BODY = {"text": "hello", "blocks": [blocks.markdown("*hello*")]}
WHISPER = {"response_type": "ephemeral", "replace_original": False}


def sent(interaction: Interaction, answer: Answer) -> Delivery:
    """Return what goes into the outbox, and see that nothing else happens."""
    placed = place(interaction, answer, START)
    assert placed.delivery is not None
    assert placed == Placed(delivery=placed.delivery)
    return placed.delivery


def noted(modal: Modal, channel: str = "C1") -> dict[str, object]:
    note = json.dumps({"in": channel, "note": modal.private_metadata}, separators=(",", ":"))
    return {**modal.as_view(), "private_metadata": note}


@pytest.mark.parametrize(
    "interaction", [COMMAND, MENTION, PRESS, IN_FORM, SUBMISSION, ON_MESSAGE, ANYWHERE, EVENT], ids=type
)
def test_to_say_nothing_has_a_place_after_everything(interaction: Interaction) -> None:
    assert place(interaction, Done(), START) == Placed()


def test_a_command_is_answered_in_its_acknowledgement_to_who_used_it_alone() -> None:
    assert place(COMMAND, Say(HELLO), START) == Placed(as_json({"response_type": "ephemeral", **BODY}))


def test_what_slack_may_refuse_goes_through_the_outbox_with_what_is_said_instead() -> None:
    said = sent(COMMAND, Say(TABLE))
    assert (said.act, said.lane, said.visibility) == ("respond", URL, "UANA")
    assert said.body == {
        "response_type": "ephemeral",
        "text": "a table",
        "blocks": list(TABLE.blocks),
        "otherwise": "a | b",
    }
    assert said.expires_at == to_text(START + timedelta(minutes=29))


def test_a_mention_is_answered_in_its_thread_for_a_day() -> None:
    said = sent(MENTION, Say(HELLO))
    assert (said.act, said.lane, said.visibility) == ("post", "C1", "C1")
    assert said.body == {"channel": "C1", "thread_ts": "1.1", **BODY}
    assert said.expires_at == to_text(START + timedelta(days=1))


def test_what_is_whispered_in_a_thread_is_for_the_asker_alone_with_a_button_that_shares_it() -> None:
    said = place(MENTION, Say(HELLO), START, is_whispered=True).delivery
    assert said is not None
    share = blocks.buttons([blocks.button("Share in thread", "answer_share", f"{said.id} 1.1")])
    why = blocks.small_print("Only you see this, because guests may read this channel.")
    where = {"channel": "C1", "user": "UANA", "thread_ts": "1.1"}
    assert (said.act, said.lane) == ("whisper", "UANA")
    assert said.body == {**where, "text": "hello", "blocks": [blocks.markdown("*hello*"), why, share]}
    # A command is answered to who used it alone in any case.
    assert place(COMMAND, Say(HELLO), START, is_whispered=True) == place(COMMAND, Say(HELLO), START)


def test_an_aside_is_for_the_asker_alone_in_the_channel_where_their_mention_has_no_thread_yet() -> None:
    for ask, where in ((MENTION, {"thread_ts": "1.1"}), (replace(MENTION, ts="1.1"), {})):
        said = place(ask, Aside(HELLO), START).delivery
        assert said is not None
        assert (said.act, said.body) == ("whisper", {"channel": "C1", "user": "UANA", **where, **BODY})
    alone = place(replace(MENTION, place=Place("D1")), Aside(HELLO), START).delivery
    assert alone is not None
    assert (alone.act, alone.body["channel"]) == ("post", "D1")
    assert place(COMMAND, Aside(HELLO), START) == place(COMMAND, Say(HELLO), START)


@pytest.mark.parametrize("message", [Message("x" * 4000), Message("x", (blocks.divider(),) * 50)])
def test_what_is_whispered_is_never_longer_than_slack_takes(message: Message) -> None:
    said = place(MENTION, Say(message), START, is_whispered=True).delivery
    assert said is not None
    shown = said.body["blocks"]
    assert isinstance(shown, list)
    assert len(shown) <= 50
    check_blocks(shown, "message")


def test_a_form_opens_after_a_command_and_after_a_mention_it_is_said_what_to_do_instead() -> None:
    assert place(COMMAND, Open(FORM, HELLO), START) == Placed(modal=FORM)
    assert sent(MENTION, Open(FORM, HELLO)).body == {"channel": "C1", "thread_ts": "1.1", **BODY}
    assert sent(MENTION, Open(FORM)).body["text"] == "I can only open a form from a command or a button."


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        (Say(HELLO), WHISPER),
        (Replace(HELLO), {"replace_original": True}),
        (Share(HELLO, is_member=False), {"response_type": "in_channel", "replace_original": False}),
    ],
)
def test_a_button_is_answered_beside_or_in_the_place_of_its_message_or_to_everybody(
    answer: Answer, how: dict[str, object]
) -> None:
    said = sent(PRESS, answer)
    assert (said.act, said.lane, said.body) == ("respond", URL, {**how, **BODY})


def test_what_is_shared_where_the_bot_is_a_member_is_a_message_of_its_own() -> None:
    said = sent(PRESS, Share(HELLO, is_member=True))
    assert (said.act, said.lane, said.body) == ("post", "C1", {"channel": "C1", **BODY})
    in_thread = replace(PRESS, thread_ts="1.1")
    assert sent(in_thread, Share(HELLO, is_member=True)).body == {"channel": "C1", "thread_ts": "1.1", **BODY}


def test_what_takes_the_place_of_a_message_that_all_see_is_an_edit_where_the_bot_is_a_member() -> None:
    said = sent(replace(PRESS, is_private=False, message_ts="2.2"), Replace(HELLO, is_member=True))
    assert (said.act, said.lane, said.body) == ("update", "C1", {"channel": "C1", "ts": "2.2", **BODY})
    alone = sent(replace(PRESS, is_private=True), Replace(HELLO, is_member=True))
    assert (alone.act, alone.lane, alone.body) == ("respond", URL, {"replace_original": True, **BODY})


def test_a_button_in_a_thread_is_answered_there_unless_its_message_is_replaced() -> None:
    in_thread = BlockAction("T1", "UANA", PLACE, "x", (), "1", URL, is_private=False, thread_ts="1.1", has_bot=True)
    said = sent(in_thread, Say(HELLO))
    assert (said.act, said.lane, said.visibility) == ("whisper", "UANA", "UANA")
    assert said.body == {"channel": "C1", "user": "UANA", "thread_ts": "1.1", **BODY}
    assert sent(in_thread, Replace(HELLO)).body == {"replace_original": True, **BODY}


def test_a_button_on_the_first_message_of_a_thread_is_answered_beside_it_in_the_channel() -> None:
    on_first = replace(PRESS, is_private=False, thread_ts="1.1", message_ts="1.1")
    assert sent(on_first, Say(HELLO)).body == {**WHISPER, **BODY}
    shared = {"response_type": "in_channel", "replace_original": False, **BODY}
    assert sent(on_first, Share(HELLO, is_member=False)).body == shared
    assert sent(on_first, Share(HELLO, is_member=True)).body == {"channel": "C1", **BODY}
    shortcut = Shortcut("T1", "UANA", PLACE, (), "1", URL, Quote("text", "UBEN", "1.1", "1.1"))
    assert sent(shortcut, Say(HELLO)).body == {**WHISPER, **BODY}


def test_a_button_opens_a_form_and_one_in_a_form_draws_it_anew() -> None:
    assert place(PRESS, Open(FORM), START) == Placed(modal=FORM)
    assert place(IN_FORM, Redraw(FORM), START) == Placed(modal=FORM, redrawn=VIEW)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (HELLO, HELLO.blocks),
        (TABLE, (blocks.markdown("a | b"),)),
        (Message("plain"), (blocks.markdown("plain"),)),
        (Message("x" * 4000), (blocks.markdown("x" * 2999 + "…"),)),
    ],
)
def test_where_there_is_no_message_to_answer_it_is_said_in_a_form_which_takes_no_table(
    message: Message, shown: tuple[blocks.Block, ...]
) -> None:
    said = Modal("said", "Common Ground", shown)
    assert place(IN_FORM, Say(message), START) == place(ANYWHERE, Say(message), START) == Placed(modal=said)


def test_a_shortcut_on_a_message_is_answered_beside_it_in_its_thread() -> None:
    assert place(ON_MESSAGE, Open(FORM), START) == Placed(modal=FORM)
    said = sent(ON_MESSAGE, Say(HELLO))
    assert (said.act, said.lane, said.body) == ("respond", URL, {**WHISPER, **BODY})
    reply = Shortcut("T1", "UANA", PLACE, (), "1", URL, Quote("text", "UBEN", "2.2", "1.1"), has_bot=True)
    assert sent(reply, Say(HELLO)).body == {"channel": "C1", "user": "UANA", "thread_ts": "1.1", **BODY}


def test_in_a_thread_where_the_bot_is_not_the_response_url_alone_answers_and_knows_no_thread() -> None:
    in_thread = replace(PRESS, thread_ts="1.1", message_ts="2.2")
    assert (sent(in_thread, Say(HELLO)).act, sent(in_thread, Say(HELLO)).body) == ("respond", {**WHISPER, **BODY})
    reply = Shortcut("T1", "UANA", PLACE, (), "1", URL, Quote("text", "UBEN", "2.2", "1.1"))
    assert (sent(reply, Say(HELLO)).act, sent(reply, Say(HELLO)).body) == ("respond", {**WHISPER, **BODY})


def test_what_is_wrong_with_a_field_that_the_form_does_not_have_is_said_at_its_first() -> None:
    form = replace(SUBMISSION, fields=Fields({"title": "", "why": ""}))
    for errors, shown in (
        ({"until": "Too late.", "why": "Say why."}, {"why": "Say why."}),
        ({"until": "Too late."}, {"title": "Too late."}),
    ):
        refused = place(form, Refuse(errors), START)
        assert refused == Placed(as_json({"response_action": "errors", "errors": shown}))


def test_a_form_shows_what_is_wrong_or_the_next_form_in_its_place() -> None:
    refused = place(SUBMISSION, Refuse({"name": "Not that name."}), START)
    assert refused == Placed(as_json({"response_action": "errors", "errors": {"name": "Not that name."}}))
    for answer in (Open(FORM), Redraw(FORM)):
        assert place(SUBMISSION, answer, START) == Placed(as_json({"response_action": "update", "view": noted(FORM)}))
    told = place(SUBMISSION, Say(HELLO), START).acknowledgement
    said = Modal("said", "Common Ground", HELLO.blocks)
    assert told == as_json({"response_action": "update", "view": noted(said)})


@pytest.mark.parametrize(
    ("interaction", "answer"),
    [
        (COMMAND, Replace(HELLO)),
        (MENTION, Share(HELLO, is_member=False)),
        (PRESS, Refuse({})),
        (SUBMISSION, Share(HELLO, is_member=False)),
        (SUBMISSION, Replace(HELLO)),
        (ON_MESSAGE, Replace(HELLO)),
        (ANYWHERE, Refuse({})),
        (EVENT, Say(HELLO)),
    ],
)
def test_an_answer_that_has_no_place_is_a_bug(interaction: Interaction, answer: Answer) -> None:
    with pytest.raises(TypeError, match=f"{type(answer).__name__} has no place after"):
        place(interaction, answer, START)


@pytest.mark.parametrize(
    ("press", "answer"), [(PRESS, Redraw(FORM)), (IN_FORM, Replace(HELLO)), (IN_FORM, Share(HELLO, is_member=False))]
)
def test_a_button_that_stands_where_none_of_ours_does_is_outdated(press: Interaction, answer: Answer) -> None:
    with pytest.raises(OutdatedError):
        place(press, answer, START)


def test_a_form_carries_where_it_was_opened_beside_the_features_own_note() -> None:
    assert as_view(FORM, COMMAND) == noted(FORM)
    assert as_view(FORM, ANYWHERE) == noted(FORM, "")


def test_a_message_of_words_alone_has_no_blocks() -> None:
    assert as_body(Message("hello")) == {"text": "hello"}
    assert as_body(HELLO) == BODY


@pytest.mark.parametrize("told", ["&" * 3000, "word " * 2000, "<@U0123456789> & " * 900])
def test_a_message_is_never_longer_than_an_edit_takes_nor_ends_in_half_a_mention_or_letter(told: str) -> None:
    text = str(as_body(Message(told if "@" in told else blocks.escape(told)))["text"])
    assert 3900 < len(text) <= blocks.FALLBACK_LIMIT
    assert text.endswith("…")
    assert text.count("<") == text.count(">")
    assert "&" in told or "&" not in text
    assert re.search("&[a-z]*…", text) is None


def test_what_a_rule_refuses_is_shown_at_its_field_of_a_form_and_said_elsewhere() -> None:
    at_field, as_a_whole = Refused("Choose a day.", "day"), NotAllowed("Only admins can do that.", kind="settings")
    errors = {"response_action": "errors", "errors": {"day": "Choose a day."}}
    assert place(SUBMISSION, at_field, START) == Placed(as_json(errors))
    told = as_body(blocks.said("Choose a day."))
    for interaction in (MENTION, PRESS, ON_MESSAGE):
        assert sent(interaction, at_field).body.items() >= told.items()
    for interaction in (COMMAND, IN_FORM):
        assert place(interaction, at_field, START) == place(interaction, Say(blocks.said("Choose a day.")), START)
    said = Say(blocks.said("Only admins can do that."))
    assert place(SUBMISSION, as_a_whole, START) == place(SUBMISSION, said, START)
    is_open = [is_open_still(SUBMISSION, each) for each in (at_field, as_a_whole, Refuse({"day": "x"}), said)]
    assert is_open == [True, False, True, False]
    assert is_open_still(PRESS, at_field) is False


def test_an_answer_to_what_was_done_in_no_channel_belongs_to_who_did_it() -> None:
    said = sent(replace(ANYWHERE, response_url=URL), Say(HELLO))
    assert (said.visibility, said.lane) == ("UANA", URL)
