"""How the decisions are called that are written down of a step with a component, by which they are found again. Pure.

Its name stands in them, so that it goes from them, too, where it is redacted.
"""

import re
from typing import Literal, get_args

#: With the component's ``{name}``, and what is said of it; what was said before is ``{old}``.
Form = Literal[
    "{what} is not needed for {name}",
    "Not needed for {name}: {what}",
    "{name}: {what} instead of {old}",
    "Launch {name}",
    "Launch {name} at a risk",
    "Don't launch {name} yet",
]
_FORMS: tuple[Form, ...] = get_args(Form)
#: A decision's title has so many characters.
_LONGEST = 200


def title(form: Form, name: str, what: str = "", old: str = "") -> str:
    return form.format(name=name, what=what, old=old)[:_LONGEST]


def names_it(told: str, name: str) -> bool:
    """Tell whether a title is one of these, with this name of a component in it."""
    return any(_like(form, name).fullmatch(told) for form in _FORMS)


def _like(form: Form, name: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", form)
    names = {"{name}": re.escape(name), "{what}": ".+", "{old}": ".+"}
    return re.compile("".join(names.get(each, re.escape(each)) for each in parts))
