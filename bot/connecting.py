"""Which workspaces a bot serves: the one of its token, or all that have let it in by OAuth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.condition import Condition
from bot.installing.installed import Installed, may_still_be_sent
from bot.installing.oauth import Client, OAuth
from bot.installing.organizations import Organizations, Start
from bot.installing.renewing import Renewing
from bot.jobs import Chore
from bot.outbox.attempts import ClientOf, MayBeSent
from bot.sealing import Seal, keys_in
from bot.settings import Settings, secret, system_user
from bot.slack_api import identity_of
from bot.transport.retries import until_slack_answers
from handlers.framework.middleware import Addressing, Hearing, Identity, of_no_organization
from handlers.framework.services import Reaching
from handlers.glossary.starter import starter_senses
from handlers.slack.directory import Directory
from handlers.workspace.service.settings import note_admins
from storage.engine.interface import Database, Transaction
from storage.glossary import changes, near
from storage.glossary.importing import claim_unclaimed
from storage.outbox import deliveries
from storage.workspaces import installations, workspaces

#: So many seconds somebody waits at most to read in how many workspaces of their organisation it is.
_PATIENCE_AT_INSTALLATION = 10.0
#: Who the bot is where it is in many workspaces, or in none yet.
_NOBODY = Identity("", "", "", "")


@dataclass(frozen=True, slots=True)
class Connected:
    """How the workspaces are reached; ``identity`` is empty where there are many."""

    identity: Identity
    directory: Directory
    addressed: Addressing
    may_be_sent: MayBeSent
    client_of: ClientOf | None = None
    reaching: Reaching | None = None
    organizations: Organizations | None = None
    chores: Mapping[str, Chore] = field(default_factory=dict)

    def hearing(self, start: Start) -> Hearing:
        """Return who takes what is told of organisations; what follows is started as work that nobody waits for."""
        if self.organizations is None:
            return of_no_organization
        self.organizations.start = start
        return self.organizations.heard


async def connected(
    settings: Settings, store: Database, slack: AsyncWebClient, clock: Clock, condition: Condition
) -> Connected:
    """Connect what the settings say. Raises SettingsError when Slack does not take the token."""
    if settings.is_for_many:
        return await _many(settings, store, slack, clock, condition)
    identity = await identity_of(slack)
    await store.write(lambda transaction: _connect(transaction, identity, settings, clock.now()))
    condition.team_id = identity.team_id
    directory = Directory(slack, clock.steady, clock.now)
    return Connected(identity, directory, identity.addressed_by, partial(may_still_be_sent, store, directory))


async def _many(
    settings: Settings, store: Database, slack: AsyncWebClient, clock: Clock, condition: Condition
) -> Connected:
    await until_slack_answers(slack.api_test, "Slack does not answer yet")
    seal = Seal(keys_in(secret(settings.token_keys)))
    installed = Installed(store, slack, seal, clock)
    client = Client(settings.slack_client_id, secret(settings.slack_client_secret), settings.public_url)
    oauth = OAuth(client, slack, store, seal, clock)
    oauth.welcome = lambda transaction, identity: _welcome(transaction, identity, clock.now(), is_only=False)
    if not store.is_shared:
        await store.write(installations.give_up_renewals)
    renewing = Renewing(client, slack, store, seal, clock)
    oauth.changed = renewing.changed = installed.look_again
    installed.renew = renewing.renew
    organizations = Organizations(installed, store, clock, oauth.welcome)
    oauth.organization_came = partial(organizations.follow, patience=_PATIENCE_AT_INSTALLATION)
    condition.oauth = oauth
    directory = Directory(slack, clock.steady, clock.now)
    found = (installed.addressed, installed.may_be_sent, installed.client, installed.reach)
    chores = {"renew tokens": renewing.keep_up, "ask organizations": organizations.keep_up}
    return Connected(_NOBODY, directory, *found, organizations, chores)


def _welcome(transaction: Transaction, identity: Identity, now: datetime, *, is_only: bool) -> None:
    """Remember a workspace, with its starter glossary; the only one has what was imported before it came, too."""
    is_new = workspaces.connect_workspace(transaction, identity.team_id, identity.team_name, identity.bot_user_id, now)
    if is_new and is_only:
        claim_unclaimed(transaction, identity.team_id)
    if is_new:
        changes.add_senses(transaction, identity.team_id, starter_senses(), now)
    near.file_first(transaction, identity.team_id)


def _connect(transaction: Transaction, identity: Identity, settings: Settings, now: datetime) -> None:
    _welcome(transaction, identity, now, is_only=True)
    told = note_admins(transaction, identity.team_id, settings.admins, system_user(), now)
    deliveries.add(transaction, told)
