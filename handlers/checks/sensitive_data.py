"""Tells data and credentials that somebody pasted into a form from words; they have no place in Slack. Pure."""

import re

#: So many lines with the same number of cells are data; of two cells it takes more.
_MANY_ROWS, _MANY_PAIRS = 5, 10
_SEPARATORS = ("\t", ";", ",", "|")
_SECRETS = re.compile(
    r"xox[abeprs]-[\w-]{8,}|xapp-[\w-]{8,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bsk-[\w-]{20,}"
    r"|\bAIza[\w-]{30,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b[a-z][a-z0-9+]*://[^\s/:@]+:[^\s/@]+@|\b(?:password|passwd|secret|api[_-]?key|token|aws_secret_access_key)\s*[:=]\s*(?=[\w/+-]*\d)[\w/+-]{8,}",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\w.])(?:\d[ -]?){12,18}\d(?!\w|\.\d)")
#: Social security numbers of the United States and national insurance numbers of the United Kingdom.
_NATIONAL = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_CITIZEN = re.compile(r"(?<![\w.,-])\d{9}(?!\w|[.,-]\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")

_OF_PERSONS = (
    (re.compile(r"[\w.+-]+@(?!\dx\.)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b"), "the mail address"),
    (
        re.compile(
            r"\b(?:born|birthday|date of birth|dob)\b[^.\n]{0,20}?"
            r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./ -](?:\d{1,2}|[a-z]{3,9})[./ -]\d{2,4})",
            re.IGNORECASE,
        ),
        "the day of birth",
    ),
    (re.compile(r"<?@(?=[A-Z0-9]*\d)[UW][A-Z0-9]{6,}"), "the name"),
)
_PHONE = re.compile(r"(?<![\w+./-])(?:\+\d[\d ()/-]{7,17}\d|0\d{1,4}[ /-]\d[\d /-]{4,14}\d)(?![\w.])")
#: A date has eight digits; a phone number with its prefix has more.
_PHONE_DIGITS = 9

_WHY = "What is written in Slack is read and kept by many; write what the data is like, and link to where it lies."


def personal(text: str) -> str:
    """Say why a text looks like data of a person, or has no place in a form anyway; empty where it may stand there."""
    if wrong := objection(text):
        return wrong
    for pattern, what in _OF_PERSONS:
        if pattern.search(text):
            return _person(what)
    phones = (match.group() for match in _PHONE.finditer(text))
    if any(sum(each.isdigit() for each in phone) >= _PHONE_DIGITS for phone in phones):
        return _person("the phone number")
    return ""


def _person(what: str) -> str:
    return f"This looks like {what} of a person. Say what it is like without naming anybody."


def objection(text: str) -> str:
    """Say why a text has no place in a form; empty where it may stand there."""
    if _SECRETS.search(text):
        return f"This looks like a password or a key. {_WHY}"
    if any(_is_card(match.group()) for match in _CARD.finditer(text)):
        return f"This looks like the number of a card. {_WHY}"
    if any(_is_iban(match.group()) for match in _IBAN.finditer(text)):
        return f"This looks like the number of an account. {_WHY}"
    if _NATIONAL.search(text) or any(_is_citizen(match.group()) for match in _CITIZEN.finditer(text)):
        return f"This looks like the number of a person. {_WHY}"
    return f"This looks like rows of data. {_WHY}" if _is_table(text) else ""


def _is_table(text: str) -> bool:
    """Tell whether many lines in a row have the same number of cells, three at least."""
    lines = [each for each in text.splitlines() if each.strip()]
    for separator in _SEPARATORS:
        counts = [each.count(separator) for each in lines]
        run = 0
        for before, count in zip([-1, *counts], counts, strict=False):
            run = run + 1 if count == before and count > 0 else 1
            if run >= (_MANY_ROWS if count > 1 else _MANY_PAIRS):
                return True
    return False


def _is_card(found: str) -> bool:
    """Tell whether digits have the check digit of a payment card (ISO/IEC 7812)."""
    digits = [int(each) for each in found if each.isdigit()]
    if len(set(digits)) == 1:
        return False
    total = sum(sum(divmod(2 * each, 10)) if place % 2 else each for place, each in enumerate(reversed(digits)))
    return total % 10 == 0


def _is_citizen(found: str) -> bool:
    """Tell whether nine digits have the check digit of a Dutch citizen service number."""
    digits = [int(each) for each in found]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * each for weight, each in zip(weights, digits, strict=True))
    return len(set(digits)) > 1 and total % 11 == 0


def _is_iban(found: str) -> bool:
    """Tell whether letters and digits have the check digits of an account's number (ISO 13616)."""
    plain = found.replace(" ", "")
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1
