"""Data requests as people meet them: asked for, drafted, talked about in their thread, agreed, delivered, accepted."""

import copy

import yaml

from bot.trial.run import Trial
from storage.decisions import decisions
from storage.records.offers import Agreement
from tests.handlers.data_requests.playing import (
    AMOUNT,
    CHANNEL,
    CONTENT,
    IN_PRIVATE,
    OWNER,
    PAGE,
    TEAM,
    ask,
    every,
    fills_in,
    one,
    put,
    responds,
)
from tests.handlers.data_requests.requests import AT
from tests.playing import play


async def test_a_request_opens_its_thread_in_the_chosen_channel_and_tells_the_owner_once(running: Trial) -> None:
    told = await ask(running, owner="ana")
    assert told.count("*DR-1 · berth arrivals*: @Dev Patel asks you for data, needed by") == 1
    assert "Next: Ana Ruiz to make an offer" in told
    thread = running.slack.workspace.channels["CDATA"].messages
    assert [message.thread_ts for message in thread.values()] == [None]


async def test_who_and_where_cannot_be_is_said_at_the_field(running: Trial) -> None:
    page = {**PAGE, OWNER: "gus"}
    told = await play(running, "dev in #data: /data-request", *fills_in("dev", page), "dev submits")
    assert "Gus Lindt is a guest or a bot here, or has left." in told
    page = {**PAGE, OWNER: "dev", CHANNEL: "random"}
    del page["Which model or product?"]
    told = await play(running, "dev closes", *IN_PRIVATE, *fills_in("dev", page), "dev submits")
    assert "You can't be both requester and owner. Choose somebody else, or leave it empty." in told
    assert "I can't open a thread in that channel. Choose a public channel of this workspace that I'm in" in told
    assert every(running) == []
    await play(running, *fills_in("dev", {OWNER: "ana", CHANNEL: "data"}), "dev submits")
    assert len(every(running)) == 1


async def test_a_form_field_that_holds_data_or_a_key_is_refused(running: Trial) -> None:
    page = {**PAGE, "What is it for?": "use xoxb-123456789012-abcdefghijkl"}
    told = await play(running, "dev in #data: /data-request", *fills_in("dev", page), "dev submits")
    assert "! This looks like a password or a key. Many people can read and keep what you write in Slack" in told
    await put(running)
    rows = " / ".join(f"{n},Ship{n},North" for n in range(6))
    told = await play(
        running, *responds("ana", "Ask a question"), f'ana enters "What do you need to know?": {rows}', "ana submits"
    )
    assert "! This looks like rows of data." in told
    told = await play(running, "ana in #data: /data-request DR-1 ask her number is 078-05-1120")
    assert "This looks like a personal ID number." in told
    assert one(running).state == "open"


async def test_a_form_sent_twice_is_one_request(running: Trial) -> None:
    await play(running, "dev in #data: /data-request", *fills_in("dev", PAGE))
    view = running.slack.workspace.open_view("UDEV")
    assert view is not None
    again = copy.deepcopy(view)
    await play(running, "dev submits")
    running.slack.workspace.views["UDEV"] = [again]
    await play(running, *fills_in("dev", PAGE), "dev submits")
    told = await play(running, "ana in #data: /data-request list open")
    assert told.count("Open DR-1") + told.count("DR-1 · berth arrivals · open") == 1
    assert len(running.slack.workspace.channels["CDATA"].messages) == 1


async def test_a_draft_is_sent_once_however_often_it_is_pressed(running: Trial) -> None:
    await ask(running)
    told = await play(running, "dev in #data: /data-request DR-1 send")
    assert "DR-1 is open. It has already been sent." in told
    assert len(running.slack.workspace.channels["CDATA"].messages) == 1


async def test_of_two_who_press_at_once_one_wins_and_the_other_sees_what_changed(running: Trial) -> None:
    await put(running)
    await play(running, *responds("ana", "Decline"), 'ana enters "Why not?": no budget')
    await play(running, "dev in #data: /data-request DR-1 withdraw it was a dream")
    told = await play(running, "ana submits")
    assert "DR-1 is withdrawn: it was a dream. You can copy it as a new request." in told
    assert one(running).reason == "it was a dream"


async def test_a_term_that_changed_meanwhile_is_shown_before_it_is_written_over(running: Trial) -> None:
    await put(running)
    await play(running, "dev in #data: /data-request DR-1 terms", f'dev presses "{AMOUNT}"')
    await play(
        running, "ana in #data: /data-request DR-1 terms", f'ana presses "{AMOUNT}"',
        *fills_in("ana", {"How much data?": "500 rows"}), "ana submits",
    )  # fmt: skip
    told = await play(running, *fills_in("dev", {"How much data?": "900 rows"}), "dev submits")
    assert "Ana Ruiz changed quantity meanwhile: 500 rows in a month, so that each berth has ten. Save again" in told
    assert "How much data? (optional): [900 rows]" in told
    assert "Offered: 500 rows in a month, so that each berth has ten" in told
    told = await play(running, "dev submits", "dev closes", "dev in #data: /data-request DR-1 terms")
    assert "requested: 900 rows in a month, so that each berth has ten · offered: 500 rows in a month" in told


async def test_both_sides_agree_and_the_thread_gets_the_contract_and_the_log_a_decision(running: Trial) -> None:
    await put(running)
    told = await play(running, *responds("dev", "Agree"))
    assert "Agreed so far: Dev Patel" in told
    assert "Next: @Ana Ruiz to agree, or change the terms." in told
    told = await play(running, *responds("ana", "Agree"))
    assert (
        "*Agreed* · version 1.0.0 · contract attached (ODCS, readable). Delivery due Feb 2, 2026. Decision D-1." in told
    )
    assert "[file DR-1-v1.0.0.odcs.yaml]" in told
    contract, for_people = running.slack.workspace.files.values()
    assert yaml.safe_load(contract.content)["apiVersion"] == "v3.1.0"
    assert for_people.content.decode().startswith("# DR-1: berth arrivals")
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (decision.title, decision.decider) == ("Data for berth arrivals, as agreed in DR-1", "UANA")
    assert "/archives/CDATA/p" in decision.source_link
    told = await play(running, "eli in #data: /decision D-1", 'eli presses "More"')
    assert "Consulted: @Dev Patel" in told


async def test_an_edit_after_the_agreement_is_a_new_version_and_asks_both_again(running: Trial) -> None:
    both = {side: Agreement(user_id=who, version=1, at=AT) for side, who in (("requester", "UDEV"), ("owner", "UANA"))}
    await put(running, state="agreed", agreements=both)
    await play(running, "dev in #data: /data-request DR-1 terms", 'dev presses "Change the request"')
    told = await play(running, *fills_in("dev", {"What is it for?": "ferries too"}), "dev submits")
    assert "*Dev Patel* changed the request." in told
    changed = one(running)
    assert (changed.state, changed.terms_version, changed.agreements, changed.turn) == ("negotiating", 2, {}, "owner")
    assert changed.purpose == "ferries too"
    await play(running, "dev in #data: /data-request DR-1 terms", 'dev presses "Change the request"', "dev submits")
    assert one(running).terms_version == 2


async def test_whoever_may_not_is_told_who_may(running: Trial) -> None:
    await put(running)
    told = await play(running, 'eli presses "Respond"', "eli closes")
    assert "You aren't part of this request. Ask your questions in its thread." in told
    assert "[Agree]" not in told
    told = await play(running, "eli in #data: /data-request DR-1 agree", "eli in #data: /data-request DR-1 decline")
    assert "Only the requester and the owner of the data can do that." in told
    assert "Only the owner of the data can do that." in told
    told = await play(running, "dev in #data: /data-request DR-1 accept", "eli in #data: /data-request DR-1 terms")
    assert "DR-1 is open. Nothing has been delivered yet." in told
    assert "[Change]" not in told.rpartition("Eli Berg sees the form")[2]


async def test_steps_are_words_after_the_number_too(running: Trial) -> None:
    await put(running)
    told = await play(
        running, "ana in #data: /data-request DR-1 ask which pilots?", "dev in #data: /data-request answer DR-1 all",
        "ana in #data: /data-request DR-1 dance", "dev in #data: /data-request DR-1 history",
    )  # fmt: skip
    assert "*Ana Ruiz* asked a question." in told
    assert "*Dev Patel* answered." in told
    assert "I don't know “dance”. /data-request help lists what you can type." in told
    assert "2026-01-05 Dev Patel, answered: all" in told
    told = await play(
        running, "ana in #data: /data-request DR-1 hand over", "ana closes", "ana in #data: /data-request help"
    )
    assert "Who owns it now?" in told
    assert "*Data requests*" in told
    told = await play(
        running, "ana in #data: @Common Ground DR-1 decline no budget", "ana in #data: @Common Ground DR-1 terms"
    )
    assert "*Ana Ruiz* declined." in told
    assert "Press this to continue with DR-1:" in told
    assert "No data request here has that number" in await play(running, "ana in #data: /data-request DR-9")


async def test_data_that_nobody_owns_is_taken_by_who_says_so_and_handed_over(running: Trial) -> None:
    await ask(running)
    told = await play(running, *responds("dev", "I own this data"))
    assert "You can't be both requester and owner." in told
    told = await play(running, *responds("ben", "I own this data"))
    assert "*Ben Okafor* took this data on." in told
    told = await play(
        running, "ben in #data: /data-request DR-1 hand over", 'ben enters "Who owns it now?": gus', "ben submits",
        'ben enters "Who owns it now?": ana', "ben submits",
    )  # fmt: skip
    assert "! Gus Lindt is a guest or a bot here, or has left." in told
    assert told.count("asks you for data") == 1
    assert one(running).owner == "UANA"


async def test_a_second_request_for_the_same_data_is_offered_to_follow_the_first(running: Trial) -> None:
    await put(running)
    told = await play(
        running, "ben in #data: /data-request", *fills_in("ben", {**PAGE, "What data do you need?": "arrivals, berth"})
    )
    told = await play(running, "ben submits")
    assert "DR-1 already requests this data (open). Send yours if you need something else." in told
    told = await play(running, 'ben presses "Follow DR-1 instead"', "ben closes", "ben closes")
    assert "You're following DR-1. I'll let you know when it changes." in told
    told = await play(running, "ana in #data: /data-request DR-1 decline no budget")
    assert "Common Ground and Ben Okafor" in told
    assert "*DR-1 · berth arrivals*: Ana Ruiz declined." in told
    await put(running)
    told = await play(running, 'eli presses "Follow"', 'eli presses "Follow"')
    assert told.count("You're following DR-2.") == 2
    assert one(running, "DR-2").followers == ("UELI",)
    told = await play(running, 'eli presses "Unfollow"')
    assert "You no longer follow DR-2." in told


async def test_an_answer_is_kept_as_a_note_and_shown_to_the_next_who_asks(running: Trial) -> None:
    request = await put(running)
    channel = running.slack.workspace.channels["CDATA"]
    (root,) = channel.messages
    ana = running.slack.workspace.users["UANA"]
    running.slack.people.say(ana, channel, "A berth of -1 means that the ship is at anchor.", root)
    told = await play(running, 'dev uses "Keep as a note on data" on "at anchor"')
    assert "Kept as a note on berth arrivals: A berth of -1 means that the ship is at anchor." in told
    told = await play(running, 'dev uses "Keep as a note on data" on "at anchor"')
    assert "That is already kept as a note." in told
    told = await play(running, "ben in #data: /data-request", *fills_in("ben", PAGE), "ben submits")
    assert "“A berth of -1 means that the ship is at anchor.” · Mon 5 Jan" in told
    told = await play(running, "ben closes", f"ben in #data: /data-request {request.number}")
    assert "“A berth of -1 means that the ship is at anchor.” Ana Ruiz, today" in told
    await play(running, "ben in #general: just words")
    told = await play(running, 'ben uses "Keep as a note on data" on "just words"')
    assert "Use this on a message in the thread of a data request." in told


async def test_what_has_ended_is_copied_as_a_new_draft(running: Trial) -> None:
    await put(running)
    await play(running, "dev in #data: /data-request DR-1 withdraw it was a dream")
    told = await play(
        running,
        "eli in #data: /data-request DR-1 copy",
        *fills_in("eli", {"Needed by": "2026-03-02"}),
        "eli submits",
    )
    assert "What data do you need?: [berth arrivals]" in told
    copied = one(running, "DR-2")
    assert (copied.state, copied.requester, copied.copied_from) == ("open", "UELI", "DR-1")
    assert set(copied.terms) == set(one(running).terms)


async def test_recurring_data_changes_and_is_agreed_again(running: Trial) -> None:
    await put(running, state="accepted", turn="", contract_version=1)
    told = await play(
        running, *responds("ana", "Announce a change"),
        'ana enters "What changes, and from when?": metres become feet in May',
        "ana submits", "ana closes",
    )  # fmt: skip
    assert "> metres become feet in May" in told
    assert (one(running).state, one(running).terms_version) == ("changed", 2)
    told = await play(running, *responds("ana", "Agree"), *responds("dev", "Agree"))
    assert "[file DR-1-v1.0.1.odcs.yaml]" in told
    assert one(running).state == "agreed"


async def test_what_was_delivered_is_not_overdue_once_its_contract_is_changed(running: Trial) -> None:
    await put(running, state="accepted", turn="", needed_by="2026-01-08", contract_version=1)
    await play(running, "wait 7 weeks", "ana in #data: /data-request DR-1 change metres become feet in May")
    overdue = "dev in #data: /data-request list overdue"
    assert "DR-1" not in await play(running, overdue)
    told = await play(running, *responds("ana", "Agree"), *responds("dev", "Agree"))
    assert "contract attached (ODCS, readable). Decision D-1." in told
    assert "Next: @Ana Ruiz to deliver" in told
    assert "DR-1" not in await play(running, overdue)


async def test_a_new_version_is_overdue_by_the_day_that_the_requester_sets(running: Trial) -> None:
    await put(running, state="accepted", turn="", contract_version=1)
    terms = ("dev in #data: /data-request DR-1 terms", 'dev presses "Change the request"')
    await play(running, "ana in #data: /data-request DR-1 change metres become feet", *terms)
    await play(running, *fills_in("dev", {"What is it for?": "ferries too"}), "dev submits")
    assert (one(running).purpose, one(running).needed_by) == ("ferries too", "")
    await play(running, *terms, 'dev enters "Needed by": 2026-02-09', "dev submits")
    told = await play(running, *(f"{who} in #data: /data-request DR-1 agree" for who in ("ana", "dev")))
    assert "Delivery due Feb 9, 2026." in told
    await play(running, "wait 6 weeks")
    assert "DR-1 · berth arrivals · agreed" in await play(running, "dev in #data: /data-request list overdue")


async def test_lists_say_what_is_mine_what_waits_what_is_open_and_what_is_late(running: Trial) -> None:
    await put(running)
    await put(running, requester="UELI", owner="UBEN", needed_by="2026-01-06")
    lists = {
        name: await play(running, f"ana in #data: /data-request list {name}")
        for name in ("mine", "waiting", "open", "overdue", "all", "cheap")
    }
    assert "Your data requests" in lists["mine"]
    assert ("DR-1" in lists["waiting"], "DR-2" in lists["waiting"]) == (True, False)
    assert ("DR-1" in lists["open"], "DR-2" in lists["open"]) == (True, True)
    assert "No data request is overdue." in lists["overdue"]
    assert "Say which: mine, waiting, open or overdue" in lists["cheap"]
    late = await play(running, "wait 2 days", "ana in #data: /data-request list overdue")
    assert "DR-2 · berth arrivals · open · needed by Tue 6 Jan" in late
    assert "Next: Ben Okafor to agree, or change the terms" in late


async def test_a_message_a_mention_and_a_decision_open_the_form(running: Trial) -> None:
    await play(running, "ana in #general: We need arrivals of <@UDEV> by Friday")
    told = await play(running, 'ben uses "Turn into a data request" on "We need arrivals"')
    assert "What is it for?: [We need arrivals of Dev Patel by Friday]" in told
    await play(
        running,
        *fills_in("ben", {**PAGE, "What is it for?": "Friday"}),
    )
    await play(running, "ben submits", "ben closes")
    assert "/archives/CGENERAL/p" in one(running).source_link
    told = await play(running, "eli in #general: @Common Ground I need data about tides")
    assert "Press this to open the form:" in told
    told = await play(running, 'eli presses "Ask for data"')
    assert "What is it for?: [data about tides]" in told
    await play(running, "eli closes", "chloe in #general: /decision Predict tides", 'chloe presses "More"')
    await play(running, 'chloe enters "Also": It still needs data', "chloe submits", "chloe closes")
    told = await play(running, "chloe in #general: /decision health")
    assert "Need data, not requested yet: 1" in told
    told = await play(running, 'chloe presses "Ask for data for D-1"')
    assert "Which model or product? (optional): [D-1]" in told
    page = {**PAGE, "Which model or product?": "D-1", "What data do you need?": "tides"}
    await play(running, *fills_in("chloe", page), "chloe submits", "chloe closes")
    assert "(D-1 Predict tides)" in await play(running, "chloe in #data: /data-request DR-2")
    assert "Nothing is open in the decision log." in await play(running, "chloe in #general: /decision health")


async def test_words_of_the_glossary_are_pinned_with_the_schema(running: Trial) -> None:
    await put(running)
    schema = {"Glossary words used in it": "zorp"}
    await play(running, "dev in #data: /data-request DR-1 terms", f'dev presses "{CONTENT}"')
    told = await play(running, *fills_in("dev", schema), "dev submits")
    assert "! “zorp” isn't in the glossary. Leave it out, or add it first." in told
    told = await play(running, 'dev enters "Glossary words used in it": ground truth', "dev submits", "dev closes")
    assert len(one(running).senses) == 1
    told = await play(running, "dev in #data: /data-request DR-1")
    assert "“ground truth”, as " in told


async def test_a_request_of_a_private_channel_is_listed_opened_and_found_there_alone(running: Trial) -> None:
    page = {**PAGE, "What is it for?": "Falcon launches in May", OWNER: "ben"}
    told = await play(running, "chloe in #secret-launch: /data-request", *fills_in("chloe", page), "chloe submits")
    assert "Only members of this channel will see it." in told
    assert "I can't see them in the channel that this belongs to. Invite them, or try again in a minute." in told
    told = await play(running, *fills_in("chloe", {**page, OWNER: "ana"}), "chloe submits")
    secret = every(running)[0]
    assert secret.visibility == secret.channel != "workspace"
    assert secret.number.startswith("DR-")
    assert not secret.number[3:].isdigit()
    assert "Falcon" not in "".join(
        message.text + str(message.blocks)
        for channel in running.slack.workspace.channels.values()
        if channel.id != secret.channel and channel.kind != "im"
        for message in channel.messages.values()
    )
    # Data that could leak: Ben asks for the very same data, by its number, in lists, and from other places.
    await play(running, "chloe closes")
    ben = await play(
        running, f"ben in #data: /data-request {secret.number}", "ben in #data: /data-request list open",
        "ben in #data: /data-request list waiting", f"ben in #data: @Common Ground {secret.number}",
        "ben in #data: /data-request", *fills_in("ben", PAGE), "ben submits", "ben closes",
    )  # fmt: skip
    assert "Falcon" not in ben
    assert f"{secret.number} already requests this data" not in ben
    public = await play(running, f"chloe in #data: @Common Ground {secret.number}")
    assert "No data request here has that number, or you can't see it here." in public
    # Chloe herself, privately, and everybody in the channel.
    assert "Falcon" in await play(running, f"chloe in #data: /data-request {secret.number}")
    assert "Falcon" in await play(running, f"ana in #secret-launch: @Common Ground {secret.number}")


async def test_who_left_the_private_channel_hears_nothing_of_its_request(running: Trial) -> None:
    page = {**PAGE, "What is it for?": "Falcon launches in May", OWNER: "ana"}
    await play(running, "chloe in #secret-launch: /data-request", *fills_in("chloe", page))
    await play(running, "chloe submits", "chloe closes")
    number = every(running)[0].number
    running.slack.workspace.channels[every(running)[0].channel].members.add("UDEV")
    await play(running, "wait 3 minutes")
    steps = ("dev {} follow", "ana {} ask which?", "chloe {} answer the north")
    told = await play(running, *(each.format(f"in #secret-launch: /data-request {number}") for each in steps))
    assert "Common Ground and Dev Patel" in told
    await play(running, "dev leaves #secret-launch", "wait 11 minutes")
    told = await play(
        running, f"dev in #data: /data-request {number}", "dev in #data: /data-request list",
        f"chloe in #secret-launch: /data-request {number} withdraw it was a dream",
    )  # fmt: skip
    assert every(running)[0].state == "withdrawn"
    assert "Common Ground and Dev Patel" not in told
    assert "No data request here has that number, or you can't see it here." in told


async def test_a_conversation_without_the_bot_cannot_hold_a_request(running: Trial) -> None:
    running.slack.workspace.channels["CRANDOM"].kind = "private"
    told = await play(running, "ana in #random: /data-request")
    assert "I'm not in this conversation, so I can't save anything from it." in told
