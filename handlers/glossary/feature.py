"""What the glossary answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

import re

from handlers.framework.routing import Command, Feature, Phrase
from handlers.glossary import forms
from handlers.glossary.actions import questions as question_listeners
from handlers.glossary.actions import stewarding as steward_listeners
from handlers.glossary.actions import writing
from handlers.glossary.commands import asking, export, preferences
from handlers.glossary.hooks import digest, redaction, reminders
from handlers.glossary.messages import definitions, review
from handlers.glossary.messages import questions as questions_views
from handlers.glossary.messages import stewarding as steward_views

_TERM = r"(?P<text>.+?)"
#: All meanings are shown, whatever place or discipline is named.
_PLACE = r"(?: (?:here|(?:in|for|to) (?:our|the|an?|data science|software|product|operations|this)\b.*))?"
_END = r"[\s?.!]*"

FEATURE = Feature(
    name="glossary",
    commands=[
        Command(
            "define",
            asking.define,
            "What each discipline means by a word",
            "[word | word vs word]",
            {"help": asking.tell_how_to_define},
        ),
        Command(
            "glossary",
            asking.tell_how,
            "Add to the shared glossary, and look after it",
            "[add | edit | history | unanswered | review | me | here | export]",
            {
                "add": writing.add,
                "edit": writing.edit,
                "history": writing.read_history,
                "unanswered": question_listeners.list_unanswered,
                "review": steward_listeners.review,
                "me": preferences.choose_for_me,
                "here": preferences.choose_for_here,
                "export": export.export,
                "help": asking.tell_how,
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
        definitions.SHARE: asking.share,
        definitions.SHOW_ALL: asking.show_all,
        definitions.LOOK_UP: asking.look_up,
        definitions.HELPFUL: asking.find_helpful,
        definitions.NOT_CLEAR: asking.find_unclear,
        definitions.DISPUTE: steward_listeners.open_dispute,
        definitions.ADD: writing.add_by_button,
        definitions.HISTORY: writing.read_history_by_button,
        definitions.ASK: question_listeners.ask_for,
        forms.MORE: writing.show_more,
        definitions.EDIT: writing.edit_by_button,
        steward_views.APPROVE: steward_listeners.approve,
        steward_views.KEEP: steward_listeners.keep,
        steward_views.DEPRECATE: steward_listeners.open_deprecation,
        review.VERIFY: steward_listeners.verify,
        review.REVIEW: steward_listeners.review_by_button,
        questions_views.DEFINE: question_listeners.define,
        questions_views.MERGE: question_listeners.open_merge,
        questions_views.NO_WORD: question_listeners.turn_down,
    },
    views={
        forms.MEANING: writing.save,
        steward_views.DEPRECATION: steward_listeners.deprecate,
        steward_views.OBJECTION: steward_listeners.dispute,
        steward_views.UNCLEAR: asking.keep_unclear,
        questions_views.MERGED: question_listeners.merge,
    },
    nudge_kinds=reminders.KINDS,
    matters=reminders.matters,
    people=reminders.people,
    tells=digest.tell,
    owns=digest.own,
    redacts=redaction.REDACTS,
    shortcuts={
        "glossary_add_message": writing.add_from_message,
        "glossary_explain": asking.explain,
    },
)
