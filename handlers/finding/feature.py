"""What the search over all answers to: a word of /common-ground, and sentences that ask for something on record."""

from handlers.finding import commands
from handlers.finding.asking import asks_for_records
from handlers.finding.tools import TOOLS
from handlers.framework.routing import Feature, Sentence

FEATURE = Feature(
    name="finding",
    subcommands={"common-ground": {"find": commands.find}},
    phrases=[Sentence(asks_for_records, "common-ground", "find")],
    tools=TOOLS,
)
