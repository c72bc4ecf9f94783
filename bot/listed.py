"""Names and words in a row, as many as there is room for, and how many more there are."""

from collections.abc import Sequence

ROOM_EACH = 40
"""Letters a name has on average. Longer ones take the place of others, and none is cut in two."""


def in_a_row(parts: Sequence[str], most: int, joint: str) -> str:
    """`Ana, Ben and Cy`; past `most`, or past the room for so many: `Ana, Ben and 12 more`."""
    shown = [*parts]
    room = most * ROOM_EACH
    while len(shown) > 1 and (len(shown) > most or len(", ".join(shown)) > room):
        shown.pop()
    if len(shown) < len(parts):
        # "and 12 more" takes the place of one.
        shown = shown[: max(1, most - 1)]
        shown.append(f"{len(parts) - len(shown)} more")
    return f" {joint} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
