"""Each kind of record that is indexed is told of by one feature, and the glossary is one."""

from collections import Counter
from typing import get_args

from handlers import FEATURES
from handlers.framework.routing import join
from storage.finding.finding import Kind


def test_each_kind_of_the_index_is_told_of_by_one_feature() -> None:
    finds = join(FEATURES).hooks.finds
    assert Counter(kind for each in finds for kind in each.tells) == Counter(get_args(Kind))
    assert [each.explains is not None for each in finds].count(True) == 1
