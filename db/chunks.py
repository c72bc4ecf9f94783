"""A list of values as parameters: a statement takes only so many."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

MOST = 900
"""PostgreSQL stops at 65,535, SQLite at 32,766, and at 999 where it is older than 2020; a few more
belong to the statement around."""


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """`values`, so many at a time that each list can be the parameters of one statement."""
    left = iter(values)
    while part := list(islice(left, MOST)):
        yield part
