"""What a sentence asks of a component that it names: who has a duty, what was reported, or what is required. Pure."""

import re
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

Asked = Literal["duty", "feedback", "card"]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: What is asked of a word is asked of no component.
_OF_WORDS = _any(
    r"\b(?<!i )(?<!we )(?<!you )(?:mean(?:s|ing)?|defin(?:e|es|ed|ition)|stands? for|differen(?:ce|t)|synonyms?)\b",
    r"\bwh?at(?:['’]?s| is| are) (?:an? )?(?!it\b|the\b|our\b|its\b|that\b|this\b|there\b)[\w-]+\W*(?:[?.,]|$)",
    r"^explain\b",
)
_ONLY_ONE = _any(r"\b(?:am|is|are) (?:it )?(?:i |we |me |just me|just us|only me|only us)?(?:the )?only one")
#: "how quick must it be, says who", "patients who", "for those who use it": nobody is asked for.
_NOBODY = _any(
    r"\bsays who\b",
    r"\bwho (?:cares|knows)\W*$",
    # "need somebody who can tell" asks for one.
    r"(?<!need )(?<!want )(?<!for )(?<!find )"
    r"\b(?:people|person|those|every(?:one|body)|users?|customers?|clients?|patients?|folks|colleagues?|nurses?|anybody|"
    r"anyone|somebody|someone|guys?) (?:who|whose)\b(?!['’]s\b)",
)
#: What people did once stands in records: "who reported that?"
_DONE = (
    r"(?:(?:has|have|had|else|all|first|already|ever|was|were|did) )*"
    r"(?:reported|complained|filed|flagged|logged|raised|noticed|mentioned|said|moaned|grumbled|told|approved|"
    r"requested|promised|decided|signed|agreed|asked|proposed|report|complain)\b"
)
#: "who asked for it, and whom" is asked of what is on record.
_ASKED_FOR = _any(r"\bwho (?:has |had |all |first )*(?:asked|requested|decided|agreed|proposed)\b")
_WHO = _any(
    rf"\bwho(?:ever|m)?(?:['’](?:s|re|ll|d))?(?![\w'’])(?! {_DONE})",
    r"\bwhos\b|\bwhose\b",
    r"\b(?:one|any|anyone|someone|somebody|which|what|none|any one|nobody) of (?:us|youse?|yous|ye|y['’]all|them)\b",
    r"\b(?:which|what) (?:person|people|team|member|engineer|scientist|colleague|guy)s?\b",
    r"\b(?:owner|steward|keeper|custodian|maintainer|curator|point person|go-to|contact|dri|assignee|responsible|"
    r"accountable|in charge|on the hook|on duty)\b",
    r"\b(?!(?:come|go|goes|stand|drop|pass|near|swing|step|get|used|caused|fed|powered|driven)\b)\w{3,} by\W*$",
    # A sentence that stops where somebody's name would stand: "putting it back is on ...".
    r"(?:^|[,.;:?!–-])(?![^,.;:?!–-]*\b(?:what|which|where|when|how|why)\b)[^,.;:?!–-]*"
    r"(?:\b(?:is|are|be|was|falls?|lies?|sits?|lands?|rests?|goes|belongs?)|['’]s) "
    r"(?:(?:then|now|still|again|always) )?(?:up to|down to|on|with|to)\W*$",
    r"\b(?:pass|send|report|take|bring|hand|forward|give)s? (?:it|this|that|them|those)(?: on| over| in)? to\W*$",
    r"[,:–-] ?(?:ask|ping|nag|call|(?:write|talk|speak|go|turn) to|(?:shout|yell|look) at)\W*$",
    r"\b(?:need|want|looking for|find|get hold of|reach) (?:me )?(?:some|any)(?:one|body) (?:who|that|to|for)\b",
)
#: What was decided stands in decisions, cards and requests.
_DECIDED = _any(
    r"\b(?:decid|settl|agre|conclu|resol|propos)\w*",
    r"\bdecisions?\b|\bruling\b|\b(?:did|have|had) we (?:say|said|rule)",
    r"\bwhy (?:did|do|does|are|is|was|were|have|has|don|didn|isn|aren)\b",
)
_CARD = _any(r"\bcards?\b")
#: What it does that it shouldn't: "it says no when it's yes".
_DOES = (
    r"\bit (?:just |always |still |often |again |now |keeps? )*"
    r"(?:say|show|giv|gave|call|predict|put|think|claim|return|mark|send|sent|tak|took|read)(?:s|es|e|ed|ing|ting)?\b"
    r"(?! (?:up|over|part|long|care)\b)"
)
_REPORTED = _any(
    r"\b(?:report(?:s|ed|ing)?|complain\w*|feedback|moan\w*|grumbl\w*|gripe\w*|whing\w*|bugs?|issues?|problems?|"
    r"trouble|glitch\w*|quirks?|filed|raised|noticed)\b",
    r"\b(?:been|someone|somebody|anyone|anybody|already) flagged\b|\bflagged (?:that|it)\b",
    r"\b(?:written|wrote) up\b|\b(?:on|a|any|no) record\b|\bsent in\b|\bon (?:the|your|our) list\b",
    r"\btell(?:s|ing)? us\b|\bheard (?:of|about) (?:this|that|it)\b",
    r"\b(?:seen|happened|come up|had) (?:this |that |it )?before\b",
    r"\bfirst (?:one )?to (?:say|see|notice|find|report|tell)\b",
    r"\b(?:a|is it|is this|that|this) known\b|\bknown\W*$",
    rf"(?:{_DOES}|\bit said\b)(?=.*\b(?:when|but|though|although|while|for|again|rather than)\b)",
    r"\b(?:expected|(?:was|were) supposed to)\b|\binstead of\b",
    r"\bshould(?: it)?(?: have|['’]ve|a)? (?:it )?(?:have )?(?:been|said|shown|given)\b",
    r"\b(?:any|some)(?:one|body) else (?:get|got|see|saw|seen|notic|hav|find|found|hit|run|ran|experienc)\w*",
    r"\b(?:wrong|nonsense|rubbish|garbage|gibberish|silly|weird|odd|mixes up|mixed up|mistakes?|mistook|confus\w+|"
    r"false alarms?|cr(?:y|ies|ying) wolf)\b",
)
_REQUIRED = _any(
    r"\b(?:latenc\w+|budgets?|limits?|allowed|allowance|require\w*|targets?|bar|thresholds?|slos?|slas?|uptime|"
    r"availability|accuracy|precision|recall|f1|p9\d|p50|m?secs?|ms|milliseconds?|seconds?|response time|baselines?|"
    r"metrics?|evaluations?|evaluated|benchmarks?|throughput|specs?|specification|ceiling|cap|maximum|minimum|max|min|"
    r"demand(?:s|ed)?)\b|\bfulfil\w*",
    r"\b\d+ ?(?:ms|msecs?|secs?|s|percent)\b|\d ?%",
    r"\bhow (?:\w+ )?(?:fast|quick|quickly|slow|slowly|soon|good|accurate|precise|reliable|often right|sure)\b",
    r"\bhow \w+ (?:does|do|must|has|should|need|needs|may|is) it (?:\w+ )?to\b|\bhow \w+ (?:must|may|should) it\b",
    r"\bhow long (?:may|can|must|does|is|should)\b|\bwithin (?:what|how)\b",
    r"\b(?:fast|good|quick|accurate|precise|reliable) enough\b|\b(?:that|too|so) (?:slow|fast|inaccurate)\b",
    r"\b(?:is|was) (?:that|this|it) (?:still |even )?(?:within|inside|over|above|allowed|acceptable)\b",
    r"\bstill (?:ok|okay|fine|good|allowed|within|inside)\b|\bin the green\b|\blive up to\b",
    r"\b(?:hit|error|success|false alarm) rates?\b",
    r"\b(?:must (?:\w+ )?|(?:have|has|need|needs|got) to )(?:answer|respond|reply|reach|hit)\b",
)
#: Somebody who does, or is to do, something, in words that may be said of reports, too.
_SOMEBODY = _any(
    r"\b(?:some|any|no)[ -]?(?:one|body)(?:['’]?s)?\b|\bon call\b",
    r"\bnames?\b(?= (?:pls|plz|please|of)\b|\W*$)|\b(?:a|the) name\b|\bperson(?: pls| plz| please)?\W*$",
    r"\bperson (?:to|for|not|in)\b|\b(?:need|want) (?:a|one) (?:person|human|body|soul)\b",
    r"\b(?:the|a|any) (?:person|human|soul) (?:that|which|who|behind|for|on)\b",
    r"\b(?:is|are|am) (?:it|this|that|i|we) (?:really |still )?(?:me|mine|ours|you|yours|us|the one)\b",
    r"\bit['’]?s (?:me|you|us)\b|\bmy (?:job|task|duty)\b",
    r"\b(?:night|emergency) (?:phone|number|line)\b|\bhotline\b|\beyes on (?:it|this|that)\b|"
    r"\bnumber to (?:ring|call|dial)\b",
)


#: Duties that are called by one word, and what stands beside it where nothing else is said.
_DUTIES = frozenset(
    ("monitoring", "retraining", "rollback", "deployment", "labelling", "integration", "evaluation", "fairness")
)
_BESIDE = frozenset(("it", "its", "the", "of", "for", "on", "in", "at", "and", "hu", "huh", "duty", "duties", "dutys"))
_WORD = re.compile(r"[^\W\d_]+")
#: "who takes complaints about it" asks for a person, "who reported it" for what was reported.
_IN_ORDER: tuple[tuple[re.Pattern[str], Asked | None], ...] = (
    (_OF_WORDS, None),
    (_ONLY_ONE, "feedback"),
    (_ASKED_FOR, None),
    (_WHO, "duty"),
    (_DECIDED, None),
    (_CARD, "card"),
    (_REPORTED, "feedback"),
    (_REQUIRED, "card"),
    (_SOMEBODY, "duty"),
)


#: So much of a message is looked at: some patterns look ahead from each place.
_READ = 500


def asked_of(sentence: str) -> Asked | None:
    """Return what a sentence asks of "it", a component; None where that is none of these, or isn't clear."""
    told = _NOBODY.sub(" ", sentence[:_READ])
    found = next((asked for pattern, asked in _IN_ORDER if pattern.search(told)), None)
    return "duty" if found is None and _is_bare_duty(told) else found


def _is_bare_duty(told: str) -> bool:
    """Tell whether a sentence says nothing of a component but one of its duties, as in "rollbak of it = ?"."""
    words = _WORD.findall(told.casefold())
    others = [each for each in words if each not in _BESIDE]
    is_one = "it" in words and len(others) == 1
    return is_one and process.extractOne(others[0], _DUTIES, scorer=OSA.distance, score_cutoff=1) is not None
