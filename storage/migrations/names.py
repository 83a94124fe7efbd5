"""Steps of the names under which words are found. A step that has shipped is never edited."""

import re
import unicodedata

from sqlite_utils import Database

_BRACKETED = re.compile(r"\s*(?P<one>[^()]+?)\s*\((?P<other>[^()]+)\)\s*")
#: Words up to this length may have no letter in an abbreviation, as in proof of concept.
_SMALL = 3
_COLUMNS = "team_id, sense_id, visibility, batch, is_hidden"
#: Finds words by what is said instead of them, as any engine reads it: what has other signs than letters, numbers,
#: blanks and hyphens is found so from its next change on.
SAID_INSTEAD = tuple(
    f"""
    INSERT INTO sense_names (look_up_key, name, team_id, sense_id, visibility, batch, is_hidden)
    SELECT lower(replace(replace({column}, ' ', ''), '-', '')), {column}, team_id, id, visibility, '', 1 FROM senses
    WHERE {column} <> '' {" ".join(f"AND {column} NOT LIKE '%{sign}%'" for sign in "./(),:;&")}
    ON CONFLICT DO NOTHING
    """
    for column in ("say_instead", "replaced_by")
)


def held_names(database: Database) -> None:
    """Have a word such as "KYC (Know Your Customer)" found by each of the two names that it holds."""
    rows = database.execute(f"SELECT name, {_COLUMNS} FROM sense_names WHERE name LIKE '%(%)%'").fetchall()
    held = [(_key(name), name, *rest) for named, *rest in rows for name in _held(named)]
    for row in held:
        database.execute(
            f"INSERT OR IGNORE INTO sense_names (look_up_key, name, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )


def said_instead(database: Database) -> None:
    """Have a word found by what is said instead of it, too."""
    for statement in SAID_INSTEAD:
        database.execute(statement)


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
