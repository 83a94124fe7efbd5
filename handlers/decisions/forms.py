"""The forms of the decision log: a decision, and what becomes of one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from handlers.decisions import messages
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.decisions.decisions import ATTRIBUTES, Decision
from storage.responsibilities.responsibilities import Component

FORM = "decision_form"
MORE = "decision_more"
COMPONENT = "decision_component"
_FLAGS = (("Silence until the deadline is consent", "silence"), ("It needs data that we do not have yet", "data"))
NOTE, DAY, NUMBER, WORDS, DONE = "note", "day", "number", "words", "done"


@dataclass(frozen=True, slots=True)
class Note:
    """What the form remembers: where a decision came from, and what it takes the place of.

    ``quote`` is the key of the message in the store; ``is_alone``: it is written with the bot alone.
    """

    link: str = ""
    quote: str = ""
    supersedes: str = ""
    place: str = ""
    thread_ts: str = ""
    has_more: bool = False
    is_alone: bool = False

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def read_note(text: str) -> Note:
    return Note(**json.loads(text)) if text.startswith("{") else Note()


def decision_form(told: Mapping[str, object], note: Note, parts: Sequence[Component], quoted: str = "") -> Modal:
    """Three fields first, the rest behind "More"."""
    fields = [
        *_source(note, quoted),
        blocks.field("title", "What was decided?", blocks.text_input(_text(told, "title"), max_length=200)),
        blocks.field(
            "why", "Why?", blocks.text_input(_text(told, "why"), multiline=True), optional=True,
        ),
        blocks.field("decider", "Who decided, or decides?", blocks.person_select(_text(told, "decider"))),
        *(_more(told, parts) if note.has_more else [blocks.buttons([blocks.button("More", MORE)])]),
    ]  # fmt: skip
    if note.is_alone:
        fields.append(blocks.small_print("Everybody in the workspace will see it."))
    title = "Take its place" if note.supersedes else "Log a decision"
    return Modal(FORM, title, tuple(fields), submit="Save", private_metadata=note.as_text())


def _source(note: Note, quoted: str) -> list[Block]:
    if quoted:
        return [blocks.paragraphs(blocks.quotation(blocks.words(blocks.cut(quoted, 500))))]
    from_there = blocks.line(blocks.words("From "), blocks.link(note.link, "this message"))
    return [blocks.paragraphs(from_there)] if note.link else []


def _more(told: Mapping[str, object], parts: Sequence[Component]) -> list[Block]:
    states = [("It is decided", "accepted"), ("I propose it; people may agree or object", "proposed")]
    return [
        blocks.field("state", "How does it stand?", blocks.radio(states, _text(told, "state") or "accepted")),
        *_about(told, parts),
        _long("context", "Context", told),
        _long("options", "Options considered, and why not", told),
        _long("consequences", "Consequences", told),
        _long("assumptions", "Assumptions", told),
        _several("attributes", "What does it touch?", _options(ATTRIBUTES), told),
        blocks.field(
            "reversible", "Can it be taken back?",
            blocks.radio([("Yes, easily", "yes"), ("Hardly", "no")], _text(told, "reversible")), optional=True,
        ),
        _people("informed", "Who must know?", told),
        _day("review_on", "Look at it again on", told),
        _short("review_when", "or when", told, "Such as: when we have 1,000 labelled berths."),
        _long("expected", "What do we expect to see?", told),
        _day("expected_by", "By when?", told),
        _short("metric", "Metric", told), _short("threshold", "Threshold", told),
        _long("links", "Links to runs and datasets", told),
        _people("asked", "Who is asked to agree?", told),
        _day("deadline", "Until when?", told),
        _several("flags", "And", _FLAGS, told),
        blocks.field(
            WORDS, "Words of the glossary used in it", blocks.text_input(_text(told, WORDS), max_length=300),
            "With commas. Their meanings of today are pinned.", optional=True,
        ),
    ]  # fmt: skip


def _about(told: Mapping[str, object], parts: Sequence[Component]) -> list[Block]:
    """The part, and for a model who of its two sides was consulted; nobody is allowed, and shown."""
    chosen = next((each for each in parts if each.id == told.get("component_id")), None)
    said = [_people("consulted", "Who was consulted?", told)]
    if chosen is not None and chosen.kind == "model":
        hint = "Name who of the model side and who of the product side. Nobody is allowed, and is shown."
        label, chosen_people = f"Who was consulted about {chosen.name}?", blocks.people_select(_list(told, "consulted"))
        said = [blocks.field("consulted", label, chosen_people, hint, optional=True)]
    if not parts:
        return said
    menu = blocks.choice([(each.name, each.id) for each in parts[:100]], _text(told, "component_id"))
    return [blocks.watched("component_id", "Which component is it about?", menu, COMPONENT), *said]


def note_form(decision: Decision, callback_id: str, label: str, title: str, *, optional: bool = False) -> Modal:
    """Ask for one text: a reason, an amendment, an objection."""
    fields = (_head(decision), blocks.field(NOTE, label, blocks.text_input(multiline=True), optional=optional))
    return Modal(callback_id, title, fields, submit="Save", private_metadata=decision.id)


def holds_form(decision: Decision) -> Modal:
    """Still right, and what happened: the expectation stands beside the question."""
    expected = [blocks.paragraphs(blocks.line(blocks.words("Expected: ", "bold"), blocks.words(decision.expected)))]
    fields = (
        _head(decision), *(expected if decision.expected else []),
        blocks.field(NOTE, "What happened?", blocks.text_input(multiline=True), optional=not decision.expected),
        blocks.field(DAY, "Look at it again on", blocks.date_picker(), optional=True),
        blocks.field(DONE, "And", blocks.choices([("It needs no more reviews", "done")]), optional=True),
    )  # fmt: skip
    return Modal(messages.HOLDS, "Still right?", fields, submit="Still holds", private_metadata=decision.id)


def day_form(decision: Decision) -> Modal:
    fields = (_head(decision), blocks.field(DAY, "New deadline", blocks.date_picker()))
    return Modal(messages.EXTEND, "More time", fields, submit="Save", private_metadata=decision.id)


def supersede_form(decision: Decision) -> Modal:
    """Name a decision that takes this one's place, or write one now."""
    fields = (
        _head(decision),
        blocks.field(NUMBER, "Which decision takes its place?", blocks.text_input(max_length=20), "Such as D-35."),
        blocks.buttons([blocks.button("Write a new one instead", messages.LOG, decision.id)]),
    )
    return Modal(messages.SUPERSEDE, "Supersede", fields, submit="Save", private_metadata=decision.id)


def pin_form(decision: Decision) -> Modal:
    fields = (
        _head(decision),
        blocks.field(
            WORDS,
            "Words used in it",
            blocks.text_input(max_length=300),
            "With commas, such as: performance (data science)",
        ),
    )
    return Modal(messages.PIN, "Pin words", fields, submit="Save", private_metadata=decision.id)


def open_form(value: str = "", link: str = "") -> Message:
    """Say it after a mention or a reaction, which cannot open a form; ``link`` leads to what somebody reacted to."""
    told = "A form opens from a button:"
    about = [blocks.words("You marked "), blocks.link(link, "this message"), blocks.words(" as a decision. ")]
    button = blocks.button("Log a decision", messages.LOG, value)
    line = blocks.line(*(about if link else ()), blocks.words(told))
    return Message(told, (blocks.paragraphs(line), blocks.buttons([button])))


def _head(decision: Decision) -> Block:
    return blocks.paragraphs(blocks.line(blocks.words(f"{decision.number}  {decision.title}", "bold")))


def _long(name: str, label: str, told: Mapping[str, object]) -> Block:
    return blocks.field(name, label, blocks.text_input(_text(told, name), multiline=True), optional=True)


def _short(name: str, label: str, told: Mapping[str, object], hint: str = "") -> Block:
    return blocks.field(name, label, blocks.text_input(_text(told, name), max_length=300), hint, optional=True)


def _several(name: str, label: str, options: Sequence[tuple[str, str]], told: Mapping[str, object]) -> Block:
    return blocks.field(name, label, blocks.choices(options, _list(told, name)), optional=True)


def _people(name: str, label: str, told: Mapping[str, object]) -> Block:
    return blocks.field(name, label, blocks.people_select(_list(told, name)), optional=True)


def _day(name: str, label: str, told: Mapping[str, object]) -> Block:
    return blocks.field(name, label, blocks.date_picker(_text(told, name)), optional=True)


def _options(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(each.capitalize(), each) for each in values]


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _list(told: Mapping[str, object], name: str) -> list[str]:
    value = told.get(name)
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
