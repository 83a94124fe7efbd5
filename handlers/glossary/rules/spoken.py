"""Whether a sentence clearly asks about words, and which of the names in it are meant; pure."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Literal

from handlers.framework import plain_text
from handlers.framework.pointing import tells
from handlers.framework.small_words import is_of_scene, is_of_talk, is_of_words
from handlers.glossary.rules.cleaning import QUOTES
from handlers.glossary.rules.disciplines import is_everyday, is_of_work
from handlers.glossary.rules.stretches import TOKEN, Stretch, apart, ends_name, stretches, words_of

Asks = Literal["difference", "meaning", ""]

_FLAGS = re.IGNORECASE
_DIFFERENCE = re.compile(
    r"\b(?:differ(?!enti)\w*|diff|distinct\w*|distinguish\w*|compare[sd]?|contrast\w*(?=.* (?:and|with|to|vs)\b)|"
    r"versus|vs|same|alike|"
    r"interchangeabl[ey]|synonym\w*|confus(?:e[sd]?|ing)(?=.* (?:and|with|or|from|for) )|"
    r"mix(?:es|ed|ing)?(?=.* up\b)|which is\b.* which|"
    r"tell .* apart|apart from|(?:line|border|boundary|relation|relationship) between|as opposed to|in common|"
    r"one or the other|relat(?:e|es|ed|ion)|(?:all|the) (?:two|three|four)|(?:two|three|four) (?:words|terms|"
    r"names)|both|(?:rather|more|less) than|next to|on the other|"
    r"one thing|(?:an)?other (?:word|name) for|end and|something else than)\b|!=|≠",
    _FLAGS,
)
_MEANING = re.compile(
    r"\b(?:means?|meaning|meant|defin(?:e[sd]?|ing|ition|itions)|expla(?:in(?:s|ed|ing)?|nation)|stands? for|"
    r"(?:short|long|full) (?:for|form)|refer(?:s|ring)? to|(?:the|that|this|a) (?:word|term|acronym|abbreviation)|"
    r"(?:put|say)\b.* (?:in|into) .*(?:words|terms|language)|(?:plain|simple|normal) (?:english|words|terms)|"
    r"in english|layman\w*|"
    r"in (?:one|a) (?:sentence|word|line|nutshell)|tl;?dr|eli5|for dummies|jargon|gist|concept of|notion of|"
    r"(?:in|search) (?:(?:the|our|your) )?glossary|glossary entry|(?:one|a) (?:sentence|line) (?:on|about)|"
    r"(?:this|that|the) (?:[\w-]+ ){0,3}thing|(?:picture|imagine)|(?:you|we|one|people|they) call|"
    r"underst(?:and|ood)|don['’]?t (?:quite )?get|never heard|(?:no|any) (?:idea|clue)|struggling (?:with|to)|"
    r"translate[ds]?|elaborate[ds]?|brief (?:me|us)|walk (?:me|us) through|all about|on about|"
    r"(?:talk(?:ing|s)?|hear|heard) about|examples? (?:of|for)|look ?up (?!who\b)|(?:good|useful|used) for|"
    r"(?:qualif(?:y|ies)|counts?|considered|classified) (?:as|an?)|(?<=what )(?:do|does|would) .* call)\b|"
    r"\b(?:need|tell|quick|question|help|these|following|words?|terms?)\b[^:]*: [^:]{2,80}$",
    _FLAGS,
)
#: These ask for reasons and people, whatever else they say.
_OTHER = re.compile(
    r"\b(?:why(?!.* calls? )|whose|who (?:owns?|is|handles?|runs?|approves?|decides?)|did (?:we|anyone))\b", _FLAGS
)


#: "who monitors the baby" asks for who does it; "who uses the word" doesn't.
_WHO_DOES = re.compile(r"\bwho(?:['’]?s| is| are)? (\w+(?:s|ing|ed)) (?:the|our|this|that|these|those|an?)\b", _FLAGS)


#: "I came across threshold" speaks of a word, "I came across the threshold" of a door.
_BARE = r"(?!(?:the|an?|my|our|your|his|her|its|their|this|that|these|those|some|each|every)\b)\w"
#: So people say that they don't know a word, without asking for it.
_WONDERS = re.compile(
    r"\?\s*\?|(?:^|[.!?;:] )[\w/-]+\W*$|[,:;] [\w/-]+\?|"
    r"\bwhat (?:[\w'’-]+ ){1,6}(?:measures?|covers?|does|is|are)\W*$|^what (?:would|should|do|does|causes?)\b|"
    r"\b(?:keeps?|kept) coming|\b(?:came|comes?|coming) up\b|\b(?:know|read|learn) about\b|"
    r"^(?:so |and |but )?(?:an? )?[\w-]+(?: [\w-]+)? (?:is|are|means?) (?:when|where|if|an?|just|like|basically|"
    r"something|people|someone) .*\b(?:correct|right|true|yes|no|innit)\W*$|"
    r"\b(?:new|unclear|clear|greek) to (?:me|us)\b|\b(?:me|i['’]?m|am|got) lost\b|\bgive up\b|"
    r"\b(?:can['’]?t|cannot|couldn['’]?t|don['’]?t) (?:really |quite )?(?:place|parse|decode|make (?:any )?sense of|"
    r"work out)\b|"
    r"\b(?:crash course|primer|refresher|cheat ?sheet|rundown|overview|explainer|recap) (?:on|of|for|about)\b|"
    rf"\b(?:(?:came|come|coming) across|first time(?: (?:i|we|hearing|hear|heard))*|lost me (?:at|on|with)|"
    rf"cares? about|(?:head|mind|brain) (?:a?round|over)|(?:stumbled|tripped) (?:over|upon|on)) {_BARE}|"
    r"\b(?:on earth|in the world|the he(?:ck|ll))\b|"
    r"\bnone the wiser\b|\b(?:not|don['’]?t|can['’]?t|cannot|couldn['’]?t) (?:really |quite )?follow(?:ing)?\b|"
    r"\bshould (?:i|we) (?:clap|worry|care|panic|be \w+)\b|\b(?:summary|decode|rundown) (?:of|for|on)\b|"
    r"\bwhat (?:do|should|can) (?:i|we) (?:say|tell|answer|reply)\b|"
    r"\bwhat (?:we|you|they|people|one) (?:are |is )?(?:call(?:s|ing)?|mean(?:s|ing)?)\b|"
    r"\bwhat(?:['’]?s| is| was| are)? (?:it|that|this|one|they)\b|\b(?:keeps?|kept)(?: on)? \w+ing\b|"
    r"\b(?!on\b)(?:some(?:one|body)|people|they|you|he|she|everyone|everybody|[A-Z][a-z]+) "
    r"(?:just |all )?"
    r"(?:said|says?|saying|mention(?:s|ed)|wrote|calls?|called|used)\b|"
    r"\b(?:nod(?:ded)?|dumb|newbie|noob|thick|silly|que|enlighten|unpack|translation|term|gimme|never dared|"
    r"one (?:line|sentence|word)s?|is (?:that|it|this) (?:like|about|when|just|only)|which is (?:it|that)|"
    r"good or bad|is that good|(?:that|the|this) last (?:word|bit|part|one|term)|works?(?=(?: \w+ly)?\W*$))\b",
    _FLAGS,
)


#: Whoever asks why people say that the canteen is noisy knows what that is.
_WHY_SO = re.compile(r"why (?:do|does) .*\b(?:is|are|was|were)\b", _FLAGS)
#: Between names in a row: "monitoring/observability", "an epoch against a batch".
_IN_A_ROW = frozenset(("and", "or", "nor", "vs", "vs.", "versus", "against", "n", "a", "an", "the", *"/&,+;)"))
_SENTENCE_ENDS = frozenset(".?!;")
#: Several names that are so many of all telling words are what is asked for.
_ALL = (2, 3)
_QUOTES = frozenset("\"“”„«»'‘’`")
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]+")
#: Quotes round what may be a word.
_QUOTED_WORD = re.compile(r"[\"“”„«»'‘’`]([\w-]+(?: [\w-]+){0,2})[\"“”«»'’`]")
#: "that skew thing between training and live"
_THING = re.compile(
    r"(?:^|\b(?:the|that|this) )(?!(?:what|which|any|some|one|other|same|right|whole|real)\b)([\w-]+) "
    r"(?:thing|thingy|stuff|business)\b",
    _FLAGS,
)
_WHICH = re.compile(r"\b(?:which|what) (?:sense|meaning|definition)\b(?! (?:of|for)\b)", _FLAGS)
_ARTICLE_WORDS = "the a an my our your his her its their this that these those"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
#: A text of so many words and marks is short.
_SHORT = 5
#: "Ana wrote … on the board": of a sentence that tells who said a word, this is who.
_SPEAKER = re.compile(
    r"\b[A-Z][a-z]+(?= (?:just |always |never |also )?(?:says?|said|keeps?|kept|wrote|writes|mention(?:s|ed)|"
    r"asks?|asked|talks?|talked|calls?|called|uses?|used|tells?|told|could|can|goes|showed|put|thinks|thought)\b)"
)


def asks(text: str) -> Asks:
    """Tell whether a sentence clearly asks about words: for the difference of some, or for a meaning."""
    if asks_for_others(text):
        return ""
    return "difference" if _DIFFERENCE.search(text) else "meaning" if _MEANING.search(text) else ""


#: "I understand neither word": each of several is asked for.
_EACH = re.compile(
    r"\b(?:n?either|both|vs|versus|diff(?:erence)?s?|(?:the |these |those )?two (?:words|terms))\b", _FLAGS
)


def asks_for_each(text: str) -> bool:
    """Tell whether a sentence asks for each of several words."""
    return _EACH.search(text) is not None


def asks_for_others(text: str) -> bool:
    """Tell whether a sentence asks for reasons and people, whatever else it says."""
    return _OTHER.search(text) is not None or asks_who_does(text)


def asks_who_does(text: str) -> bool:
    """Tell whether a sentence asks who does something, other than to say, use or know a word."""
    deed = _WHO_DOES.search(text)
    return deed is not None and not is_of_words(deed[1]) and not is_of_talk(deed[1])


def wonders(text: str) -> bool:
    """Tell whether somebody asks about a word, or shows that they don't know one."""
    return bool(asks(text)) or (_WONDERS.search(text) is not None and not _WHY_SO.match(text))


def quotes(text: str, name: str) -> bool:
    """Tell whether a name stands in quotes by itself, as people put words that they don't know."""
    return name.casefold() in map(str.casefold, _QUOTED_WORD.findall(text))


def quotes_others(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether something stands in quotes that holds none of some names."""
    return bool(_others_quoted(text, names))


def asks_in_quotes(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether a text asks for what stands in quotes, which is none of some names: "boundary" for a classifier."""
    said = text.casefold()
    first = min((said.find(each.text.casefold()) for each in names), default=0)
    return any(tells(each) and said.find(each) < first for each in _others_quoted(text, names))


def _others_quoted(text: str, names: Sequence[Stretch]) -> list[str]:
    quoted = [each.casefold() for each in _QUOTED_WORD.findall(text)]
    return [each for each in quoted if not any(name.text.casefold() in each for name in names)]


def asks_which(text: str) -> bool:
    """Tell whether it is asked which of a word's meanings is meant, whatever word that is."""
    return _WHICH.search(text) is not None


def are_all(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether nothing but names stands in a text, and what holds them together."""
    named = {place for each in names for place in range(each.start, each.end)}
    return bool(names) and all(at in named or ends_name(each) for at, each in enumerate(words_of(text)))


def is_of_another(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether a short text asks for another word than its only name: "a registry, for models"."""
    thing = _THING.search(text)
    if thing and not any(thing[1].casefold() in each.text.casefold() for each in names):
        return True
    if asks_in_quotes(text, names):
        return True
    told, first = words_of(text), names[0].start
    begun = [*takewhile(lambda each: each[0].isalnum(), told)]
    is_later = len(names) == 1 and first > 0 and told[first - 1] in ("for", "of")
    return is_later and min(len(told), len(begun)) <= _SHORT and not ends_name(told[0])


def only(text: str, names: Sequence[Stretch]) -> Stretch | None:
    """Return the only name in what somebody says who wonders about a word: the first thing that is said, unquoted."""
    found, there = apart(names), stretches(text)
    is_first = len(found) == 1 and found[0].start == min(each.start for each in there)
    return found[0] if is_first and wonders(text) and not QUOTES.search(text) else None


def sure(text: str, names: Sequence[Stretch]) -> list[Stretch]:
    """Return those of the known names in a text that hardly stand there by chance, whatever it asks.

    These are names of several words, abbreviations, what is in quotes or a sentence by itself, and names in a row.
    """
    told = words_of(text)
    in_a_row = {
        each
        for one, other in pairwise(names)
        if one.end < other.start and _IN_A_ROW.issuperset(told[one.end : other.start])
        for each in (one, other)
    }
    people = {each.casefold() for each in _SPEAKER.findall(plain_text.plain(text))}
    said = {place for place, each in enumerate(told) if not (ends_name(each) or is_of_scene(each) or each in people)}
    named = {place for each in names for place in range(each.start, each.end)} & said
    enough = _ALL if len(names) > 1 else (1, 1)
    if names and len(named) * enough[1] >= len(said) * enough[0]:
        return [*names]
    return [each for each in names if each in in_a_row or _is_sure(each, told)]


def _is_sure(name: Stretch, told: Sequence[str]) -> bool:
    before, after = told[name.start - 1] if name.start else ".", told[name.end] if name.end < len(told) else "."
    is_quoted = {before, after} <= _QUOTES
    is_whole = before in _SENTENCE_ENDS | {":"} and after in _SENTENCE_ENDS
    has_several = len(re.findall(r"\w+", name.text)) > 1
    is_asked_for = before in ("a", "an") and "what" in told
    return has_several or is_asked_for or is_quoted or is_whole or _ABBREVIATION.fullmatch(name.text) is not None


def are_things(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether names stand in a text as things of every day do: "she saw the train", but "she says train"."""
    told = words_of(text)
    before = [told[each.start - 1] if each.start else "" for each in names]
    return bool(names) and _ARTICLES.issuperset(before) and all(is_everyday(each.text) for each in names)


def is_at_home(text: str, names: Sequence[Stretch]) -> bool:
    """Tell whether names stand among words of our work: beside words of something else they may be of that, too."""
    told = [each[0] for each in TOKEN.finditer(plain_text.plain(text))]
    named = {place for each in names for place in range(each.start, each.end)}
    around = [
        each for place, each in enumerate(told) if place not in named and not ends_name(each) and not each.isdigit()
    ]
    beside = [each for each in around if not is_of_scene(each)]
    if not beside:
        return not any(is_everyday(each.text) for each in names) if around else not are_things(text, names)
    return 2 * sum(map(is_of_work, beside)) > len(beside)
