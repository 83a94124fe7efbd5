"""Reads what somebody entered in the form for feedback, field by field. Pure."""

from collections.abc import Mapping

from handlers.checks.sensitive_data import personal
from handlers.slack.interactions import Fields, Wrong
from storage.feedback.feedback import SEVERITIES, Feedback, Severity

COMPONENT, WHERE, INPUT, EXPECTED, GOT = "component_id", "seen_where", "input", "expected", "got"
SEVERITY, HOW_OFTEN = "severity", "how_often"
NEEDED: Mapping[str, str] = {
    WHERE: "Say where you saw it.",
    INPUT: "Say what the input was, without personal data.",
    EXPECTED: "Say what you expected.",
    GOT: "Say what you got instead.",
}
SEVERITY_LABELS: Mapping[Severity, str] = {
    "high": "High: people act on a wrong result, or get hurt",
    "medium": "Medium: people work around it",
    "low": "Low: a nuisance",
}
HOW_OFTEN_LABELS: Mapping[str, str] = {
    "once": "Once",
    "sometimes": "Now and then",
    "often": "Often",
    "always": "Every time",
}


def report_in(fields: Fields, start: Feedback) -> Feedback | Wrong:
    """Return what somebody reports, or a sentence by field; ``start`` has what the form does not ask for."""
    told = {name: fields.text(name) for name in NEEDED}
    errors = {name: NEEDED[name] for name, text in told.items() if not any(each.isalnum() for each in text)}
    errors |= {name: wrong for name, text in told.items() if (wrong := personal(text))}
    severity = fields.text(SEVERITY)
    how_often = fields.text(HOW_OFTEN)
    if severity not in SEVERITIES:
        errors[SEVERITY] = "Choose how bad it is."
    if how_often not in HOW_OFTEN_LABELS:
        errors[HOW_OFTEN] = "Choose how often it happens."
    if not fields.text(COMPONENT):
        errors[COMPONENT] = "Choose what it is about."
    if errors:
        return Wrong(errors)
    return Feedback.model_validate({**start.model_dump(), **told, "severity": severity, "how_often": how_often})
