"""Which settings of a workspace make sense, and what they change for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.checks.dates import day_in
from handlers.slack.users import Person
from storage.workspaces.workspaces import Steward

DISCIPLINES_LIMIT = 12
DISCIPLINE_LENGTH = 40
#: Of days after which duties are confirmed again.
_SHORTEST_PERIOD, _LONGEST_PERIOD = 7, 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings as they will be kept.

    ``data_channel`` is a channel id or empty, ``holidays`` are ISO dates, ``confirm_after`` days or empty.
    """

    disciplines: tuple[str, ...]
    data_channel: str
    holidays: tuple[str, ...]
    stewards: list[Steward]
    confirm_after: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What an admin typed and chose: disciplines and holidays one a line, stewards as user ids by discipline."""

    disciplines: str
    data_channel: str
    holidays: str
    stewards: Mapping[str, list[str]]
    confirm_after: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong: with the list of disciplines, the days off, and the stewards of a discipline."""

    disciplines: str = ""
    holidays: str = ""
    stewards: Mapping[str, str] | None = None
    confirm_after: str = ""


#: The disciplines that somebody is a steward of from now on, and those of which they no longer are.
StewardMove = tuple[list[str], list[str]]


def steward_moves(before: Sequence[Steward], after: Sequence[Steward]) -> dict[str, StewardMove]:
    """Return what changes for each person, in the order of their ids."""
    changed = sorted(set(before) ^ set(after), key=lambda each: (each.user_id, each.discipline))
    moves: dict[str, StewardMove] = {each.user_id: ([], []) for each in changed}
    for each in changed:
        moves[each.user_id][each in before].append(each.discipline)
    return moves


def asked_settings(entered: Entered, people: Mapping[str, Person | None]) -> Settings | Wrong:
    """Read what an admin chose; ``people`` are those whom Slack knows."""
    names, days = _names(entered.disciplines), entered.holidays.split()
    error, wrong_day = _what_is_wrong(names), next((each for each in days if not day_in(each)), "")
    unfit = _unfit_stewards(entered.stewards, people)
    is_period, no_period = (
        _is_period(entered.confirm_after),
        "Enter a number of days from 7 to 1000, or leave it empty.",
    )
    days_wrong = "" if is_period else no_period
    if error or unfit or wrong_day or days_wrong:
        told = f"“{wrong_day}” isn't a date. Write each as 2026-12-24, one per line." if wrong_day else ""
        return Wrong(error, told, unfit, days_wrong)
    kept = [
        Steward(discipline=discipline, user_id=user_id)
        for discipline, user_ids in entered.stewards.items()
        for user_id in user_ids
        if discipline in names
    ]
    return Settings(tuple(names), entered.data_channel, tuple(sorted(set(days))), kept, entered.confirm_after)


def _is_period(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and _SHORTEST_PERIOD <= int(text) <= _LONGEST_PERIOD)


def _names(disciplines: str) -> list[str]:
    lines = [" ".join(line.split()).casefold() for line in disciplines.splitlines()]
    return [line for line in lines if line]


def _what_is_wrong(names: list[str]) -> str:
    if not names:
        return "Enter at least one discipline, one per line."
    if len(names) > DISCIPLINES_LIMIT:
        return f"Enter at most {DISCIPLINES_LIMIT} disciplines. These are {len(names)}."
    if long := [name for name in names if len(name) > DISCIPLINE_LENGTH]:
        return f"“{long[0]}” is longer than {DISCIPLINE_LENGTH} characters."
    if twice := [name for name in names if names.count(name) > 1]:
        return f"“{twice[0]}” is listed twice."
    return ""


def _unfit_stewards(stewards: Mapping[str, list[str]], people: Mapping[str, Person | None]) -> dict[str, str]:
    return {
        discipline: error
        for discipline, user_ids in stewards.items()
        for user_id in user_ids
        if (error := _why_unfit(people[user_id]))
    }


def _why_unfit(person: Person | None) -> str:
    if person is None:
        return "Slack didn't tell me who this is. Please try again in a minute."
    if person.is_guest or person.is_bot:
        return f"{person.name} is a guest or a bot, or has left. Choose a member of the workspace."
    return ""
