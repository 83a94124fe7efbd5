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


def test_each_document_of_a_file_is_read_with_its_line() -> None:
    assert plain_yaml.read_all("# x\n---\na: 1\n---\n---\n\nb: 2\n") == [(3, {"a": 1}), (7, {"b": 2})]


@pytest.mark.parametrize("text", [BOMB, DEEP, "- " * 100_000])
def test_what_grows_or_is_too_deep_is_refused(text: str) -> None:
    for read_it in (plain_yaml.read, plain_yaml.read_all):
        with pytest.raises(yaml.YAMLError):
            read_it(text)


@pytest.mark.parametrize(
    "text",
    ["a: 2024-02-31", f"a: {'9' * 6000}", "a: !!bool x", "a: !!int x", "a: !!timestamp x", "a: 0x_", 'a: "\\ud800"'],
)
@pytest.mark.parametrize("loader", [plain_yaml.LOADER, yaml.SafeLoader])
def test_a_value_that_only_looks_like_a_day_or_a_number_is_refused(text: str, loader: object) -> None:
    with pytest.raises(yaml.YAMLError):
        plain_yaml.read(text, loader)
    with pytest.raises(yaml.YAMLError):
        plain_yaml.read_all(text)


@pytest.mark.parametrize("text", [BOMB, DEEP])
def test_imports_say_so(text: str) -> None:
    with pytest.raises(CatalogueError, match="the catalogue isn't YAML"):
        read_catalogue(text)
    with pytest.raises(FormatError, match="the file can't be read as yaml"):
        read(text.encode(), "yaml", "domain")
