"""What was acknowledged is there exactly once: in the store, and in Slack where Slack lets one count."""

from collections import Counter
from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.store import rows_with
from tests.soak.oracle.transcript import KEPT_SECONDS, Deed, Finding, Said, Transcript, later

#: So the bot says that it has done nothing. Who reads that has lost nothing, and can do it again.
_NOTHING_DONE = (
    "nothing was changed",
    "nothing has been saved",
    "try again",
    "submit this again",
    "i can't see you in the channel",
    "agree to the terms first",
    "nothing has been delivered",
    "nobody can agree yet",
    "nobody has asked a question",
    "questions can only be asked before",
    "ask again in a minute",
)

#: So it says that it may not look into a conversation, and says it where it is not in it.
_NOT_IN_IT = "i'm not in this conversation"
#: So many seconds later an answer may come that one person sees and that had to be tried again; by then they have done
#: something else. What answers them in the open, in a thread of theirs, may come whenever Slack takes it.
_ANSWERED_WITHIN = 1800


def judge(told: Transcript, store: Connection) -> Iterator[Finding]:
    yield from _twice_in_slack(told)
    answers = _answers(told.said)
    redacted = {deed.gone for deed in told.deeds}
    for deed in told.deeds:
        if deed.one and deed.mark not in redacted:
            yield from _in_store(told, deed, rows_with(store, deed.one, deed.mark))
        if deed.answered and deed.asked:
            yield from _answered(told, deed, answers[deed.channel, deed.asked])
        is_owed = deed.shows and deed.is_acknowledged and not deed.is_undone
        if is_owed and not _was_shown(told, deed, deed.shows) and not is_told(told, deed):
            yield Finding("lost", f"{deed.name}: {deed.who} never saw {deed.shows}")


def _in_store(told: Transcript, deed: Deed, rows: int) -> Iterator[Finding]:
    if rows > 1:
        yield Finding("doubled", f"{deed.name}: {deed.mark} is in {rows} rows of {deed.one}")
    if rows == 0 and deed.is_acknowledged and not deed.is_undone and not is_told(told, deed):
        yield Finding("lost", f"{deed.name}: {deed.mark} is in no row of {deed.one}")


def _answers(said: tuple[Said, ...]) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = _Lists()
    for each in said:
        if each.is_bots and each.thread:
            found[each.channel, each.thread].append(each)
    return found


class _Lists(dict[tuple[str, str], list[Said]]):
    def __missing__(self, key: tuple[str, str]) -> list[Said]:
        self[key] = []
        return self[key]


def _answered(told: Transcript, deed: Deed, answers: list[Said]) -> Iterator[Finding]:
    """Judge a mention: one answer in its thread; what its author alone sees may come twice and does no harm."""
    posted = [each for each in answers if not each.to]
    if len(posted) > deed.answered:
        yield Finding("doubled", f"{deed.name}: {deed.asked} in {deed.channel} has {len(posted)} answers")
    is_owed = deed.is_acknowledged and not deed.is_undone and not _is_sent_out(told, deed)
    if not answers and is_owed and not list(_seen(told, deed)):
        yield Finding("lost", f"{deed.name}: {deed.asked} in {deed.channel} has no answer")


def _is_sent_out(told: Transcript, deed: Deed) -> bool:
    """Tell whether the bot was sent out of the conversation before it could answer there."""
    moves = [each for each in told.moves if each.who == told.bot and each.channel == deed.channel]
    return any(not each.has_come and deed.at <= each.at <= later(deed.at, _ANSWERED_WITHIN) for each in moves)


def _twice_in_slack(told: Transcript) -> Iterator[Finding]:
    times = Counter(each.delivery for each in told.said if each.delivery)
    for delivery, count in times.items():
        if count > 1:
            yield Finding("doubled", f"the delivery {delivery} is in Slack {count} times")


def _was_shown(told: Transcript, deed: Deed, what: str) -> bool:
    return any(what.casefold() in text.casefold() for text in _seen(told, deed))


def is_told(told: Transcript, deed: Deed) -> bool:
    """Tell whether the person was told that nothing was done, and why, as it is."""
    phrases = (*_NOTHING_DONE, _NOT_IN_IT) if _was_out(told, deed) else _NOTHING_DONE
    return any(phrase in text.casefold() for text in _seen(told, deed) for phrase in phrases)


def _was_out(told: Transcript, deed: Deed) -> bool:
    """Tell whether the bot was not in the place when it was done, or a moment before."""
    return not all(told.has_bot(deed.place, at) for at in (later(deed.at, -KEPT_SECONDS), deed.until))


def _seen(told: Transcript, deed: Deed) -> Iterator[str]:
    """Yield what somebody saw in answer to what they did: in forms, for them alone, or in a thread of theirs."""
    yield from deed.shown
    until = max(
        later(deed.at, _ANSWERED_WITHIN),
        min((each.at for each in told.deeds if each.who == deed.who and each.at > deed.at), default="9"),
    )
    for said in told.said:
        is_open = said.thread == deed.asked != "" and not said.to
        is_private = said.to == deed.who and said.ts < until
        if said.is_bots and deed.at < said.ts and (is_open or is_private):
            yield said.text
