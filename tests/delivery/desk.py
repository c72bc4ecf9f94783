"""A dispatcher in front of the playground, on one clock that a test moves by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from sqlmodel import Session, select

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.drawings import Drawings
from bot.delivery.durations import Durations
from bot.delivery.throttles import Throttles
from bot.slack.client import Clients
from bot.slack.directory import Directory
from bot.views.scene import Drawn, Scene
from bot.wording import Wording
from db.outbox import find_surface, queue_surface, redraw
from db.store import Store
from db.tables import OutboxRow, Surface, Workspace
from playground import HandClock, Playground


@dataclass(frozen=True)
class HandMachine:
    """Both clocks are the playground's."""

    hand: HandClock

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.hand.now(), UTC)

    def machine(self) -> datetime:
        return self.now()


@dataclass
class Desk:
    slack: Playground
    hand: HandClock
    store: Store
    clock: HandMachine
    words: dict[str, str] = field(default_factory=dict)
    """What each kind's drawing says now."""
    shown: dict[str, int | None] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)
    on_draw: Callable[[str], object] = lambda kind: None
    durations: Durations = field(default_factory=Durations)
    token: str = ""

    @property
    def t(self) -> str:
        return self.slack.team.id

    def dispatcher(self, **options: Any) -> Dispatcher:
        """A process of its own: several may share the database."""
        clients = Clients(lambda _: self.token or self.slack.bot_token, self.slack.api_url)
        directory = Directory(self.store, clients, self.clock)
        options.setdefault("throttles", Throttles.none())
        options.setdefault("durations", self.durations)
        drawings = self.drawings(*options.pop("more_kinds", ()))
        return Dispatcher(self.store, clients, directory, drawings, self.clock, **options)

    def drawings(self, *more: str) -> Drawings:
        kinds = ("card", "checklist", "seat", "parked_for_keeper", *more)
        return Drawings(
            wording=cast(Wording, None),
            messages={kind: self._draw(kind) for kind in kinds},
            whisper=lambda template, args, _: Drawn(f"{template} {args['n']}", []),
        )

    def _draw(self, kind: str) -> Callable[[Any, Scene, Wording], Drawn]:
        def draw(review: Any, scene: Scene, wording: Wording) -> Drawn:
            self.on_draw(kind)
            self.scenes.append(scene)
            text = self.words.get(kind, f"{kind} {scene.args.get('error', '')}".strip())
            block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
            return Drawn(text, [block], shown_number=self.shown.get(kind))

        return draw

    # What handlers do

    def do(self, deed: Callable[[Session], Any]) -> Any:
        return self.store.transact(deed)

    def want(self, kind: str, channel: str = "", key: str = "", **more: Any) -> None:
        under = more.pop("under", None)

        def deed(session: Session) -> None:
            above = find_surface(session, workspace_id=self.t, key=under) if under else None
            queue_surface(
                session,
                workspace_id=self.t,
                kind=kind,
                key=key or kind,
                channel_id=channel,
                under=above,
                now=self.clock.now(),
                **more,
            )

        self.do(deed)

    def again(self, key: str) -> None:
        self.do(lambda s: redraw(s, workspace_id=self.t, key=key, now=self.clock.now()))

    # What is known

    def surface(self, key: str) -> Surface:
        found = self.store.read(lambda s: find_surface(s, workspace_id=self.t, key=key))
        assert found is not None
        return found

    def rows(self) -> list[OutboxRow]:
        return self.store.read(lambda s: list(s.exec(select(OutboxRow).order_by("id"))))

    def calls(self, method: str) -> int:
        return len(self.slack.wire.calls(method))


def open_desk(slack: Playground, hand: HandClock, store: Store) -> Desk:
    desk = Desk(slack, hand, store, HandMachine(hand))
    team = slack.team
    workspace = Workspace(
        id=team.id, bot_user_id=team.bot_user, bot_id=team.bot_id, installed_at=desk.clock.now()
    )
    store.transact(lambda s: s.add(workspace))
    return desk
