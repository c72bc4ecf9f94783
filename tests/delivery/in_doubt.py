"""A crash that leaves a message in doubt, and the time until it has been looked for twice."""

from datetime import timedelta

from bot.delivery.dispatcher import Dispatcher
from db import lanes
from tests.delivery.desk import Desk

POST = "chat.postMessage"
FIRST, NEXT = 60, 30


def settle(desk: Desk, sender: Dispatcher) -> None:
    """Both looks, and what follows from them."""
    for seconds in (0, FIRST, NEXT, 1):
        desk.hand.advance(seconds)
        sender.drain()


def crash_while_sending(desk: Desk) -> lanes.Claimed:
    """Another process leased the lane, noted that it sends, and was never seen again."""
    now, lease = desk.clock.machine(), timedelta(seconds=desk.durations.lease)
    claimed: lanes.Claimed = desk.do(
        lambda s: lanes.claim_lane(s, now=now, lease=lease, kinds={"surface", "whisper"})
    )
    row = desk.store.read(lambda s: lanes.next_row(s, claimed, now=now))
    desk.do(lambda s: lanes.start_sending(s, row, claimed, now=now))
    return claimed
