"""What Slack's answers mean for us: the one table of errors, by their codes.

Codes: the error tables of each method we call, docs.slack.dev (tests/slack/documented_errors.json
keeps them, with their date). A code that is not here will not go away by itself: it is parked, and
the keepers are told which it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


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
    PRESS_AGAIN = "press again"
    """A form's moment is over: only the person can begin anew."""
    HOPELESS = "hopeless"
    """Sending it again would fail again: park it, tell the keepers."""


class Fault(Enum):
    """Whose it is to mend."""

    NOBODY = "nobody"
    SLACK = "Slack"
    CHANNEL = "whoever is in the channel"
    ADMIN = "a workspace admin, in Slack's settings"
    OPERATOR = "whoever runs the bot: token, scopes, the app's settings"
    OURS = "a mistake of the bot"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Reading:
    """`cause` names the keepers' words (templates/parked.j2), `do` is for whoever runs the bot."""

    meaning: Meaning
    fault: Fault
    cause: str = "unknown"
    do: str = ""


UNKNOWN = Reading(Meaning.HOPELESS, Fault.UNKNOWN)
"""Of an error that is not in the table."""

MESSAGES_TAB = "messages_tab_disabled"
_INSTALL = "Install the app again with deploy/manifest.yaml, put in its token, restart."
_NEWER = "A bug: the log names the place. Update, then retry."

_TABLE: tuple[tuple[Reading, str], ...] = (
    (
        Reading(Meaning.MOOT, Fault.NOBODY),
        "already_reacted no_reaction message_not_found cant_update_message cant_delete_message"
        " bad_timestamp user_not_in_channel too_many_reactions too_many_emoji not_reactable"
        " hash_conflict not_found",
    ),
    (Reading(Meaning.THROTTLED, Fault.NOBODY), "ratelimited rate_limited"),
    # Refused before anything was done, and the same may pass later.
    (Reading(Meaning.NOT_NOW, Fault.NOBODY), "request_timeout not_sent"),
    (
        Reading(
            Meaning.NOT_NOW,
            Fault.SLACK,
            do="The workspace or channel is being moved: it passes by itself.",
        ),
        "team_added_to_org org_login_required external_channel_migrating",
    ),
    (
        Reading(Meaning.NOT_NOW, Fault.SLACK),
        "fetch_members_failed list_record_comment_fetch_failed",
    ),
    (
        Reading(
            Meaning.NOT_NOW,
            Fault.ADMIN,
            do="This workspace takes calls from some networks only: have this machine's allowed.",
        ),
        "accesslimited",
    ),
    (
        Reading(
            Meaning.NOT_NOW,
            Fault.ADMIN,
            do="The free plan's limit of messages: it passes by itself.",
        ),
        "message_limit_exceeded",
    ),
    # "It's possible some aspect of the operation succeeded before the error was raised."
    (
        Reading(Meaning.IN_DOUBT, Fault.SLACK),
        "internal_error fatal_error service_unavailable update_failed no_answer unreadable_answer",
    ),
    (
        Reading(Meaning.UNINVITED, Fault.CHANNEL, "outside", "Invite the bot to its channels."),
        "not_in_channel",
    ),
    (
        Reading(Meaning.REVOKED, Fault.OPERATOR, do=_INSTALL),
        "token_revoked token_expired account_inactive invalid_auth not_authed"
        " team_access_not_granted not_allowed_token_type missing_args",
    ),
    (
        Reading(Meaning.PRESS_AGAIN, Fault.NOBODY),
        "expired_trigger_id exchanged_trigger_id invalid_trigger_id",
    ),
    (
        Reading(
            Meaning.HOPELESS, Fault.CHANNEL, "archived", "Unarchive the channel, or drop them."
        ),
        "is_archived is_inactive",
    ),
    (
        Reading(
            Meaning.HOPELESS,
            Fault.CHANNEL,
            "outside",
            "Was the channel deleted, or made private? Invite the bot, or drop them.",
        ),
        "channel_not_found channel_is_limited_access",
    ),
    (
        Reading(
            Meaning.HOPELESS,
            Fault.ADMIN,
            "forbidden",
            "A workspace admin can allow the app to post there; then retry.",
        ),
        "restricted_action restricted_action_read_only_channel"
        " restricted_action_thread_only_channel restricted_action_non_threadable_channel"
        " restricted_action_thread_locked thread_locked cannot_reply_to_message no_permission"
        " access_denied ekm_access_denied app_access_restricted posting_to_channel_denied"
        " enterprise_is_restricted two_factor_setup_required is_bot forbidden_team no_access"
        " too_many_members send_on_behalf_not_allowed",
    ),
    (
        Reading(
            Meaning.HOPELESS,
            Fault.ADMIN,
            "edit_window",
            "The workspace lets messages be edited for a while only: an admin changes that in"
            " Settings, under Message Editing; then retry.",
        ),
        "edit_window_closed",
    ),
    (
        Reading(
            Meaning.HOPELESS,
            Fault.OPERATOR,
            "messages_tab",
            "Switch private messages on at https://api.slack.com/apps: App Home, Show Tabs,"
            " Messages Tab; then retry.",
        ),
        MESSAGES_TAB,
    ),
    (
        Reading(
            Meaning.HOPELESS,
            Fault.OPERATOR,
            do="Install the app again with the scopes of deploy/manifest.yaml, then retry.",
        ),
        "missing_scope not_enabled not_implemented",
    ),
    (Reading(Meaning.HOPELESS, Fault.CHANNEL, "thread"), "thread_not_found"),
    (
        Reading(Meaning.HOPELESS, Fault.NOBODY, "person"),
        "user_not_found user_disabled user_not_visible cannot_dm_bot invalid_user_combination",
    ),
    (Reading(Meaning.HOPELESS, Fault.OURS, "drawing", _NEWER), "could_not_draw"),
    (
        Reading(
            Meaning.HOPELESS,
            Fault.NOBODY,
            "doubt",
            "They may be in Slack: retry looks there before anything is sent.",
        ),
        "in_doubt",
    ),
    # What we would have sent wrong: no setting and no wait mends it.
    (
        Reading(Meaning.HOPELESS, Fault.OURS, "drawing", _NEWER),
        "invalid_blocks invalid_blocks_format invalid_message invalid_view invalid_arguments"
        " invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type"
        " missing_post_type missing_argument invalid_attachments too_many_attachments"
        " attachment_payload_limit_exceeded msg_too_long msg_blocks_too_long no_text"
        " markdown_text_conflict invalid_metadata_format invalid_metadata_schema"
        " metadata_too_large metadata_must_be_sent_from_app as_user_not_supported block_mismatch"
        " streaming_state_conflict cant_broadcast_message no_dual_broadcast_content_update"
        " invalid_cursor invalid_limit invalid_types invalid_name invalid_ts_latest"
        " invalid_ts_oldest invalid_metadata_filter_keys no_item_specified team_not_found"
        " method_not_supported_for_channel_type users_list_not_supplied not_enough_users"
        " too_many_users view_too_large push_limit_reached duplicate_external_id missing_profile_id"
        " unknown_method method_deprecated deprecated_endpoint insecure_request"
        " too_many_contact_cards"
        # of what we never send: files, drafts, a message of our own sent twice
        " blocked_file_type file_deleted file_is_deleted file_not_found file_comment_not_found"
        " file_share_limit_reached max_file_sharing_exceeded missing_file_data"
        " unable_to_share_files slack_connect_blocked_file_type"
        " slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked"
        " slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked"
        " slack_connect_lists_sharing_blocked draft_already_deleted draft_already_sent"
        " draft_has_conflict draft_not_found duplicate_channel_not_found"
        " duplicate_message_not_found",
    ),
)

READINGS: Mapping[str, Reading] = MappingProxyType(
    {error: reading for reading, errors in _TABLE for error in errors.split()}
)


def reading_of(error: str) -> Reading:
    """`error`: a code, or one of ours with a colon and more behind it."""
    return READINGS.get(error) or READINGS.get(error.split(":")[0], UNKNOWN)


def meaning_of(error: str) -> Meaning:
    return reading_of(error).meaning
