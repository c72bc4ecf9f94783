"""The workspace as text, so that it outlives the process. Where the text is kept is for others.

Kept: people, channels, messages, reactions, homes, open forms, what was read, the clock, the port,
and what the bot was not told yet. Not kept: what lives for minutes anyway (triggers, response
URLs), and the recorded traffic, which tells of one run and its addresses.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playground.delivery.queue import DeliveryQueue, Waiting
from playground.errors import CannotRead
from playground.state.records import MessageRecord, TeamRecord, ViewRecord
from playground.state.world import World

VERSION = 3
"""To be raised with any change of what is kept; a test holds it to the records' fields."""
LOOKS_EVERY = 0.2
"""In seconds: what people do without the bot being told (a reaction taken back) is kept so soon."""


@dataclass(frozen=True)
class Identity:
    """Who the app is, and its secrets: a bot that was installed before is still installed."""

    app_id: str
    app_token: str
    signing_secret: str
    verification_token: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Kept:
    version: int
    now: float
    """The clock when it was kept, in seconds since 1970."""
    made: int
    last_us: int
    identity: Identity
    teams: list[TeamRecord]
    port: int
    """Where it listened, so that a page that was open finds it again; 0 if it never did."""
    homes: list[ViewRecord]
    modals: list[ViewRecord]
    """Each person's from the lowest of the stack to the one on top."""
    read: dict[str, dict[str, str]]
    ephemerals: list[MessageRecord]
    waiting: list[Waiting]


def read_kept(text: str) -> Kept:
    """Raises CannotRead with what is wrong, to follow the name of what it was read from."""
    from pydantic import ValidationError
    from pydantic_core import from_json

    try:
        version = from_json(text)["version"]
    except (ValueError, TypeError, KeyError):
        raise CannotRead("is damaged") from None
    if version != VERSION:
        raise CannotRead(
            f"was kept by another version (format {version}; this one reads {VERSION})"
        )
    try:
        kept: Kept = _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise CannotRead(f"is damaged (at {'.'.join(map(str, first['loc']))})") from None
    if not kept.teams:
        raise CannotRead("is damaged (at teams)")
    return kept


def write_kept(world: World, queue: DeliveryQueue) -> str:
    """JSON. To be called with the world's lock held, so that it is one moment's state."""
    messages = [message for those in world.ephemerals.values() for message in those]
    kept = Kept(
        version=VERSION,
        now=world.clock.now(),
        made=world.names.made,
        last_us=world.names.last_us,
        identity=Identity(**{f.name: getattr(world, f.name) for f in fields(Identity)}),
        teams=list(world.teams.values()),
        port=urlsplit(world.url).port or 0,
        homes=list(world.homes.values()),
        modals=[view for stack in world.stacks.values() for view in stack],
        read=world.read,
        ephemerals=messages,
        waiting=queue.undelivered(),
    )
    text: bytes = _adapter().dump_json(kept)
    return text.decode()


def restore_world(world: World, kept: Kept) -> None:
    """Into a world in which nothing has happened yet."""
    for field in fields(Identity):
        setattr(world, field.name, getattr(kept.identity, field.name))
    world.names.made, world.names.last_us = kept.made, kept.last_us
    world.teams = {team.id: team for team in kept.teams}
    for view in kept.homes:
        world.views[view.id] = world.homes[view.team_id, view.user] = view
    for view in kept.modals:
        world.views[view.id] = view
        world.stacks.setdefault(view.user, []).append(view)
    world.read = kept.read
    for message in kept.ephemerals:
        place = message.ephemeral_for or "", message.channel_id
        world.ephemerals.setdefault(place, []).append(message)


class Keeping:
    """Writes the world down whenever the stand-in is about to say something to the bot: what the
    bot was told is kept, so that the two still agree after a crash of both."""

    def __init__(self, world: World, queue: DeliveryQueue, write: Callable[[str], None]) -> None:
        self._world, self._queue, self._write = world, queue, write
        self._one_at_a_time = threading.Lock()
        self._written = -1
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="playground-keeping", daemon=True)

    def start(self) -> None:
        self.keep()
        self._thread.start()

    def stop(self) -> None:
        """Raises what `write` raises: then the last moments were not kept."""
        if not self._thread.is_alive():
            return
        self._stopping.set()
        self._thread.join()
        self._written = -1  # what was delivered since, and the clock, are no edits
        self.keep()

    def keep(self) -> None:
        """Returns when all that has happened is written. Raises what `write` raises."""
        with self._one_at_a_time:
            with self._world.lock:
                if self._world.edits == self._written:
                    return
                edits, text = self._world.edits, write_kept(self._world, self._queue)
            self._write(text)
            self._written = edits

    def _run(self) -> None:
        while not self._stopping.wait(LOOKS_EVERY):
            with contextlib.suppress(Exception):  # tried again; who is told next will hear of it
                self.keep()


@cache
def _adapter() -> Any:
    """Made when first needed: importing does nothing."""
    from pydantic import TypeAdapter

    return TypeAdapter(Kept)
