"""Finding words: near names, names in a text, and full-text search over what meanings say."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from storage.engine.interface import WORKSPACE, Reader, Record, in_list
from storage.glossary.glossary import SHOWN, Sense, look_up_key, sense_of

#: Up to this length one letter at an end is enough to share; names two letters longer can still be near.
_SHORT_KEY = 5
_SPREAD = 2
#: Ranking every match of frequent words takes long; the first so many are ranked.
_RANKED = 1000
_TOKEN = re.compile(r"[\w+#]+")


class Words(Record):
    """Every name in a workspace that all may see, filed under the ends of its look-up key: key to name as written.

    A slip of the hand seldom spoils both ends of a word, so only names that share one are compared with it.
    """

    by_end: dict[str, dict[str, str]]

    def sharing_an_end(self, key: str) -> list[dict[str, str]]:
        """Return the files in which names near this key stand."""
        size = 1 if len(key) <= _SHORT_KEY else 2
        return [self.by_end[end] for end in _ends(key, size) if end in self.by_end]


class Names:
    """Names for finding them in a text: look-up key to name, and how many words begin alike.

    ``others`` are names that are looked for too: the workspace's, made once for everybody, beside a few channels' own.
    """

    def __init__(self, names: dict[str, str], others: "Names | None" = None) -> None:
        self.by_key = names
        self.longest: dict[str, int] = {}
        self._others = others
        for name in names.values():
            tokens = _TOKEN.findall(name)
            if tokens:
                first = look_up_key(tokens[0])
                self.longest[first] = max(self.longest.get(first, 0), len(tokens))

    def __iter__(self) -> Iterator[str]:
        yield from self.by_key.values()
        yield from self._others or ()

    def named(self, key: str) -> str:
        """Return the name under a look-up key; empty where none has it."""
        return self.by_key.get(key, "") or (self._others.named(key) if self._others else "")

    def found_in(self, text: str) -> list[str]:
        """Return the names that stand in a text, longest match first at each place, each once, as they are written."""
        tokens = [look_up_key(each) for each in _TOKEN.findall(text)]
        found: dict[str, None] = {}
        place = 0
        while place < len(tokens):
            taken, name = self._at(tokens, place)
            if name:
                found[name] = None
            place += taken
        return list(found)

    def _at(self, tokens: list[str], place: int) -> tuple[int, str]:
        """Return how many words a name at this place takes, and the name; one word and nothing where there is none."""
        taken, name = self.own_at(tokens, place)
        if self._others is None:
            return taken, name
        more, other = self._others.own_at(tokens, place)
        return (more, other) if other and (not name or more > taken) else (taken, name)

    def own_at(self, tokens: list[str], place: int) -> tuple[int, str]:
        """Return the same of these names alone."""
        first = tokens[place]
        longest = self.longest.get(first, 0) or max(self.longest.get(form, 0) for form in forms(first))
        for size in range(min(longest, len(tokens) - place), 0, -1):
            key = "".join(tokens[place : place + size]) if size > 1 else first
            for form in (key,) if key in self.by_key else forms(key):
                if form in self.by_key:
                    return size, self.by_key[form]
        return 1, ""


_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ices", "ex"),
    ("ices", "ix"),
    ("eses", "esis"),
    ("ria", "rion"),
    ("es", ""),
    ("s", ""),
)
_BRITISH_OR_AMERICAN = re.compile(r"([iy])([sz])(?=(?:ation|e|ed|er|ing)$)")


@lru_cache(maxsize=10_000)
def forms(key: str) -> tuple[str, ...]:
    """Return the keys under which a word may stand: as written, its singular, its other spelling; no key twice."""
    return tuple(dict.fromkeys(_forms(key)))


def _forms(key: str) -> Iterator[str]:
    yield key
    for singular in (key, *_singulars(key)):
        yield singular
        if "is" in singular or "iz" in singular or "ys" in singular or "yz" in singular:
            yield _BRITISH_OR_AMERICAN.sub(lambda match: match[1] + ("z" if match[2] == "s" else "s"), singular)


def _singulars(key: str) -> Iterator[str]:
    if not key.endswith(("s", "a")):
        return
    for plural, singular in _ENDINGS:
        if key.endswith(plural) and len(key) > len(plural) + 1 and (plural != "s" or not key.endswith("ss")):
            yield key.removesuffix(plural) + singular


def words_for_all(reader: Reader, team_id: str) -> Words:
    """Return the names that the whole workspace may see; made anew when the glossary has changed (for searches)."""
    return reader.remember(("words", team_id), _revision(reader, team_id), lambda: _words(reader, team_id))


def names_for(reader: Reader, team_id: str, visibilities: Sequence[str]) -> Names:
    """Return the names that may be seen, for finding them in texts (for searches)."""
    private = [each for each in visibilities if each != WORKSPACE]
    if WORKSPACE not in visibilities:
        return Names(names_in(reader, team_id, private))
    everyones = reader.remember(
        ("names", team_id), _revision(reader, team_id), lambda: Names(names_in(reader, team_id, [WORKSPACE]))
    )
    return Names(names_in(reader, team_id, private), everyones) if private else everyones


def names_in(reader: Reader, team_id: str, visibilities: Sequence[str]) -> dict[str, str]:
    """Return key to name for the words of some visibilities; hidden misspellings are left out."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT look_up_key, name FROM sense_names WHERE team_id = :team_id AND is_hidden = 0 AND {visible} AND {SHOWN}
        """,
        **{"team_id": team_id, **values},
    )
    return {row["look_up_key"]: row["name"] for row in rows}


def senses_about(
    reader: Reader, team_id: str, words: Sequence[str], visibilities: Sequence[str], limit: int
) -> list[Sense]:
    """Return the meanings whose word, gloss or definition has these words, the best first (for searches)."""
    visible, values = in_list("visibility", visibilities)
    matching, more = reader.matching("senses", words, _RANKED, f"team_id = :team_id AND {visible} AND {SHOWN}")
    rows = reader.all(
        f"SELECT senses.* {matching} LIMIT :limit",
        **more,
        **values,
        team_id=team_id,
        limit=limit,
    )
    return [sense_of(row) for row in rows]


def _revision(reader: Reader, team_id: str) -> object:
    row = reader.one("SELECT glossary_revision FROM workspaces WHERE team_id = :team_id", team_id=team_id)
    return row and row["glossary_revision"]


def _ends(key: str, size: int) -> tuple[str, str]:
    return f"^{key[:size]}", f"{key[-size:]}$"


def _words(reader: Reader, team_id: str) -> Words:
    by_end: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, name in names_in(reader, team_id, [WORKSPACE]).items():
        sizes = (1, 2) if len(key) <= _SHORT_KEY + _SPREAD else (2,)
        for end in (each for size in sizes for each in _ends(key, size)):
            by_end[end][key] = name
    return Words.model_construct(by_end=dict(by_end))
