"""What an audit finds, and the messages of ours that it looks at."""

from dataclasses import dataclass

from playground.state.records import MessageRecord
from tests.faults.company import Company

LOST, DOUBLED, STALE, STUCK = "lost", "doubled", "stale", "stuck"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: str
    """lost, doubled, stale; or stuck: neither sent nor parked with a reason."""
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


def messages_of(company: Company, *, deleted: bool = False) -> list[MessageRecord]:
    record = next(iter(company.slack.world.teams.values()))
    return [
        message
        for channel in record.channels.values()
        for message in channel.messages.values()
        if message.bot_id is not None and bool(message.deleted) is deleted
    ]


def key_of(message: MessageRecord) -> str:
    metadata = message.metadata or {}
    return str((metadata.get("event_payload") or {}).get("key") or "")
