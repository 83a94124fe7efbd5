"""A page says one thing, as text, and leads nowhere that it should not."""

import pytest

from bot.installing.pages import leading, page


def test_what_is_told_is_text_and_the_page_loads_and_keeps_nothing() -> None:
    shown = page(400, "Not <b>in</b>", "Slack says: <script>.", ("https://quay.example/", "Open Q&A"))
    assert shown.text is not None
    assert "<h1>Not &lt;b&gt;in&lt;/b&gt;</h1>" in shown.text
    assert "<p>Slack says: &lt;script&gt;.</p>" in shown.text
    assert '<a href="https://quay.example/">Open Q&amp;A</a>' in shown.text
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (shown.status, shown.headers["Cache-Control"]) == (400, "no-store")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://quay.example/"])
def test_it_links_to_pages_alone(url: str) -> None:
    assert "<a" not in str(page(200, "In", "Here.", (url, "Open")).text)


def test_a_browser_is_led_elsewhere_without_saying_where_it_was() -> None:
    led = leading("https://slack.example/oauth")
    told = (led.status, led.headers["Location"], led.headers["Referrer-Policy"])
    assert told == (302, "https://slack.example/oauth", "no-referrer")
