"""Hold our manifests against the schemas of the versions of Kubernetes that are named; an unknown field is refused."""

import json
import sys
from pathlib import Path

import kubernetes_validate
import yaml

folder, *versions = sys.argv[1:]
judged = [
    [
        kubernetes_validate.validate(yaml.safe_load(path.read_text(encoding="utf-8")), version, strict=True),
        str(path.relative_to(folder)),
    ]
    for path in sorted(Path(folder).rglob("*.yaml"))
    if path.name != "kustomization.yaml"
    for version in versions
]
print(json.dumps(judged))
