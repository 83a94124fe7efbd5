"""What the decision log answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.decisions import forms, messages
from handlers.decisions.actions import record, saving
from handlers.decisions.commands import finding, logging
from handlers.decisions.hooks import digest, jobs, redaction, reminders
from handlers.framework.routing import Command, Feature, Phrase

_END = r"[\s?.!]*"

FEATURE = Feature(
    name="decisions",
    commands=[
        Command(
            "decision",
            logging.log,
            "Log what was decided, and find it again",
            "[D-34 | find | list | health | help]",
            {
                "find": finding.find,
                "list": finding.list_latest,
                "health": finding.tell_health,
                "help": logging.tell_how,
                "reaction": logging.choose_reaction,
                "decided": logging.decide_in_words,
                "decided:": logging.decide_in_words,
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
        messages.OPEN: record.open_record,
        messages.LOG: logging.log_by_button,
        messages.ACCEPT: record.accept,
        messages.REJECT: record.open_rejection,
        messages.AMEND: record.open_amendment,
        messages.SUPERSEDE: record.open_succession,
        messages.DEPRECATE: record.open_deprecation,
        messages.AGREE: record.agree,
        messages.OBJECT: record.open_objection,
        messages.HOLDS: record.open_holds,
        messages.EXTEND: record.open_extension,
        messages.PIN: record.open_pins,
        messages.HISTORY: record.read_history,
        forms.MORE: logging.show_more,
        forms.COMPONENT: logging.show_more,
    },
    views={
        forms.FORM: saving.save,
        messages.REJECT: record.reject,
        messages.AMEND: record.amend,
        messages.SUPERSEDE: record.supersede,
        messages.DEPRECATE: record.deprecate,
        messages.OBJECT: record.object_to,
        messages.HOLDS: record.hold,
        messages.EXTEND: record.extend,
        messages.PIN: record.pin_words,
    },
    shortcuts={"decision_log_message": logging.log_from_message},
    events={"reaction_added": logging.react},
    jobs=jobs.JOBS,
    nudge_kinds=reminders.KINDS,
    matters=reminders.matters,
    people=reminders.people,
    tells=digest.tell,
    owns=digest.own,
    redacts=redaction.REDACTS,
)
