"""A conversation as `conversations.*` and `users.conversations` show one."""

from playground.state.records import ChannelRecord, Json, TeamRecord


def channel_shape(channel: ChannelRecord, team: TeamRecord, *, num_members: bool = False) -> Json:
    if channel.kind == "im":
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": team.id,
            "updated": channel.created * 1000,
            "user": channel.im_user,
            "is_user_deleted": False,
            "priority": 0,
        }
    is_member = team.bot_user in channel.members
    shape: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "group",
        "created": channel.created,
        "is_archived": channel.archived,
        "is_general": False,
        "unlinked": 0,
        "name_normalized": channel.name,
        "is_shared": channel.is_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team.id,
        "updated": channel.created * 1000,
        "parent_conversation": None,
        "creator": channel.creator,
        "is_ext_shared": channel.is_shared,
        "shared_team_ids": [team.id, *channel.shared_with],
        "pending_connected_team_ids": [],
        "is_member": is_member,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": list(channel.previous_names),
    }
    if channel.is_shared:
        shape |= {
            "conversation_host_id": team.id,
            "internal_team_ids": [],
            "connected_team_ids": list(channel.shared_with),
        }
    if is_member:
        shape["last_read"] = "0000000000.000000"
    if num_members:
        shape["num_members"] = len(channel.members)
    return shape


def command_channel_name(channel: ChannelRecord) -> str:
    """What a command's payload calls the place: private ones are not named."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)
