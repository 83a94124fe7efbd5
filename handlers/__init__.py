"""The middle floor: where people and the clock talk to the bot. Its features are listed here."""

from handlers.app_home.feature import FEATURE as APP_HOME
from handlers.change_notices.feature import FEATURE as CHANGE_NOTICES
from handlers.data_requests.feature import FEATURE as DATA_REQUESTS
from handlers.decisions.feature import FEATURE as DECISIONS
from handlers.feedback.feature import FEATURE as FEEDBACK
from handlers.finding.feature import FEATURE as FINDING
from handlers.glossary.feature import FEATURE as GLOSSARY
from handlers.launches.feature import FEATURE as LAUNCHES
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.reports.feature import FEATURE as REPORTS
from handlers.requirements.feature import FEATURE as REQUIREMENTS
from handlers.responsibilities.feature import FEATURE as RESPONSIBILITIES
from handlers.weekly_summary.feature import FEATURE as WEEKLY_SUMMARY
from handlers.workspace.feature import FEATURE as WORKSPACE

#: In this order phrases are tried: "who decided what … means" is no question for the meaning of a word.
FEATURES = (
    RESPONSIBILITIES, FINDING, LAUNCHES, REQUIREMENTS, FEEDBACK, GLOSSARY, DATA_REQUESTS, DECISIONS, NUDGES,
    WEEKLY_SUMMARY, APP_HOME, REPORTS, CHANGE_NOTICES, WORKSPACE,
)  # fmt: skip
