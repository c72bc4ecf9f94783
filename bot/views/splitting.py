"""Long words in pieces that fit: cut where there is a space, and joined again they are the same."""

from collections.abc import Callable, Iterator

from bot.wording import size

NEAR = 200
"""How far back from the limit a space is looked for, in characters."""


def split_at(text: str, most: int, measure: Callable[[str], int] = size) -> tuple[str, str]:
    """The beginning of `text` that `measure`s at most `most`, and the rest ("" if all of it fits).

    The rest begins with the space or line end it was cut at, where there is one near.
    """
    if measure(text) <= most:
        return text, ""
    low, high = 0, min(len(text), most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= most else (low, middle - 1)
    spaces = (at for at in range(low, max(1, low - NEAR), -1) if text[at].isspace())
    cut = next(spaces, low)
    return text[:cut], text[cut:]


def split_up(text: str, most: int, measure: Callable[[str], int] = size) -> Iterator[str]:
    """All of `text` in pieces of at most `most`."""
    while text:
        piece, text = split_at(text, most, measure)
        if not piece:  # not even one letter measures so little
            return
        yield piece
