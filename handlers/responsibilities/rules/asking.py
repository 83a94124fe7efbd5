"""Sentences that ask who does something, however they are put."""

import re

_FLAGS = re.IGNORECASE
_SOMEBODY = r"(?:any|some)(?:one|body)"
_END = r"[\s?!.]*$"
_OWNS = (
    r"(?:own(?:s|ing)?|responsible|accountable|in charge|on (?:call|duty|point|the hook)|look(?:s|ing)? "
    r"after|tak(?:es?|ing) care|assigned|owner|appointed)"
)
_ASKING = [
    re.compile(each + _END, _FLAGS)
    for each in (
        r"(?:so |and |also |then )?who(?:['’]?s|['’]?re|['’]?ll|['’]d)?(?: all)?\b(?P<text>.+?)",
        r"(?:so |and )?whose\b (?:(?:job|task|duty|responsibility|call|is)\b ?)*(?P<text>.+?)",
        (
            rf"(?:is|are|does|do|has|have|isn['’]t|doesn['’]t) (?:there )?{_SOMEBODY} (?P<text>(?:\w+ "
            rf"){{0,2}}?{_OWNS}\b.+?)"
        ),
        rf"{_SOMEBODY} (?P<text>(?:\w+ing|{_OWNS})\b.+?)",
        (
            r"(?:.*\b)?(?:owner|point person|go-to person|contact(?: person)?|person (?:responsible|in charge)|dri|"
            r"assignee|expert)s? (?:of|for|on|behind|at) (?P<text>.+?)"
        ),
        (
            r"(?P<text>.+?)[\s,:–-]+(?:who|who(?:['’]?s| is) (?:it|that)|whose(?: (?:is|job is|responsibility "
            r"is))?(?: (?:it|that|this))?|who owns (?:it|that|this))"
        ),
    )
]
#: "who is Maria" asks for no duty.
_NAMED = re.compile(r"(?:['’]?s|is|are|was)? ?(?:the )?(?:<@\w+>|[\w.-]+)", _FLAGS)
_OF_A_DUTY = re.compile(r"\b\w+ing\b|\bon[- ]call\b|\bin charge\b|\bresponsible\b", _FLAGS)
#: What only says that somebody has it.
_HAVING = re.compile(
    r"^(?:(?:is|are|was|all|will|would|should|shall|can|could|may|do|does|did|has|have|has to|gonna|going|be|to|"
    r"i|we|it|the|a|an|"
    r"currently|actually|usually|normally|here|now|"
    r"owns?|runs?|handles?|handling|running|owning|looks? after|looking after|takes? care of|taking care of|"
    r"responsible|accountable|"
    r"in charge|for|of|on(?! call\b| duty\b)|ask|talk|speak|write|turn|go|contact|ping|about|with|make sure|"
    r"makes sure|job|point person)(?=\s|$)\s*)+",
    _FLAGS,
)


def asks_who(sentence: str) -> str | None:
    """Return what a sentence asks an owner of; None where it asks for nobody who does something."""
    for pattern in _ASKING:
        if match := pattern.match(sentence):
            told = match["text"].strip(" ,:?")
            if _NAMED.fullmatch(told) and not _OF_A_DUTY.search(told) and pattern is _ASKING[0]:
                return None
            return _HAVING.sub("", told) or told
    return None
