"""How the app is in each workspace is kept once, renewed by one process at a time, and gone with the app."""

from datetime import timedelta

from storage.engine.interface import Database, to_text
from storage.workspaces import installations
from storage.workspaces.installations import Installation
from storage.workspaces.workspaces import connect_workspace, uninstall
from tests.conftest import START
from tests.writing import write

HOUR = timedelta(hours=1)


def installed(team_id: str = "T1", **more: str) -> Installation:
    told = {"team_id": team_id, "team_url": f"https://{team_id}.example/", "scopes": "chat:write", "sealed": "sealed"}
    who = {"bot_user_id": "U0BOT", "bot_id": "B0BOT", "app_id": "A0LOCAL", "sealed_by": "first"}
    return Installation.model_validate({**told, **who, "installed_at": to_text(START), **more})


async def test_a_workspace_is_installed_once_and_each_has_its_own(store: Database) -> None:
    await write(store, installations.install, installed(sealed="old"))
    await write(store, installations.install, installed())
    await write(store, installations.install, installed("T2"))
    assert installations.installation(store.reader, "T1") == installed()
    assert installations.installation(store.reader, "T3") is None
    assert installations.all_installed(store.reader) == [installed(), installed("T2")]


async def test_one_process_renews_a_token_and_another_once_that_died(store: Database) -> None:
    ends = {"T1": START + HOUR, "T2": START + 3 * HOUR}
    for team_id, moment in ends.items():
        await write(store, installations.install, installed(team_id, token_ends_at=to_text(moment)))
    await write(store, installations.install, installed("T3"))
    due = START + 2 * HOUR
    assert installations.end_soon(store.reader, due, START) == ["T1"]
    assert await write(store, installations.begin_renewal, "T1", START, START + timedelta(minutes=1))
    assert not await write(store, installations.begin_renewal, "T1", START, START + timedelta(minutes=1))
    assert installations.end_soon(store.reader, due, START) == []
    assert installations.end_soon(store.reader, due, START + timedelta(minutes=2)) == ["T1"]
    renewed = installed(sealed="new", token_ends_at=to_text(START + 12 * HOUR))
    assert await write(store, installations.end_renewal, renewed)
    assert installations.installation(store.reader, "T1") == renewed
    assert not await write(store, installations.begin_renewal, "T3", START, START + HOUR)


async def test_what_slack_would_not_renew_is_known_until_it_does_or_the_app_is_let_in_anew(store: Database) -> None:
    found, ends = installed(token_ends_at=to_text(START + HOUR)), START + 2 * HOUR
    await write(store, installations.install, found)
    assert await write(store, installations.refuse_renewal, found, "invalid_refresh_token", START + HOUR)
    assert not await write(store, installations.refuse_renewal, installed(sealed="old"), "late", START)
    assert installations.where_refused(store.reader) == {"T1"}
    await write(store, installations.give_up_renewals)
    assert installations.end_soon(store.reader, ends, START) == []
    assert await write(store, installations.end_renewal, found)
    assert installations.where_refused(store.reader) == set()
    await write(store, installations.refuse_renewal, found, "invalid_refresh_token", START + HOUR)
    await write(store, installations.install, found)
    assert installations.where_refused(store.reader) == set()


async def test_those_who_died_while_they_asked_slack_are_given_up(store: Database) -> None:
    await write(store, installations.install, installed(token_ends_at=to_text(START + HOUR)))
    await write(store, installations.begin_renewal, "T1", START, START + HOUR)
    assert installations.end_soon(store.reader, START + 2 * HOUR, START) == []
    await write(store, installations.give_up_renewals)
    assert installations.end_soon(store.reader, START + 2 * HOUR, START) == ["T1"]


async def test_a_renewal_that_was_overtaken_changes_nothing(store: Database) -> None:
    await write(store, installations.install, installed(sealed="anew", installed_at=to_text(START + HOUR)))
    assert not await write(store, installations.end_renewal, installed(sealed="late"))
    await write(store, installations.forget, "T1")
    assert not await write(store, installations.end_renewal, installed(sealed="late"))
    assert installations.all_installed(store.reader) == []


async def test_tokens_are_sealed_anew_where_they_have_not_changed(store: Database) -> None:
    was = installed()
    await write(store, installations.install, was)
    await write(store, installations.install, installed("T2", sealed_by="second"))
    assert installations.sealed_otherwise(store.reader, "second") == [was]
    assert installations.sealed_otherwise(store.reader, "third", after="T1") == [installed("T2", sealed_by="second")]
    assert await write(store, installations.seal_anew, was, "sealed anew", "second")
    assert not await write(store, installations.seal_anew, was, "too late", "second")
    assert installations.sealed_otherwise(store.reader, "second") == []


async def test_a_state_is_used_once_and_forgotten_later(store: Database) -> None:
    assert [await write(store, installations.use_state, "a state", START) for _ in range(2)] == [True, False]
    assert not installations.has_states(store.reader, START)
    assert installations.has_states(store.reader, START + HOUR)
    await write(store, installations.forget_states, START + HOUR)
    assert not installations.has_states(store.reader, START + HOUR)
    assert await write(store, installations.use_state, "a state", START)


async def test_the_tokens_of_an_uninstalled_workspace_are_gone_at_once(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, connect_workspace, team_id, "Harbour", "U0BOT", START)
        await write(store, installations.install, installed(team_id))
    await write(store, uninstall, "T1", START)
    assert [each.team_id for each in installations.all_installed(store.reader)] == ["T2"]


def grid(**more: str) -> list[Installation]:
    """Return an organisation, two workspaces that use its token, and one that has let the app in by itself."""
    told = {"organization": "E1", "organization_name": "Harbour Group"}
    ours = [installed(each, sealed="", sealed_by="", **told) for each in ("T1", "T2")]
    return [installed("E1", **told, **more), *ours, installed("T3")]


async def test_workspaces_of_an_organisation_use_its_token_and_have_none(store: Database) -> None:
    ends = to_text(START + HOUR)
    for each in grid(token_ends_at=ends):
        await write(store, installations.install, each)
    used = [installations.in_use(store.reader, each) for each in ("T1", "T2", "T3", "T4")]
    assert [each and (each.team_id, each.token_of, each.sealed, each.token_ends_at) for each in used] == [
        ("T1", "E1", "sealed", ends),
        ("T2", "E1", "sealed", ends),
        ("T3", "T3", "sealed", ""),
        None,
    ]
    assert [each.team_id for each in installations.of_organization(store.reader, "E1")] == ["T1", "T2"]
    assert installations.end_soon(store.reader, START + 2 * HOUR, START) == ["E1"]
    assert [each.team_id for each in installations.sealed_otherwise(store.reader, "second")] == ["E1", "T3"]
    await write(store, installations.forget, "E1")
    assert [installations.in_use(store.reader, each) for each in ("T1", "T2")] == [None, None]


async def test_what_slack_would_not_renew_for_an_organisation_is_known_in_each_of_its_workspaces(
    store: Database,
) -> None:
    for each in grid(token_ends_at=to_text(START + HOUR)):
        await write(store, installations.install, each)
    found = installations.installation(store.reader, "E1")
    assert found is not None
    assert await write(store, installations.refuse_renewal, found, "invalid_refresh_token", START + HOUR)
    assert installations.where_refused(store.reader) == {"E1", "T1", "T2"}
    assert not await write(store, installations.end_renewal, found.model_copy(update={"installed_at": "later"}))
    assert installations.where_refused(store.reader) == {"E1", "T1", "T2"}
    assert await write(store, installations.end_renewal, found)
    assert installations.where_refused(store.reader) == set()


async def test_an_organisation_is_asked_for_its_workspaces_again_after_a_while(store: Database) -> None:
    for each in grid():
        await write(store, installations.install, each)
    assert installations.not_listed(store.reader, START) == ["E1"]
    await write(store, installations.note_listed, "E1", to_text(START))
    assert installations.not_listed(store.reader, START) == []
    assert installations.not_listed(store.reader, START + HOUR) == ["E1"]
    await write(store, installations.note_listed, "E1", installations.NEVER)
    assert installations.not_listed(store.reader, START) == ["E1"]


async def test_the_tokens_of_before_are_forgotten_and_not_those_of_who_let_the_app_in_anew(store: Database) -> None:
    old, new = installed("E1", sealed="old", organization="E1"), installed("E1", sealed="new", organization="E1")
    await write(store, installations.install, new)
    await write(store, installations.forget_as, old)
    assert installations.all_installed(store.reader) == [new]
    await write(store, installations.forget_as, new)
    assert installations.all_installed(store.reader) == []
