"""What a change that needs work led to: only for who said so, once, and nothing hidden."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.agreements.change_needs import by_duty, by_request
from storage.change_notices.change_notices import NOTICES, Answered, ChangeNotice
from storage.engine.interface import WORKSPACE, to_text
from storage.records.versioned import HistoryEntry
from tests.handlers.access.secrets import SECRET
from tests.handlers.change_notices.making import notices
from tests.handlers.data_requests.requests import a_request
from tests.handlers.requirements.playing import TEAM
from tests.writing import write


async def asked(trial: Trial, **answers: str) -> ChangeNotice:
    """Write that people were asked of a change, and what they said: "needs work" or else."""
    at = to_text(trial.bot.clock.now())
    said = {who: Answered.model_validate({"answer": each, "at": at}) for who, each in answers.items()}
    of = dict.fromkeys(("UELI", "UBEN"), "C1")
    notice = ChangeNotice(
        id="N1", team_id=TEAM, created_at=at, changed_at=at, kind="contract", component_id="C0", asked=of, answers=said
    )
    entry = HistoryEntry(at=at, by="UELI", what="said")
    await trial.bot.store.write(lambda transaction: NOTICES.add(transaction, notice, entry))
    return notice


def facts(trial: Trial, by: str = "UELI") -> Facts:
    return Facts(by, trial.bot.clock.now(), visible=(WORKSPACE, SECRET))


def led_to(trial: Trial) -> dict[str, str]:
    return {who: each.led_to for who, each in notices(trial)[0].answers.items()}


async def test_a_request_stands_there_by_its_number_and_the_next_one_changes_nothing(running: Trial) -> None:
    await asked(running, UELI="needs work", UBEN="fine")
    for number in ("DR-1", "DR-2"):
        await write(running.bot.store, by_request, a_request(change_id="N1", number=number), facts(running))
    assert led_to(running) == {"UELI": "DR-1", "UBEN": ""}


async def test_the_number_of_a_request_of_a_private_channel_is_nobodys_business(running: Trial) -> None:
    await asked(running, UELI="needs work")
    request = a_request(change_id="N1", number="DR-9", visibility=SECRET)
    await write(running.bot.store, by_request, request, facts(running))
    assert led_to(running) == {"UELI": "data requested"}


async def test_who_said_that_it_is_fine_needs_nothing(running: Trial) -> None:
    await asked(running, UELI="needs work", UBEN="fine")
    await write(running.bot.store, by_request, a_request(change_id="N1"), facts(running, "UBEN"))
    assert led_to(running) == {"UELI": "", "UBEN": ""}


async def test_only_a_duty_that_meets_changes_of_that_component_counts(running: Trial) -> None:
    await asked(running, UELI="needs work")
    for component, duty in (("C2", "integration"), ("C1", "monitoring")):
        await write(running.bot.store, by_duty, TEAM, component, (duty, duty), facts(running))
    assert led_to(running) == {"UELI": ""}
    await write(running.bot.store, by_duty, TEAM, "C1", ("integration", "integration"), facts(running))
    assert led_to(running) == {"UELI": "somebody is asked to own integration"}
