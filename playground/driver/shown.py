"""What a person sees right after doing something."""

from typing import Any

from playground.driver.message import Message
from playground.driver.view import View
from playground.state.records import Json
from playground.state.world import World


class Shown:
    def __init__(
        self,
        world: World,
        *,
        message: Message | None = None,
        error: str | None = None,
        trigger_id: str | None = None,
        answer: Any = None,
    ) -> None:
        self._world = world
        self._trigger_id = trigger_id
        self.message = message
        self.error = error
        """What Slack tells the person went wrong, or None."""
        self.answer = answer
        """The bot's acknowledgement as it came."""

    def __repr__(self) -> str:
        return f"<Shown error={self.error!r} text={self.text!r} modal={self.modal!r}>"

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def text(self) -> str:
        """Everything the answer says, blocks rendered; empty if there was none."""
        return self.message.all_text() if self.message else ""

    @property
    def blocks(self) -> list[Json]:
        return self.message.blocks if self.message else []

    @property
    def modal(self) -> View | None:
        """The view that was opened with this trigger, if it was and is still open."""
        with self._world.lock:
            for view in self._world.views.values():
                if view.is_open and view.trigger_id == self._trigger_id and view.type == "modal":
                    return View(view)
        return None
