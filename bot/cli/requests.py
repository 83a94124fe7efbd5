"""``requests export``, ``import``, ``restore`` and ``check``: contracts as files, and data checked against them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import files
from bot.cli.files import Wrong, command, connected, form_of, opened, read_text, say, write_out
from handlers.access.recipients import Everybody, Facts, Members
from handlers.agreements.clauses import offer_words
from handlers.checks.outcomes import Refused
from handlers.data_requests import contract
from handlers.data_requests.formats import odcs, reading, whole
from handlers.data_requests.formats.reading import Read
from handlers.data_requests.formats.whole import Whole
from handlers.data_requests.messages import samples as sample_messages
from handlers.data_requests.rules.besides import why_no_contract
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.samples import measuring
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.limits import SampleError
from handlers.data_requests.service import importing, restoring, samples, showing
from handlers.data_requests.service.drafts import Saved
from handlers.data_requests.service.importing import Plan
from storage.data_requests import data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.outbox import deliveries
from storage.records.ids import new_id
from storage.workspaces.people import known_people
from storage.workspaces.workspaces import held

FORMATS = ("odcs", "markdown", "json")
_BROKEN = 1
cli = typer.Typer(no_args_is_help=True, help="Import and export data contracts, and check data.")
NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as DR-12.")]


@command(cli)
async def export(
    number: NumberArgument,
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "odcs",
    standard: Annotated[str, typer.Option("--odcs-version", help="3.1 or 3.2.")] = odcs.VERSIONS[0],
    output: files.Output = None,
    workspace: files.InWorkspace = None,
) -> None:
    """Write a data request: as the Open Data Contract Standard, for people, or as JSON that restore puts back.

    The JSON has the request as it stands: both sides' terms, what was agreed, deliveries. It has no history and no
    earlier versions, nothing that was written in the thread, no checks of samples and no notes.
    """
    wanted = form_of(form, Path(), FORMATS)
    if standard not in odcs.VERSIONS:
        raise typer.BadParameter("One of 3.1, 3.2", param_hint="--odcs-version")
    async with opened() as store:
        request = await _wanted(store, number, workspace)
        text = await store.search(lambda reader: _written(reader, request, wanted, standard))
        if request.visibility != WORKSPACE:
            await files.note_export(store, request.team_id, "data request", request.id, request.visibility)
    write_out(text, output)


@command(cli)
async def check(
    number: NumberArgument,
    file: files.File,
    *,
    is_told: Annotated[bool, typer.Option("--post", help="Post the result in the request's thread too.")] = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Check a CSV, TSV, JSON or Parquet file, gzipped or not, against what was agreed; ends with 1 if a check fails."""
    async with opened() as store:
        request = await _wanted(store, number, workspace)
        if told := why_no_contract(request):
            raise Wrong(told)
        found = await _found(request, file)
        lines = [*([sample_messages.how_read(found.read_as)] if found.read_as else [])]
        lines += sample_messages.finding_lines(found.findings)
        say("\n".join(lines))
        tell = partial(_tell, request=request, found=found)
        saved = await store.write(held(request.team_id, tell)) if is_told else None
    if isinstance(saved, Refused):
        raise Wrong(saved.told)
    raise typer.Exit(_BROKEN if found.broken else 0)


@command(cli, "import")
async def import_(
    file: files.File,
    *,
    requester: Annotated[str, typer.Option(help="Whose draft it becomes: their Slack id or full name.")] = "",
    number: Annotated[str, typer.Option("--request", help="Propose its terms to both sides of this one.")] = "",
    dry_run: files.DryRun = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Read a contract (ODCS 3.x, YAML or JSON) as a draft, or as the next terms of a data request."""
    if bool(requester) == bool(number):
        raise Wrong("say whose draft it becomes with --requester, or whose terms with --request")
    told = await asyncio.to_thread(reading.read, read_text(file))
    if isinstance(told, str):
        raise Wrong(told)
    facts = Facts(by="", now=datetime.now(UTC))
    async with opened() as store:
        team_id = connected(store, workspace)
        plan = await store.search(
            lambda reader: (
                _planned(reader, team_id, told, number) if number else _drafted(reader, team_id, told, requester, facts)
            )
        )
        for line in [*_filled(plan, number), *(f"not kept: {each}" for each in plan.lost)]:
            say(line)
        if dry_run or (not plan.offers and number):
            say("Nothing changed.")
            return
        saved = await store.write(held(team_id, lambda transaction: _taken(transaction, plan, file.name, facts)))
    if isinstance(saved, Refused):
        raise Wrong(saved.told)
    say(f"{saved.request.number}: {'proposed to both sides' if number else 'a draft, to be checked and sent'}.")


@command(cli)
async def restore(file: files.File, *, dry_run: files.DryRun = False, workspace: files.InWorkspace = None) -> None:
    """Put a data request back as export --format json wrote it, where there is no such request; asks nobody."""
    put_back = whole.read(read_text(file))
    request, facts = put_back.request, Facts(by="", now=datetime.now(UTC))
    async with opened() as store:
        team_id = connected(store, workspace)
        if refused := await store.search(lambda reader: restoring.why_not(reader, team_id, request)):
            raise Wrong(refused.told)
        place = "" if request.visibility == WORKSPACE else f", of {request.visibility} only"
        say(f"  + {request.number}: {request.entity} ({request.state}){place}")
        loose = await store.search(lambda reader: restoring.lacking(reader, team_id, request))
        say("\n".join(f"  - {each}" for each in (*loose, *put_back.left_out)))
        if not dry_run:
            await store.write(held(team_id, lambda transaction: _put_back(transaction, team_id, put_back, facts)))
            say("Done.")


def _put_back(transaction: Transaction, team_id: str, put_back: Whole, facts: Facts) -> None:
    """Write what a file has, where nobody was faster. Raises Wrong."""
    done = restoring.restore(transaction, team_id, put_back, facts)
    if isinstance(done, Refused):
        raise Wrong(done.told)
    about = {"target_id": done.id, "visibility": done.visibility}
    files.noted(transaction, team_id, "imported", "data request", **about)


def _planned(reader: Reader, team_id: str, told: Read, number: str) -> Plan:
    """Return what a file would do for a request. Raises Wrong where it isn't there."""
    request = data_requests.by_number(reader, team_id, number, None)
    if request is None:
        raise Wrong(f"there is no data request {number}")
    return importing.changes_of(reader, request, told)


def _drafted(reader: Reader, team_id: str, told: Read, about: str, facts: Facts) -> Plan:
    """Return what a file would do for a person. Raises Wrong where nobody, or more than one, is called so."""
    people = known_people(reader, team_id).values()
    wanted = about.removeprefix("@").casefold()
    named = [each for each in people if wanted in (each.user_id.casefold(), each.name.casefold()) and not each.is_gone]
    if len(named) != 1:
        raise Wrong(f"{'more than one person' if named else 'nobody'} known here has the id or full name {about}")
    return importing.new_request(reader, team_id, told, named[0].user_id, facts)


def _filled(plan: Plan, number: str) -> list[str]:
    """Say what a file fills in, a line each."""
    facts = (
        {}
        if number
        else {"data": plan.request.entity, "purpose": plan.request.purpose, "needed by": plan.request.needed_by}
    )
    said = {TERMS[each].label.lower(): offer_words(TERMS[each], offer, {}, str) for each, offer in plan.offers.items()}
    return [f"{label}: {text}" for label, text in {**facts, **said}.items() if text]


def _taken(transaction: Transaction, plan: Plan, file_name: str, facts: Facts) -> Saved | Refused:
    """Write what a file says, and leave it to the bot to say it in the thread."""
    request = plan.request
    if not request.number:
        saved: Saved | Refused = importing.begin(transaction, plan, replace(facts, by=request.requester))
    else:
        audience = Everybody() if request.visibility == WORKSPACE else Members(frozenset(), request.visibility)
        saved = importing.propose(
            transaction, plan, file_name, replace(facts, visible=(request.visibility,), audience=audience)
        )
    if not isinstance(saved, Refused):
        deliveries.add(transaction, saved.messages)
        about = {"target_id": saved.request.id, "visibility": request.visibility}
        files.noted(transaction, request.team_id, "imported", "data request", **about)
    return saved


def _written(reader: Reader, request: DataRequest, form: str, standard: str) -> str:
    if form == "json":
        named = known_people(reader, request.team_id).values()
        return whole.as_json(request, {each.user_id: each.name for each in named})
    made = showing.contract_of(reader, request, {})
    return odcs.odcs(made, standard) if form == "odcs" else contract.markdown(made)


async def _found(request: DataRequest, file: Path) -> Check:
    """Measure a file that never was in Slack."""
    expected = expectations(request.agreed_terms)
    try:
        measured = await asyncio.to_thread(measuring.measure, file, expected)
    except SampleError as error:
        raise Wrong(f"{str(error).removesuffix('.')}: {error.value}" if error.value else str(error)) from None
    about = {"team_id": request.team_id, "request_id": request.id, "at": to_text(datetime.now(UTC))}
    findings = tuple(measuring.findings(measured, expected, is_whole=True))
    about |= {"file_name": file.name, "read_as": measured.read_as}
    return Check(id=new_id(), file_id="", by="", state="done", findings=findings, **about)


def _tell(transaction: Transaction, request: DataRequest, found: Check) -> Saved | Refused:
    """Keep what was found, and leave it to the bot to say it in the thread."""
    facts = Facts(by="", now=datetime.now(UTC), visible=(request.visibility,))
    saved = samples.record_check(transaction, request, found, facts)
    if not isinstance(saved, Refused):
        deliveries.add(transaction, saved.messages)
        about = {"target_id": request.id, "visibility": request.visibility}
        files.noted(transaction, request.team_id, "imported", "check", **about)
    return saved


async def _wanted(store: Database, number: str, workspace: str | None) -> DataRequest:
    request = await store.read(data_requests.by_number, connected(store, workspace), number, None)
    if request is None:
        raise Wrong(f"there is no data request {number}")
    return request
