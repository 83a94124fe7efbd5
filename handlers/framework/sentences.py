"""Sentences as people write them in Slack: without markup, greetings and politeness, and taken apart."""

import re
from functools import lru_cache

from handlers.framework.small_words import is_function, is_of_records, is_of_words

_FLAGS = re.IGNORECASE
#: So much of a message is looked at for a question, and so much of its end for afterthoughts.
_READ, _END = 1000, 200
#: In a longer row of marks each place could be where an afterthought, or the next sentence, begins.
_ROW = re.compile(r"((?:[?!.,;:…–-]\s*){3})(?:[?!.,;:…–-]\s*)+")
#: Slack's own marks: a link or a name with its label, a block of code, a line that quotes somebody.
_LABEL = re.compile(r"<(?:[^<>|]*\|([^<>]+)|https?://([^<>|]+)|[@!#][^<>]*)>")
_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_ADDRESS = re.compile(r"<[@!][^<>]*>")
_MARKS = "*_~`"
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)[^~\n]+~(?![\w~])")
_MARKED = re.compile(rf"(?<![\w{_MARKS}])[{_MARKS}]+(?=\w)|(?<=\w)[{_MARKS}]+(?![\w{_MARKS}])|(?<=[?!.,])[{_MARKS}]+")
_EMOJI = r":[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:"

#: Where one sentence ends and the next begins; "vs." and "e.g." end none.
_ENDS = re.compile(
    r"(?:[?!]+|…|\.{2,}|(?<!\bvs)(?<!\bno)(?<!\b[a-z]\.[a-z])\.)[\"'”’)]*(?:\s+|$)|\s*(?:;(?=\s)|\n)\s*|\s+[-–—]+\s+",
    _FLAGS,
)
#: Written without its apostrophe, or in a hurry.
_UNMARKED = re.compile(r"\b(are|is|do|does|did|was|were|have|has)nt\b|\b(?:waht|whta|wht|hwat)\b", _FLAGS)
_ASKING = (
    r"(?:what|whats|wats?|wot|wth|wtf|who|whos|whose|why|how|which|when|where|wdym|in (?:what|which) sense|define|"
    r"explain|(?:did|do|does|is|are|has|have|can|could|any|anyone|anybody|someone|somebody)(?=\s))"
)
#: A second question in the same sentence.
_AND = re.compile(
    r",?\s+(?:and|also|plus)\s+(?=(?:also\s+)?(?:what|who|why|how|did|define|explain)(?:['’]?s|['’]re)?\b)", _FLAGS
)
_AFTER = re.compile(rf"[,:]\s+(?={_ASKING}(?:['’]?s|['’]re)?\b)", _FLAGS)

_PERSON = (
    r"(?:all|team|folks|guys|everyone|everybody|there|people|y['’]?all|you guys|sir|madam|ma['’]?am|"
    r"friends?|mate|both|lads)"
)
_GREETING = (
    r"(?:(?:hi+|hey+|hello|hiya|heya|yo|howdy|dear|good (?:morning|afternoon|evening|day)|morning|"
    rf"evening|afternoon)\b(?: {_PERSON}\b)*|{_PERSON}\b(?=,))"
)
_ASIDES = (
    r"ok(?:ay)?|so|well|right|and|but|also|now|then|oh|ah|hm+|um+|er|lol|haha|fyi|btw|tbh|sorry|apologies|excuse me|"
    r"please|pls|plz|kindly|thanks|thank you|thx|ty|again|actually|just|really|only|quick one|real quick|quickly|"
    r"(?:a |one )?(?:quick|silly|dumb|stupid|random|noob|small|short|newbie) (?:question|q|one)(?: but)?|question|q|"
    r"for the (?:\w+ ){0,2}(?:question|people|folks)(?: but)?|but|sense check|got a (?:sec|second|minute)|"
    r"new here|(?:i am|i['’]?m) (?:new here|having (?:one|a) doubt|curious)|i have (?:a|one) (?:quick "
    r")?(?:doubt|question)|one doubt|"
    r"do the needful(?: and)?|be so kind(?: as to)?|(?:or )?rather|remind me(?: again)?|in other words|i mean"
)
_CAN_YOU = (
    r"(?:can|could|would|will|might|may) (?:you|u|ya|y['’]?all|somebody|someone|anybody|anyone|one of you|i|"
    r"we)(?: all)?"
    r"(?: (?:please|pls|kindly|possibly|perhaps|maybe|quickly|just|also|ever so kindly))*"
    r"(?: (?:ask(?: you)?|know|have|get)(?= (?:what|who|how|why|a|an|the|some)\b))?(?= \w)"
)
_TELL = (
    r"(?:(?:please |kindly )?(?:tell|remind|help|show|teach|let) (?:me|us)(?: (?:know|understand|out))?(?: "
    r"(?:again|quickly|please))*(?! (?:about|on|in)\b))|"
    r"(?:do|does|did) (?:you|u|anyone|anybody|someone|somebody)(?: (?:here|happen to|even))? know|(?:any|"
    r"some)(?:one|body)(?: here)? knows?|"
    r"(?:i|we)(?:['’]?d| would)? (?:like|want|need|love)(?: to)? (?:know|understand|ask)?|i (?:wonder|was "
    r"wondering)|wondering|"
    r"(?:any|no) (?:idea|clue)|(?:i )?(?:have no|haven['’]?t (?:a|the)) (?:idea|clue|foggiest)|"
    r"(?:i )?keep hearing(?: about)?|was going to ask [^:]*:"
)
_OPENING = re.compile(
    rf"(?:(?:{_GREETING}|(?:{_ASIDES})\b|{_CAN_YOU}|(?:{_TELL})\b|{_EMOJI}|@[\w.-]+)[\s,:;!.–-]*)+", _FLAGS
)
_POLITE_END = (
    r"(?:please|pls|plz|thanks(?: (?:a lot|all|so much|in advance))?|thank you|thx|ty|ta|cheers|tbh|btw|by the way|"
    r"sorry|asking for a friend|you guys|if (?:you|anyone|anybody) (?:know|knows|can|could|have|don['’]?t "
    r"mind)\b[^,]*|"
    r"(?:can|could) (?:some|any)(?:one|body) (?:please )?(?:explain|help|tell me|clarify)|(?:a )?bit lost)"
)
_LOOSE_END = (
    rf"(?:again|though|then|actually|exactly|really|even|only|itself|today|now|anyone|anybody|someone|somebody|"
    rf"everyone|"
    rf"help|guys|folks|team|mate|sir|ok(?:ay)?|right|at the moment|right now|in the end|already|yet|{_POLITE_END})"
)
_MARK_END = rf"(?:\s?{_EMOJI}|[?!.,;:…])"
#: An afterthought after a comma, and after a question without one.
_CLOSING = re.compile(
    rf"(?:(?:,\s?|\s[-–—]\s|[?!.…]\s?){_LOOSE_END}(?!\w)|(?:^|\s){_POLITE_END}(?!\w)|{_MARK_END})+$", _FLAGS
)
_CLOSING_QUESTION = re.compile(rf"(?:(?:,\s?|\s[-–—]\s|[?!.…]\s?|^|\s){_LOOSE_END}(?!\w)|{_MARK_END})+$", _FLAGS)

_QUESTION = re.compile(_ASKING + r"(?:['’]?s|['’]re)?\b", _FLAGS)
#: "… . also boosting" goes on with what was asked for before.
_GOES_ON = re.compile(rf"[.?!]+\s+(?:and|also|plus|or)\s+(?!{_ASKING}\b)(?=[\w -]{{2,40}}[?!.\s]*$)", _FLAGS)
#: A list goes on after it: "drift; churn; recall".
_LISTS_ON = re.compile(rf"\s*;\s*(?!{_ASKING}\b)(?=[\w/ -]{{2,40}}(?:;|[?!.\s]*$))", _FLAGS)
_BULLET = re.compile(r"^\s*(?:[•◦▪·*–-]|\d{1,2}[.)])\s+", re.MULTILINE)
#: A list in one line: "1) drift 2) recall".
_IN_LINE = re.compile(r"\s+\d{1,2}\)\s+")

_WORD = re.compile(r"[\w][\w+#'’./-]*[\w+#]|\w")


@lru_cache(maxsize=1000)
def plain(text: str) -> str:
    """Return a message as it reads: links and names by their labels, without code, quoted lines and other marks."""
    kept = _CODE.sub(" ", without_quoted_lines(text))
    shown = kept if any(map(str.isalnum, kept)) else text.replace("```", " ")
    in_lines = _without_struck(_IN_LINE.sub("\n", _BULLET.sub("", shown)))
    labelled = _LABEL.sub(lambda match: match[1] or match[2] or " ", in_lines).replace("&amp;", "&")
    spelt = _UNMARKED.sub(lambda match: f"{match[1]}n't" if match[1] else "what", labelled)
    lines = (" ".join(line.split()) for line in spelt.splitlines())
    return "\n".join(filter(None, (_MARKED.sub("", line) for line in lines)))


def without_quoted_lines(text: str) -> str:
    """Return a message without the lines in which it quotes somebody; itself where it is nothing else."""
    kept = _QUOTED_LINE.sub(" ", text)
    return kept if any(map(str.isalnum, _ADDRESS.sub("", kept))) else text


def _without_struck(text: str) -> str:
    kept = _STRUCK.sub(" ", text)
    return kept if any(map(str.isalnum, kept)) else text


def unwrapped(sentence: str) -> str:
    """Return a sentence without greeting, politeness and afterthoughts; itself where nothing else is in it."""
    text = sentence.strip()
    opened = _OPENING.match(text)
    if opened and (rest := text[opened.end() :].strip(" ,:;–-")):
        text = rest
    is_question = _QUESTION.match(text) is not None
    closed = _without_closing(_CLOSING_QUESTION if is_question else _CLOSING, text).strip()
    return closed if any(map(str.isalnum, closed)) else text


def readable(text: str) -> str:
    """Return as much of a message as is read for a question, with at most three marks in a row."""
    return _ROW.sub(r"\1", text[:_READ])


def _without_closing(pattern: re.Pattern[str], text: str) -> str:
    return text[:-_END] + pattern.sub("", _ROW.sub(r"\1", text[-_END:]))


@lru_cache(maxsize=1000)
def parts(text: str) -> tuple[str, ...]:
    """Return the sentences and questions of a message, each unwrapped; what is nothing but politeness is left out."""
    flowing = _GOES_ON.sub(" and ", _LISTS_ON.sub(", ", plain(readable(text))))
    found = [each for line in _ENDS.split(flowing) for each in _AND.split(line or "")]
    apart = [part for each in found if any(map(str.isalnum, each)) for part in _apart(unwrapped(each))]
    return tuple(each for each in apart if not is_polite(each))


def is_polite(text: str) -> bool:
    """Tell whether a sentence is nothing but a greeting, thanks or the like."""
    opened = _OPENING.match(text)
    left = text[opened.end() :] if opened else text
    return not any(map(str.isalnum, _without_closing(_CLOSING_QUESTION, left)))


def _apart(sentence: str) -> tuple[str, ...]:
    """Return what a sentence asks after a comma or colon, as in "quick one, what is …", else the sentence."""
    *before, last = _AFTER.split(sentence)
    if before and is_pointing(last):
        return unwrapped(", ".join(before)), last
    if not before or _QUESTION.match(sentence) or _WHO.match(last) or points_back(last):
        return (sentence,)
    return (unwrapped(last),)


#: "the model is down, who is told?" is about all of it.
_WHO = re.compile(r"who(?:m|se)?(?:['’]?(?:s|re|ll))?\b", _FLAGS)
_POINTING = re.compile(
    r"(?:what(?:['’]?s| is| are| does)?|whats|wats|which|who|whose|can|could|how|(?:is|are)(?=.* relat)|"
    r"an? (?=what)|explain|"
    r"is there an? (?:\w+ )?(?:name|word|term|expression) for\b|"
    r"meaning|definition)\b(?:[^\w]|"
    r"\b(?:it|in|sense|senses|meaning|that|this|these|those|they|them|is|are|mean|means|he|she|does|of|what|which|who|"
    r"whose|the|difference|diff|one|someone|somebody|explain|define|all|them|by|meant|do|you|say|was|would|be|now|to|"
    r"there|here|really|exactly|actually|again|even|goes|put|next|"
    r"side|together|to an? [\w-]+$|relat(?:e|es|ed|ion|ionship)|both|each|other|two|three|four|"
    r"distinguish(?:es)?|separates?|contains?|called|short|for|at|how|sentence|word|line|plain|simple|english)\b)*[?!.\s]*",
    _FLAGS,
)


def is_pointing(question: str) -> bool:
    """Tell whether a question is about what stands before it, as in "zero-shot, what is it?"."""
    return _POINTING.fullmatch(question) is not None


_BACK = re.compile(
    r"\b(?:it(?! (?:mean|means|stands?) (?:that|if|when)\b| to\b| that\b)|them|(?:this|that|these|those)(?=\W*$|"
    r"[?!.,;]| (?:in|on|at|for|with|to|is|are|was|here|again|now|"
    r"yet|already|before|about|mean|means|then|off|inside|within|under|over|out|of|from|by|still|part|covered|"
    r"decided|agreed|settled|allowed|ok|okay|fine|what|how|why|not|true|done|gone|something)\b))\b",
    _FLAGS,
)
#: "which loss is that" says itself what it is about.
_WHICH_IS_IT = re.compile(r"(?:which|what) [\w-]+(?: [\w-]+)? (?:is|was) (?:that|this)\W*", _FLAGS)
#: "is anybody checking its quality?", where nothing before it in the same part can be meant.
_ITS = re.compile(r"(?P<before>(?:(?!\b(?:the|an?|our)\b).)*?)\bits\b", _FLAGS)


#: "same thing with a fancier name?" compares what was said before, "who do I tell?" asks for somebody to tell it.
_OF_BEFORE = re.compile(
    r"(?:(?:is|are|just|really|basically) |(?:it|they|both)(?: all)? )*(?:the )?same\b(?!.*\b(?:as|and|or|vs)\b)|"
    r"(?:(?:to|with) )?(?:whom?|(?:which|what) (?:person|one of (?:us|you))) (?:to|(?:do|does|should|can|must) "
    r"(?:i|we|they|you|one|it)) \w+(?: (?:to|with|about|then|now|asap|here|first|please))*\W*$|"
    r"do we (?:really )?need (?:all )?(?:two|three|four|both|so many)\b",
    _FLAGS,
)


def points_back(part: str) -> bool:
    """Tell whether a part of a message is about what was said before it, as in "who watches it?"."""
    if _WHICH_IS_IT.fullmatch(part) and tells(part):
        return False
    return bool(
        _BACK.search(part) or _ITS.match(part) or _OF_BEFORE.match(part) or is_pointing(part) or not tells(part)
    )


def tells(part: str) -> bool:
    """Tell whether a part of a message says what it is about, and not only that something is asked of it."""
    words = (each for each in _WORD.findall(part) if not is_function(each) and not is_of_words(each))
    return any(not is_of_records(each) for each in words)


def with_before(part: str, before: str) -> str:
    """Return a part that points back together with the part before it, or with what that says in the place of "it"."""
    is_bare = is_pointing(part) or not tells(part) or _OF_BEFORE.match(part) is not None
    return f"{before}, {part}" if is_bare else put_in(part, before if is_name(before) else telling(before))


def put_in(part: str, about: str) -> str:
    """Return a part of a message with what it is about in the place of "it" or "this"."""
    said, count = _BACK.subn(lambda _: about, part, count=1)
    if not count and (its := _ITS.match(part)):
        return f"{its['before']}{about}{part[its.end() :]}"
    return said if count else f"{part} {about}"


_DASH = re.compile(r"\s[-–—]\s")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b|\baka\b)\s*", _FLAGS)
_IN_NAMES = frozenset(("of", "the", "in", "on", "to", "and", "or", "for", "by", "under", "with", "your", "as", "up"))
#: So many words can be a name that stands alone.
_NAME = 4


def is_name(text: str) -> bool:
    """Tell whether a message is nothing but a name, or a few: "drift?", "CI/CD", "epoch, batch, learning rate"."""
    told = listed(text) or unwrapped(plain(text))
    names = [each.split() for each in _BETWEEN_NAMES.split(told) if each.strip()]
    words = told.casefold().split()
    outer, inner = words[:1] + words[-1:], words[1:-1]
    is_plain = not any(map(is_function, outer)) and _IN_NAMES.issuperset([each for each in inner if is_function(each)])
    return bool(names) and is_plain and all(len(each) <= _NAME for each in names) and not is_polite(text)


def listed(text: str) -> str:
    """Return the names of a message that is nothing but short lines or sentences, with commas; else nothing."""
    found = parts(text)
    is_list = len(found) > 1 and all(len(each.split()) <= _NAME and not _DASH.search(text) for each in found)
    return ", ".join(found) if is_list and not any(map(_QUESTION.match, found)) else ""


def telling(text: str) -> str:
    """Return the words of a message that say something, in their order; empty where none does."""
    words = [each for part in parts(text) for each in _WORD.findall(part)]
    told = dict.fromkeys(each for each in words if not is_function(each))
    return " ".join([each for each in told if not is_of_records(each)] or told)
