"""Counters have few labels, and each bot has its own."""

from handlers.framework.measures import Measures, kind_of
from handlers.slack.interactions import Ask, Place


def ask(thread_ts: str | None) -> Ask:
    return Ask(team_id="T1", user_id="UANA", place=Place("C1"), text="drift", claims=("1",), thread_ts=thread_ts)


def test_a_command_and_a_mention_are_told_apart() -> None:
    assert (kind_of(ask(None)), kind_of(ask("1.2"))) == ("Ask", "Mention")


def test_what_somebody_did_is_counted_by_how_it_ended_and_in_no_other_bot() -> None:
    mine, others = Measures(), Measures()
    mine.count(ask(None), "refused")
    labels = {"kind": "Ask", "outcome": "refused"}
    found = [each.registry.get_sample_value("common_ground_gestures_total", labels) for each in (mine, others)]
    assert found == [1, None]


def test_what_nobody_reads_is_not_counted() -> None:
    counted = []
    for is_read in (True, False):
        measures = Measures(is_read=is_read)
        measures.count(ask(None), "done")
        measures.acknowledged(ask(None), 0.2)
        kinds = {"common_ground_gestures_total": {"kind": "Ask", "outcome": "done"}}
        kinds["common_ground_acknowledgement_seconds_count"] = {"kind": "Ask"}
        counted.append([measures.registry.get_sample_value(name, labels) for name, labels in kinds.items()])
    assert counted == [[1, 1], [None, None]]
