"""Which reviews a list shows, as in `list [open|decided] [kind]`."""

from enum import StrEnum

from seat.facts import State


class Listing(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


LISTED = {
    Listing.OPEN: frozenset({State.OPEN, State.HEARD}),
    Listing.DECIDED: frozenset({State.DECIDED, State.CLOSED}),
}
