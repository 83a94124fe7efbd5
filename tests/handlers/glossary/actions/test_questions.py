"""Questions that nobody has answered: where their answers go, who hears, and who learns nothing of who asked."""

import asyncio

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.glossary.messages.questions import key_of
from handlers.glossary.service import questions as service
from storage.glossary import questions
from storage.glossary.questions import Question
from storage.workspaces.workspaces import Steward, choose_settings
from tests.playing import play
from tests.sent import sent
from tests.writing import write

TEAM = "T0LOCAL"
ASKS = 'presses "Ask the team"'
OPENLY = ("ana in #general: @Common Ground what is a berth window?", f"ana {ASKS}")
PRIVATELY = ("dev in #general: /define berth windows", f"dev {ASKS}")
ANSWER = "“berth window” is defined now for product: A time to land"
NAMES = ("@Ana", "@Dev", "UANA", "UDEV", "Ana Ruiz", "Dev Patel")


async def define(trial: Trial, word: str = "berth window", where: str = "#general") -> list[tuple[str, str]]:
    """Let Chloe define a word; return all that is sent because of it."""
    before = len(sent(trial))
    entered = ('chloe enters "Discipline": product', 'chloe enters "Definition in one line": A time to land')
    await play(trial, f"chloe in {where}: /glossary add {word}", *entered, "chloe submits", "chloe closes")
    return [(to, text) for to, text in sent(trial)[before:] if "defined this." not in text]


async def choose(trial: Trial, *stewards: tuple[str, str]) -> None:
    listed = [Steward(discipline=discipline, user_id=who) for discipline, who in stewards]
    await write(trial.bot.store, choose_settings, TEAM, ("product", "data science"), "", listed)


def unanswered(trial: Trial) -> list[Question]:
    return questions.unanswered(trial.bot.store.reader, TEAM, ["workspace"])


def asked(trial: Trial) -> list[tuple[str, str]]:
    return [(to, text) for to, text in sent(trial) if "What does" in text and "passed this on." not in text]


async def test_the_answer_comes_once_into_the_thread_and_privately_to_who_asked_by_command(running: Trial) -> None:
    await play(running, *OPENLY, 'eli presses "Ask the team"', *PRIVATELY)
    assert [(each.word, each.times) for each in unanswered(running)] == [("berth window", 3)]
    told = await define(running)
    assert [to for to, _ in told] == ["CGENERAL", "UDEV"]
    assert all(ANSWER in text for _, text in told)
    assert not any(name in text for _, text in [*told, *asked(running)] for name in NAMES)
    (answer,) = [each for each in running.slack.workspace.channels["CGENERAL"].messages.values() if ANSWER in each.text]
    assert answer.thread_ts


async def test_where_the_bot_has_left_the_channel_the_answer_comes_privately(running: Trial) -> None:
    await play(running, *OPENLY)
    running.slack.workspace.channels["CGENERAL"].members.discard(running.slack.workspace.bot.id)
    await play(running, "wait 10 minutes")
    told = await define(running, where="#random")
    assert [(to, ANSWER in text) for to, text in told] == [("UANA", True)]


async def test_where_the_whole_thread_is_gone_the_answer_comes_privately(running: Trial) -> None:
    await play(running, *OPENLY)
    running.slack.workspace.channels["CGENERAL"].messages.clear()
    running.slack.workspace.replies.clear()
    told = await define(running, where="#random")
    assert [(to, ANSWER in text) for to, text in told] == [("UANA", True)]


async def test_a_thread_whose_first_message_was_deleted_goes_on(running: Trial) -> None:
    await play(running, *OPENLY, 'ana deletes "what is a berth window?"')
    assert [to for to, _ in await define(running)] == ["CGENERAL"]


async def test_where_guests_have_joined_since_the_answer_comes_privately(running: Trial) -> None:
    await play(running, *OPENLY)
    running.slack.workspace.channels["CGENERAL"].members.add("UGUS")
    await play(running, "wait 10 minutes")
    told = await define(running, where="#random")
    assert [(to, ANSWER in text) for to, text in told] == [("UANA", True)]


async def test_two_who_ask_at_once_in_other_words_are_one_question_to_one_steward(running: Trial) -> None:
    await play(running, "ana in #general: /define berth window", "dev in #general: /define window of the berth")
    await asyncio.gather(running.do(f"ana {ASKS}"), running.do(f"dev {ASKS}"))
    assert [each.times for each in unanswered(running)] == [2]
    assert len(asked(running)) == 1


async def test_a_slip_of_the_hand_is_offered_the_question_and_joins_none_unasked(running: Trial) -> None:
    await play(running, *PRIVATELY, "eli in #general: /define berth widow")
    offered = await play(running, f"eli {ASKS}")
    assert "“berth widow” isn't defined. “berth windows” was asked already. Is it that?" in offered
    assert [each.word for each in unanswered(running) if each.state == "open"] == ["berth windows"]
    await play(running, 'eli presses "No, ask"')
    assert [each.word for each in unanswered(running) if each.state == "open"] == ["berth widow", "berth windows"]


async def test_who_defined_a_near_word_is_asked_and_passes_it_on_to_the_next(running: Trial) -> None:
    await choose(running, ("data science", "UELI"), ("product", "UBEN"))
    entered = ('ben enters "Discipline": product', 'ben enters "Definition in one line": A place', "ben submits")
    await play(running, "ben in #general: /glossary add berth", *entered, "ben closes")
    await play(running, *PRIVATELY)
    ((to, text),) = asked(running)
    assert (to, "You defined “berth”." in text) == ("UBEN", True)
    told = await play(running, 'ben presses "I don\'t know"')
    assert "You passed this on." in told
    assert "Thanks. I've asked somebody else." in told
    assert [to for to, _ in asked(running)] == ["UCHLOE"]
    assert unanswered(running)[0].owner == "UCHLOE"
    assert not any(name in text for _, text in asked(running) for name in NAMES)


async def test_who_does_not_have_a_question_any_more_passes_nothing_on(running: Trial) -> None:
    await choose(running, ("product", "UBEN"))
    await play(running, *PRIVATELY, 'chloe presses "I don\'t know"')
    (question,) = unanswered(running)
    assert (question.owner, question.passed) == ("UBEN", ("UCHLOE",))
    facts = Facts("UCHLOE", running.bot.clock.now(), visible=("workspace",), is_admin=True)
    outcome = await write(running.bot.store, service.pass_on, TEAM, key_of(question), [], facts)
    assert outcome == Refused("Somebody else has “berth windows” now.")
    assert unanswered(running) == [question]


async def test_the_words_of_the_thread_point_to_who_looks_after_them(running: Trial) -> None:
    await choose(running, ("product", "UBEN"), ("data science", "UELI"))
    await play(running, "ana in #general: overfitting again since the last berth window")
    await play(running, "ana in thread: @Common Ground what is a berth window?", f"ana {ASKS}")
    ((to, text),) = asked(running)
    assert (to, "Words like it come up in data science, which you look after." in text) == ("UELI", True)


async def test_a_steward_who_has_left_is_not_asked(running: Trial) -> None:
    await choose(running, ("product", "UBEN"))
    running.slack.people.change(running.slack.workspace.users["UBEN"], deleted=True)
    await running.quiet()
    await play(running, *PRIVATELY)
    assert [to for to, _ in asked(running)] == ["UCHLOE"]


async def test_who_answered_there_before_is_asked_first(running: Trial) -> None:
    await choose(running, ("product", "UBEN"), ("data science", "UELI"))
    await play(running, "ana in #general: /define laytime", f"ana {ASKS}")
    entered = ('eli enters "Discipline": data science', 'eli enters "Definition in one line": Time', "eli submits")
    await play(running, "eli in #general: /glossary add laytime", *entered, "eli closes", *PRIVATELY)
    to, text = asked(running)[-1]
    assert (to, "You answered “laytime” there before." in text) == ("UELI", True)


async def test_a_question_of_a_private_channel_is_answered_in_its_thread_alone(running: Trial) -> None:
    await play(running, "ana in #secret-launch: @Common Ground what is a berth window?", f"ana {ASKS}")
    assert [to for to, _ in asked(running)] == ["UCHLOE"]
    told = await define(running, where="#secret-launch")
    assert [(to, ANSWER in text) for to, text in told] == [("CSECRETLAUNCH", True)]


async def test_who_has_left_a_private_channel_hears_nothing_of_its_questions(running: Trial) -> None:
    await play(running, "ana in #secret-launch: /define berth window", f"ana {ASKS}", "ana leaves #secret-launch")
    await play(running, "wait 8 days")
    assert await define(running, where="#secret-launch") == []
    assert [text for to, text in sent(running) if to == "UANA"] == []


async def test_a_sentence_is_filed_by_nobody(running: Trial) -> None:
    told = await play(running, "ana in #general: /define zorb quux plugh xyzzy fnord blorp grault")
    assert "Ask the team" not in told
    assert "ask for one term of it" in told
    assert unanswered(running) == []


async def test_whoever_asked_hears_once_after_a_week_and_no_more_once_it_is_answered(running: Trial) -> None:
    await choose(running, ("product", "UBEN"))
    await play(running, *OPENLY, *PRIVATELY, "wait 6 days")
    assert [to for to, text in sent(running) if "still isn't defined" in text] == []
    await play(running, "wait 2 days", "wait 9 days")
    told = [(to, text) for to, text in sent(running) if "still isn't defined" in text]
    assert [to for to, _ in told] == ["UANA", "UDEV"]
    assert not any(name in text for _, text in told for name in NAMES)
    await play(running, "eli in #general: /define tug window", f"eli {ASKS}", "wait 5 days")
    await define(running, "tug window")
    await play(running, "wait 9 days")
    assert [to for to, text in sent(running) if "still isn't defined" in text] == ["UANA", "UDEV"]
