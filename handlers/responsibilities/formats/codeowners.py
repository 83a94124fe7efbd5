"""The owners of code, as GitHub and GitLab keep them in a file CODEOWNERS, both ways.

Syntax: https://docs.github.com/articles/about-code-owners and
https://docs.gitlab.com/user/project/codeowners/reference/.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.responsibilities.rules.importing import IN_GENERAL, Row
from handlers.responsibilities.rules.people import Owner, meant
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.links import Joint
from storage.responsibilities.responsibilities import new_key

_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>(?:\s.*)?)$")
_TOKEN = re.compile(r"(?:\\.|[^\s\\])+")
_OWNER = re.compile(r"@[\w.-]+(?:/[\w./-]+)?|[\w.+-]+@[\w.-]+")
#: What stands behind the last folder of a path when all of it is meant, from its end.
_ALL_OF_IT = re.compile(r"(?:\*{0,2}/)*+")


@dataclass(slots=True)
class _Line:
    """One line of the file: what it names, of which section, and whom; ``notes`` are about what is no owner."""

    number: int
    path: str
    section: str
    owners: Sequence[str]
    component: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        path = self.path.removeprefix("!")[::-1]
        behind = _ALL_OF_IT.match(path)
        return path[behind.end() if behind else 0 :][::-1].strip("/")

    @property
    def is_excluded(self) -> bool:
        return self.path.startswith("!")

    @property
    def place(self) -> tuple[str, str]:
        return (self.section, self.folder)

    @property
    def meaning(self) -> tuple[str, str]:
        return (self.section, new_key(self.component))


def read(text: str, mapping: Mapping[str, str]) -> list[Row]:
    """Read who owns the code of which component: a path is that whose name its last folder bears, or is mapped to.

    Of lines for the same path the last one counts, in each section by itself.
    """
    lines = [_named(each, mapping) for each in _lines(text)]
    last = {each.place: each for each in lines}
    folders: dict[tuple[str, str], dict[str, int]] = {}
    for each in lines:
        folders.setdefault(each.meaning, {}).setdefault(each.folder, each.number)
    by_folder = {each.folder: each.component for each in lines if each.component and not each.is_excluded}
    rows = []
    for each in lines:
        others = [number for folder, number in folders[each.meaning].items() if folder != each.folder]
        why = _why_not(each, last[each.place], [] if each.path in mapping else others)
        cells = {"component": each.component, "path": each.path, "duty": mapping.get("duty", "")}
        owners, joined = [Owner(name) for name in each.owners], _within(each, by_folder)
        rows.append(Row(f"line {each.number}", cells, why, owners, notes=each.notes, joined=joined))
    return rows


def _within(line: _Line, by_folder: Mapping[str, str]) -> list[tuple[str, Joint, str]]:
    """Return of which component a line's is a part: of that in whose folder it lies, the nearest one."""
    above = [line.folder]
    while "/" in above[-1]:
        above.append(above[-1].rpartition("/")[0])
    whole = next((by_folder[each] for each in above[1:] if each in by_folder), "")
    is_part = whole and by_folder.get(line.folder) == line.component and new_key(whole) != new_key(line.component)
    return [(line.component, "part of", whole)] if is_part else []


def _lines(text: str) -> Iterator[_Line]:
    section, standard = "", list[str]()
    for number, told in enumerate(text.splitlines(), start=1):
        line = told.strip()
        heading = _SECTION.match(line)
        if heading is not None:
            section, standard = heading["name"].strip().casefold(), _TOKEN.findall(heading["owners"])
        elif line and not line.startswith("#"):
            path, *owners = _TOKEN.findall(line) or [line]
            end = next((place for place, each in enumerate(owners) if each.startswith("#")), len(owners))
            yield _Line(number, re.sub(r"\\(.)", r"\1", path), section, owners[:end] or standard)


def _named(line: _Line, mapping: Mapping[str, str]) -> _Line:
    """Return a line with the component that it names, and with its owners only."""
    last = line.folder.rpartition("/")[2].replace("_", " ")
    line.component = mapping.get(line.path, "" if set("*?[") & set(line.folder) else last)
    owners = []
    for each in line.owners:
        if each.startswith("@@"):
            line.notes.append(f"owner: {each} is a role, and nobody in person")
        elif not _OWNER.fullmatch(each):
            line.notes.append(f"owner: {each} is no @name and no e-mail address")
        else:
            owners.append(meant(each, mapping))
    line.owners = owners
    return line


def _why_not(line: _Line, last: _Line, others: Sequence[int]) -> str:
    """Say why a line isn't taken; ``others`` are lines for another path that may mean the same. Empty where it is."""
    if line.is_excluded:
        return f"{line.path}: leaves out a path, and nobody is asked for it"
    if last is not line:
        what = "leaves it out" if last.is_excluded else "says it again, and the last line counts"
        return f"{line.path}: line {last.number} {what}"
    if not line.component:
        return f"{line.path}: which component? Say so with --map '{line.path}=NAME'"
    if others:
        return f"{line.path}: line {others[0]} may mean {line.component}, too; say which with --map '{line.path}=NAME'"
    return "" if line.owners or line.notes else f"{line.path}: has no owner"


def written(listed: Sequence[ComponentDuty], names: Mapping[str, str]) -> str:
    """Return a line a component: its folder by its name, and who has its code; a comment where nobody can be named."""
    return "".join(_written(each, names) for each in listed if each.kind.id == IN_GENERAL[each.component.kind])


def _written(about: ComponentDuty, names: Mapping[str, str]) -> str:
    path = re.sub(r"[\s!#\[\]*?\\/]+", "-", about.component.name).strip("-") or "component"
    owner = about.present.owner if about.present.state == "accepted" else ""
    name = " ".join(names.get(owner, owner).split())
    if _OWNER.fullmatch(name):
        return f"{path}/ {name}\n"
    why = f"is {name}'s; say who that is with --map '{name}=@NAME'" if owner else "has no owner"
    return f"# {path}/ {why}\n"
