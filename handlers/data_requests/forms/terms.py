"""The forms of the terms: all of them by theme, and those of one theme, with what is usual and what was proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.access.recipients import Facts
from handlers.agreements.clauses import Names, Part, TermKind, offer_words
from handlers.agreements.columns import columns_in
from handlers.agreements.fields import among_others
from handlers.data_requests.context import Asker, FormNote
from handlers.data_requests.messages.buttons import TAKE_IT, THEME
from handlers.data_requests.rules.clauses import TERMS, THEMES, open_points, required_set
from handlers.data_requests.rules.moves import mark_of_term, side_of
from handlers.data_requests.rules.status import Role, settled_terms
from handlers.data_requests.rules.wording import term_words, title
from handlers.data_requests.samples.names import may_be_personal
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from handlers.slack.interactions import Fields
from storage.data_requests.data_requests import DataRequest, Term
from storage.records.offers import Offer

FORM = "data_request_terms"
#: Hears whether a term of the form is filled in, not needed, or unknown.
CHOSE = "data_request_term_chose"
#: Opens the form of a request that was sent.
CHANGE = "data_request_edit"
#: Not a theme but all that is still open, in its needed fields alone.
OPEN = "open"
_TEXT = 300
_TITLE = 24


@dataclass(frozen=True, slots=True)
class Saying:
    """A person who says something of terms of a request: the owner offers, the requester changes what is requested."""

    it: Asker
    request: DataRequest
    facts: Facts

    @property
    def is_owner(self) -> bool:
        return side_of(self.it.roles(self.request)) == "offer"

    def own(self, term_id: str) -> Offer | None:
        term = self.request.terms.get(term_id, Term())
        return term.offered if self.is_owner else term.asked

    def other(self, term_id: str) -> Offer | None:
        term = self.request.terms.get(term_id, Term())
        return term.asked if self.is_owner else term.offered

    def begin(self, term_id: str) -> Offer:
        """Return what the person's side has said, else what the other has."""
        return self.own(term_id) or self.other(term_id) or Offer()


def kinds_of(request: DataRequest, theme: str) -> list[TermKind]:
    """Return the terms of a theme, of what is open, or the one term of this id."""
    is_open = [each.id for each in open_points(request)]
    ids = is_open if theme == OPEN else THEMES[theme].terms if theme in THEMES else [theme]
    return [TERMS[each] for each in ids if each in TERMS]


def overview(request: DataRequest, roles: frozenset[Role], names: Names) -> Modal:
    """Every theme with how its terms stand; both sides change them from here."""
    is_side = bool(roles & {"requester", "owner"})
    done, of = required_set(request)
    head = blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold"))
    said: list[Block] = [blocks.paragraphs(head), blocks.small_print(f"{done} of {of} required terms set")]
    left = kinds_of(request, OPEN) if is_side else []
    fill = [blocks.button(f"Fill in what's open ({len(left)})", THEME, f"{request.id}:{OPEN}", "primary")]
    change = [blocks.button("Change the request", CHANGE, request.id)] if "requester" in roles else []
    if steps := [*(fill if left else []), *change]:
        said.append(blocks.buttons(steps))
    for place, theme in enumerate(THEMES):
        said += _theme_rows(request, theme, names, place if is_side else None)
    return Modal(FORM, "Terms", tuple(said), private_metadata=FormNote(request.id).as_text())


def _theme_rows(request: DataRequest, theme: str, names: Names, place: int | None) -> list[Block]:
    label = THEMES[theme].label
    head: Block = blocks.markdown(f"*{label}*")
    shown = [kind for kind in kinds_of(request, theme) if kind.is_required or kind.id in request.terms]
    lines = [blocks.line(blocks.words(_standing(request, kind, names))) for kind in shown]
    more = ", ".join(kind.label.lower() for kind in kinds_of(request, theme) if kind not in shown)
    if place is not None:
        word = "Change" if any(each in request.terms for each in THEMES[theme].terms) else "Fill in"
        button = blocks.button(word, blocks.numbered(THEME, place), f"{request.id}:{theme}")
        head["accessory"] = blocks.spoken(button, f"{word} {label.lower()}")
    return [head, blocks.paragraphs(*lines), *([blocks.small_print(f"Optional: {more}")] if more else [])]


def _standing(request: DataRequest, kind: TermKind, names: Names) -> str:
    term = request.terms.get(kind.id)
    told = term_words(request, kind, term, names) if term is not None else ""
    return f"{kind.label}: {blocks.cut(told or 'not set', _TEXT)}"


def terms_form(saying: Saying, theme: str, entered: Mapping[str, Offer] | None = None, told: str = "") -> Modal:
    """The terms of a theme; what the other side says differently stands at each. ``entered`` is shown again."""
    request, entered = saying.request, entered or {}
    shown = {kind.id: kind for kind in kinds_of(request, theme)} | {each: TERMS[each] for each in entered}
    kinds = [kind for term_id, kind in TERMS.items() if term_id in shown]
    seen = ";".join(f"{kind.id}={mark_of_term(request, kind.id)}" for kind in kinds)
    note = FormNote(request.id, theme=theme, seen=seen)
    head = blocks.paragraphs(blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold")))
    news = [blocks.small_print(told)] if told else []
    rows = [row for kind in kinds for row in _term(saying, kind, theme, entered.get(kind.id))]
    agrees = blocks.small_print("If nothing is left open, saving means you agree.")
    below = (*(_already_set(saying) if theme == OPEN else []), agrees)
    return Modal(FORM, _label(saying, theme), (head, *news, *rows, *below), "Save", note.as_text())


def _already_set(saying: Saying) -> list[Block]:
    """Say which terms stand besides those of the form: whoever saves it may agree to them too."""
    settled = settled_terms(saying.request)
    stand = [(kind, settled[each]) for each, kind in TERMS.items() if each in settled]
    told = "; ".join(f"{kind.label.lower()} {offer_words(kind, offer, saying.facts.names)}" for kind, offer in stand)
    return [blocks.small_print(f"Already set: {blocks.cut(told, _TEXT)}.")] if told else []


def _label(saying: Saying, theme: str) -> str:
    if theme == OPEN:
        return "Make an offer" if saying.is_owner else "What's open"
    return (THEMES[theme].label if theme in THEMES else TERMS[theme].label)[:_TITLE]


def marks_in(note: FormNote) -> dict[str, str]:
    """Return how the terms of a form stood when it was opened, by their ids."""
    return {term_id: mark for term_id, _, mark in (each.partition("=") for each in note.seen.split(";")) if term_id}


def ids_in(fields: Fields) -> list[str]:
    """Return the terms whose fields a form shows."""
    shown = {name.partition(".")[0] for name in fields if "." in name}
    return [term_id for term_id in TERMS if term_id in shown]


def saved(request: DataRequest, by: str) -> Message:
    """Say that it was saved, and what is left."""
    left = [each.told for each in open_points(request)]
    agreed = any(each.user_id == by for each in request.agreements.values())
    done = "Nothing is left open, so you've agreed to these terms." if agreed else "Nothing is left open."
    return blocks.said(f"Saved. Still open: {', '.join(left)}." if left else f"Saved. {done}")


def _term(saying: Saying, kind: TermKind, theme: str, entered: Offer | None) -> list[Block]:
    begin = saying.begin(kind.id)
    is_new = entered is None and begin.stance == "value" and (not begin.parts or bool(begin.source))
    offer = entered or begin
    parts = [part for part in kind.parts if not part.is_former]
    if theme == OPEN:
        parts = [replace(part, may_lack=False) for part in parts if not part.may_lack or part.usual]
    if is_new:
        usual = {part.id: _usual(saying, part) for part in parts}
        whys = {name: why for name, (_, why) in usual.items() if name not in begin.parts}
        parts = [replace(part, hint=whys.get(part.id) or part.hint) for part in parts]
        said = {name: value for name, (value, _) in usual.items() if value}
        offer = offer.model_copy(update={"parts": {**said, **begin.parts}})
    if theme != OPEN:
        parts = [replace(part, may_lack=True) for part in parts]
    (head, *fields) = among_others(kind, offer, parts, CHOSE)
    return [head, *_beside(saying, kind), *fields]


def _usual(saying: Saying, part: Part) -> tuple[str, str]:
    """Return what is mostly said, and why; nothing of optional terms, which are said by who wants them."""
    if part.id == "personal":
        return _personal(saying.request)
    if part.id == "person":
        return saying.request.owner, "The owner, unless somebody else knows it better." if saying.request.owner else ""
    return part.usual, part.why


def _personal(request: DataRequest) -> tuple[str, str]:
    said = request.terms.get("schema", Term())
    columns = columns_in(((said.offered or said.asked) or Offer()).values.get("columns", ""))
    if isinstance(columns, str):
        return "", ""
    about = [each.name for each in columns if may_be_personal(each.name)]
    return ("yes", f"Column {about[0]} looks personal.") if about else ("no", "No column name looks personal.")


def _beside(saying: Saying, kind: TermKind) -> Sequence[Block]:
    """Show what the other side says differently, with what accepts it; or where the values were proposed from."""
    own, other = saying.own(kind.id), saying.other(kind.id)
    if own is not None and other is not None and not own.says_the_same(other):
        label = "Requested" if saying.is_owner else "Offered"
        words = blocks.cut(offer_words(kind, other, saying.facts.names), _TEXT)
        value = f"{saying.request.id}:{kind.id}:{mark_of_term(saying.request, kind.id)}"
        button = blocks.button("Accept", blocks.numbered(TAKE_IT, list(TERMS).index(kind.id)), value)
        return [blocks.row(f"{label}: {words}", blocks.spoken(button, f"Accept {kind.label.lower()}"))]
    source = saying.begin(kind.id).source
    return [blocks.small_print(f"From {source}. Check it, and change what's wrong.")] if source else []
