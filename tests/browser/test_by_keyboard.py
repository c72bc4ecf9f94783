"""A whole review without a mouse: every step by Tab, arrows, Enter, Escape and typing."""

from bot.demo.stage import ROSTER, Stage
from tests.browser.conftest import Visit
from tests.browser.hands import Hands
from tests.browser.visitor import Visitor, until

TITLE = "Team plan from $39 to $49"


def test_a_whole_review_needs_no_mouse(stage: Stage, visit: Visit) -> None:
    visitor = visit(stage.slack, stage["Sam"])
    hands = Hands(visitor.page)
    set_up_and_propose(hands, visitor)
    answer_in_the_thread(hands, visitor)
    answer_the_rest(hands)
    confirm(hands, visitor)
    decide(hands)
    read_the_digest(hands, visitor)


def set_up_and_propose(hands: Hands, visitor: Visitor) -> None:
    hands.become("Kim Wu")
    hands.reach("Message #pricing")
    hands.say("/customer-seat setup")
    hands.in_modal()
    for name in ROSTER:
        hands.type(name)
        visitor.block("roster").get_by_role("option", name=name).wait_for()
        hands.press("Enter")
    hands.press("Escape")
    visitor.modal.wait_for()  # Escape shut the list of people, not the form
    submit = visitor.modal.locator("button[type=submit]").inner_text()
    hands.reach(submit, enter=True)
    hands.out_of_modal("Message #pricing")
    visitor.page.locator("#middle .place-head", has_not_text="is not here").wait_for()
    hands.become("Sam Ortiz")
    hands.reach("Message #pricing")
    hands.say(f"/propose-change pricing {TITLE}")
    hands.in_modal()
    hands.reach("Tell the customer in one sentence")
    hands.type("From 1 June you pay $10 more a month.")
    hands.reach("What should it do for her")
    hands.type("Hosting is up 18 %.")
    hands.reach("Who decides")
    hands.type("Lee")
    visitor.block("decider").get_by_role("option", name="Lee Park").wait_for()
    hands.press("Enter")
    hands.reach("Propose", enter=True)
    hands.out_of_modal("Message #pricing")
    visitor.message(TITLE).locator(".thread-bar").wait_for()


def open_the_thread(hands: Hands) -> None:
    hands.reach("#pricing", enter=True)
    hands.reach("Message #pricing")
    hands.reach("C", back=True)  # the app's face on the bar with the replies
    assert "repl" in hands.at
    hands.press("Enter")
    until(hands.page, "document.activeElement.id === 'reply'")


def answer_in_the_thread(hands: Hands, visitor: Visitor) -> None:
    hands.become("Ana Lima")
    open_the_thread(hands)
    hands.say("2. She expected $39")
    visitor.message("She expected $39", thread=True).locator("[data-reaction=two]").wait_for()
    hands.reach("More about this message", back=True, enter=True)
    hands.choose("Edit message")
    until(hands.page, "document.activeElement.ariaLabel === 'Edit message'")
    hands.say(", the site says so")
    checklist = visitor.message("In the customer's chair", thread=True)
    checklist.filter(has_text="the site says so").wait_for()
    hands.reach("Reply…")
    hands.say("object: She was promised $39 until she renews")
    replies = visitor.page.locator("#thread .message")
    replies.filter(has_text="promised").locator("[data-reaction=white_check_mark]").wait_for()
    hands.say("Her old price until her renewal date")
    replies.filter(has_text="old price").locator("[data-reaction=white_check_mark]").wait_for()
    hands.press("Escape")
    visitor.page.locator("#thread").wait_for(state="hidden")
    assert "repl" in hands.at, "the focus is back on the bar that opened the thread"


def answer_the_rest(hands: Hands) -> None:
    hands.reach("Customer Seat", enter=True)
    hands.reach("All in one form", enter=True)
    hands.in_modal()
    hands.fill_everything("You said $39. I'd look around.", submit="Save")
    hands.out_of_modal("")


def confirm(hands: Hands, visitor: Visitor) -> None:
    open_the_thread(hands)
    visitor.message("is this what she would say", thread=True).wait_for()
    hands.reach("Yes, that's it", back=True, enter=True)
    visitor.message("Confirmed by Ana Lima", thread=True).wait_for()
    hands.reach("Close the thread", back=True, enter=True)


def decide(hands: Hands) -> None:
    hands.become("Lee Park")
    hands.reach("Customer Seat", enter=True)
    hands.reach("Decide", enter=True)
    hands.in_modal()
    assert hands.at == "Go", "the first choice has the focus; arrows lead to the others"
    hands.press("ArrowDown")
    hands.press("ArrowDown")
    assert hands.at == "Stop"
    hands.reach("Because")
    hands.type("She was promised the old price.")
    hands.reach("Decide", enter=True)
    hands.page.locator("#modal[open]").wait_for(state="hidden")


def read_the_digest(hands: Hands, visitor: Visitor) -> None:
    hands.reach("#pricing", enter=True)
    visitor.message(TITLE).filter(has_text="Stop").wait_for()
    hands.reach("It is", enter=True)
    hands.choose("Move the clock to Monday")
    digest = visitor.message("Customer seat, #pricing")
    digest.wait_for()
    until(hands.page, "document.activeElement.id === 'move-clock'")
    hands.reach("Message #pricing")
    hands.reach("Messages in #pricing", back=True)
    hands.press("ArrowUp")
    assert hands.at.startswith("Customer Seat, Today"), "arrows lead from message to message"
    hands.reach(TITLE)
    hands.press("Enter")
    visitor.page.locator("#thread", has_text="In the customer's chair").wait_for()
