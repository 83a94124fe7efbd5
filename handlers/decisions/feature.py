"""What the decision log answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.decisions import (
    due,
    find_listeners,
    form_views,
    jobs,
    listeners,
    record_listeners,
    redacting,
    saving,
    telling,
    views,
)
from handlers.dispatch import Command, Feature, Phrase

_END = r"[\s?.!]*"

FEATURE = Feature(
    name="decisions",
    commands=[
        Command(
            "decision",
            listeners.log,
            "Log what was decided, and find it again",
            "[D-34 | find | list | health | help]",
            {
                "find": find_listeners.find,
                "list": find_listeners.list_latest,
                "health": find_listeners.tell_health,
                "help": listeners.tell_how,
                "reaction": listeners.choose_reaction,
                "decided": listeners.decide_in_words,
                "decided:": listeners.decide_in_words,
            },
        )
    ],
    phrases=[
        Phrase(
            re.compile(rf"(?:we |i )?decided:? (?P<text>.+?){_END}", re.IGNORECASE | re.DOTALL), "decision", "decided"
        ),
        Phrase(re.compile(rf"(?P<text>decided):?{_END}", re.IGNORECASE), "decision"),
        Phrase(
            re.compile(rf"what (?:did|have|had) (?:we|you|they) decided?(?P<text>){_END}", re.IGNORECASE),
            "decision",
            "list",
        ),
        Phrase(re.compile(rf"(?P<text>d-[0-9a-z]+){_END}", re.IGNORECASE), "decision"),
        *(
            Phrase(re.compile(pattern + _END, re.IGNORECASE), "decision", "find")
            for pattern in (
                r"what (?:did|have|had) (?:we|you|they) decided? (?:about|on|for|to do about) (?P<text>.+?)",
                r"(?:what|which) decisions? (?:are|were|is|was) there (?:about|on) (?P<text>.+?)",
                r"why (?:did|do) we (?P<text>.+?)",
            )
        ),
    ],
    actions={
        views.OPEN: record_listeners.open_record,
        views.LOG: listeners.log_by_button,
        views.ACCEPT: record_listeners.accept,
        views.REJECT: record_listeners.open_rejection,
        views.AMEND: record_listeners.open_amendment,
        views.SUPERSEDE: record_listeners.open_succession,
        views.DEPRECATE: record_listeners.open_deprecation,
        views.AGREE: record_listeners.agree,
        views.OBJECT: record_listeners.open_objection,
        views.HOLDS: record_listeners.open_holds,
        views.EXTEND: record_listeners.open_extension,
        views.PIN: record_listeners.open_pins,
        views.HISTORY: record_listeners.read_history,
        form_views.MORE: listeners.show_more,
        form_views.COMPONENT: listeners.show_more,
    },
    views={
        form_views.FORM: saving.save,
        views.REJECT: record_listeners.reject,
        views.AMEND: record_listeners.amend,
        views.SUPERSEDE: record_listeners.supersede,
        views.DEPRECATE: record_listeners.deprecate,
        views.OBJECT: record_listeners.object_to,
        views.HOLDS: record_listeners.hold,
        views.EXTEND: record_listeners.extend,
        views.PIN: record_listeners.pin_words,
    },
    shortcuts={"decision_log_message": listeners.log_from_message},
    events={"reaction_added": listeners.react},
    jobs=jobs.JOBS,
    nudge_kinds=due.KINDS,
    matters=due.matters,
    people=due.people,
    tells=telling.tell,
    owns=telling.own,
    redacts=redacting.REDACTS,
)
