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


async def test_a_name_is_kept_of_those_of_whom_nothing_is_known(store: Database) -> None:
    await write(store, people.note_people, [ANA])
    await write(store, people.note_names, "T1", {"UANA": "Somebody", "UBEN": "Ben"})
    assert people.known_names(store.reader, "T1", ["UANA", "UBEN", "UDEV"]) == {"UANA": "Ana", "UBEN": "Ben"}
    assert people.known_names(store.reader, "T1", []) == {}
    known = [people.is_known(store.reader, "T1", each) for each in ("UANA", "UBEN", "UDEV")]
    assert known == [True, True, False]
    assert people.known_people(store.reader, "T1")["UBEN"].read_at == ""
