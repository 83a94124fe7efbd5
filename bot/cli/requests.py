"""``requests export`` and ``check``: the contract of a data request as a file, and data checked against it."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.files import WorkspaceOption, Wrong, connected, finished, form_of, write_out
from bot.settings import read_database_url
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.data_requests import contract
from handlers.data_requests.messages import thread
from handlers.data_requests.rules.moves import why_not_check
from handlers.data_requests.samples import measuring
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.measuring import SampleError
from handlers.data_requests.service import requests, samples
from handlers.data_requests.service.drafts import Saved
from storage import open_store
from storage.data_requests import data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Database, Reader, Transaction, to_text
from storage.outbox import deliveries
from storage.records.ids import new_id

FORMATS = ("odcs", "markdown", "json")
_BROKEN = 1
cli = typer.Typer(no_args_is_help=True, help="Contracts of data requests, and data checked against them.")
NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as DR-12.")]


@cli.command()
def export(
    number: NumberArgument,
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "odcs",
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a data request: as the Open Data Contract Standard, for people, or whole as JSON."""
    write_out(finished(_export(number, form_of(form, Path(), FORMATS), workspace)), output)


@cli.command()
def check(
    number: NumberArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    is_told: Annotated[bool, typer.Option("--post/--no-post", help="Say what was found in the thread too.")] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """Check a CSV, JSON Lines or Parquet file against what was agreed; ends with 1 where something is broken."""
    raise typer.Exit(finished(_check(number, file, workspace, is_told=is_told)))


async def _export(number: str, form: str, wanted: str | None) -> str:
    store = open_store(read_database_url())
    try:
        request = await _wanted(store, number, wanted)
        return await store.search(lambda reader: _written(reader, request, form))
    finally:
        await store.close()


def _written(reader: Reader, request: DataRequest, form: str) -> str:
    if form == "json":
        return json.dumps(request.model_dump(mode="json", exclude={"team_id"}), indent=2, ensure_ascii=False) + "\n"
    made = requests.contract_of(reader, request, {})
    return contract.odcs(made) if form == "odcs" else contract.markdown(made)


async def _check(number: str, file: Path, wanted: str | None, *, is_told: bool) -> int:
    store = open_store(read_database_url())
    try:
        request = await _wanted(store, number, wanted)
        if told := why_not_check(request):
            raise Wrong(told)
        found = await _found(request, file)
        for line in thread.finding_lines(found.findings):
            typer.echo(line)
        if is_told:
            saved = await store.write(lambda transaction: _tell(transaction, request, found))
            if isinstance(saved, Refused):
                raise Wrong(saved.told)
        return _BROKEN if found.broken else 0
    finally:
        await store.close()


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
    deliveries.add(transaction, () if isinstance(saved, Refused) else saved.messages)
    return saved


async def _wanted(store: Database, number: str, workspace: str | None) -> DataRequest:
    request = await store.read(data_requests.by_number, connected(store, workspace), number, None)
    if request is None:
        raise Wrong(f"there is no data request {number}")
    return request
