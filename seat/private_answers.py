"""Which private answers stay as a message, and which are gone with the line they are.

A line only its reader sees is enough for what needs nothing of them: that it is somebody else's to
do, or done already. It stays where something was theirs to do and was not done.
"""

from seat.facts import Review

NOTHING_DONE = frozenset({"form_not_opened", "form_bug", "try_again", "busy", "bug"})
"""Refusals that no one's doing is behind: it has to be pressed again."""


def stays(refusal: str, person: str, review: Review | None, keepers: tuple[str, ...] = ()) -> bool:
    """`review` None: what was pressed was about none, such as a set-up, and theirs alone."""
    if refusal not in NOTHING_DONE:
        return False
    if review is None:
        return True
    parts = (review.advocate, review.stand_in, review.proposer, review.decider, *keepers)
    return person in parts
