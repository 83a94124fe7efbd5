"""People, as Slack described them last; of somebody unknown only the name is kept, until Slack is asked."""

from storage.engine.interface import Database
from storage.workspaces import people
from storage.workspaces.people import KnownPerson
from tests.writing import write

ANA = KnownPerson(
    team_id="T1", user_id="UANA", name="Ana", tz="Europe/Madrid", is_gone=False, is_away=True, read_at="2026-01-05"
)


async def test_what_slack_says_last_is_known(store: Database) -> None:
    gone = ANA.model_copy(update={"is_gone": True, "is_away": False})
    for each in (ANA, gone):
        await write(store, people.note_people, [each])
    assert people.known_people(store.reader, "T1") == {"UANA": gone}
    assert people.gone_people(store.reader, "T1") == {"UANA"}
    assert people.known_people(store.reader, "T2") == {}
    assert people.gone_people(store.reader, "T2") == frozenset()


async def test_since_when_somebody_is_gone_is_known_until_they_are_there_again(store: Database) -> None:
    for day, is_gone in (("06", True), ("08", True), ("09", False)):
        told = ANA.model_copy(update={"is_gone": is_gone, "read_at": f"2026-01-{day}"})
        await write(store, people.note_people, [told])
        assert people.gone_since(store.reader, "T1") == ({"UANA": "2026-01-06"} if is_gone else {})
    assert people.gone_since(store.reader, "T2") == {}
    await write(store, people.note_people, [told.model_copy(update={"is_gone": True, "read_at": "2026-01-12"})])
    assert people.gone_since(store.reader, "T1") == {"UANA": "2026-01-12"}


async def test_a_name_is_kept_of_those_of_whom_nothing_is_known(store: Database) -> None:
    await write(store, people.note_people, [ANA])
    await write(store, people.note_names, "T1", {"UANA": "Somebody", "UBEN": "Ben"})
    assert people.known_names(store.reader, "T1", ["UANA", "UBEN", "UDEV"]) == {"UANA": "Ana", "UBEN": "Ben"}
    assert people.known_names(store.reader, "T1", []) == {}
    known = [people.is_known(store.reader, "T1", each) for each in ("UANA", "UBEN", "UDEV")]
    assert known == [True, True, False]
    assert people.known_people(store.reader, "T1")["UBEN"].read_at == ""
