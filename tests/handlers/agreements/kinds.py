"""Terms with a part of every kind, for what is said of any term."""

from collections.abc import Mapping

from handlers.agreements.clauses import Part, TermKind

HOW = (("Once", "once"), ("Every day", "daily"))
OWNER = Part("owner", "Owner", "person", hint="Who answers for it", told="by {}")
PARTS = (
    Part("amount", "How much?", told="{}"),
    Part("why", "What for?", "long", told="so that {}", may_lack=True),
    Part("fields", "Fields", "lines", may_lack=True, told="with {} fields", shown=lambda text: str(len(text.split()))),
    Part("copies", "Copies", "number", may_lack=True, told="in {} copies"),
    Part("complete", "Complete", "percent", hint="Such as 95", told="complete to {}", may_lack=True),
    Part("delay", "Delay", "measure", hint="Such as 5 min", told="within {}", may_lack=True),
    Part("how", "How often?", "choice", options=HOW, told="{}", may_lack=True),
    OWNER,
)


def _one_reason(parts: Mapping[str, str]) -> dict[str, str]:
    is_idle = parts.get("how") == "once" and parts.get("copies") == "2"
    return {"copies": "Once is one copy.", "amount": "Not twice."} if is_idle else {}


LISTED = TermKind("listed", "Listed", PARTS, wrong_together=_one_reason)
TOLD = TermKind("told", "Told", PARTS, sentence="{amount} {how} {owner}")
