"""What the bot says when it cannot do what was asked; the words stand here, the deciding in the boundary."""

from handlers.checks.outcomes import Refused
from handlers.slack.blocks import Modal, markdown
from handlers.slack.interactions import Interaction, ViewSubmission

STORE_DOWN = "I can't reach my records right now, so nothing was changed. Try again in a minute."
WHO_ARE_YOU = "Slack didn't tell me who you are, so I can't say what you may see. Try again in a minute."
SLOW = "Slack is slow right now, so nothing has been saved yet. Please submit this again."
TOO_MANY = "Very many people here ask me something at this moment, so nothing was done. Try again in a minute."
SLOW_SO_FAR = "This takes a while. An answer still comes; for a form, try again in a minute."
NOT_IN_IT = (
    "I'm not in this conversation, so I can't save anything from it. Message me directly, or use a channel I'm in: "
    "/invite @Common Ground adds me."
)
NO_WORD_OF_IT = "Slack didn't tell me what this conversation is, so nothing was saved. Try again in a minute."
NOT_SEEN_THERE = "I can't see you in the channel that this belongs to. Join it, or try again in a minute."
WHAT_IS_THIS = (
    "Slack didn't tell me what this conversation is, so this leaves out what not everybody may see. "
    "Ask again in a minute."
)
WHO_IS_HERE = (
    "Slack didn't tell me who is in this conversation, so this leaves out what belongs to it alone. "
    "Ask again in a minute."
)
NOT_IN_IT_TO_SHOW = (
    "I'm not in this conversation, so this leaves out what belongs to it alone. /invite @Common Ground adds me."
)
NOT_ALL_OF_YOURS = (
    "Slack didn't tell me which channels you're in, so I can't give you everything yet. Try again in a minute."
)
WHERE_ARE_YOU = (
    "Slack didn't tell me which channels you're in, so this leaves out what belongs to private ones. "
    "Ask again in a minute."
)
NOT_TOLD_ANY_MORE = "Slack was slow, and by now you may no longer see all that my answer tells. Please ask again."
OUTDATED = "This is from an older version of me and no longer works. Start again with its command."
FORM_DID_NOT_OPEN = "Slack took too long to open the form. Try again."


def did_you_mean(command: str) -> str:
    return f"I don't know that. Did you mean {command}? If not, add a few words."


def something_went_wrong(reference: str) -> str:
    return (
        f"Something went wrong on my side (ref {reference}), so nothing was changed. "
        "Try again. If it keeps happening, give that reference to whoever runs me."
    )


def form(sentence: str) -> Modal:
    return Modal("apology", "That didn't work", (markdown(sentence),))


def in_form(submission: ViewSubmission, sentence: str) -> dict[str, object]:
    """Say it at the form's first field, so that what was typed stays; in place of one that can't be submitted again."""
    field = next(iter(submission.fields), "")
    if field and sentence != OUTDATED:
        return {"response_action": "errors", "errors": {field: sentence}}
    return {"response_action": "update", "view": form(sentence).as_view()}


def refused(interaction: Interaction, told: str) -> Refused:
    """Say why nothing is saved; in a form at its first field, so that what was typed stays."""
    return Refused(told, next(iter(interaction.fields), "") if isinstance(interaction, ViewSubmission) else "")
