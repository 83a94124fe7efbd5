"""Messages that somebody pointed at, as people read them, and the way back to them."""

import pytest

from handlers.slack.message_text import link_to, people_in, readable, unmarked


def test_who_is_mentioned_is_found_with_a_label_or_without() -> None:
    text = "<@UANA> and <@W9|ben> in <#CGENERAL|general>, not @chloe, <!here> or <@lower>"
    assert people_in(text) == ["UANA", "W9"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<@UANA> asked <@UBEN>", "Ana Ruiz asked somebody"),
        ("see <https://a.org/x|the page>", "see the page (https://a.org/x)"),
        ("see <https://a.org/x>", "see https://a.org/x"),
        ("write to <mailto:a@b.org|a@b.org>", "write to a@b.org (mailto:a@b.org)"),
        ("in <#CGENERAL|general>", "in #general"),
        ("in <#CGENERAL|> and <#CDATA>", "in a channel and a channel"),
        ("<!subteam^S1|@data-team> or <!subteam^S1>", "@data-team or a group"),
        ("<!here> or <!channel|channel>: ready", "@here or channel: ready"),
        ("by <!date^1796378400^{date_short}|Fri 4 Dec>", "by Fri 4 Dec"),
        ("by <!date^1796378400^{date_short}^https://a.org/x|Fri 4 Dec>", "by Fri 4 Dec"),
        ("a < b > c, 2 <3", "a < b > c, 2 <3"),
    ],
)
def test_slacks_marks_are_read_as_names_and_addresses(text: str, told: str) -> None:
    assert readable(text, {"UANA": "Ana Ruiz"}) == told


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("<http://ML.NET|ML.NET>", "ML.NET"),
        ("what is <http://ml.net>?", "what is ml.net?"),
        ("<mailto:a@b.org|a@b.org>", "a@b.org"),
        ("<#CGENERAL|general> on-call", "general on-call"),
        ("<@UANA> <@UBEN|ben>, <!here> drift", ", drift"),
        ("<!subteam^S1|@data-team> drift", "@data-team drift"),
        ("drift by <!date^1796378400^{date_short}|Fri 4 Dec>, <#CGENERAL|>", "drift by Fri 4 Dec,"),
        ("*drift* _in_ ~the~ `data`", "drift in the data"),
        ("*_~drift~_*", "drift"),
        ("2 * 3 * 4 and snake_case_name, p*q*r", "2 * 3 * 4 and snake_case_name, p*q*r"),
        (":+1::skin-tone-3: :rocket:", ":+1: :rocket:"),
        ("dr\u00adi\u200bft\u00a0in\n time", "drift in time"),
        ("a < b > c", "a < b > c"),
        ("", ""),
    ],
)
def test_what_slack_makes_of_a_text_is_undone(text: str, typed: str) -> None:
    assert unmarked(text) == typed


def test_a_link_leads_to_a_message_where_the_workspaces_address_and_the_message_are_known() -> None:
    assert link_to("https://h.slack.com/", "C1", "12.000034") == "https://h.slack.com/archives/C1/p12000034"
    assert link_to("", "C1", "12.000034") == ""
    assert link_to("https://h.slack.com/", "C1", "") == ""
