"""A message as it reads: without Slack's marks, quoted lines and the usual slips of the hand. Pure."""

import re
from functools import lru_cache

_FLAGS = re.IGNORECASE
#: Slack's own marks: a link or a name with its label, a block of code, a line that quotes somebody.
_LABEL = re.compile(r"<(?:[^<>|]*\|([^<>]+)|https?://([^<>|]+)|[@!#][^<>]*)>")
_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_ADDRESS = re.compile(r"<[@!][^<>]*>")
_MARKS = "*_~`"
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)[^~\n]+~(?![\w~])")
_MARKED = re.compile(rf"(?<![\w{_MARKS}])[{_MARKS}]+(?=\w)|(?<=\w)[{_MARKS}]+(?![\w{_MARKS}])|(?<=[?!.,])[{_MARKS}]+")
#: Written without its apostrophe, or in a hurry.
_UNMARKED = re.compile(r"\b(are|is|do|does|did|was|were|have|has)nt\b", _FLAGS)
#: The words of asking, with a slip of the hand.
_SLIPS = {
    "what": r"w(?:aht|hta|ht)|hwat|whjat|whit(?= (?:is|are|does|do|dae) )|(?:wha|hat)(?= (?:is|are|does|do) )",
    "which": r"wich|whcih|wihch|whihc",
    "how": r"hwo|hw",
    "does": r"(?:(?<=what )|(?<=wat )|(?<=wht ))(?:de?s|dos|doe|dows|dies|did)(?= (?:\S+ ){1,4}?mean\b)|"
    r"deos|dose(?= (?:\S+ ){1,3}mean)|doees",
    "difference": r"dif+e?r+[ae]nc[es]?|diffe?rnece|differnce|diffrent?ce|diferen[cs]e",
    "between": r"betwe+n|bewteen|beetween|betwween|betwen|bet?ewen",
    "meaning": r"me(?:anign|anning|aing|aning|ainng)|menaing|maening",
    "mean": r"meen|maen|mena(?!ing)",
    "definition": r"def[ei]n[aei]t[io]{1,2}n|definiton|defintion|definitoin|defination",
    "define": r"defien|deifne|defin",
    "explain": r"xplain|ex?plian|exlpain|expain|explane|explai|expalin|explaine",
    "understand": r"understnad|undertand|udnerstand|unterstand",
    "someone": r"soemone|somone|someoen",
    "please": r"plaese|pleae|plesae|pelase",
    "can": "cna",
    "is": r"(?<=what )(?:si|iz|iss|ist|(?:os|us|id|ia|iis)(?= [\w'-]+(?: [\w'-]+){0,2}\W*$))",
    "whats": r"whatis|whit['’]?s",
    "with": r"wi|wiht",
    "home": r"hame",
    "explanation": r"expl[ai]*nation|explenation",
    "the": "teh|hte",
    "tldr": r"tl\s?[;:,/]\s?dr",
}
#: Of these a letter may be left out, doubled, or changed places with the next: hardly any of that is another word.
_OFTEN = (
    "what whats which does between difference different meaning means mean define explain definition understand "
    "someone anyone anybody somebody remind stands please about never defined meant explained clarify describe"
)
_OTHER_WORDS = (
    "hat hats wat wats what whats wha wit dies dors defied defines pease antone meany "
    "hath thaw doe dos des doses dose odes man men mans mens meat mea meas mean "
    "ean aid bout abut abbot peas pleas leas lease anon stand sands tands stans mind rend remain meaning means beaning "
    "earning"
)
_OTHERS = frozenset(_OTHER_WORDS.split())


#: The keys beside each key.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {row[at]: row[at - 1 : at] + row[at + 1 : at + 2] for row in _ROWS for at in range(len(row))}


def _slipped(word: str) -> set[str]:
    """Return a word with a letter left out, doubled, or changed places with the next; but no other word."""
    places = range(1, len(word))
    left_out = {word[:at] + word[at + 1 :] for at in places}
    doubled = {word[:at] + word[at] + word[at:] for at in places}
    swapped = {word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] for at in places}
    beside = {word[:at] + near + word[at + 1 :] for at in places for near in _BESIDE.get(word[at], "")}
    inside = {word[:at] + word[at - 1] + word[at:] for at in places}
    return {each for each in left_out | doubled | swapped | beside | inside if each not in _OTHERS} - set(
        _OFTEN.split()
    )


_RIGHT = {slip: word for word in _OFTEN.split() for slip in _slipped(word)}
_ANY_WORD = re.compile(r"(?<![\w'’@#:/.-])[A-Za-z]{3,}(?![\w/@])")
_SLIP = re.compile("|".join(rf"(?P<{right}>\b(?:{slips})\b)" for right, slips in _SLIPS.items()), _FLAGS)
#: "what's it mean" is short for another verb than "what's a mean".
_SHORT_DOES = re.compile(r"\b(wh?at)(?:['’]?s|['’]d|d)(?= (?!(?:the|an?|our|your|my) )[\w'’-]+ mean\b)", _FLAGS)

#: "What is" as people begin in other languages that they think in.
_ABROAD = re.compile(
    r"^((?:\W*\w+,)?\s*)(?:o que [ée](?: uma?)?|co to (?:jest|są)|was (?:ist|sind|bedeutet)(?: eine?)?|"
    r"qu['’]est[- ]ce que? (?:c['’]est(?: que)?)?|c['’]est quoi(?: une?)?|qu[ée] (?:es|son|significa)(?: una?)?|"
    r"(?:che )?cos['’]?[èe](?: una?)?|wat (?:is|zijn|betekent)(?: een)?|wetin (?:be|is)|kya (?:hai|hota hai)|"
    r"(?:abeg|oya|biko),? (?:wetin (?:be|is))) (?=\w)",
    _FLAGS,
)
_BULLET = re.compile(r"^\s*(?:[•◦▪·*–-]|\d{1,2}[.)])\s+", re.MULTILINE)
#: A list in one line: "1) drift 2) recall".
_IN_LINE = re.compile(r"\s+\d{1,2}\)\s+")


@lru_cache(maxsize=1000)
def plain(text: str) -> str:
    """Return a message as it reads: links and names by their labels, without code, quoted lines and other marks."""
    kept = _CODE.sub(" ", without_quoted_lines(text))
    shown = kept if any(map(str.isalnum, kept)) else text.replace("```", " ")
    in_lines = _without_struck(_IN_LINE.sub("\n", _BULLET.sub("", shown)))
    labelled = _LABEL.sub(lambda match: match[1] or match[2] or " ", in_lines).replace("&amp;", "&")
    labelled = _ABROAD.sub(r"\1what is ", labelled)
    spelt = _SLIP.sub(_righted, _UNMARKED.sub(r"\1n't", labelled))
    spelt = _ANY_WORD.sub(lambda word: _RIGHT.get(word[0].casefold(), word[0]), spelt)
    spelt = _SHORT_DOES.sub(r"\1 does", spelt)
    lines = (" ".join(line.split()) for line in spelt.splitlines())
    return "\n".join(filter(None, (_MARKED.sub("", line) for line in lines)))


def _righted(slip: re.Match[str]) -> str:
    right = str(slip.lastgroup)
    return slip[0] if slip[0].casefold() == right else right


def without_quoted_lines(text: str) -> str:
    """Return a message without the lines in which it quotes somebody; itself where it is nothing else."""
    kept = _QUOTED_LINE.sub(" ", text)
    return kept if any(map(str.isalnum, _ADDRESS.sub("", kept))) else text


def quoted_lines(text: str) -> str:
    """Return what a message quotes of somebody, as a text of its own."""
    return " ".join(each.lstrip(" \t").removeprefix("&gt;").lstrip("> ") for each in _QUOTED_LINE.findall(text))


def _without_struck(text: str) -> str:
    kept = _STRUCK.sub(" ", text)
    return kept if any(map(str.isalnum, kept)) else text
