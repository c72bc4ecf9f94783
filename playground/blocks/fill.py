"""The ids that Slack makes up where a bot left them out."""

from playground.blocks.check import elements_of
from playground.state.names import Names
from playground.state.records import Json

INERT = frozenset({"image"})


def fill_ids(blocks: list[Json], names: Names) -> list[Json]:
    """In place; returns them for convenience."""
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = names.word("block")[:5]
        for element, _ in elements_of(block):
            if element.get("type") not in INERT and not element.get("action_id"):
                element["action_id"] = names.word("action")[:5]
    return blocks
