"""A component retires: who builds on it is asked once, and after its last day nobody is asked for anything of it."""

from datetime import datetime

import pytest

from bot.trial.run import Trial
from handlers.agreements.links import End, Joining, join
from handlers.responsibilities.messages.retirement import RETIREMENT
from storage.engine.interface import to_text
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from tests.handlers.access.secrets import SECRET
from tests.handlers.change_notices.making import a_planner, joined, notices, served
from tests.handlers.requirements.playing import TEAM, a_model
from tests.handlers.requirements.test_privacy import pry
from tests.playing import play
from tests.sent import sent, told
from tests.writing import write

ASKED = "berth model retires Jan 20, 2026."
OPENED = "ana in #general: /owner retire berth model"
LAST_DAY = (OPENED, 'ana enters "Last day": 2026-01-20', "ana submits")
OVERVIEW = "dev in #general: /owner berth model"


def now(trial: Trial, component: Component) -> Component:
    found = responsibilities.component(trial.bot.store.reader, TEAM, component.id)
    assert found is not None
    return found


async def test_whoever_builds_on_it_is_asked_once_and_the_record_says_who_has_not_answered(running: Trial) -> None:
    model = await served(running)
    await a_model(running, "berth model two")
    instead = 'ana enters "What takes its place?": berth model two'
    before = len(sent(running))
    seen = await play(running, LAST_DAY[0], LAST_DAY[1], instead, LAST_DAY[2])
    assert "I've asked @Ben Okafor, @Chloe Martin and @Eli Berg whether that's fine." in seen
    said = f"{ASKED} berth model two takes its place. By @Ana Ruiz.\n    Is what you own affected?"
    assert f"{said} You answer for planner, which builds on it.\n    [Fine] [Needs work] [Blocked]" in seen
    assert sorted(to for to, _ in sent(running)[before:]) == ["UBEN", "UCHLOE", "UELI"]
    await play(running, 'eli presses "Fine"')
    seen = await play(running, OVERVIEW)
    assert f"{ASKED} berth model two takes its place." in seen
    record = "Retirement, Jan 20, 2026, said today: fine for Eli Berg; no answer yet from Ben Okafor, Chloe Martin"
    assert record in seen
    assert now(running, model).retired_at == ""


async def test_what_a_retirement_needs_is_read_by_who_retires_it(running: Trial) -> None:
    await served(running)
    await play(running, *LAST_DAY)
    answer = 'eli enters "What has to be done, and by whom?": we move the planner'
    await play(running, 'eli presses "Needs work"', answer, "eli submits")
    words = "says that the retirement of berth model needs work: we move the planner"
    assert sorted(to for to, text in sent(running) if words in text) == ["UANA", "UCHLOE"]
    preview = await play(running, "wait 1 minute", "chloe in #general: /summary preview")
    assert "berth model: retires Jan 20, 2026, needs work: we move the planner · today" in preview


async def test_after_its_last_day_it_is_shown_as_retired_and_nobody_is_asked_for_anything_of_it(running: Trial) -> None:
    model = await served(running)
    await play(running, *LAST_DAY, "wait 15 days")
    assert now(running, model).retired_at == ""
    await play(running, "wait 1 day")
    assert now(running, model).is_retired
    for words in ("berth model", "berth model monitoring", "map berth model"):
        seen = await play(running, f"dev in #general: /owner {words}")
        assert "*berth model* retired yesterday." in seen
        assert "Its duties have ended." in seen
        assert "[I'll take it]" not in seen
    since = to_text(running.bot.clock.now())
    await play(running, "wait 20 days")
    asked = running.bot.store.reader.all("SELECT body FROM outbox WHERE created_at > :since", since=since)
    assert any("planner" in row["body"] for row in asked)
    assert not any("berth model" in row["body"] for row in asked)


async def test_its_card_says_that_it_retires_and_then_that_it_has(running: Trial) -> None:
    await served(running)
    await play(running, *LAST_DAY)
    card = "dev in #general: /owner card berth model interface"
    assert "*berth model: interface* · retires Jan 20, 2026 · 1 of 9 agreed" in await play(running, card)
    seen = await play(running, "wait 16 days", card)
    assert "*berth model: interface* · retired yesterday · 1 of 9 agreed" in seen


async def test_what_retired_is_once_in_the_summary_and_has_no_launch(running: Trial) -> None:
    await served(running)
    await play(running, *LAST_DAY, "wait 16 days")
    preview = await play(running, "chloe in #general: /summary preview")
    assert "*berth model retired.*" in preview
    assert "Retired\n    • berth model · today" in preview
    assert "berth model: 19 duties" not in preview
    assert "planner: 13 duties" in preview
    seen = await play(running, "chloe in #general: /owner ready berth model")
    assert "berth model retired yesterday. It doesn't launch any more." in seen
    assert "[Go]" not in seen
    preview = await play(running, "wait 8 days", "chloe in #general: /summary preview")
    assert "Retired" not in preview


async def test_the_summary_asks_nobody_about_what_has_retired_or_for_the_sake_of_it(running: Trial) -> None:
    model = await served(running)
    await joined(running, model, await a_planner(running, "tide tables", lead="UDEV"))
    waiting = "no answer yet · Eli Berg{} · "
    await play(running, *LAST_DAY, 'ben presses "Fine"', 'chloe presses "Fine"')
    await play(
        running, "dev in #general: /owner retire tide tables", 'dev enters "Last day": 2026-01-12', "dev submits"
    )
    preview = await play(running, "wait 7 days", "chloe in #general: /summary preview")
    assert waiting.format(", Dev Patel") in preview
    preview = await play(running, "wait 1 day", "chloe in #general: /summary preview")
    assert "Retired\n    • tide tables" in preview
    assert waiting.format("") in preview
    preview = await play(running, "wait 8 days", "chloe in #general: /summary preview")
    assert "Retired\n    • berth model" in preview
    assert "no answer yet" not in preview


async def test_a_version_that_has_retired_is_in_no_summary_any_more(running: Trial) -> None:
    await served(running)
    await play(running, LAST_DAY[0], LAST_DAY[1], 'ana enters "Version": 1.0', "ana submits", "wait 14 days")
    waiting = "berth model: version 1.0 retires tomorrow, no answer yet"
    assert waiting in await play(running, "chloe in #general: /summary preview")
    preview = await play(running, "wait 3 days", "chloe in #general: /summary preview")
    assert "Changes" not in preview
    assert "planner: 13 duties" in preview


async def test_the_map_shows_what_retired_while_something_still_uses_it_and_only_then(running: Trial) -> None:
    model = await served(running)
    await joined(running, await a_planner(running, "quay model", kind="model"), model)
    await play(running, "eli in #general: /owner retire quay model", 'eli enters "Last day": 2026-01-20', "eli submits")
    seen = await play(running, "dev in #general: /owner map berth model")
    assert "retires Tue 20 Jan" in seen
    seen = await play(running, "wait 16 days", "dev in #general: /owner map berth model")
    assert "◆ Integration · quay model serves berth model\n    Retired Tue 20 Jan." in seen
    await play(running, OPENED, 'ana enters "Last day": 2026-01-21', "ana submits", "wait 2 days")
    seen = await play(running, "dev in #general: /owner map")
    assert "berth model serves planner\n    Retired Wed 21 Jan." in seen
    assert "quay model" not in seen


async def test_its_duties_end_so_that_an_old_button_takes_nothing_on(running: Trial) -> None:
    model = await served(running)
    await play(running, OVERVIEW, "dev in #general: /owner berth model deployment")
    await play(running, *LAST_DAY, "wait 16 days")
    refused = await play(running, 'dev presses "I\'ll take it"')
    assert "berth model has retired, so its duties have ended." in refused
    duty = responsibilities.duty(running.bot.store.reader, TEAM, model.id, "deployment")
    assert duty is not None
    assert duty.owner == ""


async def test_another_day_is_said_in_the_same_message_and_after_an_answer_anew(running: Trial) -> None:
    await served(running)
    await play(running, *LAST_DAY)
    before = len(sent(running))
    seen = await play(running, OPENED, 'ana enters "Last day": 2026-01-22', "ana submits")
    assert "berth model retires Jan 22, 2026. By @Ana Ruiz." in seen
    assert ASKED not in seen
    assert len(notices(running)) == 1
    # The message that is there is edited: nobody hears of it twice.
    assert len(told(running, "UELI", "retires")) == 2
    assert {to for to, _ in sent(running)[before:]} == {"UBEN", "UCHLOE", "UELI"}
    await play(running, 'eli presses "Fine"')
    seen = await play(running, OPENED, 'ana enters "Last day": 2026-01-26', "ana submits")
    assert "@Ana Ruiz changed the last day." in seen
    assert [bool(each.over_at) for each in notices(running)] == [True, False]
    assert "Retirement, Jan 26, 2026, said today: no answer yet from" in await play(running, OVERVIEW)


async def test_what_stays_after_all_has_its_duties_again_and_those_who_were_asked_hear_it(running: Trial) -> None:
    model = await served(running)
    await play(running, *LAST_DAY, "wait 16 days")
    before = len(sent(running))
    seen = await play(running, OPENED, 'ana enters "berth model": It stays', "ana submits")
    assert "berth model stays. Everybody who was asked knows." in seen
    words = "@Ana Ruiz says that *berth model* stays: it doesn't retire."
    assert seen.count(words) == 3
    heard = [to for to, text in sent(running)[before:] if "stays: it doesn't retire" in text]
    assert sorted(heard) == ["UBEN", "UCHLOE", "UELI"]
    assert "[Fine]" not in seen
    assert (now(running, model).retired_at, now(running, model).retires_on) == ("", "")
    seen = await play(running, OVERVIEW)
    assert "*berth model*: none of its 19 duties has an owner yet." in seen
    assert "etire" not in seen


async def test_one_version_retires_and_the_component_stays(running: Trial) -> None:
    model = await served(running)
    seen = await play(running, *LAST_DAY[:2], 'ana enters "Version": 1.x', "ana submits")
    assert "The last day of version 1.x of berth model is Jan 20, 2026. By @Ana Ruiz." in seen
    seen = await play(running, "wait 16 days", OVERVIEW)
    assert not now(running, model).is_retired
    assert "*berth model*: none of its 19 duties has an owner yet." in seen
    assert "Retirement of version 1.x, yesterday, said Jan 5, 2026: no answer yet from" in seen


async def test_only_its_own_people_retire_it_and_a_day_that_is_over_is_not_taken(running: Trial) -> None:
    model = await served(running)
    refused = "Only Chloe Martin, who leads berth model, the people of its sides and admins can edit it."
    assert refused in await play(running, "dev in #general: /owner retire berth model")
    assert refused in await pry(running, "dev", RETIREMENT, model.id)
    seen = await play(running, OPENED, 'ana enters "Last day": 2026-01-01', "ana submits")
    assert "That day is in the past. Choose a day ahead." in seen
    assert now(running, model).retires_on == ""
    assert notices(running) == []


async def test_what_nobody_builds_on_retires_without_a_question(running: Trial) -> None:
    await a_planner(running, "old board")
    lines = ("eli in #general: /owner retire old board", 'eli enters "Last day": 2026-01-20', "eli submits")
    before = len(sent(running))
    assert "Nobody is linked to it downstream, so I've asked nobody." in await play(running, *lines)
    assert len(sent(running)) == before


async def test_of_what_belongs_to_one_channel_only_its_members_hear_that_it_retires(running: Trial) -> None:
    await a_model(running, "secret model", visibility=SECRET)
    opened = "ana in #secret-launch: /owner retire secret model"
    seen = await play(running, opened, 'ana enters "Last day": 2026-01-20', "ana submits")
    assert "secret model retires Jan 20, 2026." in seen
    # Ben is of its product side, and not in that channel.
    assert [to for to, text in sent(running) if "secret model" in text] == ["UCHLOE"]
    assert "secret" not in await play(running, "dev in #general: /owner map", "dev in #general: /owner retire")


async def test_several_that_may_be_meant_are_offered(running: Trial) -> None:
    await served(running)
    assert "Which component retires?" in await play(running, "ana in #general: /owner retire")
    assert "Guests don't see the register of duties." in await play(
        running, "gus in #churn-model: /owner retire berth model"
    )


async def test_what_retires_again_after_it_was_to_stay_is_asked_about_again(running: Trial) -> None:
    await served(running)
    await play(running, *LAST_DAY, OPENED, 'ana enters "berth model": It stays', "ana submits")
    seen = await play(running, OPENED, 'ana enters "Last day": 2026-01-22', "ana submits")
    assert seen.count("berth model retires Jan 22, 2026. By @Ana Ruiz.") == 3
    assert "[Fine] [Needs work] [Blocked]" in seen
    assert [bool(each.over_at) for each in notices(running)] == [True, False]


async def test_who_was_asked_for_the_sake_of_something_hidden_hears_that_it_stays_and_nobody_else_of_that(
    running: Trial,
) -> None:
    model = await a_model(running, lead="UBEN")
    falcon = await a_planner(running, "falcon", visibility=SECRET, lead="UCHLOE", model_side=())
    sides: dict[End, str] = {"source": "UANA", "target": "UCHLOE"}
    joining = Joining(model, "serves", falcon, visibility=SECRET)
    await write(running.bot.store, join, joining, sides, "UANA", running.bot.clock.now())
    seen = await play(running, *LAST_DAY)
    assert "I've asked @Ben Okafor whether that's fine." in seen
    before = len(sent(running))
    await play(running, OPENED, 'ana enters "berth model": It stays', "ana submits")
    heard = [to for to, text in sent(running)[before:] if "stays: it doesn't retire" in text]
    assert sorted(heard) == ["UBEN", "UCHLOE"]
    assert {to for to, text in sent(running) if "falcon" in text} == {"UCHLOE"}


@pytest.mark.parametrize(
    ("zone", "last", "over"),
    [
        ("America/Los_Angeles", "2026-01-21T07:00:00+00:00", "2026-01-21T09:00:00+00:00"),
        ("Pacific/Auckland", "2026-01-20T10:00:00+00:00", "2026-01-20T12:00:00+00:00"),
    ],
)
async def test_its_last_day_is_over_where_who_leads_it_is(running: Trial, zone: str, last: str, over: str) -> None:
    model = await served(running)
    running.slack.people.change(running.slack.workspace.user_named("chloe"), tz=zone)
    await play(running, *LAST_DAY, "wait 1 day")
    await running.pass_time(datetime.fromisoformat(last) - running.bot.clock.now())
    assert not now(running, model).is_retired
    await running.pass_time(datetime.fromisoformat(over) - running.bot.clock.now())
    assert now(running, model).is_retired
