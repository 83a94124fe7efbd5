"""How meanings are looked after: drafts, opinions, disputes, replacements, verification, and the list to review."""

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import Message
from bot.trial.run import Trial
from handlers.slack import blocks
from storage.engine.interface import Transaction, to_text
from storage.glossary import changes, glossary
from storage.glossary.changes import Change
from storage.glossary.glossary import NewSense, Sense
from storage.workspaces.workspaces import Steward, choose_settings
from tests.writing import write

DISCIPLINES = ("data science", "software engineering", "product")


async def play(trial: Trial, *lines: str) -> str:
    return "\n".join([line for each in lines for line in await trial.do(each)])


@pytest.fixture
async def trial(running: Trial) -> Trial:
    """Ben is the steward of software engineering; Chloe is an admin."""
    stewards = [Steward(discipline="software engineering", user_id="UBEN")]
    await write(running.bot.store, choose_settings, running.bot.identity.team_id, DISCIPLINES, "", stewards)
    new = NewSense(word="berth", discipline="software engineering", gloss="A slot in the scheduler")
    await write(
        running.bot.store,
        changes.add_senses,
        running.bot.identity.team_id,
        [new],
        running.bot.clock.now(),
        "UDEV",
    )
    return running


async def draft(trial: Trial, who: str = "dev", word: str = "tug", gloss: str = "A helper process") -> None:
    await play(
        trial,
        f"{who} in #general: /glossary add {word}",
        f'{who} enters "Discipline": software engineering',
        f'{who} enters "Definition in one line": {gloss}',
        f"{who} submits",
        f"{who} closes",
    )


async def test_a_draft_is_shown_as_one_and_declined_with_a_reason(trial: Trial) -> None:
    await draft(trial)
    assert "*Software engineering* (draft, not approved yet)" in await play(trial, "ana in #general: /define tug")
    told = await play(
        trial, 'ben presses "Decline"', 'ben enters "Why?": We call that a worker.', "ben submits", "ben closes"
    )
    assert "“tug” (software engineering) now shows as no longer used." in told
    assert "@Ben Okafor declined your definition of “tug”" in told
    assert "(no longer used)" in await play(trial, "ana in #general: /define tug")


async def test_two_stewards_pressing_at_once_approve_once(trial: Trial) -> None:
    await draft(trial)
    ben = trial.slack.workspace.direct_channel("UBEN")
    first = next(iter(ben.messages.values()))
    value = first.blocks[-1]["elements"][0]["value"]
    told = await play(trial, 'ben presses "Approve"')
    assert "You approved this." in told
    assert "[Approve]" not in told
    first.blocks = [blocks.buttons([blocks.button("Approve", "glossary_approve", value)]) | {"block_id": "again"}]
    told = await play(trial, 'ben presses "Approve"')
    assert "It has changed since you were asked. Now it reads:" in told
    (sense,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "tug", ["workspace"])
    assert (sense.status, sense.version) == ("approved", 2)


async def test_only_stewards_and_admins_settle(trial: Trial) -> None:
    await draft(trial)
    told = await play(trial, "ana in #general: /glossary edit tug", 'ana presses "Edit (software engineering)"')
    assert "Only a steward of software engineering or an admin can do that." in told
    told = await play(trial, "dev in #general: /glossary edit tug", 'dev presses "Edit (software engineering)"')
    assert "Dev Patel sees the form “Edit a definition”:" in told


async def test_an_edit_writes_a_version_and_says_what_it_meant_on_a_date(trial: Trial) -> None:
    await play(
        trial, "wait 1 days", "ben in #general: /glossary edit berth", 'ben presses "Edit (software engineering)"'
    )
    told = await play(
        trial,
        'ben enters "Definition in one line": A time slot at a quay',
        'ben enters "Related words": related: tug',
        'ben enters "Source": Port handbook',
        'ben enters "Link of the source": https://example.org/handbook',
        'ben enters "Licence of the source": CC BY 4.0',
        'ben enters "Say this instead": time slot',
        'ben enters "Steward of this definition": eli',
        "ben submits",
        "ben closes",
        "ana in #general: /define berth",
    )
    assert "A time slot at a quay" in told
    told += await play(trial, 'ana presses "More detail"')
    for line in (
        "Say instead: *time slot*",
        "Say instead: time slot",
        "Related: tug",
        "Source: Port handbook (CC BY 4.0)",
    ):
        assert line in told
    told = await play(trial, "ana in #general: /glossary history berth 2026-01-05")
    assert "*berth* as of yesterday:" in told
    assert "A slot in the scheduler" in told
    assert "“berth” wasn't defined by" in await play(trial, "ana in #general: /glossary history berth 2025-01-05")
    assert "Ben Okafor changed the definition for software engineering: A time slot at a quay" in await play(
        trial, "ana in #general: /define berth", 'ana presses "History"'
    )


async def test_two_people_editing_at_once_lose_nothing(trial: Trial) -> None:
    for who in ("ben", "chloe"):
        await play(trial, f"{who} in #general: /glossary edit berth", f'{who} presses "Edit (software engineering)"')
        await play(trial, f'{who} enters "Definition in one line": What {who} means')
    assert "Everybody can see it." in await play(trial, "ben submits")
    told = await play(trial, "chloe submits")
    assert "! Somebody changed this while you were writing. Copy your text, close this form and start again." in told
    (sense,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "berth", ["workspace"])
    assert (sense.gloss, sense.version) == ("What ben means", 2)


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("gus", "! Gus Lindt is a guest or a bot here, or has left."),
        ("common-ground", "! Common Ground is a guest or a bot"),
    ],
)
async def test_a_steward_is_a_member(trial: Trial, person: str, told: str) -> None:
    await play(trial, "ben in #general: /glossary edit berth", 'ben presses "Edit (software engineering)"')
    assert told in await play(trial, f'ben enters "Steward of this definition": {person}', "ben submits")


async def test_what_resembles_a_new_meaning_is_shown_first(trial: Trial) -> None:
    told = await play(
        trial,
        "ben in #general: /glossary add mooring",
        'ben enters "Discipline": software engineering',
        'ben enters "Definition in one line": A slot in a scheduler',
        "ben submits",
    )
    assert "Already in the glossary. If yours is different, press Save again:" in told
    assert "berth, software engineering: *A slot in the scheduler" in told
    assert "Word: [mooring]" in told
    assert "Saved “mooring” for software engineering." in await play(trial, "ben submits")


MOORING = (
    "{who} in #general: /glossary add mooring",
    '{who} enters "Discipline": software engineering',
    '{who} enters "Definition in one line": A slot in a scheduler',
    "{who} submits",
)


async def test_the_same_by_another_name_becomes_a_name_of_it(trial: Trial) -> None:
    told = await play(trial, *(line.format(who="ben") for line in MOORING))
    assert "Same as berth?: [A different definition]\n      Both say “slot” and “scheduler”." in told
    told = await play(trial, 'ben enters "Same as berth?": Another name for berth', "ben submits", "ben closes")
    assert "Saved “berth” for software engineering." in told
    (sense,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "mooring", ["workspace"])
    assert (sense.word, sense.aliases) == ("berth", ("mooring",))


async def test_who_may_not_edit_it_is_shown_it_alone(trial: Trial) -> None:
    told = await play(trial, *(line.format(who="eli") for line in MOORING))
    assert "berth, software engineering: *A slot in the scheduler" in told
    assert "Same as" not in told
    assert "Saved “mooring”" in await play(trial, "eli submits")


async def test_a_word_of_a_private_channel_is_no_name_of_a_definition_that_all_can_see(trial: Trial) -> None:
    lines = [line.format(who="chloe").replace("#general", "#secret-launch") for line in MOORING]
    told = await play(trial, *lines)
    assert "berth, software engineering: *A slot in the scheduler" in told
    assert "Same as" not in told


async def test_more_fields_keep_what_was_typed(trial: Trial) -> None:
    told = await play(trial, "ben in #general: /glossary add mooring", 'ben presses "More fields"')
    assert "Common misspellings (optional)" in told
    assert "Word: [mooring]" in told


async def test_three_people_who_find_it_not_clear_put_it_on_the_list(trial: Trial) -> None:
    for who in ("ana", "dev", "eli"):
        assert "Nothing to review" in await play(trial, "ben in #general: /glossary review")
        told = await play(
            trial,
            f"{who} in #general: /define berth",
            f'{who} presses "Not clear"',
            f'{who} enters "What isn\'t clear?": which scheduler, says {who}',
            f"{who} submits",
            f"{who} closes",
        )
        assert "Thanks, that helps whoever looks after this word." in told
    told = await play(trial, "ben in #general: /glossary review")
    assert "Not clear to 3 people." in told
    assert "“which scheduler, says dev”" in told
    await play(trial, 'ben presses "Still right"')
    assert "Approved by Ben Okafor, today." in await play(trial, "ana in #general: /define berth")
    assert "Nothing to review" in await play(trial, "ben in #general: /glossary review")


async def test_a_word_often_asked_for_and_never_verified_is_reviewed(trial: Trial) -> None:
    for _ in range(20):
        await play(trial, "ana in #general: /define berth")
    await trial.bot.tick()
    told = await play(trial, "ben in #general: /glossary review")
    assert "Looked up 20 times, never reviewed." in told


async def test_a_steward_who_left_is_found(trial: Trial) -> None:
    await play(trial, "ben in #general: /glossary edit berth", 'ben presses "Edit (software engineering)"')
    await play(trial, 'ben enters "Steward of this definition": eli', "ben submits", "ben closes")
    assert "Nothing to review" in await play(trial, "ben in #general: /glossary review")
    trial.slack.workspace.users["UELI"].deleted = True
    await play(trial, "wait 11 minutes")
    assert "Its steward has left." in await play(trial, "chloe in #general: /glossary review")


async def test_helpful_is_counted_once_a_person(trial: Trial) -> None:
    from storage.glossary.opinions import heard  # noqa: PLC0415

    for _ in range(2):
        await play(trial, "ana in #general: /define berth", 'ana presses "Helpful"')
    (sense,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "berth", ["workspace"])
    assert heard(trial.bot.store.reader, sense).helpful == 1


async def test_a_deprecated_meaning_names_its_replacement_and_stands_last(trial: Trial) -> None:
    await draft(trial, "ben")
    lines = ("ana in #general: /define berth", 'ana presses "Not what we mean"')
    await play(trial, *lines, 'ana enters "What do you mean instead?": A quay', "ana submits", "ana closes")
    told = await play(
        trial,
        'ben presses "No longer used"',
        'ben enters "Why?": Too many meanings',
        'ben enters "Word to use instead": zugzwang',
        "ben submits",
    )
    assert "! “zugzwang” isn't in the glossary. Name a word that is, or leave this empty." in told
    told = await play(trial, 'ben enters "Word to use instead": tug', "ben submits", "ben closes")
    assert "Say “tug” instead." in told
    assert "@Ben Okafor retired the definition of “berth” (software engineering) that you disputed." in told
    assert "Say instead: *tug*" in await play(trial, "ana in #general: /define berth")


async def test_a_question_is_merged_into_a_word_or_turned_down(trial: Trial) -> None:
    for word in ("alpha slot", "fnord"):
        await play(trial, f"ana in #general: /define {word}", 'ana presses "Ask the team"')
    assert "Only stewards and admins can do that." in await play(
        trial, "dev in #general: /glossary unanswered", 'dev presses "Not a glossary word"'
    )
    await play(trial, "ben in #general: /glossary unanswered", 'ben presses "Same as another word"')
    told = await play(trial, 'ben enters "Same as which word?": zugzwang', "ben submits")
    assert "! “zugzwang” isn't in the glossary. Name a word that is." in told
    told = await play(trial, 'ben enters "Same as which word?": berth', "ben submits", "ben closes")
    assert "now leads to “berth”. I've told everybody who asked." in told
    told += await play(trial, "ben in #general: /glossary unanswered", 'ben presses "Not a glossary word"')
    assert "Every word people asked for" not in told
    assert "“alpha slot” is defined now for software engineering: A slot in the scheduler" in told
    assert "“fnord” won't be defined" in told
    assert "Every word people asked for is defined." in await play(trial, "ben in #general: /glossary unanswered")


async def test_without_stewards_admins_are_asked(running: Trial) -> None:
    told = await play(running, "ana in #general: /define fnord", 'ana presses "Ask the team"')
    assert "Common Ground and Chloe Martin" in told
    assert "Ana" not in told.partition("Common Ground and Chloe Martin")[2]


async def test_a_channel_and_a_person_choose_what_comes_first(running: Trial) -> None:
    assert "“law” isn't a discipline here." in await play(running, "ana in #general: /glossary here law")
    assert "Which discipline?" in await play(running, "ana in #general: /glossary me")
    await play(running, "ana in #general: /glossary here domain", "ana in #general: /glossary me product")
    told = await play(running, "ana in #general: /define bias")
    order = [told.index(f"*{name}*") for name in ("Product", "Domain", "Data science", "Software engineering")]
    assert order == sorted(order)


async def test_the_glossary_command_says_what_it_can_do(running: Trial) -> None:
    told = await play(running, "ana in #general: /glossary", "ana in #general: /glossary history")
    assert "`/glossary unanswered`: words that aren't defined yet" in told
    assert "Which word? For example `history drift`" in told
    assert "Which format? csv, yaml, json, openmetadata, openmetadata-1, datahub, skos, skos-jsonld." in await play(
        running, "chloe in #general: /glossary export pdf"
    )
    assert "Ready to define “berth”:" in await play(running, "ana in #general: @Common Ground glossary add berth")
    assert "Ana Ruiz sees the form “Add a definition”" in await play(running, 'ana presses "Add a definition"')


async def test_old_buttons_of_stewards_say_why_they_do_nothing_more(trial: Trial) -> None:
    await draft(trial)
    ben = trial.slack.workspace.direct_channel("UBEN")
    first = next(iter(ben.messages.values()))
    buttons = {each["text"]["text"]: each["value"] for each in first.blocks[-1]["elements"]}
    names = (
        ("Keep", "glossary_keep", "Approve"),
        ("Verify", "glossary_verify", "Approve"),
        ("Old", "glossary_deprecate", "Edit"),
    )
    shown = [blocks.button(label, action_id, buttons[value]) for label, action_id, value in names]
    again = blocks.button("Unasked", "glossary_merge", "workspace fnord")
    other = blocks.button("Turned down", "glossary_no_word", "workspace fnord")
    first.blocks = [blocks.buttons([*shown, again, other]) | {"block_id": "again"}]
    said = Message("9.9", "U0BOT", "x", first.blocks, bot_id="B0BOT")
    trial.slack.workspace.keep(trial.slack.workspace.channels["CGENERAL"], said)
    for label in ("Keep", "Verify", "Old"):
        assert "Only a steward of software engineering" in await play(trial, f'dev presses "{label}"')
    for label in ("Unasked", "Turned down"):
        assert "“fnord” has been answered or taken off the list already." in await play(trial, f'dev presses "{label}"')
    first.blocks, kept = [blocks.buttons([*shown]) | {"block_id": "again"}], first.blocks
    await play(trial, 'ben presses "Keep"')
    first.blocks = kept
    assert "It has changed since you were asked." in await play(trial, 'ben presses "Verify"')

    def forget(transaction: Transaction) -> None:
        transaction.run("DELETE FROM sense_names WHERE look_up_key IN ('tug', 'berth')")
        transaction.run("DELETE FROM senses WHERE look_up_key IN ('tug', 'berth')")
        transaction.run("UPDATE workspaces SET glossary_revision = glossary_revision + 1")

    await play(trial, "ana in #general: /define berth", 'ana presses "Not what we mean"')
    await trial.bot.store.write(forget)
    told = await play(trial, 'ana enters "What do you mean instead?": A quay', "ana submits", "ana closes")
    assert "That definition is gone" in told
    trial.bot.boundary.forget_settings()
    told = await play(trial, "ana in #general: /define bias", 'ana presses "History"')
    assert "Common Ground imported the definition for" in told


async def test_where_slack_does_not_name_the_admins_a_question_waits_in_the_list(running: Trial) -> None:
    running.slack.faults.arm("users.list", Fault("server_error"))
    told = await play(running, "ana in #general: /define fnord", 'ana presses "Ask the team"')
    assert "Asked: “fnord”. I'll let you know when it's defined." in told
    assert "*fnord*  asked once, answer due Jan 12, 2026" in await play(
        running, "dev in #general: /glossary unanswered"
    )


async def give_berth_to_dev(trial: Trial) -> Sense:
    (berth,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "berth", ["workspace"])

    def settle(transaction: Transaction) -> None:
        change = Change(what="changed", by="UBEN", at=to_text(trial.bot.clock.now()))
        changes.change_sense(transaction, berth, {"steward": "UDEV", "verified_on": "2026-01-04"}, change)

    await trial.bot.store.write(settle)
    return berth


async def test_a_meanings_own_steward_settles_it_and_edits_it_without_approval(trial: Trial) -> None:
    await give_berth_to_dev(trial)
    told = await play(
        trial,
        "ana in #general: /define berth",
        'ana presses "Not what we mean"',
        'ana enters "What do you mean instead?": a place in port',
        "ana submits",
        "ana closes",
    )
    assert "Common Ground and Dev Patel" in told
    assert "You kept this." in await play(trial, 'dev presses "Keep as it is"')
    edits = ['dev presses "Edit (software engineering)"', 'dev enters "Definition in one line": A slot of an hour']
    await play(trial, "dev in #general: /glossary edit berth", *edits, "dev submits", "dev closes")
    (sense,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "berth", ["workspace"])
    assert (sense.gloss, sense.status) == ("A slot of an hour", "approved")
    assert not sense.verified_on


async def test_a_writer_is_no_steward_of_their_own_draft_and_gives_no_meaning_away(trial: Trial) -> None:
    mine = NewSense(word="tug", discipline="product", gloss="A nudge by post", status="draft", steward="UDEV")
    await write(trial.bot.store, changes.add_senses, "T0LOCAL", [mine], trial.bot.clock.now(), "UDEV")
    assert "Only stewards and admins review definitions." in await play(trial, "dev in #general: /glossary review")
    await give_berth_to_dev(trial)
    told = await play(
        trial,
        "dev in #general: /glossary edit berth",
        'dev presses "Edit (software engineering)"',
        'dev enters "Discipline": product',
        "dev submits",
    )
    assert "Only a steward of product or an admin can move it there." in told


async def test_a_form_that_was_open_while_rights_were_lost_writes_nothing(trial: Trial) -> None:
    edits = ['ben presses "Edit (software engineering)"', 'ben enters "Definition in one line": Late']
    await play(trial, "ben in #general: /glossary edit berth", *edits)
    await write(trial.bot.store, choose_settings, "T0LOCAL", DISCIPLINES, "", [])
    assert "Only a steward of software engineering or an admin can do that." in await play(trial, "ben submits")
    (sense,) = glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "berth", ["workspace"])
    assert sense.version == 1


async def test_a_meaning_changed_meanwhile_is_not_deprecated(trial: Trial) -> None:
    await draft(trial)
    await play(trial, 'ben presses "Decline"', 'ben enters "Why?": No.')
    await play(trial, "chloe in #general: /glossary review", 'chloe presses "Approve"')
    assert "Somebody changed this while you were writing." in await play(trial, "ben submits")
    assert "no longer used" not in await play(trial, "ana in #general: /define tug")
    await play(trial, "ben closes", "chloe in #general: /glossary review", 'chloe presses "No longer used"')
    await play(trial, 'chloe enters "Why?": No.', "chloe submits", "chloe closes")
    assert "no longer used" in await play(trial, "ana in #general: /define tug")


async def test_approving_from_the_list_leaves_the_list(trial: Trial) -> None:
    await draft(trial)
    await draft(trial, word="buoy", gloss="A marker")
    await play(trial, "ben in #general: /glossary review")
    await play(trial, 'ben presses "Approve"')
    assert "“No longer used”" in await play(trial, 'ben presses "No longer used"')


async def test_what_is_no_longer_used_comes_back_only_when_its_steward_says_so(trial: Trial) -> None:
    await draft(trial)
    await play(trial, 'ben presses "Decline"', 'ben enters "Why?": No.', "ben submits", "ben closes")
    assert "no longer used" in await play(trial, "ana in #general: /define tug")
    told = await play(trial, "ben in #general: /glossary edit tug", 'ben presses "Edit (software engineering)"')
    assert "This definition is no longer used. Saving brings it back." in told
    await play(trial, "ben submits")
    assert "no longer used" not in await play(trial, "ana in #general: /define tug")


async def test_drafts_go_to_admins_when_the_steward_has_left(trial: Trial) -> None:
    trial.slack.workspace.users["UBEN"].deleted = True
    await draft(trial)
    assert trial.slack.workspace.direct_channel("UCHLOE").messages


async def test_a_meaning_whose_message_was_deleted_is_reviewed(trial: Trial) -> None:
    general = trial.slack.workspace.channels["CGENERAL"]
    await play(trial, "ana in #general: the quay is full again")
    (said,) = [each for each in general.messages.values() if "quay" in each.text]
    await play(
        trial,
        'ben uses "Add to glossary" on "the quay is full"',
        'ben enters "Word": quay',
        'ben enters "Discipline": software engineering',
        'ben enters "Definition in one line": Where jobs wait',
        "ben submits",
        "ben closes",
    )
    assert "Nothing to review" in await play(trial, "ben in #general: /glossary review")
    del general.messages[said.ts]
    await play(trial, "wait 11 minutes")
    told = await play(trial, "ben in #general: /glossary review")
    assert "The message it comes from was deleted." in told
    await play(trial, 'ben presses "Still right"')
    assert "Nothing to review" in await play(trial, "ben in #general: /glossary review")


def let_fields_be_empty(trial: Trial, user_id: str) -> None:
    """Let a form be submitted without what it asks for, as no client of Slack does."""
    view = trial.slack.workspace.open_view(user_id)
    for block in view.blocks if view is not None else []:
        block["optional"] = True


@pytest.mark.parametrize(
    ("opens", "missing"),
    [
        (("ana in #general: /define berth", 'ana presses "Not what we mean"'), 1),
        (("ana in #general: /define bias", 'ana presses "Not what we mean"'), 2),
        (("ana in #general: /define bias", 'ana presses "Not clear"'), 1),
        (("ana in #general: /glossary add",), 3),
    ],
)
async def test_a_form_without_a_field_that_it_should_have_says_so_there(
    trial: Trial, opens: tuple[str, ...], missing: int
) -> None:
    await play(trial, *opens)
    let_fields_be_empty(trial, "UANA")
    assert (await play(trial, "ana submits")).count("! Please fill this in.") == missing


async def test_a_reason_is_part_of_turning_a_meaning_down(trial: Trial) -> None:
    await draft(trial)
    await play(trial, 'ben presses "Decline"')
    let_fields_be_empty(trial, "UBEN")
    assert (await play(trial, "ben submits")).count("! Please fill this in.") == 1
    assert "draft, not approved yet" in await play(trial, "ana in #general: /define tug")
