"""DataHub's own reader takes our business glossary, each meaning as a term of its own."""

from pathlib import Path

import pytest

from handlers.glossary.formats import own
from handlers.glossary.formats.plain_text import plain
from handlers.glossary.starter import starter_senses
from storage.glossary.glossary import NewSense
from tests.handlers.glossary.formats.test_datahub import FULL, SHORT, VARIABLES
from tests.interop.judging import judged

pytestmark = pytest.mark.interop

HOSTILE = [
    NewSense(word=word, discipline="product", gloss=f"Of {word}", definition="1 < 2, *n*\n\n- or: not # so")
    for word in ("C", "C++ (old, new) [x]", "Übung", "A.B", "yes", "a: b", "'=1", "null", "1.0", "tug\tboat")
]


def test_datahub_reads_each_meaning_as_a_term(tmp_path: Path) -> None:
    files = {"starter": starter_senses(), "hostile": (FULL, SHORT, VARIABLES, *HOSTILE)}
    for name, senses in files.items():
        (tmp_path / name).with_suffix(".yml").write_text(own.write(senses, "datahub"), encoding="utf-8")
    found = judged("datahub_glossary", *(tmp_path / f"{name}.yml" for name in files))
    for senses, terms in zip(files.values(), found, strict=True):
        told = sorted((each["name"], plain(each["definition"]).text) for each in terms.values())
        assert told == sorted((each.word, each.definition or each.gloss) for each in senses)
        glosses = sorted(each["customProperties"]["gloss"] for each in terms.values())
        assert glosses == sorted(each.gloss for each in senses)
    full = next(urn for urn, each in found[1].items() if each["name"] == FULL.word)
    assert [found[1][urn]["name"] for urn in found[1][full]["relatedTerms"]] == [SHORT.word]
