import json
from datetime import UTC, datetime

import pytest

from bot.local_slack.page.markup import date_text
from handlers.checks.dates import day
from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.days import shown, shown_as_json
from handlers.slack.placing import as_body

_DUE = f"due {day('2026-12-04')}, or never"


def test_a_line_shows_a_day_as_a_date_of_slack_in_the_style_of_its_words() -> None:
    assert shown(blocks.line(blocks.words(_DUE, "bold")))["elements"] == [
        {"type": "text", "text": "due ", "style": {"bold": True}},
        {
            "type": "date",
            "timestamp": 1796378400,
            "format": "{date_short_pretty}",
            "fallback": "Fri 4 Dec",
            "style": {"bold": True},
        },
        {"type": "text", "text": ", or never", "style": {"bold": True}},
    ]


def test_as_json_a_day_is_shown_alike_and_what_names_none_stays_as_it_is() -> None:
    for line in (blocks.line(blocks.words(_DUE, "bold")), blocks.line(blocks.words("due never – or “soon”"))):
        assert json.loads(shown_as_json(line)) == shown(line)
    assert "\\u0002" not in shown_as_json(blocks.markdown(_DUE))


def test_mrkdwn_shows_a_day_as_a_token_and_plain_text_as_words() -> None:
    body = as_body(Message(_DUE, otherwise=_DUE))
    assert [body["text"], body["otherwise"]] == ["due Fri 4 Dec, or never"] * 2
    assert (
        shown(blocks.markdown(_DUE))["text"]["text"] == "due <!date^1796378400^{date_short_pretty}|Fri 4 Dec>, or never"
    )
    assert shown(blocks.small_print(_DUE))["elements"][0]["text"] == "due Fri 4 Dec, or never"


def test_lists_quotations_forms_and_tables_show_days_too() -> None:
    listed: blocks.Block = {"type": "rich_text_list", "style": "bullet", "elements": [blocks.line(blocks.words(_DUE))]}
    view = Modal("form", "A form", (blocks.paragraphs(blocks.quotation(blocks.words(_DUE))), listed)).as_view()
    assert str(shown(view)).count("'type': 'date'") == 2
    assert shown(blocks.table([["Due", _DUE]]))["rows"][0][1]["text"] == "due Fri 4 Dec, or never"
    assert shown(blocks.button(_DUE, "press"))["text"]["text"] == "due Fri 4 Dec, or never"


@pytest.mark.parametrize("tz", ["Pacific/Honolulu", "America/New_York", "UTC", "Asia/Tokyo", "Pacific/Auckland"])
def test_a_day_is_the_same_day_for_every_reader(tz: str) -> None:
    element = shown(blocks.line(blocks.words(day("2026-12-04"))))["elements"][0]
    token = f"!date^{element['timestamp']}^{element['format']}"
    assert date_text(token, "", datetime(2026, 11, 1, tzinfo=UTC), tz) == "Dec 4, 2026"


def test_a_moment_is_each_readers_own_day() -> None:
    element = shown(blocks.line(blocks.words(day("2026-12-04T23:30:00.000000+00:00"))))["elements"][0]
    token = f"!date^{element['timestamp']}^{element['format']}"
    now = datetime(2026, 12, 4, 23, tzinfo=UTC)
    assert [date_text(token, "", now, tz) for tz in ("UTC", "Asia/Tokyo")] == ["today", "today"]
    assert date_text(token, "", datetime(2026, 12, 3, 23, tzinfo=UTC), "Asia/Tokyo") == "tomorrow"


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30"])
def test_what_is_no_day_stays_as_it_is(text: str) -> None:
    assert day(text) == text


def test_a_day_that_was_cut_off_is_left_out() -> None:
    assert shown(blocks.cut(f"due {day('2026-12-04')}", 10)).startswith("due")
    assert "\x02" not in str(shown(blocks.line(blocks.words(_DUE[:8]))))
    assert day("2026-12-04 tea") != "2026-12-04 tea"
    assert shown(day("2026-12-04 tea")) == "Fri 4 Dec"


@pytest.mark.parametrize("typed", ["\x02falcon\x03 lands", "falcon\x02 lands", "\x03falcon lands\x02"])
def test_a_mark_that_somebody_typed_takes_no_words_away(typed: str) -> None:
    assert shown(typed) == "falcon lands"
    assert "".join(each["text"] for each in shown(blocks.line(blocks.words(typed)))["elements"]) == "falcon lands"
