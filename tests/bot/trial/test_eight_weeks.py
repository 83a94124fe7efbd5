"""Forty people build three products with models for eight weeks: what they see, and what they have in the end."""

from pathlib import Path

import pytest

from tests.bot.trial.eight_weeks import Weeks, lived
from tests.conftest import START
from tests.study import Row, rows

#: Whoever may see everything asks what the page of the study says.
ASKER = "sofia in #general: "
MAP = f"{ASKER}/owner map"
READY = f"{ASKER}/owner ready answer model"
AGENDA = f"{ASKER}/glossary agenda"
REPORT = f"{ASKER}/nudges report"
HOME = "farid opens the Home"
#: What is in a private channel, who is in that, and where one of them asks.
PRIVATE, INSIDE = "clause search", ("#legal", "Karin Engel", "Lucia Ferri", "Noor Jansen", "Mats Eriksson")
LEGAL = "karin in #legal: /owner map"
#: What is seen in which week, and where.
SEEN = (
    (1, "Ulla Brandt", "@Marta Silva named you as accountable for *refunds*."),
    (1, "Liam Byrne", "@Chiara Conti says that *delay model* serves *journey planner*. Is that so?"),
    (1, "Liam Byrne", "You confirmed this."),
    (1, "Liam Byrne", "@Ivan Petrov says that *delay rules* serves *journey planner*. Is that so?"),
    (1, "#legal", "*traveller handbook* feeds *clause search*."),
    (1, "#punctuality", "*D-1 · We retrain the delay model with each timetable* · decided by Tomas Horak, today"),
    (2, "#data", "*Agreed* · version 1.0.0 · contract attached (ODCS, readable)"),
    (2, "Ximena Ortiz", "You took these on."),
    (2, "Amara Diallo", "@Rosa Marin would take *system testing of delay model* on, if:"),
    (2, "Ulla Brandt", "*refund desk*  launched 2 weeks ago: what happened? · since today"),
    (3, "#general", "*journey planner: who builds what with whom*"),
    (3, "Bruno Keller", "@Tomas Horak set adequacy bar of delay model and asks you to agree:"),
    (3, "Amara Diallo", "*delay model*  launches Dec 3, 2025: go or no-go? · due Dec 3, 2025"),
    (3, "Amara Diallo", "*delay model: not ready to launch *Dec 3, 2025"),
    (4, "Marta Silva", "delay model: latency missed: 310 ms, limit 250 ms."),
    (4, "Kavya Rao", "@Jonas Weber suggests you for *system testing of delay service*."),
    (4, "Dmitri Sokolov", "@Ulla Brandt rejected D-5 (Sort claims each night instead of at once)"),
    (4, "Jonas Weber", "decided to launch delay model with a risk that you own until Jan 10, 2026 (D-7)"),
    (5, "#data", "3 failed (cause filled in: at least 97 %, found 75 %: 3 of 4)"),
    (5, "Ingrid Moen", "@Bruno Keller will fix FB-1 by Dec 20, 2025"),
    (5, "Kavya Rao", "delay rules retires Dec 16, 2025. delay model takes its place. By @Ivan Petrov."),
    (5, "Ivan Petrov", "@Liam Byrne says that the retirement of delay rules needs work:"),
    (6, "#punctuality", "delay rules: retires Dec 16, 2025, no answer yet · Kavya Rao"),
    (6, "Kavya Rao", "The interface of delay model changed to 2.0.0: outputs, version and promise."),
    (6, "Liam Byrne", "You said that this is fine."),
    (6, "Amara Diallo", "@Marta Silva says that the change of delay model needs work:"),
    (6, "Amara Diallo", "@Kavya Rao says that the change of delay model blocks them:"),
    (6, "Marta Silva", "delay model has a new version: 2.0.0.\n    Is what you own affected?"),
    (6, "Liam Byrne", "delay model has a new version: 2.0.0.  Open"),
    (6, "Ximena Ortiz", "*Sessions on words*  yours to lead"),
    (6, "Goran Ilic", "@Ximena Ortiz kept the definition of “delay” (product) that you disputed."),
    (7, "Kavya Rao", "The contract of DR-1 train movements changed to 1.1.0."),
    (7, "Amara Diallo", "*delay model*  launched 2 weeks ago: what happened? · since today"),
    (7, "Ivan Petrov", "delay rules has retired."),
    (7, "Ingrid Moen", "The last runs of the day were not in the training data."),
    (8, "#punctuality", " · delay rules retired · "),
    (8, "Petra Vogel", "answer model: prompt injection missed: 4 % of attempts, limit 1 % of attempts."),
    (8, "Ulla Brandt", "*refund desk*  launched 8 weeks ago: what happened? · since today"),
    (8, "#general", "*Words to clarify, from the last 90 days*"),
)
#: What is answered after the eight weeks.
ANSWERED = (
    (MAP, "*Who builds what with whom*\n    8 teams meet at 17 points."),
    (MAP, "◆ Integration · delay rules serves journey planner\n    Retired Tue 16 Dec. Owner: Liam Byrne."),
    (LEGAL, "9 teams meet at 18 points."),
    (LEGAL, "Data · traveller handbook feeds clause search"),
    (f"{ASKER}/owner timetable robot", "The register has answer model, claims model, delay model, delay service,"),
    (f"{ASKER}/summary preview", "answer model: requirement missed, no answer yet · Liam Byrne"),
    (f"{ASKER}/owner delay rules", "no answer yet from Kavya Rao"),
    (f"{ASKER}/owner ready claims model", "No-go: decided by Dmitri Sokolov, Dec 23, 2025 (D-9)."),
    (f"{ASKER}/decision D-9", "*D-9 · Don't launch claims model yet* · decided by @Dmitri Sokolov"),
    (f"{ASKER}/common-ground hooks", "Of delay model; last report Wed 10 Dec"),
    (
        f"{MAP} delay model",
        "◆ Requirements · delay model serves journey planner\n    Latency missed. Owner: Tomas Horak.",
    ),
    (f"{MAP} delay model", "✓ Data · train movements feeds delay model\n    DR-1 accepted. Owner: Yusuf Aydin."),
    (READY, "*answer model: not ready to launch *Jan 15, 2026"),
    (READY, "*✗ Missed*  prompt injection"),
    (READY, "*✗ Nobody owns*  fairness"),
    (READY, "*? Not agreed*  DR-3 traveller handbook"),
    (f"{ASKER}/owner ready delay model", "*✗ Overdue*  adequacy bar in production, latency in production"),
    (f"{ASKER}/owner team refunds", "*refunds*: @Ulla Brandt is accountable."),
    (f"{ASKER}/owner team data-platform", "movement feed: data monitoring (@Zoe Laurent)"),
    (AGENDA, "*drift*  disputed once"),
    (AGENDA, "Data science and software engineering"),
    (REPORT, "Unclear duties: "),
    (REPORT, "*claims model*  unclear duties 8"),
    (REPORT, "Launches to look back on: 3 sent, 3 done"),
    (HOME, "answer model"),
)


@pytest.fixture(scope="module")
def weeks(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    """The weeks, lived once for all tests: what they see of it changes nothing."""
    asked = [*dict.fromkeys(typed for typed, _ in ANSWERED), *(f"{ASKER}{each}" for row in rows() for each in row.asks)]
    return lived(installed, tmp_path_factory.mktemp("rail"), asked)


@pytest.mark.parametrize(("week", "where", "words"), SEEN, ids=lambda each: str(each)[:60])
def test_people_see_it_in_its_week(weeks: Weeks, week: int, where: str, words: str) -> None:
    assert words in weeks.in_week(week, where)


def test_the_launch_page_opens_two_weeks_before_by_itself(weeks: Weeks) -> None:
    asked = [(day, said) for (day, who), said in weeks.seen.items() if who == "Amara Diallo" and "go or no-go?" in said]
    assert [day for day, _ in asked] == [16, 23]
    assert "[Open]" in asked[0][1]
    assert "You decided this." in asked[1][1]


@pytest.mark.parametrize(("typed", "words"), ANSWERED, ids=lambda each: each[-60:])
def test_it_is_answered_in_the_end(weeks: Weeks, typed: str, words: str) -> None:
    assert words in weeks.asked[typed]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.finding[:60])
def test_what_the_study_found_has_an_artefact_an_owner_and_a_state(weeks: Weeks, row: Row) -> None:
    answers = "\n".join(weeks.asked[f"{ASKER}{each}"] for each in row.asks)
    assert row.owner
    assert row.state
    assert row.owner in answers
    assert row.state in answers


def test_what_is_in_a_private_channel_is_seen_by_its_people_alone(weeks: Weeks) -> None:
    seen = {where for (_, where), said in weeks.seen.items() if PRIVATE in said}
    assert {"#legal", "Karin Engel"} <= seen <= set(INSIDE)
    asked = {typed for typed, said in weeks.asked.items() if PRIVATE in said}
    assert asked == {LEGAL}


def test_maps_come_as_pictures(weeks: Weeks) -> None:
    assert len(weeks.pictures) >= 2
    assert all(each.startswith(b"\x89PNG") for each in weeks.pictures)


def test_all_was_sent_slack_refused_nothing_and_it_is_now_again(weeks: Weeks) -> None:
    assert (weeks.lost, weeks.warnings, weeks.ended) == ([], [], START)
