"""What people do in a review, by clicking and typing: for the tests and for the pictures."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.demo.stage import ROSTER
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Locator

TITLE = "Team plan from $39 to $49"


def set_up_and_propose(visitor: Visitor) -> None:
    visitor.become("Kim Wu")
    visitor.go("pricing")
    visitor.write("/customer-seat setup")
    visitor.pick("roster", *ROSTER)
    visitor.submitted()
    visitor.page.locator("#middle .place-head", has_not_text="is not here").wait_for()
    visitor.become("Sam Ortiz")
    visitor.go("pricing")
    visitor.write(f"/propose-change pricing {TITLE}")
    visitor.fill("told_to_her", "From 1 June you pay $10 more a month.")
    visitor.fill("why", "Hosting is up 18 %.")
    visitor.pick("decider", "Lee Park")
    visitor.submitted()
    visitor.message(TITLE).locator(".thread-bar").wait_for()


def take_the_seat(visitor: Visitor) -> None:
    """As Ana, the first in turn, with the review's thread open."""
    visitor.become("Ana Lima")
    visitor.go("pricing")
    visitor.open_thread(TITLE)


def say(visitor: Visitor, words: str, reaction: str) -> None:
    """In the open thread; returns when the bot has said with a reaction what it took it as."""
    visitor.reply(words)
    seen = re.sub(r"^\d\. ", "", words)  # what is typed so becomes a list; its number is no text
    visitor.message(seen, thread=True).locator(f"[data-reaction={reaction}]").wait_for()


def object_in_the_thread(visitor: Visitor) -> None:
    say(visitor, "object: She was promised $39 until she renews", "white_check_mark")
    say(visitor, "Her old price until her renewal date", "white_check_mark")


def answer_everything(visitor: Visitor, go: Callable[[Visitor, str], None] = Visitor.go) -> None:
    """All questions in one form, as the letter offers; then what the bot heard is confirmed."""
    go(visitor, "Customer Seat")
    letter = visitor.message("you're the customer")
    visitor.press(letter, "All in one form")
    visitor.modal.wait_for()
    for block in visitor.modal.locator("[data-block^=q]").all():
        if block.get_by_role("radio").count():
            block.get_by_role("radio").first.check()
        elif block.get_by_role("combobox").count():
            block.get_by_role("combobox").press("ArrowDown")
            block.get_by_role("combobox").press("Enter")
        else:
            block.locator("textarea, input").first.fill("You said $39. I'd look around.")
    visitor.tick("stance", "would complain")
    visitor.submitted()
    go(visitor, "pricing")
    visitor.open_thread(TITLE)
    confirm(visitor, "Ana Lima")


def confirm(visitor: Visitor, name: str) -> None:
    """In the open thread: yes, that is what she would say."""
    heard = visitor.message("is this what she would say", thread=True)
    visitor.press(heard, "Yes, that's it")
    visitor.message(f"Confirmed by {name}", thread=True).wait_for()


def open_decision(visitor: Visitor) -> None:
    visitor.become("Lee Park")
    visitor.go("Customer Seat")
    visitor.press(visitor.message("the customer has been heard"), "Decide")
    visitor.modal.wait_for()


def move_to_monday(visitor: Visitor) -> "Locator":
    """The digest that comes then, in the open channel."""
    visitor.page.locator("#move-clock").click()
    visitor.page.get_by_role("menuitem", name="to Monday 09:00").click()
    visitor.page.locator("#move-clock", has_text=re.compile("Mon, .*09:00")).wait_for()
    return visitor.message("Customer seat, #pricing")


def go_on_a_phone(visitor: Visitor, place: str) -> None:
    visitor.page.get_by_role("button", name="Channels and messages").click()
    visitor.go(place)
