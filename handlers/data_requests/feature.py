"""What data requests answer to: their tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.data_requests import (
    beside,
    due,
    form_listeners,
    form_views,
    jobs,
    listeners,
    note_listeners,
    redacting,
    sample_listeners,
    sample_views,
    step_listeners,
    telling,
    term_listeners,
    views,
)
from handlers.dispatch import Command, Feature, Phrase
from handlers.doors import ASK_FOR_DATA

_END = r"[\s?.!]*"
_STEPS = "agree|ask|answer|decline|withdraw|deliver|accept|send back|announce a change|hand over|take"

FEATURE = Feature(
    name="data requests",
    commands=[
        Command(
            "data-request",
            listeners.ask_for_data,
            "Ask for data, and agree on it field by field",
            "[DR-12 | list | help]",
            {"list": listeners.list_requests, "help": listeners.tell_how},
        )
    ],
    phrases=[
        Phrase(
            re.compile(
                rf"(?:i|we) (?:need|want|would like)(?: some| more)? (?P<text>data\b.*?){_END}",
                re.IGNORECASE | re.DOTALL,
            ),
            "data-request",
        ),
        # In the thread of a request its number need not be said.
        Phrase(re.compile(rf"(?P<text>(?:{_STEPS})(?:[\s:].*)?){_END}", re.IGNORECASE | re.DOTALL), "data-request"),
        Phrase(re.compile(rf"(?P<text>dr-[0-9a-z]+(?:\s.*)?){_END}", re.IGNORECASE | re.DOTALL), "data-request"),
    ],
    actions={
        ASK_FOR_DATA: listeners.ask_by_button,
        views.OPEN: listeners.open_record,
        views.STEP: step_listeners.press_step,
        views.TERMS: form_listeners.open_terms,
        views.HISTORY: beside.read_history,
        views.FOLLOW: beside.follow,
        views.COPY: beside.copy,
        views.CHECK: beside.check,
        views.REPOST: beside.repost,
        form_views.CHOSE: form_listeners.keep_choice,
        form_views.TERM_CHOSE: term_listeners.keep_choice,
        form_views.FILL_IN: term_listeners.fill_in,
        form_views.TAKE_IT: term_listeners.take_it,
        form_views.BACK: form_listeners.go_back,
    },
    views={
        form_views.FIRST: form_listeners.save_first,
        form_views.SECOND: form_listeners.save_second,
        form_views.TERM: term_listeners.save_term,
        form_views.SEND: form_listeners.send,
        views.STEP: step_listeners.take_step,
        sample_views.FORM: sample_listeners.take_sample,
    },
    shortcuts={
        "data_request_from_message": listeners.ask_from_message,
        "data_request_keep_note": note_listeners.keep_note,
    },
    jobs=jobs.JOBS,
    nudge_kinds=due.KINDS,
    matters=due.matters,
    people=due.people,
    tells=telling.tell,
    owns=telling.own,
    redacts=redacting.REDACTS,
)
