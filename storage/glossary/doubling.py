"""Which verbs double their last letter before -ed, -ing, -er and -able: plan, planned; overfit, overfitting. Pure."""

import re

from storage.glossary.irregular import irregular

#: One vowel and one consonant at the end; after two vowels nothing doubles (retrain, retraining).
_LONE, _AT_THE_END = re.compile(r"(?:^|[^aeiou]|qu)[aeiouy][bdfgklmnprtvz]$"), 4
#: A verb of one syllable, as it may begin: what is left of "render" without "re" is none.
_START = (
    r"(?:b[lr]?|c[hlr]?|d[rw]?|f[lr]?|g[lnr]?|h|j|k[n]?|l|m|n|p[lr]?|qu|r|s(?:c[hr]?|h[r]?|k|l|m|n|p[lr]?|qu|t[r]?|w)?"
    r"|t[hrw]?|v|w[hr]?|y|z)"
)
_BEFORE = (
    r"(?:over|under|re|un|out|pre|de|up|off|mis|sub|co|bi|dis|non|in|on|auto|cross|multi|hyper|inter|fore|back|down)"
)
_SHORT = re.compile(rf"(?:{_BEFORE}?{_START})?[aeiouy][bdfgklmnprtvz]")
#: All but these few words with two such letters at the end have them before an ending only.
_TWICE = re.compile(r"(?<!ad)(?<!boycot)(?<!put)(?<!but)(?<!er)(?<!ur)(?<!eg)(?<!eb)([bdgklmnprtv])\1$")
#: An end in -el that isn't stressed, and so doubles in British English only.
_EL = re.compile(r"[a-z]*[aeiouy][a-z]*(?:[^aeiou]|[uw])el")
_AL = re.compile(
    r"(?:[a-z]+)?(?:signal|total|dial|equal|rival|trial|pedal|medal|petal|initial|marshal|metal|spiral|journal|vial)"
)
#: Verbs of one syllable that stand behind another word (bootstrap, roadmap, backlog).
_BEHIND = re.compile(
    r"[aeiouy].*(?:fit|set|map|log|plug|tag|strap|shot|run|cut|bug|scan|plan|drop|stop|step"
    r"|skip|clip|flip|trim|snap|wrap|zip|grip|drag|grab|scrub|split|spin)$"
)


def may_double(verb: str) -> bool:
    """Tell whether a verb's last letter may be doubled before an ending."""
    known = irregular()
    if verb in known.plain:
        return False
    return verb in known.doubling or verb in known.either or is_british(verb) or _must(verb)


def may_stay(verb: str) -> bool:
    """Tell whether a verb's last letter may stand before an ending as it is."""
    known = irregular()
    return verb in known.plain or verb in known.either or is_british(verb) or not _must(verb)


def is_british(verb: str) -> bool:
    """Tell whether a verb in -el or -al doubles its l in British English and not in American."""
    if not verb.endswith(("el", "al")):
        return False
    return verb not in irregular().doubling and (_EL.fullmatch(verb) or _AL.fullmatch(verb)) is not None


def is_doubled(word: str) -> bool:
    """Tell whether a word ends in a letter twice as only what stands before an ending does: overfitt, labell."""
    if word[-1:] != word[-2:-1]:
        return False
    is_one = word.endswith("ll") and not is_british(word[:-1])
    return _TWICE.search(word) is not None and not is_one


def _must(verb: str) -> bool:
    """Tell whether the last letter must be doubled: in a short verb, its compounds, and those with a stressed end."""
    if not _LONE.search(verb, len(verb) - _AT_THE_END):
        return False
    return verb in irregular().doubling or _SHORT.fullmatch(verb) is not None or _BEHIND.search(verb) is not None
