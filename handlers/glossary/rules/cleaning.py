"""What stands round a word that is asked for, taken off; pure."""

import re

_FLAGS = re.IGNORECASE
#: Marks that stand round a word.
EDGES = " \t\n\"'`“”‘’„«»*_~?!.,;…"
_BEFORE = re.compile(
    r"(?:(?:the |that |this |a |an )(?:word|term|acronym|abbreviation|phrase|expression|jargon|technical "
    r"term)s?(?: of| like)?[,:]?|"
    r"(?:the |that |this )?(?:concept|notion|idea|term|word)s? of|(?:terms?|words?|jargon):|"
    r"an?|the|this|that|these|those|our|your|their|my|some|any|such|so-called|regarding|not|"
    r"(?:speaking|talking) (?:of|about)|as for|apropos|on the (?:subject|topic) of|"
    r"concerning|whole|entire|of|by|about|to me|to us|"
    r"me|us|either|between)\s+",
    _FLAGS,
)
_BEHIND = re.compile(
    r",\s*(?:and |but |so |as |because |since |cos )?(?:i|we|they|you|he|she)(?:['’](?:m|d|ve|re|ll|s))? \S.*$|"
    r"[\s,]+(?:(?:a?round|over|down|up) here|hereabouts|in these parts|at our (?:place|shop|company)|"
    r"right|correct|thing|things|stuff|business|jargon|word|term|here|exactly|actually|really|even|again|in "
    r"that|"
    r"there|now|to me|to us|for me|for us|"
    r"mean|means|meant|short|is|are|different(?: things)?|differ|the same(?: thing)?|supposed|only|then|today|itself|"
    r"about|anyway|anyways|nowadays|these days|anymore|lately|something|anything|to|that is|in|at|for|by|with|"
    r"[<>=≈~]*\s*\d+[.,]\d+ ?%?|"
    r"like|as|when|of|around|apparently|supposedly|allegedly|obviously|(?:in )?(?:one|two|a) (?:line|sentence|"
    r"word)s?)$",
    _FLAGS,
)
_PRONOUN_WORDS = "it that this these those they them he she you we i one what which who there here"
_PRONOUNS = frozenset(_PRONOUN_WORDS.split())

#: Two names of one thing: "recall aka sensitivity", "SLO - service level objective", "KYC (Know Your Customer)".
ALIAS = re.compile(r"\s+(?:aka|a\.k\.a\.?|alias|also known as|i\.e\.|that is|=|[-–—])\s+", _FLAGS)
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
#: "pipeline as the sales desk says it (deals)"
ASIDE = re.compile(r"(?<=\w)\s*\([^()]+\)\W*$")
QUOTES = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,80})[\"“”«»]|(?<![\w])['‘]([^'‘’]{1,80})['’](?!\w)|`([^`]{1,80})`")

#: After such a word a sentence only says where, when or for whom the word is asked for.
CONTEXT = re.compile(
    r"\s+(?:(?:rather than|instead of|more than|apart from|other than|"
    r"here|when|where|whenever|if|because|since|as|like|while|so|that|"
    r"which|who|i|we|you|they|people|used|please|around|(?:every|some|any)(?:one|body)(?:['’]s)?)\b|"
    r"(?:in|at|within|to|for|on|by|with|from|about|is|are|was|does|do|has|have|can|should|supposed)\b)",
    _FLAGS,
)
#: What stands before such a comma is whole: "…, it has a short name, no?"
COMMA = re.compile(r",\s(?=(?:it|this|that|they|i|we|you|which|what|is|are|has|have|does|do|can)\b)", _FLAGS)
PLACE = re.compile(
    r"\s+(?:in|for|to|within|among|by) (?:the |our |this |that |an? |plain |simple |layman's )?(?P<place>[\w -]+?)$",
    _FLAGS,
)
#: "labelled data" is what has been labelled.
DONE_TO = re.compile(
    r"([a-z]{3,}(?:ed|ing)) (?:cols?|imgs?|preds?|vecs?|vars?|feats?|data|data ?sets?|texts?|scores?|vectors?|"
    r"models?|predictions?|features?|columns?|tables?|rows?|"
    r"values?|images?|records?|labels?|examples?|points?|samples?|inputs?|outputs?|documents?|events?|jobs?|"
    r"services?|code|"
    r"variables?|probabilit(?:y|ies)|versions?|builds?|metrics?|weights?)$",
    _FLAGS,
)
#: "an explainable model" is spoken of for what can be done to it.
CAN_BE = re.compile(r"([a-z]{3,}[ai]ble) [\w-]+$", _FLAGS)
DONE = re.compile(r"(?:[\w-]+ ){1,2}([a-z]{3,}ed)$", _FLAGS)
#: "hallucinating or whatever"
OR_SO = re.compile(r"\s+(?:or|and) (?:whatever|so|something|such|the like|stuff)(?: like that)?\W*$", _FLAGS)
UP_TO_COMMA = re.compile(r"([^,]+),")
#: Between two words in quotes: "deployed to staging".
BETWEEN = re.compile(r"\s+(?:to|into|in|on|from|with|for|by)\s+(?:the\s+|an?\s+)?", _FLAGS)
ADVERB_END = re.compile(
    r",? (?:they|he|she|people|[a-z]+) (?:says?|said|tells?(?: me| us)?|told(?: me| us)?|wrote|claims?)$|"
    r"(?: (?:very|so|quite|too))? (?:[a-z]{3,}ly|well|worse|better|again|too much|a lot|a bit)(?: (?:to|on|for|in|"
    r"with|over|at) .*)?$",
    _FLAGS,
)


def clean(text: str) -> str:
    """Return a word without articles, quotes and what people say around it."""
    word, before = edges(text), ""
    while word != before:
        before = word
        shorter = _BEFORE.sub("", word, count=1) if _BEFORE.match(word) else _BEHIND.sub("", word, count=1)
        word = edges(shorter) or word
    return "" if word.casefold() in _PRONOUNS else word


def edges(text: str) -> str:
    word = " ".join(text.split()).strip(EDGES)
    emoji = re.sub(r"(?:\s+:[a-z0-9_+'-]+:)+$", "", word).strip(EDGES)
    word = emoji or word
    bracketed = len(word) > 1 and (word[0] + word[-1]) in ("()", "[]", "{}", "<>") and word[1:-1].isprintable()
    return word[1:-1].strip(EDGES) if bracketed and not set("()[]") & set(word[1:-1]) else word
