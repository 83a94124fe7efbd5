"""YAML that people give is read as it stands, or refused in a sentence."""

import pytest
import yaml

from handlers.checks import plain_yaml
from handlers.glossary.formats.own import FormatError, read
from handlers.responsibilities.catalogue import CatalogueError, read_catalogue

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
DEEP = "[" * 100_000


def test_what_is_plain_is_read() -> None:
    assert plain_yaml.read("a: [1, x]\nb: a * b") == {"a": [1, "x"], "b": "a * b"}


@pytest.mark.parametrize("text", [BOMB, DEEP, "- " * 100_000])
def test_what_grows_or_is_too_deep_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        plain_yaml.read(text)


@pytest.mark.parametrize("text", [BOMB, DEEP])
def test_imports_say_so(text: str) -> None:
    with pytest.raises(CatalogueError, match="the catalogue isn't YAML"):
        read_catalogue(text)
    with pytest.raises(FormatError, match="the file can't be read as yaml"):
        read(text.encode(), "yaml", "domain")
