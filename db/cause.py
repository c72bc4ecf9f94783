"""One id from what set something off (a delivery of Slack's, a due row) to the posts it caused.

Known for the thread that works on it: whatever is queued meanwhile carries it, in every
transaction, and so do the lines of the log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MOST = 128
"""Characters: Slack's longest, a trigger's id, has some 60."""

_cause: ContextVar[str] = ContextVar("cause", default="")


def current_cause() -> str:
    """ "" where nothing in particular set it off."""
    return _cause.get()


@contextmanager
def because_of(cause: str) -> Iterator[None]:
    before = _cause.set(cause[:MOST])
    try:
        yield
    finally:
        _cause.reset(before)
