"""The tools as an MCP server: what is described, and what is refused, as the official client sees it."""

import pytest
from jsonschema import Draft202012Validator
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from bot.transport.mcp_server import mcp_server
from bot.trial.run import Trial
from handlers.checks.outcomes import Refused
from handlers.framework.agents import Agents, Caller

ANA = Caller("T0LOCAL", "UANA")


def server_of(trial: Trial, caller: Caller | Refused = ANA) -> Client:
    """Return a client that is connected within this process."""
    return Client(mcp_server(Agents(trial.bot.boundary, trial.bot.routes.tools), lambda _context: caller))


async def test_answers_are_as_their_schema_says(running: Trial) -> None:
    async with server_of(running) as agent:
        (define,) = [each for each in (await agent.list_tools()).tools if each.name == "define"]
        told = await agent.call_tool("define", {"word": "drift"})
    assert define.output_schema is not None
    Draft202012Validator(define.output_schema).validate(told.structured_content)
    assert define.input_schema["required"] == ["word"]


async def test_what_a_tool_refuses_is_an_error_that_an_agent_can_read(running: Trial) -> None:
    async with server_of(running) as agent:
        told = await agent.call_tool("define", {"word": ""})
    assert told.is_error
    assert "word: String should have at least 1 character" in str(told.content)


async def test_nobody_is_answered_without_a_person(running: Trial) -> None:
    async with server_of(running, Refused("Nobody asks.")) as agent:
        assert "Nobody asks." in str((await agent.call_tool("define", {"word": "drift"})).content)
        with pytest.raises(MCPError, match="Nobody asks"):
            await agent.read_resource("common-ground://definition/drift")


@pytest.mark.parametrize(
    "uri",
    ["common-ground://secret/x", "file:///etc/passwd", "common-ground://definition/", "common-ground://definition/a/b"],
)
async def test_there_is_no_other_resource(running: Trial, uri: str) -> None:
    async with server_of(running) as agent:
        assert (await agent.list_resources()).resources == []
        with pytest.raises(MCPError, match="There is no such resource"):
            await agent.read_resource(uri)
