"""The local Slack is a tool, not the product: it stays small enough to be lifted out as a package of its own."""

import ast
import io
import tokenize
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "bot" / "local_slack"
NO_CODE = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
)


def lines_of_code(text: str) -> int:
    """Return how many lines hold code: not blank, no comment, no docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    code = {line for each in tokens if each.type not in NO_CODE for line in range(each.start[0], each.end[0] + 1)}
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [each.body[0] for each in ast.walk(ast.parse(text)) if isinstance(each, documented) and each.body]
    for each in first:
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            code -= set(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    return len(code)


def lines_in(folder: Path) -> int:
    return sum(lines_of_code(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))


def test_it_has_fewer_than_2500_lines_of_code() -> None:
    assert (
        lines_of_code(
            '"""A docstring."""\n\n# A comment.\nx = 1\n\n\ndef f() -> int:\n    """Two\n    lines."""\n    return x\n'
        )
        == 3
    )
    apart = sum(lines_in(PACKAGE / each) for each in ("faults", "oauth"))
    assert lines_in(PACKAGE) - apart < 2500


def test_what_goes_wrong_there_has_fewer_than_500_lines_of_code() -> None:
    assert 0 < lines_in(PACKAGE / "faults") < 500


def test_how_an_app_gets_in_there_has_fewer_than_100_lines_of_code() -> None:
    assert 0 < lines_in(PACKAGE / "oauth") < 100
