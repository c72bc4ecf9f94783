"""What a person writes: posts, replies, edits, deletions; and the link previews that follow."""

import uuid

from playground.acts.messages import delete_message, edit_message, post_message, unfurl_links
from playground.driver.message import Message
from playground.driver.stage import Stage
from playground.errors import CannotDo
from playground.state.records import ChannelRecord, Json, MessageRecord, PersonRecord
from playground.text.compose import Composed, compose

_PREVIEW = frozenset({"link_preview"})
_TOMBSTONE = frozenset({"tombstone"})


def write(
    stage: Stage,
    person: PersonRecord,
    channel: ChannelRecord,
    text: str,
    *,
    thread_ts: str | None = None,
    broadcast: bool = False,
    as_list: bool = False,
    blocks: list[Json] | None = None,
    files: list[str] | None = None,
) -> Message:
    world = stage.world
    if person.id not in channel.members:
        raise CannotDo(f"{person.real_name} is not in {channel.name}")
    if channel.archived or channel.deleted:
        raise CannotDo(f"{channel.name} is archived")
    written = _written(stage, text, as_list=as_list, blocks=blocks)
    subtype = "thread_broadcast" if broadcast else "file_share" if files else None
    with world.changing():
        message = MessageRecord(
            ts=world.ts(),
            channel_id=channel.id,
            text=written.text,
            user=person.id,
            blocks=written.blocks,
            thread_ts=thread_ts,
            subtype=subtype,
            client_msg_id=str(uuid.uuid4()),
            files=[_file(stage, person, name) for name in files or []],
        )
        post_message(world, channel, message)
    if "http" in written.text and stage.faults.hitting(_PREVIEW, "message", channel=channel.id):
        unfurl_links(world, channel, message)
    return Message(world, channel, message)


def rewrite(
    stage: Stage,
    person: PersonRecord,
    message: Message,
    text: str,
    *,
    as_list: bool,
    blocks: list[Json] | None,
) -> Message:
    if message.user != person.id or message.deleted:
        raise CannotDo(f"{person.real_name} cannot edit this message")
    written = _written(stage, text, as_list=as_list, blocks=blocks)
    edit_message(
        stage.world,
        message.channel_record,
        message.record,
        by=person.id,
        text=written.text,
        blocks=written.blocks,
    )
    return message


def take_back(stage: Stage, person: PersonRecord, message: Message) -> None:
    if message.deleted or (message.user != person.id and not person.is_admin):
        raise CannotDo(f"{person.real_name} cannot delete this message")
    channel = message.channel_record
    tombstone = bool(stage.faults.hitting(_TOMBSTONE, "message", channel=channel.id))
    delete_message(stage.world, channel, message.record, tombstone=tombstone)


def _written(stage: Stage, text: str, *, as_list: bool, blocks: list[Json] | None) -> Composed:
    world = stage.world
    if blocks is not None:
        return Composed(text, blocks)
    return compose(
        text,
        as_list=as_list,
        block_id=world.names.word("block")[:5],
        escaped=world.rich_text_escaped,
    )


def _file(stage: Stage, person: PersonRecord, name: str) -> Json:
    world = stage.world
    file_id, now = world.names.id("F"), int(world.clock.now())
    extension = name.rsplit(".", 1)[-1]
    address = f"https://files.invalid/{file_id}/{name}"
    return {
        "id": file_id,
        "created": now,
        "timestamp": now,
        "name": name,
        "title": name,
        "mimetype": "audio/mp4" if extension == "m4a" else "application/octet-stream",
        "filetype": extension,
        "pretty_type": extension.upper(),
        "user": person.id,
        "user_team": person.team_id,
        "editable": False,
        "size": 1024,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": address,
        "url_private_download": address,
        "media_display_type": "unknown",
        "permalink": address,
        "permalink_public": address,
        "has_rich_preview": False,
        "file_access": "visible",
    }
