"""Read a dashboard as Grafana's own models do, and print what they make of it."""

import json
import sys
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

register_default_plugins()
print(JSONEncoder().encode(Dashboard.from_json(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
