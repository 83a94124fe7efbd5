"""What the decision log answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.decisions import commands, forms
from handlers.decisions.actions import drafting, relating, sharing, steps
from handlers.decisions.hooks import digest, jobs, redaction, reminders, retention
from handlers.decisions.hooks.finding import FINDS
from handlers.decisions.hooks.tools import TOOLS
from handlers.decisions.messages import nearness, proposing, record
from handlers.framework.routing import END, Command, Feature, Phrase, phrases

_FLAGS = re.IGNORECASE | re.DOTALL
_WE = r"(?:we|you|they|the team|anybody|anyone|somebody)"
_HAVE = r"(?:did|have|has|had)"
_DECIDED = r"(?:decided?|settled?|concluded?)"
#: "decided: where do we host it?" asks.
_ASKS = r"(?:what|where|when|who|whom|whose|which|why|how|whether|whats|wheres|whos)\b|.*\?\W*$"
_LATELY = r"(?: (?:so far|lately|recently|today|yesterday|(?:this|last|in the last) (?:week|month|quarter|year)))?"

FEATURE = Feature(
    name="decisions",
    commands=[
        Command(
            "decision",
            commands.log,
            "Log what was decided, and find it again",
            "[D-34 | find | list | health | help]",
            {
                "find": commands.find,
                "list": commands.list_latest,
                "health": commands.tell_health,
                "help": commands.tell_how,
                "reaction": commands.choose_reaction,
                "decided": commands.decide_in_words,
                "decided:": commands.decide_in_words,
            },
        )
    ],
    phrases=[
        Phrase(
            re.compile(rf"(?:we |i )?decided:? (?!{_ASKS})(?P<text>.+?){END}", _FLAGS),
            "decision",
            "decided",
            takes_all=True,
        ),
        *phrases("decision", "", r"(?P<text>decided):?", takes_all=True),
        *phrases("decision", "", r"(?P<text>d-[0-9a-z]+)"),
        *phrases(
            "decision", "list", rf"(?:what|which) (?:{_HAVE}) {_WE} {_DECIDED}(?P<text>){_LATELY}", takes_all=True
        ),
    ],
    actions={
        record.OPEN: steps.open_record,
        record.LOG: drafting.log_by_button,
        proposing.PROPOSE: drafting.log_for_agent,
        record.ACCEPT: steps.takes("accept"),
        record.REJECT: steps.opens("reject"),
        record.AMEND: steps.opens("amend"),
        record.SUPERSEDE: steps.opens("supersede"),
        record.DEPRECATE: steps.opens("deprecate"),
        record.AGREE: steps.votes_for("agree"),
        record.OBJECT: steps.opens("object"),
        record.HOLDS: steps.opens("still holds"),
        record.EXTEND: steps.opens("extend"),
        record.PIN: steps.opens("pin"),
        record.HISTORY: steps.read_history,
        record.SHARE: sharing.share,
        nearness.REPLACE_NEAR: relating.replace_near,
        nearness.ADD_TO_NEAR: relating.add_to_near,
        forms.MORE: drafting.show_more,
        forms.COMPONENT: drafting.show_more,
    },
    views={
        forms.FORM: drafting.save,
        record.REJECT: steps.takes("reject"),
        record.AMEND: steps.takes("amend"),
        record.SUPERSEDE: steps.supersede,
        record.DEPRECATE: steps.takes("deprecate"),
        record.OBJECT: steps.votes_for("object"),
        record.HOLDS: steps.takes("still holds"),
        record.EXTEND: steps.takes("extend"),
        record.PIN: steps.pin_words,
    },
    shortcuts={"decision_log_message": drafting.log_from_message, "decision_log": drafting.log_from_message},
    events={"reaction_added": drafting.react},
    jobs=jobs.JOBS,
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    retains=retention.RETAINS,
    finds=FINDS,
    tools=TOOLS,
)
