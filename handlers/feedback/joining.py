"""What feedback says of the register: that what was seen in a product comes from the component that it is about."""

import re
from datetime import datetime

from handlers.agreements.components import current
from handlers.agreements.links import End, Joining, join, speakers
from storage.engine.interface import WORKSPACE, Transaction
from storage.feedback.feedback import Feedback
from storage.responsibilities import responsibilities
from storage.responsibilities.links import LINKS, Link
from storage.responsibilities.responsibilities import Component

_WORD = re.compile(r"\w+")


def join_by_feedback(transaction: Transaction, item: Feedback, component: Component, now: datetime) -> Link | None:
    """Write that a component serves the product in which somebody saw it; whoever speaks for that confirms its side.

    None where the words name no product. What somebody said isn't so stays refused.
    """
    where = _in_a_row(item.seen_where)
    visible = [WORKSPACE, item.visibility]
    parts = current(responsibilities.components(transaction, item.team_id, visible))
    products = [each for each in parts if each.kind == "product" and _in_a_row(each.name) in where]
    product = max(products, key=lambda each: len(each.name), default=None)
    if product is None or product.id == component.id or component.kind in ("product", "dataset"):
        return None
    joining = Joining(component, "serves", product, origin=item.number, visibility=item.visibility)
    every = LINKS.some(transaction, item.team_id, None, source_id=component.id, kind="serves", target_id=product.id)
    if any(each.state == "refused" for each in every):
        return None
    sides: tuple[End, ...] = ("source", "target")
    said = {end: item.reporter for end in sides if item.reporter in speakers(transaction, joining.end(end))}
    return join(transaction, joining, said, item.reporter, now)


def _in_a_row(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
