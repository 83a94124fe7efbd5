"""Gestures round a word that the scripts do not show: long texts, odd questions, people's markup."""

import pytest

from bot.trial.run import Trial
from storage.engine.interface import Transaction
from storage.glossary import changes, glossary
from storage.glossary.glossary import NewSense
from tests.writing import write

LONG = NewSense(
    word="saga",
    discipline="software engineering",
    gloss="<!channel> *a* <https://evil|story>",
    definition="told at length " * 60,
    example="<@UANA> says `so`”",
)


async def add(trial: Trial, sense: NewSense) -> None:
    team_id = trial.bot.identity.team_id
    await write(trial.bot.store, changes.add_senses, team_id, [sense], trial.bot.clock.now())


async def seen(trial: Trial, line: str) -> str:
    return "\n".join(await trial.do(line))


async def test_a_long_text_is_left_out_and_shown_in_full_on_request(running: Trial) -> None:
    await add(running, LONG)
    told = await seen(running, "ana in #general: /define saga")
    assert "told at length" not in told
    told = await seen(running, 'ana presses "More detail"')
    assert ("told at length " * 60).strip() in told


async def test_peoples_markup_is_shown_as_they_wrote_it_and_notifies_nobody(running: Trial) -> None:
    await add(running, LONG)
    for line in ("ana in #general: /define saga", "ana in #general: @Common Ground define saga"):
        told = await seen(running, line)
        assert "<!channel> *a* <https://evil|story>" in told
        assert "“<@UANA> says `so`”" in told
        assert "everybody is notified" not in told


async def test_a_question_longer_than_a_word_is_told_so(running: Trial) -> None:
    told = await seen(running, f"ana in #general: /define {'very ' * 60}long")
    assert "That's longer than a word." in told


async def test_a_word_that_is_gone_when_its_button_is_pressed_is_told_so(running: Trial) -> None:
    await add(running, LONG)
    await seen(running, "ana in #general: /define saga")

    def forget(transaction: Transaction) -> None:
        transaction.run("DELETE FROM sense_names WHERE look_up_key = 'saga'")
        transaction.run("UPDATE workspaces SET glossary_revision = glossary_revision + 1")

    await running.bot.store.write(forget)
    running.bot.boundary.forget_settings()
    assert "“saga” isn't in the glossary, or you can't see it here" in await seen(running, 'ana presses "More detail"')


async def test_looking_up_changes_no_term(running: Trial) -> None:
    reader = running.bot.store.reader
    before = reader.all("SELECT * FROM senses"), reader.all("SELECT * FROM sense_names")
    for word in ("bias", "bais", "zugzwang"):
        await seen(running, f"ana in #general: /define {word}")
    assert (reader.all("SELECT * FROM senses"), reader.all("SELECT * FROM sense_names")) == before


async def test_the_starter_glossary_is_loaded_once(running: Trial) -> None:
    counts = glossary.count_senses(running.bot.store.reader, running.bot.identity.team_id, ["workspace"])
    assert counts == (240, 367)


async def test_a_day_is_the_day_of_who_asks(running: Trial) -> None:
    """Dev, in Los Angeles, asks about a Monday evening that is Tuesday already in UTC and in Madrid, where Ana is."""
    await running.do("wait 17 hours")
    await add(running, LONG)
    running.slack.people.change(running.slack.workspace.users["UDEV"], tz="America/Los_Angeles")
    await running.quiet()
    for who, day, told in (
        ("dev", "2026-01-05", "*saga* as of yesterday:"),
        ("ana", "2026-01-05", "“saga” wasn't defined by yesterday."),
        ("ana", "2026-01-06", "*saga* as of today:"),
    ):
        assert told in await seen(running, f"{who} in #general: /glossary history saga {day}")
    told = await seen(running, "ana in #general: /glossary history saga")
    assert "today: Common Ground imported the definition for software engineering: <!channel>" in told


async def test_a_verbs_form_leads_to_the_word_that_it_comes_from(running: Trial) -> None:
    told = await seen(running, "ana in #general: @Common Ground what does regressed mean?")
    assert "*regressed*, from *regression* · 3 definitions" in told
    assert "Predicting a number, as opposed to a category" in told


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("regression", "*regression*"),
        ("regressions", "*regression*"),
        ("regressed", "*regressed*, from *regression*"),
        ("regress", "*regress*, from *regression*"),
    ],
)
async def test_one_word_after_define_is_found_as_it_stands_and_by_any_form(
    running: Trial, asked: str, heading: str
) -> None:
    told = await seen(running, f"ana in #general: /define {asked}")
    assert f"{heading} · 3 definitions" in told
    assert (f"*{asked}*" in told) == (f"*{asked}*" in heading)
    assert "Did you mean" not in told


async def test_three_words_are_compared_by_discipline_and_what_is_missing_is_asked_for(running: Trial) -> None:
    told = await seen(running, "ana in #general: /define precision vs recall vs zugzwang")
    (_, _, *lines) = [line.strip() for line in told.splitlines()]
    assert lines[:3] == [
        "Data science",
        "*precision*  Of the cases the model flagged, the share that really are positive",
        "*recall*  Of the cases that really are positive, the share the model found",
    ]
    assert lines[-2:] == ["“zugzwang” isn't defined yet.", "[precision] [recall] [Ask the team about zugzwang]"]


async def test_a_word_that_is_not_defined_names_similar_ones_that_are_there(running: Trial) -> None:
    for word in ("berth", "booking window"):
        await add(running, NewSense(word=word, discipline="product", gloss=f"What {word} is"))
    told = await seen(running, "ana in #general: /define berth window")
    assert "“berth window” isn't defined yet. Similar: berth, booking window." in told
    assert "[Ask the team] [Define it] [berth] [… booking window]" in told
    assert "What booking window is" in await seen(running, 'ana presses "booking window"')


async def test_who_approved_a_definition_stands_below_it_for_everybody(running: Trial) -> None:
    await seen(running, "ana in #general: /glossary add tug")
    await seen(running, 'ana enters "Discipline": product')
    await seen(running, 'ana enters "Definition in one line": A small boat')
    await seen(running, "ana submits")
    assert "Approved by" not in await seen(running, "dev in #general: /define tug")
    await seen(running, 'chloe presses "Approve"')
    assert "Approved by Chloe Martin, today." in await seen(running, "dev in #general: /define tug")


async def test_a_mistyped_word_of_a_comparison_is_offered_beside_what_is_known(running: Trial) -> None:
    lines = await running.do("ana in #general: /define precision vs recal vs zugzwang")
    assert [line.strip() for line in lines][-2:] == [
        "“recal” isn't defined yet. “zugzwang” isn't defined yet. Similar: recall.",
        "[precision] [recall] [Ask the team about recal] [Ask the team about zugzwang]",
    ]


async def test_a_misspelt_form_is_offered_and_not_shown(running: Trial) -> None:
    for typed, word in (("overfiting", "overfitting"), ("retrainning", "retraining"), ("autoscalling", "autoscaling")):
        told = await seen(running, f"ana in #general: /define {typed}")
        assert f"“{typed}” isn't in the glossary. Did you mean:" in told
        assert f"[{word}]" in told


async def test_a_part_of_a_name_stands_before_what_is_a_slip_away(running: Trial) -> None:
    lines = await running.do("ana in #general: /define matrix")
    assert lines[-1].strip().startswith("[confusion matrix] [metric]")


async def test_another_form_of_a_word_in_a_comparison_says_where_it_comes_from(running: Trial) -> None:
    assert "*regressed*, from *regression*" in await seen(running, "ana in #general: /define regressed vs recall")


async def test_who_types_another_question_after_define_is_told_the_command_for_it(running: Trial) -> None:
    assert "/owner" in await seen(running, "ana in #general: /define who owns the churn model")
    assert "/common-ground find" in await seen(running, "ana in #general: /define did we decide anything on retraining")
    assert "*data product owner*" not in await seen(
        running, "ana in #general: /define when is a definition of done done"
    )


async def test_what_is_said_instead_of_a_word_finds_it_until_it_is_a_word_itself(running: Trial) -> None:
    listed = NewSense(word="blacklist", discipline="operations", gloss="May not call", say_instead="deny list")
    await add(running, listed)
    for asked in ("/define deny lists", "/common-ground find deny lists"):
        told = await seen(running, f"ana in #general: {asked}")
        assert "*blacklist*" in told
        assert "May not call" in told
    assert "Say instead: *deny list*" in await seen(running, "ana in #general: /define deny list")
    await add(running, NewSense(word="deny list", discipline="operations", gloss="Addresses that may not call us"))
    running.bot.boundary.forget_settings()
    told = await seen(running, "ana in #general: /define deny list")
    assert "Addresses that may not call us" in told
    assert "blacklist" not in told


async def test_words_that_are_put_beside_each_other_need_not_have_their_articles(running: Trial) -> None:
    told = await seen(running, "ana in #general: @Common Ground human in loop or human review?")
    assert "*human in the loop*" in told
    assert "*human review*" in told
