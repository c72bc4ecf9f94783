"""What draws with one scene in hand: the wording, who reads it, and what time it is there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ButtonElement, ConfirmObject

from bot.views import blocks
from bot.views.scene import Scene
from bot.views.wire import press
from bot.wording import Said, Wording
from seat.facts import ObjectionState, Review, Stance


@dataclass(frozen=True, slots=True)
class Pen:
    wording: Wording
    scene: Scene

    def say(self, key: str, /, **values: Any) -> Said:
        """The sentence `key` in mrkdwn; `now`, `tz` and `url` (the card's) come along."""
        return self.wording.say(key, **self._always(), **values)

    def plain(self, key: str, /, **values: Any) -> str:
        return self.wording.plain(key, **self._always(), **values)

    def _always(self) -> dict[str, Any]:
        return {"now": self.scene.now, "tz": self.scene.tz, "url": self.scene.link}

    def is_past(self, due: datetime | None) -> bool:
        """Whether it is too late to say that something is due `by` then: it was."""
        return due is not None and due <= self.scene.now

    def name(self, user: str | None) -> str:
        return self.scene.name(user)

    def button(
        self,
        action_id: str,
        review: Review,
        *parts: object,
        label: str = "",
        style: str | None = None,
        confirm: ConfirmObject | None = None,
    ) -> ButtonElement:
        """A button about this review, labelled by `buttons.<action_id>` unless `label` is given."""
        words = label or self.plain(f"buttons.{action_id}")
        return blocks.button(words, action_id, press(review, *parts), style=style, confirm=confirm)

    def confirm(self, key: str, **values: Any) -> ConfirmObject:
        """Asks once more before something that is hard to take back."""
        ask = "confirm"
        return blocks.confirm(
            self.plain(f"{ask}.{key}_title", **values),
            self.plain(f"{ask}.{key}_text", **values),
            self.plain(f"{ask}.{key}_yes"),
            self.plain(f"{ask}.no"),
        )

    def stance(self, stance: Stance | None) -> str:
        return self.plain(f"labels.stance_{stance}") if stance else ""

    def outcome(self, review: Review, state: ObjectionState) -> Said:
        """What became of an objection; of a change already live, stopping undid it."""
        return self.say(f"labels.objection_{state}", live=review.live_since is not None)

    def overruled(self, review: Review) -> Said:
        """How many objections were overruled, "" for none."""
        many = len(review.overruled)
        return self.say("labels.overruled", objections=many) if many else Said("")

    def kind(self, review: Review) -> str:
        return review.kind_label or review.kind.capitalize()
