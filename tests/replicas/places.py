"""How many people there are in the town, and who is in which channel."""

from dataclasses import dataclass

from playground.driver.message import Channel
from playground.driver.person import Person

ROSTER = 4


@dataclass(frozen=True, slots=True)
class Size:
    channels: int = 1
    proposers: int = 1
    """A channel: as many stories are played there at once."""
    deciders: int = 1
    """In the whole town; each keeps some channels."""

    @property
    def people(self) -> int:
        return self.channels * (self.proposers + ROSTER) + self.deciders


@dataclass(frozen=True, slots=True)
class Place:
    """A channel with its people."""

    channel: Channel
    proposers: list[Person]
    roster: list[Person]
    keeper: Person
    """Decides, too."""
