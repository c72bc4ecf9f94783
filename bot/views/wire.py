"""What a button or form carries there and back: untrusted, compared when it returns."""

import json
from dataclasses import dataclass

from seat.facts import Review

MOST_METADATA = 3000


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button's value, read: `review:version[:part…]`."""

    review: int
    version: int
    parts: tuple[str, ...] = ()


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


def read_press(value: str) -> Pressed | None:
    """What `press` wrote; None for anything else."""
    review, _, rest = value.partition(":")
    version, *parts = rest.split(":")
    if not (_is_number(review) and _is_number(version)):
        return None
    return Pressed(int(review), int(version), tuple(parts))


def read_choice(value: str) -> tuple[str, Pressed] | None:
    """An option of a menu: `action:review:version`."""
    action, _, rest = value.partition(":")
    pressed = read_press(rest)
    return (action, pressed) if pressed else None


def read_form_context(metadata: str) -> FormContext | None:
    """What `FormContext.to_json` wrote; None for anything else."""
    try:
        fields = json.loads(metadata)
        return FormContext(
            int(fields["review"]),
            int(fields["version"]),
            str(fields["channel"]),
            str(fields.get("part", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def context_of(review: Review, part: object = "") -> FormContext:
    return FormContext(review.id, review.version, review.channel_id, str(part))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
