"""A table pasted into a form: what comes of it is shown first, then it is added for those who would see it there."""

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from storage.glossary import glossary
from tests.playing import play
from tests.sent import sent

ROWS = ("KYC (Know Your Customer) | Knowing **who** pays | Ana", "swell | How a ship moves aside", "AML | |")
TABLE = " / ".join(("Term | Definition | Owner", "--- | --- | ---", *ROWS))


async def pasted(running: Trial, who: str, where: str, table: str = TABLE, discipline: str = "domain") -> str:
    """Return what somebody reads above the form that shows what comes of their table."""
    fields = (f'enters "Table": {table}', f'enters "Discipline": {discipline}', "submits")
    told = await play(running, f"{who} in {where}: /glossary import", *(f"{who} {each}" for each in fields))
    return told.rpartition("sees the form “Add from a table”:")[2]


def words(running: Trial, visibility: str) -> dict[str, str]:
    """The words that somebody wrote, with their states."""
    found = glossary.all_senses(running.bot.store.reader, "T0LOCAL", with_private=True)
    return {each.word: each.status for each in found if each.visibility == visibility and each.created_by}


async def test_a_table_is_shown_before_it_is_added_and_whoever_approves_drafts_hears_once(running: Trial) -> None:
    told = await pasted(running, "ana", "#general")
    assert "*Press Save to add 2 definitions.*" in told
    assert "KYC (domain): Knowing who pays" in told
    assert "Line 3, not kept: formatting, owner Ana" in told
    assert "Line 5, left out: it has no definition" in told
    assert words(running, WORKSPACE) == {}
    told = await play(running, "ana submits", "ana closes")
    assert "Added 2 definitions. They stay drafts until a steward approves them." in told
    assert words(running, WORKSPACE) == {"KYC": "draft", "swell": "draft"}
    assert [(to, "added 2 drafts for domain. Please approve." in text) for to, text in sent(running)] == [
        ("UCHLOE", True)
    ]
    assert "Knowing who pays" in await play(running, "ben in #general: /define know your customer")


async def test_what_a_steward_pastes_is_in_use_at_once_and_answers_whoever_asked(running: Trial) -> None:
    await play(running, "eli in #general: /define KYC", 'eli presses "Ask the team"')
    before = len(sent(running))
    await pasted(running, "chloe", "#general")
    told = await play(running, "chloe submits", "chloe closes")
    assert "Added 2 definitions." in told
    assert words(running, WORKSPACE) == {"KYC": "approved", "swell": "approved"}
    assert [(to, "“KYC” is defined now" in text) for to, text in sent(running)[before:] if to != "UCHLOE"] == [
        ("UELI", True)
    ]


async def test_what_is_there_already_stays_and_a_second_table_is_shown_again(running: Trial) -> None:
    await pasted(running, "chloe", "#general")
    await play(running, "chloe submits", "chloe closes")
    told = await pasted(running, "chloe", "#general", "word;definition / KYC;Another one / tug;A boat")
    assert "*Press Save to add 1 definition.*" in told
    assert "Already defined otherwise, and left as it is: KYC" in told
    told = await play(running, 'chloe enters "Table": word,definition / pier,Where ships lie', "chloe submits")
    assert "pier (domain): Where ships lie" in told
    assert "tug" not in words(running, WORKSPACE)
    await play(running, "chloe submits", "chloe closes")
    assert set(words(running, WORKSPACE)) == {"KYC", "swell", "pier"}
    told = await pasted(running, "chloe", "#general", "word,definition / pier,Where ships lie")
    assert "*There's nothing to add.*" in told
    assert "Already in the glossary: 1 definition" in told


async def test_a_table_of_a_private_channel_is_that_channels(running: Trial) -> None:
    await pasted(running, "ana", "#secret-launch", "word,definition,visibility / falcon,The launch,workspace")
    await play(running, "ana submits", "ana closes")
    assert (words(running, "CSECRETLAUNCH"), words(running, WORKSPACE)) == ({"falcon": "draft"}, {})
    assert "isn't defined yet" in await play(running, "ben in #general: /define falcon")
    assert [to for to, text in sent(running) if "falcon" in text or "launch" in text] == []


async def test_what_no_form_gives_is_not_taken_from_a_table(running: Trial) -> None:
    told = await pasted(running, "ana", "#general", "word,definition,steward,category / tug,A boat,UANA,Harbours")
    assert "tug (domain): A boat" in told
    assert "Line 2, not kept: the group harbours" in told
    await play(running, "ana submits")
    (tug,) = glossary.senses_named(running.bot.store.reader, "T0LOCAL", "tug", [WORKSPACE])
    assert (tug.steward, tug.status) == ("", "draft")


async def test_a_definition_that_says_the_same_as_another_is_left_out_with_its_reason(running: Trial) -> None:
    told = await pasted(running, "chloe", "#general", "word,definition / gybe,A boat / tug,A boat")
    assert "*Press Save to add 2 definitions.*" in told
    await play(running, "chloe submits", "chloe closes")
    same = "word,definition / gybe,A boat / pier,A wall"
    await pasted(running, "chloe", "#general", same, "product")
    told = await play(running, "chloe submits", "chloe closes")
    assert "“gybe” is left out: That's word for word the definition of domain." in told


async def test_what_is_no_table_is_refused_at_its_field_and_a_mention_says_what_to_type(running: Trial) -> None:
    told = await pasted(running, "ana", "#general", "just some text")
    assert "! The first line should name the columns, such as: word, definition." in told
    told = await pasted(running, "ana", "#general", 'word,definition / "tug,A boat')
    assert "! The file can't be read as CSV" in told
    told = await play(running, "ana in #general: @Common Ground glossary import")
    assert "Type `/glossary import` to paste a table of words." in told
