"""Every action_id, block_id and callback_id. Public: the manifest and others' tools use them.

A button's `value` is `review:version[:part]`. It is untrusted: compared when pressed.
In a form `block_id` and `action_id` are both the field's name.
"""

import re
from typing import Final

# Commands
PROPOSE_COMMAND: Final = "/propose-change"
SEAT_COMMAND: Final = "/customer-seat"

# Forms (callback_id); a form opened by a button has the button's name
PROPOSE_CHANGE: Final = "propose_change"
SEAT_SETTINGS: Final = "seat_settings"
CHOOSE_CHANNEL: Final = "choose_channel"
"""Where, asked by the shortcut `propose_change`, which knows no channel."""
REDACT_SURE: Final = "redact_sure"
"""Whether these words are to be taken off, asked once more."""

# Buttons (action_id)
MORE_FIELDS: Final = "more_fields"
"""In the proposal form, where the fields behind it will stand."""
ACCEPT_SEAT: Final = "accept_seat"
DECLINE_SEAT: Final = "decline_seat"
TAKE_BACK: Final = "take_back"
"""For an hour after passing the seat on."""
HAND_OVER: Final = "hand_over"
ANSWER_FORM: Final = "answer_form"
ANSWER_ONE: Final = "answer_one"
"""The form with one field: what is asked in words now."""
ANSWER_TAP: Final = "answer_tap"
"""The first tap of a row, or the list of them; Slack wants ids apart in a block, so then
`answer_tap_2`, `_3` …"""
DONT_KNOW: Final = "dont_know"
ANSWER_NUMBER: Final = "answer_number"
"""[Answer 3], of a message that began with a number; its part is the message's ts."""
PART_OF_ASKED: Final = "part_of_asked"
"""[Part of 2], of the same."""
OBJECT: Final = "object"
SHE_SAYS: Final = "she_says"
CONFIRM_HEARD: Final = "confirm_heard"
ALL_STILL_TRUE: Final = "all_still_true"
"""Every answer that is asked again holds as it is."""
THAT_IS_ALL: Final = "that_is_all"
"""Nothing more to say, though more is asked that need not be answered."""
REPLY_OBJECTION: Final = "reply_objection"
MITIGATED: Final = "mitigated"
ACCEPT_OBJECTION: Final = "accept_objection"
STILL_OBJECTS: Final = "still_objects"
WITHDRAW_OBJECTION: Final = "withdraw_objection"
REVISE: Final = "revise"
WITHDRAW: Final = "withdraw"
DECIDE: Final = "decide"
REOPEN: Final = "reopen"
REASSIGN: Final = "reassign"
WHY_ME: Final = "why_me"
NEEDS_FULL: Final = "needs_full"
REDACT: Final = "redact"
"""Which words are to be taken off the record."""
WHOLE_PROPOSAL: Final = "whole_proposal"
"""Reads all of a proposal that the private message shows in short."""
VOLUNTEER: Final = "volunteer"
"""[I'll sit] on an unseated review."""
LEAVE_ROSTER: Final = "leave_roster"
"""[Not me] in the message that says one is on a roster."""
SET_UP: Final = "set_up"
MORE: Final = "more"
"""The overflow menu of the card and of the advocate's message; its options' values carry the
action as their first part."""
OPEN_THREAD: Final = "open_thread"
"""A link button: acknowledged, nothing else."""

# Shortcuts
PROPOSE_FROM_MESSAGE: Final = "propose_from_message"

EVENT_TYPE: Final = "customer_seat"
"""The event_type of the metadata each of our messages carries; payload: key, review."""


def tap_id(place: int) -> str:
    """The action_id of the tap at `place` in its row, counted from 1."""
    return ANSWER_TAP if place == 1 else f"{ANSWER_TAP}_{place}"


ANSWER_TAPS: Final = re.compile(rf"{ANSWER_TAP}(?:_\d+)?")
"""Every action_id `tap_id` makes, for the handler."""
