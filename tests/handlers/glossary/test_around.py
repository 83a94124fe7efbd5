"""Which meaning comes first where a word is asked about: from the message above, who wrote it and who is there."""

import pytest

from bot.trial.run import Trial
from bot.trial.screen import message_lines
from tests.playing import play

SAID = "Terraform shows drift again, the config was changed"
WHY = "Most likely here: software engineering, from the words around it."


def is_first(told: str, discipline: str) -> bool:
    others = ("*Data science*", "*Software engineering*", "*Product*", "*Operations*", "*Domain*")
    places = [(told.find(each), each) for each in others if each in told]
    return min(places)[1] == f"*{discipline}*"


async def asked_after(running: Trial, *said: tuple[str, str], asks: str = "what does drift mean?") -> str:
    """Say something in a thread of #general; return what Eli reads who then asks there."""
    people, workspace = running.slack.people, running.slack.workspace
    channel, thread_ts = workspace.channels["CGENERAL"], None
    for who, text in said:
        message = people.say(workspace.users[who], channel, text, thread_ts)
        thread_ts = thread_ts or message.ts
    await running.quiet()
    before = set(channel.messages)
    people.say(workspace.users["UELI"], channel, f"@Common Ground {asks}", thread_ts)
    await running.quiet()
    news = [each for ts, each in channel.messages.items() if ts not in before]
    return "\n".join(line for each in news for line in message_lines(workspace, each))


async def test_the_message_above_says_which_meaning_comes_first_and_the_others_stay(running: Trial) -> None:
    told = await asked_after(running, ("UBEN", SAID))
    assert WHY in told
    assert is_first(told, "Software engineering")
    assert "*Data science*" in told
    assert "*Domain*" in told


async def test_the_last_message_with_the_word_in_it_is_the_one_asked_about(running: Trial) -> None:
    told = await asked_after(running, ("UBEN", SAID), ("UANA", "here the vessel is in drift"), ("UBEN", "well, well"))
    assert "Most likely here: domain, from the words around it." in told
    assert is_first(told, "Domain")


async def test_without_the_scope_to_read_the_usual_order_stays(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes.add("channels:history")
    told = await asked_after(running, ("UBEN", SAID))
    assert "Most likely" not in told
    assert is_first(told, "Data science")


async def test_what_is_read_is_kept_nowhere(running: Trial) -> None:
    await asked_after(running, ("UBEN", SAID))
    reader = running.bot.store.reader
    tables = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [str(row) for each in tables for row in reader.all(f"SELECT * FROM {each}")]
    assert any("from the words around it" in each for each in kept)
    assert not any("Terraform" in each for each in kept)


async def test_who_wrote_it_counts_where_their_discipline_is_known(running: Trial) -> None:
    said = ("UBEN", "I saw drift yesterday")
    assert is_first(await asked_after(running, said), "Data science")
    await play(running, "ben in #general: /glossary me software engineering")
    told = await asked_after(running, said)
    assert "Most likely here: software engineering, from who wrote it." in told
    assert is_first(told, "Software engineering")


async def test_most_people_of_a_channel_count_also_for_a_command(running: Trial) -> None:
    chosen = [f"{who} in #general: /glossary me domain" for who in ("dev", "eli")]
    told = await play(running, *chosen, "ben in #general: /define drift")
    assert "Most likely here: domain, from who is in this channel." in told
    assert is_first(told, "Domain")
    assert is_first(await play(running, "ben in #churn-model: /define drift"), "Data science")


async def test_who_has_chosen_for_themselves_is_told_no_reason(running: Trial) -> None:
    chosen = [f"{who} in #general: /glossary me domain" for who in ("dev", "eli")]
    told = await play(running, *chosen, "ben in #general: /glossary me product", "ben in #general: /define model")
    assert is_first(told, "Product")
    assert "Most likely" not in told


async def test_explain_marks_what_means_different_things_to_the_people_there_first(running: Trial) -> None:
    chosen = ["ben in #general: /glossary me software engineering", "eli in #general: /glossary me domain"]
    said = "ana in #general: The model has recall and drift"
    told = await play(running, *chosen, said, 'dev uses "Explain the words" on "The model has"')
    marked = [line.strip("| ") for line in told.splitlines() if "means different things here" in line]
    assert marked == ["*model* · means different things here", "*drift* · means different things here"]
    assert told.index("*drift*") < told.index("*recall*")
    assert "The most likely definition stands first, from the message and who wrote it." in told


async def test_explain_marks_nothing_where_nobody_is_known_to_differ(running: Trial) -> None:
    told = await play(running, "ana in #random: so model drift", 'ben uses "Explain the words" on "so model drift"')
    assert "*drift*" in told
    assert "different things" not in told


async def test_what_helped_people_of_the_channel_before_comes_first(running: Trial) -> None:
    for who in ("ana", "ben"):
        await play(running, f"{who} in #general: /define drift in domain", f'{who} presses "Helpful"')
    told = await play(running, "eli in #general: /define drift")
    assert "Most likely here: domain, which helped people here before." in told
    assert is_first(told, "Domain")
    assert "which helped people here" not in await play(running, "dev to the bot: define drift")


async def test_what_helps_people_counts_at_once_for_a_word_that_was_asked_for_before(running: Trial) -> None:
    before = await play(running, "eli in #general: /define drift")
    assert "Most likely" not in before
    for who in ("ana", "ben"):
        await play(running, f"{who} in #general: /define drift in domain", f'{who} presses "Helpful"')
    assert "Most likely here: domain" in await play(running, "eli in #general: /define drift")


async def test_what_helped_one_person_alone_changes_nothing(running: Trial) -> None:
    await play(running, "ana in #general: /define drift in domain", 'ana presses "Helpful"')
    told = await play(running, "eli in #general: /define drift")
    assert "Most likely" not in told
    assert is_first(told, "Data science")


@pytest.mark.parametrize(
    ("asks", "told", "missed"),
    [("injection?", "*prompt injection*", []), ("budget?", "“budget” isn't defined yet.", ["budget"])],
)
async def test_a_word_that_the_message_above_answers_is_not_counted_as_missed(
    running: Trial, asks: str, told: str, missed: list[str]
) -> None:
    assert told in await asked_after(running, ("UBEN", "A prompt injection, as we had one in spring"), asks=asks)
    counted = running.bot.store.reader.all("SELECT word FROM glossary_misses")
    assert [row["word"] for row in counted] == missed


async def test_a_model_that_regressed_is_not_taken_for_one_that_predicts_numbers(running: Trial) -> None:
    told = await asked_after(running, ("UBEN", "The model regressed last night"), asks="what does regressed mean?")
    assert "*regressed*, from *regression* · 3 definitions" in told
    assert "Most likely here: data science" not in told
