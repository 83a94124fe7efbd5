"""Reads what somebody wrote down as a decision: in the form, or in one sentence. Pure."""

import re
from datetime import date

from pydantic import ValidationError

from handlers.decisions.rules.moves import past
from handlers.slack.blocks import cut
from handlers.slack.interactions import Fields, Wrong
from storage.decisions.decisions import NewDecision

_BECAUSE = re.compile(r"^(?P<title>.+?)(?:\s*[,;]?\s+because|[,;]\s+since)\s+(?P<why>.+)$", re.IGNORECASE | re.DOTALL)
_THAT = re.compile(r"^that\s+", re.IGNORECASE)
_TITLE, _WHY = 200, 3000
_TOO_LONG = "That's too long, or can't be chosen here."
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
    return f"{short[:1].upper()}{short[1:]}", (why if short == title else f"{title}. {why}".strip(" ."))[:_WHY]


def written(fields: Fields, start: NewDecision, today: date) -> NewDecision | Wrong:
    """Read the form over what it started with; days must lie ahead, unless they were there already."""
    told: dict[str, object] = {**start.model_dump(), "title": fields.text("title")}
    for name in NewDecision.model_fields.keys() & fields.keys() - {"senses"}:
        told[name] = tuple(fields.ids(name)) if name in _LISTS else fields.text(name)
    flags = fields.ids("flags")
    told |= {"silence_is_consent": "silence" in flags, "needs_data": "data" in flags}
    try:
        new = NewDecision.model_validate(told)
    except ValidationError as error:
        return Wrong({str(each["loc"][0]): _sentence(each["type"]) for each in error.errors(include_url=False)})
    if errors := {**_wrong_days(new, start, today), **_wrong_together(new)}:
        return Wrong(errors)
    return new.model_copy(update={"asked": tuple(each for each in new.asked if each != new.decider)})


def begun(fields: Fields, visibility: str, by: str) -> NewDecision | None:
    """Read as much of a form as says what a decision is like; None while it can't be read, as without a title."""
    told = {name: text for name in ("title", "why", "decider", "state", "component_id") if (text := fields.text(name))}
    try:
        return NewDecision.model_validate(
            {"decider": by, "visibility": visibility, **told, "attributes": tuple(fields.ids("attributes"))}
        )
    except ValidationError:
        return None


def _wrong_days(new: NewDecision, start: NewDecision, today: date) -> dict[str, str]:
    days = {name: getattr(new, name) for name in _DAYS if getattr(new, name) != getattr(start, name)}
    return {name: wrong for name, day in days.items() if day and (wrong := past(day, today))}


def _wrong_together(new: NewDecision) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not any(character.isalnum() for character in new.title):
        errors["title"] = "Say what was decided, in a few words."
    errors |= {name: _TOO_LONG for name, told in new if isinstance(told, str) and len(told) > _WHY}
    if new.state == "proposed" and not new.deadline:
        errors["deadline"] = "Choose by when people should answer."
    if new.state == "proposed" and new.silence_is_consent and not set(new.asked) - {new.decider}:
        errors["asked"] = "Name who should agree, besides the decider: only their silence can count as consent."
    return errors


def _sentence(kind: str) -> str:
    is_empty = kind in ("missing", "string_too_short")
    return "Please fill this in." if is_empty else _TOO_LONG
