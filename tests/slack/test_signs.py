"""What an event says of its channel by the way: private at once, public only once it was asked."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from bot.slack.signs import LONG_AGO, heed_sign, notice_refusal
from db.store import Store
from db.tables import Channel, Membership
from tests.db.rows import NOW, T, add_workspace

CONVERTED = {"type": "message", "subtype": "channel_convert_to_private"}
OPENED = {"type": "message", "subtype": "channel_convert_to_public"}

AS_IT_WAS = (False, "fresh", "fresh")
"""Whether it is private, then how the channel and who is in it stand."""
PRIVATE = (True, "fresh", "fresh")
CLOSED = (True, "doubted", "doubted")
ASKED = (True, "doubted", "fresh")


def ask(
    store: Store, deed: Callable[[Session], object], *, private: bool, **row: Any
) -> tuple[bool, str, str]:
    def work(session: Session) -> tuple[bool, str, str]:
        add_workspace(session)
        session.flush()
        known = {"workspace_id": T, "checked_at": NOW}
        session.add(Channel(**known, id="C1", is_private=private, bot_is_member=True, **row))
        session.add(Membership(**known, channel_id="C1", person_id="U1"))
        session.flush()
        deed(session)
        session.flush()
        session.expire_all()
        channel = session.get_one(Channel, (T, "C1"))
        member = session.get_one(Membership, (T, "C1", "U1"))
        how = {True: "doubted", False: "fresh"}
        return (
            channel.is_private,
            how[channel.checked_at == LONG_AGO],
            how[member.checked_at == LONG_AGO],
        )

    return store.transact(work)


@pytest.mark.parametrize(
    ("event", "was_private", "then"),
    [
        ({**CONVERTED, "channel": "C1", "channel_type": "group"}, False, CLOSED),
        ({**CONVERTED, "channel": "C1"}, False, CLOSED),
        ({**CONVERTED, "channel": "C1", "channel_type": "channel"}, False, CLOSED),
        ({**CONVERTED, "channel": "C1", "channel_type": "group"}, True, PRIVATE),
        ({**OPENED, "channel": "C1", "channel_type": "channel"}, True, ASKED),
        ({**OPENED, "channel": "C1", "channel_type": "channel"}, False, AS_IT_WAS),
        ({"type": "message", "channel": "C1", "channel_type": "group"}, False, CLOSED),
        ({"type": "message", "channel": "C1", "channel_type": "group"}, True, PRIVATE),
        # It may be one that comes late, from before the channel was made private.
        ({"type": "message", "channel": "C1", "channel_type": "channel"}, True, ASKED),
        ({"type": "message", "channel": "C1", "channel_type": "channel"}, False, AS_IT_WAS),
        ({"type": "member_joined_channel", "channel": "C1", "channel_type": "G"}, False, CLOSED),
        ({"type": "member_left_channel", "channel": "C1", "channel_type": "C"}, True, ASKED),
        ({"type": "group_archive", "channel": "C1"}, False, CLOSED),
        ({"type": "group_rename", "channel": {"id": "C1", "name": "x"}}, False, CLOSED),
        # A private channel is shared by the same event as a public one.
        ({"type": "channel_shared", "channel": "C1"}, True, PRIVATE),
        ({"type": "message", "channel": "C1"}, True, PRIVATE),
        ({"type": "message", "channel": "C1", "channel_type": "im"}, False, AS_IT_WAS),
        ({"type": "message", "channel": "C2", "channel_type": "group"}, False, AS_IT_WAS),
        ({"type": "message", "channel_type": "group"}, False, AS_IT_WAS),
        ({"type": "message", "channel": "C1", "channel_type": ["group"]}, False, AS_IT_WAS),
        ({}, False, AS_IT_WAS),
    ],
)
def test_what_an_event_says_of_its_channel(
    store: Store, event: dict[str, Any], was_private: bool, then: tuple[bool, str, str]
) -> None:
    assert ask(store, lambda s: heed_sign(s, T, event), private=was_private) == then


@pytest.mark.parametrize(
    ("error", "was_private", "then"),
    [
        ("channel_not_found", False, CLOSED),
        ("channel_not_found", True, CLOSED),
        ("not_in_channel", False, (False, "doubted", "doubted")),
        ("not_in_channel", True, CLOSED),
        ("is_archived", False, AS_IT_WAS),
        ("ratelimited", True, PRIVATE),
    ],
)
def test_a_refusal_may_be_all_we_hear_of_our_removal(
    store: Store, error: str, was_private: bool, then: tuple[bool, str, str]
) -> None:
    assert ask(store, lambda s: notice_refusal(s, T, "C1", error), private=was_private) == then
