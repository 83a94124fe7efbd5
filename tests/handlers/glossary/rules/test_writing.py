"""Which meanings can be written: each refusal is a sentence at its field."""

import pytest

from handlers.glossary.rules import writing
from handlers.slack.interactions import Fields, Wrong
from storage.glossary.glossary import Meaning, Relation, Sense, Status

GOOD = Fields({"word": "drift", "discipline": "data science", "gloss": "Inputs change"})


def sense(word: str = "drift", gloss: str = "Inputs change", status: Status = "approved", **more: object) -> Sense:
    told = {
        "id": word,
        "team_id": "T1",
        "visibility": "workspace",
        "look_up_key": word,
        "origin": "people",
        "version": 1,
        "updated_at": "",
        "word": word,
        "discipline": "data science",
        "gloss": gloss,
        "status": status,
        **more,
    }
    return Sense.model_validate(told)


def test_a_form_becomes_a_meaning() -> None:
    fields = {
        **GOOD,
        "aliases": "shift, data drift\ncovariate shift",
        "misspellings": "drfit",
        "relations": "Related: monitoring, skew\nnot the same as: bias",
        "source_link": "https://example.org",
        "steward": "UANA",
    }
    meaning = writing.written(Fields(fields))
    assert isinstance(meaning, Meaning)
    assert meaning.aliases == ("shift", "data drift", "covariate shift")
    assert meaning.relations == (
        Relation(kind="related", word="monitoring"),
        Relation(kind="related", word="skew"),
        Relation(kind="not the same as", word="bias"),
    )


def test_another_name_that_says_nothing_new_is_dropped_and_another_way_to_write_the_word_stays() -> None:
    fields = {
        **GOOD,
        "word": "A/B test",
        "aliases": "a/b  test, AB test, split test, Split Test, ab-test",
        "misspellings": "abtest\nspilt test\nspilt-test",
    }
    meaning = writing.written(Fields(fields))
    assert isinstance(meaning, Meaning)
    assert (meaning.aliases, meaning.misspellings) == (("AB test", "split test", "ab-test"), ("spilt test",))


def test_what_a_form_does_not_show_stays() -> None:
    old = sense(source_title="A book", aliases=("shift",))
    meaning = writing.written(Fields({**GOOD, "gloss": "Inputs differ"}), old)
    assert isinstance(meaning, Meaning)
    assert (meaning.gloss, meaning.source_title, meaning.aliases) == ("Inputs differ", "A book", ("shift",))


def test_what_shows_no_word_is_no_name_either() -> None:
    meaning = writing.written(Fields({**GOOD, "aliases": "shift, \u200b, ---", "misspellings": "drfit\n\u3164"}))
    assert isinstance(meaning, Meaning)
    assert (meaning.aliases, meaning.misspellings) == (("shift",), ("drfit",))
    assert writing.with_alias(sense(aliases=("shift",)), "\u200b") == ("shift",)


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"word": ""}, "word", "Please fill this in."),
        ({"word": "…"}, "word", "A word needs letters or digits."),
        ({"word": "\u3164"}, "word", "A word needs letters or digits."),
        ({"word": "x" * 81}, "word", "At most 80 characters."),
        ({"discipline": ""}, "discipline", "Please fill this in."),
        ({"gloss": "x" * 141}, "gloss", "At most 140 characters (yours has 141). Put the rest under More detail."),
        ({"aliases": "x" * 81}, "aliases", "At most 80 characters each, please."),
        (
            {"relations": "like: bias"},
            "relations",
            "“like: bias” should be one of broader, narrower, related, not the same as, then a colon and words.",
        ),
        ({"source_link": "example.org"}, "source_link", "Enter a link that starts with https://."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes: dict[str, str], field: str, told: str) -> None:
    assert writing.written(Fields({**GOOD, **changes})) == Wrong({field: told})


def test_a_place_is_taken_once_and_a_gloss_tells_apart() -> None:
    meaning = Meaning(word="drift", discipline="operations", gloss="inputs  change!")
    clash = writing.clash(meaning, [sense()], None)
    assert clash == Wrong({"gloss": "That's word for word the definition of data science. What sets this one apart?"})
    taken = writing.clash(meaning, [], sense())
    assert taken == Wrong({"discipline": "Operations already defines “drift”: “Inputs change”. Edit that one."})
    assert writing.clash(meaning, [sense(gloss="Something else")], None) is None


def test_the_same_word_and_glosses_much_alike_are_shown_first() -> None:
    meaning = Meaning(word="shift", discipline="operations", gloss="the inputs of a model change over time")
    same_word = sense("drift", "Another thing altogether", aliases=("Shift",))
    alike = sense("skew", "The inputs of the model change with time")
    other = sense("bias", "A constant offset")
    found = writing.resembling(meaning, [other, alike, same_word], {})
    assert [(each.sense, each.is_of_the_word) for each in found] == [(same_word, True), (alike, False)]


def test_a_replacement_exists_and_leads_nowhere_in_a_circle() -> None:
    known = {
        "skew": [sense("skew", status="deprecated", replaced_by="shift")],
        "shift": [sense("shift", status="deprecated", replaced_by="drift")],
        "lost": [sense("lost", status="deprecated", replaced_by="nowhere")],
        "change": [sense("change")],
    }
    drift = sense(aliases=("data drift",))

    def wrong(word: str) -> str:
        return writing.wrong_replacement(drift, word, lambda each: known.get(each, []))

    assert wrong("") == wrong("change") == ""
    assert wrong("Data-Drift") == "A word can't replace itself. Name another one, or leave this empty."
    assert wrong("zugzwang").startswith("“zugzwang” isn't in the glossary.")
    known["drift"] = [drift]
    assert wrong("skew") == "“skew” is itself replaced by “drift”. Name another word."
    assert wrong("lost").startswith("“nowhere” isn't in the glossary.")
