"""The register as files: our own, which can be read again, and those in which others keep who owns what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.responsibilities.formats import backstage, codeowners, register
from handlers.responsibilities.rules.importing import Row
from handlers.responsibilities.rules.people import meant
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.links import Link

FORMATS = ("csv", "json", "markdown", "codeowners", "backstage")
#: What our own export says that nobody can be asked to take on.
_RESTORED = "only owner restore brings it back"
READ = ("csv", "json", "codeowners", "backstage")


def write(
    listed: Sequence[ComponentDuty], names: Mapping[str, str], form: str, today: str, links: Sequence[Link] = ()
) -> str:
    """Return the register as it is ``today``, an ISO date, as a file, with the names of people where they are known.

    For CODEOWNERS, ``names`` are their names there.
    """
    match form:
        case "markdown":
            return register.as_markdown(listed, names)
        case "json":
            return register.as_json(listed, names, links)
        case "codeowners":
            return codeowners.written(listed, names)
        case "backstage":
            return backstage.written(listed, names, today, links)
        case _:
            return register.as_csv(listed, names, links)


def read(text: str, form: str, mapping: Mapping[str, str]) -> list[Row]:
    """Read what somebody wrote; ``mapping`` says what names of the file stand for. Raises FormatError."""
    match form:
        case "codeowners":
            return codeowners.read(text, mapping)
        case "backstage":
            return backstage.read(text, mapping)
        case _:
            rows = [_mapped(each, mapping) for each in register.read(text, form)]
            said = [name for name in register.RESTORED if any(row.cells.get(name) for row in rows)]
            return [*rows, *(Row(f"column {name}", {}, owners=(), notes=[_RESTORED]) for name in said)]


def _mapped(row: Row, mapping: Mapping[str, str]) -> Row:
    return replace(row, cells={name: meant(told.strip(), mapping) for name, told in row.cells.items()})
