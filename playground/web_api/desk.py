"""Takes a call from the wire to its handler: token, arguments, scope, rate limit, faults, answer.

Faults decide here whether the call is carried out and what the bot gets to see of it.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playground.delivery.sockets import SocketMode
from playground.faults import CALL_FAULTS, Fault, Faults
from playground.state.records import Json, TeamRecord
from playground.state.world import World
from playground.web_api.answers import SlackError, missing_scope
from playground.web_api.arguments import parse_arguments
from playground.web_api.call import Call
from playground.web_api.limiter import Limiter
from playground.web_api.methods import METHODS
from playground.wire import Wire

_CALL_FAULTS = CALL_FAULTS - {"drop_ephemeral"}


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    then: Literal["answer", "drop"] = "answer"
    """drop: the connection breaks and the bot sees no answer."""


class Desk:
    def __init__(
        self,
        *,
        world: World,
        sockets: SocketMode,
        faults: Faults,
        limiter: Limiter,
        wire: Wire,
        before_answer: Callable[[], None] = lambda: None,
    ) -> None:
        """`before_answer` is called between what a call does and its answer."""
        self._world = world
        self._sockets = sockets
        self._faults = faults
        self._limiter = limiter
        self._wire = wire
        self._before_answer = before_answer
        self.stopping = threading.Event()

    def take(self, method: str, token: str | None, given: Json) -> Reply:
        start = time.monotonic()
        faults = self._faults.hitting(_CALL_FAULTS, method, channel=_text(given.get("channel")))
        by_kind = {fault.kind: fault for fault in faults}
        if "slow" in by_kind:
            self.stopping.wait(by_kind["slow"].seconds)
        reply = self._before(by_kind)
        if reply is None:
            status, answer, headers = self._carry_out(method, token, given)
            self._before_answer()
            reply = _after(by_kind, Reply(status, json.dumps(answer).encode(), headers))
        else:
            answer = json.loads(reply.body) if reply.body[:1] == b"{" else {}
        self._wire.record(
            at=self._world.clock.now(),
            direction="from_bot",
            kind="api",
            name=method,
            request=given,
            status=reply.status if reply.then == "answer" else None,
            answer=answer,
            seconds=time.monotonic() - start,
            by=",".join(by_kind),
            trouble="dropped" if reply.then == "drop" else None,
        )
        return reply

    def _before(self, faults: dict[str, Fault]) -> Reply | None:
        """The answers for which nothing is carried out."""
        if "drop_before" in faults:
            return Reply(0, b"", then="drop")
        if "ratelimited" in faults:
            return _ratelimited(faults["ratelimited"].retry_after)
        for kind, status in (("http_500", 500), ("http_503", 503)):
            if kind in faults:
                return Reply(status, b"Internal Server Error", {"content-type": "text/plain"})
        if "error" in faults:
            return Reply(200, json.dumps({"ok": False, "error": faults["error"].error}).encode())
        return None

    def _carry_out(
        self, method: str, token: str | None, given: Json
    ) -> tuple[int, Json, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            if method not in METHODS:
                raise SlackError("unknown_method", req_method=method)
            wanted = METHODS[method]
            team = self._authenticate(token or _text(given.get("token")), wanted.token)
            headers["x-oauth-scopes"] = ",".join(team.scopes)
            if wanted.scope is not None:
                headers["x-accepted-oauth-scopes"] = wanted.scope
                if wanted.scope not in team.scopes:
                    raise missing_scope(wanted.scope, team.scopes)
            arguments = parse_arguments(method, given)
            wait = self._limiter.seconds_to_wait(
                team=team.id, method=method, channel=arguments.get("channel")
            )
            if wait is not None:
                limited = _ratelimited(wait)
                return limited.status, json.loads(limited.body), limited.headers
            call = Call(method, self._world, team, arguments, self._sockets, self._faults)
            return 200, {"ok": True, **wanted.handler(call)}, headers
        except SlackError as error:
            return 200, error.shape(), headers

    def _authenticate(self, token: str | None, kind: str) -> TeamRecord:
        teams = self._world.teams
        if kind == "none":
            return next(iter(teams.values()))
        if not token:
            raise SlackError("not_authed")
        if token == self._world.app_token:
            if kind != "app":
                raise SlackError("not_allowed_token_type")
            return next(iter(teams.values()))
        for team in teams.values():
            if team.bot_token == token:
                if team.token_trouble is not None:
                    raise SlackError(team.token_trouble)
                if kind != "bot":
                    raise SlackError("not_allowed_token_type")
                return team
        raise SlackError("invalid_auth")


def _after(faults: dict[str, Fault], reply: Reply) -> Reply:
    if "drop_after" in faults:
        return Reply(reply.status, reply.body, then="drop")
    if "truncated_json" in faults:
        return Reply(reply.status, reply.body[: max(1, len(reply.body) // 2)], reply.headers)
    return reply


def _ratelimited(seconds: int | None) -> Reply:
    headers = {} if seconds is None else {"retry-after": str(seconds)}
    return Reply(429, json.dumps({"ok": False, "error": "ratelimited"}).encode(), headers)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
