"""The forms of the steps that need a word more than a press: a question, a reason, a link, a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.data_requests.messages.buttons import NAMED_NO, STEP
from handlers.data_requests.rules.moves import ACTS, Act, mark_of
from handlers.data_requests.rules.wording import title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from storage.data_requests.data_requests import DataRequest

NOTE, LINK, PLACE, DATA_VERSION, PERSON = "note", "link", "place", "data_version", "person"


@dataclass(frozen=True, slots=True)
class StepForm:
    title: str
    label: str
    hint: str = ""
    is_optional: bool = False


NOTES: Mapping[Act, StepForm] = {
    "ask": StepForm("Ask", "What do you need to know?", "The requester sees it in the thread."),
    "answer": StepForm("Answer", "Your answer", "If it changes the terms, change them there too."),
    "decline": StepForm("Decline", "Why not?", "Everybody in the thread sees it, and the next person who asks."),
    "withdraw": StepForm("Withdraw", "Why isn't it needed any more?", is_optional=True),
    "return": StepForm("Send back", "What isn't as agreed?"),
    "change": StepForm("Announce a change", "What changes, and from when?", "Both sides are asked to agree again."),
}
#: How the steps are called after the command, where that is not their own name; what else can be typed there.
_OTHERWISE = {"send back": "return", "announce a change": "change", "keep": "agree", "edit": "terms", "offer": "terms"}
_BESIDE = ("terms", "check", "follow", "unfollow", "copy", "history", "repost", "contract")
_CALLED = {str(each): str(each) for each in (*ACTS, *_BESIDE) if each != "expire"} | _OTHERWISE
_STEPS = "|".join(sorted(_CALLED, key=len, reverse=True))
_WORDS = re.compile(rf"(?P<step>{_STEPS})(?:[:,]?\s+(?P<note>.*)|[.!]?)", re.IGNORECASE | re.DOTALL)


def called(words: str) -> tuple[str, str]:
    """Return the step that words after a number ask for, and the rest; an empty step where there is none."""
    match = _WORDS.fullmatch(words.strip())
    return (str(_CALLED[match["step"].casefold()]), (match["note"] or "").strip()) if match else ("", words)


def form_of(act: Act, request: DataRequest) -> Modal | None:
    """Return the form of a step; None where a press says all."""
    head = blocks.paragraphs(blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold")))
    fields = _fields(act, request)
    if not fields:
        return None
    seen = f":{mark_of(request)}" if act == "return" else ""
    shown = {"deliver": "Deliver", "hand over": "Choose the owner"}.get(act) or NOTES[act].title
    return Modal(STEP, shown, (head, *fields), submit="Save", private_metadata=f"{act}:{request.id}{seen}")


def no_form(request: DataRequest) -> Modal:
    """Return the form in which somebody says why they are not who the request names."""
    head = blocks.paragraphs(blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold")))
    note = blocks.field(NOTE, "Why not?", blocks.text_input(multiline=True), "Both sides see it in the thread.")
    return Modal(NAMED_NO, "No, because …", (head, note), submit="Save", private_metadata=request.id)


def _fields(act: Act, request: DataRequest) -> list[Block]:
    if act == "deliver":
        link, place = blocks.text_input(max_length=300), blocks.text_input(max_length=300)
        version, hint = blocks.text_input(max_length=100), "For example: 2026-01, or a commit"
        return [
            blocks.field(LINK, "Link to the data", link),
            blocks.field(PLACE, "Location", place, "For example: s3://harbour/arrivals", optional=True),
            blocks.field(DATA_VERSION, "Data version", version, hint, optional=True),
        ]
    if act == "hand over":
        label = "Who owns the data?" if not request.owner else "Who owns it now?"
        return [blocks.field(PERSON, label, blocks.person_select(), "I'll let them know.")]
    if act not in NOTES:
        return []
    form = NOTES[act]
    question = [blocks.paragraphs(blocks.quotation(blocks.words(request.question)))] if act == "answer" else []
    note = blocks.text_input(multiline=True)
    return [*question, blocks.field(NOTE, form.label, note, form.hint, optional=form.is_optional)]
