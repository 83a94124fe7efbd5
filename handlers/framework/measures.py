"""What is counted of a running bot, for whoever runs it: how often and how long, never who, where, or about what."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from handlers.slack.interactions import Ask, Interaction

#: Slack waits three seconds for an acknowledgement.
_ACKNOWLEDGED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3)
_CALLED = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16)


class Measures:
    """The counters of one bot. Each label has few values: kinds, outcomes, and names that the program itself gives.

    Where nobody reads them (``is_read``), what people do is not counted: it would cost each request some microseconds.
    """

    def __init__(self, *, is_read: bool = True) -> None:
        self._is_read = is_read
        self.registry = registry = CollectorRegistry()
        self._gestures = Counter("common_ground_gestures", "What people did", ("kind", "outcome"), registry=registry)
        self._acknowledgement = Histogram(
            "common_ground_acknowledgement_seconds",
            "How long Slack waited for an acknowledgement",
            ("kind",),
            buckets=_ACKNOWLEDGED,
            registry=registry,
        )
        self.repeated = Counter(
            "common_ground_repeated_gestures", "What Slack delivered again, and was done before", registry=registry
        )
        self.slack_calls = Counter(
            "common_ground_slack_calls",
            "Calls of Slack's methods; error is empty where Slack did it",
            ("method", "error"),
            registry=registry,
        )
        self.slack_seconds = Histogram(
            "common_ground_slack_call_seconds",
            "How long Slack took for an answer",
            ("method",),
            buckets=_CALLED,
            registry=registry,
        )
        self.jobs = Counter("common_ground_jobs", "What was done by time", ("job_name", "outcome"), registry=registry)
        self.job_messages = Counter(
            "common_ground_job_messages",
            "Messages that jobs wrote; those of nudges are reminders",
            ("job_name",),
            registry=registry,
        )
        self.put_off = Counter(
            "common_ground_reminders_put_off",
            "People whose reminder waited, since they were away or not to be disturbed; counted every ten minutes",
            registry=registry,
        )

    def count(self, interaction: Interaction, outcome: str) -> None:
        """Count what somebody did, by how that ended."""
        if self._is_read:
            self._gestures.labels(kind_of(interaction), outcome).inc()

    def acknowledged(self, interaction: Interaction, seconds: float) -> None:
        """Note how long Slack has waited for the acknowledgement of what somebody did."""
        if self._is_read:
            self._acknowledgement.labels(kind_of(interaction)).observe(seconds)


def kind_of(interaction: Interaction) -> str:
    """Return what kind of gesture it is: ``Mention``, or the name of the interaction's type."""
    is_mention = isinstance(interaction, Ask) and interaction.thread_ts is not None
    return "Mention" if is_mention else type(interaction).__name__
