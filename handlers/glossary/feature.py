"""What the glossary answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

from handlers.framework.routing import Command, Feature, Sentence, phrases
from handlers.glossary import commands, forms
from handlers.glossary.actions import asking, passing, questions, stewarding, tables, writing
from handlers.glossary.hooks import digest, jobs, redaction, reminders, retention, waits
from handlers.glossary.hooks.finding import FINDS
from handlers.glossary.hooks.tools import TOOLS
from handlers.glossary.messages import definitions
from handlers.glossary.messages.passing import NEVER_AGAIN
from handlers.glossary.messages.questions import ASK_ANYWAY, DEFINE, MERGE, NO_WORD, NOT_ME
from handlers.glossary.messages.review import REVIEW, VERIFY
from handlers.glossary.messages.stewarding import APPROVE, DEPRECATE, KEEP
from handlers.glossary.rules import kinds
from handlers.glossary.rules.asking import asks_for_words
from handlers.glossary.sessions import actions as sessions
from handlers.glossary.sessions import forms as session_forms
from handlers.glossary.sessions import messages as session_messages

#: The command /summary tells of these.
_OF_A_WEEK = "(?:the (?:last )?(?:week|month|channel)|this|my|our|last|what)\\b"

FEATURE = Feature(
    name="glossary",
    commands=[
        Command(
            "define",
            commands.define,
            "What each discipline means by a word",
            "[word | word vs word]",
            {"help": commands.tell_how_to_define},
            is_for_all=True,
        ),
        Command(
            "glossary",
            commands.read,
            "Add to the shared glossary, and look after it",
            "[add | import | edit | history | unanswered | review | agenda | me | here | passing | export]",
            {
                "add": commands.add,
                "import": commands.add_table,
                "edit": commands.edit,
                "history": commands.read_history,
                "unanswered": commands.list_unanswered,
                "review": commands.review,
                "agenda": sessions.show_agenda,
                "me": commands.choose_for_me,
                "here": commands.choose_for_here,
                "passing": commands.explain_in_passing,
                "export": commands.export,
                "help": commands.tell_how,
            },
        ),
    ],
    phrases=[
        Sentence(kinds.asks, "define", takes_all=True),
        Sentence(asks_for_words, "define"),
        *phrases("define", "", rf"summary (?:of|on) (?!{_OF_A_WEEK})(?P<text>.+)", takes_all=True),
    ],
    actions={
        definitions.SHARE: asking.share,
        definitions.SHOW_ALL: asking.show_all,
        definitions.LOOK_UP: asking.look_up,
        definitions.HISTORY: asking.read_history,
        definitions.HELPFUL: asking.find_helpful,
        definitions.NOT_CLEAR: asking.find_unclear,
        definitions.DISPUTE: asking.find_wrong,
        definitions.ADD: writing.add,
        definitions.EDIT: writing.edit,
        forms.MORE: writing.show_more,
        APPROVE: stewarding.approve,
        KEEP: stewarding.keep,
        VERIFY: stewarding.verify,
        DEPRECATE: stewarding.open_deprecation,
        REVIEW: stewarding.review,
        definitions.ASK: questions.ask_for,
        ASK_ANYWAY: questions.ask_anyway,
        DEFINE: questions.define,
        MERGE: questions.open_merge,
        NO_WORD: questions.turn_down,
        NOT_ME: questions.pass_on,
        session_messages.PLAN: sessions.open_plan,
        session_messages.OPEN: sessions.open_agenda,
        session_messages.CLARIFY: sessions.open_clarifying,
        NEVER_AGAIN: passing.never_again,
    },
    views={
        forms.MEANING: writing.save,
        forms.TABLES: tables.save,
        forms.DEPRECATION: stewarding.deprecate,
        forms.OBJECTION: stewarding.dispute,
        forms.UNCLEAR: asking.keep_unclear,
        forms.MERGED: questions.merge,
        session_forms.PLANNING: sessions.plan,
        session_forms.CLARIFYING: sessions.clarify,
    },
    events={"message.channels": passing.hear, "message.groups": passing.hear},
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    retains=retention.RETAINS,
    jobs=jobs.JOBS,
    shortcuts={"glossary_add_message": writing.add_from_message, "glossary_explain": asking.explain},
    finds=FINDS,
    waits=waits.waits,
    tools=TOOLS,
)
