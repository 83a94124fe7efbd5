"""What the bot says when it cannot do what was asked, as a message and as a form."""

from handlers.slack import error_messages


def test_a_bug_is_told_with_the_reference_that_the_log_has() -> None:
    assert error_messages.something_went_wrong("a1b2c3") == (
        "Something went wrong on my side (ref a1b2c3), so nothing was changed. "
        "Try again. If it keeps happening, give that reference to whoever runs me."
    )


def test_a_slip_of_the_hand_is_answered_with_the_nearest_command() -> None:
    told = error_messages.did_you_mean("/decision health")
    assert told == "I don't know that. Did you mean /decision health? If not, add a few words."


def test_a_sentence_is_said_as_a_form_that_can_only_be_closed() -> None:
    view = error_messages.form(error_messages.OUTDATED).as_view()
    assert view["blocks"] == [{"type": "section", "text": {"type": "mrkdwn", "text": error_messages.OUTDATED}}]
    assert (view["title"], view["close"]) == (
        {"type": "plain_text", "text": "That didn't work", "emoji": False},
        {"type": "plain_text", "text": "Close", "emoji": False},
    )
    assert "submit" not in view
