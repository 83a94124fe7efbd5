"""Which calls a fault strikes: by rule, and by a chance that depends on nothing but a seed and the call itself."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from hashlib import sha256

from bot.local_slack.faults.kinds import KINDS

_NUMBER = r"\d+(\.\d+)?"
_RULE = re.compile(
    rf"(?P<methods>[^=\s]+)=(?P<kind>\w+)(:(?P<share>{_NUMBER}))?(?P<more>(\s+(most=\d+|seconds={_NUMBER}|error=\w+))*)"
)
_MORE = {"most": int, "seconds": float, "error": str}
_WHOLE = 2.0**64


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of fault, what it strikes, and how often.

    ``methods`` is a glob for what is called: a method, ``respond``, a file's ``upload`` or ``download``, and on the way
    to the app an event's or an interaction's type, or a command. ``share`` is how many of them it strikes, from 0 to 1,
    and ``most`` how often at most in one place: a channel, or with a person. ``seconds`` and ``error`` say how.
    """

    kind: str
    methods: str = "*"
    share: float = 1.0
    most: int | None = None
    seconds: float | None = field(default=None, kw_only=True)
    error: str = field(default="fatal_error", kw_only=True)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"nothing goes wrong as {self.kind!r}; these do: {', '.join(KINDS)}")
        if not 0 <= self.share <= 1:
            raise ValueError(f"a share is from 0 to 1, and not {self.share:g}")

    def is_struck(self, seed: int, what: str, number: int) -> bool:
        """Tell whether the call of this number is struck; a larger share strikes the same calls, and more."""
        told = f"{seed} {self.kind} {self.methods} {what} {number}"
        return int.from_bytes(sha256(told.encode()).digest()[:8]) / _WHOLE < self.share

    def is_for(self, name: str) -> bool:
        return fnmatchcase(name, self.methods)

    def __str__(self) -> str:
        more = {"most": self.most, "seconds": self.seconds, "error": self.error if self.kind == "refused" else None}
        told = "".join(f" {name}={value}" for name, value in more.items() if value is not None)
        return f"{self.methods}={self.kind}:{self.share:g}{told}"


def rules_in(text: str) -> list[Rule]:
    """Read rules such as ``chat.*=rate_limited:0.1 seconds=30``, with commas or line ends between them.

    What stands behind a # is left out. Raises ValueError with a sentence.
    """
    lines = [line.partition("#")[0] for line in text.splitlines()]
    return [_rule_in(each.strip()) for line in lines for each in line.split(",") if each.strip()]


def _rule_in(text: str) -> Rule:
    found = _RULE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no rule; write one like chat.*=rate_limited:0.1, with most=3 or seconds=30")
    more = dict(each.split("=") for each in found["more"].split())
    share = float(found["share"] or 1)
    return Rule(found["kind"], found["methods"], share, **{name: _MORE[name](more[name]) for name in more})
