"""Where nobody asked for traces, nothing is noted and nothing is changed."""

import pytest

from handlers.framework.traces import Untraced


def test_untraced_work_is_done_all_the_same() -> None:
    traces = Untraced()
    with traces.span("request", "", kind="Ask"):
        traces.tell(outcome="done")
        assert traces.place() == ""
    with pytest.raises(KeyError), traces.span("request"):
        raise KeyError
