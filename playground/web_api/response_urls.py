"""What a bot posts to a response_url: five times, within thirty minutes."""

from playground.acts.messages import delete_message, edit_message, post_message
from playground.state.records import Json, MessageRecord, ResponseUrl, TeamRecord
from playground.state.world import World
from playground.web_api.answers import SlackError, invalid_arguments
from playground.web_api.content import Content, read_content

FIELDS = frozenset(
    [
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "mrkdwn",
        "unfurl_links",
        "unfurl_media",
        "metadata",
        "link_names",
        "parse",
    ]
)


def take(world: World, url_id: str, given: object) -> None:
    """Raises SlackError with used_url, expired_url, invalid_blocks …"""
    if not isinstance(given, dict):
        raise SlackError("invalid_payload")
    with world.changing():
        url = world.response_urls.get(url_id)
        if url is None:
            raise SlackError("invalid_url")
        if world.clock.now() - url.made_at > world.durations.response_url_lives:
            raise SlackError("expired_url")
        if url.uses >= world.durations.response_url_uses:
            raise SlackError("used_url")
        url.uses += 1
        if given.get("delete_original"):
            _delete(world, url)
            return
        content = read_response(world, given, world.teams[url.team_id])
        if given.get("replace_original") and _replace(world, url, content):
            return
        say(world, url, content, given)


def read_response(world: World, given: Json, team: TeamRecord) -> Content:
    """Also for what a command answers in its acknowledgement."""
    unknown = sorted(set(given) - FIELDS)
    if unknown:
        raise invalid_arguments(*(f"[ERROR] unknown argument: {name}" for name in unknown))
    if given.get("response_type") not in (None, "ephemeral", "in_channel"):
        raise invalid_arguments(
            "[ERROR] must be ephemeral or in_channel [json-pointer:/response_type]"
        )
    if not isinstance(given.get("text", ""), str | None):
        raise invalid_arguments("[ERROR] invalid type: text [json-pointer:/text]")
    return read_content(given, world.names, team)


def say(world: World, url: ResponseUrl, content: Content, given: Json) -> MessageRecord:
    team = world.teams[url.team_id]
    channel = team.channels[url.channel_id]
    in_channel = given.get("response_type") == "in_channel"
    message = MessageRecord(
        ts=world.ts(),
        channel_id=channel.id,
        text=content.text,
        user=team.bot_user,
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=given.get("thread_ts") or url.thread_ts,
        bot_id=team.bot_id,
        ephemeral_for=None if in_channel else url.user,
    )
    if in_channel:
        return post_message(world, channel, message)
    with world.changing():
        world.ephemerals.setdefault((url.user, channel.id), []).append(message)
    return message


def _original(world: World, url: ResponseUrl) -> MessageRecord | None:
    channel = world.teams[url.team_id].channels[url.channel_id]
    if url.ephemeral:
        seen = world.ephemerals.get((url.user, channel.id), [])
        return next((m for m in seen if m.ts == url.message_ts and not m.deleted), None)
    return channel.messages.get(url.message_ts or "")


def _replace(world: World, url: ResponseUrl, content: Content) -> bool:
    original = _original(world, url)
    if original is None:
        return False
    if url.ephemeral:
        original.text, original.blocks = content.text, content.blocks
        original.attachments = content.attachments
        return True
    channel = world.teams[url.team_id].channels[url.channel_id]
    edit_message(
        world,
        channel,
        original,
        by=original.user,
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
    )
    return True


def _delete(world: World, url: ResponseUrl) -> None:
    original = _original(world, url)
    if original is None:
        raise SlackError("message_not_found")
    if url.ephemeral:
        original.deleted = True
        return
    delete_message(world, world.teams[url.team_id].channels[url.channel_id], original)
