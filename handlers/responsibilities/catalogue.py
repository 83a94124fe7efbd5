"""The catalogue of duties: which there are, whose they are by default, and which of them a question is about."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import dropwhile, pairwise
from typing import Any, Literal

import yaml
from pydantic import ValidationError
from rapidfuzz import fuzz, process

from handlers.agreements.mentioned import Mentioned, mentioned
from handlers.checks import plain_yaml
from handlers.framework.small_words import is_function, is_of_talk, is_of_words
from handlers.responsibilities.rules.saying import spoken_of
from storage.engine.interface import Reader, Record
from storage.glossary import thesaurus
from storage.glossary.forms import stem
from storage.responsibilities.questions import own_catalogue
from storage.responsibilities.responsibilities import KINDS, Component, Kind
from storage.workspaces import preferences
from storage.workspaces.workspaces import workspace

Side = Literal["product", "model", "data", "operations", "lead"]
#: A duty that was accepted is asked about again after so long, where the catalogue does not say otherwise.
CONFIRM_AFTER_DAYS = 90
_LIKE = 80
#: Words that say what kind of thing a component is, and not which.
_GENERIC = frozenset((*KINDS, "data", "system", "team", "pipelines", "models", "services", "datasets", "products"))
#: Words of a question that name nothing.
_FILLING_WORDS = (
    "who do i we ask about for the a an of is has owns responsible in on to with our my and does can should tests "
    "whole duty owner person people contact charge right these days nowadays currently job "
    "around round belong belongs tell told ask nag bug talk poke"
)
_FILLING = frozenset(_FILLING_WORDS.split())
#: "how quick must it answer" says no deed.
_NO_DEED = re.compile(r"\W*(?:how|what|which|when|where|why)\b", re.IGNORECASE)
_JOINING = frozenset(("of", "the", "and", "to", "from", "for", "into"))
_WORDS = re.compile(r"[^\W_]+")
#: So many words of a long text are looked at for slips of the hand.
_COMPARED = 60
#: Shorter words are not taken for misspelt names.
_SHORTEST = 4
#: Of more duties that are as likely, none is meant.
_FEW = 3


class DutyKind(Record):
    """A duty of the catalogue: why it matters when nobody has it, whose it is by default, and to what it applies."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    why: str
    side: Side
    with_: Side | None = None
    helper: Side | None = None
    kinds: tuple[Kind, ...]
    confirm_after_days: int = CONFIRM_AFTER_DAYS

    @property
    def short(self) -> str:
        """Return the name that stands in a list of several duties."""
        return self.id.replace("-", " ")

    @property
    def without_owner(self) -> str:
        """Return what happens without an owner, as a sentence."""
        is_name = self.why[1:2].isupper()
        return f"Without one, {self.why if is_name else self.why[:1].lower() + self.why[1:]}"


class CatalogueError(Exception):
    """A catalogue cannot be used; the message says where and why."""


def read_catalogue(text: str) -> tuple[DutyKind, ...]:
    """Read a catalogue of duties. Raises CatalogueError with the line and what is wrong in it."""
    try:
        told: Any = plain_yaml.read(text)
        tree = yaml.compose(text, plain_yaml.LOADER)
    except yaml.YAMLError as error:
        raise CatalogueError(f"the catalogue isn't YAML: {' '.join(str(error).split())}") from None
    if not isinstance(told, list) or not told or tree is None:
        raise CatalogueError("the catalogue should be a list of duties")
    lines = [node.start_mark.line + 1 for node in tree.value]
    found: dict[str, DutyKind] = {}
    for line, each in zip(lines, told, strict=True):
        if not isinstance(each, dict):
            raise CatalogueError(f"line {line}: an entry should have fields such as id, name, why, side and kinds")
        try:
            kind = DutyKind.model_validate({"with_" if name == "with" else name: value for name, value in each.items()})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]).replace("with_", "with")
            raise CatalogueError(f"line {line} ({each.get('id', '?')}): {where}: {first['msg']}") from None
        if kind.id in found:
            raise CatalogueError(f"line {line}: the id {kind.id} is there twice")
        found[kind.id] = kind
    return tuple(found.values())


def standard_text() -> str:
    return files("handlers.responsibilities").joinpath("catalogue.yaml").read_text(encoding="utf-8")


@cache
def standard_catalogue() -> tuple[DutyKind, ...]:
    return read_catalogue(standard_text())


def catalogue_of(reader: Reader, team_id: str) -> dict[str, DutyKind]:
    """Return the duties that a workspace knows, by id: its own catalogue, else the one that comes with the bot.

    Where the workspace has chosen after how many days duties are to be confirmed again, that goes for all of them.
    """
    body, place = own_catalogue(reader, team_id), workspace(reader, team_id)
    revision = place.preferences_revision if place is not None else 0
    chosen = preferences.chosen(reader, team_id, revision, preferences.CONFIRM_AFTER).get(team_id, "")
    return reader.remember((team_id, "catalogue"), (body, chosen), lambda: _chosen(body, chosen))


def _chosen(body: str, days: str) -> dict[str, DutyKind]:
    kinds = read_catalogue(body) if body else standard_catalogue()
    update = {"confirm_after_days": int(days)} if days else {}
    return {each.id: each.model_copy(update=update) for each in kinds}


#: What stands in the place of the name of a component that was found.
_IT = "it"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about: a component, a duty, both, or neither; ``rest`` are words that name nothing known.

    The duty is only ``guessed`` where the question doesn't have its name. ``others`` are as likely as it.
    """

    component: Component | None
    duty: DutyKind | None
    rest: str = ""
    is_guessed: bool = False
    others: tuple[DutyKind, ...] = ()

    def is_about(self, kind: DutyKind) -> bool:
        """Tell whether a duty is asked for, or may be."""
        return kind in (self.duty, *self.others)


def asked_about(
    text: str, components: Sequence[Component], catalogue: Sequence[DutyKind], channel_id: str = ""
) -> Topic:
    """Find the component and the duty that a question names, with slips of the hand, synonyms and other forms of words.

    Where it names no component and nothing else that isn't known, it is about that of the channel.
    """
    named_whole = mentioned(text, components)
    if named_whole is not None:
        meant = _meant(named_whole, catalogue)
        return Topic(named_whole.component, meant[0] if meant else None, others=tuple(meant[1:]))
    plain = " ".join(text.casefold().replace("-", " ").replace("’s ", " ").replace("'s ", " ").split())
    by_name = {each.name.casefold(): each for each in components}
    component = _nearest(plain, by_name)
    rest = plain.replace(component.name.casefold(), " ") if component else plain
    named = component.name.casefold().split() if component else []
    duty, is_guessed = _duty_in(" ".join(each for each in rest.split() if each not in named), component, catalogue)
    known = set(_stems(" ".join((duty.name, *duty.synonyms)))) if duty else set()
    said = {*_FILLING, *_GENERIC, *named}
    words = (each for each in rest.split() if each.strip("?.,") not in said and not _is_said(each))
    left = [each for each in words if not known & set(_stems(each))]
    if component is None and duty is not None and not left:
        here = [each for each in components if channel_id and each.channel == channel_id]
        component = next((each for each in here if each.kind in duty.kinds), None)
    return Topic(component, duty, " ".join(left), is_guessed)


def _meant(named: Mentioned, catalogue: Sequence[DutyKind]) -> list[DutyKind]:
    """Return the duties that a question speaks of which names its component; none where they are too many to mean.

    Beside a component a name alone is enough of it, as "ownership" is of "data ownership".
    """
    fit = [each for each in catalogue if named.component.kind in each.kinds]
    spoken = spoken_of(named.rest, {each.id: (each.name, *each.synonyms) for each in fit})
    if spoken:
        return [each for each in fit if each.id in spoken] if len(spoken) <= _FEW else []
    beside = [each for each in named.rest.split() if each != _IT]
    duty, is_guessed = _duty_in(" ".join(beside).casefold(), named.component, catalogue)
    return [duty] if duty and not is_guessed and not any(map(is_function, beside)) else []


def _is_said(word: str) -> bool:
    """Tell whether a word only holds a question together, or is one of asking, and names nothing."""
    return any(each(word) for each in (is_function, is_of_words, is_of_talk))


def _duty_in(text: str, component: Component | None, catalogue: Sequence[DutyKind]) -> tuple[DutyKind | None, bool]:
    """Return the duty that a text names whole, else one whose name it misspells, else one of which it speaks.

    That one is only guessed.
    """
    fit = [kind for kind in catalogue if component is None or component.kind in kind.kinds]
    said = _said(text)
    names = [(_stems(name), name, kind) for kind in fit for name in (kind.name, *kind.synonyms)]
    # "monitoring" is rather "monitoring" than "data monitoring".
    found = [
        (len(words), frozenset(map(stem, _WORDS.findall(name.casefold()))) - _JOINING <= said, kind)
        for words, name, kind in names
        if words <= said
    ]
    # Without a component "quality" may be that of data, of labels or of code.
    whole = [each for each in found if each[1] or component is not None]
    if whole:
        return max(whole, key=lambda each: each[:2])[2], False
    by_word = {name.casefold(): kind for kind in fit for name in (kind.name, *kind.synonyms)}
    return _said_otherwise(text, fit) or _nearest(text, by_word) or _spoken_of(said, fit), True


def _said_otherwise(text: str, fit: Sequence[DutyKind]) -> DutyKind | None:
    """Return the only duty that the deed in a text is another word for, as "babysits" is for "watches"."""
    words = list(dropwhile(lambda each: each in _FILLING or is_function(each), _WORDS.findall(text.casefold())))
    if _NO_DEED.match(text):
        return None
    deeds = (" ".join(words[:size]) for size in (2, 1))
    others = [other for deed in deeds for other in (*thesaurus.same(deed), *thesaurus.near(deed))]
    found = [kind for kind in fit if _is_named_by(kind, others)]
    return found[0] if len(found) == 1 else None


def _is_named_by(kind: DutyKind, words: Iterable[str]) -> bool:
    names = {_stems(each) for each in (kind.short, *kind.synonyms)}
    return any(_stems(each) in names for each in words)


def _spoken_of(said: frozenset[str], fit: Sequence[DutyKind]) -> DutyKind | None:
    """Return the duty of which a text has more words of its own than of any other; None where that isn't clear."""
    words = {kind.id: _stems(" ".join((kind.name, *kind.synonyms, kind.why))) - _FILLING for kind in fit}
    often = Counter(word for each in words.values() for word in each)
    weight = {kind.id: sum(1 / often[word] for word in words[kind.id] & said if len(word) >= _SHORTEST) for kind in fit}
    best = sorted(fit, key=lambda kind: -weight[kind.id])[:2]
    is_clear = bool(best) and weight[best[0].id] >= 1 and all(weight[each.id] < weight[best[0].id] for each in best[1:])
    return best[0] if is_clear else None


@lru_cache(maxsize=2000)
def _stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a name or a sentence; those that say which kind of thing it is, only alone."""
    words = [each for each in _WORDS.findall(text.casefold()) if each not in _JOINING]
    return frozenset(stem(each) for each in words if each not in _GENERIC) or frozenset(map(stem, words))


def _said(text: str) -> frozenset[str]:
    """Return the stems of what somebody says, also of two words as one: "roll back" is a rollback."""
    words = _WORDS.findall(text.casefold())
    pairs = (stem(f"{stem(one)}{other}") for one, other in pairwise(words))
    return frozenset((*map(stem, words), *pairs))


def _nearest(text: str, named: Mapping[str, Any]) -> Any:
    """Return what a text names: the longest name that stands in it, else one that it misspells, else by one word."""
    exact = [name for name in named if f" {name} " in f" {text} "]
    if exact:
        return named[max(exact, key=len)]
    words = text.split()
    return _misspelt(words[:_COMPARED], named) or _by_one_word(words, named)


def _misspelt(words: Sequence[str], named: Mapping[str, Any]) -> Any:
    """Return what some words in a row resemble most."""
    longest = max((len(name.split()) for name in named), default=0)
    spans = [(begin, begin + size) for size in range(longest, 0, -1) for begin in range(len(words) - size + 1)]
    parts = dict.fromkeys(part for begin, end in spans if len(part := " ".join(words[begin:end])) >= _SHORTEST)
    found = [process.extractOne(part, list(named), scorer=fuzz.ratio, score_cutoff=_LIKE) for part in parts]
    best = max((each for each in found if each is not None), key=lambda each: each[1], default=None)
    return None if best is None else named[best[0]]


def _by_one_word(words: Sequence[str], named: Mapping[str, Any]) -> Any:
    """Return what alone has one of these words in its name."""
    having: dict[str, dict[str, Any]] = {}
    for name, thing in named.items():
        for word in name.split():
            having.setdefault(word, {})[thing.id] = thing
    meant = (having.get(each, {}) for each in words if len(each) >= _SHORTEST and each not in _GENERIC)
    return next((thing for things in meant if len(things) == 1 for thing in things.values()), None)
