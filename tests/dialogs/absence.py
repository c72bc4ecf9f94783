"""A bot that nobody can tell anything, and its coming back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import select

from db.tables import AnswerEntryRow, AnswerRow
from playground.driver.message import Message
from tests.dialogs.office import Office

SLACK_GIVES_UP = 400
REPLIES = "conversations.replies"


@contextmanager
def away(office: Office, *, for_good: bool = True) -> Iterator[None]:
    """Nothing is delivered; `for_good`: until Slack has given up trying again."""
    addresses = list(office.slack.carrier.addresses)
    office.slack.deliver_to()
    try:
        yield
        office.slack.settle()
        if for_good:
            for _ in range(3):
                office.clock.hand.advance(SLACK_GIVES_UP)
                office.slack.settle()
    finally:
        office.slack.deliver_to(*addresses)


def come_back(office: Office) -> None:
    office.running.catching_up.want()
    office.running.catching_up.drain()
    office.settle()


def says(office: Office, card: Message, text: str) -> Message:
    """Nobody listens."""
    office.clock.hand.advance(30)
    return office.ana.reply(card, text)


def answers(office: Office) -> dict[int, str]:
    rows = office.store.read(lambda s: s.exec(select(AnswerRow)).all())
    return {row.number: row.text for row in rows if row.state == "given"}


def given(office: Office) -> int:
    """How many values answers ever had."""
    return len(office.store.read(lambda s: s.exec(select(AnswerEntryRow)).all()))


def calls(office: Office) -> int:
    return len(office.slack.wire.calls(REPLIES))
