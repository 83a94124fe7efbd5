"""What the register of duties answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.dispatch import Command, Feature, Phrase
from handlers.responsibilities import (
    component_listeners,
    component_views,
    due,
    duty_listeners,
    listeners,
    question_views,
    redacting,
    telling,
    views,
)

_WHAT = r"(?P<text>.+?)"
_END = r"[\s?.!]*"

FEATURE = Feature(
    name="responsibilities",
    commands=[
        Command(
            "owner",
            listeners.ask_owner,
            "Who has which duty in an ML system, and what nobody has",
            "[question | add | edit | map | mine | card | feedback | help]",
            {
                "add": component_listeners.add,
                "edit": component_listeners.edit,
                "map": listeners.show_map,
                "mine": listeners.list_mine,
                "help": listeners.tell_how,
            },
            takes_names=True,
        )
    ],
    phrases=[
        Phrase(re.compile(pattern + _END, re.IGNORECASE), "owner")
        for pattern in (
            rf"who (?:owns|has|does|runs|handles|looks after|takes care of) (?:the )?{_WHAT}",
            r"who (?P<text>(?:tests|deploys|monitors|labels|documents|retrains|explains|integrates) .+?)",
            rf"who(?:'s|’s| is) (?:responsible|accountable|in charge) (?:for|of) (?:the )?{_WHAT}",
            rf"who (?:do|should|can) (?:i|we) (?:ask|talk to|contact) (?:about|for) (?:the )?{_WHAT}",
        )
    ],
    actions={
        views.CLAIM: duty_listeners.claim,
        views.CONFIRM: duty_listeners.confirm,
        views.DECLINE: duty_listeners.open_decline,
        views.NEED: duty_listeners.open_need,
        views.NOT_NEEDED: duty_listeners.open_not_needed,
        views.SUGGEST: duty_listeners.open_suggest,
        views.HELP: duty_listeners.open_help,
        views.HISTORY: duty_listeners.read_history,
        views.ADD: component_listeners.add_by_button,
        views.EDIT: component_listeners.edit_by_button,
        views.MAP: listeners.show_map_by_button,
        views.OPEN: listeners.open_duty,
        views.MINE: listeners.list_mine_by_button,
        views.PROPOSE_ALL: component_listeners.propose_all,
    },
    views={
        component_views.COMPONENT: component_listeners.save,
        question_views.QUESTION: listeners.ask_by_form,
        views.DECLINE: duty_listeners.decline,
        views.NEED: duty_listeners.need,
        views.NOT_NEEDED: duty_listeners.not_needed,
        views.SUGGEST: duty_listeners.suggest,
        views.HELP: duty_listeners.help_with,
    },
    nudge_kinds=due.KINDS,
    matters=due.matters,
    people=due.people,
    tells=telling.tell,
    owns=telling.own,
    redacts=redacting.REDACTS,
    shortcuts={"owner_ask_message": listeners.ask_from_message},
)
