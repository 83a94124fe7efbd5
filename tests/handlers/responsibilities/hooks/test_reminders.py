"""What must not happen: nobody is asked again for what they declined, or who is gone, or where others would read it."""

from bot.trial.run import Trial
from handlers.hooks.reminders import Known
from handlers.responsibilities.hooks.reminders import open_reminders
from storage.responsibilities import responsibilities
from tests.handlers.responsibilities.test_commands import TEAM, add, component, duty
from tests.playing import play

FAIRNESS = "/owner churn model fairness"


async def leaves(trial: Trial, name: str) -> None:
    trial.slack.people.change(trial.slack.workspace.user_named(name), deleted=True)
    await trial.quiet()


async def test_a_duty_that_somebody_declined_is_not_proposed_to_them_with_the_rest(running: Trial) -> None:
    await add(running)
    await play(running, f"ana in #general: {FAIRNESS}", 'ana presses "Not me"', "ana submits", "ana closes")
    entered = "chloe in #general: /owner edit churn model"
    await play(running, entered, "chloe submits", 'chloe presses "Suggest owners"', "chloe submits")
    asked = responsibilities.duties_of(running.bot.store.reader, TEAM, [component(running).id])
    assert {each.duty for each in asked if each.proposed_to == "UANA"}
    assert duty(running, "fairness").proposed_to == "UBEN"


async def test_a_backup_who_left_is_not_reminded_in_the_place_of_an_owner_who_left(running: Trial) -> None:
    await add(running)
    await play(running, f"dev in #general: {FAIRNESS}", 'dev presses "I\'ll take it"')
    helping = ('dev presses "Helpers and backup"', 'dev enters "Who stands in when you\'re away?": eli')
    await play(running, f"dev in #general: {FAIRNESS}", *helping, "dev submits", "dev closes", "wait 8 days")
    await leaves(running, "dev")

    def people(*gone: str) -> tuple[str, ...]:
        known = Known(gone=frozenset(gone))
        found = open_reminders(running.bot.store.reader, TEAM, known, running.bot.clock.now())
        return next(each.people for each in found if "fairness" in each.subject and each.kind == "owner left")

    assert people("UDEV") == ("UELI",)
    await leaves(running, "eli")
    assert people("UDEV", "UELI") == ("UANA",)


async def test_a_question_about_what_others_may_not_see_is_answered_alone(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    asked = ("eli in #general: Predictions look odd", 'ana uses "Who is responsible?" on "look odd"')
    entered = ('ana enters "Which component is it about?": falcon model', 'ana enters "Which duty?": Fairness')
    told = await play(running, *asked, *entered, "ana submits", "ana closes", "wait 1 minute")
    assert "has no owner." in told
    messages = running.slack.workspace.channels["CGENERAL"].messages.values()
    assert [each.text for each in messages] == ["Predictions look odd"]
