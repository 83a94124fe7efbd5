"""What the glossary answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.dispatch import Command, Feature, Phrase
from handlers.glossary import (
    due,
    export_listeners,
    listeners,
    preference_listeners,
    question_listeners,
    questions_views,
    redacting,
    review_views,
    steward_listeners,
    steward_views,
    telling,
    views,
    writing_listeners,
    writing_views,
)

_TERM = r"(?P<text>.+?)"
#: All meanings are shown, whatever place or discipline is named.
_PLACE = r"(?: (?:here|(?:in|for|to) (?:our|the|an?|data science|software|product|operations|this)\b.*))?"
_END = r"[\s?.!]*"

FEATURE = Feature(
    name="glossary",
    commands=[
        Command(
            "define",
            listeners.define,
            "What each discipline means by a word",
            "[word | word vs word]",
            {"help": listeners.tell_how_to_define},
        ),
        Command(
            "glossary",
            listeners.tell_how,
            "Add to the shared glossary, and look after it",
            "[add | edit | history | unanswered | review | me | here | export]",
            {
                "add": writing_listeners.add,
                "edit": writing_listeners.edit,
                "history": writing_listeners.read_history,
                "unanswered": question_listeners.list_unanswered,
                "review": steward_listeners.review,
                "me": preference_listeners.choose_for_me,
                "here": preference_listeners.choose_for_here,
                "export": export_listeners.export,
                "help": listeners.tell_how,
            },
        ),
    ],
    phrases=[
        Phrase(re.compile(pattern + _END, re.IGNORECASE), "define")
        for pattern in (
            rf"what (?:does|do|did) (?:an? |the )?{_TERM} (?:mean|stand for){_PLACE}",
            rf"what (?:does|do|did) \S+ mean (?:by|with) (?:an? |the )?{_TERM}",
            rf"what(?:'s| is| are|’s) (?:meant by |the meaning of )?(?:an? |the )?{_TERM}{_PLACE}",
            rf"(?:define|explain|meaning of) (?:an? |the )?{_TERM}{_PLACE}",
        )
    ],
    actions={
        views.SHARE: listeners.share,
        views.SHOW_ALL: listeners.show_all,
        views.LOOK_UP: listeners.look_up,
        views.HELPFUL: listeners.find_helpful,
        views.NOT_CLEAR: listeners.find_unclear,
        views.DISPUTE: steward_listeners.open_dispute,
        views.ADD: writing_listeners.add_by_button,
        views.HISTORY: writing_listeners.read_history_by_button,
        views.ASK: question_listeners.ask_for,
        writing_views.MORE: writing_listeners.show_more,
        views.EDIT: writing_listeners.edit_by_button,
        steward_views.APPROVE: steward_listeners.approve,
        steward_views.KEEP: steward_listeners.keep,
        steward_views.DEPRECATE: steward_listeners.open_deprecation,
        review_views.VERIFY: steward_listeners.verify,
        review_views.REVIEW: steward_listeners.review_by_button,
        questions_views.DEFINE: question_listeners.define,
        questions_views.MERGE: question_listeners.open_merge,
        questions_views.NO_WORD: question_listeners.turn_down,
    },
    views={
        writing_views.MEANING: writing_listeners.save,
        steward_views.DEPRECATION: steward_listeners.deprecate,
        steward_views.OBJECTION: steward_listeners.dispute,
        steward_views.UNCLEAR: listeners.keep_unclear,
        questions_views.MERGED: question_listeners.merge,
    },
    nudge_kinds=due.KINDS,
    matters=due.matters,
    people=due.people,
    tells=telling.tell,
    owns=telling.own,
    redacts=redacting.REDACTS,
    shortcuts={
        "glossary_add_message": writing_listeners.add_from_message,
        "glossary_explain": listeners.explain,
    },
)
