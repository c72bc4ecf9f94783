"""A private answer to whoever just pressed or wrote: where they did it, and where it has to stay.

In a channel or thread that is a line only they see, which Slack does not promise to show and which
is gone when they reload. Whoever has to act on it gets a private message too, and so does whoever
pressed in private messages. The same about the same review is sent once an hour.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.reviews.deed import Deed
from db.outbox import queue_refusal, queue_surface, queue_whisper


@dataclass(frozen=True, slots=True)
class Place:
    """`channel` "": nowhere a line could stand. `thread_ts` None: at the channel's root."""

    channel: str
    thread_ts: str | None = None

    @property
    def is_private_message(self) -> bool:
        return self.channel[:1] in ("", "D")


def answer_privately(
    deed: Deed,
    place: Place,
    template: str,
    args: dict[str, Any],
    *,
    review_id: int | None = None,
    stays: bool = False,
    refused: bool = False,
) -> None:
    """To the one who does the deed. `review_id`: what it is about, named in the message with it;
    then nobody outside its private channel gets it. `stays`: they have to act on it. `refused`: it
    says why nothing was done, and holds up nobody else's."""
    if not place.is_private_message:
        queue = queue_refusal if refused else queue_whisper
        queue(
            deed.session,
            workspace_id=deed.workspace_id,
            channel_id=place.channel,
            person_id=deed.user,
            thread_ts=place.thread_ts,
            template=template,
            args=args,
            now=deed.now,
        )
    if place.is_private_message or stays:
        words = json.dumps([template, args], sort_keys=True)
        said = sha256(words.encode()).hexdigest()[:16]
        queue_surface(
            deed.session,
            workspace_id=deed.workspace_id,
            kind="private_answer",
            key=f"private_answer:{deed.user}:{review_id or 0}:{said}:{deed.now:%Y%m%d%H}",
            person_id=deed.user,
            review_id=review_id,
            args={"template": template, "args": args},
            now=deed.now,
        )
