"""What people read of hints in passing, and the id of the button that ends them."""

from handlers.glossary.rules.passing import Differing
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.glossary import Sense

NEVER_AGAIN = "glossary_never_again"
NO_MORE = Message("You won't get these hints again, in any channel.")
INVITE_ME = Message("I'm not in this channel yet. Invite me, then try again.")
NOT_SET_UP = Message(
    "Hints aren't set up in this workspace. Whoever runs me can allow them: set `READ_CHANNELS=true`, and update the "
    "app from `common-ground manifest --read-channels`."
)
CANNOT_READ = Message(
    "I can't read along in this channel. Whoever installed me has to grant `channels:history`, or `groups:history` for "
    "private channels."
)
ONLY_IN_CHANNELS = Message("Hints are for channels. Type this in the channel where you want them.")
OFF = Message("Hints are off in this channel.")
ON = Message(
    "Hints are on in this channel. When somebody uses a word that means something else to the person they're talking "
    "to, I'll tell that person privately, at most once a week. I read messages here to do that, and don't keep them."
)


def state(command_prefix: str, *, is_on: bool) -> Message:
    """Say whether hints are on in a channel, and how to change that."""
    how = f"`/{command_prefix}glossary passing {'off' if is_on else 'on'}`"
    return Message(f"{ON.text} To stop them: {how}." if is_on else f"{OFF.text} To switch them on: {how}.")


def switched(user_id: str, command_prefix: str, *, is_on: bool) -> Message:
    """Say to everybody in a channel that hints were switched on or off there, and by whom."""
    if not is_on:
        return blocks.said(" switched hints off in this channel. I no longer read along.", blocks.person(user_id))
    told = (
        " switched hints on in this channel: when a word means something else to whoever hears it, I tell that person "
        "privately. For that I read along, and keep nothing of it. To switch them off: "
    )
    line = blocks.line(
        blocks.person(user_id), blocks.words(told), blocks.words(f"/{command_prefix}glossary passing off", "code")
    )
    return Message(blocks.escape(told.strip()), (blocks.paragraphs(line),))


def hint(differing: Differing, speaker: str) -> Message:
    """Say to who heard a word what it means to the speaker (a name), and what to them."""
    told = f"{speaker} may mean something else by “{differing.word}” than you do."
    head = blocks.line(
        blocks.words(f"{speaker} may mean something else by "),
        blocks.words(differing.word, "bold"),
        blocks.words(" than you do."),
    )
    said = blocks.paragraphs(head, _meaning(differing.said), _meaning(differing.heard))
    return Message(blocks.escape(told), (said, blocks.buttons([blocks.button("Never again", NEVER_AGAIN)])))


def _meaning(sense: Sense) -> Block:
    return blocks.line(blocks.words(sense.discipline.capitalize(), "bold"), blocks.words(f"  {sense.gloss}"))
