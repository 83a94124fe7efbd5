"""What the register of duties answers to: its tables of commands, phrases, buttons, forms and shortcuts."""

from handlers.framework.routing import Command, Feature, OfComponent, Sentence
from handlers.responsibilities import commands
from handlers.responsibilities.actions import components, duties, links, questions, retirement, reviews, teams
from handlers.responsibilities.forms import duties as forms
from handlers.responsibilities.forms.components import COMPONENT
from handlers.responsibilities.forms.questions import QUESTION
from handlers.responsibilities.forms.review import PLAN
from handlers.responsibilities.hooks import digest, jobs, readiness, redaction, reminders, waits
from handlers.responsibilities.hooks.finding import FINDS
from handlers.responsibilities.hooks.reports import REPORTS
from handlers.responsibilities.hooks.tools import TOOLS
from handlers.responsibilities.messages import collaboration as map_messages
from handlers.responsibilities.messages import links as link_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages import teams as team_messages
from handlers.responsibilities.messages.retirement import RETIREMENT
from handlers.responsibilities.rules.asking import asks_who
from handlers.slack.action_ids import DUTIES_REVIEW, OPEN_COMPONENT

FEATURE = Feature(
    name="responsibilities",
    commands=[
        Command(
            "owner",
            commands.ask_owner,
            "Who owns which duty around your models, and what has no owner",
            "[question | add | edit | retire | team | link | map | mine | card | ready | feedback | help]",
            {
                "add": commands.add,
                "edit": commands.edit,
                "retire": commands.retire,
                "team": commands.show_team,
                "link": commands.link,
                "map": commands.show_map,
                "mine": commands.list_mine,
                "help": commands.tell_how,
            },
            takes_names=True,
        )
    ],
    phrases=[Sentence(asks_who, "owner")],
    of_components={"duty": OfComponent("owner")},
    actions={
        register.CLAIM: duties.claim,
        register.DISPUTE: duties.dispute,
        register.CONFIRM: duties.confirm,
        register.DECLINE: duties.opening(forms.decline_form, "decline"),
        register.NEED: duties.opening(forms.need_form, "need"),
        register.NOT_NEEDED: duties.opening(forms.not_needed_form, "not needed"),
        register.SUGGEST: duties.opening_for_teams(forms.suggest_form),
        register.HELP: duties.opening_for_teams(forms.help_form),
        register.HISTORY: duties.read_history,
        register.OPEN: duties.open_duty,
        register.ADD: components.add_by_button,
        register.EDIT: components.edit_by_button,
        RETIREMENT: retirement.open_form,
        OPEN_COMPONENT: retirement.open_component,
        register.MAP: components.show_map,
        map_messages.DUTIES: components.show_duties,
        map_messages.MORE_POINTS: components.show_more_points,
        register.PROPOSE_ALL: components.plan,
        team_messages.ADD_TEAM: teams.add,
        team_messages.OPEN_TEAM: teams.open_team,
        team_messages.EDIT_TEAM: teams.edit,
        team_messages.DELETE_TEAM: teams.ask_to_delete,
        register.MINE: questions.list_mine,
        DUTIES_REVIEW: reviews.review,
        link_messages.LINK: links.open_form,
        link_messages.OPEN_LINK: links.open_link,
        link_messages.CONFIRM_LINK: links.answering(is_so=True),
        link_messages.REFUSE_LINK: links.answering(is_so=False),
        link_messages.REVIEW_LINKS: links.review,
        link_messages.LINK_HISTORY: links.read_history,
    },
    views={
        COMPONENT: components.save,
        RETIREMENT: retirement.save,
        PLAN: components.propose,
        QUESTION: questions.ask_by_form,
        team_messages.TEAM: teams.save,
        team_messages.DELETE_TEAM: teams.delete,
        DUTIES_REVIEW: reviews.save,
        link_messages.LINK: links.save,
        link_messages.REVIEW_LINKS: links.save_review,
        register.DECLINE: duties.noting("decline"),
        register.NEED: duties.noting("need", needs_reason=True),
        register.NOT_NEEDED: duties.noting("not needed", needs_reason=True),
        register.SUGGEST: duties.suggest,
        register.HELP: duties.help_with,
    },
    jobs=jobs.JOBS,
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    shortcuts={"owner_ask_message": questions.ask_from_message},
    finds=FINDS,
    waits=waits.waits,
    readiness=readiness.points,
    tools=TOOLS,
    reports=REPORTS,
)
