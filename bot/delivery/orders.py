"""A surface as it is when its turn comes: where it goes, and whether it may."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot.delivery.desk import Desk, surface_of
from db.epochs import must_look
from db.sharing import is_shared
from db.tables import Epoch, OutboxRow, OutboxState, Person, ReviewRow, Seat, Surface

OF_SHARING = frozenset({"shared_for_keeper"})
"""What tells of the pause itself."""


class Paused(Exception):
    """The channel it is about is shared with another company: it waits until that is over."""


@dataclass(frozen=True, slots=True)
class Order:
    """A surface as it was when its turn came. `channel` "": a private one, not opened yet."""

    surface: Surface
    channel: str
    thread_ts: str | None
    home: str
    """The channel it tells of: of a review there, or of its seat. "" for none."""
    doubt: str
    """Why an earlier row for this message was parked in doubt: until that is settled, no other
    may post it."""
    paused: bool
    """It would stand in a channel that is shared with another company."""
    waits: bool
    """It belongs in a thread that is gone since the row's turn came: its lane passes it over
    until there is another."""
    lost: Epoch | None
    """The restore before which it may have been posted, and which has yet to be looked for."""

    @property
    def is_new(self) -> bool:
        return self.surface.ts is None


def read_order(session: Session, row: OutboxRow) -> Order | None:
    """None: nothing is wanted any more."""
    surface = surface_of(session, row)
    if surface is None or surface.gone_at is not None:
        return None
    if surface.ts is not None and surface.drawn >= surface.wanted:
        return None
    # A private message only waits for what it is under: it carries its link.
    in_thread = surface.under_id is not None and surface.person_id is None
    under = session.get(Surface, surface.under_id) if in_thread else None
    channel_id = surface.channel_id
    if surface.person_id is not None:
        person = session.get(Person, (surface.workspace_id, surface.person_id))
        channel_id = channel_id or (person.dm_channel_id if person else "") or ""
    return Order(
        surface=surface,
        channel=channel_id,
        thread_ts=under.head if under else None,
        home=_home_of(session, surface),
        doubt=_find_doubt(session, row),
        paused=surface.person_id is None and is_shared(session, surface.workspace_id, row.lane),
        waits=under is not None and under.head is None,
        lost=must_look(session, row, surface),
    )


def _home_of(session: Session, surface: Surface) -> str:
    review = session.get(ReviewRow, surface.review_id) if surface.review_id else None
    seat = session.get(Seat, surface.seat_id) if surface.seat_id else None
    home = str(surface.args.get("home") or "")
    return review.channel_id if review else seat.channel_id if seat else home


def _find_doubt(session: Session, row: OutboxRow) -> str:
    parked = session.exec(
        select(OutboxRow).where(
            OutboxRow.surface_id == row.surface_id,
            OutboxRow.state == OutboxState.PARKED,
            col(OutboxRow.sending_since).is_not(None),
        )
    ).first()
    return parked.error if parked else ""


def may_see(desk: Desk, order: Order) -> bool | None:
    """What is about a channel goes to nobody who may not read that channel now.

    None: we were taken out, and don't see who is in it. Raises CouldNotAsk, Paused.
    """
    surface = order.surface
    if order.paused:
        raise Paused
    if surface.person_id is None or not order.home:
        return True
    may = desk.directory.may_see(surface.workspace_id, order.home, surface.person_id)
    # Asked just now, where it was not known.
    home = (surface.workspace_id, order.home)
    if surface.kind not in OF_SHARING and desk.store.read(lambda s: is_shared(s, *home)):
        raise Paused
    return may
