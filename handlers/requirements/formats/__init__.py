"""A requirement card as a file: for people, whole, and as the cards of other tools."""

import json
import re
from collections.abc import Mapping
from typing import Literal, get_args

from handlers.requirements.formats import mlte
from handlers.requirements.formats.model_cards import as_hugging_face, as_model_card
from handlers.requirements.formats.whole import as_yaml
from handlers.requirements.formats.writing import as_markdown
from handlers.requirements.messages.shown import Shown
from storage.responsibilities.responsibilities import Component

Format = Literal["markdown", "yaml", "model-card", "hugging-face", "mlte"]
FORMATS: tuple[Format, ...] = get_args(Format)
#: What whoever presses *Get as files* gets, and what is said of each; the command line has the others, too.
COMMENTS: Mapping[Format, str] = {
    "markdown": "For people, as Markdown.",
    "yaml": "The whole card, as YAML.",
    "model-card": "A model card, in the fields of the Model Card Toolkit.",
}
_ENDINGS: Mapping[Format, str] = {"markdown": "md", "yaml": "yaml", "model-card": "model-card.json"}


def file_name(component: Component, form: Format) -> str:
    plain = re.sub(r"[^\w-]+", "-", component.name.casefold()).strip("-") or "model"
    return f"{plain}.{_ENDINGS[form]}"


def written(shown: Shown, form: Format) -> str:
    match form:
        case "markdown":
            return as_markdown(shown)
        case "yaml":
            return as_yaml(shown)
        case "model-card":
            return _as_json(as_model_card(shown))
        case "hugging-face":
            return as_hugging_face(shown)
        case "mlte":
            return _as_json(mlte.written(shown))


def _as_json(told: object) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
