"""Tells data and credentials that somebody pasted into a form from words; they have no place in Slack. Pure."""

import re
from collections.abc import Callable, Sequence

from phonenumbers import PhoneNumberMatcher
from stdnum import iban, luhn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.it import codicefiscale
from stdnum.mx import curp
from stdnum.nl import bsn

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
#: Payment cards begin so, and are written in groups of four at least: years, days and amounts in a row are none.
_CARD_FORM = re.compile(r"(?:[3-6]\d|2[2-7])\d\d(?:[ -]?\d{4,})*(?:[ -]?\d+)?")
#: Social security numbers of the United States and national insurance numbers of the United Kingdom: no check digit.
_NATIONAL = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
#: Numbers with check digits, in the form that nothing else is written in; the Dutch have none of their own.
_CHECKED: Sequence[tuple[re.Pattern[str], Callable[[str], bool]]] = (
    (re.compile(r"(?<![\w.,-])\d{9}(?!\w|[.,-]\d)"), bsn.is_valid),
    (re.compile(r"\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b"), nn.is_valid),
    (re.compile(r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b"), cpf.is_valid),
    (re.compile(r"\b756\.\d{4}\.\d{4}\.\d{2}\b"), ssn.is_valid),
    (re.compile(r"\b\d{6}[-+A]\d{3}[A-Y]\b"), hetu.is_valid),
    (re.compile(r"\b[12] \d{2} \d{2} \d[\dAB] \d{3} \d{3} \d{2}\b"), nir.is_valid),
    (re.compile(r"\b[A-Z]{6}\d{2}[A-T]\d{2}[A-Z]\d{3}[A-Z]\b"), codicefiscale.is_valid),
    (re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d\b"), curp.is_valid),
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")

_DATE = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./ -](?:\d{1,2}|[a-z]{3,9})[./ -]\d{2,4})"
_OF_PERSONS = (
    (re.compile(r"(?<![\w.+-])[\w.+-]+@(?!\dx\.)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b"), "email address"),
    (re.compile(rf"\b(?:born|birthday|date of birth|dob)\b[^.\n]{{0,20}}?{_DATE}", re.IGNORECASE), "date of birth"),
    (re.compile(r"<?@(?=[A-Z0-9]*\d)[UW][A-Z0-9]{6,}"), "name"),
)
#: A phone number with the prefix of its country; or as it is written there: with a gap, and longer than a date.
_PHONE = re.compile(r"(?=\+?(?:[ ()/-]{0,3}\d){9})(?:\+[\d ()/-]+|(?:0\d{1,4}[ /-]|\(\d{2,5}\) ?)\d[\d /-]{4,14}\d)")
#: So many numbers of no country are looked at before a text is taken for one of numbers.
_TRIES = 20
_REGIONS = ("AT", "AU", "BE", "CH", "DE", "FR", "GB", "IE", "IN", "IT", "JP", "NL", "NZ", "SE", "US", "ZA")

_WHY = "Many people can read and keep what you write in Slack. Describe the data instead, and link to it."


def personal(text: str) -> str:
    """Say why a text looks like data of a person, or has no place in a form anyway; empty where it may stand there."""
    if wrong := objection(text):
        return wrong
    for pattern, what in _OF_PERSONS:
        if pattern.search(text):
            return _person(what)
    return _person("phone number") if _has_phone(text) else ""


def _has_phone(text: str) -> bool:
    """Tell whether a number may be in use, in its own country or in one of which many readers are."""
    regions = (None, *_REGIONS) if _PHONE.search(text) else ()
    found = (match.raw_string for region in regions for match in PhoneNumberMatcher(text, region, max_tries=_TRIES))
    return any(_PHONE.match(each) for each in found)


def _person(what: str) -> str:
    return f"This looks like a person's {what}. Describe it without naming anybody."


def objection(text: str) -> str:
    """Say why a text has no place in a form; empty where it may stand there."""
    if _SECRETS.search(text):
        return f"This looks like a password or a key. {_WHY}"
    if any(_is_card(found) for found in _CARD.findall(text)):
        return f"This looks like a card number. {_WHY}"
    if any(iban.is_valid(found) for found in _IBAN.findall(text)):
        return f"This looks like an account number. {_WHY}"
    if _NATIONAL.search(text) or any(is_valid(found) for form, is_valid in _CHECKED for found in form.findall(text)):
        return f"This looks like a personal ID number. {_WHY}"
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
    """Tell whether digits have the form and the check digit of a payment card (ISO/IEC 7812)."""
    digits = re.sub(r"\D", "", found)
    return bool(_CARD_FORM.fullmatch(found)) and len(set(digits)) > 1 and luhn.is_valid(digits)
