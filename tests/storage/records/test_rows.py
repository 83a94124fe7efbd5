"""A record that is read from columns is the one that was written, whatever is read beside it."""

import pickle

import pytest
from pydantic import ValidationError

from storage.engine.interface import Record
from storage.records.rows import InColumns


class Place(Record):
    """A record with a field of each kind that a column is made of."""

    id: str
    version: int
    names: tuple[str, ...]
    is_open: bool


PLACE = Place(id="p1", version=2, names=("here", "there"), is_open=True)
OTHER = Place(id="p2", version=3, names=(), is_open=False)
PLACES = InColumns(Place)


def read_again(place: Place) -> Place:
    return PLACES.read(PLACES.row_of(place))


def test_a_record_comes_back_from_its_row_as_it_was() -> None:
    told = read_again(PLACE)
    assert PLACES.row_of(PLACE) == {"id": "p1", "version": 2, "names": '["here","there"]', "is_open": 1}
    assert (told, told.model_fields_set) == (PLACE, PLACE.model_fields_set)
    assert (told.model_dump_json(), hash(told)) == (PLACE.model_dump_json(), hash(PLACE))
    assert pickle.loads(pickle.dumps(told)) == PLACE  # noqa: S301 - made a moment ago


def test_what_is_made_of_one_record_changes_no_other() -> None:
    told, other = read_again(PLACE), read_again(OTHER)
    changed = told.model_copy(update={"version": 9})
    assert [each.version for each in (told, other, changed)] == [2, 3, 9]
    with pytest.raises(ValidationError, match="frozen"):
        told.version = 9  # type: ignore[misc]
    assert (told, other) == (PLACE, OTHER)


def test_a_record_that_was_read_has_no_set_of_fields_of_its_own() -> None:
    assert read_again(PLACE).model_fields_set is read_again(OTHER).model_fields_set
