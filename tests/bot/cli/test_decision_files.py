"""Which files of a folder are decisions, and what is said of the others."""

import json
from pathlib import Path

import pytest

from bot.cli import decision_files
from bot.cli.files import Wrong
from handlers.checks.csv_files import FormatError
from storage.decisions.decisions import STATES


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_files_of_any_ending_and_folder_are_read_and_what_stands_beside_them_is_named(tmp_path: Path) -> None:
    names = (
        "a.md",
        "b.MD",
        "sub/c.mdx",
        "d.markdown",
        "README.md",
        "index.md",
        "sub/adr-template.md",
        "0000-TEMPLATE.md",
        "ORG-ADR-0000-template.md",
    )
    for name in (*names, "0007-prompt-template.md", "x.json", "notes.txt", ".git/e.md", "sub/.hidden.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\ufeff# Use queues\n", encoding="utf-8")
    read, left_out = decision_files.read(tmp_path)
    assert [each.file for each in read] == ["0007-prompt-template.md", "a.md", "b.MD", "d.markdown", "sub/c.mdx"]
    assert {each.fields["title"] for each in read} == {"Use queues"}
    assert left_out == [
        "0000-TEMPLATE.md",
        "ORG-ADR-0000-template.md",
        "README.md",
        "index.md",
        "sub/adr-template.md",
        "x.json",
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = put(tmp_path / "adr", a_dot_md="# Use queues\n")
    (put(tmp_path, notes_dot_md="# Mine\n") / "adr" / "b.md").symlink_to(tmp_path / "notes.md")
    (folder / "c.md").symlink_to(folder / "a.md")
    read, left_out = decision_files.read(folder)
    assert [each.file for each in read] == ["a.md", "c.md"]
    assert left_out == ["b.md, which is a link to another folder"]


def test_one_file_is_read_by_its_name_whatever_that_is(tmp_path: Path) -> None:
    read, left_out = decision_files.read(put(tmp_path, README_dot_md="# Use queues\n") / "README.md")
    assert ([each.fields["title"] for each in read], left_out) == (["Use queues"], [])


@pytest.mark.parametrize("files", [{}, {"notes_dot_txt": "x"}, {"decision_dot_json": "[]"}])
def test_a_folder_without_decisions_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(Wrong, match=r"has no decisions: no Markdown files, decisions\.json or decisions\.csv"):
        decision_files.read(put(tmp_path, **files))


def test_rows_beside_markdown_are_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"has Markdown files and decisions\.csv; import decisions\.csv by its name"):
        decision_files.read(put(tmp_path, a_dot_md="# A\n", decisions_dot_csv="title\nA\n"))


def test_what_is_wrong_with_a_row_is_said_by_its_place(tmp_path: Path) -> None:
    rows = [
        {"title": "Use queues", "created_at": "6 May 2024"},
        {"title": "A", "created_at": "soon"},
        {"title": "B", "state": "perhaps"},
        {"title": "C", "colour": "red"},
        {"title": "D", "names": ["UANA"]},
    ]
    read, _ = decision_files.read(put(tmp_path, decisions_dot_json=json.dumps(rows)) / "decisions.json")
    assert (read[0].fields["created_at"], read[0].fields["origin"]) == ("2024-05-06", "decisions.json, decision 1")
    assert [f"{each.file}: {each.error}" for each in read[1:]] == [
        "decisions.json, decision 2: created_at: “soon” can't be read as a day; write it like 2026-12-24",
        f"decisions.json, decision 3: status: “perhaps” isn't a state that I know; write {', '.join(STATES)}",
        "decisions.json, decision 4: colour: this is no field of a decision",
        "decisions.json, decision 5: names: this should be a name by each member id",
    ]
    text = "title,opinions,needs_data\nA,{,yes\nB\nC,,yes\n"
    read, _ = decision_files.read(put(tmp_path, x_dot_csv=text) / "x.csv")
    assert [f"{each.file}: {each.error}" for each in read[:2]] == [
        "x.csv, line 2: opinions: this isn't JSON: column 2: Expecting property name enclosed in double quotes",
        "x.csv, line 3: a different number of columns than the first line",
    ]
    assert (read[2].fields["title"], read[2].fields["needs_data"]) == ("C", True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[{]", r"x\.json isn't JSON: line 1, column 3: "),
        ("{}", "should be a list of decisions, as decisions export --format json writes it"),
    ],
)
def test_json_of_another_kind_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        decision_files.read(put(tmp_path, x_dot_json=text) / "x.json")
