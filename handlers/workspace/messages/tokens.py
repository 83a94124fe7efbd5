"""What people read of the tokens with which agents ask in their name."""

from collections.abc import Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import Refused
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from handlers.workspace.service.tokens import Made
from storage.workspaces.tokens import Token

REVOKE = "token_revoke"
SWITCHED_OFF = blocks.said("Agents can't ask me here: the person who runs me hasn't set MCP=true.")
SLOW = Refused("Slack is slow right now, so I made no token. Please try again.")
GONE = blocks.said("That token is gone already.")


def typed_alone(command_prefix: str) -> Refused:
    """Say where a token is made: its answer is seen by one person, and kept by nobody."""
    return Refused(f"Type /{command_prefix}common-ground tokens new yourself: only you see its answer.")


def made(new: Made) -> Message:
    """Show a token, this once."""
    sees = "what every member can see" if new.token.is_public else "what you can see"
    told = (
        f"Here is your token. I show it only now; keep it like a password. Agents that have it see {sees}, until "
        f"{day(new.token.ends_at)}."
    )
    lines = [blocks.line(blocks.words(told)), blocks.line(blocks.words(new.secret, "code"))]
    return Message("Your token", (blocks.paragraphs(*lines),))


def listed(tokens: Sequence[Token], command_prefix: str) -> Message:
    """Show what a person has, without the tokens themselves, and how another one is made."""
    command = f"/{command_prefix}common-ground tokens"
    how = (
        f"`{command} new laptop` makes a token for agents that ask in your name, and `{command} public bot` one for "
        "what every member can see."
    )
    rows = [_row(each, place) for place, each in enumerate(tokens)]
    title = f"You have {len(tokens) or 'no'} token{'s' * (len(tokens) != 1)}"
    return Message(title, (blocks.sentence(f"{title}."), *rows, blocks.markdown(how)))


def _row(token: Token, place: int) -> Block:
    opens = "what every member can see" if token.is_public else "what you can see"
    told = f"{token.label or 'Without a name'}\nOpens {opens}; made {day(token.created_at)}, ends {day(token.ends_at)}"
    button = blocks.button("Revoke", blocks.numbered(REVOKE, place), token.id, "danger")
    return blocks.row(told, blocks.spoken(button, f"Revoke {token.label or 'the token without a name'}"))


def revoked() -> Message:
    return blocks.said("Revoked. Agents that have it are refused from now on.")
