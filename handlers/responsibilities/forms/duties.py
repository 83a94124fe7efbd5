"""The forms in which people say what they do with a duty."""

from collections.abc import Iterable, Sequence

from handlers.responsibilities.forms.teams import team_field
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import capital
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from storage.responsibilities.teams import Team

YOURSELF = "That's you. To take it on yourself, press “I'll take it”."
_READERS = "The lead and whoever asked will see this."
MISSING = "Please fill this in."
REASON, PERSON, PEOPLE = "reason", "person", "people"


def decline_form(about: ComponentDuty) -> Modal:
    return _form(about, register.DECLINE, "Not me", [_reason("Why not?", _READERS)])


def need_form(about: ComponentDuty) -> Modal:
    return _form(about, register.NEED, "Yes, if …", [_reason("What do you need?", _READERS, is_needed=True)])


def not_needed_form(about: ComponentDuty) -> Modal:
    return _form(about, register.NOT_NEEDED, "Not needed", [_reason("Why isn't it needed?", is_needed=True)])


def suggest_form(about: ComponentDuty, teams: Iterable[Team]) -> Modal:
    hint = "I'll ask them. They own it once they accept."
    person = blocks.field(PERSON, "Who could own it?", blocks.person_select(), hint)
    return _form(about, register.SUGGEST, "Suggest someone", [person, *_team(about, teams), _reason("Why them?")])


def help_form(about: ComponentDuty, teams: Iterable[Team]) -> Modal:
    helpers, backup = blocks.people_select(about.duty.helpers), blocks.person_select(about.duty.backup)
    people = blocks.field(PEOPLE, "Who helps?", helpers, optional=True)
    person = blocks.field(PERSON, "Who stands in when you're away?", backup, optional=True)
    return _form(about, register.HELP, "Helpers and backup", [people, person, *_team(about, teams)])


def _form(about: ComponentDuty, callback_id: str, title: str, fields: Sequence[Block]) -> Modal:
    head = blocks.sentence(capital(about.name), "bold")
    return Modal(callback_id, title, (head, *fields), submit="Save", private_metadata=about.value)


def _team(about: ComponentDuty, teams: Iterable[Team]) -> list[Block]:
    return team_field(teams, about.duty.owner_team)


def _reason(label: str, hint: str = "", *, is_needed: bool = False) -> Block:
    return blocks.field(REASON, label, blocks.text_input(multiline=True, max_length=500), hint, optional=not is_needed)
