"""What the bot says when it cannot do what was asked; the words stand here, the deciding in the boundary."""

from handlers.slack.blocks import Modal, markdown

STORE_DOWN = "I cannot reach my notes just now, so nothing was changed. Please try again in a minute."
WHO_ARE_YOU = (
    "Slack did not tell me who you are just now, so I cannot say what you may see. Please try again in a minute."
)
NOT_IN_IT = (
    "I'm not in this conversation, so I save nothing from it. Message me directly, or use a channel that I'm in: "
    "/invite @Common Ground adds me."
)
NOT_SEEN_THERE = "You're not in the channel that this belongs to. Join it, and try again in a minute."
OUTDATED = "This is from an older version of me and no longer works. Please start again from its command."
FORM_DID_NOT_OPEN = "The form did not open: Slack gives me three seconds for it. Please press once more."


def did_you_mean(command: str) -> str:
    return f"I do not know that. Did you mean {command}? If not, say it in more words."


def something_went_wrong(reference: str) -> str:
    return (
        f"Something went wrong on my side (ref {reference}). Nothing was changed. "
        "Please try again; if it happens again, give that reference to the person who runs me."
    )


def form(sentence: str) -> Modal:
    return Modal("apology", "That did not work", (markdown(sentence),))
