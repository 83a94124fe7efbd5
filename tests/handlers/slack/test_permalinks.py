"""Links to messages, as Slack gives them."""

import pytest

from handlers.slack.permalinks import message_of


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("https://harbour.slack.com/archives/CGENERAL/p1767603600000100", "CGENERAL 1767603600.000100"),
        ("https://harbour.slack.com/archives/CGENERAL/p17676036?thread_ts=1", ""),
        ("https://harbour.slack.com/archives/CGENERAL", ""),
        ("see the wiki", ""),
    ],
)
def test_a_link_leads_to_a_message_or_to_something_else(link: str, message: str) -> None:
    assert message_of(link) == message
