"""A contract that is given where a sample may be: it says what it changes and loses, before anything is saved."""

import json

import yaml

from bot.trial.run import Trial
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.service.showing import contract_of
from tests.handlers.data_requests.playing import one, put
from tests.playing import play

CHECK = "dev in #data: /data-request DR-1 check"
SHARE = 'mustBeLessOrEqualTo": 10'


async def contract(trial: Trial) -> str:
    """Return the contract of a request as JSON in one line, with more that is filled in, and with tags."""
    told = yaml.safe_load(odcs(contract_of(trial.bot.store.reader, one(trial), {})))
    text = json.dumps({**told, "tags": ["harbour"]})
    assert SHARE in text
    return text.replace(SHARE, 'mustBeLessOrEqualTo": 1')


async def test_it_is_read_out_and_proposed_to_both_sides_only_then(running: Trial) -> None:
    before = await put(running, set_up="", more={}, population="")
    given = f'dev attaches "arrivals.odcs.yaml": {await contract(running)}'
    shown = await play(running, CHECK, given, "dev submits")
    assert "Quality: completeness 99 %" in shown
    assert "*Not kept*\n    file: tags\n    [Cancel] [Propose]" in shown
    assert one(running) == before
    said = await play(running, "dev submits", "dev closes", "wait 2 minutes")
    assert "DR-1: proposed to both sides." in said
    assert "Proposed to both sides, from arrivals.odcs.yaml: quality. Open the terms, check them, and save." in said
    offered = one(running).terms["quality"].offered
    assert offered is not None
    assert (offered.parts["completeness"], offered.source) == ("99", "arrivals.odcs.yaml")


async def test_one_as_json_is_told_from_a_sample(running: Trial) -> None:
    await put(running)
    text = await contract(running)
    assert "Not kept" in await play(running, CHECK, f'dev attaches "a.json": {text}', "dev submits", "dev closes")
    rows = 'dev attaches "b.json": [{"ship": "A1", "berth": "North"}]'
    assert "Reading b.json." in await play(running, CHECK, rows, "dev submits", "dev closes")


async def test_what_changed_meanwhile_is_shown_first(running: Trial) -> None:
    await put(running)
    text = await contract(running)
    await play(running, CHECK, f'dev attaches "a.yaml": {text}', "dev submits")
    await play(running, "ana in #data: /data-request DR-1 agree", "wait 2 minutes")
    before = one(running)
    assert "DR-1 changed meanwhile." in await play(running, "dev submits")
    assert one(running) == before
    assert "DR-1: proposed to both sides." in await play(running, "dev submits")


async def test_what_is_no_contract_or_has_nothing_new_ends_there(running: Trial) -> None:
    await put(running)
    told = await play(running, CHECK, 'dev attaches "a.yaml": kind: Pod', "dev submits")
    assert "This is no contract in the Open Data Contract Standard: it has no kind: DataContract." in told
    same = (await contract(running)).replace('mustBeLessOrEqualTo": 1', SHARE)
    told = await play(running, "dev closes", CHECK, f'dev attaches "a.yaml": {same}', "dev submits")
    assert "Everything it says is already set." in told
    assert "[Propose]" not in told
    await put(running, state="agreed")
    told = await play(
        running, "dev closes", "dev in #data: /data-request DR-2 check", 'dev attaches "a.yaml": x', "dev submits"
    )
    assert "I read CSV, TSV, JSON, JSON Lines (.jsonl) and Parquet" in told
