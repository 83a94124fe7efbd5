"""What a part of a message is about: something that it says itself, or what was said before it. Pure."""

import re

from handlers.framework.small_words import is_function, is_of_records, is_of_talk, is_of_words

_FLAGS = re.IGNORECASE
WORD = re.compile(r"[\w][\w+#'’./-]*[\w+#]|\w")
#: "the model is down, who is told?" is about all of it.
WHO = re.compile(r"who(?:m|se)?(?:['’]?(?:s|re|ll))?\b", _FLAGS)
#: So many words have too little to name both a thing and what is done with it.
BARE = 3

_POINTING = re.compile(
    r"(?:what(?:['’]?s| is| are| does)?|whats|wats|which|who|whose|can|could|how|(?:is|are)(?=.* relat)|"
    r"(?:an?|the) (?=what)|explain|define|describe|"
    r"is there an? (?:\w+ )?(?:name|word|term|expression) for\b|"
    r"(?:just )?(?:in )?(?:one|a|two) (?:lines?|sentences?|words?)(?= for (?:me|us)|\W*$)|"
    r"(?:in )?(?:plain |simple |normal )(?:english|words|terms)(?=\W*$)|in (?:english|words)(?=\W*$)|"
    r"(?:explain|define|describe|translate|put) (?:it|that|this|th(?:e|at|is) (?:last )?(?:word|bit|part|one|thing|"
    r"term)s?) (?:to|for|into|in) [\w' -]{2,40}(?=\W*$)|"
    r"(?:explain|define|describe|translate)(?: (?:it|that|this))?(?= (?:to|for|like) (?:an? |the |my )?(?:non\S*|\d+|"
    r"five|six|ten|"
    r"kid|child|lay\w*|dumm\w+|newb\w+|beginner\w*|noob\w*|gran\w*|mum|mom|boss|simple|idiots?|normal)\b)(?: .*)|"
    r"(?:the|that|this) (?:last|first|opening|closing|other) "
    r"(?:word|bit|part|one|thing|term|phrase|expression)s?(?=\W*$)|"
    r"(?:the|all|this|that|these|those|any) (?:words?|terms?|jargon|message|post|sentence|bit|stuff)?(?: just)? ?"
    r"above(?=\W*$)|"
    r"(?:in|with) (?:which|what) (?:sense|meaning)(?=\W*$)|"
    r"meaning|definition)\b(?:[^\w]|"
    r"\b(?:with|on(?= about)|"
    r"it|in|sense|senses|meaning|that|this|these|those|they|them|is|are|mean|means|he|she|does|o|of|what|which|who|"
    r"whose|the|difference|diff|one|someone|somebody|explain|define|all|them|by|meant|do|you|say|was|would|be|now|to|"
    r"there|here|really|exactly|actually|again|even|goes|put|next|"
    r"side|together|to an? [\w-]+$|relat(?:e|es|ed|ion|ionship)|both|each|other|two|three|four|"
    r"differ|different|anyway|anyways|about|last|first|opening|closing|phrase|expression|bit|part|word|me|us|entails?|involves?|includes?|visually|"
    r"roughly|basically|literally|simply|above|message|post|words|terms|jargon|"
    r"distinguish(?:es)?|separates?|contains?|called|short|for|at|how|sentence|word|line|plain|simple|"
    r"english)\b)*[?!.\s]*",
    _FLAGS,
)


def is_pointing(question: str) -> bool:
    """Tell whether a question is about what stands before it, as in "zero-shot, what is it?"."""
    others = (_THAT_THING, _AS_IF, _IN_THE_SENSE, _IS_BAD, _INVOLVES, _WHAT_WAS_DONE)
    return bool(_POINTING.fullmatch(question) or any(each.match(question) for each in others))


_BACK = re.compile(
    r"\b(?:(?!(?-i:IT)\b)it(?! (?:mean|means|stands?) (?:that|if|when)\b| to\b| that\b)|them|"
    r"(?:this|that) one(?= is| was)|"
    r"(?:this|that|these|those)(?=\W*$|"
    r"[?!.,;]| (?:in|on|at|for|with|to|is|are|was|here|again|now|"
    r"yet|already|before|about|mean|means|then|off|inside|within|under|over|out|of|from|by|still|part|covered|"
    r"decided|agreed|settled|signed|approved|confirmed|accepted|written|logged|recorded|noted|documented|minuted|filed|official|"
    r"ever|allowed|ok|okay|fine|what|how|why|not|true|done|gone|something)\b|"
    r" (?=(?:model|service|system|pipeline|product|dataset|tool|app|assistant|detector|data|feed)"
    r"(?: there| now)?\W*$)))"
    r"(?:\b|(?<= ))",
    _FLAGS,
)
#: "which loss is that" says itself what it is about.
_WHICH_IS_IT = re.compile(r"(?:which|what) [\w-]+(?: [\w-]+)? (?:is|was) (?:that|this)\W*", _FLAGS)
#: "is anybody checking its quality?", where nothing before it in the same part can be meant.
_ITS = re.compile(r"(?P<before>(?:(?!\b(?:the|an?|our)\b).)*?)\bits\b", _FLAGS)


#: "is that the thing where it crashes?" says what is meant by a word before it.
_IS_BAD = re.compile(
    r"(?:is|are) (?:that|this|it|these|those) (?:an? )?(?:bad|good|normal|common|serious)(?: thing)?\W*$", _FLAGS
)
#: "what would that have involved"
_INVOLVES = re.compile(
    r"what (?:do|does|did|would|will) (?:that|this|it|they|those) (?:have |actually |really |usually )?(?:involve|"
    r"entail|include|consist of|amount to|boil down to)\w*\W*$",
    _FLAGS,
)
#: "explain it like I work in the kitchen"
_AS_IF = re.compile(
    r"(?:explain|describe|tell|put|say|break)(?: me| us)? (?:it|this|that|them)(?: down)?(?: to (?:me|us))? "
    r"(?:like|as if|as though|as to) (?:i|we|you|they|he|she)\b(?:['’]\w+)?[^,.;:?!]*$",
    _FLAGS,
)
_IN_THE_SENSE = re.compile(r"(?:(?:as |but )?in|with) the (?:sense|meaning) (?:of|that|in which)\b", _FLAGS)
_THAT_THING = re.compile(
    r"(?:is|are|was|isn['’]t) (?:that|this|it|those|they) (?:not )?(?:the|an?|one of the|some) (?:thing|one|stuff|"
    r"word|term)s? "
    r"(?:where|when|with|that|which|for)\b",
    _FLAGS,
)
#: "what's the thing she pushed?"
_WHAT_WAS_DONE = re.compile(
    r"what(?:['’]?s| is| was| are| were) (?:the|that|this|those|these) (?:thing|stuff|word|one|term|bit)s? "
    r"(?:that )?(?:he|she|they|you|we|i|people) (?:just |all |now )?\w+"
    r"(?: (?:out|up|in|off|on|back|over|down|about|of))?\W*$|"
    r"what (?:he|she|they|you) (?:just )?(?:said|says?|wrote|posted|means?|meant)(?: (?:here|there|above))?"
    r"(?:,? (?:in|for|but|please|pls)\b.*)?$",
    _FLAGS,
)
#: "same thing with a fancier name?" compares what was said before, "who do I tell?" asks for somebody to tell it.
_OF_BEFORE = re.compile(
    r"(?:(?:is|are|just|really|basically) |(?:it|they|both)(?: all)? )*(?:the )?same\b(?!.*\b(?:as|and|or|vs|for)\b)|"
    r"(?:(?:to|with) )?(?:whom?|(?:which|what) (?:person|one of (?:us|you))) (?:to|(?:do|does|should|can|must) "
    r"(?:i|we|they|you|one|it)) \w+(?: (?:to|with|about|then|now|asap|here|first|please))*\W*$|"
    r"how (?:often|long|many|much|soon) did (?:we|you|they) (?:say|agree|want|settle on|decide(?: on)?)\b(?=[?!.,]|$)|"
    r"what (?:did|have) (?:we|you|they) (?:finally )?(?:(?:land|settle)(?:ed)? on|"
    r"(?:end|ended) up with|(?:go|gone) (?:with|for))\W*$|"
    r"do we (?:really )?need (?:all )?(?:two|three|four|both|so many)\b|"
    r"who(?:m|se)?\b(?: \w+){0,3} (?:incidents?|outages?|alerts?|alarms?|paged?|pager|pages|woken(?: up)?|"
    r"on[- ]call)\W*$",
    _FLAGS,
)


#: "what does calibration mean here" names what it asks for.
_NAMES_IT = re.compile(r"\bwhat does (?!(?:it|that|this|he|she)\b)[\w-]+(?: [\w-]+)? mean\b(?! by\b)", _FLAGS)


#: "latency, what unit and what is it" asks twice of latency.
_FRAGMENT = re.compile(r"(?:what|which) (?:unit|kind|sort|type|number|range|scale|size|colou?r|one)s?", _FLAGS)
#: "a false negative, is it?" says itself what it is about.
_TAGGED = re.compile(r"an? [\w-]+(?: [\w-]+){0,2}, (?:is|was|isn['’]t|wasn['’]t) (?:it|that|this)\b", _FLAGS)


def is_fragment(part: str) -> bool:
    """Tell whether a part only asks of which kind or size something is that stands before it."""
    return _FRAGMENT.fullmatch(part) is not None


def points_back(part: str) -> bool:
    """Tell whether a part of a message is about what was said before it, as in "who watches it?"."""
    if (_WHICH_IS_IT.fullmatch(part) and tells(part)) or _NAMES_IT.search(part) or _TAGGED.match(part):
        return False
    return bool(
        _BACK.search(part) or _ITS.match(part) or _OF_BEFORE.match(part) or is_pointing(part) or not tells(part)
    )


#: "and the retraining?", "what about labels?"
_GOES_ON = re.compile(
    r"(?:and|also|or|what about|how about|same (?:q(?:uestion)? )?for)(?: (?:the|its|our|for))? "
    r"(?P<told>[\w-]+(?: [\w-]+)?)\W*",
    _FLAGS,
)


def goes_on(text: str) -> bool:
    """Tell whether a message asks of something else what was asked before it."""
    said = _GOES_ON.fullmatch(text)
    return said is not None and tells(said["told"])


def is_bare(part: str) -> bool:
    """Tell whether a part says nothing but what is asked of what was said before."""
    return is_pointing(part) or not tells(part) or _OF_BEFORE.match(part) is not None


def is_bare_who(part: str) -> bool:
    """Tell whether a question only asks who does something, as in "the model is down. Who fixes?"."""
    return WHO.match(part) is not None and len(part.split()) <= BARE


def tells(part: str) -> bool:
    """Tell whether a part of a message says what it is about, and not only that something is asked of it."""
    words = (
        each
        for each in WORD.findall(part)
        if not any(is_said(each) for is_said in (is_function, is_of_words, is_of_talk))
    )
    return any(not is_of_records(each) for each in words)


#: "idem-what?"
_CUT_OFF = re.compile(
    r"\b(?P<begun>[^\W\d_]{3,})(?:-|–|…|\.{2,}|\s)+(?:what|wat|wot|huh|something|whatever)\W*$", _FLAGS
)


def begun(part: str) -> str:
    """Return the beginning of a word of which somebody didn't catch the rest, as in "idem-what?"; else nothing."""
    found = _CUT_OFF.search(part)
    return found["begun"].casefold() if found else ""


def takes_up(part: str, before: str) -> bool:
    """Tell whether a part of a message says again what was said before ("in what mode?"), or tells nothing."""
    said = {each.casefold() for each in WORD.findall(before)}
    if (start := begun(part)) and any(each.startswith(start) for each in said):
        return True
    words = [each for each in WORD.findall(part) if tells(each)]
    return not words or any(each.casefold() in said for each in words)


def tells_itself(part: str) -> bool:
    """Tell whether a part of a message says what it is about, and doesn't only point at what was said before."""
    return not is_pointing(part) and (tells(part) or len(part.split()) > BARE)


def put_in(part: str, about: str) -> str:
    """Return a part of a message with what it is about in the place of "it" or "this"."""
    said, count = _BACK.subn(lambda _: about, part, count=1)
    if not count and (its := _ITS.match(part)):
        return f"{its['before']}{about}{part[its.end() :]}"
    return said if count else f"{part} {about}"
