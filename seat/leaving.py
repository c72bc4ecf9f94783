"""Who can take no part any more: they left Slack or the channel, or are no full member now.

What follows from it is done in bot/reviews/gone.py.
"""

from dataclasses import dataclass
from enum import StrEnum


class Left(StrEnum):
    """Why somebody can take no part; of several, the one that stands first here is told."""

    DEACTIVATED = "deactivated"
    BOT = "bot"
    EXTERNAL = "external"
    GUEST = "guest"
    NOT_IN_CHANNEL = "not_in_channel"


OUTSIDE = "outside"
"""Why a decider can't who was never in the channel: it was public, and is private now."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A person as far as is known, and whether they are in the channel; None: not known."""

    deactivated: bool = False
    is_bot: bool = False
    external: bool = False
    guest: bool = False
    in_channel: bool | None = None


def why_gone(person: Presence, *, inside: bool = True) -> Left | None:
    """None: still here, or nothing else is known. `inside`: the part needs the channel.

    Advocate, stand-in and keeper do; who decides about a public channel may stand outside it.
    """
    holds = {
        Left.DEACTIVATED: person.deactivated,
        Left.BOT: person.is_bot,
        Left.EXTERNAL: person.external,
        Left.GUEST: person.guest,
        Left.NOT_IN_CHANNEL: inside and person.in_channel is False,
    }
    return next((reason for reason in Left if holds[reason]), None)
