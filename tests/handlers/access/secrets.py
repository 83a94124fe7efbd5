"""A private channel with one record of each kind, and the doors through which its members see them."""

from bot.trial.run import Trial
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from storage.workspaces import workspaces
from tests.handlers.data_requests.playing import put
from tests.handlers.decisions import playing as decisions
from tests.handlers.feedback.playing import reported
from tests.handlers.requirements.playing import a_model
from tests.playing import play
from tests.writing import write

SECRET, TEAM = "CSECRETLAUNCH", "T0LOCAL"
#: What shows the channel's records to whoever may see them, by command and Home, and words that are in nothing else.
DOORS = {
    "in #general: /define falcon": "flies in May",
    "in #general: /glossary history falcon": "flies in May",
    "in #general: /decision list": "Falcon starts",
    "in #general: /decision find falcon": "Falcon starts",
    "in #general: /owner map": "falcon model",
    "in #general: /owner card falcon model": "requirements",
    "in #general: /owner feedback list": "Falcon lands",
    "in #general: /data-request list": "falcons",
    "opens the Home": "falcon",
}
#: Turns to the page of a Home that has all of it.
SEE_ALL = "See everything that is yours"


async def seeded(trial: Trial) -> Trial:
    """Put a record of each kind into the private channel of Ana and Chloe."""
    store, now = trial.bot.store, trial.bot.clock.now()
    sense = NewSense(word="falcon", discipline="product", gloss="The falcon flies in May", visibility=SECRET)
    await write(store, changes.add_senses, TEAM, [sense], now)
    await write(store, workspaces.note_place, TEAM, SECRET)
    trial.bot.boundary.forget_settings()
    model = await a_model(trial, "falcon model", visibility=SECRET, lead="UANA")
    await reported(trial, model, "UCHLOE", got="Falcon lands")
    about = {"visibility": SECRET, "channel": SECRET, "requester": "UCHLOE", "owner": "UANA"}
    await put(trial, **about, purpose="Falcon heights", entity="falcons")
    await decisions.log(trial, "Falcon starts in May", "chloe", "#secret-launch", '"Who decides?": ana')
    return trial


def home_of(trial: Trial, user_id: str) -> str:
    view = trial.slack.workspace.homes.get(user_id)
    return str(view.content) if view is not None else ""


async def shown(trial: Trial, who: str) -> list[str]:
    """Return the doors through which a person is shown the channel's records."""
    return [door for door, words in DOORS.items() if words in await _seen(trial, who, door)]


async def _seen(trial: Trial, who: str, door: str) -> str:
    seen, user_id = await play(trial, f"{who} {door}"), trial.slack.workspace.user_named(who).id
    if not door.endswith("Home"):
        return seen
    first = home_of(trial, user_id)
    if SEE_ALL in first:
        await play(trial, f'{who} presses "{SEE_ALL}"')
    return f"{first} {home_of(trial, user_id)}"


def remove_unheard(trial: Trial, user_id: str, channel: str = SECRET) -> None:
    """Take somebody out of a channel while Slack's event of it is lost."""
    trial.slack.workspace.channels[channel].members.discard(user_id)


async def remove(trial: Trial, who: str, channel: str = SECRET) -> None:
    workspace = trial.slack.workspace
    trial.slack.people.leave(workspace.channels[channel], workspace.user_named(who))
    await trial.quiet()
