"""What is known of a review at one moment, as frozen values that every rule reads.

Long because every fact of a review stands in one place. The database loads them
(db/snapshot.py), rules judge them, views draw them. Nothing here decides.
People are Slack user ids ("U…"), channels Slack channel ids; every datetime is aware, in UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from seat.seating import Seating


class State(StrEnum):
    OPEN = "open"
    HEARD = "heard"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Size(StrEnum):
    QUICK = "quick"
    FULL = "full"


class Evidence(StrEnum):
    """What an answer stands on (WHY 12)."""

    SAID = "said"
    MEASURED = "measured"
    ASSUMED = "assumed"
    NOT_KNOWN = "not_known"


class Stance(StrEnum):
    """What she would do, from best to worst for her supplier."""

    WELCOME = "would_welcome"
    NOT_NOTICE = "would_not_notice"
    LIVE_WITH = "would_live_with"
    COMPLAIN = "would_complain"
    LEAVE = "would_leave"
    NOT_KNOWN = "not_known"
    """A fair answer: her words are on the record, and nobody can say what she would do."""


STANCES = tuple(stance for stance in Stance if stance is not Stance.NOT_KNOWN)
"""Those she can have, in order."""


class AnswerState(StrEnum):
    GIVEN = "given"
    NOT_KNOWN = "not_known"
    SKIPPED = "skipped"
    RETRACTED = "retracted"


class ObjectionState(StrEnum):
    OPEN = "open"
    MITIGATED = "mitigated"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    OVERRULED = "overruled"
    NOT_PURSUED = "not_pursued"
    """The change was stopped: nobody said that she was right, nor that she was not."""


class Verdict(StrEnum):
    GO = "go"
    GO_WITH_CHANGES = "go_with_changes"
    STOP = "stop"
    DEFER = "defer"


class Mark(StrEnum):
    """What stays on the record for good (DESIGN §3)."""

    NOBODY_IN_THE_SEAT = "nobody_in_the_seat"
    UNANSWERED = "unanswered"
    NOT_CONFIRMED = "not_confirmed"
    OVERRULED = "overruled"
    LIVE_BEFORE_HEARD = "live_before_she_was_heard"
    EDITED_AFTER_DECISION = "edited_after_decision"


class Confirmation(StrEnum):
    """What became of the say-back of the current statement."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    NO_REPLY = "no_reply"


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """One tappable choice: `value` goes over the wire and into the store, `label` is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as this review was asked it: numbered from 1, text and version kept."""

    number: int
    key: str
    text: str
    hint: str = ""
    kind: QuestionKind = QuestionKind.TEXT
    options: tuple[Option, ...] = ()
    required: bool = False
    quick: bool = False
    closing: bool = False
    moment: bool = False
    """The answer becomes the review's moment tag (WHY 7)."""
    short: str = ""
    """Two or three words for the checklist's tick line ("Meets it first")."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that stands for one question. `text` is what the advocate wrote, unescaped."""

    number: int
    state: AnswerState
    text: str = ""
    option: str = ""
    evidence: Evidence = Evidence.ASSUMED
    why: str = ""
    """The reply to the one "why?" a thin answer gets."""
    why_asked: bool = False
    tapped: bool = False
    stale: bool = False
    """It must be given again: the proposal was revised since, or the review opened again."""
    revision: int = 1
    """The proposal's, for which it was given last."""
    message_ts: tuple[str, ...] = ()
    """The thread messages it was read from, oldest first; empty for a form or a tap."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What the customer would not accept. `number` counts within the review, from 1."""

    id: int
    number: int
    title: str
    detail: str = ""
    changes_her_mind: str = ""
    mind_asked: bool = False
    """"What would change her mind?" was answered, passed over, or given along."""
    state: ObjectionState = ObjectionState.OPEN
    reply: str = ""
    """The proposer's latest reply."""
    offered: ObjectionState | None = None
    """MITIGATED or ACCEPTED, offered by the proposer and not yet agreed by the advocate."""
    stands: bool = False  # the advocate said so of the latest reply
    overruled_because: str = ""
    message_ts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    number: int
    verdict: Verdict
    because: str
    by: str
    at: datetime
    changes: str = ""
    until: date | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that began with a number: is it for that question, or part of what was asked?

    Until somebody says, its words are part of `part_of` (None: of what would change her mind).
    """

    channel_id: str
    ts: str
    by: str
    numbers: tuple[int, ...]
    """The questions it may be for instead, in order."""
    part_of: int | None
    words: str
    """How it begins, for showing."""


@dataclass(frozen=True, slots=True)
class LastTaken:
    """The last plain answer the advocate sent in the thread, for continuing it."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """One proposal in front of the seat, as it stands now."""

    id: int
    number: int
    workspace_id: str
    channel_id: str
    seat_id: int
    kind: str
    title: str
    told_to_her: str
    why: str
    proposer: str
    decider: str
    opened_at: datetime
    size: Size = Size.FULL
    state: State = State.OPEN
    version: int = 1
    """Grows with every change; buttons carry it (`value` = review:version[:part])."""
    revision: int = 1
    kind_label: str = ""
    change: str = ""
    affected: str = ""
    takes_effect: date | None = None
    links: str = ""
    live_since: date | None = None
    confidential_until: date | None = None
    persona: str = ""
    advocate: str | None = None
    stand_in: str | None = None
    accepted: bool = False
    """The advocate pressed accept or answered."""
    seated_at: datetime | None = None
    seating: Seating | None = None
    """How the advocate came to sit there; None where that was not kept."""
    answers_due_at: datetime | None = None
    decide_by: date | None = None
    decision_due_at: datetime | None = None
    decider_is_gone: bool = False
    """Whoever decides has left, and nobody else is named."""
    heard_at: datetime | None = None
    questions: tuple[Question, ...] = ()
    answers: dict[int, Answer] = field(default_factory=dict)
    """By question number; a question without an answer has no entry."""
    stance: Stance | None = None
    """The statement itself is the closing question's answer."""
    objections: tuple[Objection, ...] = ()
    statement_version: int = 0
    """Grows when the statement, stance, objections or answers change; the say-back is of one."""
    said_back_version: int = 0
    confirmation: Confirmation = Confirmation.WAITING
    confirm_by: datetime | None = None
    asked_number: int | None = None
    """The question the advocate was last shown as the one asked now."""
    asked_at: datetime | None = None
    """When that was drawn; None while it is still on its way to Slack."""
    last_taken: LastTaken | None = None
    doubts: tuple[Doubt, ...] = ()
    """As they were kept; `open_doubts` says which are still to be settled."""
    needs_full_used: bool = False
    decisions: tuple[Decision, ...] = ()
    deferred_until: date | None = None
    withdrawn_by: str = ""
    """The proposer, or a keeper; only of a withdrawn review."""
    withdrawn_because: str = ""
    private: bool = False
    """In a private channel: shows nowhere else (DESIGN §6)."""

    @property
    def closing(self) -> Question | None:
        return next((q for q in self.questions if q.closing), None)

    @property
    def statement(self) -> Answer | None:
        """Her words: the given answer to the closing question, stale or not."""
        closing = self.closing
        answer = self.answers.get(closing.number) if closing else None
        return answer if answer and answer.state is AnswerState.GIVEN else None

    def was_revised_since(self, answer: Answer) -> bool:
        """Why a stale answer is stale: the proposal has changed. Else it is only open again."""
        return answer.revision < self.revision

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(o for o in self.objections if o.state is ObjectionState.OPEN)

    @property
    def overruled(self) -> tuple[Objection, ...]:
        return tuple(o for o in self.objections if o.state is ObjectionState.OVERRULED)

    @property
    def decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    def question(self, number: int) -> Question | None:
        return next((q for q in self.questions if q.number == number), None)
