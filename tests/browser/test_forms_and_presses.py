"""Forms with every input, errors beside fields, stacks, confirm dialogs, and a bot that is late."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import Playground, Shortcut
from tests.browser.conftest import Visit
from tests.browser.test_blocks_are_drawn import button, option, text
from tests.playground.bot_in_a_thread import ListeningBot


def field(name: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "value", **element}
    return {
        "type": "input",
        "block_id": name,
        "label": text(name.title(), "plain_text"),
        "element": element,
        **more,
    }


RED_BLUE = [option("red"), option("blue")]
FIELDS = [
    field("title", {"type": "plain_text_input", "max_length": 20}),
    field("why", {"type": "plain_text_input", "multiline": True}, optional=True),
    field("colour", {"type": "static_select", "options": RED_BLUE}, optional=True),
    field("people", {"type": "multi_users_select"}, hint=text("Who takes turns", "plain_text")),
    field("owner", {"type": "users_select"}, optional=True),
    field("place", {"type": "conversations_select"}, optional=True),
    field("size", {"type": "radio_buttons", "options": RED_BLUE}, optional=True),
    field("extras", {"type": "checkboxes", "options": RED_BLUE}, optional=True),
    field("day", {"type": "datepicker"}, optional=True),
    field("hour", {"type": "timepicker"}, optional=True),
    field("count", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
]


def modal(title: str, blocks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text(title, "plain_text"),
        "submit": text("Save", "plain_text"),
        "blocks": blocks,
        **more,
    }


@pytest.fixture
def sent(slack: Playground, app: App, bot: ListeningBot) -> list[Any]:
    """What the form sent, in order; the first time an error comes back beside the title."""
    submitted: list[Any] = []

    @app.command("/form")
    def open_form(ack: Any, client: WebClient, body: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal("A form", FIELDS))
        ack()

    @app.view("form")
    def take(ack: Any, view: Any) -> None:
        submitted.append(view["state"]["values"])
        if len(submitted) == 1:
            ack(response_action="errors", errors={"title": "Say it shorter."})
        else:
            ack()

    return submitted


def test_every_input_is_filled_in_by_hand_and_an_error_stands_beside_its_field(
    slack: Playground, place: SimpleNamespace, sent: list[Any], visit: Visit
) -> None:
    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.write("/form")
    sam.modal.wait_for()
    assert sam.page.evaluate("document.activeElement.id") == "f-title", "the first field has it"
    sam.submit()
    sam.block("title").locator(".error").wait_for()
    assert "required" in sam.block("people").locator(".error").inner_text()
    assert sent == [], "Slack's own client does not send what is not filled in"
    sam.fill("title", "A long title")
    sam.fill("why", "Because\nof <b>this</b>")
    sam.pick("colour", "Blue")
    sam.pick("people", "Ana", "Sam")
    sam.pick("owner", "Ana")
    sam.pick("place", "#random")
    sam.tick("size", "Red")
    sam.tick("extras", "Red")
    sam.tick("extras", "Blue")
    sam.fill("day", "2026-03-12")
    sam.fill("hour", "09:30")
    sam.fill("count", "3")
    sam.submit()
    error = sam.block("title").locator(".error")
    error.filter(has_text="Say it shorter.").wait_for()
    assert sam.block("title").locator("input").get_attribute("aria-invalid") == "true"
    assert sam.page.evaluate("document.activeElement.id") == "f-title"
    assert sam.block("why").locator("textarea").input_value() == "Because\nof <b>this</b>"
    sam.fill("title", "Short")
    sam.submitted()
    values = {name: block["value"] for name, block in sent[1].items()}
    assert values["title"]["value"] == "Short"
    assert values["why"]["value"] == "Because\nof <b>this</b>"
    assert values["colour"]["selected_option"]["value"] == "blue"
    assert values["people"]["selected_users"] == [place.ana.id, place.sam.id]
    assert values["owner"]["selected_user"] == place.ana.id
    assert values["place"]["selected_conversation"] == place.random.id
    assert values["size"]["selected_option"]["value"] == "red"
    assert [o["value"] for o in values["extras"]["selected_options"]] == ["red", "blue"]
    assert values["day"]["selected_date"] == "2026-03-12"
    assert values["hour"]["selected_time"] == "09:30"
    assert values["count"]["value"] == "3"
    assert sam.page.evaluate("document.activeElement.id") == "composer", "the focus came back"


def test_a_form_on_a_form_goes_back_to_the_one_below(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    @app.command("/form")
    def open_form(ack: Any, client: WebClient, body: Any) -> None:
        row = {"type": "actions", "elements": [button("deeper", "Deeper")]}
        title = field("title", {"type": "plain_text_input"})
        client.views_open(trigger_id=body["trigger_id"], view=modal("Below", [title, row]))
        ack()

    @app.action("deeper")
    def push(ack: Any, client: WebClient, body: Any) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal("Above", FIELDS[:1]))
        ack()

    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.write("/form")
    sam.fill("title", "kept")
    sam.modal.get_by_role("button", name="Deeper").click()
    sam.page.locator("#modal-title", has_text="Above").wait_for()
    sam.modal.get_by_role("button", name="Back").click()
    sam.page.locator("#modal-title", has_text="Below").wait_for()
    assert sam.block("title").locator("input").input_value() == "kept"
    sam.page.keyboard.press("Escape")
    sam.modal.wait_for(state="hidden")
    assert place.sam.modal is None


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
    row = {"type": "actions", "elements": [button("drop", "Drop it", confirm=asks)]}
    app.client.chat_postMessage(channel=place.pricing.id, text="row", blocks=[row])
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
    row = {"type": "actions", "elements": [button("slow", "Slow")]}
    app.client.chat_postMessage(channel=place.pricing.id, text="row", blocks=[row])
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


def test_a_form_that_is_not_acknowledged_waits_and_says_so_on_top(
    slack: Playground,
    app: App,
    bot: ListeningBot,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    @app.command("/form")
    def open_form(ack: Any, client: WebClient, body: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal("A form", FIELDS[:1]))
        ack()

    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.write("/form")
    sam.fill("title", "Typed")
    slack.carrier.within = 0.4
    bot.gate = threading.Event()
    sam.submit()
    send = sam.modal.locator("button[type=submit]")
    sam.modal.locator("button[type=submit][aria-busy=true]:disabled").wait_for()
    sam.modal.locator(".general.error[role=alert]").wait_for()
    assert send.is_enabled()
    assert sam.block("title").locator("input").input_value() == "Typed", "nothing is lost"


UNKNOWN = ["datetimepicker", "rich_text_input", "file_input", "external_select"]


def test_an_input_that_is_not_drawn_is_a_box_with_its_name_and_the_rest_can_be_sent(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    sent: list[str] = []

    @app.command("/form")
    def open_form(ack: Any, client: WebClient, body: Any) -> None:
        odd = [field(f"x_{kind}", {"type": kind}, optional=True) for kind in UNKNOWN]
        view = modal("A form", [FIELDS[0], *odd])
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @app.view("form")
    def take(ack: Any, view: Any) -> None:
        sent.append(view["state"]["values"]["title"]["value"]["value"])
        ack()

    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.write("/form")
    for kind in UNKNOWN:
        sam.modal.locator(".unknown", has_text=kind).wait_for()
    sam.fill("title", "Sent")
    sam.submitted()
    assert sent == ["Sent"]


def test_a_menus_choice_is_told_and_an_ephemeral_is_for_one_person(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    @app.action("more")
    def more(ack: Any, client: WebClient, body: Any) -> None:
        ack()
        words = f"You chose {body['actions'][0]['selected_option']['value']}"
        client.chat_postEphemeral(channel=place.pricing.id, user=body["user"]["id"], text=words)

    menu = {"type": "overflow", "action_id": "more", "options": RED_BLUE}
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
