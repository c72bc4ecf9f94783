"""`Playground`: puts the parts together, starts and stops them, and is the face tests drive."""

import threading
import time
from collections.abc import Callable
from typing import Any

from playground.clock import Clock, SystemClock
from playground.control.routes import build_control_routes
from playground.delivery.carrier import Carrier
from playground.delivery.envelopes import event_envelope, is_wanted
from playground.delivery.queue import DeliveryQueue
from playground.delivery.sockets import SocketMode
from playground.driver.message import Channel
from playground.driver.person import Person
from playground.driver.stage import Stage
from playground.driver.team import Team, new_team_record
from playground.durations import Durations
from playground.faults import Faults
from playground.keeping import Keeping, Kept, restore_world
from playground.page.playbill import Playbill
from playground.page.routes import build_page_routes
from playground.page.story import Story
from playground.server import Server, build_routes
from playground.state.records import ChannelRecord, Json, TeamRecord
from playground.state.world import World
from playground.web_api.desk import Desk
from playground.web_api.limiter import Limiter
from playground.wire import Wire

RECHECK = 0.05


class Playground:
    """A context manager: inside it, Slack's stand-in listens on a loopback port."""

    def __init__(
        self,
        port: int = 0,
        *,
        clock: Clock | None = None,
        durations: Durations | None = None,
        app_name: str = "The App",
        team_name: str = "Acme",
        rate_limits: bool = True,
        kept: Kept | None = None,
        keep: Callable[[str], None] | None = None,
    ) -> None:
        """`port`: 0 picks the one that `kept` had if it is free, else any.

        `kept`: go on from there (`read_kept`); `keep` is handed all that is to be kept, as text,
        before anything that rests on it is said to the bot."""
        self.clock: Clock = clock or SystemClock()
        self.durations = durations or Durations()
        self.world = World(clock=self.clock, durations=self.durations, app_name=app_name)
        if kept is not None:
            restore_world(self.world, kept)
        self.wire = Wire()
        self.faults = Faults()
        self.limiter = Limiter(self.clock)
        self.limiter.enabled = rate_limits
        self.sockets = SocketMode(
            app_id=self.world.app_id,
            wire=self.wire,
            faults=self.faults,
            lives=self.durations.connection_lives,
            tell=self.world.tell,
        )
        self.carrier = Carrier(
            sockets=self.sockets,
            signing_secret=self.world.signing_secret,
            within=self.durations.answer_within,
            wire=self.wire,
        )
        self.carrier.now = self.sockets.now = self.clock.now
        self._queue = DeliveryQueue(
            carrier=self.carrier,
            clock=self.clock,
            durations=self.durations,
            faults=self.faults,
            kept=kept.waiting if kept is not None else (),
        )
        self._keeping = Keeping(self.world, self._queue, keep) if keep is not None else None
        if self._keeping is not None:
            self.carrier.before = self._keeping.keep
            self.clock.when_moved(self.world.touch)
        self._desk = Desk(
            world=self.world,
            sockets=self.sockets,
            faults=self.faults,
            limiter=self.limiter,
            wire=self.wire,
            before_answer=self.carrier.before,
        )
        self._stage = Stage(self.world, self.carrier, self.faults)
        first = next(iter(self.world.teams.values()), None)
        self.team = Team(self._stage, first or new_team_record(self.world, name=team_name))
        self.world.emit = self._emit
        self.wire.listen(lambda exchange: self.world.tell())
        routes = build_routes(
            desk=self._desk, world=self.world, sockets=self.sockets, wire=self.wire
        )
        self.playbill = Playbill(Story(self.wire, self.world.tell))
        routes += build_control_routes(self) + build_page_routes(self.world, self.playbill)
        self._server = Server(routes=routes, port=port, rather=kept.port if kept is not None else 0)
        self.world.url = self.url

    def __enter__(self) -> "Playground":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        self._server.start()
        if self._keeping is not None:
            self._keeping.start()
        self._queue.start()

    def stop(self) -> None:
        """Also when it never started; a second time does nothing."""
        if self._desk.stopping.is_set():
            return
        self._desk.stopping.set()
        self._queue.stop()
        self._server.stop(before=lambda: self._quietly(self.sockets.drop))
        if self._keeping is not None:
            self._keeping.stop()

    # Addresses and secrets

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def page_url(self) -> str:
        """The page to look at in a browser."""
        return f"{self.url}/"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.team.bot_token

    @property
    def app_token(self) -> str:
        return self.world.app_token

    @property
    def signing_secret(self) -> str:
        return self.world.signing_secret

    @property
    def app_id(self) -> str:
        return self.world.app_id

    # The workspace

    @property
    def teams(self) -> list[Team]:
        return [Team(self._stage, record) for record in self.world.teams.values()]

    def add_team(self, name: str = "Other Co") -> Team:
        """A second workspace with its own installation of the same app."""
        return Team(self._stage, new_team_record(self.world, name=name))

    def add_person(self, real_name: str, **facts: Any) -> Person:
        return self.team.add_person(real_name, **facts)

    def add_channel(self, name: str, **facts: Any) -> Channel:
        return self.team.add_channel(name, **facts)

    # The way to the bot

    def deliver_to(self, *addresses: str) -> None:
        """Where to POST; several take turns, as behind a balancer. A websocket has precedence."""
        self.carrier.addresses = list(addresses)
        self.resume_deliveries()

    def resume_deliveries(self) -> None:
        """What was kept from before waits for the first address, or for this: a bot on websockets
        has none."""
        self._queue.resume()

    def refresh_connections(self, reason: str = "refresh_requested") -> int:
        """Tell every websocket to be replaced and close it; returns how many there were."""
        return self.sockets.refresh(reason)

    def drop_socket_mode(self) -> int:
        """Break every websocket without a word; returns how many there were."""
        return self.sockets.drop()

    @property
    def connections(self) -> int:
        return self.sockets.connections

    # Waiting

    def settle(self, timeout: float = 10.0) -> None:
        """Until every delivery that is due was made and answered."""
        self._queue.settle(timeout)

    @property
    def waiting_deliveries(self) -> list[tuple[float, str]]:
        """Deliveries to be made later (retries, late ones): when, on the clock, and which event."""
        return self._queue.waiting()

    def wait_until(self, predicate: Callable[[], Any], timeout: float = 5.0) -> Any:
        """Until `predicate()` is true, and what it returned. Looked at whenever something changes
        here, and now and then in case it is about something elsewhere."""
        until = time.monotonic() + timeout
        while True:
            seen = self.world.changes
            value = predicate()
            if value:
                return value
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"did not come true within {timeout} s")
            with self.world.changed:
                if self.world.changes == seen:
                    self.world.changed.wait(min(left, RECHECK))

    def _emit(self, team: TeamRecord, event: Json, channel: ChannelRecord | None) -> None:
        if not is_wanted(self.world, team, event, channel):
            return
        subtype = event.get("subtype")
        self._queue.add(
            lane=channel.id if channel else team.id,
            name=f"{event['type']}.{subtype}" if subtype else event["type"],
            kind=event["type"],
            body=event_envelope(self.world, team, event, channel),
            channel=channel.id if channel else None,
        )

    def _quietly(self, act: Callable[[], object]) -> None:
        thread = threading.Thread(target=act, daemon=True)
        thread.start()
        thread.join(2)
