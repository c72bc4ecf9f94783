"""The whole review as five people, by clicking and typing, with the bot itself beside the page."""

import re

from bot.demo.stage import ROSTER, Stage
from tests.browser.conftest import Visit
from tests.browser.in_a_review import (
    TITLE,
    answer_everything,
    go_on_a_phone,
    move_to_monday,
    object_in_the_thread,
    open_decision,
    say,
    set_up_and_propose,
    take_the_seat,
)


def test_five_people_hold_a_review_from_proposal_to_decision(stage: Stage, visit: Visit) -> None:
    visitor = visit(stage.slack, stage["Sam"])
    set_up_and_propose(visitor)

    visitor.become("Ana Lima")
    assert "unread" in (
        visitor.page.locator("#sidebar .unread").first.get_attribute("aria-label") or ""
    )
    visitor.go("pricing")
    visitor.open_thread(TITLE)
    say(visitor, "1. Paying, on the June invoice", "one")
    say(visitor, "2. $39, the site still says so", "two")
    visitor.menu(visitor.message("$39, the site", thread=True), "Edit message")
    visitor.page.get_by_label("Edit message").fill("2. $39, the site says so today")
    visitor.page.get_by_role("button", name="Save").click()
    checklist = visitor.message("In the customer's chair", thread=True)
    checklist.filter(has_text="the site says so today").wait_for()
    say(visitor, "3. Three-person shops", "three")
    three = visitor.message("Three-person", thread=True).first
    visitor.tool(three, "React with x")
    checklist.filter(has_not_text="Three-person shops").wait_for()
    object_in_the_thread(visitor)

    visitor.become("Sam Ortiz")
    visitor.go("Customer Seat")
    visitor.press(visitor.message("until her renewal date"), "Reply")
    visitor.fill("reply", "Fair. Everyone keeps $39 until their renewal.")
    visitor.tick("offer", "what she asks")
    visitor.submitted()

    visitor.become("Ana Lima")
    visitor.go("Customer Seat")
    visitor.press(visitor.message("Everyone keeps $39"), "Yes, that settles it")
    answer_everything(visitor)

    open_decision(visitor)
    visitor.tick("verdict", "Go, with changes")
    visitor.fill("because", "Weekend support is what she asks for.")
    visitor.submit()
    visitor.block("changes").locator(".error").wait_for()
    visitor.fill("changes", "The old price until each renewal.")
    visitor.submitted()
    visitor.go("pricing")
    card = visitor.message(TITLE)
    card.filter(has_text="Go, with changes").filter(has_text="Weekend support").wait_for()

    visitor.become("Gus Hart")
    visitor.go("pricing")
    visitor.write("/propose-change pricing Cheaper")
    refusal = visitor.page.locator("#middle .only-me").last
    refusal.wait_for()
    assert "Only visible to you" in refusal.inner_text()


def test_an_objection_is_overruled_with_a_reason(stage: Stage, visit: Visit) -> None:
    visitor = visit(stage.slack, stage["Sam"])
    set_up_and_propose(visitor)
    take_the_seat(visitor)
    object_in_the_thread(visitor)
    answer_everything(visitor)
    open_decision(visitor)
    visitor.tick("verdict", "Go")
    visitor.fill("because", "Hosting is up.")
    visitor.submit()
    visitor.block("overrule_1").locator(".error").wait_for()
    visitor.fill("overrule_1", "We write to each of them first.")
    visitor.submitted()
    visitor.go("pricing")
    visitor.message(TITLE).filter(has_text=re.compile("overruled", re.I)).wait_for()
    visitor.open_thread(TITLE)
    visitor.message("Overruled by Lee Park", thread=True).wait_for()


def test_a_review_is_answered_and_decided_on_a_phone(stage: Stage, visit: Visit) -> None:
    set_up_and_propose(visit(stage.slack, stage["Sam"]))
    phone = visit(stage.slack, stage["Ana"], width=390, height=780)
    go_on_a_phone(phone, "Customer Seat")
    letter = phone.message("you're the customer")
    phone.pick_in(letter, "Paying")
    letter.filter(has_text="2 of 7").wait_for()
    go_on_a_phone(phone, "pricing")
    phone.open_thread(TITLE)
    say(phone, "2. $39, the site still says so", "two")
    say(phone, "don't know", "three")
    assert phone.sticks_out == []
    phone.page.get_by_role("button", name="Close the thread").click()
    answer_everything(phone, go_on_a_phone)
    assert phone.sticks_out == []
    lee = visit(stage.slack, stage["Lee"], width=390, height=780)
    go_on_a_phone(lee, "Customer Seat")
    lee.press(lee.message("the customer has been heard"), "Decide")
    lee.tick("verdict", "Go")
    lee.fill("because", "Weekend support is what she asks for.")
    assert lee.sticks_out == []
    lee.submitted()
    go_on_a_phone(lee, "pricing")
    lee.message(TITLE).filter(has_text="Weekend support").wait_for()
    move_to_monday(lee).get_by_role("link", name=TITLE).wait_for()
    assert lee.sticks_out == []


def test_an_answer_that_is_deleted_is_taken_back(stage: Stage, visit: Visit) -> None:
    visitor = visit(stage.slack, stage["Sam"])
    set_up_and_propose(visitor)
    take_the_seat(visitor)
    say(visitor, "2. She expected thirty-nine", "two")
    checklist = visitor.message("In the customer's chair", thread=True)
    checklist.filter(has_text="She expected thirty-nine").wait_for()
    visitor.menu(visitor.message("She expected", thread=True), "Delete message")
    visitor.page.locator("#confirm").get_by_role("button", name="Delete").click()
    checklist.filter(has_not_text="She expected thirty-nine").wait_for()


def test_the_digest_comes_when_the_clock_is_moved_to_monday(stage: Stage, visit: Visit) -> None:
    visitor = visit(stage.slack, stage["Sam"])
    set_up_and_propose(visitor)
    digest = move_to_monday(visitor)
    digest.get_by_role("link", name=TITLE).wait_for()
    digest.get_by_role("link", name=TITLE).click()
    visitor.page.locator("#thread", has_text="In the customer's chair").wait_for()


def test_one_can_be_everybody_and_each_sees_what_is_theirs(stage: Stage, visit: Visit) -> None:
    visitor = visit(stage.slack, stage["Sam"])
    visitor.page.locator("#you-are").click()
    parts = {}
    for row in visitor.page.locator(".menu .who-name").all():
        part = row.locator("small").inner_text()
        parts[row.inner_text().removesuffix(part).strip()] = part
    assert parts == {
        "Sam Ortiz": "proposes",
        "Lee Park": "decides",
        "Kim Wu": "keeps the seat",
        **dict.fromkeys(ROSTER, "may speak for the customer"),
        "Gus Hart": "guest",
        "Olga Nowak": "from outside",
    }
    visitor.page.keyboard.press("Escape")
    seen = {}
    for name in ("Sam Ortiz", "Gus Hart", "Olga Nowak"):
        visitor.become(name)
        places = visitor.page.locator("#sidebar .place .name")
        seen[name] = places.all_inner_texts()
    assert seen == {
        "Sam Ortiz": ["pricing", "with-partners", "Customer Seat"],
        "Gus Hart": ["pricing", "Customer Seat"],
        "Olga Nowak": ["with-partners", "Customer Seat"],
    }
    stage["Ana"].post(stage.pricing, "Has anybody seen the invoice?")
    visitor.become("Gus Hart")
    visitor.message("the invoice").wait_for()
    visitor.become("Sam Ortiz")
    visitor.go("with-partners")
    stage["Ana"].post(stage.pricing, "Found it.")
    visitor.page.get_by_role("button", name="#pricing, 1 unread").wait_for()
    visitor.go("pricing")
    assert visitor.page.locator("#sidebar .unread").count() == 0
