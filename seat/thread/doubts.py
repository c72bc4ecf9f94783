"""Which messages that begin with a number still wait for a word on what they are for."""

from seat.facts import Doubt, Review, State
from seat.thread.asked import is_waiting


def open_doubts(review: Review) -> tuple[Doubt, ...]:
    """Those of the seated advocate, while what they may be for is still without an answer.

    One given meanwhile settles it: the words stay where they are.
    """
    if review.state not in (State.OPEN, State.HEARD):
        return ()
    return tuple(d for d in review.doubts if d.by == review.advocate and _is_open(review, d))


def _is_open(review: Review, doubt: Doubt) -> bool:
    return all(
        review.question(number) is not None and is_waiting(review.answers.get(number))
        for number in doubt.numbers
    )
