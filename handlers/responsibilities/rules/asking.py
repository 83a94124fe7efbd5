"""Sentences that ask who does something, however they are put."""

import re

_FLAGS = re.IGNORECASE
_SOMEBODY = r"(?:(?:any|some)(?:one|body)|people|(?:a |the )?person)"
#: What asks for a person, wherever it stands.
_WHO = (
    r"who(?:ever|m)?(?:['’](?:s|re|ll|d))?|whos|whose|"
    r"(?:which|what) (?:(?:one )?of (?:us|you)|(?:team )?"
    r"(?:person|people|member|mate|engineer|scientist|colleague|guy|team))s?"
)
_OWNER = (
    r"(?:owner|steward|point person|go-to person|contact(?: person)?|person (?:responsible|in charge)|dri|assignee|"
    r"expert)s?"
)
_OWNS = (
    r"(?:own(?:s|ed|ing)?|responsible|accountable|in charge|on (?:call|duty|point|the hook)|look(?:s|ing)? after|"
    r"tak(?:es?|ing) care|assigned|owner|appointed|claimed|volunteered|taken on)"
)
#: "for people who never heard of it" asks for nobody.
_TOLD_OF = re.compile(
    r"\b(?:for|to|with|as|like|of) (?:[\w'’]+ ){0,2}?(?:people|person|those|every(?:one|body)|any(?:one|body)|"
    r"some(?:one|body)|folks|guys?|colleagues?|users?|customers?|managers?|masters?|beginners?|ones?) who\b",
    _FLAGS,
)
#: "the person that puts it onto our servers"
_PERSON = re.compile(
    r"\b(?:the|a|any|whichever) (?:person|colleague|human|one of (?:us|you)) (?:that|who|which)\b", _FLAGS
)
#: "who can tell me what drift is" asks whoever reads it.
_ANYBODY = re.compile(
    r"\bwho (?:here |else )?knows what (?:(?!in\b|of\b|for\b|from\b)\S+ ){1,4}?(?:means?|stands? for)\b|"
    r"\b(?:any|some)(?:one|body) (?:here )?who (?:here )?knows\b|\bwho(?: \w+ly)? came up with\b|"
    r"\bwho (?:can|could|would|will) (?:please )?(?:explain|define|remind|(?:tell|teach) (?:me|us)(?= \w))\b",
    _FLAGS,
)
#: "who pays, did we agree on that" asks for what was agreed.
_ON_RECORD = re.compile(
    r"\b(?:did|have|had|has) (?:we|they|you|any(?:one|body)) (?:\w+ )?(?:agreed?|decided?|settled?|concluded?)\b|"
    r"\b(?:is|was|has) (?:it|that|this) (?:been |already )*(?:settled|decided|agreed)\b|"
    r"\b(?:took|takes?|made|makes?) the (?:decision|call)\b",
    _FLAGS,
)
_WHO_IS_WHO = re.compile(
    r"\bwho or what\b|\bwhat (?:people|teams?) (?:\w+ )*?(?:on about|mean|say|call|refer)\b|"
    r"\bwho(?:['’]?s| is| does) who|\bwho(?: \w+ly)? (?:counts|qualifies) as\b",
    _FLAGS,
)
#: What asks after a comma stands first: what is before it may begin with the name of a command.
_CLAUSE = re.compile(r"[,:–-]\s*$")
_OF_SOMETHING = re.compile(r"\w (?:of|for|on) \w", _FLAGS)
_ASKING = [
    re.compile(each, _FLAGS)
    for each in (
        rf"\b(?:{_WHO})(?![\w'’])",
        r"^(?:is|was) it [\w'’-]+ (?:that|who)(?:['’]?s| is)? (?=\w+ing\b)",
        rf"\b{_SOMEBODY} (?:\w+ ){{0,2}}?(?={_OWNS}\b)",
        rf"^{_SOMEBODY} (?=\w+ing\b)|\b(?:is|are|have|got) (?:there )?{_SOMEBODY} (?=for\b|\w+ing\b)",
        rf"\b(?:{_OWNS} (?:to|by)|sits? with) {_SOMEBODY}\b",
        (
            rf"\b(?:has|have|did) {_SOMEBODY} (?:already |ever |yet )?(?:picked up|pick up|taken(?: on| over)?|"
            rf"grabbed|got|stepped up for) "
        ),
        (
            rf"[\s,:;–-]+(?:is|are|was) (?:there )?{_SOMEBODY} (?:already |still )?(?:on|at|behind|doing|taking care "
            rf"of) (?:it|that|this)\b"
        ),
        r"^(?:the )?names? of (?:the|a|our|whichever) (?:person|people|one|colleague|engineer|someone)s? ",
        r"[\s,:;–-]+(?:is|are) (?:it|that|this|they) (?:any|no|some)(?:body|one)['’]?s\b(?: (?:job|duty|task))?",
        rf"\bon {_SOMEBODY}['’]?s (?:plate|desk|list|table|radar)\b",
        r"^(?:(?:(?:i|we)(?: just)? )?(?:need|want|looking for)(?: me)? )?an? (?:name|person|owner|contact)\b[^:]*:",
        r"[\s,:;–-]+(?:the )?names? of (?:a|the) person\b|\s*(?:[–-]*[→>]|:) *(?:a |the )?names?\W*$",
        rf"\b{_OWNER} (?:of|for|on|behind|at)\b",
        rf"^(?!what\b|define\b|explain\b)(?=(?:\S+ ){{2,}}{_OWNER}\W*$)",
    )
]
#: What people did once stands in records, and is no duty: "who decided that?"
_DONE = re.compile(
    r"\W*(?:(?:has|have|had|was it that|it was that|all|first|originally|actually) )*"
    r"(?:decided|agreed|asked|requested|reported|complained|said|proposed|suggested|signed|approved|wanted|promised|"
    r"raised|noticed|objected|logged|chose|made|dropped)\b|"
    r"\W*did (?:\w+ )?(?:ask|request|report|complain|decide|agree|propose|approve|promise|sign|raise)\b|"
    r"\W*(?:call|decision|idea|proposal|suggestion|request|complaint|ruling) (?:was|is|has)\b",
    _FLAGS,
)
#: "who is Maria" asks for no duty.
_NAMED = re.compile(r"\W*(?:is|are|was)? ?(?:the )?(?:<@\w+>|[\w.-]+)\W*", _FLAGS)
_OF_A_DUTY = re.compile(r"\b\w+ing\b|\bon[- ]call\b|\bin charge\b|\bresponsible\b", _FLAGS)
#: What only says that somebody has it.
_HAVING = re.compile(
    r"^(?:(?:is|are|was|all|will|would|should|shall|can|could|may|do|does|did|has|have|has to|gonna|going|be|to|"
    r"i|we|it|the|a|an|"
    r"currently|actually|usually|normally|here|now|"
    r"owns?|runs?|handles?|handling|running|owning|looks? after|looking after|takes? care of|taking care of|"
    r"responsible|accountable|"
    r"in charge|for|of|on(?! call\b| duty\b)|alert|inform|notify|ring|then|ask|talk|speak|write|turn|go|contact|"
    r"ping|about|with|make sure|"
    r"makes sure|job|call|task|duty|responsibility|point person)(?=\s|$)\s*)+",
    _FLAGS,
)


def asks_who(sentence: str) -> str | None:
    """Return what a sentence asks an owner of; None where it asks for nobody who does something."""
    if _ANYBODY.search(sentence) or _WHO_IS_WHO.search(sentence) or _ON_RECORD.search(sentence):
        return None
    sentence = _TOLD_OF.sub(lambda match: match.group()[: -len(" who")], sentence)
    sentence = _PERSON.sub("who", sentence)
    is_of_record = False
    for match in (each for pattern in _ASKING for each in pattern.finditer(sentence)):
        before, after = sentence[: match.start()].strip(" ,:–-"), sentence[match.end() :].strip(" ,:–-?!.")
        if _DONE.match(after):
            is_of_record = True
            continue
        # "who asked for it, and from whom" asks for nothing more.
        if (is_of_record and not after) or (not before and _is_of_nobody(after)):
            return None
        is_clause = _CLAUSE.search(sentence[: match.start()]) and _OF_SOMETHING.search(after)
        said = (after, before) if is_clause else (before, after)
        told = " ".join(_HAVING.sub("", f"{each} ").strip() for each in said).strip()
        return told or after or None
    return None


def _is_of_nobody(told: str) -> bool:
    return bool(_NAMED.fullmatch(told)) and not _OF_A_DUTY.search(told)
