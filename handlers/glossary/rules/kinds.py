"""A word with what tells which of its senses is meant, however that is put: "recall, the unsafe toaster kind"; pure."""

import re
from functools import lru_cache
from typing import NamedTuple

from handlers.framework import plain_text, pointing, sentences
from handlers.framework.small_words import is_of_records
from handlers.glossary.rules import cleaning
from handlers.glossary.rules.disciplines import names_any

_FLAGS = re.IGNORECASE
#: A text of fewer words tells nothing besides a name; in one of more letters other things are told, too.
_FEWEST, _LONGEST = 3, 200
_NAME = r"[\"“”'‘`]?(?P<name>[^\W_][\w'’/+-]*(?: [\w'’/+-]+){0,3}?)[\"“”'’`]?"
#: What stands between a name and what tells its sense: a comma, the end of a sentence, a bracket.
_STOP = r"\s*(?:[,:;(…]|[?!.]+(?=\s)|\s[-–—]+\s)+\s*"
_KIND = r"(?:kind|sort|type|version|variety|variant|flavou?r|sense|meaning|way|thing|one)s?"
#: Such words tell a kind also where nothing parts them from the name.
_SURELY = r"(?:kind|sort|type|version|flavou?r|sense|meaning|reading|notion|understanding|interpretation)s?"
_WORDS = r"(?:[\w'’&/+-]+ )"
_SAYING = r"(?:says?|uses?|means?|meant|understands?|knows?|sees?|puts?|calls?|defines?)"
_NO_QUESTION = r"(?!(?:who|whose|where|when|how|why|is|are|was|do|does|did|has|have|can|could|should|any|some|many)\b)"
_GOES_ON = (
    r"(?:,(?!\W*(?:is|are|was|were|will|when|where|who|did|do|does|has|have|can|could|should)\b).*|\W*|"
    r"\W? ?\b(?:of|where|when|that|which|for|with|from|in|as|on|about|by|people|we|you|they|not|no|but)\b.*)"
)
#: "as in popcorn", "as the infra folks mean it", "in the product sense"
_LIKE = (
    r"(?:(?:i['’]?m|i am) (?:thinking|guessing|assuming|picturing)|i (?:mean|picture|imagine|know)) .+|"
    rf"(?:as|like) (?:in|for|with|at|by|used|said|meant)\b.*|"
    r"(?:as|like|how(?! (?:often|long|many|much|soon|did|does|do)\b)|the way) "
    rf"{_WORDS}{{1,5}}?(?:{_SAYING}|do|does|would|ha(?:ve|s) it)\b.*|"
    rf"(?:as |like |but |only )*(?:in|(?:from|with|under)(?! the meaning))(?! (?:which|what)\b) {_WORDS}{{0,5}}"
    r"(?:sense|meaning|speak|terms|lingo|parlance|jargon|perspective|angle|(?:point of )?view|viewpoint|context|world)"
    r"\b.*"
)
#: "the unsafe toaster kind", "the one of gauges"
_THE_KIND = (
    rf"(?:but |so |in |of |as in |like |as |for |meaning )*(?:the|an?|that|our|pure|some) (?P<what>{_WORDS}{{0,6}}?)"
    rf"{_KIND}{_GOES_ON}"
)
#: "not the llm kind", "the metric, no the product one", "data people mean something else", "the box or docker"
_NOT = (
    r"(?:and |but |no,? )*(?:(?:not|no) (?:the|an?|in|as|of|like|for|about)\b|not [\w'’-]+(?: [\w'’-]+)?,|"
    r"nothing to do with ).*"
)
_EITHER = rf"(?:the|an?|as|in|of|is that|is it) {_WORDS}{{1,6}}or .*"
_THE_OTHER = rf"(?:the|an?) {_WORDS}{{0,3}}[\w'’-]+[,;.]? (?:and |but )*(?:not|no) (?:the|an?) .*"
_OTHERWISE = rf"{_WORDS}{{1,4}}(?:{_SAYING}) (?:it |that |this )?(?:something|another|other|differently|different)\b.*"
_ASKING = (
    rf"(?:(?:so |and |but )*(?:(?:which|what) {_SURELY}(?: of|\W+)|what(?:['’]?s| is| are| does)?|whats|which|define|"
    r"explain|about|(?:my |the |a |one )?(?:quick )?question (?:is |was )?(?:about|on)|asking (?:about|for)|i mean) "
    r"(?:an? |the )?)?(?:an? |the )?"
)
#: What says how new or how big something is tells no sense of it.
_NO_SENSE = re.compile(
    r"(?:the|an?|that|our|of|in|as|(?:latest|newest|new|old|oldest|last|first|second|third|next|other|same|big|small|good|"
    r"bad|right|wrong|current|usual|whole|only|best|real|red|blue|green|black|white)\b|[\d:.]+|one|kind|sort|type|version|\W)*",
    _FLAGS,
)
_OWN = re.compile(r"(?:my|your|his|her|their)\b", _FLAGS)
_TOLD = [
    re.compile(rf"{_ASKING}{each}", _FLAGS)
    for each in (
        rf"{_NAME}(?: means?| meaning)?{_STOP}(?P<kind>{_THE_KIND}|{_LIKE}|{_NOT}|{_THE_OTHER}|{_OTHERWISE}|{_EITHER})",
        rf"{_NAME}{_STOP}(?!.*\b(?:which|what)\b)(?P<kind>{_WORDS}{{1,2}}{_SURELY}\W*)",
        rf"{_NAME},? (?P<kind>{_LIKE}|but (?:for|in|as|with) .*|(?:of )?(?:the|that|our) {_WORDS}{{1,5}}{_SURELY}\W*)",
        rf"(?P<kind>{_NO_QUESTION}{_WORDS}{{1,5}}?{_SURELY}) of (?:an? |the )?{_NAME}\W*",
    )
]
#: "not the mesh on the fence. The data one"
_NOT_THIS = re.compile(
    rf"not (?:the |an? )?{_NAME}(?: (?:on|in|of|from|for|at|by|as|with|to) [^.,;]*)?[.,;–-]+ *(?:but |rather |just )?"
    rf"(?P<kind>(?:the|an?|in|of) (?P<what>{_WORDS}{{1,4}}?){_KIND}\b.*)",
    _FLAGS,
)
#: "do weights have to do with kilos", "does drift here mean config", "is it a bias against people or the maths kind",
#: "is test meant as in unit test", "to us recall means the goods come back", "in engineering a contract isn't signed?"
_WHETHER = [
    re.compile(each, _FLAGS)
    for each in (
        (
            rf"(?:do|does|did|has|have|is|are) (?:an? |the )?{_NAME} (?:(?:have|has|got|having) )?"
            r"(?:anything |something |much )?to do with (?P<kind>.+)"
        ),
        rf"(?:do|does|did) {_NAME} (?:(?:in|on) (?:this|that) [\w-]+|here|there) (?:mean|refer to) (?P<kind>\w+ .+)",
        rf"(?:is|are|was|were) (?:it|this|that|these|those) (?:an? )?{_NAME} (?P<kind>{_WORDS}{{1,6}}?or {_THE_KIND})",
        rf"(?:so |then |and )+an? {_NAME} (?:isn['’]t|is not|ain['’]t) (?P<kind>(?:an?|the|just|only|about) .+)",
        rf"(?:can|could|might|may) {_NAME} (?:here |there )?(?:be|mean) (?P<kind>(?:something|anything|like|as) .+)",
        rf"(?:is|are|was|were) (?:an? )?{_NAME} (?:here |there )?(?:meant|used|understood) (?P<kind>(?:as|like|in) .+)",
        (
            r"(?:what (?:i|we) (?:know|call|see) as|(?:for|to) (?:me|us),?|in (?:my|our) (?:world|team|trade|field|"
            r"company|department|domain|language),?) (?:an? )?(?!the\b)"
            rf"{_NAME} (?P<kind>(?:is|are|means?) .+[.…,;?!] .*\b(?:you|yours?|theirs?|them|others|what|how)\b.*)"
        ),
        (
            rf"(?:so |and |but )*(?:in|for|to|among) (?P<who>{_WORDS}{{1,3}}?)(?:an? |the )?{_NAME} "
            r"(?P<kind>(?:is|are|isn['’]t|aren['’]t|means?|doesn['’]t mean) .+)"
        ),
    )
]
_TIE = r"(?:of|in|on|for|inside|at|from|after|before|during|with|to)"
#: "calibration of an instrument", with nothing besides
_BESIDE = re.compile(
    rf"{_NAME} (?P<kind>{_TIE} (?:(?P<a>an?) [\w-]+(?: [\w-]+)?|{_WORDS}{{1,3}}{_TIE} an? [\w-]+|(?!the\b)[a-z]+))\W*",
    _FLAGS,
)
#: "so which bias are we on about - the people one?", whatever stands before it
_BEHIND = re.compile(rf"{_STOP}(?P<kind>{_THE_KIND})$", _FLAGS)
#: Most questions have none of the words of which each of these has one.
_MAY_TELL = re.compile(
    rf"\b(?:{_KIND}|{_SURELY}|isn['’]t|as|like|how|not?|but|speak|terms|lingo|parlance|jargon|perspective|angle|view|viewpoint|context|"
    rf"world|do with|something|another|other|different|differently|or|{_TIE})\b|\b(?:mean|refer) \w",
    _FLAGS,
)


class Told(NamedTuple):
    """The name that a text is about, what tells its sense, and the name with that before it ("data mesh").

    What only stands beside a name may belong to it: then it ``is_bare``, and ``is_asked`` for of any thing ("of an").
    """

    name: str
    kind: str
    longer: str = ""
    is_bare: bool = False
    is_asked: bool = True


@lru_cache(maxsize=1000)
def told(text: str) -> Told | None:
    """Return the name in a text which tells what kind of it is meant; None for all others."""
    if len(text) > _LONGEST or len(text.split()) < _FEWEST or not _MAY_TELL.search(text):
        return None
    plain = " ".join(plain_text.plain(text).split())
    for read in dict.fromkeys((sentences.unwrapped(plain), plain)):
        for pattern in (_NOT_THIS, *_WHETHER, *_TOLD):
            if (match := pattern.fullmatch(read)) and (found := _read(match)):
                return found
        if (match := _BESIDE.fullmatch(read)) and (found := _read(match)):
            return found._replace(is_bare=True, is_asked=bool(match["a"]))
    return None


def kind_in(text: str) -> str:
    """Return what a text tells of a word's kind, also at its end; empty where it tells nothing of it."""
    if found := told(text):
        return found.kind
    behind = _BEHIND.search(text) if len(text) <= _LONGEST else None
    return behind["kind"] if behind and not _NO_SENSE.fullmatch(behind["kind"]) else ""


def _read(match: re.Match[str]) -> Told | None:
    name, kind = cleaning.clean(match["name"]), match["kind"]
    told = match.groupdict(default="")
    is_name = sentences.is_name(name) and pointing.tells(name) and not is_of_records(name.split()[0])
    # "In Berlin the train is late" names nobody whose word it is.
    is_nobodys = "who" in told and not names_any(told["who"])
    if not is_name or is_nobodys or _OWN.match(told["name"]) or _NO_SENSE.fullmatch(kind):
        return None
    return Told(name, kind, " ".join([*told.get("what", "").split(), name]))


def asks(text: str) -> str | None:
    """Return a text that asks for a word and tells its kind; None for all others."""
    found = told(text)
    return text if found and found.is_asked else None


_NEGATED = re.compile(
    r"\b(?:not|no|never|nothing to do with|rather than|instead of|as opposed to|unlike|except|don['’]?t mean) "
    r"(?P<other>(?:the|an?|in|as|of|like|for|about|your|that|from|with)\b(?:(?!\bbut\b)[^,.;?!()–—])*)|"
    r"(?:\b(?:rather than|instead of|as opposed to|unlike|nothing to do with)|[,;(–—-] ?(?:and |but )?not) "
    r"(?P<else>(?:(?!\bbut\b)[^,.;?!()–—])*)",
    _FLAGS,
)


def sides(text: str) -> tuple[str, str]:
    """Return what a text says of what is meant, and what of what isn't: "the secret kind, not the llm kind"."""
    against = " ".join(each["other"] or each["else"] or "" for each in _NEGATED.finditer(text))
    return (_NEGATED.sub(" ", text), against) if against else (text, "")
