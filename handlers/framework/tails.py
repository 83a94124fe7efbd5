"""How a message ends that asks of what it said: "PCA on slide four, this is?", "hitl, wots that then". Pure."""

import re

_FLAGS = re.IGNORECASE
_WHAT = r"(?:what|wat|wot|wut)"
_THIS = r"(?:this|that|dat|it|these|those|they|them|which)"
_IS = r"(?:['’]?s|['’]?re| is| are| does| do| means?| would be| being)"
_EMOJI = r"\s:[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:"
_MARK = rf"(?:\s*[,.;:?!…–—-]|{_EMOJI})"
_WHAT_IS_IT = (
    rf"{_THIS}{_IS}(?: (?:an? )?{_WHAT})?(?=\s*\?)|(?<=and )that(?:['’]?s| is| means) {_WHAT}|"
    rf"{_THIS} (?:is|means) an? {_WHAT}|"
    r"(?:translate|explain|describe)(?: (?:it|that|this))? (?:for|to) (?:an?|my|our) [\w-]+|"
    rf"(?:one|some|either) of {_THIS} (?:is|are|being|does) (?:an? )?{_WHAT}|"
    rf"(?:wots?|wuts?|wats?|what(?=['’]s {_THIS} then))(?:['’]s)? (?:is |does |do )?{_THIS}(?: means?| be)?|"
    r"defn|def|so(?=\s*\?)|in english(?=\s*\?)"
)
#: A mark stands before what asks; before "means what" none needs to.
_TAIL = re.compile(
    r"(?<=[\w>)\]\"'”’`.?!])"
    rf"(?:{_MARK}+\s*(?:(?:ok(?:ay)?|and|so|but|then)\b[,\s]*)*(?:{_WHAT_IS_IT})|"
    rf"{_MARK}*\s+(?:is |are |and )?(?:meaning|means|signif(?:ies|y|ying)|denot(?:es?|ing)) {_WHAT}\b|"
    rf"(?<=[\"'”’`])\s+(?:being|is|means)(?=\s*(?:…|\.\.)))"
    r"(?:,? (?:then|exactly|again|now|please|pls|plz|tho|though|here|mate))*[\s?!.,…]*$",
    _FLAGS,
)
#: So much of a message may be its end.
_END = 100
_OF_MEANING = re.compile(r"mean|signif|denot|\bdef", _FLAGS)


def asked(text: str) -> str:
    """Return a message with what asks at its end in the usual words."""
    return text[:-_END] + _TAIL.sub(_in_usual_words, text[-_END:], count=1)


def _in_usual_words(match: re.Match[str]) -> str:
    return ". What does that mean?" if _OF_MEANING.search(match[0]) else ". What is that?"
