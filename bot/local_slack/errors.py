"""How the Web API says no."""


class SlackError(Exception):
    """An answer with ``ok: false``; ``messages`` are the details that Slack gives in response_metadata."""

    def __init__(self, code: str, *messages: str, **more: object) -> None:
        super().__init__(" ".join((code, *messages)))
        self.code = code
        self.messages = list(messages)
        self.more = more


def refuse(code: str, *, when: bool) -> None:
    """Raise SlackError with Slack's word for it where something is so."""
    if when:
        raise SlackError(code)
