"""What a person's actions need: the world, the way to the bot, the faults. And sending once."""

from dataclasses import dataclass

from playground.delivery.carrier import Answer, Carrier, Kind, Parcel
from playground.faults import Faults
from playground.state.records import Json
from playground.state.world import World

ERRORS = {"timeout": "operation_timeout"}


@dataclass(frozen=True)
class Stage:
    world: World
    carrier: Carrier
    faults: Faults

    def send_once(self, kind: Kind, name: str, body: Json) -> Answer:
        """Commands, presses and forms are not sent again."""
        return self.carrier.carry(Parcel(kind, name, body))


def error_of(answer: Answer) -> str | None:
    """The error Slack names to the person."""
    if answer.ok:
        return None
    return ERRORS.get(answer.trouble or "", "dispatch_failed")
