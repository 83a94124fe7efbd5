"""Sentences as people write them in Slack: without markup, greetings and politeness, and taken apart."""

import re
from functools import lru_cache

from handlers.checks.english import is_english
from handlers.framework import tails
from handlers.framework.plain_text import plain
from handlers.framework.pointing import BARE, WHO, WORD, is_bare, is_pointing, points_back, put_in, tells
from handlers.framework.small_words import is_function, is_of_records, is_of_words

_FLAGS = re.IGNORECASE
#: So much of a message is looked at for a question, and so much of its end for afterthoughts.
_READ, _END = 1000, 200
#: In a longer row of marks each place could be where an afterthought, or the next sentence, begins.
_ROW = re.compile(r"((?:[?!.,;:…–-]\s*){3})(?:[?!.,;:…–-]\s*)+")
_EMOJI = r":[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:"

#: Where one sentence ends and the next begins; "vs." and "e.g." end none.
_ENDS = re.compile(
    r"(?:[?!]+|…|\.{2,}|(?<!\bvs)(?<!\bno)(?<!\b[a-z]\.[a-z])\.)[\"'”’)]*(?:\s+|$)|\s*(?:;(?=\s)|\n)\s*|\s+[-–—]+\s+",
    _FLAGS,
)
_ASKING = (
    r"(?:what|whats|wats?|wot|wth|wtf|who|whos|whose|why|how|which|when|where|wdym|in (?:what|which) sense|define|"
    r"explain|(?:did|do|does|is|are|has|have|can|could|any|anyone|anybody|someone|somebody)(?=\s))"
)
#: A second question in the same sentence.
_AND = re.compile(
    r",?\s+(?:and|also|plus)\s+(?=(?:also\s+)?(?:in (?:what|which) sense|what|who|why|how|did|define|explain|"
    r"(?:is|are|does|do|can|should) (?:it|that|this|they|we|i))(?:['’]?s|['’]re)?\b)",
    _FLAGS,
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
    r"ok(?:ay)?|so|well|right|and|but|also|now|then|oh|ah|hm+|u+h*m+|e+r+m*|lol|haha|yaar|arre|abeg|oya|bhai|aiyo|fyi|btw|tbh|sorry|sry|soz|apologies|"
    r"excuse me|"
    r"please|pls|plz|kindly|thanks|thank you|thx|ty|again|actually|just|really|only|quick one|real quick|quickly|"
    r"(?:a |one )?(?:quick|silly|dumb|stupid|random|noob|small|short|newbie) (?:question|q|one)(?: but)?|question|q|"
    r"(?:wait|hang on|hold on)(?=[,.…!])|"
    r"for the (?:\w+ ){0,2}(?:question|doubt|people|folks)(?: but)?|but|sense check|got a (?:sec|second|minute)|"
    r"(?:i am|i['’]?m|sorry) (?:totally |completely |a bit |so )?(?:new|lost|confused|clueless|stuck)"
    r"(?: (?:here|now|to (?:all )?this))?(?=\W|$)|"
    r"new here|(?:i am|i['’]?m) (?:new here|having (?:one|a) doubt(?! (?:in|on|with)\b)|curious)|"
    r"i have (?:a|one) (?:quick "
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
    r"lol|lmao|rofl|ha(?:ha)+|he(?:he)+|huh|eh|lah|leh|lor|sia|abeg|biko|yaar|bhai|pray|mun|"
    r"(?:in (?:one|a single|two)|(?:just )?(?:one|a single)) (?:line|sentence|word)s?(?: only| is enough| will do)?|"
    r"in (?:short|brief)|when (?:it|they|he|she)(?:['’]?s|['’]?re| is| are) at home|"
    r"asap|short answer|(?:i am|i['’]?m) (?:totally |completely |a bit )?(?:new|lost|confused|clueless|stuck)"
    r"(?: (?:here|now|to (?:all )?this))?|"
    r"in the first place|sorry|(?<!do )i mean|asking for a friend|you guys|"
    r"if (?:you|anyone|anybody) (?:know|knows|can|could|have|"
    r"don['’]?t "
    r"mind)\b[^,]*|when(?:ever)? (?:you|u|someone|anyone) (?:have|has|get|gets|find|finds) (?:a|some|the|two|five) \w+|"
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


#: "contract, I don't mean the API one" asks for no API.
_NOT_MEANT = re.compile(
    r"(?<=\w)(?:,| [-–—]|\.| \(|(?= but not (?:the|an?) )) ?(?:and |but )?(?:not (?:the|an?|in)\b|"
    r"(?:i |we )?(?:do not|don['’]?t) (?:mean|care|want)\b)"
    r"[^,.;?!)]*\)?|(?:,| [-–—]) ?[\w' -]{2,30} aside\b",
    _FLAGS,
)


#: What is said short ends in a dot, and no sentence does there.
_CLIPPED = re.compile(r"\b([a-z]{2,6})\. ([a-z]+)", _FLAGS)
#: "who or what is a steward" asks for no person.
_WHO_OR = re.compile(r"\bwho or (?=what\b)", _FLAGS)
#: "What, if I may ask, distinguishes …"
_MAY_I = re.compile(r",\s*(?:if (?:i|we|you) [^,]{2,30}|please|pray|kindly|by the way|btw),\s*", _FLAGS)


def unwrapped(sentence: str) -> str:
    """Return a sentence without greeting, politeness and afterthoughts; itself where nothing else is in it."""
    text = sentence.strip()
    opened = _OPENING.match(text)
    if opened and (rest := text[opened.end() :].lstrip(" ,:;–-")):
        text = rest
    is_question = _QUESTION.match(text) is not None
    closed = _without_closing(_CLOSING_QUESTION if is_question else _CLOSING, text).strip()
    return closed if any(map(str.isalnum, closed)) else text


def readable(text: str) -> str:
    """Return as much of a message as is read for a question, with at most three marks in a row, and what is meant."""
    bare = _CLIPPED.sub(_without_dot, _ROW.sub(r"\1", text[:_READ]))
    return _NOT_MEANT.sub("", _MAY_I.sub(" ", _WHO_OR.sub("", tails.asked(bare))))


def _without_dot(match: re.Match[str]) -> str:
    """Return a word that is said short without its dot, where the next one may be of the same name: "conc. drift"."""
    said, following = match.groups()
    # "… got a csv. Sample??" begins anew with a word that stands before it.
    is_again = following.casefold() in map(str.casefold, WORD.findall(match.string[: match.start()]))
    is_whole = is_again or is_english(said.casefold()) or is_function(following) or is_of_words(following)
    return match[0] if is_whole else f"{said} {following}"


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


#: "churn, is there also a launch meaning?", "if it is said to be scalable, what do we claim?"
_ANOTHER = re.compile(
    r"\b(?:also|another|other|more|second) (?:an? )?(?:\w+ )?(?:meaning|sense|definition)s?\b", _FLAGS
)
#: "precision or recall, which matters more" asks of both.
_WHICH_OF = re.compile(r"which (?:one|of|is|are|matters?|means?|comes?|has|was)\b", _FLAGS)
_SAID_TO_BE = re.compile(r"(?:if|when) .* (?:said|claimed|supposed|meant) to be ", _FLAGS)


def _apart(sentence: str) -> tuple[str, ...]:
    """Return what a sentence asks after a comma or colon, as in "quick one, what is …", else the sentence."""
    for mark in ",:":
        pointing, _, name = sentence.rpartition(mark)
        # "what is she on about, confidence?"
        if name and is_pointing(pointing) and is_name(name) and tells(name):
            return unwrapped(name), pointing
    *before, last = _AFTER.split(sentence)
    if before and is_pointing(last):
        return unwrapped(", ".join(before)), last
    is_begun = any(each.match(sentence) for each in (_QUESTION, _SAID_TO_BE))
    goes_back = any(each.match(last) for each in (WHO, _WHICH_OF)) or points_back(last)
    is_one = is_begun or goes_back or _ANOTHER.search(last)
    if not before or is_one or (len(before) == 1 and _FOR_WHOM.fullmatch(before[0])):
        return (sentence,)
    told = unwrapped(", ".join(before))
    # "prompt injection, do I need a needle" asks of what it begins with.
    return (
        (told, unwrapped(last)) if len(told.split()) <= _NAME and is_name(told) and tells(told) else (unwrapped(last),)
    )


#: "in operations, what is a threshold?" says whose word it is.
_FOR_WHOM = re.compile(r"(?:in|for|to|among(?:st)?|from|as|within|with|speaking) [\w'’ -]{2,40}", _FLAGS)


#: "they want a canary. What canary?"
_WHAT_ONE = re.compile(r"^(?:what|which|wat|wot)(?: an?| the)? (?=\S+(?: \S+)?$)", _FLAGS)


def said_again(text: str) -> str:
    """Return the word that a message ends with and said before: "they want a poc by Friday. poc?"."""
    *before, told = parts(text) or ("",)
    last = _WHAT_ONE.sub("", told)
    said = f" {' '.join(WORD.findall(' '.join(before)))}".casefold()
    is_again = bool(last) and len(last.split()) <= BARE and f" {last.casefold()}" in said
    return last if is_again and is_name(last) and tells(last) else ""


def with_before(part: str, before: str) -> str:
    """Return a part that points back together with the part before it, or with what that says in the place of "it"."""
    return f"{before}, {part}" if is_bare(part) else put_in(part, before if is_name(before) else telling(before))


_DASH = re.compile(r"\s[-–—]\s")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b|\baka\b)\s*", _FLAGS)
_IN_NAMES = frozenset(("of", "the", "in", "on", "to", "and", "or", "for", "by", "under", "with", "your", "as", "up"))
#: So many words can be a name that stands alone.
_NAME = 4


#: "and a kernel?"
_ARTICLE = re.compile(r"^(?:an?|the) (?=[\w-]+$)", _FLAGS)


def is_name(text: str) -> bool:
    """Tell whether a message is nothing but a name, or a few: "drift?", "CI/CD", "epoch, batch, learning rate"."""
    told = _ARTICLE.sub("", listed(text) or unwrapped(plain(text)))
    names = [each.split() for each in _BETWEEN_NAMES.split(told) if each.strip()]
    words = told.casefold().split()
    outer, inner = words[:1] + words[-1:], words[1:-1]
    is_plain = not any(map(is_function, outer)) and _IN_NAMES.issuperset([each for each in inner if is_function(each)])
    return (
        bool(names)
        and is_plain
        and not _asks_to_do(text)
        and all(len(each) <= _NAME for each in names)
        and not is_polite(text)
    )


#: "can someone release meeting room 4" asks for something to be done, and for no name of so many words.
_TO_DO = re.compile(rf"{_CAN_YOU}(?! (?:have|get|know|ask|define|explain|describe|clarify)\b)", _FLAGS)
_A_DEED = 3


def _asks_to_do(text: str) -> bool:
    return _TO_DO.match(text.strip()) is not None and len(unwrapped(text).split()) >= _A_DEED


def listed(text: str) -> str:
    """Return the names of a message that is nothing but short lines or sentences, with commas; else nothing."""
    found = parts(text)
    is_list = len(found) > 1 and all(len(each.split()) <= _NAME and not _DASH.search(text) for each in found)
    return ", ".join(found) if is_list and not any(map(_QUESTION.match, found)) else ""


def telling(text: str) -> str:
    """Return the words of a message that say something, in their order; empty where none does."""
    words = [each for part in parts(text) for each in WORD.findall(part)]
    told = dict.fromkeys(each for each in words if not is_function(each))
    return " ".join([each for each in told if not is_of_records(each)] or told)
