"""The fields in which somebody says something of a term, as Slack draws them and gives them back."""

import pytest

from handlers.agreements.fields import STANCE_LABEL, among_others, part_fields, stance_fields
from handlers.slack.blocks import Block
from storage.records.offers import Offer, Stance
from tests.handlers.agreements.kinds import LISTED, OWNER, PARTS


def labels(fields: list[Block]) -> list[tuple[str, str]]:
    """Return the name and the label of each field."""
    return [(str(each["block_id"]), str(dict_in(each, "label")["text"])) for each in fields]


def dict_in(block: Block, name: str) -> Block:
    found = block[name]
    assert isinstance(found, dict)
    return found


STANCE = ("stance", STANCE_LABEL)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (Offer(), [(each.id, each.label) for each in PARTS]),
        (Offer(stance="not needed"), [("why_not", "Why isn't it needed?")]),
        (Offer(stance="unknown"), [("finder", "Who will find out?"), ("until", "By when?")]),
    ],
)
def test_each_stance_has_its_own_fields_below(said: Offer, shown: list[tuple[str, str]]) -> None:
    assert labels(stance_fields(LISTED, said, "term")) == [STANCE, *shown]


def test_the_stance_is_chosen_from_three_and_heard_of_at_once() -> None:
    (stance, *_) = stance_fields(LISTED, Offer(stance="unknown"), "term")
    element = dict_in(stance, "element")
    options = element["options"]
    assert isinstance(options, list)
    assert [each["value"] for each in options] == ["value", "not needed", "unknown"]
    assert (element["initial_option"], element["action_id"]) == (options[2], "term:stance")
    assert (stance["dispatch_action"], stance["optional"]) == (True, False)


def test_what_was_said_stands_in_its_fields_again() -> None:
    parts = {"amount": "a lot", "how": "daily", "owner": "UANA"}
    said = Offer(stance="unknown", parts=parts, reason="it is public", finder="UBEN", until="2026-02-01")
    finder, until = (dict_in(each, "element") for each in stance_fields(LISTED, said, "term")[1:])
    assert (finder["initial_user"], until["initial_date"]) == ("UBEN", "2026-02-01")
    assert (finder["action_id"], until["action_id"]) == ("term:finder", "term:until")
    why = stance_fields(LISTED, said.model_copy(update={"stance": "not needed"}), "term")[1]
    assert dict_in(why, "element")["initial_value"] == "it is public"
    by_name = {str(each["block_id"]): dict_in(each, "element") for each in part_fields(PARTS, said.parts, "term")}
    assert by_name["amount"]["initial_value"] == "a lot"
    assert dict_in(by_name["how"], "initial_option")["value"] == "daily"
    assert by_name["owner"]["initial_user"] == "UANA"
    assert "initial_value" not in by_name["why"]


def test_each_kind_of_part_is_entered_in_its_own_way() -> None:
    fields = {str(each["block_id"]): each for each in part_fields(PARTS, {}, "term")}
    kinds = {name: dict_in(each, "element")["type"] for name, each in fields.items()}
    typed = dict.fromkeys(("amount", "why", "fields", "copies", "complete", "delay"), "plain_text_input")
    assert kinds == {**typed, "how": "static_select", "owner": "users_select"}
    is_long = {name for name in typed if dict_in(fields[name], "element")["multiline"]}
    assert is_long == {"why", "fields"}
    assert dict_in(fields["amount"], "element")["max_length"] == 300


def test_only_what_is_chosen_is_heard_of_at_once() -> None:
    fields = part_fields(PARTS, {}, "term")
    heard = {each["block_id"]: dict_in(each, "element")["action_id"] for each in fields if "dispatch_action" in each}
    assert heard == {"how": "term:how", "owner": "term:owner"}


def test_what_may_lack_is_optional_and_each_hint_stands_below_its_field() -> None:
    fields = part_fields(PARTS, {}, "term")
    assert [each["block_id"] for each in fields if not each["optional"]] == ["amount", "owner"]
    hints = {each["block_id"]: dict_in(each, "hint")["text"] for each in fields if "hint" in each}
    assert hints == {"complete": "Such as 95", "delay": "Such as 5 min", "owner": OWNER.hint}


@pytest.mark.parametrize(
    ("stance", "others", "below"),
    [
        ("value", ["listed:not needed", "listed:unknown"], ["listed.amount", "listed.owner"]),
        ("not needed", ["listed:value", "listed:unknown"], ["listed.why_not"]),
        ("unknown", ["listed:value", "listed:not needed"], ["listed.finder", "listed.until"]),
    ],
)
def test_in_a_form_of_several_a_menu_beside_its_name_says_what_a_term_may_be_instead(
    stance: Stance, others: list[str], below: list[str]
) -> None:
    asked = [each for each in PARTS if each.id in ("amount", "owner")]
    (head, *fields) = among_others(LISTED, Offer(stance=stance), asked, "term")
    options = dict_in(head, "accessory")["options"]
    assert isinstance(options, list)
    assert [each["value"] for each in options] == [f"term {each}" for each in others]
    assert [each["block_id"] for each in fields] == below
    assert [dict_in(each, "element")["action_id"] for each in fields] == below
    assert not any("dispatch_action" in each for each in fields)
