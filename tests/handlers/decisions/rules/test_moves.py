"""What may become of a decision, and what is read from words."""

from datetime import date

import pytest

from handlers.checks.outcomes import Refused
from handlers.decisions.rules import filters, moves, parsing
from handlers.decisions.rules.moves import Act, Move
from handlers.slack.interactions import Fields, Wrong
from storage.decisions.decisions import STATES, Decision, NewDecision
from storage.decisions.search import Filters
from storage.decisions.votes import Opinion
from tests.handlers.responsibilities.making import a_component

TODAY = date(2026, 1, 5)


def a_decision(**more: object) -> Decision:
    told = {
        "id": "1", "team_id": "T1", "number": "D-1", "title": "Ship in batch", "decider": "UCHLOE",
        "created_by": "UDEV", "created_at": "2026-01-05", **more,
    }  # fmt: skip
    return Decision.model_validate(told)


ACTS: tuple[Act, ...] = ("accept", "reject", "deprecate", "supersede", "amend", "still holds", "extend")
ALLOWED = {
    ("proposed", "accept"), ("proposed", "reject"), ("proposed", "amend"), ("proposed", "extend"),
    ("accepted", "deprecate"), ("accepted", "supersede"), ("accepted", "amend"), ("accepted", "still holds"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("by", ["UCHLOE", "UDEV", "UADMIN", "UELSE"])
def test_every_act_in_every_state_by_everybody(state: str, act: Act, by: str) -> None:
    made = Move(act, by, "because", "2026-02-01", is_admin=by == "UADMIN")
    changes = moves.move(a_decision(state=state, deadline="2026-01-09"), made, TODAY)
    is_deciding = act in ("accept", "reject")
    may = by != "UELSE" and (not is_deciding or by == "UCHLOE")
    assert isinstance(changes, Refused) is not (may and (state, act) in ALLOWED)


@pytest.mark.parametrize(
    ("made", "state", "told"),
    [
        (Move("reject", "UCHLOE"), "proposed", "Say why, so nobody has to ask again."),
        (Move("deprecate", "UCHLOE"), "accepted", "Say why it no longer applies."),
        (Move("amend", "UCHLOE"), "accepted", "Say what changed."),
        (Move("still holds", "UCHLOE", day="2026-01-04"), "accepted", "That day is in the past. Choose a day ahead."),
        (Move("extend", "UCHLOE", day="soon"), "proposed", "Choose a day."),
        (Move("amend", "UCHLOE", "x"), "deprecated", "D-1 has already been deprecated. Log a new decision instead."),
    ],
)
def test_what_is_missing_is_said(made: Move, state: str, told: str) -> None:
    refused = moves.move(a_decision(state=state, deadline="2026-01-09"), made, TODAY)
    assert isinstance(refused, Refused)
    assert refused.told == told


def test_a_successor_is_another_decision_that_holds_and_is_no_ancestor() -> None:
    old, new = a_decision(), a_decision(id="2", number="D-2")

    def wrong(successor: Decision | None, *ancestors: Decision) -> str:
        return moves.wrong_successor(old, successor, lambda _each: ancestors)

    assert wrong(new) == ""
    assert wrong(None) == "I can't find that decision, or you can't see it here."
    assert wrong(old) == "A decision can't replace itself."
    assert wrong(new.model_copy(update={"state": "rejected"})) == "D-2 is rejected. Name an accepted one."
    assert wrong(new.model_copy(update={"supersedes": "9"})) == "D-2 already replaces another decision."
    assert "go round in a circle" in wrong(new, new)
    assert "belongs to a private channel" in wrong(new.model_copy(update={"visibility": "C1"}))


def opinion(user_id: str, vote: str = "agree") -> Opinion:
    return Opinion.model_validate({"user_id": user_id, "vote": vote, "at": "2026-01-05"})


@pytest.mark.parametrize(
    ("opinions", "silence", "unreached", "state", "told"),
    [
        ([opinion("UANA"), opinion("UBEN")], False, [], "accepted", "Everybody who was asked agrees."),
        ([opinion("UANA")], True, [], "accepted", "Nobody objected, and silence counts as consent."),
        ([opinion("UANA")], True, ["UBEN"], "waits", "Somebody who was asked couldn't be reached"),
        ([opinion("UANA")], False, [], "waits", "One person didn't answer."),
        ([opinion("UANA", "object")], True, [], "waits", "One person objected."),
    ],
)
def test_silence_is_consent_only_where_it_was_chosen_and_everybody_was_told(
    opinions: list[Opinion],
    silence: bool,  # noqa: FBT001
    unreached: list[str],
    state: str,
    told: str,
) -> None:
    decision = a_decision(state="proposed", asked=("UANA", "UBEN"), silence_is_consent=silence, deadline="2026-01-06")
    ended = moves.at_deadline(decision, opinions, unreached)
    assert (ended.state, ended.told.startswith(told)) == (state, True)


def test_a_proposal_of_which_nobody_was_asked_waits_for_who_decides() -> None:
    ended = moves.at_deadline(a_decision(state="proposed", deadline="2026-01-06"), [], [])
    assert ended.state == "waits"


@pytest.mark.parametrize(
    ("text", "title", "why"),
    [
        ("we ship on Friday because the berth is free.", "We ship on Friday", "the berth is free"),
        (": retrain monthly", "Retrain monthly", ""),
        ("drop the feed, since it is late", "Drop the feed", "it is late"),
        ("treat it as a label because it is one", "Treat it as a label", "it is one"),
        ("x" * 250, "X" + "x" * 198 + "…", "x" * 250),
    ],
)
def test_a_sentence_says_what_and_why(text: str, title: str, why: str) -> None:
    assert parsing.in_words(text) == (title, why)


START = NewDecision(title="x", decider="UCHLOE", review_on="2025-01-01")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"title": "…"}, {"title": "Say what was decided, in a few words."}),
        ({"title": "a", "deadline": "2026-01-04"}, {"deadline": "That day is in the past. Choose a day ahead."}),
        ({"title": "a", "review_on": "2025-01-01"}, None),
        ({"title": ""}, {"title": "Please fill this in."}),
        ({"why": "It is cheap"}, {"title": "Please fill this in."}),
        ({"title": "a", "why": "x" * 3001}, {"why": "That's too long, or can't be chosen here."}),
        (
            {"title": "a", "state": "proposed", "flags": ["silence"]},
            {
                "deadline": "Choose by when people should answer.",
                "asked": "Name who should agree, besides the decider: only their silence can count as consent.",
            },
        ),
    ],
)
def test_the_form_is_checked_at_its_fields(fields: dict[str, str | list[str]], errors: dict[str, str] | None) -> None:
    read = parsing.written(Fields(fields), START, TODAY)
    assert (read.errors if isinstance(read, Wrong) else None) == errors


def test_a_search_has_words_and_filters() -> None:
    parts, people = [a_component()], {"dev patel": "UDEV"}
    text = 'what did we decide about latency component:churn attribute:latency by:"Dev Patel" since:2026-01-01'
    wanted = filters.wanted(text, "UANA", parts, people)
    assert not isinstance(wanted, str)
    assert wanted.words == ("latency",)
    assert wanted.filters == Filters(component_id="churn model", attribute="latency", person="UDEV", since="2026-01-01")
    mine = filters.wanted("by:me state:accepted", "UANA", parts, people)
    assert not isinstance(mine, str)
    assert mine.filters == Filters(person="UANA", state="accepted")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("component:zug", "I can't find a component called “zug”."),
        ("attribute:taste", "Attributes are accuracy"),
        ("state:open", "States are proposed"),
        ("since:monday", "Write the day like this: since:2026-01-31"),
        ("by:nobody", "I can't find anybody called “nobody”."),
    ],
)
def test_a_filter_that_cannot_be_read_is_said(text: str, told: str) -> None:
    wanted = filters.wanted(text, "UANA", [], {})
    assert isinstance(wanted, str)
    assert wanted.startswith(told)
