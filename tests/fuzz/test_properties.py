"""The properties of the long campaign (`make fuzz`), tried a little each time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.data import data_folder
from tests.fuzz.properties import PROPERTIES
from tests.fuzz.seeds import SEEDS

LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
NAMES = st.sampled_from(
    ["type", "text", "team", "id", "user", "actions", "value", "view", "state", "values", "event",
     "channel", "message", "ts", "blocks", "elements", "private_metadata", "team_id", "user_id"]
)  # fmt: skip
PAYLOAD = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)
)
PIECES = st.sampled_from(
    ["3. ", "skip 3: ", "object: ", "she says: ", "don't know", "\n", "> ", "<!channel>", "<@U1>",
     "&amp;", "pricing ", "2026-03-02", "1:2:", "\u202e", "\ud83d", "\x00", "*", "_", ":tada:",
     "kind: ", "- ", "questions:\n", "https://a.example/<b>"]
)  # fmt: skip
ANY = st.text() | st.lists(PIECES, max_size=10).map("".join)
OF_JSON, SLOW = ("payload", "blocks"), ("escaping", "checklist", "thread")


@pytest.mark.parametrize("name", PROPERTIES)
def test_it_holds_of_whatever_is_typed(name: str) -> None:
    @settings(max_examples=40 if name in SLOW else 100)
    @given(PAYLOAD.map(json.dumps) if name in OF_JSON else ANY)
    def hold(text: str) -> None:
        PROPERTIES[name](text)

    hold()


@pytest.mark.parametrize("name", PROPERTIES)
def test_it_holds_of_what_the_campaign_begins_with(name: str) -> None:
    for text in SEEDS[name]:
        PROPERTIES[name](text)


def test_a_checklist_of_ours_is_taken_as_it_is() -> None:
    PROPERTIES["checklist"]((data_folder("checklists") / "pricing.yaml").read_text())
