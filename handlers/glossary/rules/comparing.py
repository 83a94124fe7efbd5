"""How people ask for the difference of words, and what stands between words that are compared or listed."""

import re
from collections.abc import Iterator

from storage.glossary.glossary import look_up_key

_FLAGS = re.IGNORECASE

DIFFERENCE = [
    re.compile(each, _FLAGS)
    for each in (
        (
            r"\b(?:differences?|diff|distinction|relation(?:ship)?|contrast)\b(?! is not\b) (?:is |are )?(?:there )?"
            r"(?:between|btw|b/w|of|in)? ?(?P<t>.+)"
        ),
        r"\b(?:compare|contrast(?! [\w-]+$)|distinguish|differentiate|tell apart)s?\b (?:between )?(?P<t>.+)",
        (
            r"\bhow (?:is|are|does|do|would) (?P<t>.+? (?:relate[sd]?|compare[sd]?|connected|linked|stack up)(?: to| "
            r"with| and)? .+)"
        ),
        (
            r"\bhow(?: is| are| does| do| would|['’]?s) (?P<t>.+? (?:different|differ|distinct|distinguished|not just|"
            r"(?:not )?the same(?: thing)?(?= as\b| than\b))(?: from| to| than| as| and)? .+)"
        ),
        (
            r"^(?:is|are|isn['’]t|aren['’]t) (?P<t>.+? (?:and|or|vs\.?) .+?) (?:the same|different|synonyms?|"
            r"interchangeable|equal|"
            r"alike|similar)\b.*"
        ),
        (
            r"^(?:(?:what|whats|so|and)[ ,]*)?(?:is|are|isn['’]t|aren['’]t) (?P<t>.+? (?:the same(?: thing)?(?: "
            r"as)?|different (?:from|to|than)|another (?:word|name) for|synonym(?:ous)? (?:for|with|of)|"
            r"(?:not )?just) .+)"
        ),
        (
            r"^(?P<t>[\w-]+(?: [\w-]+){0,2} or [\w-]+(?: [\w-]+){0,2}),? (?:so )?which (?:of (?:them|the two) |one )?"
            r"(?!did\b|do we\b|have\b)[a-z]+\b.*"
        ),
        r"\b(?:mix(?:es|ed|ing)? up|confus(?:e|es|ed|ing)) (?P<t>.+? (?:and|with|or) .+)",
        r"\bwhat (?:distinguishes|separates|differentiates|sets) (?P<t>.+)",
        r"\bwhat makes (?P<t>.+? (?:compared (?:to|with)|as opposed to|versus|vs\.?) .+)",
    )
]
#: "is that a PoC or an MVP", of which the next part then asks for the difference.
EITHER = re.compile(
    r"^(?:is|are|was|would you call) (?:that|this|it|these|those) (?P<t>(?!.*\b(?:who|from|to|in|at|with)\b).+ or .+)",
    _FLAGS,
)
BETWEEN = re.compile(
    r"\s+(?:different(?:ly)?|differs?|distinct|distinguished)(?: from| to| than| and)?\s+|\s+(?:the same(?: "
    r"thing)?(?: as)?|another (?:word|name) for|"
    r"synonym(?:ous)? (?:for|with|of)|(?:not )?just)\s+|"
    r"\s+(?:relate[sd]?|compare[sd]?|connected|linked|stack up)(?: to| with|"
    r" and)?\s+|"
    r"\s+apart from\s+|\s+from\s+|\s+(?:vs\.?|versus|compared (?:to|"
    r"with)|as opposed to|against|with|to)\s+",
    _FLAGS,
)
VERSUS = re.compile(r"\s+(?:!=|≠|<>|=/=|vs\.?|versus|compared (?:to|with)|as opposed to)\s+", _FLAGS)
LISTED = re.compile(r"\s*,\s*(?:and |or |nor |& )?|\s+(?:and|or|&|plus|also|nor)\s+(?:also )?|\s+/\s+|\s*;\s*", _FLAGS)
TIGHT = re.compile(r"\s*/\s*")


def split(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [each for each in pattern.split(text) if each and look_up_key(each)]


def with_head(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield "supervised learning, unsupervised learning" for "supervised and unsupervised learning"."""
    head = words[-1].split()
    if len(head) > 1:
        yield tuple(each if each.endswith(head[-1]) else f"{each} {head[-1]}" for each in words)


def without_first(text: str) -> str:
    """Return "integration test" for "small integration test"."""
    rest = text.partition(" ")[2]
    return rest if " " in rest else text


def without_last(text: str) -> str:
    """Return "supervised learning" for "supervised learning supervised"."""
    rest = text.rpartition(" ")[0]
    return rest if " " in rest else text
