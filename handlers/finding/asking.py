"""Sentences that ask what was decided, agreed, asked for or reported, however they are put. Pure."""

import re

from handlers.framework.pointing import tells

_FLAGS = re.IGNORECASE
_DONE = (
    r"(?:decid|settl|conclud|propos|promis|agre|resolv|rul(?:ed|ing)\b|reason(?:ed|ing)\b)\w*|"
    r"made up our minds?|chose|chosen|sign(?:ed)? (?:up|off)|(?:go(?:ne|ing)?|went) (?:with|for)|opt(?:ed)? for|"
    r"pick(?:ed)?|land(?:ed)? on|end(?:ed)? up with|"
    r"(?:come|came) to a decision"
)
_SOMEBODY = r"(?:we|you|they|i|it|that|this|(?:the |our )?(?:\w+ )?team|any(?:one|body)|some(?:one|body))"
_PEOPLE = r"(?:users?|people|customers?|clients?|pilots?|any(?:one|body)|some(?:one|body)|they)"
_NOUN = r"(?:decision|proposal|ruling|agreement|complaint|conclusion|(?:data )?request)s?"
#: "read-only of a Sunday, is that logged anywhere?"
_ON_RECORD = (
    r"\b(?:(?:is|was|has|where(?:['’]?s)?) )+(?:that|this|it|these|those|all this)(?: (?:been|all|even|ever|now))* "
    r"(?:(?:written|logged|recorded|noted|documented|minuted|put|kept|filed)(?: down| up)?|"
    r"official|on (?:record|file|paper)|in (?:writing|the log|the minutes))"
    r"(?: (?:anywhere|somewhere|at all))*\W*$"
)
_RECORD = re.compile(
    rf"\b(?:{_SOMEBODY}|(?:did|didn['’]t|has|have|haven['’]t|hasn['’]t|was|were|been|is) (?:\w+ )?)"
    rf"(?:['’](?:d|ve|s))?\s*(?:\w+ ){{0,2}}?(?:{_DONE})\b|"
    rf"\bwho (?:\w+ )?(?:{_DONE})\b|\bwhose (?:call|decision|idea|proposal|suggestion|complaint)\b|"
    rf"^\w+ (?:proposed|decided|agreed|promised)\b|"
    rf"\b{_NOUN} (?:\w+ )?(?:on|about|for|to|regarding|concerning|yet|from|behind|around)\b|"
    rf"\b(?:any|which|no|our|latest|show me|list) (?:\w+ )?{_NOUN}\b|"
    rf"[,:–-]\s*(?:{_DONE})\b|"
    r"\b(?:the|our) (?:call|verdict|outcome|position|stance|plan|line|take|rule|stand|approach|ruling) (?:on|for|about|"
    r"regarding|with)\b|"
    r"\bwhat(?:['’]?s| is| was) the (?:final |latest )?(?:call|verdict|outcome|stance|ruling|agreement|conclusion)\W*$|"
    r"\bon the table (?:on|for|about|regarding|with)\b|"
    r"\b(?:was|is) there (?:some|an?|any) (?:call|verdict|ruling|rule)\b|"
    r"\bwhat(?:['’]?s| was| is) (?:the|our) (?:call|verdict|outcome|ruling|decision)\W*$|"
    r"\b(?:known|open|any|reported) (?:issues?|bugs?|problems?|complaints?)\b|"
    r"\b(?:issues?|bugs?|problems?|complaints?|trouble) (?:with|about|around) (?:the|our)\b|"
    r"\b(?:is|are|was|that one is|this one is) (?:(?:that|this|it) )?(?:now )?official\b|"
    r"\bwhy['’]?d (?:we|you|they)\b|"
    r"^(?:everything|all|whatever) (?:(?:that )?(?:we|you) (?:have|know) |there is )?(?:on|about|regarding) |"
    r"^why (?:did|do|are|is|have|has|was|were|does|don|didn|aren|isn|haven|weren|wasn|doesn)\b"
    r"(?!.*\bcall| (?:every(?:body|one)|people|folks|they) (?:\w+ )?(?:say|claim|keep)s?\b"
    r"(?!.*\b(?:is|are|was|were|has|have|had|so|too)\b))|"
    r"\b(?:is|are) (?:that|this|it|these) (?:a )?known\b|\bknown(?: issue| bug| problem)?\W*$|"
    r"(?<!when )\b(?:users?|customers?|clients?) (?:are |keep |have )?(?:say|complain|report)(?:ing|s|ed)? |"
    rf"\b{_PEOPLE} (?:\w+ ){{0,2}}?(?:tell|tells|told|telling) us\b|"
    r"(?:^|[,.:;?!–-] )how (?:often|long|many|much) did (?:we|you|they|\w+) (?:say|ask|want)\b|"
    rf"{_ON_RECORD}",
    _FLAGS,
)
_IS_ON_RECORD = re.compile(_ON_RECORD, _FLAGS)
_MEANING = re.compile(r"\b(?:mean(?:s|ing)?|define|definition|stands? for)\b", _FLAGS)


def asks_for_records(sentence: str) -> str | None:
    """Return a sentence that asks for something on record; None for all others."""
    is_asked = _RECORD.search(sentence) and not _MEANING.search(sentence)
    return sentence if is_asked and tells(without_place(sentence)) else None


def without_place(sentence: str) -> str:
    """Return a sentence without the question whether it stands somewhere; it says nothing of what is looked for."""
    return _IS_ON_RECORD.sub("", sentence)
