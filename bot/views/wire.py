"""What a button or form carries there and back: untrusted, compared when it returns."""

import json
from dataclasses import dataclass

from seat.facts import Review

MIND = "mind"
"""In front of an objection's number, where a question's would stand: what would change her mind."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """A form's private_metadata. `review` 0: the form is not about one yet. `part`: which one."""

    review: int = 0
    version: int = 0
    channel: str = ""
    part: str = ""

    def to_json(self) -> str:
        fields = {"review": self.review, "version": self.version, "channel": self.channel}
        if self.part:
            fields["part"] = self.part[:200]
        return json.dumps(fields, separators=(",", ":"))


def press(review: Review, *parts: object) -> str:
    """The value of a button about this review as it stands."""
    return ":".join(str(part) for part in (review.id, review.version, *parts))


def choice(review: Review, action: str) -> str:
    """The value of an option in a menu: `action:review:version`."""
    return f"{action}:{press(review)}"


def context_of(review: Review, part: object = "") -> FormContext:
    return FormContext(review.id, review.version, review.channel_id, str(part))
