"""What a message does to a review. `bind` gives these; a use case saves them, one after another.

Numbers always name a question or an objection that the review has. An empty `option` means free
text; an evidence of None means the message named none.
"""

from dataclasses import dataclass
from enum import StrEnum

from seat.facts import Evidence, Stance


class Unclear(StrEnum):
    """Why something was not understood; each has its private line in the wording."""

    STANCE = "stance"
    SKIP_NEEDS_REASON = "skip_needs_reason"
    NO_SUCH_QUESTION = "no_such_question"
    OBJECTION_NEEDS_WORDS = "objection_needs_words"
    STATEMENT_NEEDS_WORDS = "statement_needs_words"
    NO_STATEMENT_ASKED = "no_statement_asked"
    # Understood, and more than there is room for (seat/bounds.py).
    TOO_LONG = "too_long"
    TOO_MANY_MESSAGES = "too_many_messages"
    TOO_MANY_OBJECTIONS = "too_many_objections"
    CHANGED_TOO_OFTEN = "changed_too_often"


@dataclass(frozen=True, slots=True)
class Give:
    number: int
    text: str
    evidence: Evidence | None = None
    option: str = ""


@dataclass(frozen=True, slots=True)
class Continue:
    """More words for the answer last given; they follow its text on a new line."""

    number: int
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class GiveWhy:
    """The reply to a thin answer's "why?". Empty text: passed over, and never asked again."""

    number: int
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class GiveMind:
    """What would change her mind. Empty text: passed over."""

    objection_number: int
    text: str


@dataclass(frozen=True, slots=True)
class GiveStance:
    """What she would do; Stance.NOT_KNOWN where nobody can say."""

    stance: Stance


@dataclass(frozen=True, slots=True)
class SkipIt:
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class NotKnown:
    number: int


@dataclass(frozen=True, slots=True)
class NewObjection:
    title: str
    detail: str = ""
    mind: str = ""
    """What would change her mind, where the message says so; then it is not asked."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Her words: the answer to the closing question, in place of an earlier one."""

    number: int
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class AskReplace:
    """An answer given elsewhere stands for this number: ask first, then do `instead`."""

    number: int
    instead: Give | SkipIt | NotKnown


@dataclass(frozen=True, slots=True)
class AskWhich:
    """The message, taken as the binding before this one, may be for question `numbers` instead:
    kept as data, until she says so, with what it then is. `part_of`: the question it is taken for,
    None for an objection."""

    numbers: tuple[int, ...]
    part_of: int | None
    instead: "tuple[Give | SkipIt | NotKnown | NewObjection | Statement, ...]"


@dataclass(frozen=True, slots=True)
class TellHow:
    """`help`: one private line says what may be typed."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """`undo`: what was taken from her last message is taken back."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """One private line. `number` is the question it is about, if it is about one."""

    reason: Unclear
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """Talk, or nothing is asked: not taken, silently."""


Binding = (
    Give
    | Continue
    | GiveWhy
    | GiveMind
    | GiveStance
    | SkipIt
    | NotKnown
    | NewObjection
    | Statement
    | AskReplace
    | AskWhich
    | TellHow
    | TakeBack
    | NotUnderstood
    | Nothing
)
