"""What a message may hold: text, blocks, metadata, attachments; for chat.* and response URLs."""

import json
from dataclasses import dataclass, field

from playground.blocks.check import find_block_troubles, find_metadata_troubles
from playground.blocks.fill import fill_ids
from playground.blocks.schema import find_shape_troubles
from playground.state.names import Names
from playground.state.records import Json, TeamRecord
from playground.text.escape import escape, escape_around_markup, unescape
from playground.text.typed import Known, link_addresses, link_all, link_names
from playground.web_api.answers import SlackError
from playground.web_api.arguments import UNPARSED

MOST_TEXT = 40_000
MOST_BLOCK_CHARACTERS = 13_200
"""Not documented: slackapi/bolt-js issue 2509 met msg_blocks_too_long at about this many."""
MOST_METADATA_BYTES = 16_000
MOST_ATTACHMENTS = 100


@dataclass(frozen=True)
class Content:
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)


def read_content(
    arguments: Json, names: Names, team: TeamRecord, *, parse: str = "addresses"
) -> Content:
    """`parse`: how the method reads its text where it is not told: addresses, client or none."""
    text = arguments.get("text") or ""
    blocks = read_blocks(arguments.get("blocks"), names, team)
    attachments = _read_attachments(arguments.get("attachments"))
    markdown = arguments.get("markdown_text")
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > 12_000:
            raise SlackError("msg_too_long")
        text = markdown
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    text = _linked(escape_around_markup(text), arguments, known_in(team), parse)
    return Content(text, blocks, attachments)


def known_in(team: TeamRecord) -> Known:
    return Known(
        channels={c.name: c.id for c in team.channels.values() if c.kind == "channel"},
        people={person.name: person.id for person in team.people.values()},
    )


def _linked(text: str, arguments: Json, known: Known, parse: str) -> str:
    parse = arguments.get("parse") or parse
    if parse in ("full", "client"):
        text = link_all(text, known)
    elif parse == "addresses":
        text = link_addresses(text)
    return link_names(text, known) if arguments.get("link_names") else text


def read_blocks(blocks: object, names: Names, team: TeamRecord) -> list[Json]:
    if blocks is None or blocks == "":
        return []
    if blocks is UNPARSED or not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    troubles = find_block_troubles(blocks, "message")
    if troubles:
        raise SlackError("invalid_blocks", messages=[t.message() for t in troubles])
    if _characters(blocks) > MOST_BLOCK_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    kept: list[Json] = json.loads(json.dumps(blocks))
    _escape_plain_text(kept)
    link_texts(kept, known_in(team))
    return fill_ids(kept, names)


def _read_attachments(attachments: object) -> list[Json]:
    if attachments is None or attachments in ("", []):
        return []
    if not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    troubles = [
        trouble
        for i, attachment in enumerate(attachments)
        for trouble in find_shape_troubles(attachment, "MessageAttachment", ("attachments", i))
    ]
    if troubles:
        raise SlackError("invalid_attachments", messages=[t.message() for t in troubles])
    kept: list[Json] = json.loads(json.dumps(attachments))
    return kept


def read_metadata(metadata: object) -> Json | None:
    if metadata is None or metadata == "":
        return None
    if metadata is UNPARSED or not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    troubles = find_metadata_troubles(metadata)
    if troubles:
        raise SlackError("invalid_metadata_format", messages=[t.message() for t in troubles])
    if len(json.dumps(metadata).encode()) > MOST_METADATA_BYTES:
        raise SlackError("metadata_too_large")
    kept: Json = json.loads(json.dumps(metadata))
    return kept


def _characters(value: object) -> int:
    """Of what is read: the `text` of everything, not ids and values."""
    if isinstance(value, dict):
        own = value.get("text")
        inner = sum(_characters(v) for v in value.values())
        return inner + (len(own) if isinstance(own, str) else 0)
    return sum(_characters(v) for v in value) if isinstance(value, list) else 0


def link_texts(value: object, known: Known) -> None:
    """In place: names and addresses in mrkdwn become links, unless it is `verbatim`."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            value["text"] = escape_around_markup(value["text"])
            if not value.setdefault("verbatim", False):
                value["text"] = link_all(value["text"], known)
        for inner in value.values():
            link_texts(inner, known)
    elif isinstance(value, list):
        for inner in value:
            link_texts(inner, known)


def _escape_plain_text(value: object) -> None:
    """Slack gives plain_text back escaped (slackapi/bolt-python issue 513)."""
    if isinstance(value, dict):
        if value.get("type") == "plain_text" and isinstance(value.get("text"), str):
            value["text"] = escape(unescape(value["text"]))
        for inner in value.values():
            _escape_plain_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _escape_plain_text(inner)
