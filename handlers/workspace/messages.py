"""The words of /common-ground: help, status, settings; and the ids of its buttons and fields."""

from collections.abc import Iterable, Mapping

from handlers.hooks.offers import CommandHelp
from handlers.slack import blocks
from handlers.slack.action_ids import WORKSPACE_SETTINGS
from handlers.slack.blocks import Block, Message, Modal
from handlers.workspace.rules import DISCIPLINE_LENGTH, DISCIPLINES_LIMIT, Entered, Wrong
from storage.workspaces.workspaces import Steward, Workspace

OPEN_SETTINGS = WORKSPACE_SETTINGS
SETTINGS = "workspace_settings"
DATA_CHANNEL = "data_channel"
DISCIPLINES = "disciplines"
HOLIDAYS = "holidays"
CONFIRM_AFTER = "confirm_after"
_STEWARDS = "stewards:"

_ONLY_ADMINS = (
    "Settings can be changed by the admins and owners of this Slack workspace, and by those whom the person who runs "
    "me has named."
)


def help_text(commands: Iterable[CommandHelp], command_prefix: str, *, may_change: bool) -> Message:
    lines = [
        f"• `/{command_prefix}{command.name}{' ' + command.usage_hint if command.usage_hint else ''}`: "
        f"{command.description}"
        for command in commands
    ]
    told = (
        "I help data scientists, engineers and product people to mean the same thing.\n"
        + "\n".join(lines)
        + "\nSlash commands do not work in threads: there, mention me, as in _what does drift mean?_"
    )
    return _with_settings_button(told, may_change=may_change)


def status_outside(counts: tuple[int, int]) -> Message:
    """Say what guests and other organisations may know."""
    words, meanings = counts
    return Message(f"*{words}* words with *{meanings}* meanings belong to this channel.")


def status(
    place: Workspace, counts: tuple[int, int], stewards: Iterable[Steward] | None, *, may_change: bool
) -> Message:
    """Say how the workspace is set up. Naming stewards would notify them, so they are named to one person only."""
    words, meanings = counts
    lines = [
        f"*{words}* words with *{meanings}* meanings that you may see.",
        f"Disciplines: {blocks.escape(', '.join(place.disciplines))}.",
        f"Data channel: {f'<#{place.data_channel}>' if place.data_channel else 'not chosen yet'}.",
        *([f"Stewards: {_steward_list(stewards)}."] if stewards is not None else []),
    ]
    return _with_settings_button("\n".join(lines), may_change=may_change)


def only_admins() -> Message:
    return Message(_ONLY_ADMINS)


def refused_to_others() -> dict[str, str]:
    return {DISCIPLINES: _ONLY_ADMINS}


def errors(wrong: Wrong) -> dict[str, str]:
    """Put each sentence at its field."""
    of_stewards = {steward_field(discipline): error for discipline, error in (wrong.stewards or {}).items()}
    told = {DISCIPLINES: wrong.disciplines, HOLIDAYS: wrong.holidays, CONFIRM_AFTER: wrong.confirm_after}
    return {**of_stewards, **{block_id: error for block_id, error in told.items() if error}}


def open_settings() -> Message:
    return _with_settings_button("A mention cannot open a form, but this button can.", may_change=True)


def settings(place: Workspace, stewards: Iterable[Steward], holidays: str, confirm_after: str) -> Modal:
    """The form for admins; stewards can be chosen for the disciplines that are saved."""
    by_discipline = stewards_by_discipline(place, stewards)
    fields = [
        blocks.field(
            DATA_CHANNEL,
            "Channel for data requests",
            blocks.channel_select(place.data_channel),
            "Threads about data open there.",
            optional=True,
        ),
        blocks.field(
            DISCIPLINES,
            "Disciplines",
            blocks.text_input(
                "\n".join(place.disciplines), multiline=True, max_length=DISCIPLINES_LIMIT * (DISCIPLINE_LENGTH + 1)
            ),
            "One a line. Meanings of a word are shown in this order.",
        ),
        *(
            blocks.field(
                steward_field(discipline),
                f"Stewards of {discipline}",
                blocks.people_select(by_discipline[discipline]),
                "They look after the words of this discipline. With none, admins do.",
                optional=True,
            )
            for discipline in place.disciplines
        ),
        *_when(holidays, confirm_after),
    ]
    return Modal(SETTINGS, "Settings", tuple(fields), submit="Save")


def _when(holidays: str, confirm_after: str) -> tuple[blocks.Block, blocks.Block]:
    days_off = blocks.field(
        HOLIDAYS,
        "Holidays",
        blocks.text_input("\n".join(holidays.split()), multiline=True),
        "One a line, such as 2026-12-24. Nobody is reminded of anything on these days.",
        optional=True,
    )
    period = blocks.field(
        CONFIRM_AFTER,
        "Duties are confirmed again after so many days",
        blocks.text_input(confirm_after, max_length=4),
        "Empty: as the catalogue of duties says, mostly 90.",
        optional=True,
    )
    return days_off, period


def saved(place: Workspace) -> Modal:
    told = f"Saved. Disciplines: {blocks.escape(', '.join(place.disciplines))}."
    hint = "Stewards of a new discipline can be chosen when you open the settings again."
    return Modal(SETTINGS, "Settings", (blocks.markdown(told), blocks.small_print(hint)))


def steward_field(discipline: str) -> str:
    return f"{_STEWARDS}{discipline}"


def entered(fields: Mapping[str, str | list[str]]) -> Entered:
    """Read the form as it was submitted."""
    texts = {name: str(fields.get(name, "")) for name in (DISCIPLINES, DATA_CHANNEL, HOLIDAYS, CONFIRM_AFTER)}
    return Entered(
        texts[DISCIPLINES], texts[DATA_CHANNEL], texts[HOLIDAYS], _stewards_chosen(fields), texts[CONFIRM_AFTER].strip()
    )


def _stewards_chosen(fields: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {
        block_id.removeprefix(_STEWARDS): chosen
        for block_id, chosen in fields.items()
        if block_id.startswith(_STEWARDS) and isinstance(chosen, list)
    }


def stewards_by_discipline(place: Workspace, stewards: Iterable[Steward]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {discipline: [] for discipline in place.disciplines}
    for steward in stewards:
        found.setdefault(steward.discipline, []).append(steward.user_id)
    return found


def _steward_list(stewards: Iterable[Steward]) -> str:
    told = [f"<@{steward.user_id}> ({blocks.escape(steward.discipline)})" for steward in stewards]
    return ", ".join(told) or "none yet, so admins act for them"


def _with_settings_button(told: str, *, may_change: bool) -> Message:
    shown: list[Block] = [blocks.markdown(told)]
    if may_change:
        shown.append(blocks.buttons([blocks.button("Settings", OPEN_SETTINGS)]))
    return Message(told, tuple(shown))
