"""What Slack documents as tables, read from ``slack.yaml``."""

from importlib.resources import files
from typing import Any

import yaml

SLACK: dict[str, dict[str, Any]] = yaml.safe_load(
    files("bot.local_slack.workspace").joinpath("slack.yaml").read_text(encoding="utf-8")
)
#: What is the same in every answer and event here, by what it is said of.
USUAL = SLACK["usual"]
