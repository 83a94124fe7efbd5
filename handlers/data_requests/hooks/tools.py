"""What agents may ask of data requests: the contract that two sides have agreed on, or are still talking about."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from handlers.agreements.clauses import offer_words
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.parsing import data_key
from handlers.data_requests.rules.status import named, waits_for
from handlers.data_requests.rules.wording import people_in, title
from handlers.framework import tools
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Page, Tool
from handlers.slack.interactions import Ask
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest, Term
from storage.engine.interface import Reader

_REQUEST = "data-request"
_NUMBER = re.compile(r"dr[- ]?(?P<rest>[0-9a-z]+)", re.IGNORECASE)


class AskedContract(Arguments):
    data: Annotated[
        str, Field(min_length=1, max_length=300, description="A number such as DR-3, or what the data is called.")
    ]
    page: Page = 1


async def contract(context: Context[Ask], asked: AskedContract) -> Answer:
    """Say what was agreed about some data, term by term; or which requests there are for it."""
    it = await asking(context)
    found = await context.read(_found, it, asked.data)
    if not found:
        return tools.answer("No data request that you can see is that.")
    names = await tools.names_of(context, {who for each in found for who in people_in(each)})
    requests = [_item(each, names) for each in found]
    if len(found) > 1:
        return tools.answer(f"{len(found)} data requests are about that. Ask for one by its number.", requests)
    request = found[0]
    side, _, act = waits_for(request).partition(": ")
    told = f"{request.number} is {named(request.state)}.{f' Next: the {side} to {act}.' if act else ''}"
    return tools.answer(told, [*requests, *_terms(request, names)], asked.page)


def _found(reader: Reader, it: Asker, data: str) -> list[DataRequest]:
    match = _NUMBER.fullmatch(data)
    numbered = it.numbered(reader, f"DR-{match['rest'].upper()}") if match is not None else None
    if numbered is not None:
        return [numbered]
    found = data_requests.of_data(reader, it.team_id, data_key(data), it.visible)
    return [each for each in found if it.shows(each)]


def _item(request: DataRequest, names: dict[str, str]) -> Item:
    version = f", contract {request.semantic_version}" if request.semantic_version else ""
    return tools.item(
        "data request",
        f"{request.number} · {title(request)}",
        request.purpose,
        status=f"{named(request.state)}{version}",
        owner=names.get(request.owner, "somebody") if request.owner else "",
        date=(request.agreed_at or request.changed_at)[:10],
        source=f"requested by {names.get(request.requester, 'somebody')}",
        link=request.source_link,
        uri=tools.uri(_REQUEST, request.number),
    )


def _terms(request: DataRequest, names: dict[str, str]) -> Iterator[Item]:
    for term_id, kind in TERMS.items():
        term = request.terms.get(term_id, Term())
        agreed = request.agreed_terms.get(term_id) or (term.agreed if request.agreed_at else None)
        is_as_agreed = agreed is not None and term.agreed in (None, agreed)
        said = {"requested": term.asked, "offered": term.offered}
        told = {name: offer_words(kind, each, names, str) for name, each in said.items() if each is not None}
        if agreed is not None:
            told = {"agreed": offer_words(kind, agreed, names, str), **({} if is_as_agreed else told)}
        if told:
            yield tools.item(
                "term",
                f"{request.number} {kind.label}",
                "\n".join(told.values() if is_as_agreed else (f"{name}: {words}" for name, words in told.items())),
                status="agreed" if is_as_agreed else "not agreed yet" if agreed is None else "being changed",
                owner=names.get(request.owner, ""),
                date=(request.agreed_at if is_as_agreed else request.changed_at)[:10],
                uri=tools.uri(_REQUEST, request.number),
            )


TOOLS = (
    Tool(
        "contract",
        "Read a data contract",
        "What two sides agreed about some data, term by term, and what is not agreed yet.",
        AskedContract,
        contract,
        _REQUEST,
        "data",
    ),
)
