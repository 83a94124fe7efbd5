"""Of what people want to be reminded: by themes, as they or the workspace's admins chose. Pure."""

from collections.abc import Collection, Mapping

from handlers.hooks.reminders import NudgeKind, Theme

LABELS: Mapping[Theme, str] = {
    "duties": "Duties",
    "data": "Data",
    "decisions": "Decisions",
    "words": "Words",
    "models": "Models: feedback and requirements",
}
#: What only those who look after words want, as long as they say nothing else.
_OF_STEWARDS: Theme = "words"
#: How it is kept that somebody wants all of them.
_ALL = "all"


def read_off(chosen: str, kinds: Mapping[str, NudgeKind], *, is_steward: bool) -> frozenset[str]:
    """Return the kinds that somebody doesn't want, by their choice as it is kept; empty is none.

    ``is_steward``: they look after words, or stand in for those who do.
    """
    off = _read(chosen) if chosen else frozenset(() if is_steward else (_OF_STEWARDS,))
    return frozenset(kind.id for kind in kinds.values() if kind.id in off or kind.theme in off)


def themes_on(off: Collection[str], kinds: Mapping[str, NudgeKind]) -> list[Theme]:
    """Return the themes of which at least one kind is wanted."""
    wanted = {kind.theme for kind in kinds.values() if kind.id not in off}
    return [theme for theme in LABELS if theme in wanted]


def written(themes: Collection[str], before: str, kinds: Mapping[str, NudgeKind]) -> str:
    """Return a choice as it is kept: the themes that were taken out, and single kinds that were taken out before."""
    themes_off = [theme for theme in LABELS if theme not in themes]
    earlier = _read(before)
    # Of a theme of which every kind was off and that is wanted again, all is wanted.
    wanted_before = themes_on({kind.id for kind in kinds.values() if kind.id in earlier}, kinds)
    single = [
        each.id
        for each in kinds.values()
        if each.id in earlier and each.theme not in themes_off and each.theme in wanted_before
    ]
    return ",".join([*themes_off, *single]) or _ALL


def _read(chosen: str) -> frozenset[str]:
    return frozenset(chosen.split(","))
