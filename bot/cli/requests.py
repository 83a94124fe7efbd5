"""``requests export`` and ``check``: the contract of a data request as a file, and data checked against it."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import files
from bot.cli.files import Wrong, command, connected, form_of, opened, write_out
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.data_requests import contract
from handlers.data_requests.formats import odcs
from handlers.data_requests.messages import samples as sample_messages
from handlers.data_requests.rules.besides import why_no_contract
from handlers.data_requests.samples import measuring
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.reading import SampleError
from handlers.data_requests.service import samples, showing
from handlers.data_requests.service.drafts import Saved
from storage.data_requests import data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.outbox import deliveries
from storage.records.ids import new_id

FORMATS = ("odcs", "markdown", "json")
_BROKEN = 1
cli = typer.Typer(no_args_is_help=True, help="Export data contracts, and check data.")
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
    """Write a data request: as the Open Data Contract Standard, for people, or whole as JSON."""
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
    """Check a CSV, JSON Lines or Parquet file against what was agreed; ends with 1 if a check fails."""
    async with opened() as store:
        request = await _wanted(store, number, workspace)
        if told := why_no_contract(request):
            raise Wrong(told)
        found = await _found(request, file)
        typer.echo("".join(f"{line}\n" for line in sample_messages.finding_lines(found.findings)), nl=False)
        saved = await store.write(lambda transaction: _tell(transaction, request, found)) if is_told else None
    if isinstance(saved, Refused):
        raise Wrong(saved.told)
    raise typer.Exit(_BROKEN if found.broken else 0)


def _written(reader: Reader, request: DataRequest, form: str, standard: str) -> str:
    if form == "json":
        return json.dumps(request.model_dump(mode="json", exclude={"team_id"}), indent=2, ensure_ascii=False) + "\n"
    made = showing.contract_of(reader, request, {})
    return odcs.odcs(made, standard) if form == "odcs" else contract.markdown(made)


async def _found(request: DataRequest, file: Path) -> Check:
    """Measure a file that never was in Slack."""
    expected = expectations(request.agreed_terms)
    try:
        measured = await asyncio.to_thread(measuring.measure, file, expected)
    except SampleError as error:
        raise Wrong(str(error)) from None
    about = {"team_id": request.team_id, "request_id": request.id, "at": to_text(datetime.now(UTC))}
    findings = tuple(measuring.findings(measured, expected, is_whole=True))
    return Check(id=new_id(), file_id="", file_name=file.name, by="", state="done", findings=findings, **about)


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
