"""Every column of the store has a line that says it can name people, or is known to name nobody."""

import re
from pathlib import Path

import pytest

from storage import open_store
from storage.engine.interface import Database, Reader
from storage.workspaces.personal_tables import TABLES
from tests.conftest import on_sqlite
from tests.storage.stores import dumping

STORES = sorted((Path(__file__).parents[1] / "stores").glob("*.sql*"))
PEOPLE = re.compile(r"\bU(?:ANA|BEN|CHLOE|DEV|ELI)\b")
LINES = {each.table: each for each in TABLES}
#: Columns that are made here, or are chosen from a list: nobody can be named in them.
_OF_NOBODY = """
    about act action adds_to asked_at asks at attributes batch begins_at begun_at card_id changed_at changes
    clarified_at component_id confirmed_at connected_at count counted created_at deadline decided_at decision_id
    delivery_id details digest discipline disciplines due_at duty ended_at ends_at expected_by expires_at
    feedback_id figures file_id finished_at first_at gesture glossary_revision group_id handled_at has_new_names
    hash held_on id is_always is_away is_current is_gone is_hidden is_naming is_private is_public is_told kind last
    last_at launch_on link_id measured_on needed_by needs_data not_before notice_id number opened_at opener opinion
    origin owner_team owner_team_id page period place places planned_at preferences_revision problem read_at
    record_id replaced_by request_id retired_at retires_on reversible review_on reviewed scope sense_id senses
    set_at set_up settled_at silence_is_consent since slack_channel slack_ts source_id stage state status
    superseded_by supersedes target_kind team_id thread thread_ts times told_at touched_at tries ts tz
    uninstalled_at updated_at useful verdict verified_on version visibility vote waits weekday what
"""
#: Of these names other tables have columns that people write into.
_ONLY_THESE = (
    "launches.until audit.outcome component_links.target_id "
    "heard.channels heard.heard_at heard.kind leases.holder leases.name "
    "leases.until nudge_rests.seen nudge_rests.soon nudge_rests.until "
    "old_messages.channel outbox.reason preferences.name workspaces.bot_user_id workspaces.data_channel "
    "workspaces.name"
)
#: Made from the names of words, and made anew once a person was taken out of one of them.
_FILED = "near_names.slip near_names.size near_names.look_up_key unfiled_names.after"
#: Who the bot is in a workspace, and its tokens, which nobody reads without the operator's key.
_INSTALLED = """
    installations.app_id installations.bot_id installations.bot_user_id installations.installed_at
    installations.listed_at installations.organization installations.organization_name
    installations.refused installations.renewing_until installations.scopes installations.sealed installations.sealed_by
    installations.team_url installations.token_ends_at used_states.used_at used_states.state
"""
#: What a web hook is about, and its secret.
_REPORTING = """
    webhooks.due_at webhooks.every webhooks.is_late webhooks.last_at webhooks.sealed webhooks.sealed_by
    webhooks.target_id webhook_notices.kind webhook_notices.webhook_id webhook_notices.was
"""
OF_NOBODY = {*_OF_NOBODY.split(), *_ONLY_THESE.split(), *_FILED.split(), *_INSTALLED.split(), *_REPORTING.split()}


def columns(reader: Reader) -> dict[str, list[str]]:
    tables = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    own = [each for each in tables if "_fts" not in each and "sqlite_" not in each]
    return {each: [row["name"] for row in reader.all(f"PRAGMA table_info([{each}])")] for each in own}


def unlisted(reader: Reader) -> list[str]:
    """Return the columns of which nobody has said whether they can name people."""
    of_people = {name: LINES[name].columns for name in LINES}
    return [
        f"{table}.{column}"
        for table, named in columns(reader).items()
        for column in named
        if column not in of_people.get(table, ()) and not {column, f"{table}.{column}"} & OF_NOBODY
    ]


@on_sqlite
async def test_of_every_column_it_is_said_whether_it_can_name_people(store: Database) -> None:
    assert unlisted(store.reader) == []
    await store.write(lambda transaction: transaction.run("ALTER TABLE decisions ADD COLUMN approver TEXT"))
    assert unlisted(store.reader) == ["decisions.approver"]


@on_sqlite
async def test_every_line_is_of_a_table_and_its_columns_and_key(store: Database) -> None:
    known = columns(store.reader)
    for each in TABLES:
        assert {*each.columns, *each.key.split(), *filter(None, [each.own, each.goes_with])} <= {*known[each.table]}
        key = [row["name"] for row in store.reader.all(f"PRAGMA table_info([{each.table}])") if row["pk"]]
        assert {*key, "team_id"} == {*each.key.split(), "team_id"}
    assert len({each.what for each in TABLES}) == len(LINES) == len(TABLES)


@pytest.mark.parametrize("file", STORES, ids=lambda path: path.name)
async def test_no_column_of_a_full_store_names_people_and_has_no_line(file: Path, tmp_path: Path) -> None:
    dumping.load(dumping.read(file), tmp_path / "store.db")
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    named = {
        (table, column)
        for table in columns(store.reader)
        for row in store.reader.all(f"SELECT * FROM [{table}]")
        for column, value in row.items()
        if PEOPLE.search(str(value))
    }
    await store.close()
    assert len(named) > 60
    assert sorted(named - {(each.table, column) for each in TABLES for column in each.columns}) == []
