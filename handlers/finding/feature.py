"""What the search over all answers to: a word of /common-ground."""

from handlers.finding import commands
from handlers.framework.routing import Feature

FEATURE = Feature(name="finding", subcommands={"common-ground": {"find": commands.find}})
