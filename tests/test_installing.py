"""What is installed runs: the wheel has every file of the packages, and the command tells its version."""

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder
from typer.testing import CliRunner

from bot import __version__
from bot.__main__ import cli

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "storage")


def files_of_packages() -> set[str]:
    """Return every file that the packages need, whatever its kind."""
    every = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()]
    return {path.relative_to(ROOT).as_posix() for path in every if "__pycache__" not in path.parts}


def test_the_wheel_has_every_file_of_the_packages_the_manifest_and_a_command(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        (commands,) = [packed.read(name).decode() for name in names if name.endswith("/entry_points.txt")]
        (metadata,) = [packed.read(name).decode() for name in names if name.endswith("/METADATA")]
    assert {name for name in names if name.split("/")[0] in PACKAGES} == files_of_packages() | {"bot/manifest.yml"}
    assert "common-ground = bot.__main__:cli" in commands
    assert f"Version: {__version__}\n" in metadata
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert [
        line for line in needed if any(tool in line for tool in ("mypy", "playwright", "pytest", "ruff", "mkdocs"))
    ] == []
    assert len(needed) > 15


def test_the_command_tells_its_version() -> None:
    told = CliRunner().invoke(cli, ["--version"])
    assert (told.exit_code, told.output) == (0, f"common-ground {__version__}\n")
