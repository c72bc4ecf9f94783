"""Between lanes there is an order too: what a row waits for that goes out in another one."""

from typing import Any

from sqlalchemy import ColumnElement, exists, inspect
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.tables import OutboxRow, OutboxState, Surface


def find_all_columns(*aliases: Any) -> tuple[Any, ...]:
    """Aliases whose columns are all read, here and now.

    They are made once, for one that was made for each look cost more than the look. And an alias
    finds its columns when first asked: dispatchers that ask at the same moment would each find
    some of them, and keep a wrong query for good.
    """
    for alias in aliases:
        for name in inspect(alias).mapper.column_attrs.keys():  # noqa: SIM118, no mapping
            getattr(alias, name).expression  # noqa: B018, its effect is to be found
    return aliases


_SURFACE, _UNDER = find_all_columns(aliased(Surface), aliased(Surface))
_CARDS, _REFUSED = find_all_columns(aliased(OutboxRow), aliased(OutboxRow))


def waits_for_ts(row: Any) -> ColumnElement[bool]:
    """A surface in the thread of one that has no place in Slack yet."""
    return exists().where(
        col(_SURFACE.id) == row.surface_id,
        col(_UNDER.id) == _SURFACE.under_id,
        col(_UNDER.ts).is_(None),
        col(_UNDER.thread_ts).is_(None),
    )


def waits_for_channel(row: Any) -> ColumnElement[bool]:
    """A private message under a card that is to be redrawn: the channel hears first, for its answer
    may be that we are in it no more, and then nobody may be told what it is about.

    A channel that refused something lately, or is slow, holds up no letter.
    """
    refused_there = exists().where(
        col(_REFUSED.workspace_id) == _CARDS.workspace_id,
        col(_REFUSED.lane) == _CARDS.lane,
        col(_REFUSED.state) == OutboxState.PENDING,
        col(_REFUSED.error) != "",
    )
    return exists().where(
        col(_SURFACE.id) == row.surface_id,
        col(_SURFACE.person_id).is_not(None),
        col(_CARDS.surface_id) == _SURFACE.under_id,
        col(_CARDS.state) == OutboxState.PENDING,
        ~refused_there,
    )
