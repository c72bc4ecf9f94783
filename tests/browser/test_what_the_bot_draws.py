"""Everything the bot draws, in every state of a review, stands on the page with nothing missing."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.data import data_folder
from bot.wording import Wording
from playground import HandClock, Playground
from playground.acts.views import add_view
from tests.browser.conftest import Visit
from tests.views.drawings import draw_forms, draw_messages
from tests.views.reviews import NOW, states

Json = dict[str, Any]
WORDS = Wording(data_folder("templates"))


@pytest.fixture
def slack() -> Iterator[Playground]:
    clock = HandClock(NOW.timestamp())
    with Playground(clock=clock, rate_limits=False, app_name="Customer Seat") as playground:
        yield playground


def kinds(value: Any) -> frozenset[str]:
    """Every `type` in blocks, with what it stands in: what could be drawn wrong on its own."""
    if isinstance(value, Mapping):
        here = {str(value["type"])} if "type" in value else set()
        return frozenset(here).union(*(kinds(v) for v in value.values()))
    if isinstance(value, list):
        return frozenset().union(*(kinds(v) for v in value))
    return frozenset()


def by_kinds(drawn: Iterator[tuple[str, Json]]) -> list[tuple[str, Json]]:
    """One of each mixture of blocks and elements: the words differ, the drawing does not."""
    first: dict[frozenset[str], tuple[str, Json]] = {}
    for name, drawing in drawn:
        first.setdefault(kinds(drawing["blocks"]), (name, drawing))
    return list(first.values())


def messages() -> Iterator[tuple[str, Json]]:
    for state, review in states().items():
        for name, drawn in draw_messages(review, WORDS).items():
            if drawn.blocks:
                yield f"{state}, {name}", {"text": drawn.text, "blocks": drawn.blocks}


def forms() -> Iterator[tuple[str, Json]]:
    for state, review in states().items():
        for name, view in draw_forms(review, WORDS).items():
            yield f"{state}, {name}", dict(view)


def test_every_message_is_drawn_with_nothing_unknown(slack: Playground, visit: Visit) -> None:
    ana = slack.add_person("Ana Lima", tz="Europe/Lisbon")
    pricing = slack.add_channel("pricing", members=[ana], bot_in=True)
    client = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    drawings = by_kinds(messages())
    assert len(drawings) >= 5
    for _, drawing in drawings:
        client.chat_postMessage(channel=pricing.id, **drawing)
    seen = visit(slack, ana).page.locator("#middle .message")
    seen.nth(len(drawings) - 1).wait_for()
    for at, (name, drawing) in enumerate(drawings):
        shown = seen.nth(at)
        assert shown.locator(".unknown").count() == 0, name
        assert shown.locator(".block").count() == len(drawing["blocks"]), name
        buttons = [
            element["text"]["text"]
            for block in drawing["blocks"]
            for element in [*block.get("elements", []), block.get("accessory") or {}]
            if element.get("type") == "button"
        ]
        assert shown.locator("button.button:not(.overflow)").count() == len(buttons), name


def test_every_form_is_drawn_and_each_field_has_its_label(slack: Playground, visit: Visit) -> None:
    world = slack.world
    for at, (name, view) in enumerate(by_kinds(forms())):
        reader = slack.add_person(f"Reader {at}", tz="Europe/Lisbon")
        slack.add_channel(f"place-{at}", members=[reader], bot_in=True)
        shown = add_view(world, world.teams[slack.team.id], user=reader.id, content=view)
        with world.changing():
            world.stacks[reader.id] = [shown]
        visitor = visit(slack, reader)
        visitor.modal.wait_for()
        assert visitor.modal.locator(".unknown").count() == 0, name
        for block in view["blocks"]:
            if block["type"] == "input":
                label = visitor.block(block["block_id"]).locator("label, legend").first
                assert label.inner_text().startswith(block["label"]["text"]), name
        assert visitor.modal.locator("button[type=submit]").count() == int("submit" in view), name
        visitor.page.context.close()
