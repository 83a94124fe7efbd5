"""What it means that two components are joined, in the words that people use for it, and who may say so. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from handlers.agreements.components import named
from handlers.agreements.links import End, Joining
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.slack.interactions import Fields, Wrong
from storage.responsibilities.links import JOINTS, Joint, Link
from storage.responsibilities.responsibilities import Component, new_key

SOURCE, JOINT, TARGET, VERSIONS = "source", "joint", "target", "versions"
_MISSING = "Please fill this in."
_ITSELF = "A component can't be linked to itself."
_APART = "These belong to two private channels, so nobody could see the link. Link them in one channel."
_NO_RANGE = "Write a range such as >=2,<3 or ==2.*, or leave this empty."
#: How a sentence says it, with the source before it and the target after it.
SAYS: Mapping[Joint, str] = {
    "feeds": "feeds",
    "serves": "serves",
    "part of": "is a part of",
    "deployed by": "is deployed by",
}
SAYS_NOT: Mapping[Joint, str] = {
    "feeds": "doesn't feed",
    "serves": "doesn't serve",
    "part of": "isn't a part of",
    "deployed by": "isn't deployed by",
}
_BETWEEN = re.compile(
    r"\s(?:(?P<feeds>feeds?)|(?P<serves>serves?)|(?:is |are )?(?:an? )?(?P<part_of>parts? of)|"
    r"(?:is |are )?(?P<deployed_by>deployed by))\s",
    re.IGNORECASE,
)
_WITH_VERSIONS = re.compile(r"(?P<name>.+?),?\s+(?:in\s+|from\s+)?versions?\s+(?P<versions>\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with both its ends, and who is gone of those who had to do with it."""

    link: Link
    source: Component
    target: Component
    gone: frozenset[str] = frozenset()

    @property
    def joining(self) -> Joining:
        return Joining(self.source, self.link.kind, self.target, self.link.versions, self.link.origin)

    @property
    def told(self) -> str:
        versions = f" (versions {self.link.versions})" if self.link.versions else ""
        return f"{self.source.name} {SAYS[self.link.kind]} {self.target.name}{versions}"


def said(text: str, known: Sequence[Component]) -> Joining | None:
    """Return what a sentence such as "A feeds B, versions >=2" says of two known components; None where it doesn't."""
    for found in _BETWEEN.finditer(f" {' '.join(text.split())} "):
        before, after = found.string[: found.start()].strip(), found.string[found.end() :].strip(" .!")
        match = _WITH_VERSIONS.fullmatch(after)
        versions = versions_in(match["versions"]) if match else ""
        joint = next(each for each in JOINTS if found[each.replace(" ", "_")])
        source, target = _meant(before, known), _meant(match["name"] if match else after, known)
        if source is not None and target is not None and versions is not None:
            return Joining(source, joint, target, versions)
    return None


def _meant(text: str, known: Sequence[Component]) -> Component | None:
    """Return the component that a part of a sentence names; None where it has other words, or several are meant."""
    exact = [each for each in known if each.look_up_key == new_key(text)]
    found = exact or named(text, known)
    return found[0] if len(found) == 1 else None


def versions_in(text: str) -> str | None:
    """Return a range of versions as it is written down; None where it isn't one."""
    try:
        return ",".join(sorted(map(str, SpecifierSet(text)), reverse=True))
    except InvalidSpecifier:
        return None


def entered(fields: Fields, known: Sequence[Component]) -> Joining | Wrong:
    """Read the form for a link; what it names is among ``known``."""
    by_id = {each.id: each for each in known}
    source, target = by_id.get(fields.text(SOURCE)), by_id.get(fields.text(TARGET))
    joint = next((each for each in JOINTS if each == fields.text(JOINT)), None)
    versions = versions_in(fields.text(VERSIONS))
    if source is None or target is None or joint is None:
        told = {SOURCE: source, JOINT: joint, TARGET: target}
        return Wrong({name: _MISSING for name, value in told.items() if value is None})
    return Wrong({VERSIONS: _NO_RANGE}) if versions is None else Joining(source, joint, target, versions)


def why_not(joining: Joining, home: str | None) -> Refused | None:
    """Say why two components can't be linked; ``home`` is who would see the link, None where nobody would."""
    if joining.source.id == joining.target.id:
        return Refused(_ITSELF, TARGET)
    return Refused(_APART, TARGET) if home is None else None


def sides_of(speaking: Mapping[End, frozenset[str]], person: str) -> list[End]:
    """Return the ends for which somebody speaks."""
    return [end for end, people in speaking.items() if person in people]


def waits_for(link: Link) -> list[End]:
    """Return the ends for which nobody has confirmed a link yet."""
    said_by: dict[End, str] = {"source": link.source_by, "target": link.target_by}
    return [end for end, person in said_by.items() if not person]


def not_theirs(about: Linked) -> NotAllowed:
    told = f"Only the people of {about.source.name} and {about.target.name}, and admins, can say whether that's so."
    return NotAllowed(told, kind="link", id=about.link.id, visibility=about.link.visibility)
