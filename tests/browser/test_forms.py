"""Forms: every input, errors beside fields, stacks, and a bot that is late."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import Playground
from tests.browser.conftest import Visit
from tests.browser.forms import FIELDS, field, let_a_command_open, modal
from tests.browser.test_blocks_are_drawn import button, option
from tests.playground.bot_in_a_thread import ListeningBot

UNKNOWN = ["datetimepicker", "rich_text_input", "file_input", "external_select"]


@pytest.fixture
def sent(slack: Playground, app: App, bot: ListeningBot) -> list[Any]:
    """What the form sent, in order; the first time an error comes back beside the title."""
    submitted: list[Any] = []
    let_a_command_open(app, modal("A form", FIELDS))

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


COVERED = """row => {
  const { left, top, height } = row.getBoundingClientRect();
  return !row.contains(document.elementFromPoint(left + 9, top + height / 2));
}"""


@pytest.mark.parametrize("height", [860, 320])
def test_a_short_form_does_not_cut_off_what_can_be_chosen(
    slack: Playground,
    app: App,
    bot: ListeningBot,
    place: SimpleNamespace,
    visit: Visit,
    height: int,
) -> None:
    colours = [option(colour) for colour in ("red", "green", "blue", "grey")]
    let_a_command_open(
        app, modal("A form", [field("colour", {"type": "static_select", "options": colours})])
    )
    sam = visit(slack, place.sam, height=height)
    sam.go("pricing")
    sam.write("/form")
    sam.block("colour").get_by_role("combobox").click()
    rows = sam.block("colour").get_by_role("option").all()
    assert [row.inner_text() for row in rows if row.evaluate(COVERED)] == []
    assert sam.sticks_out == []
    rows[-1].click()
    assert sam.block("colour").get_by_role("combobox").input_value() == "Grey"


def test_a_form_on_a_form_goes_back_to_the_one_below(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    row = {"type": "actions", "elements": [button("deeper", "Deeper")]}
    let_a_command_open(app, modal("Below", [field("title", {"type": "plain_text_input"}), row]))

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


def test_a_form_that_is_not_acknowledged_waits_and_says_so_on_top(
    slack: Playground,
    app: App,
    bot: ListeningBot,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    let_a_command_open(app, modal("A form", FIELDS[:1]))
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


def test_an_input_that_is_not_drawn_is_a_box_with_its_name_and_the_rest_can_be_sent(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace, visit: Visit
) -> None:
    sent: list[str] = []
    odd = [field(f"x_{kind}", {"type": kind}, optional=True) for kind in UNKNOWN]
    let_a_command_open(app, modal("A form", [FIELDS[0], *odd]))

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
