"""Reads what somebody wrote down as a decision: in the form, or in one sentence. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from handlers.decisions.rules.moves import past
from handlers.slack.blocks import cut
from handlers.slack.interactions import Wrong
from storage.decisions.decisions import NewDecision

Fields = Mapping[str, str | list[str]]

_BECAUSE = re.compile(r"^(?P<title>.+?)(?:\s*[,;]?\s+because|[,;]\s+since)\s+(?P<why>.+)$", re.IGNORECASE | re.DOTALL)
_THAT = re.compile(r"^that\s+", re.IGNORECASE)
_TITLE, _WHY = 200, 3000
_DAYS = ("review_on", "expected_by", "deadline")
_LISTS = ("attributes", "consulted", "informed", "asked")


def in_words(text: str) -> tuple[str, str]:
    """Return what was decided and why, from a sentence such as "ship on Friday because the berth is free".

    What is too long for a title goes on in the reason.
    """
    plain = _THAT.sub("", " ".join(text.strip(" :,").split()))
    if plain.casefold().startswith("because "):
        return "", plain
    match = _BECAUSE.match(plain)
    title, why = (match["title"], match["why"]) if match else (plain, "")
    title, why = title.rstrip(" ."), why.rstrip(" .")
    short = cut(title, _TITLE)
    return short, (why if short == title else f"{title}. {why}".strip(" ."))[:_WHY]


def written(fields: Fields, start: NewDecision, now: datetime) -> NewDecision | Wrong:
    """Read the form over what it started with; days must lie ahead, unless they were there already."""
    told: dict[str, object] = start.model_dump()
    for name, value in fields.items():
        if name in NewDecision.model_fields and name != "senses":
            told[name] = tuple(value) if name in _LISTS else value if isinstance(value, str) else value[0]
    told["silence_is_consent"] = "silence" in fields.get("flags", ())
    told["needs_data"] = "data" in fields.get("flags", ()) if "flags" in fields else start.needs_data
    try:
        new = NewDecision.model_validate(told)
    except ValidationError as error:
        return Wrong({str(each["loc"][0]): _sentence(each["type"]) for each in error.errors(include_url=False)})
    errors = {}
    for name in _DAYS:
        day = getattr(new, name)
        if day and day != getattr(start, name) and (wrong := past(day, now)):
            errors[name] = wrong
    if not any(character.isalnum() for character in new.title):
        errors["title"] = "Say what was decided, in a few words."
    if new.state == "proposed" and not new.deadline:
        errors["deadline"] = "Say until when people may agree or object."
    if new.state == "proposed" and new.silence_is_consent and not set(new.asked) - {new.decider}:
        errors["asked"] = "For silence to be consent, name who is asked, besides the one who decides."
    new = new.model_copy(update={"asked": tuple(each for each in new.asked if each != new.decider)})
    return Wrong(errors) if errors else new


def _sentence(kind: str) -> str:
    return (
        "Please fill this in."
        if kind in ("missing", "string_too_short")
        else "That is too long, or not to choose here."
    )
