"""The forms of the decision log: a decision, and what becomes of one."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from handlers.decisions.messages import lines, record
from handlers.decisions.messages.nearness import Beside, Near
from handlers.decisions.rules.moves import Act
from handlers.slack import blocks, carried
from handlers.slack.blocks import Block, Message, Modal
from handlers.slack.interactions import Fields
from storage.decisions.decisions import ATTRIBUTES, Decision
from storage.responsibilities.responsibilities import MODELS, Component

FORM = "decision_form"
MORE = "decision_more"
COMPONENT = "decision_component"
_FLAGS = (("Silence counts as consent", "silence"), ("It still needs data", "data"))
_STATES = (("Decided", "accepted"), ("Proposed: people can agree or object", "proposed"))
_REVERSIBLE = (("Yes, easily", "yes"), ("Not easily", "no"))
NOTE, DAY, NUMBER, WORDS, DONE = "note", "day", "number", "words", "done"
#: Whether it is posted where it is logged, and how it stands to one that looks like it.
POST, HERE = "post", "here"
REPLACES, ADDS, UNRELATED = "replaces", "adds", "unrelated"
_NEAR = "near:"
_SHOWN = 500
_NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class Origin:
    """What the form remembers: where a decision came from, and what it takes the place of.

    ``quote`` is the key of the message in the store; ``shown`` is what was said to stand beside it, by the names of
    ``Beside``; ``is_alone``: it is written with the bot alone; ``may_post``: it can be posted there.
    """

    link: str = ""
    quote: str = ""
    supersedes: str = ""
    place: str = ""
    thread_ts: str = ""
    shown: tuple[str, ...] = ()
    has_more: bool = False
    is_alone: bool = False
    may_post: bool = False

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def read_origin(text: str) -> Origin:
    return carried.read(Origin, text or "{}")


def decision_form(
    told: Fields, origin: Origin, parts: Sequence[Component], quoted: str = "", beside: Beside = _NOTHING
) -> Modal:
    """Three fields first, the rest behind "More"; before them, how it stands to what it looks like, and touches."""
    fields = [
        *_beside(told, beside),
        *_source(origin, quoted),
        blocks.field("title", "What was decided?", blocks.text_input(told.text("title"), max_length=200)),
        _long("why", "Why?", told),
        blocks.field("decider", "Who decides?", blocks.person_select(told.text("decider"))),
        *_post(told, origin),
        *(_more(told, parts) if origin.has_more else [blocks.buttons([blocks.button("More", MORE)])]),
    ]
    if origin.is_alone:
        fields.append(blocks.small_print("Everybody in the workspace can see it."))
    title = "Replace a decision" if origin.supersedes else "Log a decision"
    seen = replace(origin, shown=tuple(dict.fromkeys((*origin.shown, *beside.names))))
    return Modal(FORM, title, tuple(fields), submit="Save", private_metadata=seen.as_text())


def _beside(told: Fields, beside: Beside) -> list[Block]:
    touches = [blocks.small_print(beside.touches)] if beside.touches else []
    return [*(_near(told, beside.near) if beside.near is not None else []), *touches]


def _near(told: Fields, near: Near) -> list[Block]:
    """Ask how it stands to one that looks like it; saving it as it is says that they are unrelated."""
    decision, (how, chosen) = near.decision, stands(told)
    replaces = [(f"It replaces {decision.number}", f"{REPLACES}:{decision.id}")] if near.may_replace else []
    adds, no = (f"It adds to {decision.number}", f"{ADDS}:{decision.id}"), ("Unrelated", UNRELATED)
    answer = f"{how}:{chosen}" if chosen == decision.id else UNRELATED
    choice = blocks.radio([*replaces, adds, no], answer)
    return [blocks.field(f"{_NEAR}{decision.id}", near.words(), choice, near.why)]


def stands(told: Fields) -> tuple[str, str]:
    """Return how a decision stands to one that looks like it, and the id of that; empty where they are unrelated."""
    answer = next((told.text(name) for name in told if name.startswith(_NEAR)), "")
    how, _, other = answer.partition(":")
    return (how, other) if other else ("", "")


def _post(told: Fields, origin: Origin) -> list[Block]:
    if not origin.may_post:
        return []
    where = "Post it in the thread" if origin.thread_ts else "Post it in this channel"
    options = ((where, HERE), ("Keep it in the decision log only", "no"))
    return [blocks.field(POST, "Tell the others?", blocks.radio(options, told.text(POST)))]


def _source(origin: Origin, quoted: str) -> list[Block]:
    if quoted:
        return [blocks.paragraphs(blocks.quotation(blocks.words(blocks.cut(quoted, _SHOWN))))]
    from_there = blocks.line(blocks.words("From "), blocks.link(origin.link, "this message"))
    return [blocks.paragraphs(from_there)] if origin.link else []


def _more(told: Fields, parts: Sequence[Component]) -> list[Block]:
    state, reversible = told.text("state") or "accepted", told.text("reversible")
    return [
        blocks.field("state", "Decided or proposed?", blocks.radio(_STATES, state)),
        *_about(told, parts),
        _long("context", "Context", told),
        _long("options", "Options considered, and why not", told),
        _long("consequences", "Consequences", told),
        _long("assumptions", "Assumptions", told),
        _several("attributes", "What does it affect?", [(each.capitalize(), each) for each in ATTRIBUTES], told),
        blocks.field("reversible", "Can it be reversed?", blocks.radio(_REVERSIBLE, reversible), optional=True),
        _people("informed", "Who should know?", told),
        _day("review_on", "Review on", told),
        _short("review_when", "Or review when", told, "For example: we have 1,000 labelled berths."),
        _long("expected", "What do you expect to see?", told),
        _day("expected_by", "Expected by", told),
        _short("metric", "Metric", told),
        _short("threshold", "Threshold", told),
        _long("links", "Links to runs and datasets", told),
        _people("asked", "Who should agree?", told),
        _day("deadline", "Answer by", told),
        _several("flags", "Also", _FLAGS, told),
        _short(WORDS, "Glossary words used in it", told, "Separated by commas. I keep their current definitions."),
    ]


def _about(told: Fields, parts: Sequence[Component]) -> list[Block]:
    """The component, and for a model who of its two sides was consulted."""
    chosen = next((each for each in parts if each.id == told.text("component_id")), None)
    said = _people("consulted", "Who was consulted?", told)
    if chosen is not None and chosen.kind in MODELS:
        hint = "People of the model side and of the product side."
        said = _people("consulted", f"Who was consulted about {chosen.name}?", told, hint)
    if not parts:
        return [said]
    menu = blocks.choice([(each.name, each.id) for each in parts], told.text("component_id"))
    return [blocks.watched("component_id", "Which component is it about?", menu, COMPONENT), said]


def _note_form(callback_id: str, label: str, title: str) -> Callable[[Decision], Modal]:
    """Ask for one text: a reason, an amendment, an objection."""
    field = blocks.field(NOTE, label, blocks.text_input(multiline=True))
    return lambda decision: _form_about(decision, callback_id, title, field)


def _reject_form(decision: Decision) -> Modal:
    label, title = ("What's not right?", "That's not right") if decision.is_reported else ("Why not?", "Reject")
    return _note_form(record.REJECT, label, title)(decision)


def _holds_form(decision: Decision) -> Modal:
    """Still right, and what happened: the expectation stands beside the question."""
    expected = [blocks.paragraphs(blocks.line(blocks.words("Expected: ", "bold"), blocks.words(decision.expected)))]
    fields = (
        *(expected if decision.expected else []),
        blocks.field(NOTE, "What happened?", blocks.text_input(multiline=True), optional=not decision.expected),
        blocks.field(DAY, "Next review", blocks.date_picker(), optional=True),
        blocks.field(DONE, "Also", blocks.choices([("It needs no more reviews", "done")]), optional=True),
    )
    return _form_about(decision, record.HOLDS, "Still right?", *fields, submit="Still holds")


def _day_form(decision: Decision) -> Modal:
    return _form_about(decision, record.EXTEND, "More time", blocks.field(DAY, "New deadline", blocks.date_picker()))


def _supersede_form(decision: Decision) -> Modal:
    """Name the decision that replaces this one, or write it now."""
    number = blocks.text_input(max_length=20)
    fields = (
        blocks.field(NUMBER, "Which decision replaces it?", number, "For example: D-35"),
        blocks.buttons([blocks.button("Write a new one instead", record.LOG, decision.id)]),
    )
    return _form_about(decision, record.SUPERSEDE, "Supersede", *fields)


def _pin_form(decision: Decision) -> Modal:
    hint = "Separated by commas, for example: performance (data science)"
    field = blocks.field(WORDS, "Glossary words used in it", blocks.text_input(max_length=300), hint)
    return _form_about(decision, record.PIN, "Pin words", field)


def _form_about(decision: Decision, callback_id: str, title: str, *fields: Block, submit: str = "Save") -> Modal:
    head = blocks.paragraphs(blocks.line(lines.head(decision)))
    return Modal(callback_id, title, (head, *fields), submit=submit, private_metadata=decision.id)


#: The form in which somebody says what becomes of a decision.
FORMS: Mapping[Act, Callable[[Decision], Modal]] = {
    "object": _note_form(record.OBJECT, "What's your objection?", "Object"),
    "reject": _reject_form,
    "deprecate": _note_form(record.DEPRECATE, "Why does it no longer apply?", "Deprecate"),
    "amend": _note_form(record.AMEND, "What changed?", "Amend"),
    "still holds": _holds_form,
    "extend": _day_form,
    "supersede": _supersede_form,
    "pin": _pin_form,
}


def open_form(value: str = "", link: str = "") -> Message:
    """Say it after a mention or a reaction, which cannot open a form; ``link`` leads to what somebody reacted to."""
    button = blocks.button("Log a decision", record.LOG, value)
    if not link:
        return blocks.offer("Press to log a decision:", button)
    about = blocks.line(blocks.words("You marked "), blocks.link(link, "this message"), blocks.words(" as a decision."))
    return Message("You marked a message as a decision.", (blocks.paragraphs(about), blocks.buttons([button])))


def _long(name: str, label: str, told: Fields) -> Block:
    return blocks.field(name, label, blocks.text_input(told.text(name), multiline=True), optional=True)


def _short(name: str, label: str, told: Fields, hint: str = "") -> Block:
    return blocks.field(name, label, blocks.text_input(told.text(name), max_length=300), hint, optional=True)


def _several(name: str, label: str, options: Sequence[tuple[str, str]], told: Fields) -> Block:
    return blocks.field(name, label, blocks.choices(options, told.ids(name)), optional=True)


def _people(name: str, label: str, told: Fields, hint: str = "") -> Block:
    return blocks.field(name, label, blocks.people_select(told.ids(name)), hint, optional=True)


def _day(name: str, label: str, told: Fields) -> Block:
    return blocks.field(name, label, blocks.date_picker(told.text(name)), optional=True)
