"""Presses outside forms: confirm dialogs, a bot that is late, menus, the home tab, shortcuts."""

import threading
from types import SimpleNamespace
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from playground import Playground, Shortcut
from tests.browser.conftest import Visit
from tests.browser.test_blocks_are_drawn import button, option, text
from tests.playground.bot_in_a_thread import ListeningBot


def post_button(app: App, place: SimpleNamespace, element: dict[str, Any]) -> None:
    """A message in #pricing with nothing but this button."""
    row = {"type": "actions", "elements": [element]}
    app.client.chat_postMessage(channel=place.pricing.id, text="row", blocks=[row])


def test_a_confirm_dialog_asks_before_the_bot_is_told(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    pressed: list[str] = []

    @app.action("drop")
    def drop(ack: Any, body: Any) -> None:
        pressed.append(body["user"]["id"])
        ack()

    asks = {
        "title": text("Drop it?", "plain_text"),
        "text": text("It is gone then.", "plain_text"),
        "confirm": text("Drop", "plain_text"),
        "deny": text("Keep", "plain_text"),
        "style": "danger",
    }
    post_button(app, place, button("drop", "Drop it", confirm=asks))
    sam = visit(slack, place.sam)
    sam.go("pricing")
    dialog = sam.page.locator("#confirm[open]")
    sam.press(sam.message("Drop it"), "Drop it")
    dialog.get_by_role("button", name="Keep").click()
    dialog.wait_for(state="hidden")
    assert pressed == []
    sam.press(sam.message("Drop it"), "Drop it")
    dialog.get_by_role("button", name="Drop").click()
    slack.wait_until(lambda: pressed == [place.sam.id])


def test_a_press_that_nobody_acknowledges_shows_the_warning_and_a_busy_button(
    slack: Playground,
    app: App,
    bot: ListeningBot,
    impatient: None,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    post_button(app, place, button("slow", "Slow"))
    sam = visit(slack, place.sam)
    sam.go("pricing")
    slack.carrier.within = 0.4
    bot.gate = threading.Event()
    sam.press(sam.message("Slow"), "Slow")
    sam.page.locator(".button[aria-busy=true]").wait_for()
    sam.page.locator(".warning-words", has_text="within 3 seconds").wait_for()
    assert sam.page.locator("[aria-busy=true]").count() == 0
    sam.write("/unknown")
    only = sam.message("operation_timeout")
    only.wait_for()
    assert "Only visible to you" in only.inner_text()


def test_a_menus_choice_is_told_and_an_ephemeral_is_for_one_person(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    @app.action("more")
    def more(ack: Any, client: WebClient, body: Any) -> None:
        ack()
        words = f"You chose {body['actions'][0]['selected_option']['value']}"
        client.chat_postEphemeral(channel=place.pricing.id, user=body["user"]["id"], text=words)

    menu = {"type": "overflow", "action_id": "more", "options": [option("red"), option("blue")]}
    row = {"type": "section", "text": text("A menu"), "accessory": menu}
    app.client.chat_postMessage(channel=place.pricing.id, text="row", blocks=[row])
    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.choose(sam.message("A menu"), "Blue")
    said = sam.message("You chose blue")
    said.wait_for()
    assert "Only visible to you" in said.inner_text()
    sam.become("Ana Lima")
    sam.go("pricing")
    sam.message("A menu").wait_for()
    assert sam.page.locator(".message", has_text="You chose").count() == 0


def test_a_home_is_drawn_and_can_be_pressed(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    pressed: list[str] = []
    ready = threading.Event()

    @app.event("app_home_opened")
    def publish(client: WebClient, event: Any) -> None:
        if not ready.is_set():
            return
        press = button("home", "Press")
        words = {"type": "section", "block_id": "b", "text": text("*Yours*"), "accessory": press}
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [words]})

    @app.action("home")
    def home(ack: Any, body: Any) -> None:
        pressed.append(body["view"]["type"])
        ack()

    sam = visit(slack, place.sam)
    sam.page.locator("#sidebar .place", has_text="The App").click()
    sam.page.locator("#sidebar .place[data-focus]", has_text="The App").click()
    sam.page.get_by_role("tab", name="Home").click()
    sam.page.locator(".home", has_text="The App has put nothing here.").wait_for()
    slack.settle()
    ready.set()
    sam.page.get_by_role("tab", name="Messages").click()
    sam.page.get_by_role("tab", name="Home").click()
    sam.page.locator(".home").get_by_role("button", name="Press").click()
    slack.wait_until(lambda: pressed == ["home"])


def test_shortcuts_stand_in_a_messages_menu_and_after_the_slash(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    told: list[str] = []

    @app.shortcut("about_this")
    def about(ack: Any, body: Any) -> None:
        told.append(body["message"]["text"])
        ack()

    @app.shortcut("anywhere")
    def anywhere(ack: Any) -> None:
        told.append("anywhere")
        ack()

    slack.playbill.shortcuts = [
        Shortcut("Ask about this", "about_this"),
        Shortcut("Ask anything", "anywhere", "global"),
    ]
    place.ana.post(place.pricing, "a thought")
    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.menu(sam.message("a thought"), "Ask about this")
    slack.wait_until(lambda: told == ["a thought"])
    sam.page.locator("#composer").press_sequentially("/any")
    sam.page.get_by_role("option", name="Ask anything").wait_for()
    sam.page.keyboard.press("Enter")
    slack.wait_until(lambda: told == ["a thought", "anywhere"])
    assert sam.page.locator("#composer").input_value() == ""
