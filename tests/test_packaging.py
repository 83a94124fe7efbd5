"""What the bot is packaged as says the same as the bot: settings, versions, places, and who may write where."""

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from bot import __version__
from bot.settings import Settings
from bot.transport.http import EVENTS_PATH, HOOKS_PATH, INSTALL_PATH, MCP_PATH, REDIRECT_PATH
from tests.test_installing import PACKAGES

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
REPLICAS = DEPLOY / "kubernetes" / "replicas"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STATEFUL_SET = DEPLOY / "kubernetes" / "stateful-set.yaml"
VOLUME, USER = "/var/lib/common-ground", 10001


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def instructions(name: str) -> list[str]:
    """Return what follows an instruction of the Dockerfile, for each time that it stands there."""
    return re.findall(rf"^{name} +(.+)$", DOCKERFILE, re.MULTILINE)


def service_of_compose() -> Any:
    return read(ROOT / "compose.yaml")["services"]["common-ground"]


def pod() -> Any:
    return read(STATEFUL_SET)["spec"]["template"]["spec"]


def replica_of_compose() -> Any:
    return read(ROOT / "compose.postgres.yaml")["services"]["replica-2"]


def pod_of_replicas() -> Any:
    return read(REPLICAS / "deployment.yaml")["spec"]["template"]["spec"]


def unit() -> dict[str, str]:
    """Return what the unit of systemd says; of what may be said twice, the last."""
    told = (DEPLOY / "common-ground.service").read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+)=(.*)$", told, re.MULTILINE))


def settings_named() -> Iterator[tuple[str, str, str]]:
    """Yield each setting that something is started with: where, its name and its value."""
    for name, value in re.findall(r"(\w+)=(\S+)", " ".join(instructions("ENV"))):
        if name != "PATH":
            yield "Dockerfile", name, value
    for name, value in service_of_compose()["environment"].items():
        yield "compose.yaml", name, str(value)
    for name, value in replica_of_compose()["environment"].items():
        yield "compose.postgres.yaml", name, str(value)
    for each in pod()["containers"][0]["env"]:
        yield "Kubernetes", each["name"], each["value"]
    for each in pod_of_replicas()["containers"][0]["env"]:
        yield "replicas in Kubernetes", each["name"], each.get("value", "postgresql://ground@database/ground")
    name, value = unit()["Environment"].split("=", maxsplit=1)
    yield "systemd", name, value


def test_every_setting_that_is_named_is_one_and_its_value_is_taken() -> None:
    named: dict[str, dict[str, str]] = {}
    for where, name, value in settings_named():
        named.setdefault(where, {})[name.lower()] = value
    places = {"Dockerfile", "compose.yaml", "compose.postgres.yaml", "Kubernetes", "replicas in Kubernetes", "systemd"}
    assert set(named) == places
    assert [(where, name) for where, each in named.items() for name in each if name not in Settings.model_fields] == []
    tokens = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}
    ports = [Settings.model_validate({**tokens, **each}).port for each in named.values()]
    assert ports == [3000] * len(named)


def test_the_store_is_on_the_volume_and_nothing_else_can_be_written_but_tmp() -> None:
    urls = [value for _, name, value in settings_named() if name == "DATABASE_URL"]
    stores = [each.removeprefix("sqlite:///") for each in urls if each.startswith("sqlite")]
    assert [str((VOLUME / Path(each)).parent) for each in stores] == [VOLUME, VOLUME, f"{VOLUME}/store", VOLUME]
    assert instructions("VOLUME") == instructions("WORKDIR")[1:] == [VOLUME]
    compose, container = service_of_compose(), pod()["containers"][0]
    assert (compose["volumes"], compose["read_only"], compose["tmpfs"]) == ([f"store:{VOLUME}"], True, ["/tmp"])  # noqa: S108
    assert [each["mountPath"] for each in container["volumeMounts"]] == [VOLUME, "/tmp"]  # noqa: S108
    beside = pod_of_replicas()["containers"][0]
    assert (replica_of_compose().get("volumes"), replica_of_compose()["tmpfs"]) == (None, ["/tmp"])  # noqa: S108
    assert [each["mountPath"] for each in beside["volumeMounts"]] == ["/tmp"]  # noqa: S108
    assert unit()["WorkingDirectory"] == f"%S/{unit()['StateDirectory']}"


def test_nothing_runs_as_root_or_holds_a_right() -> None:
    assert instructions("USER") == [f"{USER}:{USER}"]
    assert f"useradd --uid {USER} --gid {USER} " in DOCKERFILE
    composed = read(ROOT / "compose.postgres.yaml")["services"]
    assert len(composed) == 4
    for each in (service_of_compose(), *composed.values()):
        confined = (each["cap_drop"], each["security_opt"], each["read_only"])
        assert confined == (["ALL"], ["no-new-privileges:true"], True)
    assert [name for name, each in composed.items() if "cap_add" in each] == ["proxy", "database"]
    of_pod = pod()["securityContext"]
    assert (of_pod["runAsNonRoot"], of_pod["runAsUser"], of_pod["fsGroup"]) == (True, USER, USER)
    assert pod_of_replicas()["securityContext"].items() <= of_pod.items()
    for each in (*pod()["initContainers"], *pod()["containers"], *pod_of_replicas()["containers"]):
        assert each["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    service = unit()
    assert (service["User"], service["CapabilityBoundingSet"], service["ProtectSystem"]) == (
        "common-ground",
        "",
        "strict",
    )


def test_every_version_that_is_named_is_the_bots() -> None:
    images = [read(each / "kustomization.yaml")["images"] for each in (DEPLOY / "kubernetes", REPLICAS)]
    assert [each["newTag"] for (each,) in images] == [__version__] * 2
    named = {each["image"] for each in (service_of_compose(), replica_of_compose())}
    assert named == {f"common-ground:{__version__}"}
    told = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert set(re.findall(r"common-ground:(\d[\w.]*)", told)) == {__version__}


def test_the_image_has_a_python_that_is_tested() -> None:
    (base,) = re.findall(r"^ARG PYTHON_IMAGE=python:([\d.]+)-", DOCKERFILE, re.MULTILINE)
    tested = read(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["check"]["strategy"]["matrix"]["python"]
    assert base in tested
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2


def locked(path: Path) -> dict[str, str]:
    lines: list[tuple[str, str]] = re.findall(
        r"^([\w.-]+)(?:\[\S+\])?==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE
    )
    return dict(lines)


def test_the_image_has_the_versions_that_were_tested_and_all_extras() -> None:
    image = locked(DEPLOY / "requirements.txt")
    assert locked(ROOT / "requirements.txt").items() < image.items() < locked(ROOT / "requirements-dev.txt").items()
    assert {"duckdb", "opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http", "psycopg", "mcp"} <= set(image)
    assert {"pygraphviz", "resvg-py", "fontpkg-inter"} <= set(image)
    assert {"hatchling", "cyclonedx-bom"} <= set(locked(DEPLOY / "build-requirements.txt"))


def test_the_builder_gets_what_the_image_is_made_of_and_no_secret() -> None:
    copied = {path for line in instructions("COPY") if "--from" not in line for path in line.split()[:-1]}
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert lines[1] == "*"
    sent = {path for each in allowed for path in ROOT.glob(each)}
    assert {ROOT / each for each in copied} == sent
    assert {*PACKAGES, "pyproject.toml", "manifest.yml", "README.md", "LICENSE"} < copied


def test_what_asks_whether_the_bot_lives_is_there_and_asks_where_it_answers() -> None:
    (check,) = instructions("HEALTHCHECK")
    words = json.loads(check.partition("CMD ")[2])
    assert words[-2] == "-m"
    assert find_spec(words[-1]) is not None
    assert replica_of_compose()["healthcheck"]["test"] == ["CMD", *words, "/readyz"]
    for each in (pod(), pod_of_replicas()):
        (container,) = each["containers"]
        asked = [container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")]
        assert [probe["path"] for probe in asked] == ["/healthz", "/healthz", "/readyz"]
        assert {probe["port"] for probe in asked} == {container["ports"][0]["name"]}


def test_one_bot_works_on_a_store_and_is_ended_before_the_next_begins() -> None:
    kustomization = read(DEPLOY / "kubernetes" / "kustomization.yaml")
    assert {DEPLOY / "kubernetes" / each for each in kustomization["resources"]} == {
        path for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml"
    }
    stateful_set, service = read(STATEFUL_SET), read(DEPLOY / "kubernetes" / "service.yaml")
    labels = stateful_set["spec"]["template"]["metadata"]["labels"]
    assert (stateful_set["kind"], stateful_set["spec"]["replicas"]) == ("StatefulSet", 1)
    assert labels == stateful_set["spec"]["selector"]["matchLabels"] == service["spec"]["selector"]
    assert stateful_set["spec"]["serviceName"] == service["metadata"]["name"]
    assert service["spec"]["ports"][0]["targetPort"] == pod()["containers"][0]["ports"][0]["name"]


def test_replicas_work_beside_one_another_and_one_is_there_before_another_ends() -> None:
    kustomization, budget = read(REPLICAS / "kustomization.yaml"), read(REPLICAS / "disruption-budget.yaml")["spec"]
    assert {*kustomization["resources"], "kustomization.yaml"} == {path.name for path in REPLICAS.glob("*.yaml")}
    deployment, service = read(REPLICAS / "deployment.yaml")["spec"], read(REPLICAS / "service.yaml")["spec"]
    labels = deployment["template"]["metadata"]["labels"]
    assert labels == deployment["selector"]["matchLabels"] == service["selector"] == budget["selector"]["matchLabels"]
    assert (deployment["replicas"], budget["maxUnavailable"]) == (2, 1)
    assert deployment["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    composed = read(ROOT / "compose.postgres.yaml")["services"]
    both = [{**composed[f"replica-{number}"], "build": "."} for number in (1, 2)]
    assert both[0] == both[1]
    assert composed["proxy"]["depends_on"] == ["replica-1", "replica-2"]


def test_the_proxy_passes_on_what_the_bot_answers_on_the_internet_and_nothing_else() -> None:
    proxy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    (passed,) = re.findall(r"^\t@bot path (.*)$", proxy, re.MULTILINE)
    hooks = HOOKS_PATH.replace("{id}", "*")
    assert passed.split() == [EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, MCP_PATH, hooks]
    ports = {str(replica_of_compose()["environment"]["PORT"])}
    assert set(re.findall(r" replica-\d:(\d+)", proxy)) == ports


def test_every_file_that_the_documents_name_to_deploy_with_is_there() -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
    named = set(re.findall(r"deploy/[\w./-]*\w", told))
    assert {"deploy/common-ground.service", "deploy/kubernetes", "deploy/requirements.txt"} <= named
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
