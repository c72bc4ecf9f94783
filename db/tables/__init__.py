"""Every table, so that one import fills the metadata."""

from db.tables.delivery import (
    CatchUp,
    DeliveryFailed,
    Draft,
    Due,
    EarlyMessage,
    InboxKey,
    Lane,
    OutboxRow,
    OutboxState,
    Surface,
)
from db.tables.epochs import Epoch, LostReview
from db.tables.erasures import Erasure, ErasureKind
from db.tables.people import Channel, Membership, Person, Workspace
from db.tables.reviews import (
    AnswerEntryRow,
    AnswerRow,
    DecisionRow,
    HistoryRow,
    ObjectionRow,
    QuestionRow,
    ReviewRow,
    RevisionRow,
    ThreadMessage,
)
from db.tables.seats import DigestRun, RosterMember, Seat, Turn

__all__ = [
    "AnswerEntryRow",
    "AnswerRow",
    "CatchUp",
    "Channel",
    "DecisionRow",
    "DeliveryFailed",
    "DigestRun",
    "Draft",
    "Due",
    "EarlyMessage",
    "Epoch",
    "Erasure",
    "ErasureKind",
    "HistoryRow",
    "InboxKey",
    "Lane",
    "LostReview",
    "Membership",
    "ObjectionRow",
    "OutboxRow",
    "OutboxState",
    "Person",
    "QuestionRow",
    "ReviewRow",
    "RevisionRow",
    "RosterMember",
    "Seat",
    "Surface",
    "ThreadMessage",
    "Turn",
    "Workspace",
]
