"""The form of the settings of the workspace."""

from collections.abc import Iterable, Mapping

from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from handlers.slack.interactions import Fields
from handlers.workspace.rules.settings import DISCIPLINE_LENGTH, DISCIPLINES_LIMIT, Entered, Wrong
from storage.workspaces.workspaces import Steward, Workspace

SETTINGS = "workspace_settings"
DATA_CHANNEL = "data_channel"
DISCIPLINES = "disciplines"
HOLIDAYS = "holidays"
CONFIRM_AFTER = "confirm_after"
_STEWARDS = "stewards:"
_LONGEST_LIST = DISCIPLINES_LIMIT * (DISCIPLINE_LENGTH + 1)


def settings(place: Workspace, stewards: Iterable[Steward], holidays: str, confirm_after: str) -> Modal:
    """The form for admins, in three groups; stewards can be chosen for the disciplines that are saved."""
    channel, by_discipline = blocks.channel_select(place.data_channel), _by_discipline(place, stewards)
    disciplines = blocks.text_input("\n".join(place.disciplines), multiline=True, max_length=_LONGEST_LIST)
    in_order = "One per line. Definitions appear in this order."
    threads = "Each data request is discussed in a thread there."
    fields = (
        blocks.heading("Data"),
        blocks.field(DATA_CHANNEL, "Channel for data requests", channel, threads, optional=True),
        blocks.heading("Words"),
        blocks.field(DISCIPLINES, "Disciplines", disciplines, in_order),
        blocks.small_print("Stewards approve definitions. Where a discipline has none, admins do."),
        *(_stewards_of(discipline, by_discipline[discipline]) for discipline in place.disciplines),
        blocks.heading("Days"),
        *_when(holidays, confirm_after),
    )
    return Modal(SETTINGS, "Settings", fields, submit="Save")


def _stewards_of(discipline: str, chosen: Iterable[str]) -> Block:
    people = blocks.people_select(chosen)
    return blocks.field(_steward_field(discipline), f"Stewards of {discipline}", people, optional=True)


def _when(holidays: str, confirm_after: str) -> tuple[Block, Block]:
    days = blocks.text_input("\n".join(holidays.split()), multiline=True)
    days_off = "One per line, such as 2026-12-24. Nobody is reminded on these days."
    period, label = blocks.text_input(confirm_after, max_length=4), "Days between confirmations of a duty"
    standard = "Leave it empty for each duty's default, usually 90."
    return (
        blocks.field(HOLIDAYS, "Holidays", days, days_off, optional=True),
        blocks.field(CONFIRM_AFTER, label, period, standard, optional=True),
    )


def saved(place: Workspace) -> Modal:
    told = f"Saved. Disciplines: {blocks.escape(', '.join(place.disciplines))}."
    hint = "To choose stewards of a new discipline, open the settings again."
    return Modal(SETTINGS, "Settings", (blocks.markdown(told), blocks.small_print(hint)))


def entered(fields: Fields) -> Entered:
    """Read the form of the settings as it was submitted."""
    stewards = {each.removeprefix(_STEWARDS): fields.ids(each) for each in fields if each.startswith(_STEWARDS)}
    return Entered(
        disciplines=fields.text(DISCIPLINES),
        data_channel=fields.text(DATA_CHANNEL),
        holidays=fields.text(HOLIDAYS),
        stewards=stewards,
        confirm_after=fields.text(CONFIRM_AFTER),
    )


def read_by_guests(command_prefix: str) -> dict[str, str]:
    told = "Guests in that channel would see every data request. Choose another one, or allow it there first:"
    return {DATA_CHANNEL: f"{told} /{command_prefix}common-ground guests allow"}


def errors(wrong: Wrong) -> dict[str, str]:
    """Put each sentence at its field."""
    of_stewards = {_steward_field(discipline): error for discipline, error in (wrong.stewards or {}).items()}
    told = {DISCIPLINES: wrong.disciplines, HOLIDAYS: wrong.holidays, CONFIRM_AFTER: wrong.confirm_after}
    return {**of_stewards, **{block_id: error for block_id, error in told.items() if error}}


def _steward_field(discipline: str) -> str:
    return f"{_STEWARDS}{discipline}"


def _by_discipline(place: Workspace, stewards: Iterable[Steward]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {discipline: [] for discipline in place.disciplines}
    for steward in stewards:
        found.setdefault(steward.discipline, []).append(steward.user_id)
    return found
