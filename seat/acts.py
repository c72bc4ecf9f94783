"""Every act and who may do it, as one table, and the values that judging it takes and gives.

The judging itself stands in seat/access.py.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Act(StrEnum):
    SET_UP = "set_up"
    PROPOSE = "propose"
    ADD_VOICE = "add_voice"
    ANSWER = "answer"
    """Answer, skip, object, state, confirm, withdraw an objection, agree to its mitigation."""
    HOLD_SEAT = "hold_seat"
    """Accept, decline, hand over, snooze. Whom it may be handed to: `may_sit`."""
    TAKE_OFFER = "take_offer"
    """The stand-in takes the seat that was offered."""
    TAKE_BACK = "take_back"
    """Have the seat again that one has just passed on; until when, seat/passing.py says."""
    VOLUNTEER = "volunteer"
    RESEAT = "reseat"
    REVISE = "revise"
    REPLY_OBJECTION = "reply_objection"
    WITHDRAW = "withdraw"
    NAME_DECIDER = "name_decider"
    DECIDE = "decide"
    OVERRULE = "overrule"
    REOPEN = "reopen"
    SETTINGS = "settings"
    ROSTER = "roster"
    OWN_TURNS = "own_turns"
    """Say that one is away, back, or not on the roster."""
    REPLACE_KEEPERS = "replace_keepers"
    TAKE_OVER = "take_over"
    """Keep a seat whose keepers have all left."""
    REDACT = "redact"
    READ = "read"


class Role(StrEnum):
    """Who may, for the words of a refusal: each reads as "only … may"."""

    FULL_MEMBER = "full_member"
    CHANNEL_MEMBER = "channel_member"
    READER = "reader"
    """Who can read the channel now: its members; of a public one every full member."""
    ON_ROSTER = "on_roster"
    ADVOCATE = "advocate"
    STAND_IN = "stand_in"
    PROPOSER = "proposer"
    DECIDER = "decider"
    KEEPER = "keeper"
    ADMIN = "admin"


class Reason(StrEnum):
    TRY_AGAIN = "try_again"
    """Whether this person is in the channel could not be found out just now."""
    NOT_IN_CHANNEL = "not_in_channel"
    GUEST = "guest"
    EXTERNAL = "external"
    SHARED_CHANNEL = "shared_channel"
    PAUSED = "paused"
    """The seat's channel is shared with another company, so it does nothing until it isn't."""
    NOT_YOURS = "not_yours"
    """Somebody else's to do: `who_may`, `names`."""
    UNSEATED = "unseated"
    """It is the advocate's, and nobody is in the seat."""
    ALREADY_SEATED = "already_seated"
    PROPOSER_CANNOT_SIT = "proposer_cannot_sit"
    DECIDER_CANNOT_SIT = "decider_cannot_sit"
    PROPOSER_CANNOT_OVERRULE = "proposer_cannot_overrule"
    IS_KEPT = "is_kept"
    """Somebody keeps the seat: there is nothing to take over."""
    NOT_YET = "not_yet"
    """The keepers have all left, and it is not a week ago."""


WHO_MAY: dict[Act, tuple[Role, ...]] = {
    Act.SET_UP: (Role.FULL_MEMBER,),
    Act.PROPOSE: (Role.CHANNEL_MEMBER,),
    Act.ADD_VOICE: (Role.CHANNEL_MEMBER,),
    Act.ANSWER: (Role.ADVOCATE,),
    Act.HOLD_SEAT: (Role.ADVOCATE,),
    Act.TAKE_OFFER: (Role.STAND_IN,),
    Act.TAKE_BACK: (Role.ON_ROSTER,),
    Act.VOLUNTEER: (Role.ON_ROSTER, Role.CHANNEL_MEMBER),
    Act.RESEAT: (Role.KEEPER,),
    Act.REVISE: (Role.PROPOSER,),
    Act.REPLY_OBJECTION: (Role.PROPOSER,),
    Act.WITHDRAW: (Role.PROPOSER, Role.KEEPER),
    Act.NAME_DECIDER: (Role.PROPOSER, Role.KEEPER),
    Act.DECIDE: (Role.DECIDER,),
    Act.OVERRULE: (Role.DECIDER,),
    Act.REOPEN: (Role.DECIDER, Role.KEEPER),
    Act.SETTINGS: (Role.KEEPER,),
    Act.ROSTER: (Role.KEEPER,),
    Act.OWN_TURNS: (Role.ON_ROSTER,),
    Act.REPLACE_KEEPERS: (Role.KEEPER, Role.ADMIN),
    Act.TAKE_OVER: (Role.ADMIN, Role.ON_ROSTER),
    Act.REDACT: (Role.KEEPER,),
    Act.READ: (Role.READER,),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who pressed. `is_member_of_channel` None: it could not be found out."""

    user: str
    is_member_of_channel: bool | None = True
    is_guest: bool = False
    is_external: bool = False
    is_keeper: bool = False
    is_admin: bool = False
    on_roster: bool = False


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What access needs of a seat and its channel; of a seat being set up, of the channel."""

    keepers: tuple[str, ...] = ()
    private: bool = False
    shared: bool = False
    """Shared with another workspace."""
    guests_may_propose: bool = False
    """And people from outside; also for adding a voice."""
    proposer_may_overrule: bool = False
    others_may_sit: bool = True
    """Members who are not on the roster, where nobody on it can."""
    roster_is_out: bool = False
    """Nobody on the roster can sit in the review that is judged."""
    unkept_for: timedelta | None = None
    """How long all its keepers have been gone; None: somebody keeps it."""


@dataclass(frozen=True, slots=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """`names`: the user ids of those who may, when that is a few people and known.

    Falsy, so that a forgotten isinstance lets nobody in.
    """

    reason: Reason
    who_may: tuple[Role, ...]
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return False
