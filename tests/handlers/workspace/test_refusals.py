"""What somebody lacks the right to is noted in each feature, for the admins who may see what it was about."""

import pytest

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from storage.workspaces import audit
from storage.workspaces.audit import Entry
from tests.handlers.data_requests.playing import put
from tests.handlers.feedback.playing import reported
from tests.handlers.requirements.playing import a_model
from tests.playing import play

TEAM = "T0LOCAL"
SECRET = "CSECRETLAUNCH"
#: The door of each, what it is about, and what is said; what cannot be seen here is not there.
REFUSALS = {
    "card_fill_in": ("card", "Only Chloe Martin, who leads it, its two sides and admins"),
    "card_evaluate": ("card", "Only Chloe Martin, who leads it, its two sides and admins"),
    "owner_edit": ("component", "Only Chloe Martin, who leads berth model, the people of its sides and admins"),
    "owner_confirm": ("duty", "Only its owner can confirm it."),
    "feedback_step": ("feedback", "Only Chloe Martin, the model side and admins"),
    "data_request_step": ("data request", "Only the owner of the data can do that."),
    "decision_amend": ("decision", "Only Chloe Martin, who decided it, and admins"),
    "glossary_edit": ("meaning", "Only a steward of product"),
    "glossary_deprecate": ("meaning", "Only a steward of product"),
}


async def fill(trial: Trial, visibility: str) -> dict[str, tuple[str, str]]:
    """Put a record of each kind into the store, all of them Chloe's; return the value and the record by door."""
    where = "#general" if visibility == WORKSPACE else "#secret-launch"
    model = await a_model(trial, model_side=("UCHLOE",), product_side=("UCHLOE",), visibility=visibility)
    item = await reported(trial, model, by="UCHLOE")
    channel = {"channel": SECRET} if visibility == SECRET else {}
    request = await put(trial, requester="UCHLOE", owner="", visibility=visibility, **channel)
    lines = ("/decision Falcon flies", "submits", "closes", "/glossary add falcon")
    for line in lines:
        await play(trial, f"chloe in {where}: {line}" if line.startswith("/") else f"chloe {line}")
    await play(trial, 'chloe enters "Discipline": product', 'chloe enters "Definition in one line": The launch')
    await play(trial, "chloe submits", "chloe closes")
    (decision,) = trial.bot.store.reader.all("SELECT id FROM decisions")
    (sense,) = trial.bot.store.reader.all("SELECT id FROM senses WHERE word = 'falcon'")
    return {
        "card_fill_in": (f"{model.id}:latency:0", model.id),
        "card_evaluate": (model.id, model.id),
        "owner_edit": (model.id, model.id),
        "owner_confirm": (f"{model.id}:monitoring", model.id),
        "feedback_step": (f"answer:{item.id}", item.id),
        "data_request_step": (f"ask:{request.id}", request.id),
        "decision_amend": (decision["id"], decision["id"]),
        "glossary_edit": (sense["id"], sense["id"]),
        "glossary_deprecate": (sense["id"], sense["id"]),
    }


async def pry(trial: Trial, who: str, action: str, value: str) -> str:
    """Press a button that somebody alone sees, after its value was changed to another: one that somebody copied."""
    await play(trial, f"{who} in #general: /common-ground help")
    for message in trial.slack.workspace.channels["CGENERAL"].ephemerals.values():
        button = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": action, "value": value}
        message.blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    return await play(trial, f'{who} presses "Pry"')


def noted(trial: Trial) -> list[Entry]:
    return audit.entries(trial.bot.store.reader, TEAM, None, action="access-denied")


@pytest.mark.parametrize("visibility", [WORKSPACE, SECRET])
async def test_each_feature_says_and_notes_that_a_right_is_lacking(running: Trial, visibility: str) -> None:
    running.slack.workspace.users["UDEV"].is_admin = True
    by_door = await fill(running, visibility)
    for door, (kind, sentence) in REFUSALS.items():
        value, record_id = by_door[door]
        assert sentence in await pry(running, "ana", door, value)
        entry = noted(running)[-1]
        about = (entry.target_kind, entry.target_id, entry.visibility, entry.details)
        assert about == (kind, record_id, visibility, (door,))
    assert {(each.actor, each.outcome) for each in noted(running)} == {("UANA", "denied")}
    assert len(noted(running)) == len(REFUSALS)
    assert "Ana Ruiz was denied access" in await play(running, "chloe in #general: /common-ground audit")
    outside = await play(running, "dev in #general: /common-ground audit")
    assert ("Ana Ruiz was denied access" in outside) is (visibility == WORKSPACE)


@pytest.mark.parametrize("door", REFUSALS)
async def test_what_cannot_be_seen_is_noted_without_its_id(running: Trial, door: str) -> None:
    by_door = await fill(running, SECRET)
    value, record_id = by_door[door]
    assert "alcon" not in await pry(running, "ben", door, value)
    (entry,) = noted(running)
    assert (entry.target_kind, entry.target_id, entry.visibility, entry.details) == ("", "", WORKSPACE, (door,))
    assert record_id not in str(entry)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ben in #general: /common-ground settings", "settings"),
        ("ben in #general: /nudges workspace", "settings"),
        ("ben in #general: /nudges report", "report"),
        ("ben in #general: /decision reaction gem", "settings"),
        ("ben in #general: /glossary export", "glossary"),
        ("gus in #churn-model: @Common Ground decided: We fly", "membership"),
        ("gus in #churn-model: /summary me", "membership"),
    ],
)
async def test_a_command_that_is_for_others_is_refused_and_noted(running: Trial, line: str, kind: str) -> None:
    await play(running, line)
    assert [(each.target_kind, each.target_id) for each in noted(running)] == [(kind, "")]
