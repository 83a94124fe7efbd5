"""Writing to a store in one line of a test."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from storage.engine.interface import Database, Transaction

P = ParamSpec("P")
T = TypeVar("T")


async def write(
    store: Database, change: Callable[Concatenate[Transaction, P], T], *args: P.args, **named: P.kwargs
) -> T:
    """Run one change with these arguments."""
    return await store.write(lambda transaction: change(transaction, *args, **named))
