"""Whose a duty is: proposals and answers, never verdicts."""

from datetime import timedelta

import pytest

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.responsibilities import catalogue
from handlers.responsibilities.catalogue import CatalogueError, Topic
from handlers.responsibilities.rules import duties
from handlers.responsibilities.rules.duties import Act, Done, Step
from storage.engine.interface import to_text
from storage.responsibilities.responsibilities import Duty
from tests.handlers.responsibilities.making import ACCEPTED, CATALOGUE, NOW, a_component, a_duty


def after(duty: Duty, *steps: Step) -> Duty:
    for taken in steps:
        done = duties.step(duty, taken, NOW)
        assert isinstance(done, Done), done
        duty = done.duty
    return duty


def test_the_catalogue_has_every_duty_with_a_reason_and_a_side() -> None:
    assert len(CATALOGUE) == 30
    assert {kind.side for kind in CATALOGUE} == {"product", "model", "data", "operations", "lead"}
    assert [kind.id for kind in CATALOGUE if not kind.why.endswith(".")] == []
    model = {duty.duty for duty in duties.duties_for(a_component(), CATALOGUE)}
    assert {"deployment", "fairness", "evaluation"} < model
    assert "data-ownership" not in model
    assert {"data-ownership", "labelling"} < {
        each.duty for each in duties.duties_for(a_component(kind="dataset"), CATALOGUE)
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "the catalogue isn't YAML"),
        ("{}", "the catalogue should be a list of duties"),
        ("- oops", "line 1: an entry should have fields such as id"),
        ("- {id: a, name: a, why: w, side: nobody, kinds: [model]}", "line 1 (a): side: Input should be"),
        ("- {id: a, name: a, why: w, side: lead, kinds: [model], with: x}", "line 1 (a): with: Input should be"),
        ("- {id: a, name: a, why: w, side: lead, kinds: [model]}\n" * 2, "line 2: the id a is there twice"),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read_catalogue(text)
    assert str(caught.value).startswith(told)


def test_a_proposal_becomes_a_duty_only_by_the_answer_of_who_was_asked() -> None:
    proposed = after(a_duty(), Step("propose", "ULEAD", "UANA"))
    assert (proposed.state, proposed.owner, proposed.proposed_to) == ("proposed", "", "UANA")
    accepted = after(proposed, Step("claim", "UANA"))
    assert (accepted.state, accepted.owner, accepted.since) == ("accepted", "UANA", to_text(NOW))


def test_a_declined_proposal_goes_to_whom_was_suggested() -> None:
    duty = after(a_duty(), Step("propose", "ULEAD", "UANA"), Step("suggest", "UANA", "UBEN", "He runs it."))
    assert (duty.state, duty.proposed_to, duty.proposed_by, duty.declined_by) == ("proposed", "UBEN", "UANA", ("UANA",))
    duty = after(duty, Step("decline", "UBEN", note="No time."))
    assert (duty.state, duty.owner, duty.declined_by) == ("unowned", "", ("UANA", "UBEN"))


def test_two_who_claim_a_duty_dispute_it_and_one_who_steps_back_settles_it() -> None:
    duty = after(a_duty(), Step("claim", "UANA"), Step("claim", "UBEN"))
    assert (duty.state, duty.owner, duty.claimants) == ("disputed", "", ("UANA", "UBEN"))
    again = duties.step(duty, Step("claim", "UANA"), NOW)
    assert again == Refused("You've already said so, and it isn't decided yet.")
    duty = after(duty, Step("claim", "UCHLOE"), Step("decline", "UBEN"))
    assert (duty.state, duty.claimants) == ("disputed", ("UANA", "UCHLOE"))
    duty = after(duty, Step("decline", "UANA"))
    assert (duty.state, duty.owner, duty.claimants) == ("accepted", "UCHLOE", ())


def test_who_remains_of_a_dispute_has_the_duty_from_the_moment_of_the_last_step() -> None:
    disputed = after(a_duty(), Step("claim", "UANA"), Step("claim", "UBEN"))
    done = duties.step(disputed, Step("decline", "UANA"), NOW + timedelta(days=3))
    assert isinstance(done, Done)
    later = to_text(NOW + timedelta(days=3))
    assert (done.duty.owner, done.duty.since, done.duty.confirmed_at) == ("UBEN", later, later)
    left = duties.present(disputed, frozenset({"UBEN"}))
    assert (left.owner, left.since, left.confirmed_at) == ("UANA", to_text(NOW), to_text(NOW))


def test_needs_reasons_and_confirmations_are_kept() -> None:
    duty = after(a_duty(), Step("claim", "UANA"), Step("need", "UANA", note="An on-call rota"))
    assert (duty.state, duty.need) == ("accepted", "An on-call rota")
    duty = after(duty, Step("confirm", "UANA"), Step("not needed", "UANA", note="It is a prototype"))
    assert (duty.state, duty.owner, duty.reason) == ("not needed", "", "It is a prototype")
    assert after(duty, Step("propose", "ULEAD", "UBEN")).state == "proposed"


@pytest.mark.parametrize(
    ("duty", "taken", "told"),
    [
        (ACCEPTED, Step("propose", "ULEAD", "UANA"), "They own this duty already."),
        (ACCEPTED, Step("propose", "ULEAD", "UBEN"), "This duty has an owner. Ask them to hand it over."),
        (
            a_duty(state="disputed", claimants=("UANA", "UBEN")),
            Step("propose", "ULEAD", "UDEV"),
            "Two people say they own this duty. They have to agree first.",
        ),
        (ACCEPTED, Step("claim", "UANA"), "You own this duty already."),
        (ACCEPTED, Step("decline", "UBEN"), "Only its owner, or whoever was asked, can do that."),
        (
            ACCEPTED,
            Step("not needed", "UBEN", note="x"),
            "This duty has an owner. Only they can mark it as not needed.",
        ),
        (ACCEPTED, Step("help", "UBEN", "UANA"), "Only its owner can name who helps."),
        (
            a_duty(state="disputed", claimants=("UANA", "UBEN")),
            Step("not needed", "UDEV", note="x"),
            "Two people say they own this duty. They have to agree first.",
        ),
        (ACCEPTED, Step("suggest", "UANA", "UANA"), "That's you. To take it on yourself, press “I'll take it”."),
        (ACCEPTED, Step("need", "UBEN", note="x"), "Only its owner, or whoever was asked, can do that."),
        (ACCEPTED, Step("need", "UANA"), "Say what you need."),
        (ACCEPTED, Step("not needed", "UANA"), "Say why it isn't needed."),
        (ACCEPTED, Step("confirm", "UBEN"), "Only its owner can confirm it."),
    ],
)
def test_what_cannot_be_done_is_said(duty: Duty, taken: Step, told: str) -> None:
    refused = duties.step(duty, taken, NOW)
    assert isinstance(refused, Refused)
    assert refused.told == told
    assert isinstance(refused, NotAllowed) is told.startswith("Only its owner")


STATES = (
    a_duty(),
    a_duty(state="proposed", proposed_to="UANA", proposed_by="ULEAD"),
    ACCEPTED,
    a_duty(state="disputed", claimants=("UANA", "UBEN")),
    a_duty(state="not needed", reason="A prototype"),
)
ACTS: tuple[Act, ...] = ("propose", "claim", "decline", "suggest", "need", "not needed", "confirm", "help")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("by", ["UANA", "UBEN", "ULEAD"])
@pytest.mark.parametrize("duty", STATES, ids=lambda each: each.state)
def test_every_act_of_everybody_in_every_state_leaves_a_duty_whole(duty: Duty, by: str, act: Act) -> None:
    done = duties.step(duty, Step(act, by, "UDEV", "because"), NOW)
    if isinstance(done, Refused):
        return
    new = done.duty
    assert (new.state == "accepted") is bool(new.owner)
    assert (new.state == "proposed") is bool(new.proposed_to)
    assert (new.state == "disputed") is (len(new.claimants) > 1)
    assert (new.state == "not needed") is bool(new.reason)
    if new.state == "accepted" and duty.state != "accepted":
        assert new.owner == by or new.owner in duty.claimants
    assert (done.entry.what, done.entry.by) == (act, by)


@pytest.mark.parametrize(
    ("text", "component", "duty"),
    [
        ("churn model deployment", "churn model", "deployment"),
        ("who do I ask about deploying the churn-model?", "churn model", "deployment"),
        ("berth dataset labels", "berth dataset", "labelling"),
        ("chrun modle monitoring", "churn model", "monitoring"),
        ("churn model", "churn model", None),
        ("churn", "churn model", None),
        ("mapping service", None, None),
        ("quality", None, None),
        ("a/b test", None, "online-testing"),
        ("tests the churn model", "churn model", "system-testing"),
        ("who retrains the churn model", "churn model", "retraining"),
        ("who owns fairness", None, "fairness"),
        ("zugzwang", None, None),
        ("whose job is it to roll back the churn model if it breaks tonight", "churn model", "rollback"),
        ("who decides if the churn model is good enough", "churn model", "adequacy"),
        ("A/B tests for churn", "churn model", "online-testing"),
        # Other words for the deed name its duty too; those for what stands beside it, and open ones, none.
        ("who babysits the churn model in prod", "churn model", "monitoring"),
        ("wiring the churn model into the app", "churn model", "integration"),
        ("who superintends the churn model", "churn model", "monitoring"),
        ("hooks up the churn model", "churn model", "integration"),
        ("puts new versions of churn model onto our servers", "churn model", "deployment"),
        ("who teaches the churn model new tricks", "churn model", None),
        ("how quick must the churn model answer", "churn model", "latency"),
        ("who oversees the churn model", "churn model", "monitoring"),
        ("anyone assessing the churn model", "churn model", "evaluation"),
        ("who trains the churn model", "churn model", "retraining"),
        # A deed that has many other words tells of no duty: its lead would be asked about one that nobody means.
        ("whom do I call about the churn model", "churn model", None),
        ("who needs the churn model", "churn model", None),
        ("who has the best babysitter for the churn model team", "churn model", None),
    ],
)
def test_a_question_names_a_component_and_a_duty(text: str, component: str | None, duty: str | None) -> None:
    known = [a_component(), a_component("berth dataset")]
    asked = catalogue.asked_about(text, known, CATALOGUE)
    found = Topic(asked.component, asked.duty)
    assert (found.component.name if found.component else None, found.duty.id if found.duty else None) == (
        component,
        duty,
    )


@pytest.mark.parametrize(
    ("text", "duty", "is_guessed", "rest"),
    [
        ("monitoring of the lighthouse model", "monitoring", False, "lighthouse"),
        ("a curve that got worse for months", "monitoring", True, "curve"),
        ("says who makes the evaluation", "evaluation", False, ""),
    ],
)
def test_a_duty_is_only_guessed_where_a_question_lacks_its_name(
    text: str, duty: str, *, is_guessed: bool, rest: str
) -> None:
    asked = catalogue.asked_about(text, [a_component()], CATALOGUE)
    assert asked.duty is not None
    assert (asked.duty.id, asked.is_guessed, asked.rest) == (duty, is_guessed, rest)


def test_duties_that_are_as_likely_are_all_asked_for_and_of_many_none() -> None:
    asked = catalogue.asked_about("who deploys the churn model, who monitors it", [a_component()], CATALOGUE)
    assert [each.id for each in CATALOGUE if asked.is_about(each)] == ["deployment", "monitoring"]
    asked = catalogue.asked_about("deploys, monitors, retrains, labels the churn model", [a_component()], CATALOGUE)
    assert [each.id for each in CATALOGUE if asked.is_about(each)] == []


GONE = frozenset({"UGONE"})


@pytest.mark.parametrize(
    ("told", "state", "owner", "claimants"),
    [
        ({"state": "accepted", "owner": "UGONE"}, "unowned", "", ()),
        ({"state": "proposed", "proposed_to": "UGONE"}, "unowned", "", ()),
        ({"state": "disputed", "claimants": ("UANA", "UGONE")}, "accepted", "UANA", ()),
        ({"state": "disputed", "claimants": ("UGONE", "UGONE")}, "unowned", "", ()),
        ({"state": "disputed", "claimants": ("UANA", "UBEN", "UGONE")}, "disputed", "", ("UANA", "UBEN")),
        ({"state": "accepted", "owner": "UANA"}, "accepted", "UANA", ()),
    ],
)
def test_nobody_has_to_settle_a_duty_with_somebody_who_left(
    told: dict[str, object], state: str, owner: str, claimants: tuple[str, ...]
) -> None:
    left = duties.present(a_duty(**told), GONE)
    assert (left.state, left.owner, left.claimants) == (state, owner, claimants)
