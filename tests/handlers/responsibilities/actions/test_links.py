"""Components linked by their people: what one side says, the other confirms or refuses, and nobody else."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.agreements.links import Joining
from handlers.responsibilities.service import links as service
from storage.engine.interface import WORKSPACE, Transaction
from storage.engine.statements import alter
from storage.outbox import deliveries
from storage.responsibilities import links
from storage.responsibilities.links import LINKS, Link
from storage.workspaces.people import KnownPerson, note_people
from tests.handlers.responsibilities.test_commands import TEAM, component, direct_messages
from tests.playing import play
from tests.sent import told as told_to
from tests.writing import write

SAID = "dev in #general: /owner link berth arrivals feeds berth model"


async def add(trial: Trial, name: str, who: str, kind: str = "model", *more: str, where: str = "#general") -> None:
    entered = [f'{who} enters "What is it?": {kind}', f'{who} enters "Who leads it?": {who}', *more]
    await play(trial, f"{who} in {where}: /owner add {name}", *entered, f"{who} submits", f"{who} closes")


async def two(trial: Trial) -> None:
    await add(trial, "berth model", "chloe")
    await add(trial, "berth arrivals", "dev", "dataset")


def every(trial: Trial) -> list[Link]:
    return LINKS.every(trial.bot.store.reader, TEAM)


async def test_the_other_side_confirms_what_one_side_says(running: Trial) -> None:
    await two(running)
    told = await play(running, f"{SAID}, versions >=2,<3")
    assert "*berth arrivals* feeds *berth model* (versions >=2,<3)." in told
    assert "I've asked @Chloe Martin to confirm it." in told
    assert "@Dev Patel says that *berth arrivals* feeds *berth model* (versions >=2,<3). Is that so?" in told
    assert every(running)[0].state == "proposed"
    before = len(direct_messages(running, "dev"))
    assert "You confirmed this." in await play(running, 'chloe presses "Confirm"')
    assert [(each.state, each.source_by, each.target_by) for each in every(running)] == [
        ("confirmed", "UDEV", "UCHLOE")
    ]
    assert len(direct_messages(running, "dev")) == before


async def test_who_said_it_hears_that_it_is_not_so_and_the_link_is_gone(running: Trial) -> None:
    await two(running)
    await play(running, SAID)
    told = await play(running, 'chloe presses "Not so"')
    assert "You said that this isn't so." in told
    assert "@Chloe Martin says that *berth arrivals* doesn't feed *berth model*." in told
    assert links.links(running.bot.store.reader, TEAM) == []
    again = await play(running, "chloe in #general: /owner link berth arrivals feeds berth model")
    assert "I've asked @Dev Patel to confirm it." in again
    assert [each.state for each in every(running)] == ["proposed"]


async def test_nobody_is_asked_where_one_person_speaks_for_both_ends(running: Trial) -> None:
    await two(running)
    await add(running, "berth planner", "chloe", "product")
    told = await play(running, "chloe in #general: /owner link berth model serves berth planner")
    assert "*berth model* serves *berth planner*." in told
    assert "I've asked" not in told
    assert [each.state for each in every(running)] == ["confirmed"]


async def test_somebody_of_neither_side_has_both_asked_and_answers_for_none(running: Trial) -> None:
    await two(running)
    told = await play(running, "eli in #general: /owner link berth arrivals feeds berth model")
    assert "I've asked @Dev Patel and @Chloe Martin to confirm it." in told
    told = await play(running, 'eli presses "Open"')
    assert "Nobody has confirmed it yet." in told
    assert "[Confirm]" not in told
    assert [each.state for each in every(running)] == ["proposed"]
    told = await play(running, 'dev presses "Confirm"')
    assert [(each.state, each.source_by) for each in every(running)] == [("proposed", "UDEV")]
    assert "The other side hasn't confirmed it yet." in told
    await play(running, 'chloe presses "Confirm"')
    assert [each.state for each in every(running)] == ["confirmed"]


async def test_a_link_says_how_it_stands_and_what_happened_to_it(running: Trial) -> None:
    await two(running)
    await play(running, SAID, 'chloe presses "Confirm"')
    told = await play(running, SAID, 'dev presses "Open"')
    assert "Dev Patel and Chloe Martin confirmed it." in told.replace("*", "")
    told = await play(running, 'dev presses "History"')
    assert "Dev Patel, proposed" in told
    assert "Chloe Martin, confirmed" in told
    assert "It's off the map." in await play(running, 'dev presses "Not so"')


async def test_components_are_linked_by_a_form_where_words_are_missing(running: Trial) -> None:
    assert "A link needs two components." in await play(running, "dev in #general: /owner link")
    await two(running)
    entered = [
        'dev enters "Component": berth arrivals',
        'dev enters "What does it do?": feeds',
        'dev enters "Other component": berth model',
    ]
    told = await play(running, "dev in #general: /owner link", *entered, 'dev enters "Versions": soon', "dev submits")
    assert "Write a range such as >=2,<3" in told
    told = await play(running, 'dev enters "Versions": <3', "dev submits")
    assert "I've asked @Chloe Martin to confirm it." in told
    assert [each.versions for each in every(running)] == ["<3"]


async def test_what_names_no_two_components_gets_an_example_and_a_form(running: Trial) -> None:
    await two(running)
    told = await play(running, "dev in #general: /owner link berth arrivals feeds the printer")
    assert "I can't read two components of the register in “berth arrivals feeds the printer”." in told
    assert "Component: [Choose]" in await play(running, 'dev presses "Link components"')
    assert every(running) == []


async def test_the_channel_of_a_component_is_asked_where_nobody_of_it_is_left(running: Trial) -> None:
    await add(running, "berth model", "chloe", "model", 'chloe enters "Channel": #data')
    await add(running, "berth arrivals", "dev", "dataset")
    gone = KnownPerson(
        team_id=TEAM, user_id="UCHLOE", name="Chloe", tz="UTC", is_gone=True, is_away=False, read_at="9999"
    )
    await write(running.bot.store, note_people, [gone])
    told = await play(running, SAID)
    assert "I've asked #data to confirm it." in told
    said = list(running.slack.workspace.channels["CDATA"].messages.values())
    assert ["berth arrivals feeds berth model" in each.text for each in said] == [True]
    refused = "Only the people of berth arrivals and berth model, and admins, can say whether that's so."
    assert refused in await play(running, 'ben presses "Confirm"')
    assert [each.state for each in every(running)] == ["proposed"]


async def test_a_link_of_a_private_component_is_told_to_nobody_outside(running: Trial) -> None:
    await two(running)
    await add(running, "secret model", "ana", where="#secret-launch")
    told = await play(running, "ana in #secret-launch: /owner link berth arrivals feeds secret model")
    assert "Nobody of the other side can be asked to confirm it." in told
    assert [each.visibility for each in every(running)] == [component(running, "secret model").visibility]
    assert component(running, "secret model").visibility != WORKSPACE
    texts = [str(each) for channel in running.slack.workspace.channels.values() for each in channel.messages.values()]
    assert [each for each in texts if "secret model" in each and "feeds" in each] == []
    told = await play(running, "dev in #general: /owner link berth arrivals feeds secret model")
    assert "I can't read two components" in told


async def test_of_several_links_those_that_somebody_speaks_for_no_more_are_left_and_the_others_answered(
    running: Trial,
) -> None:
    await two(running)
    await add(running, "quay arrivals", "dev", "dataset")
    model, berth, quay = (component(running, each) for each in ("berth model", "berth arrivals", "quay arrivals"))
    facts = Facts("UELI", running.bot.clock.now())
    joinings = [Joining(each, "feeds", model) for each in (berth, quay)]

    def imported(transaction: Transaction) -> None:
        deliveries.add(transaction, service.import_all(transaction, TEAM, joinings, facts))

    await running.bot.store.write(imported)
    await play(running, "wait 1 minute", 'dev presses "Review"')
    await write(running.bot.store, alter, "components", {"id": quay.id}, lead="UBEN", created_by="UBEN")
    answers = [f'dev enters "{each} arrivals feeds berth model": Not so' for each in ("berth", "quay")]
    seen = await play(running, *answers, "dev submits")
    told = "Only the people of quay arrivals and berth model, and admins, can say whether that's so."
    assert f"Saved what you can say. {told}" in seen
    assert "@Dev Patel says that *berth arrivals* doesn't feed *berth model*." in seen
    assert len(told_to(running, "UELI", "doesn't feed")) == 1
    assert sorted((each.source_id == quay.id, each.state) for each in every(running)) == [
        (False, "refused"),
        (True, "proposed"),
    ]
