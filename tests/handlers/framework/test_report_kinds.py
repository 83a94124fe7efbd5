"""Each kind of report has one name for its target; of a private record only its members are told."""

from bot.trial.run import Trial
from handlers import FEATURES
from handlers.access.recipients import Everybody, Members
from handlers.agreements.reported import named
from handlers.framework.context import WorkspaceContext
from handlers.framework.report_kinds import facts_about
from handlers.framework.routing import join
from tests.handlers.access.secrets import SECRET
from tests.handlers.requirements.playing import TEAM, a_model

KINDS = join(FEATURES).reports


def test_each_kind_of_a_target_has_a_name_of_its_own_and_those_that_tell_a_name_for_all() -> None:
    assert len({(each.name, each.of) for each in KINDS}) == len(KINDS) == 4
    assert {each.name for each in KINDS if each.tells is not None} == join(FEATURES).hooks.tells.keys()


def test_only_what_is_required_or_agreed_can_be_broken() -> None:
    broken = {each.name for each in KINDS if each.is_broken("failed 0a1b")}
    assert broken == {"evaluation", "contract"}
    assert not any(each.is_broken("") for each in KINDS)


async def test_who_may_hear_is_asked_of_slack(running: Trial) -> None:
    await a_model(running)
    await a_model(running, "falcon model", visibility=SECRET)
    context = WorkspaceContext(running.bot.boundary.services, TEAM, running.bot.clock.now())
    found = {each: named(running.bot.store.reader, TEAM, each, None)[0] for each in ("berth model", "falcon model")}
    everybody, members = [await facts_about(context, each) for each in found.values()]
    assert everybody.audience == Everybody()
    assert isinstance(members.audience, Members)
    assert members.audience.people >= {"UANA", "UCHLOE"}
    assert not members.may_hear("UBEN")
    assert (everybody.by, members.visible) == ("", (SECRET,))
