"""Row ids sort by when they were made, and no two are the same."""

from storage.records.ids import new_id


def test_ids_sort_by_when_they_were_made_and_are_each_used_once() -> None:
    made = [new_id() for _ in range(1000)]
    moments = [each[:16] for each in made]
    assert sorted(moments) == moments
    assert len(set(made)) == 1000
    assert {len(each) for each in made} == {24}
