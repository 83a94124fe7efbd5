"""``cards export`` and ``evaluate``: what is required of a model as a file, and what an evaluation found."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import files
from bot.cli.files import Wrong, command, connected, form_of, opened, read_text, say, write_out
from handlers.access.recipients import Everybody, Facts, Members
from handlers.agreements import components
from handlers.agreements.clauses import offer_words
from handlers.checks import dates
from handlers.checks.outcomes import Refused
from handlers.requirements import formats
from handlers.requirements.formats import mlte, results, taking
from handlers.requirements.formats.proposed import Proposed
from handlers.requirements.formats.taking import Taking
from handlers.requirements.formats.whole import Whole
from handlers.requirements.rules import evaluating, status
from handlers.requirements.rules.aspects import KINDS, sheets_of
from handlers.requirements.rules.assigning import assigned
from handlers.requirements.service import cards as service
from handlers.requirements.service import entering, importing
from handlers.requirements.service.cards import Saved
from handlers.requirements.service.entering import Measured
from handlers.slack import interactions
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.outbox import deliveries
from storage.requirements.requirements import SHEETS, Card, Evaluation
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, new_key
from storage.workspaces.workspaces import held

_MISSED = 1
_FIELDS = (evaluating.LINK, evaluating.DAY, evaluating.MODEL_VERSION, evaluating.STAGE)
#: What an evaluation needs besides its values, with an example of each.
_NEEDED = {evaluating.LINK: "https://…", evaluating.DAY: "2026-01-31"}
#: Where a day begins first: the file does not say where it was measured.
_FIRST_ZONE = "Pacific/Kiritimati"
_EXAMPLE = '{"link": "https://…", "date": "2026-01-31", "values": {"latency": "280 ms"}}'
cli = typer.Typer(no_args_is_help=True, help="Export model cards, and enter evaluations.")
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        help="link=…, date=…, model_version=…, stage=…, or ASPECT=METRIC or a value, such as latency='280 ms'.",
    ),
]
ModelArgument = Annotated[str, typer.Argument(metavar="COMPONENT", help="The name of a component, or its id.")]


@command(cli)
async def export(
    component: ModelArgument,
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(formats.FORMATS)}.")] = "markdown",
    output: files.Output = None,
    workspace: files.InWorkspace = None,
) -> None:
    """Write a card: for people, whole as YAML, or as a card of another tool."""
    wanted = form_of(form, Path(), formats.FORMATS)
    chosen = next(each for each in formats.FORMATS if each == wanted)
    async with opened() as store:
        model = _wanted(store, component, workspace)
        visible, now = (WORKSPACE, model.visibility), datetime.now(UTC)
        shown = await store.search(lambda reader: service.shown(reader, model, {}, visible, now))
        if model.visibility != WORKSPACE:
            await files.note_export(store, model.team_id, "card", model.id, model.visibility)
    write_out(formats.written(shown, chosen), output)
    for each in mlte.not_written(shown) if chosen == "mlte" else ():
        say(f"left out: {each}", err=True)


@command(cli, "import")
async def import_(
    component: ModelArgument,
    file: files.File,
    *,
    operation: Annotated[str, typer.Option(help="Which operation of an API, such as 'POST /predict'.")] = "",
    dry_run: files.DryRun = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Ask both sides what OpenAPI, an MLmodel, a README (.md) or MLTE says, or bring a card back from YAML."""
    text = read_text(file)
    async with opened() as store:
        model = _wanted(store, component, workspace)
        facts = _facts(model, datetime.now(UTC))
        said = service.card_of(store.reader, model).requirements
        before = {aspect: each.said for aspect, each in said.items()}
        taken = taking.read(text, file.suffix, Taking(model.kind, model.lead, before, operation))
        say("\n".join(await store.search(lambda reader: _plan(reader, model, taken))))
        if not dry_run:
            done = await store.write(held(model.team_id, partial(_imported, model=model, taken=taken, facts=facts)))
            say(done)


def _plan(reader: Reader, model: Component, taken: Proposed | Whole) -> list[str]:
    """Return what an import would do, line by line."""
    if isinstance(taken, Whole):
        lines = [f"  + {each}" for each in taken.requirements]
        lines += [f"  + evaluation of {each.measured_on}: {each.link}" for each in taken.evaluations]
        lines += [f"  - model: the card is of {taken.model}"] if new_key(taken.model) != model.look_up_key else []
    else:
        new = importing.new_of(reader, model, taken.asked)
        said = {each: offer_words(KINDS[each], offer, {model.lead: "the lead"}, str) for each, offer in new.items()}
        lines = [f"  ? {status.label(each)}: {words}" for each, words in said.items()]
        lines += [f"  = {status.label(each)}: unchanged" for each in taken.asked if each not in new]
    return [model.name, *lines, *(f"  - {each}" for each in taken.left_out)]


def _imported(transaction: Transaction, model: Component, taken: Proposed | Whole, facts: Facts) -> str:
    """Write what was planned, and return what was done. Raises Wrong."""
    if isinstance(taken, Whole):
        done: Saved | Card | Refused = importing.restore(transaction, model, taken, facts)
    else:
        done = importing.propose(transaction, model, taken.asked, facts)
    if isinstance(done, Refused):
        raise Wrong(done.told)
    deliveries.add(transaction, done.messages if isinstance(done, Saved) else ())
    files.noted(transaction, model.team_id, "imported", "card", target_id=model.id, visibility=model.visibility)
    return "Done. Both sides are asked to agree." if isinstance(done, Saved) and done.messages else "Done."


@command(cli)
async def evaluate(
    component: ModelArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    with_: With = None,
    dry_run: files.DryRun = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Enter what was measured, from our own JSON, MLflow, Hugging Face or MLTE; ends with 1 if a requirement is missed.

    What a file doesn't say, or says by another name, is said by --with.
    """
    told = results.parsed(read_text(file))
    chosen = dict(_pair(each) for each in with_ or ())
    async with opened() as store:
        model = _wanted(store, component, workspace)
        fields = await store.search(lambda reader: _values(reader, model, told, chosen))
        found: Evaluation | Refused | interactions.Wrong
        if dry_run:
            found = await store.search(lambda reader: _checked(reader, model, fields))
        else:
            found = await store.write(held(model.team_id, partial(_kept, component=model, told=fields)))
        if isinstance(found, interactions.Wrong):
            raise Wrong("; ".join(f"{field}: {sentence}" for field, sentence in found.errors.items()))
        if isinstance(found, Refused):
            raise Wrong(found.told)
        raise typer.Exit(await store.search(lambda reader: _results(reader, model, found)))


def _pair(told: str) -> tuple[str, str]:
    """Return what is said of a field or an aspect. Raises Wrong."""
    name, _, said = told.partition("=")
    if (name not in _FIELDS and status.aspect_of(name) is None) or not said.strip():
        raise Wrong(f"--with {told}: write NAME=…, with one of {', '.join((*_FIELDS, *SHEETS['requirements']))}")
    return name, said.strip()


def _values(reader: Reader, model: Component, told: Any, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of an evaluation and its values by aspect, and say line by line what isn't taken.

    Raises Wrong with the place of what is wrong.
    """
    said = {name: chosen[name] for name in _FIELDS if name in chosen}
    found = results.read(told)
    if found is None:
        return {**_told(told), **said}
    asked = status.measurable(service.card_of(reader, model).requirements)
    made = assigned(found.metrics, asked, {each: chosen[each] for each in SHEETS["requirements"] if each in chosen})
    for aspect, read_as in made.read_as.items():
        say(f"  {status.label(aspect)}: {made.values[aspect]}, from {read_as}")
    for each in (*made.left_out, *found.left_out):
        say(f"  - {each}")
    fields = {**found.fields, **said}
    if lacking := [f"--with {name}={example}" for name, example in _NEEDED.items() if name not in fields]:
        raise Wrong(f"the file doesn't say all of it; add {' '.join(lacking)}")
    return fields | {str(aspect): value for aspect, value in made.values.items()}


def _told(told: Any) -> dict[str, str]:
    """Return the fields of an evaluation and its values by aspect. Raises Wrong with the place of what is wrong."""
    if not isinstance(told, dict) or not isinstance(told.get("values"), dict):
        raise Wrong(f"the file should be an object such as {_EXAMPLE}, or what MLflow, Hugging Face or MLTE writes")
    if unknown := [name for name in told if name not in (*_FIELDS, "values")]:
        raise Wrong(f"{unknown[0]}: unknown field; the fields are {', '.join((*_FIELDS, 'values'))}")
    if strange := [name for name in told["values"] if status.aspect_of(name) is None]:
        raise Wrong(f"values.{strange[0]}: unknown aspect; the aspects are {', '.join(SHEETS['requirements'])}")
    fields = {**{name: value for name, value in told.items() if name != "values"}, **told["values"]}
    if wrong := [name for name, value in fields.items() if not isinstance(value, str)]:
        raise Wrong(f'{wrong[0]}: write it as a text, a value with its unit, such as "280 ms"')
    return {name: value.strip() for name, value in fields.items()}


def _facts(component: Component, now: datetime) -> Facts:
    audience = Everybody() if component.visibility == WORKSPACE else Members(frozenset())
    return Facts("", now, audience, visible=(component.visibility,))


def _kept(
    transaction: Transaction, component: Component, told: Mapping[str, str]
) -> Evaluation | Refused | interactions.Wrong:
    """Keep what was measured, and leave it to the bot to tell the lead where everybody may hear of it."""
    facts = _facts(component, datetime.now(UTC))
    found = entering.evaluate(transaction, component, told, facts, dates.today(facts.now, _FIRST_ZONE))
    if not isinstance(found, Measured):
        return found
    deliveries.add(transaction, found.messages)
    about = {"target_id": component.id, "visibility": component.visibility}
    files.noted(transaction, component.team_id, "imported", "evaluation", **about)
    return found.evaluation


def _checked(reader: Reader, component: Component, told: Mapping[str, str]) -> Evaluation | interactions.Wrong:
    """Return what would be kept."""
    asked, now = service.card_of(reader, component).requirements, datetime.now(UTC)
    start = (component.team_id, component.id, "", to_text(now))
    return evaluating.evaluation_in(told, asked, start, dates.today(now, _FIRST_ZONE))


def _results(reader: Reader, component: Component, found: Evaluation) -> int:
    card = service.card_of(reader, component)
    say(component.name)
    for aspect, value in found.values.items():
        measured = status.judged(aspect, card.requirements.get(aspect), [found])
        say(f"{status.label(aspect)}: {value}, {measured.verdict if measured is not None else 'not required'}")
    return _MISSED if status.missed(card, found) else 0


def _wanted(store: Database, name: str, workspace: str | None) -> Component:
    every = responsibilities.all_components(store.reader, connected(store, workspace))
    known = [each for each in every if sheets_of(each.kind)]
    found = [each for each in known if each.id == name or each.look_up_key == new_key(name)]
    if not found:
        near = components.named(name, known)
        raise Wrong(f"no component {name} has a card{f'; did you mean {near[0].name}?' if near else ''}")
    if len(found) > 1:
        raise Wrong(f"several components are called {name}; give the id of one: {', '.join(each.id for each in found)}")
    return found[0]
