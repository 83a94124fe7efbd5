"""Steps of the names under which words are found. A step that has shipped is never edited."""

import re
import unicodedata

from sqlite_utils import Database

_BRACKETED = re.compile(r"\s*(?P<one>[^()]+?)\s*\((?P<other>[^()]+)\)\s*")
#: Words up to this length may have no letter in an abbreviation, as in proof of concept.
_SMALL = 3
_COLUMNS = "team_id, sense_id, visibility, batch, is_hidden"


def held_names(database: Database) -> None:
    """Have a word such as "KYC (Know Your Customer)" found by each of the two names that it holds."""
    rows = database.execute(f"SELECT name, {_COLUMNS} FROM sense_names WHERE name LIKE '%(%)%'").fetchall()
    held = [(_key(name), name, *rest) for named, *rest in rows for name in _held(named)]
    for row in held:
        database.execute(
            f"INSERT OR IGNORE INTO sense_names (look_up_key, name, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )


def _held(name: str) -> tuple[str, ...]:
    found = _BRACKETED.fullmatch(name)
    if found is None:
        return ()
    short, long = sorted(found.groups(), key=len)
    words = re.findall(r"[^\s-]+", long)
    initials = {"".join(each[0] for each in words if len(each) > small).casefold() for small in (0, _SMALL)}
    return found.groups() if short.removesuffix("s").casefold() in initials else ()


def _key(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(character for character in plain if character.isalnum() or character in "+#")
