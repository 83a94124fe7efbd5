"""Teams for tests: made by the form, as people do."""

from bot.trial.run import Trial
from storage.responsibilities import teams
from storage.responsibilities.teams import Team
from tests.playing import play

TEAM = "T0LOCAL"
OF_THE_GROUP = ('"User group": engineers', '"Who is accountable?": ben')
LISTED = ('"Or these people": ana, eli', '"Name": modelling', '"Who is accountable?": ana')


async def add_team(trial: Trial, *entered: str, who: str = "chloe") -> str:
    lines = [f"{who} in #general: /owner team", f'{who} presses "Add a team"']
    lines += [f"{who} enters {each}" for each in entered]
    return await play(trial, *lines, f"{who} submits", f"{who} closes")


def team(trial: Trial, name: str) -> Team:
    found = teams.named(trial.bot.store.reader, TEAM, name)
    assert found is not None
    return found


def names(trial: Trial) -> list[str]:
    return [each.name for each in teams.teams(trial.bot.store.reader, TEAM).values()]


async def edit_team(trial: Trial, name: str, *entered: str, who: str = "chloe") -> str:
    lines = [f"{who} in #general: /owner team {name}", f'{who} presses "Edit"', *(f"{who} enters {e}" for e in entered)]
    return await play(trial, *lines, f"{who} submits", f"{who} closes")
