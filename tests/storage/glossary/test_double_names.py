"""Which names one name holds, and that a word is found by each of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils

from storage.engine.interface import WORKSPACE, Database
from storage.glossary import changes, search
from storage.glossary.double_names import bracketed, is_short_for, names_in
from storage.glossary.glossary import NewSense, first_named, look_up_key
from storage.migrations import MIGRATIONS
from storage.migrations.step import table
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("KYC (Know Your Customer)", "KYC | Know Your Customer"),
        ("Know Your Customer (KYC)", "Know Your Customer | KYC"),
        ("TEU (Twenty-foot Equivalent Unit)", "TEU | Twenty-foot Equivalent Unit"),
        ("large language models (LLMs)", "large language models | LLMs"),
        ("PoC [proof of concept]", "PoC | proof of concept"),
        ("ETL (extract, transform, load)", "ETL | extract, transform, load"),
        ("CV (cross-validation)", "CV | cross-validation"),
        ("MLOps (machine learning operations)", "MLOps | machine learning operations"),
        ("SLO - service level objective", "SLO | service level objective"),
        ("SLO – service level objective", "SLO | service level objective"),
        ("ML / machine learning", "ML | machine learning"),
        ("minimum viable product, MVP", "minimum viable product | MVP"),
        ("API: application programming interface", "API | application programming interface"),
        ("recall aka sensitivity", "recall | sensitivity"),
        ("recall, also known as sensitivity", "recall | sensitivity"),
        ("hold-out (holdout) set", "hold-out set | holdout set"),
        ("EDLP (everyday low price)", "EDLP | everyday low price"),
        ("XML (extensible markup language)", ""),
        ("edlp (everyday low price)", ""),
        ("EDLQ (everyday low price)", ""),
        ("drift", ""),
        ("A/B test", ""),
        ("CI/CD", ""),
        ("training-serving skew", ""),
        ("class (Python)", ""),
        ("drift (sensor)", ""),
        ("precision (P)", ""),
        ("seed (of a plant)", ""),
        ("test (end to end) data", ""),
        ("precision, recall", ""),
        ("KYC (Know Your", ""),
        ("(KYC)", ""),
    ],
)
def test_one_name_may_hold_two(name: str, held: str) -> None:
    assert " | ".join(names_in(name)) == held


def test_brackets_at_the_end_are_told_from_what_stands_before_them() -> None:
    assert bracketed("explainability (XAI)") == ("explainability", "XAI")
    assert bracketed("hold-out (holdout) set") == bracketed("drift") == bracketed("(drift)") == ()


def words_named(store: Database, *keys: str, visible: Sequence[str] = (WORKSPACE,)) -> set[str]:
    return {each.word for each in first_named(store.reader, "T1", keys, visible)[1]}


async def test_a_word_is_found_by_both_names_that_it_holds(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    told = {"discipline": "product", "gloss": "Checking who a customer is"}
    kyc = NewSense(word="KYC (Know Your Customer)", aliases=("PoC, proof of concept",), **told)
    private = NewSense(word="TEU (twenty-foot equivalent unit)", visibility="CSECRET", **told)
    await write(store, changes.add_senses, "T1", [kyc, private], NOW)
    for key in ("kyc", "knowyourcustomer", "poc", "proofofconcept"):
        assert words_named(store, key) == {kyc.word}
    assert (words_named(store, "teu"), words_named(store, "teu", visible=["CSECRET"])) == (set(), {private.word})
    assert (kyc.word, kyc.aliases) == ("KYC", ("PoC, proof of concept", "Know Your Customer"))
    said = "Is KYC done for each TEU?"
    seen = await store.search(lambda reader: search.names_for(reader, "T1", [WORKSPACE], said))
    assert seen.found_in(said) == {"KYC": ""}


def test_a_store_of_the_past_has_its_words_found_by_both_names(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    database = sqlite_utils.Database(path)
    MIGRATIONS.apply(database, stop_before="0053_held_names")
    named = ["KYC (Know Your Customer)", "proof of concept (PoC)", "class (Python)", "drift"]
    rows = [
        {"team_id": "T1", "sense_id": each, "look_up_key": look_up_key(each), "name": each, "visibility": "CSECRET"}
        for each in named
    ]
    table(database, "sense_names").insert_all(rows)
    MIGRATIONS.apply(database)
    found = database.execute("SELECT look_up_key, name, visibility FROM sense_names").fetchall()
    held = {("kyc", "KYC"), ("knowyourcustomer", "Know Your Customer"), ("poc", "PoC")}
    held |= {("proofofconcept", "proof of concept"), *((look_up_key(each), each) for each in named)}
    assert set(found) == {(key, name, "CSECRET") for key, name in held}
    database.close()


def test_a_text_longer_than_any_name_holds_none() -> None:
    assert names_in(f"{'know your ' * 30}customer aka KYC") == ()


@pytest.mark.parametrize("short", ["A" * 25 + "B", "a" * 25 + "b"])
def test_many_letters_are_shared_out_among_many_words_in_no_time(short: str) -> None:
    words = " ".join(["aa", "aaaaa"] * 15)
    # Each way tried by itself, this would not end.
    assert not is_short_for(short, words)
    assert is_short_for(short, f"{words} b")
