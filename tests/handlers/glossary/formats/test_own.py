"""The glossary as files: what is written is read again as it was, and what is broken is refused with its place."""

import pytest

from handlers.glossary.formats import own
from handlers.glossary.formats.own import FormatError
from handlers.glossary.rules import importing
from storage.glossary.glossary import NewSense, Relation, Sense

FULL = NewSense(
    word="drift",
    discipline="data science",
    gloss="=SUM(A1) is what a spreadsheet would take for a formula",
    definition="Inputs change.\n\nIn two paragraphs, with “quotes”, commas, and 1 < 2.",
    example="-1 stands for a missing value",
    example_link="https://slack.example/archives/C1/p1",
    aliases=("shift", "data drift"),
    misspellings=("drfit",),
    relations=(Relation(kind="related", word="skew"), Relation(kind="not the same as", word="bias")),
    say_instead="data drift, or concept drift",
    source_title="A book",
    source_link="https://example.org",
    source_licence="CC BY 4.0",
    steward="UANA",
    status="deprecated",
    replaced_by="skew",
    verified_on="2026-01-05T09:00:00.000000+00:00",
    verified_by="Ana Ruiz",
)
QUOTED = NewSense(word="'=1", discipline="product", gloss="'+ begins with a quote", aliases=("@home", "line\u2028s"))


@pytest.mark.parametrize("form", ["csv", "yaml", "json"])
def test_our_own_formats_are_complete(form: str) -> None:
    written = own.write([FULL, QUOTED], form)
    rows = own.read(written.encode(), form, "domain")
    assert [(row.sense, row.error) for row in rows] == [(FULL, ""), (QUOTED, "")]
    assert own.write([row.sense for row in rows if row.sense], form) == written


def test_a_spreadsheet_finds_no_formula_in_a_csv() -> None:
    assert [each[:1] for each in (FULL.gloss, FULL.example, QUOTED.aliases[0])] == ["=", "-", "@"]
    cells = own.write([FULL, QUOTED], "csv").replace('"', "").split(",")
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []


@pytest.mark.parametrize(
    ("form", "raw", "told"),
    [
        ("csv", b"word,gl\xffoss\n", "the file is not UTF-8 (byte 7)"),
        ("csv", b"colour,size\n", "the first line should name the columns, with word and definition among them"),
        ("csv", b"Term,Definition,definition\na,b,c\n", "two columns are called definition; keep one of them"),
        ("csv", b"", "the first line should name the columns"),
        ("csv", b'word,gloss\n"a,b', "the file can't be read as CSV"),
        ("json", b"{", "the file can't be read as json"),
        ("json", b"{}", "the file should be a list of meanings"),
        ("yaml", b"a: [", "the file can't be read as yaml"),
        ("openmetadata", b"word,gloss\n", "the first line should name the columns, with name"),
        ("datahub", b"- a\n", "the file should be DataHub's business glossary"),
        ("datahub", b"nodes: [oops]", "glossary: each of its nodes should have a name and terms"),
        ("datahub", b"terms: 5", "glossary: its terms should be a list"),
        ("json", b"[" * 100_000, "the file can't be read as json: its lists are too deep"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(form: str, raw: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told.replace("(", r"\(").replace(")", r"\)")):
        own.read(raw, form, "domain")


@pytest.mark.parametrize(
    ("form", "raw", "place", "error"),
    [
        ("csv", b"word,gloss\na\n", "line 2", "a different number of columns than the first line"),
        ("csv", b"word,gloss\na,b\nc,\n", "line 3", "gloss is missing"),
        ("json", b'[{"word": "a", "colour": "red"}]', "entry 1", "there is no field 'colour'"),
        ("json", b'["word"]', "entry 1", "this isn't a definition"),
        (
            "yaml",
            b"- {word: a, gloss: b, status: fine}\n",
            "entry 1",
            "status should be 'draft', 'approved', 'disputed' or 'deprecated', not “fine”",
        ),
        (
            "json",
            b'[{"word": "a", "gloss": "b", "visibility": "all"}]',
            "entry 1",
            "visibility can't be “all”",
        ),
        ("json", b'[{"word": "a", "gloss": "b", "steward": "nobody"}]', "entry 1", "steward can't be “nobody”"),
        ("datahub", b"nodes: [{name: n, terms: [oops]}]", "glossary / n", "this isn't a definition"),
    ],
)
def test_a_broken_row_is_refused_with_its_place(form: str, raw: bytes, place: str, error: str) -> None:
    refused = [row for row in own.read(raw, form, "domain") if row.error]
    assert [(row.place, row.error.startswith(error)) for row in refused] == [(place, True)]


def known(**more: object) -> dict[importing.Key, Sense]:
    told = {
        **FULL.model_dump(),
        "id": "1",
        "team_id": "T1",
        "look_up_key": "drift",
        "version": 1,
        "updated_at": "",
        **more,
    }
    sense = Sense.model_validate(told)
    return {importing.key_of(sense): sense}


def test_an_import_adds_changes_and_leaves_and_says_so() -> None:
    other = FULL.model_copy(update={"gloss": "Something else", "definition": ""})
    rows = [
        own.Row("line 2", QUOTED),
        own.Row("line 3", other),
        own.Row("line 4", QUOTED),
        own.Row("line 5", None, "gloss: Field required"),
        own.Row("line 6", NewSense(word="…", discipline="product", gloss="nothing")),
    ]
    made = importing.plan(rows, known())
    assert importing.as_lines(made) == [
        "1 added, 1 changed, 0 unchanged, 3 refused",
        "  + '=1 (product): '+ begins with a quote",
        (
            "  ~ drift (data science): gloss: =SUM(A1) is what a spreadsheet would take for a formula → "
            f"Something else; verified_on: {FULL.verified_on} → nothing; verified_by: Ana Ruiz → nothing"
        ),
        "  ! line 4: '=1 (product) is already at line 2",
        "  ! line 5: gloss: Field required",
        "  ! line 6: word: A word needs letters or digits.",
    ]
    many = [own.Row("line 2", QUOTED.model_copy(update={"word": f"w{number}"})) for number in range(3)]
    assert importing.as_lines(importing.plan(many, known()), most=1)[2:] == ["  and 2 more"]


def test_an_import_undoes_no_approval() -> None:
    def changes(told: str, there: str) -> list[object]:
        row = own.Row("line 2", FULL.model_copy(update={"status": told, "replaced_by": ""}))
        there_now = known(status=there, replaced_by="")
        return [dict(each.changes) for each in importing.plan([row], there_now).changed]

    undone = (("draft", "approved"), ("disputed", "approved"), ("approved", "deprecated"), ("draft", "disputed"))
    assert [changes(told, there) for told, there in undone] == [[], [], [], []]
    assert changes("approved", "draft") == [{"status": "approved"}]
    assert changes("deprecated", "approved") == [{"status": "deprecated"}]


def test_a_file_that_says_nothing_of_the_state_changes_none() -> None:
    (row,) = own.read(b"word,discipline,gloss\ndrift,Data Science,New words\n", "csv", "domain")
    (changed,) = importing.plan([row], known(status="draft")).changed
    assert changed.changes == {"gloss": "New words", "verified_on": "", "verified_by": ""}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"source_link": "see the wiki"}, "source_link: Enter a link that starts with https://."),
        ({"replaced_by": "Tug"}, "replaced_by: A word can't replace itself."),
        ({"replaced_by": "pull"}, "replaced_by: “pull” isn't in the glossary."),
        ({"word": "…"}, "word: A word needs letters or digits."),
    ],
)
def test_an_import_refuses_what_a_form_would_refuse(more: dict[str, object], error: str) -> None:
    sense = NewSense(word="tug", discipline="product", gloss="A nudge").model_copy(update=more)
    (refused,) = importing.plan([own.Row("line 2", sense)], {}).refused
    assert refused.error.startswith(error)


def deprecated(word: str, replaced_by: str, visibility: str = "workspace") -> NewSense:
    return NewSense(
        word=word,
        discipline="product",
        gloss="A nudge",
        status="deprecated",
        replaced_by=replaced_by,
        visibility=visibility,
    )


def refusals(senses: list[NewSense], there: dict[importing.Key, Sense]) -> list[str]:
    rows = [own.Row(f"line {number}", each) for number, each in enumerate(senses, 2)]
    return [f"{row.place}: {row.error}" for row in importing.plan(rows, there).refused]


def test_replacements_that_go_round_in_a_circle_are_refused_wherever_the_file_has_them() -> None:
    circle = [deprecated("tug", "pull"), deprecated("pull", "drag"), deprecated("drag", "tug"), QUOTED]
    sentence = "replaced_by: “{}” is itself replaced by “{}”. Name another word."
    assert refusals(circle, {}) == [
        "line 2: " + sentence.format("pull", "tug"),
        "line 3: " + sentence.format("drag", "pull"),
        "line 4: " + sentence.format("tug", "drag"),
    ]
    assert refusals([circle[0], circle[1], NewSense(word="drag", discipline="product", gloss="Pull")], {}) == []


def test_a_file_closes_no_circle_with_what_is_there() -> None:
    there = known(replaced_by="tug")
    assert refusals([deprecated("tug", "drift")], there) == [
        "line 2: replaced_by: “drift” is itself replaced by “tug”. Name another word."
    ]
    revived = FULL.model_copy(update={"status": "approved", "replaced_by": ""})
    assert len(refusals([deprecated("tug", "drift"), revived], there)) == 1
    assert refusals([deprecated("tug", "drift")], known(status="approved", replaced_by="")) == []
    assert refusals([FULL], known()) == []


def test_a_word_of_one_channel_replaces_no_word_of_another_place() -> None:
    secret = NewSense(word="falcon", discipline="product", gloss="The launch", visibility="C1")
    told = "replaced_by: “falcon” isn't in the glossary. Name a word that is, or leave this empty."
    both = [
        secret,
        deprecated("bird", "falcon"),
        deprecated("hawk", "falcon", "C2"),
        deprecated("kite", "falcon", "C1"),
    ]
    assert refusals(both, {}) == [f"line 3: {told}", f"line 4: {told}"]
