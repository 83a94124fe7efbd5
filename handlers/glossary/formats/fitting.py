"""How what others keep of a term fits into a meaning: in two parts, within its lengths, and what is left over."""

import re
from collections.abc import Iterable, Mapping

from handlers.glossary.formats.plain_text import plain
from handlers.glossary.formats.rows import Entry
from storage.glossary.glossary import GLOSS_LENGTH, PROSE_LENGTH, RELATION_KINDS, WORD_LENGTH

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_DISCIPLINE_LENGTH, _SHORT_LENGTH = 40, 300
_LINK = ("http://", "https://")


def in_two(text: str) -> tuple[str, str]:
    """Return a gloss and a definition from plain text: its first line, or its first sentence and all of it."""
    first, _, rest = text.strip().partition("\n")
    if len(first) <= GLOSS_LENGTH:
        return first.strip(), rest.strip()
    sentence = _SENTENCE.split(first, maxsplit=1)[0].rstrip(".")
    if len(sentence) > GLOSS_LENGTH:
        sentence = sentence[: GLOSS_LENGTH - 1].rpartition(" ")[0] or sentence[: GLOSS_LENGTH - 1]
        sentence += "…"
    return sentence, text.strip()


def described(description: object) -> tuple[dict[str, object], list[str]]:
    """Return the gloss and the definition that a description in Markdown or HTML gives, and what is lost of it."""
    read = plain(str(description or ""))
    gloss, definition = in_two(read.text)
    return {"gloss": gloss, "definition": definition}, [*read.lost]


def fitted(place: str, told: Mapping[str, object], lost: Iterable[str]) -> Entry:
    """Return the fields of a meaning within their lengths, and all that is lost of what was told."""
    kept, gone = dict(told), [*lost]
    names = kept.get("aliases")
    if isinstance(names, (list, tuple)):
        kept["aliases"] = [name for name in names if len(str(name).strip()) <= WORD_LENGTH]
        gone += [f"the name {_short(name)}" for name in names if len(str(name).strip()) > WORD_LENGTH]
    for name in ("definition", "example"):
        if len(text := str(kept.get(name) or "")) > PROSE_LENGTH:
            kept[name] = text[: PROSE_LENGTH - 1].rpartition(" ")[0] + "…"
            gone.append(f"the end of its {name}, which has {len(text):,} characters of at most {PROSE_LENGTH:,}")
    if len(discipline := str(kept.get("discipline") or "")) > _DISCIPLINE_LENGTH:
        del kept["discipline"]
        gone.append(f"the group {_short(discipline)}")
    gone += _without_wrong_source(kept)
    return Entry(place, kept, tuple(gone))


def _without_wrong_source(kept: dict[str, object]) -> list[str]:
    title, link = str(kept.get("source_title") or ""), str(kept.get("source_link") or "")
    gone = []
    if link and (not link.startswith(_LINK) or len(link) > _SHORT_LENGTH):
        kept["source_link"] = ""
        gone.append(f"the link {_short(link)}")
    if len(title) > _SHORT_LENGTH:
        kept["source_title"] = title[: _SHORT_LENGTH - 1] + "…"
        gone.append("the end of its source")
    return gone


def told(name: str, value: object) -> list[str]:
    """Return in words that a field with this name cannot be kept; nothing where it is empty."""
    words = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "").strip()
    return [f"{name} {_short(words)}"] if words else []


def related(kind: str, words: Iterable[object]) -> list[dict[str, str]]:
    return [{"kind": kind, "word": word[:WORD_LENGTH]} for word in (str(each).strip() for each in words) if word]


def relations_in(text: str) -> list[dict[str, str]]:
    """Read relations from lines such as "not the same as: bias"."""
    lines = (line.partition(":") for line in text.split("\n"))
    return [found for kind, _, word in lines if kind in RELATION_KINDS for found in related(kind, [word])]


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 2 * _DISCIPLINE_LENGTH else text[: 2 * _DISCIPLINE_LENGTH - 1] + "…"
