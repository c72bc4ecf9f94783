"""Buttons and menus pressed in messages of a real Bolt app, over real HTTP."""

from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App

from playground import CannotDo
from tests.playground.a_form import CARD, words
from tests.playground.a_form_in_bolt import keep_what_is_sent
from tests.playground.bot_in_a_thread import ListeningBot


@pytest.fixture
def heard(app: App) -> list[dict[str, Any]]:
    return keep_what_is_sent(app)


def test_a_press_carries_the_message_and_can_be_answered_through_its_url(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postMessage(channel=place.pricing.id, text="A card", blocks=CARD)
    card = place.pricing[0]
    assert place.ana.press(card, "go").ok
    body = heard[-1]
    assert body["actions"][0]["value"] == "1:1"
    assert body["message"]["ts"] == card.ts
    assert body["container"]["is_ephemeral"] is False
    assert [m.text for m in place.ana.ephemerals(place.pricing)] == ["Pressed"]
    assert card.text == "A card"


def test_a_menu_is_pressed_by_its_option(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postMessage(channel=place.pricing.id, text="A card", blocks=CARD)
    place.ana.press(place.pricing[0], "more", option="revise")
    assert heard[-1]["actions"][0]["selected_option"]["value"] == "revise"
    with pytest.raises(CannotDo, match="not in the menu"):
        place.ana.press(place.pricing[0], "more", option="nothing")
    with pytest.raises(CannotDo, match="nothing to press"):
        place.ana.press(place.pricing[0], "nothing")


def test_what_was_on_the_screen_before_can_still_be_pressed(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postMessage(channel=place.pricing.id, text="A card", blocks=CARD)
    old = place.pricing[0].snapshot()
    app.client.chat_update(channel=place.pricing.id, ts=old.ts, text="No buttons any more")
    assert place.pricing[0].blocks == []
    assert place.ana.press(old, "go").ok


def test_an_ephemeral_message_is_not_in_the_payload_of_its_press(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postEphemeral(
        channel=place.pricing.id, user=place.ana.id, text="For you", blocks=CARD
    )
    message = place.ana.ephemerals(place.pricing)[0]
    place.ana.press(message, "go")
    assert heard[-1]["container"]["is_ephemeral"] is True
    assert "message" not in heard[-1]
    with pytest.raises(CannotDo):
        place.sam.press(message, "go")


def test_a_press_on_a_drawing_that_has_just_been_replaced_still_counts(
    app: App, bot: ListeningBot, place: SimpleNamespace
) -> None:
    """Blocks without an id of their own get a new one in each drawing; the person saw the first."""
    pressed: list[str] = []

    @app.action("go")
    def go(ack: Any, action: Any) -> None:
        pressed.append(action["value"])
        ack()

    def rows() -> list[dict[str, Any]]:
        buttons = [
            {"type": "button", "action_id": "go", "value": value, "text": words(value)}
            for value in ("1", "2")
        ]
        return [{"type": "actions", "elements": [button]} for button in buttons]

    posted = app.client.chat_postMessage(channel=place.pricing.id, text="rows", blocks=rows())
    message = place.pricing.message(posted["ts"])
    seen = message.blocks[1]["block_id"]
    app.client.chat_update(channel=place.pricing.id, ts=posted["ts"], text="rows", blocks=rows())
    assert seen not in {block["block_id"] for block in message.blocks}
    place.sam.press(message, "go", value="2", block=seen)
    assert pressed == ["2"]
    with pytest.raises(CannotDo, match="2 elements"):
        place.sam.press(message, "go", block=seen)
