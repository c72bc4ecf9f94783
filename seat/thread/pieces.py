"""What a message says, before anyone asks what that means for the review.

`parse` gives these; `bind` decides what each does. A number of None means "what is asked now".
"""

from dataclasses import dataclass

from seat.facts import Evidence


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """An answer in plain words. `evidence` only when a marker at its end named it."""

    number: int | None
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """`skip 3: reason`. The number may name no question; `bind` says so."""

    number: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class NeedsReason:
    """`skip 3` and nothing more: a skip counts only with its reason."""

    number: int | None


@dataclass(frozen=True, slots=True)
class DontKnow:
    number: int | None


@dataclass(frozen=True, slots=True)
class Object:
    """`object: …`; the first line is the title. An empty title means nothing followed.

    `mind`: what would change her mind, where a later line says so.
    """

    title: str
    detail: str = ""
    mind: str = ""


@dataclass(frozen=True, slots=True)
class SheSays:
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Not for the bot. `reason` is one of: empty, quote, mention, emoji, note, question, polite."""

    reason: str


@dataclass(frozen=True, slots=True)
class Help:
    """`help` or `?` and nothing more: said to the bot."""


@dataclass(frozen=True, slots=True)
class Undo:
    """`undo`: her last message's answer is taken back."""


Marked = AnswerTo | Skip | NeedsReason | DontKnow | Object | SheSays
"""What a line with a marker, or a plain one, can say."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """It begins with a number that may name a question, or be a word of the sentence.

    `plain` is the message without one, `numbered` what it is with it.
    """

    plain: AnswerTo
    numbered: tuple[Marked, ...]


Piece = Marked | Help | Undo | Unsure
