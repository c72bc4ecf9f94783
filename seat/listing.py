"""Which reviews a list shows, as in `list [open|decided] [kind]`."""

from enum import StrEnum

from seat.facts import Review, State


class Listing(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


LISTED = {
    Listing.OPEN: frozenset({State.OPEN, State.HEARD}),
    Listing.DECIDED: frozenset({State.DECIDED, State.CLOSED}),
}


def matches_list(review: Review, listing: Listing | None = None, kind: str | None = None) -> bool:
    """What was left out of the command matches everything. `kind`: its word or its label."""
    wanted = kind.strip().casefold() if kind else ""
    named = {review.kind.casefold(), review.kind_label.casefold()}
    return (listing is None or review.state in LISTED[listing]) and (not wanted or wanted in named)
