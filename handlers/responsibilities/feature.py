"""What the register of duties answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.framework.routing import Command, Feature, Phrase
from handlers.responsibilities import commands
from handlers.responsibilities.actions import components as component_listeners
from handlers.responsibilities.actions import duties
from handlers.responsibilities.forms import components as component_views
from handlers.responsibilities.forms import questions
from handlers.responsibilities.hooks import digest, redaction, reminders
from handlers.responsibilities.messages import register

_WHAT = r"(?P<text>.+?)"
_END = r"[\s?.!]*"

FEATURE = Feature(
    name="responsibilities",
    commands=[
        Command(
            "owner",
            commands.ask_owner,
            "Who has which duty in an ML system, and what nobody has",
            "[question | add | edit | map | mine | card | feedback | help]",
            {
                "add": component_listeners.add,
                "edit": component_listeners.edit,
                "map": commands.show_map,
                "mine": commands.list_mine,
                "help": commands.tell_how,
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
        register.CLAIM: duties.claim,
        register.CONFIRM: duties.confirm,
        register.DECLINE: duties.open_decline,
        register.NEED: duties.open_need,
        register.NOT_NEEDED: duties.open_not_needed,
        register.SUGGEST: duties.open_suggest,
        register.HELP: duties.open_help,
        register.HISTORY: duties.read_history,
        register.ADD: component_listeners.add_by_button,
        register.EDIT: component_listeners.edit_by_button,
        register.MAP: commands.show_map_by_button,
        register.OPEN: commands.open_duty,
        register.MINE: commands.list_mine_by_button,
        register.PROPOSE_ALL: component_listeners.propose_all,
    },
    views={
        component_views.COMPONENT: component_listeners.save,
        questions.QUESTION: commands.ask_by_form,
        register.DECLINE: duties.decline,
        register.NEED: duties.need,
        register.NOT_NEEDED: duties.not_needed,
        register.SUGGEST: duties.suggest,
        register.HELP: duties.help_with,
    },
    nudge_kinds=reminders.KINDS,
    matters=reminders.matters,
    people=reminders.people,
    tells=digest.tell,
    owns=digest.own,
    redacts=redaction.REDACTS,
    shortcuts={"owner_ask_message": commands.ask_from_message},
)
