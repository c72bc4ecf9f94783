"""The same company on Socket Mode: real websockets on loopback, and what befalls those.

Still one thing after the other. Who delivers waits until the bot is through with it, and until each
connection that went was replaced: so a run is the same each time, threads or not.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import BoltResponse

from bot.app import Running
from bot.slack.socket_mode import SocketDurations, SocketRunner
from bot.web.app import dispatch
from playground.delivery.carrier import Answer, Parcel
from tests.faults.company import Company
from tests.faults.life import Killed
from tests.faults.lives import Work
from tests.faults.troubles import CUT, REFRESHED
from tests.faults.wire import QuietSlack

FAULTS = {CUT: "cut_mid_envelope", REFRESHED: "refresh_meanwhile"}
CONNECTIONS = 2
POLL = 0.005
LONGEST = 60.0
"""Real seconds for what takes milliseconds; then the run has failed."""
A_DEED = 20.0
QUICK = SocketDurations(stagger=0.0, watch=0.02, retire=1.0, first_retry=0.02, answer=5.0)


class SlackOnWebsockets(QuietSlack):
    """Its websockets are real, and served from a thread; calls to it are function calls still."""

    def __enter__(self) -> "SlackOnWebsockets":
        self._server.start()
        self.world.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *exception: object) -> None:
        self._desk.stopping.set()
        self._server.stop(before=self.sockets.drop)


class CompanyOnWebsockets(Company):
    def __init__(self, slack: SlackOnWebsockets, *how: Any) -> None:
        self._news = threading.Condition()
        self._runner: SocketRunner | None = None
        self._times_back = 0
        self._served: set[str] = set()
        super().__init__(slack, *how)

    # Lives and deaths

    def live(self) -> Running:
        before = self.running
        running = super().live()
        if running is not before:
            self._runner = SocketRunner(
                partial(self._serve, running),
                app_token=self.slack.app_token,
                base_url=self.slack.api_url,
                connections=CONNECTIONS,
                durations=QUICK,
                on_back=partial(self._come_back, running),
            )
            self._runner.start()
            self._await_connected()
        return running

    def work(self, do: Work) -> Any:
        result = super().work(do)
        if self.running is None:
            self._hang_up()
        return result

    def _end(self) -> None:
        super()._end()
        self._hang_up()

    def close(self) -> None:
        self._hang_up()
        super().close()

    def _hang_up(self) -> None:
        """As the kernel closes the sockets of a process that was killed."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        with runner._changed:
            runner._stopping = True
            runner._changed.notify_all()
        runner._watchman.join(LONGEST)  # it may be connecting just now
        for line in [*filter(None, runner._lines), *runner._retired]:
            # The SDK takes up to a second to end its threads, after the socket is closed.
            threading.Thread(target=line.hang_up, daemon=True).start()
        runner._pool.shutdown(wait=False)
        self._await(lambda: not self.slack.connections)

    # The way from Slack to the bot

    def _deliver(self, parcel: Parcel) -> Answer | None:
        if self.is_stopping and self._working:
            return None
        try:
            self.live()
        except Killed:
            return None
        befalls = next((k for k in FAULTS if _may(k, parcel) and self.fate.hits(k)), None)
        back = self._times_back
        if befalls:
            self.slack.faults.add(FAULTS[befalls], count=1)
        self._served.discard(_name(parcel.body))  # of the try before
        answer, _ = self.slack.sockets.send(parcel, within=LONGEST)
        if befalls == CUT:
            self.never_came.append(parcel.body)
            self._await(lambda: self._times_back > back)
        elif not answer.ok:
            # Slack hears nothing any more, and the bot is still at it, or dying; unless what came
            # was not looked at yet as the connection went, and went with it.
            with suppress(TimeoutError):
                self._await(lambda: _name(parcel.body) in self._served, most=A_DEED)
        if befalls and self._runner is not None:
            self._await_connected()
            self.live().catching_up.want()
        return answer if answer.ok else None

    def _serve(
        self, running: Running, body: dict[str, Any], headers: dict[str, Any]
    ) -> BoltResponse:
        """What a connection passes on, on a thread of the bot's."""
        response: BoltResponse | None = self.work(lambda _: dispatch(running.app, body, headers))
        if response is None or response.status != 200:
            # Slack's three seconds pass: the clock stands still here.
            self.slack.sockets.time_out(body)
        with self._news:
            self._served.add(_name(body))
            self._news.notify_all()
        return response or BoltResponse(status=500)

    def _come_back(self, running: Running) -> None:
        running.catching_up.want()
        with self._news:
            self._times_back += 1
            self._news.notify_all()

    # Waiting for threads

    def _await_connected(self) -> None:
        runner = self._runner
        assert runner is not None
        self._await(lambda: self.slack.connections == runner.connected == CONNECTIONS)

    def _await(self, condition: Callable[[], bool], *, most: float = LONGEST) -> None:
        with self._news:
            for _ in range(int(most / POLL)):
                if condition():
                    return
                self._news.wait(POLL)
        raise TimeoutError("the bot's connections do not come or go")


def _may(kind: str, parcel: Parcel) -> bool:
    return kind == CUT or parcel.kind != "event"


def _name(body: dict[str, Any]) -> str:
    return str(body.get("event_id") or body.get("trigger_id"))
