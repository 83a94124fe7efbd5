"""What is said of data requests around them: how to use the command, and where there is none."""

from handlers import blocks
from handlers.blocks import Message
from handlers.data_requests import views
from handlers.doors import ASK_FOR_DATA
from storage.data_requests import DataRequest


def gone() -> Message:
    return blocks.said("There is no such data request that you may see here.")


def only_where_i_am() -> Message:
    return blocks.said(
        "I am not in this conversation, and a request from here is seen only here. Invite me with "
        "/invite @Common Ground and try once more, or ask in another channel."
    )


def open_form(purpose: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    told = "A form opens from a button:"
    button = blocks.button("Ask for data", ASK_FOR_DATA, f"purpose:{purpose}")
    return Message(told, (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([button])))


def by_button(request: DataRequest) -> Message:
    """Say it after a mention that asks for what needs a form."""
    told = f"A form opens from a button. Open {request.number}, and press it there:"
    button = blocks.button("Open", views.OPEN, request.id)
    return Message(told, (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([button])))


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}data-request"
    steps = "`ask`, `answer`, `terms`, `deliver`, `accept`, `send back`, `change`, `take`, `hand over`, `decline`"
    lines = (
        f"`{command}`: ask for data; a few fields first, the rest in any order, and a draft is kept",
        f"`{command} DR-12`: read one in full, with what you can do about it",
        f"`{command} list`: yours; `list waiting`, `list open`, `list overdue`",
        f"`{command} DR-12 agree`, or another of {steps}: a step, as with the buttons",
        f"`{command} DR-12 check`, `follow`, `copy`, `history`, `repost`: what else can be done",
        "In a thread: `@Common Ground I need data about berths`",
    )
    told = "*Data requests*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))
