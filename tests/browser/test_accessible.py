"""Without a mouse, on a phone, in the dark, and read by a machine: nobody is left out."""

from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App

from playground import Command, Playground, Shortcut, Step
from tests.browser.conftest import Visit
from tests.browser.forms import FIELDS, let_a_command_open, modal
from tests.browser.test_blocks_are_drawn import BLOCKS
from tests.browser.visitor import Visitor, until
from tests.playground.bot_in_a_thread import ListeningBot

SERIOUS = ("serious", "critical")


@pytest.fixture
def furnished(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace
) -> SimpleNamespace:
    """A channel with a bit of everything in it, and a form behind `/form`."""

    let_a_command_open(app, modal("A form", FIELDS))

    @app.view("form")
    def take(ack: Any) -> None:
        ack(response_action="errors", errors={"title": "Say it shorter."})

    playbill = slack.playbill
    playbill.commands = [Command("/form", "Opens a form", "[anything]")]
    playbill.shortcuts = [Shortcut("Do this", "do_this")]
    playbill.clock_moves = {"one hour": lambda: None}
    playbill.story.set_steps([Step("Nothing happens", lambda: app.client.api_test())])
    app.client.chat_postMessage(channel=place.pricing.id, text="all", blocks=BLOCKS[:-2])
    card = app.client.chat_postMessage(channel=place.pricing.id, text="more", blocks=BLOCKS[-2:])
    client_ts = str(card["ts"])
    place.ana.reply(place.pricing.message(client_ts), "A reply with `code` and @sam.ortiz")
    place.ana.react(place.pricing.message(client_ts), "eyes")
    app.client.chat_postEphemeral(channel=place.pricing.id, user=place.sam.id, text="for you")
    return place


def troubles(visitor: Visitor) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{v['id']}: {v['help']}: {[node['html'][:160] for node in v['nodes']][:4]}"
        for v in found
        if v["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_no_screen_has_a_serious_finding(
    slack: Playground, furnished: SimpleNamespace, visit: Visit, width: int, dark: bool
) -> None:
    sam = visit(slack, furnished.sam, width=width, dark=dark)
    sam.message("A heading").wait_for()
    assert troubles(sam) == [], "the channel"
    sam.page.locator(".thread-bar").click()
    sam.page.locator("#reply").wait_for()
    assert troubles(sam) == [], "the thread"
    sam.page.get_by_role("button", name="Close the thread").click()
    sam.page.locator("#open-story").click()
    sam.page.get_by_role("button", name="Play the next step").click()
    sam.page.locator(".step.played").wait_for()
    assert troubles(sam) == [], "the story"
    sam.page.locator(".step .link").click()
    sam.page.locator(".exchange summary").first.click()
    assert troubles(sam) == [], "the traffic"
    sam.page.keyboard.press("Escape")
    sam.page.get_by_role("button", name="Close the story").click()
    sam.page.locator("#you-are").click()
    assert troubles(sam) == [], "the person switcher"
    sam.page.keyboard.press("Escape")
    sam.write("/form")
    sam.modal.wait_for()
    sam.submit()
    sam.block("title").locator(".error").wait_for()
    assert troubles(sam) == [], "a form with errors"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_that_opens_has_a_serious_finding(
    slack: Playground, furnished: SimpleNamespace, visit: Visit, dark: bool
) -> None:
    sam = visit(slack, furnished.sam, dark=dark)
    sam.write("Of my own")
    mine = sam.message("Of my own")
    mine.wait_for()
    sam.page.locator("#composer").fill("/")
    sam.page.get_by_role("option").first.wait_for()
    assert troubles(sam) == [], "what completes a slash"
    sam.page.locator("#composer").fill("")
    sam.tool(mine, "More about this message")
    assert troubles(sam) == [], "a message's menu"
    sam.page.keyboard.press("Escape")
    for choice in ("Add a reaction", "Edit message", "Delete message"):
        sam.menu(mine, choice)
        assert troubles(sam) == [], choice
        sam.page.keyboard.press("Escape")
    sam.write("/form")
    sam.block("people").get_by_role("combobox").click()
    sam.block("people").get_by_role("option").first.wait_for()
    assert troubles(sam) == [], "what can be chosen in a form"
    sam.page.keyboard.press("Escape")
    sam.page.keyboard.press("Escape")
    sam.become("Gus Guest")
    sam.page.get_by_text("is in no channel yet").wait_for()
    assert troubles(sam) == [], "no channel at all"
    sam.page.locator("#sidebar .place", has_text="The App").click()
    sam.page.get_by_role("tab", name="Home").click()
    sam.page.locator(".home").wait_for()
    assert troubles(sam) == [], "the app's home"


def test_a_phone_shows_one_thing_at_a_time_and_nothing_sticks_out(
    slack: Playground, furnished: SimpleNamespace, visit: Visit
) -> None:
    sam = visit(slack, furnished.sam, width=390, height=760)
    sam.message("A heading").wait_for()
    assert sam.sticks_out == []
    assert not sam.page.locator("#sidebar").is_visible()
    sam.page.get_by_role("button", name="Channels and messages").click()
    sam.go("random")
    assert not sam.page.locator("#sidebar").is_visible()
    sam.page.get_by_role("button", name="Channels and messages").click()
    sam.go("pricing")
    sam.menu(sam.message("A heading"), "Reply in thread")
    sam.reply("from a phone")
    sam.message("from a phone", thread=True).wait_for()
    assert sam.sticks_out == []
    sam.page.get_by_role("button", name="Close the thread").click()
    sam.write("/form")
    sam.fill("title", "Short")
    assert sam.sticks_out == []
    box = sam.modal.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_the_keyboard_alone_is_enough(
    slack: Playground, furnished: SimpleNamespace, visit: Visit
) -> None:
    sam = visit(slack, furnished.sam)
    keys = sam.page.keyboard
    focused = "document.activeElement.id"
    keys.press("Tab")
    keys.press("Enter")  # “Skip to writing a message”
    assert sam.page.evaluate(focused) == "composer"
    keys.type("/fo")
    keys.press("Enter")  # completes
    assert sam.page.locator("#composer").input_value() == "/form "
    keys.press("Enter")
    sam.modal.wait_for()
    keys.type("Typed")
    for _ in range(2):
        keys.press("Tab")
    keys.type("Bl")
    keys.press("Enter")  # chooses Blue
    assert sam.block("colour").get_by_role("combobox").input_value() == "Blue"
    keys.press("Escape")
    sam.modal.wait_for(state="hidden")
    assert sam.page.evaluate(focused) == "composer", "the focus came back"
    sam.page.locator("#you-are").focus()
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("Enter")
    sam.page.locator("#you-are", has_text="Ana Lima").wait_for()
    until(sam.page, f"{focused} === 'you-are'")
    bar = sam.page.locator(".thread-bar")
    bar.focus()
    keys.press("Enter")
    until(sam.page, f"{focused} === 'reply'")
    keys.type("By hand")
    keys.press("Enter")
    mine = sam.message("By hand", thread=True)
    mine.wait_for()
    more = mine.get_by_role("button", name="More about this message")
    more.focus()
    keys.press("Enter")
    keys.press("End")  # “Delete message” is the last
    keys.press("Enter")
    sam.page.locator("#confirm[open]").wait_for()
    keys.press("Tab")
    keys.press("Enter")
    mine.wait_for(state="detached")
    sam.page.locator("#reply").focus()
    keys.press("Escape")
    sam.page.locator("#thread").wait_for(state="hidden")


def test_own_words_are_edited_and_reactions_come_and_go(
    slack: Playground, furnished: SimpleNamespace, visit: Visit
) -> None:
    sam = visit(slack, furnished.sam)
    sam.write("Frist try, @ana.lima")
    said = sam.message("Frist try")
    said.locator(".mention", has_text="@Ana Lima").wait_for()
    sam.menu(said, "Edit message")
    box = sam.page.get_by_label("Edit message")
    assert box.input_value() == "Frist try, @ana.lima"
    box.fill("First try, @ana.lima")
    sam.page.get_by_role("button", name="Save").click()
    sam.message("First try").locator(".edited").wait_for()
    card = sam.message("A heading")
    card.locator(".reaction[data-reaction=eyes]").click()
    card.locator(".reaction[data-reaction=eyes][aria-pressed=true]", has_text="2").wait_for()
    card.locator(".reaction[data-reaction=eyes]").click()
    card.locator(".reaction[data-reaction=eyes][aria-pressed=false]", has_text="1").wait_for()
    card.hover()
    card.get_by_role("button", name="Add a reaction").click()
    sam.page.get_by_label("Name of a reaction").fill("hourglass")
    sam.page.get_by_role("button", name="Add", exact=True).click()
    card.locator(".reaction[data-reaction=hourglass]").wait_for()
    assert sam.message("A heading").get_by_role("button", name="Edit message").count() == 0
