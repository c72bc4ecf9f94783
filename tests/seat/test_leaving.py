"""Who takes no part any more, and the one reason that is told."""

import pytest

from seat.leaving import Left, Presence, why_gone


@pytest.mark.parametrize(
    ("person", "inside", "outside"),
    [
        (Presence(), None, None),
        (Presence(in_channel=True), None, None),
        (Presence(in_channel=False), Left.NOT_IN_CHANNEL, None),
        (Presence(guest=True, in_channel=True), Left.GUEST, Left.GUEST),
        (Presence(external=True, guest=True), Left.EXTERNAL, Left.EXTERNAL),
        (Presence(is_bot=True), Left.BOT, Left.BOT),
        (Presence(deactivated=True, in_channel=False), Left.DEACTIVATED, Left.DEACTIVATED),
    ],
)  # fmt: skip
def test_who_is_gone_and_why(person: Presence, inside: Left | None, outside: Left | None) -> None:
    assert why_gone(person) is inside
    assert why_gone(person, inside=False) is outside
