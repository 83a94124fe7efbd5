"""British and American spelling: which key is the other spelling of a key."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from storage.glossary.doubling import is_british

#: How British words are written in America: as a part of a word, and "ll" or "l" before an ending.
_PARTS = (
    ("our", "or", "behavi col fav flav harb hon hum lab neighb rum sav tum vap endeav arm parl rig vig demean"),
    ("ogue", "og", "anal catal dial prol epil monol"),
    ("tre", "ter", "cen the spec lus millime centime kilome"),
    ("bre", "ber", "fi cali som sa"),
    ("ence", "ense", "lic def off pret"),
)
_WHOLE = (
    "programme program; artefact artifact; grey gray; judgement judgment; acknowledgement acknowledgment; ageing "
    "aging; sceptic skeptic; fulfil fulfill; enrol enroll; instalment installment; skilful skillful; mould mold; "
    "plough plow; practise practice; encyclopaedia encyclopedia; anaemia anemia; paediatric pediatric; archaeology "
    "archeology; manoeuvre maneuver; aluminium aluminum; focussed focused; focussing focusing; cosy cozy"
)
_IZED = re.compile(r"(?<=[a-z]{2}[iy])z(?=(?:ation(?:s|al)?|e|ed|es|er|ers|ing|able)$)")
_ISED = re.compile(r"(?<=[a-z]{2}[iy])s(?=(?:ation(?:s|al)?|e|ed|es|er|ers|ing|able)$)")
_TWO = re.compile(r"([a-z]{2,}[ae]l)l(?=(?:ed|ing|ings|er|ers|able)$)")
_ONE = re.compile(r"([a-z]{2,}[ae]l)(?=(?:ed|ing|ings|er|ers|able)$)")
#: What stands before an "ise" or "ize" that has one spelling only: raise, supervise, promise, prize.
_ONE_SPELLING = re.compile(
    r"(?:[aeou]i|vi|gui|wi|chi|(?:exer|pre|con|ex|cir)ci|(?:pro|pre|de|sur)mi|(?:^|enter|sur|com|ap)pri|"
    r"^(?:a|sun)?ri|(?:para|merchan)di|(?:exper|adver)ti|(?:^|re|cap|down|over|up|under|as)si)$"
)

#: What may follow such a part or word.
_ENDINGS = ("", "s", "d", "ed", "ing", "al", "able", "er", "ers")


def _pairs() -> Iterator[tuple[str, str]]:
    for here, there, starts in _PARTS:
        yield from ((start + here, start + there) for start in starts.split())


def _part(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?=(?:{'|'.join(_ENDINGS)})$)")


_WHOLES = [pair.split() for pair in _WHOLE.split(";")]
_TO_AMERICAN = dict(_pairs())
_TO_BRITISH = {there: here for here, there in _TO_AMERICAN.items()}
_AMERICAN_OF = {here + end: there + end for here, there in _WHOLES for end in _ENDINGS}
_BRITISH_OF = {there: here for here, there in _AMERICAN_OF.items()}
_BRITISH_PART, _AMERICAN_PART = _part(_TO_AMERICAN), _part(_TO_BRITISH)
#: Most words have nothing of the kind at their end, where alone it is looked for.
_BRITISH_SIGN, _AMERICAN_SIGN = (
    re.compile(rf"(?:{'|'.join(each[place] for each in _PARTS)})(?:{'|'.join(_ENDINGS)})$") for place in (0, 1)
)
#: What such a part takes in the past: catalogued and cataloged, centred and centered.
_E_ED, _D = re.compile(r"(ogue|tre|bre)ed$"), re.compile(r"(og|ter|ber)d$")
_L_SIGN = re.compile(r"[ae]ll?(?:ed|ings?|ers?|able)$")
_AT_THE_END = 8
#: What any word ends in that has two spellings, but for whole words.
_ANY_SIGN = re.compile(
    f"{_BRITISH_SIGN.pattern}|{_AMERICAN_SIGN.pattern}|{_L_SIGN.pattern}"
    r"|[iy][sz](?:ation(?:s|al)?|e|ed|es|er|ers|ing|able)$"
)
_AT_ANY_END = 9
#: All ways to end so. To look at the last letters first takes a quarter of the time, and most words have others.
_ENDS = [
    part + ending
    for parts, endings in (
        ([part for each in _PARTS for part in each[:2]], _ENDINGS),
        (("al", "all", "el", "ell"), ("ed", "ing", "ings", "er", "ers", "able")),
        (("is", "iz", "ys", "yz"), ("ation", "ations", "ational", "e", "ed", "es", "er", "ers", "ing", "able")),
    )
    for part in parts
    for ending in endings
]
_LAST_LETTERS = frozenset(each[-4:] for each in (*_ENDS, *_AMERICAN_OF, *_BRITISH_OF))


def british(key: str) -> str:
    """Return a key in its British spelling with s (normalisation, behaviour, labelled)."""
    key = _BRITISH_OF.get(key, key)
    if _AMERICAN_SIGN.search(key, len(key) - _AT_THE_END):
        key = _E_ED.sub(r"\1d", _AMERICAN_PART.sub(lambda match: _TO_BRITISH[match[0]], key))
    if "iz" in key or "yz" in key:
        key = _IZED.sub(partial(_unless_one, "s"), key)
    return _ONE.sub(_with_ll, key) if _L_SIGN.search(key, len(key) - _AT_THE_END) else key


def american(key: str) -> str:
    """Return a key in its American spelling (normalization, behavior, labeled)."""
    key = _AMERICAN_OF.get(key, key)
    if _BRITISH_SIGN.search(key, len(key) - _AT_THE_END):
        key = _D.sub(r"\1ed", _BRITISH_PART.sub(lambda match: _TO_AMERICAN[match[0]], key))
    if "is" in key or "ys" in key:
        key = _ISED.sub(partial(_unless_one, "z"), key)
    return _TWO.sub(_with_l, key) if "ll" in key and _L_SIGN.search(key, len(key) - _AT_THE_END) else key


def _unless_one(letter: str, match: re.Match[str]) -> str:
    return match[0] if _ONE_SPELLING.search(match.string[: match.start()]) else letter


def _with_ll(match: re.Match[str]) -> str:
    return f"{match[1]}l" if is_british(match[1]) else match[0]


def _with_l(match: re.Match[str]) -> str:
    return match[1] if is_british(match[1]) else match[0]


def may_be_spelt_otherwise(key: str) -> bool:
    """Tell whether it is worth looking: of most words the end tells that it isn't."""
    return key[-4:] in _LAST_LETTERS or key[-3:] in _LAST_LETTERS or key[-2:] in _LAST_LETTERS


def _is_spelt_otherwise(key: str) -> bool:
    if key in _AMERICAN_OF or key in _BRITISH_OF:
        return True
    return key.isascii() and key.isalpha() and _ANY_SIGN.search(key, len(key) - _AT_ANY_END) is not None


def spellings(key: str) -> tuple[str, ...]:
    """Return a key, and its other spellings where it has some; no key twice."""
    if not (may_be_spelt_otherwise(key) and _is_spelt_otherwise(key)):
        return (key,)
    here, there = british(key), american(key)
    return (key,) if key == here == there else tuple(dict.fromkeys((key, here, there)))
