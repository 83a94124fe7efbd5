"""What data requests answer to: their tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.data_requests import commands, notes
from handlers.data_requests.actions import (
    answering,
    clauses,
    contracts,
    drafting,
    finding,
    more,
    responding,
    sending,
    steps,
)
from handlers.data_requests.forms import asking, terms
from handlers.data_requests.hooks import (
    digest,
    jobs,
    quarrels,
    readiness,
    redaction,
    reminders,
    retention,
    seams,
    waits,
)
from handlers.data_requests.hooks.finding import FINDS
from handlers.data_requests.hooks.reports import REPORTS
from handlers.data_requests.hooks.tools import TOOLS
from handlers.data_requests.messages import buttons
from handlers.data_requests.messages.finding import FIND_OUT
from handlers.data_requests.samples import actions, forms
from handlers.framework.routing import END, Command, Feature, Phrase
from handlers.slack.action_ids import ASK_FOR_DATA

_FLAGS = re.IGNORECASE | re.DOTALL
_NEED = re.compile(rf"(?:i|we) (?:need|want|would like)(?: some| more)? (?P<text>data\b.*?){END}", _FLAGS)
_STEPS = (
    r"agree|ask(?! (?:an?|one|you)\b)|answer|decline|withdraw|deliver|accept|send back|announce a change|hand over|take"
)

FEATURE = Feature(
    name="data requests",
    commands=[
        Command(
            "data-request",
            commands.ask_for_data,
            "Ask for data, and agree on what is delivered",
            "[DR-12 | list | help]",
            {"list": commands.list_requests, "help": commands.tell_how},
        )
    ],
    phrases=[
        Phrase(_NEED, "data-request", takes_all=True),
        # In the thread of a request its number need not be said.
        Phrase(re.compile(rf"(?P<text>(?:{_STEPS})(?:[\s:].*)?)[\s?.!]*", _FLAGS), "data-request", takes_all=True),
        Phrase(re.compile(r"(?P<text>dr-[0-9a-z]+(?:\s.*)?)[\s?.!]*", _FLAGS), "data-request", takes_all=True),
    ],
    actions={
        ASK_FOR_DATA: drafting.ask_by_button,
        buttons.OPEN: more.pressed(more.read),
        buttons.STEP: steps.press_step,
        buttons.TERMS: more.pressed(clauses.open_terms),
        buttons.HISTORY: more.pressed(more.read_history),
        buttons.FOLLOW: more.pressed(more.follow),
        buttons.UNFOLLOW: more.pressed(more.unfollow),
        buttons.NAMED_YES: more.pressed(answering.say_yes),
        buttons.NAMED_NO: more.pressed(answering.say_no),
        buttons.RESPOND: more.pressed(responding.respond),
        buttons.OPEN_POINTS: more.pressed(responding.show_open_points),
        buttons.COPY: more.pressed(more.copy),
        buttons.CHECK: more.pressed(more.check),
        buttons.REPOST: more.pressed(more.repost),
        asking.ATTACH: drafting.attach,
        terms.CHANGE: more.pressed(drafting.change),
        terms.CHOSE: clauses.choose,
        buttons.THEME: clauses.open_theme,
        buttons.TAKE_IT: clauses.take_it,
        FIND_OUT: finding.open_term,
    },
    views={
        asking.FORM: sending.send,
        terms.FORM: clauses.save,
        buttons.STEP: steps.take_step,
        buttons.NAMED_NO: answering.save_no,
        FIND_OUT: finding.save,
        forms.FORM: actions.take_sample,
        contracts.FORM: contracts.propose,
    },
    shortcuts={
        "data_request_ask": drafting.ask_from_message,
        "data_request_from_message": drafting.ask_from_message,
        "data_request_keep_note": notes.keep_note,
    },
    jobs=jobs.JOBS,
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    retains=retention.RETAINS,
    finds=FINDS,
    waits=waits.waits,
    quarrels=quarrels.found,
    readiness=readiness.points,
    seams=seams.tell,
    tools=TOOLS,
    reports=REPORTS,
)
