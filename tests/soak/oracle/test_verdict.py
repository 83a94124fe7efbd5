"""The oracle must be able to find each kind of wrong: each is planted in a week in which all is well."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.soak.oracle.transcript import Deed, Look, Move, Press, Said, Transcript
from tests.soak.oracle.verdict import KINDS, verdict

ANA, BEN, EVE, BOT = "UANA", "UBEN", "UEVE", "UBOT"
OPEN, CLOSED = "COPEN", "CCLOSED"
BUTTON = {"type": "button", "action_id": "agree", "value": "d1"}
#: As much of a store as the oracle reads.
TABLES = """
    CREATE TABLE outbox (
        id, act DEFAULT 'post', lane, state DEFAULT 'sent', reason DEFAULT '', slack_ts, asks, body, thread,
        visibility DEFAULT ''
    );
    CREATE TABLE threads (id, opener, ts, problem);
    CREATE TABLE decisions (id, title, version DEFAULT 1, state DEFAULT 'accepted');
    CREATE TABLE decision_events (decision_id, version DEFAULT 1);
    CREATE TABLE data_requests (id, version, state);
    CREATE TABLE data_request_events (request_id, version);
    CREATE TABLE feedback (id, version);
    CREATE TABLE feedback_events (feedback_id, version);
    CREATE TABLE components (id, version);
    CREATE TABLE component_events (component_id, version);
    CREATE TABLE requirement_cards (id, version);
    CREATE TABLE requirement_card_events (card_id, version);
    CREATE TABLE senses (id, version);
    CREATE TABLE sense_versions (sense_id, version);
"""


@dataclass
class Week:
    """What the oracle is told. Ana asked in the open channel and decided in the closed one; Ben has left that."""

    store: Path
    deeds: list[Deed] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    deactivated: set[str] = field(default_factory=set)

    def judged(self) -> set[str]:
        members = {OPEN: frozenset({ANA, BEN, EVE, BOT}), CLOSED: frozenset({ANA, BEN, BOT})}
        members |= {f"D{who}": frozenset({who, BOT}) for who in (ANA, BEN)}
        seen = (tuple(self.deeds), tuple(self.said), tuple(self.looks), members, tuple(self.moves))
        last = (tuple(self.presses), frozenset(self.over), frozenset(self.deleted))
        gone = (tuple(self.ended), frozenset(self.deactivated))
        return {each.kind for each in verdict(Transcript(*seen, frozenset({CLOSED}), self.store, BOT, *last, *gone))}

    def write(self, statement: str, **values: object) -> None:
        with closing(sqlite3.connect(self.store)) as store, store:
            store.execute(statement, values)

    def deliver(self, delivery: str, lane: str, ts: str, *buttons: object) -> None:
        """Have the bot say something, as its store has it."""
        body = json.dumps({"blocks": [{"type": "actions", "elements": buttons}]})
        told = {"id": delivery, "lane": lane, "ts": ts, "body": body}
        self.write("INSERT INTO outbox (id, lane, slack_ts, body) VALUES (:id, :lane, :ts, :body)", **told)

    def decide(self, mark: str) -> None:
        """Have a decision in the store, with its event."""
        self.write("INSERT INTO decisions (id, title) VALUES (:mark, :mark)", mark=mark)
        self.write("INSERT INTO decision_events (decision_id) VALUES (:mark)", mark=mark)


ASKED = Deed(
    name="ask", who=ANA, place=OPEN, mark="zqask", at="100.000001", until="100.000003", is_acknowledged=True,
    answered=1, asked="100.000002", channel=OPEN,
)  # fmt: skip
DECIDED = replace(ASKED, place=CLOSED, mark="zqsecret", one="decisions.title", answered=0, asked="")
REDACTED = replace(ASKED, answered=0, asked="", gone=DECIDED.mark)
ANSWER = Said(
    channel=OPEN, ts="100.000004", at="100.000004", thread=ASKED.asked, is_bots=True, to="", text="yes", delivery="d1"
)
POSTED = Said(
    channel=CLOSED, ts="100.000008", at="100.000008", thread="", is_bots=True, to="", text="zqsecret was decided",
    delivery="d2", buttons=frozenset({("agree", "d1")}),
)  # fmt: skip
REFUSED = replace(
    DECIDED, mark="zqother", shown=("I can't find it. I'm not in this conversation, so this leaves out …",)
)
LEFT = Move(CLOSED, BEN, "200.000001", has_come=False)
LATER = "900.000001"


@pytest.fixture
def week(tmp_path: Path) -> Week:
    with closing(sqlite3.connect(tmp_path / "store.db")) as store:
        store.executescript(TABLES)
    week = Week(tmp_path / "store.db", [ASKED, DECIDED], [ANSWER, POSTED], moves=[LEFT])
    week.deliver("d1", OPEN, ANSWER.ts)
    week.deliver("d2", CLOSED, POSTED.ts, BUTTON)
    week.decide("zqsecret")
    return week


def test_nothing_is_found_where_all_is_well(week: Week) -> None:
    assert week.judged() == set()


def tell(week: Week, to: str = "", at: str = LATER) -> None:
    """Have the bot say in the open what belongs to the closed channel."""
    week.said.append(replace(POSTED, channel=OPEN, to=to, ts=at, at=at, delivery="", buttons=frozenset()))


def redact_in_store_alone(week: Week) -> None:
    week.deeds.append(REDACTED)
    week.write("UPDATE decisions SET id = 'd', title = ''")


PLANTED: dict[str, tuple[str, Callable[[Week], object]]] = {
    "a record is gone": ("lost", lambda week: week.write("DELETE FROM decisions")),
    "a bot that is there says that it is not": ("lost", lambda week: week.deeds.append(REFUSED)),
    "a mention has no answer": ("lost", lambda week: week.said.remove(ANSWER)),
    "what was sent is nowhere": ("lost", lambda week: week.deliver("d3", OPEN, LATER)),
    "what should be shown is not": (
        "lost", lambda week: week.deeds.append(replace(ASKED, answered=0, asked="", shows="zqnowhere")),
    ),
    "a record is there twice": ("doubled", lambda week: week.decide("zqsecret again")),
    "a mention has two answers": ("doubled", lambda week: week.said.append(replace(ANSWER, ts=LATER, delivery=""))),
    "a delivery is there twice": ("doubled", lambda week: week.said.append(replace(POSTED, ts=LATER))),
    "a later message came first": ("out of order", lambda week: week.deliver("d9", OPEN, "099.000001")),
    "a secret is in the open": ("leak", tell),
    "a secret is whispered": ("leak", lambda week: tell(week, EVE)),
    "a secret is told to who has left": ("leak", lambda week: tell(week, BEN)),
    "a secret stands in a form": ("leak", lambda week: week.looks.append(Look(EVE, LATER, "Zqsecret"))),
    "an edit brings a secret": ("leak", lambda week: week.said.append(replace(ANSWER, text="zqsecret", at=LATER))),
    "what was redacted stands in the store": ("leak", lambda week: week.deeds.append(REDACTED)),
    "what was redacted is still said": ("leak", redact_in_store_alone),
    "an event is missing": ("half-written", lambda week: week.write("UPDATE decisions SET version = 2")),
    "a record is missing": ("half-written", lambda week: week.write("DELETE FROM decisions")),
    "another time than Slack's": ("half-written", lambda week: week.write("UPDATE outbox SET slack_ts = '1.1'")),
    "what failed has arrived": (
        "half-written", lambda week: week.write("UPDATE outbox SET state = 'failed', reason = 'no' WHERE id = 'd1'"),
    ),
    "a thread has no place": (
        "half-written",
        lambda week: week.write("INSERT INTO threads VALUES ('t', 'd1', '', '')"),
    ),
    "a delivery waits for ever": ("unended", lambda week: week.write("UPDATE outbox SET state = 'waiting'")),
    "nobody knows why it failed": ("unended", lambda week: week.write("UPDATE outbox SET state = 'uncertain'")),
    "what is over was changed": ("stale", lambda week: week.over.add("decisions zqsecret rejected")),
    "a press has no answer": (
        "fault", lambda week: week.presses.append(Press(ANA, "Agree", OPEN, LATER, is_answered=False)),
    ),
    "something went wrong": (
        "fault",
        lambda week: week.said.append(replace(ANSWER, text="Something went wrong on my side (ref 1)", delivery="")),
    ),
    "the bot ended unasked": ("fault", lambda week: week.ended.append("Traceback")),
    "a button was taken out": ("stale", lambda week: week.write("UPDATE outbox SET body = '{}' WHERE id = 'd2'")),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_each_kind_of_wrong_is_named(week: Week, name: str) -> None:
    kind, plant = PLANTED[name]
    plant(week)
    assert kind in week.judged()


def test_every_kind_is_planted() -> None:
    assert {kind for kind, _ in PLANTED.values()} == set(KINDS)


@pytest.mark.parametrize(
    "deed",
    [
        replace(DECIDED, mark="zqother", is_acknowledged=False),
        replace(DECIDED, mark="zqother", is_undone=True),
        replace(ASKED, answered=0, asked="", shows="zqnowhere", is_undone=True),
        replace(DECIDED, mark="zqother", shown=("I can't reach my records right now, so nothing was changed.",)),
    ],
)
def test_what_was_not_acknowledged_or_was_refused_is_not_lost(week: Week, deed: Deed) -> None:
    week.deeds.append(deed)
    assert week.judged() == set()


def test_a_redaction_that_was_refused_leaks_nothing(week: Week) -> None:
    refused = "Slack didn't tell me what this conversation is, so nothing was saved. Try again in a minute."
    week.deeds.append(replace(REDACTED, shown=(refused,)))
    assert week.judged() == set()


def test_what_somebody_has_deleted_is_not_lost(week: Week) -> None:
    week.deliver("d3", OPEN, LATER)
    week.deleted.add("d3")
    assert week.judged() == set()


def test_what_two_people_caused_at_the_same_moment_has_no_order(week: Week) -> None:
    week.deliver("d0", OPEN, "099.000001")
    week.said.append(replace(ANSWER, ts="099.000001", at="099.000001", thread="", delivery="d0"))
    assert week.judged() == set()


def test_a_bot_that_is_sent_out_owes_no_answer(week: Week) -> None:
    week.said.remove(ANSWER)
    week.write("UPDATE outbox SET state = 'failed', reason = 'channel_not_found' WHERE id = 'd1'")
    week.moves.append(Move(OPEN, BOT, "100.000003", has_come=False))
    assert week.judged() == set()


def test_who_is_told_that_the_bot_was_sent_out_has_lost_nothing(week: Week) -> None:
    week.deeds.append(REFUSED)
    week.moves.append(Move(CLOSED, BOT, "099.000001", has_come=False))
    assert week.judged() == set()


@pytest.mark.parametrize(("to", "kind"), [("", set()), (EVE, {"lost"})])
def test_a_refusal_in_the_open_counts_whenever_it_comes_and_one_that_somebody_else_sees_does_not(
    week: Week, to: str, kind: set[str]
) -> None:
    week.deeds.append(replace(DECIDED, mark="zqother", asked="100.000009"))
    week.said.append(
        replace(
            ANSWER, thread="100.000009", to=to, ts="14500.000001", at="14500.000001", delivery="", text="Try again."
        )
    )
    assert week.judged() == kind


def give_up_edit(week: Week, who: str, reason: str = "given up: its reader has left") -> None:
    """Have a message to one person whose buttons no longer hold, and an edit of it that the bot has given up."""
    said = replace(POSTED, channel=f"D{who}", ts="100.000009", at="100.000009", delivery="d3")
    week.said.append(said)
    week.deliver("d3", said.channel, said.ts, BUTTON)
    told = {"id": "d4", "lane": who, "thread": "d3", "visibility": CLOSED, "reason": reason, "body": "{}"}
    names = ", ".join(told)
    week.write(f"INSERT INTO outbox (act, {names}) VALUES ('update', :{', :'.join(told)})", **told)


def test_a_message_to_somebody_who_has_left_keeps_its_buttons(week: Week) -> None:
    give_up_edit(week, BEN)
    assert week.judged() == set()


def test_a_message_to_somebody_who_is_still_there_does_not(week: Week) -> None:
    give_up_edit(week, ANA)
    assert week.judged() == {"stale"}
    week.deactivated.add(ANA)
    assert week.judged() == set()


def test_a_message_where_the_conversation_was_archived_keeps_its_buttons(week: Week) -> None:
    give_up_edit(week, ANA, "is_inactive")
    assert week.judged() == {"stale"}
    archived = replace(POSTED, channel=f"D{ANA}", ts=LATER, at=LATER, delivery="", buttons=frozenset(), is_bots=False)
    week.said.append(replace(archived, text="<@UANA> archived this channel"))
    assert week.judged() == set()


def test_a_file_of_their_data_holds_ones_own_words_and_no_others(week: Week) -> None:
    file = replace(POSTED, channel=f"D{BEN}", ts=LATER, at=LATER, delivery="", buttons=frozenset(), is_file=True)
    week.said.append(file)
    assert week.judged() == {"leak"}
    week.deeds.append(replace(ASKED, who=BEN, at="101.000001", mark="zqother", words="ben in #closed: zqsecret it is"))
    assert week.judged() == set()


def test_what_was_over_and_still_is_so_is_well(week: Week) -> None:
    week.write("UPDATE decisions SET state = 'rejected'")
    week.over.add("decisions zqsecret rejected")
    week.presses.append(Press(ANA, "Agree", OPEN, LATER, is_answered=True))
    assert week.judged() == set()


@pytest.mark.parametrize("at", ["150.000001", "250.000001"])
def test_who_was_there_until_a_moment_ago_may_have_seen_it(week: Week, at: str) -> None:
    tell(week, BEN, at)
    assert week.judged() == set()
