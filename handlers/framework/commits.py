"""The one write of an interaction, or of a job: its claim, its change, its messages, and what was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.checks.outcomes import NotAllowed
from handlers.framework.routing import Job, Run
from handlers.slack.interactions import Interaction
from handlers.slack.placing import Placed, is_open_still, place
from handlers.slack.replies import Answer, Reply, Wrote
from storage.engine.interface import Reader, Transaction, to_text
from storage.glossary.opinions import add_uses
from storage.outbox import claims, deliveries, lanes
from storage.outbox.redactions import times_taken_out
from storage.workspaces import audit
from storage.workspaces.workspaces import claim_period, hold


@dataclass(frozen=True, slots=True)
class AlreadyHandled:
    """The interaction was claimed before, or the app was uninstalled meanwhile: nothing changes, nothing is said."""


class TakenOutError(Exception):
    """What a reply goes by may hold what was deleted for good since it was read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An interaction, the name of the button or the form that was used, when, and what the log calls the request.

    ``taken_out`` is how often something was deleted for good before anything was read for the reply; None where the
    reply says nothing of what is kept.
    """

    interaction: Interaction
    door: str
    now: datetime
    origin: str = ""
    taken_out: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A job that is due in a workspace, when, and what the log calls it this time; ``taken_out`` as above."""

    job: Job
    team_id: str
    now: datetime
    origin: str = ""
    taken_out: int | None = None


#: An answer in its place, and all that must be sent.
Written = tuple[Placed, Sequence[deliveries.Delivery]]


def commit(transaction: Transaction, asked: Asked, reply: Reply, placed: Placed | None) -> Written | AlreadyHandled:
    """Do the one write of an interaction: its claim, its change, and what must be said of it.

    Raises TakenOutError, and nothing has changed.
    """
    interaction, now, team_id = asked.interaction, asked.now, asked.interaction.team_id
    is_active = hold(transaction, team_id)
    check_still_there(transaction, team_id, asked.taken_out)
    if not (is_active and claims.claim(transaction, team_id, interaction.claims, now)):
        return AlreadyHandled()
    told = reply.write(transaction, now) if reply.write is not None else None
    wrote = told if isinstance(told, Wrote) else Wrote(told)
    answer = wrote.answer or reply.answer
    if is_open_still(interaction, answer):
        claims.unclaim(transaction, team_id, interaction.claims)
    if isinstance(answer, NotAllowed):
        audit.note_denied(transaction, _denied(asked, answer), now)
    placed = placed or placed_for(interaction, reply, answer, now)
    if placed.delivery is not None:
        placed = replace(placed, delivery=lanes.in_turn(transaction, placed.delivery))
    said = [*([placed.delivery] if placed.delivery is not None else []), *wrote.messages]
    deliveries.add(transaction, said, asked.origin)
    return placed, said


def check_still_there(reader: Reader, team_id: str, taken_out: int | None) -> None:
    """Raise TakenOutError where something was deleted for good since it was counted."""
    if taken_out is not None and times_taken_out(reader, team_id) != taken_out:
        raise TakenOutError


def placed_for(interaction: Interaction, reply: Reply, answer: Answer, now: datetime) -> Placed:
    """Put an answer where the interaction can show it; with what one person alone is told goes what that is about."""
    placed = place(interaction, answer, now, is_whispered=reply.is_whispered)
    if placed.delivery is None or placed.delivery.visibility != interaction.user_id:
        return placed
    about = " ".join((interaction.user_id, *reply.about))
    return replace(placed, delivery=placed.delivery.model_copy(update={"visibility": about}))


def _denied(asked: Asked, answer: NotAllowed) -> audit.Entry:
    interaction, door = asked.interaction, asked.door
    return audit.Entry(
        team_id=interaction.team_id,
        at=to_text(asked.now),
        actor=interaction.user_id,
        action="access-denied",
        target_kind=answer.kind,
        target_id=answer.id,
        visibility=answer.visibility,
        details=(door,) if door else (),
        outcome="denied",
    )


def do(transaction: Transaction, due: Due, run: Run) -> int:
    """Do a job once in its period, and return how many messages that makes. Raises TakenOutError."""
    team_id, now = due.team_id, due.now
    is_active = hold(transaction, team_id)
    check_still_there(transaction, team_id, due.taken_out)
    if not (is_active and claim_period(transaction, team_id, due.job.name, due.job.period(now), now)):
        return 0
    said = run(transaction, team_id, now)
    deliveries.add(transaction, said, due.origin)
    return len(said)


def follow(run: Run, team_id: str, now: datetime, transaction: Transaction) -> None:
    """Do what follows from a change."""
    if hold(transaction, team_id):
        run(transaction, team_id, now)


def count_uses(transaction: Transaction, counts: Mapping[tuple[str, str], int], now: datetime) -> None:
    # In one order, lest two replicas wait for each other.
    active = {team_id for team_id in sorted({team_id for team_id, _ in counts}) if hold(transaction, team_id)}
    add_uses(transaction, {key: times for key, times in counts.items() if key[0] in active}, now)
