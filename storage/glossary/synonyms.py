"""The other names of the words that stand in a text, by which the same is said elsewhere (for searches)."""

import re
from collections.abc import Iterator, Sequence

from storage.engine.interface import Reader, in_list
from storage.glossary.forms import exact
from storage.glossary.glossary import SHOWN, Sense, sense_of

#: A name of more words than this is none that people use in the middle of a sentence.
_LONGEST = 3
#: So many places of a text are looked at: a title, and the reason's first lines.
_MOST = 300
_TOKEN = re.compile(r"[\w+#]+(?:-[\w+#]+)*")


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters, one with a hyphen as one."""
    return _TOKEN.findall(text.casefold())


def phrases(words: Sequence[str]) -> Iterator[str]:
    """Yield every one to three words that stand together, with a space between them."""
    for size in range(1, _LONGEST + 1):
        yield from (" ".join(words[place : place + size]) for place in range(len(words) - size + 1))


def other_names(reader: Reader, team_id: str, text: str, visibilities: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what else the glossary calls the words of a text: by one to three words of it, their other names.

    They are the names of a meaning, and what is said instead of it or has replaced it, as far as that may be seen.
    """
    keys: dict[str, list[str]] = {}
    for phrase in list(dict.fromkeys(phrases(tokens(text))))[:_MOST]:
        for key in filter(None, exact(phrase)):
            keys.setdefault(key, []).append(phrase)
    named: dict[str, dict[str, None]] = {}
    for key, sense in _senses_named(reader, team_id, list(keys), visibilities):
        for phrase in keys[key]:
            named.setdefault(phrase, {}).update(dict.fromkeys(_names(sense)))
    others = {phrase: [name for name in names if name != phrase] for phrase, names in named.items()}
    return {phrase: tuple(names) for phrase, names in others.items() if names}


def _names(sense: Sense) -> list[str]:
    names = (sense.word, *sense.aliases, sense.say_instead, sense.replaced_by)
    return [" ".join(tokens(each)) for each in names if each]


def _senses_named(
    reader: Reader, team_id: str, keys: Sequence[str], visibilities: Sequence[str]
) -> list[tuple[str, Sense]]:
    """Return the meanings that have these look-up keys, each with the key that led to it."""
    visible, values = in_list("senses.visibility", visibilities)
    named, more = in_list("sense_names.look_up_key", keys)
    rows = reader.all(
        f"""
        SELECT sense_names.look_up_key AS led_here, senses.* FROM sense_names CROSS JOIN senses
        WHERE sense_names.team_id = :team_id AND {named} AND senses.id = sense_names.sense_id AND {visible}
        AND senses.{SHOWN} ORDER BY senses.id, led_here
        """,
        **{"team_id": team_id, **values, **more},
    )
    return [(str(row.pop("led_here")), sense_of(row)) for row in rows]
