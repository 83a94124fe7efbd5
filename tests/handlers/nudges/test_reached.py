"""Whom reminders reach when Slack fails, people leave, or more people wait than can be asked about at once."""

from datetime import timedelta

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import User
from bot.trial.run import Trial
from storage.engine.interface import Reader
from storage.workspaces.people import gone_since, known_people, note_people
from tests.handlers.nudges.looking import pass_days
from tests.playing import play
from tests.writing import write

DUTY = "data ownership"


async def add(trial: Trial, name: str, lead: str = "ana", where: str = "#general", who: str = "ana") -> None:
    entered = ('"What is it?": dataset', f'"Who leads it?": {lead}')
    lines = (f"{who} enters {each}" for each in entered)
    await play(trial, f"{who} in {where}: /owner add {name}", *lines, f"{who} submits", f"{who} closes")


def told(reader: Reader, kind: str = "no owner") -> set[str]:
    rows = reader.all(
        """
        SELECT DISTINCT person FROM nudges LEFT JOIN outbox ON outbox.id = nudges.delivery_id
        WHERE kind = :kind AND coalesce(outbox.state, 'sent') = 'sent'
        """,
        kind=kind,
    )
    return {row["person"] for row in rows}


async def test_forty_people_who_are_away_keep_nobody_else_waiting(running: Trial) -> None:
    for number in range(45):
        user = User(id=f"U00{number:02}", name=f"p{number:02}", real_name=f"P {number}", tz="Europe/Berlin")
        running.slack.workspace.users[user.id] = user
        running.slack.workspace.channels["CGENERAL"].members.add(user.id)
        running.slack.people.change(user, status_text="on parental leave")
        await add(running, f"part {number:02}", f"p{number:02}")
    await add(running, "mine")
    await running.pass_time(timedelta(days=6, hours=12))
    await pass_days(running, 2.5)
    assert told(running.bot.store.reader) == {"UANA"}


async def test_an_outage_at_the_end_of_a_day_uses_nothing_up(running: Trial) -> None:
    await add(running, "churn data")
    await play(running, "ana in #general: /nudges", 'ana enters "My day ends at": 11:00', "ana submits", "ana closes")
    await pass_days(running, 7 - 1 / 24)
    running.slack.faults.arm("chat.postMessage", *[Fault("rate_limited", 600)] * 60)
    for _ in range(14):
        await running.pass_time(timedelta(minutes=10))
    assert told(running.bot.store.reader) == set()
    while running.slack.faults.next_for("chat.postMessage"):
        pass
    await pass_days(running, 1)
    assert told(running.bot.store.reader) == {"UANA"}
    report = await play(running, "chloe in #general: /nudges report")
    assert "Not reached" not in report


async def test_a_duty_whose_owner_left_is_taken_without_a_dispute(running: Trial) -> None:
    await add(running, "churn data")
    await play(running, f"ben in #general: /owner churn data {DUTY}", 'ben presses "I\'ll take it"')
    await pass_days(running, 7)
    running.slack.people.change(running.slack.workspace.user_named("ben"), deleted=True)
    await pass_days(running, 2)
    assert told(running.bot.store.reader, "owner left") == {"UANA"}
    seen = await play(running, f"ana in #general: /owner churn data {DUTY}")
    assert "@Ben Okafor owned *data ownership of churn data* and has left" in seen
    taken = await play(running, 'ana presses "I\'ll take it"')
    assert "You own data ownership of churn data now." in taken


async def test_who_does_not_exist_and_who_left_the_channel_are_passed_over_for_the_lead(running: Trial) -> None:
    await add(running, "falcon data", "ana", "#secret-launch")
    await play(running, f"chloe in #secret-launch: /owner falcon data {DUTY}", 'chloe presses "I\'ll take it"')
    await play(running, "chloe in #secret-launch: /owner falcon data labels", 'chloe presses "I\'ll take it"')
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE duties SET owner = 'UNOBODY' WHERE duty = 'labelling'")
    )
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    await running.pass_time(timedelta(days=85))
    await pass_days(running, 15)
    assert told(running.bot.store.reader, "not confirmed") == {"UANA"}
    assert told(running.bot.store.reader, "owner left") == {"UANA"}
    hidden = await play(running, "chloe in #general: /nudges report")
    assert "falcon" not in hidden


async def test_a_part_whose_lead_left_is_somebody_s_matter(running: Trial) -> None:
    await add(running, "churn data", "dev")
    running.slack.people.change(running.slack.workspace.user_named("dev"), deleted=True)
    await pass_days(running, 0.1)
    seen = await play(running, f"ben in #general: /owner churn data {DUTY}")
    assert "I've asked @Ana Ruiz" in seen
    assert "@Ben Okafor asked in #general who owns *data ownership of churn data*." in seen
    await pass_days(running, 9)
    assert told(running.bot.store.reader, "lead left") == {"UANA"}
    assert told(running.bot.store.reader) == {"UANA"}
    assert "Edit a component" in await play(running, 'ana presses "Name a lead"')


async def test_who_left_a_private_channel_hears_nothing_more_of_it(running: Trial) -> None:
    await add(running, "falcon data", "ana", "#secret-launch")
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.join(channel, running.slack.workspace.user_named("dev"))
    await play(running, *(f"{who} in #secret-launch: /owner falcon data {DUTY}" for who in ("chloe", "dev")))
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    await play(running, "wait 11 minutes")
    seen = await play(running, f"ana in #secret-launch: /owner falcon data {DUTY}", 'ana presses "I\'ll take it"')
    assert "You took this on." in seen
    assert "Common Ground and Dev Patel" in seen
    assert "Common Ground and Chloe Martin" not in seen


async def test_a_question_from_a_private_channel_does_not_name_it_to_others(running: Trial) -> None:
    await add(running, "churn data", "dev")
    seen = await play(running, f"ana in #secret-launch: /owner churn data {DUTY}")
    assert "@Ana Ruiz asked who owns *data ownership of churn data*." in seen
    assert "asked in" not in seen
    assert "asked in #general who owns" in await play(running, "ana in #general: /owner churn data labels")


async def test_a_part_of_another_kind_has_other_duties(running: Trial) -> None:
    await add(running, "churn thing")
    await play(running, "ana in #general: /owner edit churn thing", 'ana enters "What is it?": model')
    assert "None of its 19 duties has an owner yet." in await play(running, "ana submits")
    seen = await play(running, "ana closes", "ana in #general: /owner map churn thing")
    assert "Data ownership" not in seen


async def test_admins_decide_which_kinds_there_are(running: Trial) -> None:
    await add(running, "churn data")
    await play(running, f"ben in #general: /owner churn data {DUTY}", 'ben presses "I\'ll take it"')
    assert "Only workspace admins choose" in await play(running, "ana in #general: /nudges workspace")
    await play(running, "chloe in #general: /nudges workspace")
    saved = await play(running, 'chloe enters "Remind people about": Data, Words', "chloe submits", "chloe closes")
    assert "Saved. People are reminded about data and words." in saved
    await pass_days(running, 9)
    assert told(running.bot.store.reader) == set()
    await play(running, "chloe in #general: /nudges workspace")
    await play(running, 'chloe enters "Remind people about": Duties', "chloe submits")
    running.slack.people.change(running.slack.workspace.user_named("ben"), deleted=True)
    await pass_days(running, 2)
    assert told(running.bot.store.reader, "owner left") == {"UANA"}


async def test_somebody_who_is_there_again_is_known_to_be_within_a_day_also_where_slack_says_nothing(
    running: Trial,
) -> None:
    await add(running, "churn data")
    reader, ana = running.bot.store.reader, running.slack.workspace.user_named("ana")
    running.slack.people.change(ana, deleted=True)
    await running.quiet()
    left_at = gone_since(reader, "T0LOCAL")["UANA"]
    await pass_days(running, 3)
    assert gone_since(reader, "T0LOCAL") == {"UANA": left_at}
    ana.deleted = False
    await pass_days(running, 1.5)
    assert gone_since(reader, "T0LOCAL") == {}


async def test_slack_is_asked_once_a_day_about_somebody_who_left(running: Trial) -> None:
    await add(running, "churn data")
    store = running.bot.store
    running.slack.people.change(running.slack.workspace.user_named("ana"), deleted=True)
    await pass_days(running, 3)
    known = known_people(store.reader, "T0LOCAL")["UANA"]
    await write(store, note_people, [known.model_copy(update={"name": "As it was called"})])
    for hours, name in ((2, "As it was called"), (24, known.name)):
        await pass_days(running, hours / 24, timedelta(minutes=10))
        assert known_people(store.reader, "T0LOCAL")["UANA"].name == name
