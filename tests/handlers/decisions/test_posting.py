"""A decision is posted where it was made, shared from an answer, and kept up to date there."""

import pytest

from bot.trial.run import Trial
from tests.handlers.decisions.playing import PROPOSED, every, log, one
from tests.playing import play
from tests.sent import sent, told

TITLE = "Retrain monthly"
HEAD = f"D-1: {TITLE}"
UNTICKED = '"Tell the others?": Keep it in the decision log only'


def posts(trial: Trial, channel: str = "CGENERAL") -> list[str]:
    """Return what the bot says in a channel now, with the words of its buttons."""
    found = trial.slack.workspace.channels[channel].messages.values()
    return [f"{each.text} {each.blocks}" for each in found if each.bot_id]


async def test_a_decision_logged_by_command_is_posted_where_it_was_typed(running: Trial) -> None:
    seen = await play(running, "ana in #general: /decision Retrain monthly because drift is seasonal", "ana submits")
    assert (
        f"#general\n  Common Ground:\n    *D-1 · {TITLE}* · decided by Ana Ruiz, today\n"
        "    Because drift is seasonal.\n    [Agree] [Object] [More]"
    ) in seen
    assert "D-1 is logged and posted in the channel." in seen
    assert [to for to, text in sent(running) if HEAD in text] == ["CGENERAL"]


async def test_its_author_may_choose_to_tell_nobody(running: Trial) -> None:
    seen = await log(running, TITLE, "ana", "#general", UNTICKED)
    assert ("D-1 is logged." in seen, one(running).title) == (True, TITLE)
    assert posts(running) == []


async def test_what_is_decided_alone_with_the_bot_or_where_it_is_not_is_posted_nowhere(running: Trial) -> None:
    alone = await play(running, "ana to the bot: /decision Retrain monthly", "ana submits", "ana closes")
    away = await play(running, "ana in #random: /decision Drop the weather feed", "ana submits")
    assert ("Tell the others?" in alone, "Tell the others?" in away) == (False, False)
    assert len(every(running)) == 2
    assert [text for _, text in sent(running)] == []


async def test_guests_do_not_read_it_unless_an_admin_allows_that(running: Trial) -> None:
    await play(running, "ana in #churn-model: /decision Retrain monthly", "ana submits", "ana closes")
    assert posts(running, "CCHURNMODEL") == []
    await play(running, "chloe in #churn-model: /common-ground guests allow")
    await play(running, "ana in #churn-model: /decision Drop the weather feed", "ana submits")
    assert ["Drop the weather feed" in each for each in posts(running, "CCHURNMODEL")] == [True]


async def test_what_another_is_said_to_have_decided_is_posted_once_they_confirm_it(running: Trial) -> None:
    await play(running, "ana in #general: We retrain monthly because drift is seasonal.")
    await play(running, 'dev uses "Log as decision" on "We retrain monthly"', "dev submits", "dev closes")
    assert posts(running) == []
    seen = await play(running, 'ana presses "Confirm"')
    assert "#general\n  Common Ground (in thread):\n    *D-1 · We retrain monthly* · decided by Ana Ruiz" in seen
    assert len(posts(running)) == 1


async def test_a_report_whose_author_chose_otherwise_is_not_posted_when_it_is_confirmed(running: Trial) -> None:
    await log(running, TITLE, "dev", "#general", '"Who decides?": eli', UNTICKED)
    await play(running, 'eli presses "Confirm"')
    assert (one(running).state, posts(running)) == ("accepted", [])


async def test_everybody_may_say_what_they_think_of_it_and_reads_it_there(running: Trial) -> None:
    await log(running, TITLE, "ana")
    assert "Your agreement with D-1 is recorded." in await play(running, 'ben presses "Agree"')
    assert told(running, "UANA", "D-1") == []
    await play(running, 'dev presses "Object"', 'dev enters "What\'s your objection?": Too dear', "dev submits")
    (seen,) = posts(running)
    assert all(words in seen for words in ("Ben Okafor", " agrees", "Dev Patel", " objects: Too dear", "Agree"))
    assert len(told(running, "UANA", "objects to D-1")) == 1
    assert one(running).state == "accepted"


async def test_who_decides_is_offered_no_vote_of_their_own(running: Trial) -> None:
    await log(running, TITLE, "ana")
    assert "You decide this yourself." in await play(running, 'ana presses "Agree"')


async def test_who_decides_a_proposal_is_shown_what_they_can_do_where_others_give_their_view(running: Trial) -> None:
    await log(running, TITLE, "dev", "#general", *PROPOSED, '"Who decides?": eli')
    for button in ("Agree", "Object"):
        seen = await play(running, f'eli presses "{button}"')
        assert "[Accept]" in seen
        assert "[Reject]" in seen
        assert "Consulted" not in seen


async def test_no_message_of_a_proposal_asks_any_more_once_it_is_decided(running: Trial) -> None:
    await log(running, TITLE, "dev", "#general", *PROPOSED, '"Who should agree?": ana, ben')
    await play(running, 'ana presses "Agree"')
    asked = running.slack.workspace.direct_channel("UANA").messages.values()
    assert [("agreed" in str(each.blocks), "decision_agree" in str(each.blocks)) for each in asked] == [(True, False)]
    other = running.slack.workspace.direct_channel("UBEN").messages.values()
    assert ["decision_agree" in str(each.blocks) for each in other] == [True]
    await play(running, "eli in #general: /decision D-1", 'eli presses "Accept"')
    direct = [running.slack.workspace.direct_channel(who).messages.values() for who in ("UANA", "UBEN", "UELI")]
    firsts = [str(next(iter(each)).blocks) for each in direct]
    assert [any(act in each for act in ("decision_agree", "decision_accept")) for each in firsts] == [False] * 3
    assert ("'UELI'" in firsts[1], " accepted this." in firsts[1]) == (True, True)
    (seen,) = posts(running)
    assert ("decided by " in seen, "proposed by " in seen) == (True, False)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("D-1", f"*D-1 · {TITLE}* · decided by Ana Ruiz"), ("find retrain", "*Decisions found*"), ("list", "*Latest")],
)
async def test_an_answer_is_shared_with_the_channel(running: Trial, asked: str, shown: str) -> None:
    await log(running, TITLE, "ana", "#general", UNTICKED)
    await play(running, f"ben in #general: /decision {asked}")
    seen = await play(running, 'ben presses "Share"')
    assert "#general\n  Common Ground:\n" in seen
    assert shown in seen
    assert "Shared by @Ben Okafor" in seen


async def test_nothing_private_is_shared_where_others_read(running: Trial) -> None:
    await log(running, "falcon launch", "ana", "#secret-launch", UNTICKED)
    await log(running, TITLE, "ana", "#general", UNTICKED)
    number = next(each.number for each in every(running) if each.title == "falcon launch")
    for asked in (number, "find falcon", "list"):
        await play(running, f"ana in #general: /decision {asked}")
        await play(running, 'ana presses "Share"')
    assert ["falcon" in each for each in posts(running)] == [False]
    assert [TITLE in each for each in posts(running)] == [True]


async def test_where_guests_read_the_workspaces_decisions_are_shared_only_once_an_admin_allows_it(
    running: Trial,
) -> None:
    await log(running, TITLE, "ana", "#general", UNTICKED)
    for asked in ("D-1", "find retrain", "list"):
        await play(running, f"ben in #churn-model: /decision {asked}")
        assert "Guests read this channel, so I share only" in await play(running, 'ben presses "Share"')
    assert posts(running) == []
    await play(running, "chloe in #churn-model: /common-ground guests allow", "ben in #churn-model: /decision list")
    assert "Shared by @Ben Okafor" in await play(running, 'ben presses "Share"')


async def test_it_is_logged_from_anywhere_by_the_global_shortcut(running: Trial) -> None:
    await play(running, 'ana uses "Log a decision"', 'ana enters "What was decided?": Retrain monthly', "ana submits")
    assert (one(running).title, one(running).decider, posts(running)) == (TITLE, "UANA", [])


async def test_at_most_three_buttons_stand_in_a_row(running: Trial) -> None:
    await log(running, TITLE, "ana", "#general", '"Review on": 2026-01-12')
    seen = await play(running, "ana in #general: /decision D-1")
    assert "[Still holds] [Amend] [Share] [… Supersede / Deprecate / Pin words / History]" in seen
    assert "Review Jan 12, 2026." in await play(running, 'ana presses "History"', "ana in #general: /decision D-1")
