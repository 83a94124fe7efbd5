"""What took how long, as features tell it: each kind has a name in the report, and some feature that tells of it."""

import inspect

from handlers import FEATURES
from handlers.hooks.waits import WHATS
from handlers.nudges.messages import WAITS


def test_each_kind_has_a_name_that_fits_under_a_chart_and_a_feature_that_tells_of_it() -> None:
    told = "".join(inspect.getsource(inspect.getmodule(each.waits)) for each in FEATURES if each.waits)  # type: ignore[arg-type]
    assert {each for each in WHATS if f'Wait("{each}"' in told} == set(WHATS) == set(WAITS)
    assert max(map(len, WAITS.values())) <= 20
