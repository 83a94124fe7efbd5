"""Files that nest: each text of them with its place, so that none is left out in silence. Pure."""

from collections.abc import Iterator


def leaves(told: object, where: str) -> Iterator[tuple[str, object]]:
    """Yield the place of each value below one, such as "spec.links.1.url", and the value; nothing for what is empty."""
    if isinstance(told, dict):
        for name, each in told.items():
            yield from leaves(each, f"{where}.{name}")
    elif isinstance(told, list):
        for place, each in enumerate(told, start=1):
            yield from leaves(each, f"{where}.{place}")
    elif told not in (None, ""):
        yield where, told
