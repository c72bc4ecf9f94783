"""What Slack's answers mean for what was sent: the one table of errors.

Codes: docs.slack.dev, the error tables of chat.postMessage, chat.update, chat.postEphemeral,
reactions.add, conversations.open. A code that is not here will not go away by itself: parked.
"""

from enum import Enum


class Meaning(Enum):
    SENT = "sent"
    MOOT = "moot"
    """Nothing is left to do: it is so already, or what it was about is gone."""
    NOT_NOW = "not now"
    """Refused before anything was done: send again after a while."""
    THROTTLED = "throttled"
    """Refused; this method rests for as long as Slack says."""
    IN_DOUBT = "in doubt"
    """It may or may not have been carried out."""
    UNINVITED = "uninvited"
    """We are not in the channel: wait to be invited."""
    REVOKED = "revoked"
    """The workspace took our token: nothing goes there any more."""
    HOPELESS = "hopeless"
    """Sending it again would fail again: park it, tell the keepers."""


MEANINGS: dict[str, Meaning] = {
    "already_reacted": Meaning.MOOT,
    "no_reaction": Meaning.MOOT,
    "message_not_found": Meaning.MOOT,
    "cant_update_message": Meaning.MOOT,
    "edit_window_closed": Meaning.MOOT,
    "bad_timestamp": Meaning.MOOT,
    "user_not_in_channel": Meaning.MOOT,
    "ratelimited": Meaning.THROTTLED,
    "rate_limited": Meaning.THROTTLED,
    "message_limit_exceeded": Meaning.NOT_NOW,
    "request_timeout": Meaning.NOT_NOW,  # Slack did not get all of our request
    "team_added_to_org": Meaning.NOT_NOW,  # for as long as the workspace is being moved
    "not_sent": Meaning.NOT_NOW,
    # "It's possible some aspect of the operation succeeded before the error was raised."
    "internal_error": Meaning.IN_DOUBT,
    "fatal_error": Meaning.IN_DOUBT,
    "service_unavailable": Meaning.IN_DOUBT,
    "no_answer": Meaning.IN_DOUBT,
    "unreadable_answer": Meaning.IN_DOUBT,
    "not_in_channel": Meaning.UNINVITED,
    "token_revoked": Meaning.REVOKED,
    "token_expired": Meaning.REVOKED,
    "account_inactive": Meaning.REVOKED,
    "invalid_auth": Meaning.REVOKED,
    "not_authed": Meaning.REVOKED,
    "team_access_not_granted": Meaning.REVOKED,
    "is_archived": Meaning.HOPELESS,
    "channel_not_found": Meaning.HOPELESS,
    "restricted_action": Meaning.HOPELESS,
    "restricted_action_read_only_channel": Meaning.HOPELESS,
    "restricted_action_thread_only_channel": Meaning.HOPELESS,
    "restricted_action_non_threadable_channel": Meaning.HOPELESS,
    "restricted_action_thread_locked": Meaning.HOPELESS,
    "thread_not_found": Meaning.HOPELESS,
    "too_many_reactions": Meaning.MOOT,
    "too_many_emoji": Meaning.MOOT,
    "thread_locked": Meaning.HOPELESS,
    "missing_scope": Meaning.HOPELESS,
    "msg_too_long": Meaning.HOPELESS,
    "msg_blocks_too_long": Meaning.HOPELESS,
    "invalid_blocks": Meaning.HOPELESS,
    "invalid_blocks_format": Meaning.HOPELESS,
    "no_text": Meaning.HOPELESS,
    "user_not_found": Meaning.HOPELESS,
    "user_disabled": Meaning.HOPELESS,
    "user_not_visible": Meaning.HOPELESS,
    "cannot_dm_bot": Meaning.HOPELESS,
}


def meaning_of(error: str) -> Meaning:
    return MEANINGS.get(error, Meaning.HOPELESS)
