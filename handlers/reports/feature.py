"""What other programs report by web hooks: who may report of what, and what is said where no report comes."""

from handlers.framework.routing import Feature
from handlers.reports import actions, commands, forms, messages
from handlers.reports.hooks import digest
from handlers.reports.hooks.jobs import JOBS

FEATURE = Feature(
    name="reports",
    subcommands={"common-ground": {"hooks": commands.show}},
    actions={messages.ADD: actions.open_form, messages.REVOKE: actions.revoke},
    views={forms.ADD: actions.add},
    jobs=JOBS,
    digest=digest.tell,
)
