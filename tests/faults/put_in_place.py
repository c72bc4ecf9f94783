"""Putting one thing in the place of another, until the stack unwinds."""

from contextlib import ExitStack
from typing import Any
from unittest.mock import patch


def replace_in(stack: ExitStack, place: object, name: str, value: object) -> None:
    stack.enter_context(patch.object(place, name, value))


class Like:
    """A module with some functions replaced."""

    def __init__(self, module: Any, **functions: Any) -> None:
        self.__dict__.update({**vars(module), **functions})


def like(module: Any, **functions: Any) -> Like:
    return Like(module, **functions)
