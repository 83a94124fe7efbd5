"""The workspaces that have let the app in by OAuth: whom it is there, and its tokens, sealed by who runs the bot.

What a token is stands in no column: ``sealed`` can be opened with the operator's key alone. An organisation of
Enterprise Grid has a row too, under its own id, with one token for all workspaces to which it has added the app.
"""

from datetime import datetime

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import alter, delete, insert_new, put

#: So many are looked at in one go.
_PAGE = 50
#: In the place of a moment.
NEVER = ""


class Installation(Record):
    """How the app is in one workspace, or in an organisation.

    ``scopes`` are those that were granted, with commas. ``sealed_by`` names the key that opens ``sealed``.
    ``token_ends_at`` is empty for a token that doesn't end; ``renewing_until`` is when who renews it is given up for
    dead. ``refused`` is what Slack said when it would not renew it. ``organization`` is the id of the organisation by
    whose token the app is there: its row has the token, and theirs ``sealed`` nothing. ``listed_at`` is when an
    organisation was last asked for its workspaces. Times are ISO 8601 UTC text.
    """

    team_id: str
    team_url: str
    bot_user_id: str
    bot_id: str
    app_id: str
    scopes: str
    sealed: str
    sealed_by: str
    token_ends_at: str = NEVER
    renewing_until: str = NEVER
    refused: str = ""
    installed_at: str
    organization: str = ""
    organization_name: str = ""
    listed_at: str = NEVER

    @property
    def is_organization(self) -> bool:
        return self.organization == self.team_id

    @property
    def token_of(self) -> str:
        """Return the workspace or the organisation whose token is used."""
        return self.organization or self.team_id


def installation(reader: Reader, team_id: str) -> Installation | None:
    row = reader.one("SELECT * FROM installations WHERE team_id = :team_id", team_id=team_id)
    return None if row is None else Installation.model_validate(row)


def in_use(reader: Reader, team_id: str) -> Installation | None:
    """Return how the app is in a workspace, with the token that it uses there: its organisation's, if it has let it in.

    It reads two rows, so what is kept to one workspace cannot ask.
    """
    found = installation(reader, team_id)
    if found is None or found.token_of == team_id:
        return found
    holder = installation(reader, found.organization)
    told = {"sealed", "sealed_by", "scopes", "token_ends_at"}
    return holder and found.model_copy(update={name: getattr(holder, name) for name in told})


def install(transaction: Transaction, installed: Installation) -> None:
    """Keep how the app is in a workspace, in the place of how it was there before."""
    put(transaction, "installations", "team_id", installed.model_dump())


def end_soon(reader: Reader, before: datetime, now: datetime) -> list[str]:
    """Return workspaces whose token ends before a moment, and is being renewed by nobody."""
    rows = reader.all(
        """
        SELECT team_id FROM installations
        WHERE token_ends_at > :never AND token_ends_at < :before AND renewing_until < :now
        ORDER BY token_ends_at LIMIT :most
        """,
        never=NEVER,
        before=to_text(before),
        now=to_text(now),
        most=_PAGE,
    )
    return [row["team_id"] for row in rows]


def begin_renewal(transaction: Transaction, team_id: str, now: datetime, until: datetime) -> bool:
    """Return True for the one caller that may change the token of a workspace for a new one, until that moment."""
    claiming = """
        UPDATE installations SET renewing_until = :until
        WHERE team_id = :team_id AND token_ends_at > :never AND renewing_until < :now
    """
    return bool(transaction.run(claiming, team_id=team_id, until=to_text(until), now=to_text(now), never=NEVER))


def end_renewal(transaction: Transaction, renewed: Installation) -> bool:
    """Keep new tokens; False where the app has left the workspace meanwhile, or was let in anew."""
    wanted = {"team_id": renewed.team_id, "installed_at": renewed.installed_at}
    told = {name: getattr(renewed, name) for name in ("sealed", "sealed_by", "token_ends_at", "scopes")}
    is_written = bool(alter(transaction, "installations", wanted, **told, renewing_until=NEVER, refused=""))
    if is_written and renewed.is_organization:
        alter(transaction, "installations", {"organization": renewed.organization}, refused="")
    return is_written


def refuse_renewal(transaction: Transaction, found: Installation, error: str, until: datetime) -> bool:
    """Note that Slack won't renew a token; nobody asks it again until that moment. False where it has changed since."""
    wanted = {"team_id": found.team_id, "sealed": found.sealed}
    is_written = bool(alter(transaction, "installations", wanted, refused=error, renewing_until=to_text(until)))
    if is_written and found.is_organization:
        # Each of its workspaces reads it in a row of its own.
        alter(transaction, "installations", {"organization": found.organization}, refused=error)
    return is_written


def where_refused(reader: Reader) -> set[str]:
    return {row["team_id"] for row in reader.all("SELECT team_id FROM installations WHERE refused <> ''")}


def give_up_renewals(transaction: Transaction) -> int:
    """Have whoever comes next ask Slack at once: those that were asking are dead."""
    return transaction.run(
        "UPDATE installations SET renewing_until = :never WHERE renewing_until > :never AND refused = ''", never=NEVER
    )


def sealed_otherwise(reader: Reader, key: str, after: str = "") -> list[Installation]:
    """Return installations that another key opens, some at a time, behind a workspace."""
    other = """
        SELECT * FROM installations WHERE sealed <> '' AND sealed_by <> :key AND team_id > :after
        ORDER BY team_id LIMIT :most
    """
    return [Installation.model_validate(row) for row in reader.all(other, key=key, after=after, most=_PAGE)]


def seal_anew(transaction: Transaction, was: Installation, sealed: str, key: str) -> bool:
    """Keep the same tokens under another key; False where they have changed meanwhile."""
    wanted = {"team_id": was.team_id, "sealed": was.sealed}
    return bool(alter(transaction, "installations", wanted, sealed=sealed, sealed_by=key))


def all_installed(reader: Reader) -> list[Installation]:
    return [Installation.model_validate(row) for row in reader.all("SELECT * FROM installations ORDER BY team_id")]


def of_organization(reader: Reader, organization: str) -> list[Installation]:
    """Return how the app is in an organisation's workspaces, where it is by its token."""
    such = "SELECT * FROM installations WHERE organization = :organization AND team_id <> organization ORDER BY team_id"
    return [Installation.model_validate(row) for row in reader.all(such, organization=organization)]


def not_listed(reader: Reader, since: datetime) -> list[str]:
    """Return organisations that weren't asked for their workspaces since a moment."""
    such = "SELECT team_id FROM installations WHERE organization = team_id AND listed_at < :since ORDER BY team_id"
    return [row["team_id"] for row in reader.all(such, since=to_text(since))]


def note_listed(transaction: Transaction, organization: str, at: str) -> None:
    """Remember when an organisation was asked for its workspaces; NEVER has it asked as soon as can be."""
    alter(transaction, "installations", {"team_id": organization}, listed_at=at)


def use_state(transaction: Transaction, state: str, now: datetime) -> bool:
    """Return True for the first caller that comes back from Slack with this state."""
    return insert_new(transaction, "used_states", state=state, used_at=to_text(now))


def has_states(reader: Reader, before: datetime) -> bool:
    old = "SELECT 1 AS found FROM used_states WHERE used_at < :before LIMIT 1"
    return reader.one(old, before=to_text(before)) is not None


def forget_states(transaction: Transaction, before: datetime) -> int:
    """Forget states that are too old to be taken anyway."""
    return transaction.run("DELETE FROM used_states WHERE used_at < :before", before=to_text(before))


def forget_as(transaction: Transaction, was: Installation) -> None:
    """Forget the tokens of a workspace, or an organisation, unless it has let the app in anew."""
    delete(transaction, "installations", team_id=was.team_id, sealed=was.sealed)


def forget(transaction: Transaction, team_id: str) -> None:
    """Forget the tokens of a workspace: Slack takes them no longer."""
    delete(transaction, "installations", team_id=team_id)
