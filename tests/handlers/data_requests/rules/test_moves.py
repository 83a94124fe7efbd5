"""What may become of a request: every state, every act, every role; and whose move it is then."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from handlers.checks.outcomes import Refused
from handlers.data_requests.rules.clauses import gaps
from handlers.data_requests.rules.moves import ACTS, RULES, Act, Move, may, move
from handlers.data_requests.rules.status import (
    ENDED,
    Role,
    contract_version,
    is_expired,
    is_overdue,
    roles_of,
    settled_terms,
    waits_for,
)
from storage.data_requests.data_requests import STATES, DataRequest, Delivered, State, Term
from storage.engine.interface import to_text
from storage.records.offers import Agreement, Offer
from tests.conftest import START
from tests.handlers.data_requests.requests import AT, PARTS, a_request

ROLES: tuple[Role, ...] = ("requester", "owner", "admin", "other", "clock")
OWNERLESS: tuple[Act, ...] = ("take",)

#: What each act makes of each state, and who may do it. What is not here is refused.
TABLE: dict[Act, tuple[str, dict[str, str]]] = {
    "send": ("requester", {"draft": "open"}),
    "edit": ("requester", {
        "draft": "draft", "open": "open", "needs info": "needs info", "negotiating": "negotiating",
        "agreed": "negotiating", "changed": "changed",
    }),
    "offer": ("owner", {
        "open": "negotiating", "needs info": "negotiating", "negotiating": "negotiating", "agreed": "negotiating",
        "changed": "changed",
    }),
    "ask": ("owner", {"open": "needs info", "negotiating": "needs info"}),
    "answer": ("requester", {"needs info": "negotiating"}),
    "agree": ("requester owner", {"open": "negotiating", "negotiating": "negotiating", "changed": "changed"}),
    "decline": ("owner", {"open": "declined", "needs info": "declined", "negotiating": "declined"}),
    "withdraw": ("requester admin", dict.fromkeys(
        ("draft", "open", "needs info", "negotiating", "agreed", "delivered", "changed"), "withdrawn"
    )),
    "deliver": ("owner", {"agreed": "delivered", "delivered": "delivered", "accepted": "delivered"}),
    "accept": ("requester", {"delivered": "accepted"}),
    "return": ("requester", {"delivered": "agreed"}),
    "change": ("requester owner", {"delivered": "changed", "accepted": "changed"}),
    "take": ("admin other", {"open": "open", "needs info": "needs info", "negotiating": "negotiating"}),
    "hand over": ("requester owner admin", {
        "agreed": "negotiating", **{
            each: each for each in ("open", "needs info", "negotiating", "delivered", "accepted", "changed")
        },
    }),
    "expire": ("clock", {"open": "expired", "needs info": "expired", "negotiating": "expired"}),
}  # fmt: skip
TURNS: dict[Act, str] = {
    "send": "owner", "edit": "owner", "offer": "requester", "ask": "requester", "answer": "owner",
    "decline": "", "withdraw": "", "deliver": "requester", "accept": "", "return": "owner", "expire": "",
}  # fmt: skip


def made_by(role: Role, act: Act) -> Move:
    by = {"requester": "UDEV", "owner": "UANA", "admin": "UCHLOE", "other": "UBEN", "clock": ""}[role]
    link = Delivered(link="s3://harbour/1", by=by, at=AT)
    return Move(
        act, by, frozenset((role,)), note="because of the tide", person="UBEN",
        offers={"quantity": Offer(parts=PARTS["quantity"], by=by, at=AT)}, delivered=link,
    )  # fmt: skip


def in_state(state: State, act: Act) -> DataRequest:
    owner = "" if act in OWNERLESS else "UANA"
    return a_request(state=state, turn="owner", owner=owner, question="Which?" if state == "needs info" else "")


@pytest.mark.parametrize("act", ACTS)
def test_every_state_and_role_allows_what_the_table_says_and_nothing_else(act: Act) -> None:
    who, becomes = TABLE[act]
    for state, role in product(STATES, ROLES):
        request = in_state(state, act)
        made = move(request, made_by(role, act), START)
        if role in who.split() and state in becomes:
            assert not isinstance(made, Refused), (state, role, made)
            after = DataRequest.model_validate({**request.model_dump(), **made})
            assert after.state == becomes[state], (state, role)
            if act in TURNS and state != "draft" and after.state != "needs info":
                assert after.turn == TURNS[act], (state, role)
        elif role == "requester" and act == "take" and state in becomes:
            assert made == Refused("You can't be both requester and owner. Choose who owns the data.")
        else:
            assert isinstance(made, Refused), (state, role)
            allowed = role in who.split() or (role == "requester" and act == "take")
            told = made.told
            assert told == f"Only {RULES[act].who} can do that." if not allowed else told.startswith("DR-1 is ")


@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_stays_so_and_says_what_to_do_instead(state: State) -> None:
    request = a_request(state=state, reason="no budget", turn="")
    for act in ACTS:
        allowed = next(role for role in ROLES if role in RULES[act].roles)
        made = move(request, made_by(allowed, act), START)
        assert made == Refused(f"DR-1 is {state}: no budget. You can copy it as a new request.")
    assert (waits_for(request), [act for act in ACTS if may(request, act, frozenset(ROLES))]) == ("", [])


def test_every_other_state_names_whose_move_it_is() -> None:
    waiting = {state: waits_for(a_request(state=state, turn="owner")) for state in STATES if state not in ENDED}
    assert waiting.pop("accepted") == ""
    assert all(told.startswith(("requester: ", "owner: ")) for told in waiting.values())


def test_both_sides_agree_to_one_version_and_a_change_asks_both_again() -> None:
    request = a_request()
    one = move(request, made_by("requester", "agree"), START)
    assert not isinstance(one, Refused)
    half = DataRequest.model_validate({**request.model_dump(), **one})
    assert (half.state, half.turn, set(half.agreements)) == ("negotiating", "owner", {"requester"})
    again = move(half, made_by("requester", "agree"), START)
    assert again == Refused("You've already agreed to this. The other side hasn't yet.")
    assert not may(half, "agree", frozenset(("requester",)))
    both = move(half, made_by("owner", "agree"), START)
    assert not isinstance(both, Refused)
    agreed = DataRequest.model_validate({**half.model_dump(), **both})
    assert (agreed.state, agreed.turn, agreed.agreed_at[:10]) == ("agreed", "owner", "2026-01-05")
    edited = move(agreed, made_by("requester", "edit"), START)
    assert not isinstance(edited, Refused)
    # Who says all that is to be agreed on agrees to it.
    stands_by = Agreement(user_id="UDEV", version=2, at=to_text(START))
    assert (edited["agreements"], edited["terms_version"], edited["agreed_at"]) == ({"requester": stands_by}, 2, "")


def test_an_agreement_to_an_older_version_counts_for_nothing() -> None:
    old = Agreement(user_id="UDEV", version=1, at=AT)
    request = a_request(state="negotiating", terms_version=2, agreements={"requester": old})
    made = move(request, made_by("owner", "agree"), START)
    assert not isinstance(made, Refused)
    assert made["state"] == "negotiating"


def test_a_person_on_both_sides_of_public_data_agrees_once() -> None:
    more = {"licence": "CC BY 4.0", "provenance": "the port"}
    request = a_request(set_up="public", owner="UDEV", more=more)
    roles = roles_of(request, "UDEV", is_admin=False)
    made = move(request, Move("agree", "UDEV", roles), START)
    assert not isinstance(made, Refused)
    assert (roles, made["state"]) == (frozenset(("requester", "owner")), "agreed")


@pytest.mark.parametrize("act", ["send", "edit", "agree"])
def test_one_person_is_both_sides_of_public_data_alone(act: Act) -> None:
    request = a_request(state="draft" if act == "send" else "open", owner="UDEV")
    facts = {"set_up": "in-house"} if act == "edit" else {}
    made = move(request, Move(act, "UDEV", frozenset(("requester", "owner")), facts=facts), START)
    assert made == Refused("You can't be both requester and owner. Choose another owner, or leave it empty.", "owner")
    public = a_request(set_up="public", owner="UDEV")
    switched = move(public, Move("edit", "UDEV", frozenset(("requester",)), facts={"set_up": "vendor"}), START)
    assert isinstance(switched, Refused)


@pytest.mark.parametrize(("act", "state"), [("agree", "open"), ("accept", "delivered"), ("return", "delivered")])
def test_what_was_read_is_what_is_agreed_to_or_accepted(act: Act, state: State) -> None:
    request = a_request(state=state, terms_version=2)
    for seen, is_taken in (("2.0", True), ("1.0", False), ("2.1", False), ("", True)):
        made = move(request, replace(made_by("requester", act), seen=seen), START)
        assert isinstance(made, Refused) != is_taken
    told = "DR-1 has changed since you opened it. Open it again, read it, and press once more."
    assert move(request, replace(made_by("requester", act), seen="1.0"), START) == Refused(told)


def test_what_was_chosen_and_never_submitted_settles_nothing() -> None:
    terms = a_request().terms
    terms["labels"] = Term(asked=Offer(stance="not needed"))
    terms["freshness"] = Term(asked=Offer(stance="unknown", finder="UBEN", until="2026-01-09"))
    terms["access"] = Term(asked=Offer(stance="not needed", at=AT))
    assert gaps(a_request(terms=terms)) == [f"{label} (incomplete)" for label in ("freshness", "labels", "access")]


def test_an_edit_leaves_the_owners_question_open() -> None:
    request = a_request(state="needs info", turn="requester", question="Which?")
    made = move(request, made_by("requester", "edit"), START)
    assert not isinstance(made, Refused)
    assert (made["terms_version"], "question" in made, "state" in made) == (2, False, False)


def test_the_senses_of_what_was_accepted_are_those_of_the_request() -> None:
    offer = Offer(parts={**PARTS["schema"], "columns": "ship | string"}, senses=("s1:4",), at=AT, by="UANA")
    offered = move(a_request(), replace(made_by("owner", "offer"), offers={"schema": offer}), START)
    assert not isinstance(offered, Refused)
    assert offered["senses"] == ()
    request = DataRequest.model_validate({**a_request().model_dump(), **offered})
    taken = move(request, replace(made_by("requester", "edit"), offers={"schema": offer}), START)
    assert not isinstance(taken, Refused)
    assert taken["senses"] == ("s1:4",)


def test_nobody_agrees_while_something_is_not_settled() -> None:
    terms = a_request().terms
    terms["quantity"] = terms["quantity"].model_copy(update={"offered": Offer(parts={"amount": "10 rows"}, at=AT)})
    terms["freshness"] = Term(asked=Offer(stance="unknown", finder="UBEN", until="2026-01-09", at=AT))
    terms["labels"] = Term(asked=Offer(stance="not needed", reason="nothing to label", at=AT))
    terms["expert"] = Term(offered=Offer(parts={"person": "UANA"}, at=AT))
    del terms["acceptance"], terms["retention"]
    request = a_request(terms=terms, owner="")
    assert gaps(request) == [
        "owner of the data",
        "quantity (requested and offered differ)",
        "freshness (not known yet)",
    ]
    made = move(request, made_by("requester", "agree"), START)
    assert isinstance(made, Refused)
    assert made.told.startswith("Nobody can agree yet. Still open: owner of the data, ")
    assert "quantity" not in settled_terms(request)


@pytest.mark.parametrize(
    ("act", "field", "told"),
    [
        ("ask", "note", "Write your question."), ("answer", "note", "Write your answer."),
        ("decline", "note", "Give a reason. It helps the next person who asks."),
        ("return", "note", "Say what isn't as agreed."), ("change", "note", "Say what changes, and from when."),
        ("deliver", "link", "Add a link to the data."), ("hand over", "person", "Choose a person."),
    ],
)  # fmt: skip
def test_what_a_step_lacks_is_said_at_its_field(act: Act, field: str, told: str) -> None:
    state = next(iter(TABLE[act][1]))
    role = next(each for each in ROLES if each in TABLE[act][0].split())
    request = a_request(state=state)
    assert move(request, Move(act, "UDEV", frozenset((role,))), START) == Refused(told, field)


def test_only_recurring_data_is_changed_or_delivered_again() -> None:
    terms = a_request().terms
    terms["evolution"] = Term(asked=Offer(parts={"kind": "one-off"}))
    once = a_request(state="accepted", terms=terms)
    assert not may(once, "change", frozenset(("owner",)))
    told = [move(once, made_by("owner", act), START) for act in ("change", "deliver")]
    assert [each.told for each in told if isinstance(each, Refused)] == [
        "DR-1 was needed only once. You can copy it as a new request.",
        "DR-1 is already accepted, and was needed only once.",
    ]


def test_a_new_owner_agrees_anew_and_nobody_owns_what_they_ask_for() -> None:
    agreed = Agreement(user_id="UANA", version=1, at=AT)
    request = a_request(state="negotiating", agreements={"owner": agreed})
    made = move(request, made_by("owner", "hand over"), START)
    assert made == {"owner": "UBEN", "agreements": {}, "state": "negotiating", "turn": "owner"}
    after = move(a_request(state="agreed", agreements={"owner": agreed}), made_by("requester", "hand over"), START)
    assert after == {"owner": "UBEN", "agreements": {}, "state": "negotiating", "turn": "owner"}
    for person, told in (("UANA", "They already own it."), ("UDEV", "The requester can't own the data too.")):
        refused = move(request, Move("hand over", "UANA", frozenset(("owner",)), person=person), START)
        assert refused == Refused(told, "person")
    owned = move(request, made_by("other", "take"), START)
    assert owned == Refused("This data already has an owner, who can hand it over.")
    assert not may(request, "take", frozenset(("other",)))


def test_a_draft_is_sent_with_what_its_form_needs_and_before_its_day() -> None:
    empty = move(a_request(state="draft", purpose=""), made_by("requester", "send"), START)
    assert empty == Refused("Say what data you need and what it is for before you send it.")
    undated = move(a_request(state="draft", needed_by=""), made_by("requester", "send"), START)
    assert undated == Refused("Choose the day you need it by.")
    late = move(a_request(state="draft", needed_by="2026-01-04"), made_by("requester", "send"), START)
    assert late == Refused("The day you need it by has passed. Choose another day.")


def test_what_is_late_and_what_nobody_agreed_on_in_a_month() -> None:
    request = a_request(needed_by="2026-02-02")
    day = START.replace(month=2, day=2).date()
    assert (is_overdue(request, day), is_overdue(request, day + timedelta(days=1))) == (False, True)
    assert (is_expired(request, day + timedelta(days=30)), is_expired(request, day + timedelta(days=31))) == (
        False,
        True,
    )
    assert not is_expired(a_request(state="agreed"), day + timedelta(days=90))


@pytest.mark.parametrize(
    ("known", "version"),
    [
        ({}, 1),
        ({"terms_version": 7}, 1),
        ({"contract_version": 1, "agreed_at": AT}, 1),
        ({"contract_version": 1, "terms_version": 9}, 2),
        # Older versions of the bot counted every change of the terms.
        ({"terms_version": 4, "agreed_terms": {"quantity": Offer()}, "agreed_at": AT}, 4),
        ({"terms_version": 5, "agreed_terms": {"quantity": Offer()}}, 5),
    ],
)
def test_a_contract_is_a_new_version_each_time_that_both_agree(known: dict[str, object], version: int) -> None:
    assert contract_version(a_request(**known)) == version
