"""What belongs to a private channel stays there, whatever button, form, number or person it is tried with."""

import pytest

from bot.trial.run import Trial
from storage.data_requests import data_requests, notes
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.records.offers import Agreement, Offer
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from tests.handlers.data_requests.playing import (
    AMOUNT,
    CHANNEL,
    IN_PRIVATE,
    PAGE,
    TEAM,
    every,
    fills_in,
    outbox,
    put,
    put_draft,
)
from tests.handlers.data_requests.requests import AT, a_request
from tests.playing import play

GONE = "No data request here has that number, or you can't see it here."


def secret_channel(trial: Trial) -> str:
    return next(each.id for each in trial.slack.workspace.channels.values() if each.name == "secret-launch")


async def a_secret(trial: Trial, **changes: object) -> DataRequest:
    """Put a request of the private channel into the store; Ana and Chloe are its members, Ben is not."""
    channel = secret_channel(trial)
    told = {
        "visibility": channel,
        "channel": channel,
        "requester": "UCHLOE",
        "owner": "UANA",
        "purpose": "Falcon flies",
    }
    return await put(trial, **{**told, **changes})


async def pry(trial: Trial, who: str, action: str, value: str) -> str:
    """Press a button that somebody alone sees, after its value was changed to another: one that somebody copied."""
    await play(trial, f"{who} in #data: /data-request DR-1")
    for message in trial.slack.workspace.channels["CDATA"].ephemerals.values():
        button = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": action, "value": value}
        message.blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    return await play(trial, f'{who} presses "Pry"')


@pytest.mark.parametrize(
    ("action", "before", "shown"),
    [
        ("data_request_open", "", "Falcon flies"),
        (
            "data_request_respond",
            "",
            "*{number} · berth arrivals* · open\n    Next: Ana Ruiz to agree, or change the terms",
        ),
        ("data_request_open_points", "", "Everything is set. Both sides can agree."),
        ("data_request_step:0", "agree:", "{number}: you agreed to the terms. Next: Chloe Martin to agree"),
        ("data_request_step:1", "ask:", "*{number} · berth arrivals*\n    What do you need to know?"),
        ("data_request_step:9", "decline:", "*{number} · berth arrivals*\n    Why not?"),
        ("data_request_terms", "", "*{number} · berth arrivals*\n    6 of 6 required terms set"),
        ("data_request_history", "", "*History of {number}*"),
        ("data_request_follow", "", "You're part of {number}, so its thread mentions you anyway."),
        ("data_request_unfollow", "", "You no longer follow {number}."),
        ("data_request_copy", "", "What is it for?: [Falcon flies]"),
        ("data_request_check", "", "sees the form “Fill in from a sample”:\n    *{number} · berth arrivals*"),
        ("data_request_edit", "", "What is it for?: [Falcon flies]"),
        ("data_request_theme", ":amount", "How much data? (optional): [1,000 rows]"),
        ("data_request_repost", "", "{number} already has a thread."),
    ],
)
async def test_a_button_with_its_id_shows_it_to_members_alone(
    running: Trial, action: str, before: str, shown: str
) -> None:
    secret = await a_secret(running)
    await put(running, entity="tides")
    value = f"{secret.id}{before}" if before.startswith(":") else f"{before}{secret.id}"
    told = await pry(running, "ben", action, value)
    assert GONE in told
    assert "Falcon" not in told
    assert data_requests.by_id(running.bot.store.reader, TEAM, secret.id) == secret
    told = await pry(running, "ana", action, value)
    assert shown.format(number=secret.number) in told
    for place in ("#secret-launch", "#data"):
        assert "Falcon" in await play(running, f"ana in {place}: /data-request {secret.number}")


async def test_a_draft_is_not_shown_to_others_when_its_author_mentions_it(running: Trial) -> None:
    await put_draft(running, purpose="Falcon flies")
    for words in ("DR-1", "DR-1 terms", "DR-1 history", "DR-1 contract", "DR-1 copy", "DR-1 send"):
        told = await play(running, f"dev in #data: @Common Ground {words}")
        assert GONE in told, words
        assert "Falcon" not in told
    told = await play(running, "dev in #data: @Common Ground data-request list")
    assert "You have no data requests." in told
    assert [(each.state, each.thread) for each in every(running)] == [("draft", "")]
    # Dev alone is shown it, in the same channel.
    assert "Falcon flies" in await play(running, "dev in #data: /data-request DR-1")
    assert "DR-1 · berth arrivals · draft" in await play(running, "dev in #data: /data-request list")


async def test_its_agreement_is_a_decision_of_the_channel(running: Trial) -> None:
    agreed = {"requester": Agreement(user_id="UCHLOE", version=1, at=AT)}
    secret = await a_secret(running, state="negotiating", agreements=agreed)
    await play(running, f"ana in #secret-launch: /data-request {secret.number} agree")
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert decision.visibility == secret.visibility
    assert "berth" in await play(running, "ana in #secret-launch: /decision list")
    assert "berth" not in await play(
        running, "ben in #data: /decision list", f"ben in #data: /decision {decision.number}"
    )


async def test_its_notes_are_shown_there_alone(running: Trial) -> None:
    secret = await a_secret(running)
    channel = running.slack.workspace.channels[secret.channel]
    (root,) = channel.messages
    running.slack.people.say(running.slack.workspace.users["UANA"], channel, "Falcon berths count twice.", root)
    assert "Kept as a note" in await play(running, 'chloe uses "Keep as a note on data" on "count twice"')
    assert notes.of_data(running.bot.store.reader, TEAM, secret.data_key, ["workspace"]) == []
    await put(running)
    told = await play(running, "ben in #data: /data-request", *fills_in("ben", PAGE), "ben submits", "ben closes")
    assert "Falcon" not in told + await play(running, "ben in #data: /data-request DR-1")
    assert "Falcon berths" in await play(running, f"ana in #secret-launch: /data-request {secret.number}")


async def test_its_thread_opens_nowhere_else_and_no_workspace_request_goes_into_a_private_or_shared_channel(
    running: Trial,
) -> None:
    secret, public = await a_secret(running), await put(running, requester="UCHLOE")
    for channel in running.slack.workspace.channels.values():
        channel.messages.clear()
    await play(running, f"ana in #secret-launch: /data-request {secret.number} ask which?", "wait 1 minute")
    await play(running, f"ana in #data: /data-request {public.number} ask which?", "wait 1 minute")
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    told = await play(running, f"chloe in #data: /data-request {secret.number} repost", "wait 11 minutes")
    assert "continues in a new thread" in told
    await play(running, f"chloe in #secret-launch: /data-request {public.number} repost")
    places = {each.number: each.channel for each in every(running)}
    assert (places[secret.number], places[public.number]) == (secret.channel, "CDATA")
    running.slack.workspace.channels["CDATA"].messages.clear()
    await play(running, f"ana in #data: /data-request {public.number} ask again?", "wait 1 minute")
    await play(running, f"chloe in #general: /data-request {public.number} repost")
    assert {each.number: each.channel for each in every(running)}[public.number] == "CDATA"


async def test_a_channel_that_others_read_or_that_is_private_cannot_be_chosen_for_what_is_everybodys(
    running: Trial,
) -> None:
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    page = {**PAGE, CHANNEL: "general"}
    del page["Which model or product?"]
    told = await play(running, *IN_PRIVATE, *fills_in("dev", page), "dev submits")
    assert "! I can't open a thread in that channel." in told


async def test_health_of_the_decision_log_says_nothing_of_private_requests(running: Trial) -> None:
    await play(running, "chloe in #general: /decision Predict tides", 'chloe presses "More"')
    await play(running, 'chloe enters "Also": It still needs data', "chloe submits", "chloe closes")
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    await a_secret(running, decision_id=decision.id)
    assert "Need data, not requested yet: 1" in await play(running, "ben in #general: /decision health")


TO_ELI = ('ana enters "Who owns it now?": eli', "ana submits", "ana closes")


@pytest.mark.parametrize(("step", "form"), [("decline no budget", ()), ("hand over", TO_ELI)])
async def test_who_left_the_channel_or_became_a_guest_is_told_nothing(
    running: Trial, step: str, form: tuple[str, ...]
) -> None:
    first, secret = [await a_secret(running, followers=("UCHLOE",)) for _ in range(2)]
    for _ in range(2):
        await put(running, requester="UCHLOE", followers=("UELI",))
    told = await play(running, f"ana in #secret-launch: /data-request {first.number} decline no budget")
    assert "Common Ground and Chloe Martin" in told
    assert "Common Ground and Eli Berg" in await play(running, f"ana in #data: /data-request DR-1 {step}", *form)
    await play(running, "chloe leaves #secret-launch", "wait 11 minutes")
    told = await play(running, f"ana in #secret-launch: /data-request {secret.number} decline no budget")
    assert "Common Ground and Chloe Martin" not in told
    running.slack.workspace.users["UELI"].is_guest = True
    before = len(outbox(running))
    await play(running, "wait 11 minutes", f"ana in #data: /data-request DR-2 {step}", *form)
    # What he has of it loses its buttons, and says nothing more.
    told_to_eli = [each for each in outbox(running, before) if each.lane == "UELI"]
    assert {each.act for each in told_to_eli} <= {"update"}
    assert not any(words in str(each.body) for each in told_to_eli for words in ("declined", "another owner", "Ana"))


async def test_a_guest_neither_follows_nor_gives_samples_nor_keeps_notes(running: Trial) -> None:
    await put(running, state="delivered", turn="requester")
    running.slack.workspace.users["UELI"].is_guest = True
    told = await play(running, 'eli presses "Follow"', 'eli presses "Respond"')
    assert told.count("No data request here has that number, or you can't see it here.") == 2


@pytest.mark.parametrize(
    ("forms", "last"),
    [
        ((), f'presses "{AMOUNT}"'),
        ((), 'presses "Change the request"'),
        (('presses "Change the request"', 'enters "What is it for?": ferries'), "submits"),
        ((f'presses "{AMOUNT}"', 'enters "How much data?": 9 rows'), "submits"),
        ((f'presses "{AMOUNT}"',), 'presses "Quantity: someone will find out"'),
        ((f'presses "{AMOUNT}"',), 'presses "Accept quantity"'),
    ],
)
async def test_a_form_left_open_by_who_became_a_guest_keeps_nothing(
    running: Trial, forms: tuple[str, ...], last: str
) -> None:
    offered = Offer(parts={"amount": "5 rows"}, by="UANA", at=AT)
    terms = a_request().terms
    await put(running, terms={**terms, "quantity": terms["quantity"].model_copy(update={"offered": offered})})
    await play(running, "dev in #data: /data-request DR-1 terms", *(f"dev {each}" for each in forms))
    before = every(running)
    running.slack.workspace.users["UDEV"].is_guest = True
    told = await play(running, "wait 11 minutes", f"dev {last}")
    assert GONE in told
    assert every(running) == before


@pytest.mark.parametrize(
    "forms", [('presses "Change the request"',), (f'presses "{AMOUNT}"', 'enters "How much data?": 9 rows')]
)
async def test_a_form_left_open_by_who_left_the_channel_changes_nothing(running: Trial, forms: tuple[str, ...]) -> None:
    secret = await a_secret(running)
    await play(running, f"chloe in #secret-launch: /data-request {secret.number} terms")
    await play(running, *(f"chloe {each}" for each in forms))
    told = await play(running, "chloe leaves #secret-launch", "wait 11 minutes", "chloe submits")
    assert GONE in told
    assert every(running) == [secret]


async def test_a_guest_chooses_among_no_components_of_the_workspace(running: Trial) -> None:
    told = {"name": "Falcon model", "kind": "model", "lead": "UCHLOE", "look_up_key": "falcon model"}
    falcon = Component(id="c1", team_id=TEAM, created_by="UCHLOE", created_at=AT, **told)
    await running.bot.store.write(lambda transaction: responsibilities.add_component(transaction, falcon, []))
    await play(running, "dev in #data: /data-request", "gus in #churn-model: /data-request")
    member, guest = (running.slack.workspace.open_view(who) for who in ("UDEV", "UGUS"))
    assert member is not None
    assert guest is not None
    assert "Falcon model" in str(member.blocks)
    assert "Which model or product?" in str(guest.blocks)
    assert "Falcon" not in str(guest.blocks)
