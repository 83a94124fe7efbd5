"""Who is named as approver, expert or sponsor is asked once, and is none of that before they say so."""

import json

import yaml

from bot.trial.run import Trial
from handlers.access.recipients import Facts, Members
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.rules.moves import mark_of_term
from handlers.data_requests.service import naming, requests, showing
from handlers.data_requests.service.drafts import Said, Saved
from storage.data_requests.data_requests import Term
from storage.outbox import backlog
from storage.outbox.deliveries import Delivery
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import one, outbox, put
from tests.handlers.data_requests.requests import AT, PARTS, a_request
from tests.handlers.data_requests.test_privacy import a_secret
from tests.playing import play
from tests.sent import told as told_to

ELI = {"expert": {"person": "UELI", "hours": "2"}, "access": {**PARTS["access"], "approver": "UELI"}}


def terms_with(**parts: dict[str, str]) -> dict[str, Term]:
    said = {name: Term(asked=Offer(parts=each, by="UDEV", at=AT)) for name, each in parts.items()}
    return {**a_request().terms, **said}


async def a_request_naming_eli(trial: Trial) -> None:
    """Put a request that names Eli twice into the store, and let Dev's next step ask him."""
    await put(trial, terms=terms_with(**ELI), set_up="", more={})


def asked_of_eli(trial: Trial) -> list[Delivery]:
    return [each for each in outbox(trial) if each.lane == "UELI" and each.act == "post"]


def exported(trial: Trial) -> str:
    made = showing.contract_of(trial.bot.store.reader, one(trial), {"UELI": "Eli Berg"})
    return odcs(made)


async def test_somebody_named_twice_is_asked_once_and_both_sides_read_the_answer(running: Trial) -> None:
    await a_request_naming_eli(running)
    (asked,) = told_to(running, "UELI", "DR-1")
    assert "asks you to approve the access and explain the data (2 hours a week). OK?" in asked
    told = await play(running, "ana in #data: /data-request DR-1")
    assert "Approval requested from Eli Berg" in told
    assert "Eli Berg is asked to explain it" in told
    told = await play(running, 'eli presses "Yes"')
    assert told.count("*Eli Berg* agreed to approve the access and explain the data (2 hours a week).") == 1
    assert "You agreed to approve the access" in told
    assert "[No, because …]" not in told
    told = await play(running, "ana in #data: /data-request DR-1")
    assert "Approved by Eli Berg since " in told
    assert len(asked_of_eli(running)) == 1


async def test_an_approver_is_no_fact_in_the_contract_before_they_say_so(running: Trial) -> None:
    await a_request_naming_eli(running)
    asked = yaml.safe_load(exported(running))
    assert "Eli" not in json.dumps([asked.get("roles"), asked["team"]])
    assert "Approval requested from Eli Berg" in json.dumps(asked["customProperties"])
    await play(running, 'eli presses "Yes"')
    said = yaml.safe_load(exported(running))
    assert said["roles"][0]["firstLevelApprovers"] == "Eli Berg"
    assert "Approved by Eli Berg since 2026-01-05" in json.dumps(said["customProperties"])


async def test_who_says_no_says_why_and_both_sides_are_notified(running: Trial) -> None:
    await a_request_naming_eli(running)
    no = ('eli presses "No, because …"', 'eli enters "Why not?": I am away until May', "eli submits")
    told = await play(running, *no)
    assert "*Eli Berg* declined to approve the access and explain the data (2 hours a week)." in told
    assert "> I am away until May" in told
    assert "cc @Dev Patel @Ana Ruiz" in told
    assert "Not approved by Eli Berg: I am away until May" in await play(running, "dev in #data: /data-request DR-1")
    assert "firstLevelApprovers" not in exported(running)


async def test_an_answer_counts_once_and_only_from_who_is_named(running: Trial) -> None:
    await a_request_naming_eli(running)
    request, at = one(running), running.bot.clock.now()

    async def answers(who: str) -> object:
        facts = Facts(by=who, now=at, visible=("workspace",))
        return await running.bot.store.write(lambda transaction: naming.answer(transaction, request, "", facts))

    assert not isinstance(await answers("UBEN"), Saved)
    assert isinstance(await answers("UELI"), Saved)
    assert not isinstance(await answers("UELI"), Saved)
    assert one(running).named["UELI"].answer == "yes"


async def test_who_is_named_for_more_before_they_answer_has_one_message(running: Trial) -> None:
    await put(running, terms=terms_with(expert=ELI["expert"]), set_up="", more={})
    assert len(told_to(running, "UELI", "explain the data")) == 1
    await play(running, "dev in #data: /data-request DR-1 terms", 'dev presses "Change access and change"')
    await play(running, 'dev enters "Who approves access?": eli', "dev submits", "dev closes", "wait 1 minute")
    (asked,) = asked_of_eli(running)
    assert one(running).named["UELI"].parts == ("approver", "expert")
    assert "approve the access and explain the data" in str(asked.body)
    shown = running.slack.workspace.channels[asked.slack_channel].messages[asked.slack_ts]
    assert "approve the access and explain the data" in str(shown.blocks)


async def test_who_is_named_no_longer_need_not_answer(running: Trial) -> None:
    await put(running, terms=terms_with(expert=ELI["expert"]), set_up="", more={})
    told = await play(running, "dev in #data: /data-request DR-1 withdraw no more")
    assert "Nothing to do for you." in told
    assert one(running).named == {}


async def test_who_may_not_see_a_private_request_is_not_asked(running: Trial) -> None:
    secret = await a_secret(running, set_up="", more={})
    audience = Members(frozenset(("UANA", "UCHLOE")), secret.visibility)
    facts = Facts(by="UANA", now=running.bot.clock.now(), audience=audience, visible=(secret.visibility,))
    said = [Said(name, Offer(parts=parts), mark_of_term(secret, name)) for name, parts in ELI.items()]
    saved = await running.bot.store.write(lambda transaction: requests.say(transaction, secret, said, facts))
    assert isinstance(saved, Saved)
    assert saved.messages
    assert "UELI" not in {each.lane for each in saved.messages}
    assert saved.request.named == {}


async def test_the_two_sides_speak_for_themselves(running: Trial) -> None:
    await put(running, terms=terms_with(expert={"person": "UANA"}), set_up="", more={"approver": "UDEV"})
    assert one(running).named.keys() == {"UCHLOE"}
    members = yaml.safe_load(exported(running))["team"]["members"]
    assert "owner, expert, announcer of changes" in [each["role"] for each in members]
    assert backlog.count_open(running.bot.store.reader) == 0
