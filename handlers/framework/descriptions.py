"""Sentences that describe what they have no word for: "the term for a model that nobody can look into". Pure."""

import re

from handlers.framework.small_words import is_function

_FLAGS = re.IGNORECASE
_WORD = re.compile(r"[^\W\d_][\w'’+#-]*")
#: A description has so many words, and so many of them say something.
_LENGTH, _TELLING = 3, 2
_WHAT = r"(?:what|how|wat|wot)"
_WHO = r"[a-z]+(?: [a-z'’]+){0,4}?"
_NAME = (
    r"(?:(?:proper|right|correct|exact|actual|technical|official|fancy|posh|posher|nicer|better|usual|common|single|good|"
    r"short|data|ml|our) )*"
    r"(?:word|term|expression|(?<!need a )name(?= (?:for|of|when) (?:\S+ ){3}))"
)
_AGAIN = r"(?: (?:again|then|properly|exactly|actually|officially))?"
_THAT = r"(?:it|that|this|them|those|the thing|such a thing|(?:that|this|the) \w+)"
_IS_CALLED = rf"{_WHAT}(?:['’]?s| is| was| are| were) {_THAT}{_AGAIN} called{_AGAIN}"
_CALL_IT = rf"{_WHAT} (?:do|does|did|would|should|can) {_WHO} call"
#: What stands before a description, and what it says there of a clause or of a thing.
_BEFORE = [
    re.compile(each, _FLAGS)
    for each in (
        rf"\b(?:{_IS_CALLED}|{_CALL_IT} (?:it|that|this)) ?(?:when(?:ever)?|if|where) (?P<d>.+)",
        rf"\b{_CALL_IT} (?P<d>(?:an?|the|some\w+) (?:[\w'’-]+ )+?(?:that|which|who|whose|where|when) .+)",
        (
            rf"^(?:(?:is|isn['’]?t|was) there |{_WHAT}(?:['’]?s| is| was)(?: again)? |(?:i['’]?m |i am )?looking for |"
            rf"(?:i |we )?(?:need|want|forgot|forget) |give me |remind me of )?(?:the |an? |any |some |our )?{_NAME}"
            rf"{_AGAIN} (?:for|when|meaning|that (?:means|describes)) (?P<d>.+)"
        ),
        (
            rf"^(?:{_WHAT}(?:['’]?s| is| was) )?(?:that|the) (?:thing|effect|problem|trick|method|situation|case)"
            rf"{_AGAIN} (?:where|when|in which) (?P<d>.+?)(?:,? (?:the )?(?:name|word|term))?\W*$"
        ),
        rf"\b(?:which|what) {_NAME} (?:describes|means|(?:do|does|would|should) {_WHO} use (?:for|when)) (?P<d>.+)",
    )
]
#: What stands behind one.
_BEHIND = [
    re.compile(each, _FLAGS)
    for each in (
        rf"^(?P<d>.+?)[\s,.;:?!–—-]+(?:and |but |so )?{_IS_CALLED}(?: and what does (?:it|that) do)?\W*$",
        rf"^(?P<d>.+?)[\s,.;:?!–—-]+(?:and |but |so )?{_CALL_IT} {_THAT}{_AGAIN}\W*$",
        rf"^(?P<d>.+?)[,.;:?!–—-]+ ?(?:(?:is|was) it )?called(?: {_WHAT}| again)?\W*$",
        (
            rf"^(?P<d>.+?)[,.;:?!–—-]+ ?(?:is there |{_WHAT}(?:['’]?s| is| was) )(?:the |an? |any )?(?:{_NAME}|name)"
            rf"(?: (?:for|of) {_THAT})?{_AGAIN}(?:,? i \w+(?: \w+)?)?\W*$"
        ),
    )
]

#: Whatever words a text has that says so, another is asked for.
_CALLED = re.compile(
    rf"\b{_WHAT}(?:['’]?s| is| was| are| were) (?:it|that|this|they|the (?:thing|one)) called\b|"
    rf"\b{_WHAT} (?:do|does|did|would|should) (?:we|you|they|people|one) call (?:it|that|this|them|the)\b|"
    r"\b(?:what|which)(?:['’]?s| is| was) (?:the |its )?(?:\w+ )?(?:word|term|name) (?:for|of|when)\b|"
    r"^(?:the )?(?:word|term|name) for\b",
    _FLAGS,
)


def asks_for_name(text: str) -> bool:
    """Tell whether a text asks what something is called."""
    return _CALLED.search(text) is not None or bool(described(text))


def described(text: str) -> str:
    """Return what a text describes to ask for its word; empty where it asks for none, or hardly says anything."""
    for pattern in (*_BEFORE, *_BEHIND):
        if (match := pattern.search(text)) and _is_told(match["d"]):
            return match["d"].strip()
    return ""


def _is_told(description: str) -> bool:
    words = _WORD.findall(description)
    return len(words) >= _LENGTH and sum(not is_function(each) for each in words) >= _TELLING
