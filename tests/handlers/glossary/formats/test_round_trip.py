"""The starter glossary leaves in each format and comes back, and so does what a steward has written since."""

import pytest

from handlers.glossary.formats import own
from handlers.glossary.rules import importing
from handlers.glossary.rules.importing import Plan
from handlers.glossary.starter import starter_senses
from storage.glossary.glossary import NewSense, Sense, look_up_key

STARTER = starter_senses()


def kept(senses: list[NewSense]) -> dict[importing.Key, Sense]:
    """These meanings as the store has them."""
    rows = [
        {**each.model_dump(), "look_up_key": look_up_key(each.word), "team_id": "T1", "version": 1, "updated_at": ""}
        for each in senses
    ]
    found = [Sense.model_validate({**row, "id": str(number)}) for number, row in enumerate(rows)]
    return {importing.key_of(each): each for each in found}


def brought(senses: list[NewSense], form: str, there: dict[importing.Key, Sense]) -> Plan:
    """What an import would do of an export of these."""
    return importing.plan(own.read(own.write(senses, form).encode(), form, "domain"), there)


def shown(sense: NewSense) -> tuple[object, ...]:
    """What people read of a meaning; SKOS keeps no order of names."""
    told = (sense.word, sense.discipline, sense.gloss, sense.definition, sense.example, sense.status)
    return (*told, tuple(sorted(sense.aliases)))


@pytest.mark.parametrize("form", own.FORMATS)
def test_the_starter_comes_back_through_each_format_with_nothing_refused_and_nothing_changed(form: str) -> None:
    into_nothing = brought([*STARTER], form, {})
    assert importing.as_lines(into_nothing, most=0)[0] == f"{len(STARTER)} added, 0 changed, 0 unchanged, 0 refused"
    assert sorted(map(shown, into_nothing.added)) == sorted(map(shown, STARTER))
    over_itself = brought([*STARTER], form, kept([*STARTER]))
    assert importing.as_lines(over_itself) == [f"0 added, 0 changed, {len(STARTER)} unchanged, 0 refused"]


@pytest.mark.parametrize("form", own.FORMATS)
def test_what_a_steward_has_edited_survives(form: str) -> None:
    (old,) = [each for each in STARTER if each.word == "A/B test"]
    changes = {
        "gloss": "Two versions, one metric. Chosen by lot.",
        "definition": "Fix *n* beforehand: 1 < 2.\n\n- or not",
    }
    edited = old.model_copy(update=changes)
    made = brought([edited if each is old else each for each in STARTER], form, kept([*STARTER]))
    assert (made.added, made.refused) == ([], [])
    assert [each.changes for each in made.changed] == [changes]
