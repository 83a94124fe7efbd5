"""Each value of a file that nests is named with its place."""

from handlers.checks.nested import leaves


def test_each_value_has_its_place_and_what_is_empty_has_none() -> None:
    told = {"spec": {"owner": "ana", "links": [{"url": "x"}, "y"], "type": "", "tags": [], "size": 0}}
    assert list(leaves(told, "meta")) == [
        ("meta.spec.owner", "ana"),
        ("meta.spec.links.1.url", "x"),
        ("meta.spec.links.2", "y"),
        ("meta.spec.size", 0),
    ]
