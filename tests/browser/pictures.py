"""Makes the pictures of the README and docs: `python -m tests.browser.pictures`.

They are of what the README tells a newcomer to do after `make demo`: propose a change, answer it on
a phone, decide it, move the clock to Monday. Everything is clicked and typed in the page.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.demo.page import furnish_page
from bot.demo.prompter import Prompter
from bot.demo.stage import PATIENCE, Stage, open_stage
from bot.demo.story import STEPS, Story
from tests.browser.chromium import NoBrowser, open_chromium
from tests.browser.in_a_review import go_on_a_phone, move_to_monday, say
from tests.browser.visitor import Visitor, open_visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
NAMES = ("commands", "form", "phone", "thread", "decision-dark", "digest-and-story")
"""What is made, each shown in the README or the docs."""
TITLE = "Annual plans only"
OBJECTION = "She can't pay for a year at once"
Take = Callable[[str, Visitor], None]


def make_pictures(folder: Path) -> list[Path]:
    """Raises NoBrowser, and RuntimeError when the demo's story fails."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []

    def take(name: str, visitor: Visitor) -> None:
        visitor.page.mouse.move(0, 0)
        visitor.page.wait_for_timeout(400)  # what fades in has come
        made.append(folder / f"{name}.png")
        visitor.page.screenshot(path=made[-1])

    with open_chromium() as browser, open_stage(0, PATIENCE) as stage:
        furnish_page(stage)
        _tell_story(stage)
        sam = _open_page(browser, stage, "Sam")
        _propose(sam, take)
        # The story gave the seat to Ana and to Ben: Cleo is next in turn.
        cleo = _open_page(browser, stage, "Cleo", width=390, height=844)
        _answer(cleo, take)
        _settle(sam, take)
        _confirm(cleo)
        lee = _open_page(browser, stage, "Lee", dark=True)
        _decide(lee, take)
        move_to_monday(sam).get_by_role("link", name=TITLE).wait_for()
        sam.page.locator("#open-story").click()
        take("digest-and-story", sam)
    return made


def _tell_story(stage: Stage) -> None:
    """As `make demo` does before it says where the page is."""
    prompter = Prompter(lambda: Story(stage, begin=prompter.begin, done=lambda: None).tell())
    story = stage.slack.playbill.story
    story.set_steps(prompter.steps(STEPS))
    story.play_all()
    if prompter.failure is not None:
        raise RuntimeError(str(prompter.failure))


def _open_page(browser: "Browser", stage: Stage, person: str, **window: Any) -> Visitor:
    size = {"width": 1120, "height": 720} | window
    return open_visitor(browser, stage.slack, stage[person], **size)


def _propose(sam: Visitor, take: Take) -> None:
    sam.go("pricing")
    box = sam.page.locator("#composer")
    box.press_sequentially("/")
    sam.page.locator(".completions").wait_for()
    take("commands", sam)
    box.press("Escape")
    sam.write(f"/propose-change pricing {TITLE}")
    sam.fill("told_to_her", "From May you pay for a year at once: twelve months for ten.")
    sam.fill("why", "Two months free for her; fewer people leave us in spring.")
    take("form", sam)
    sam.submitted()
    sam.message(TITLE).locator(".thread-bar").wait_for()


def _answer(cleo: Visitor, take: Take) -> None:
    """By a tap, by replies, and what is left in one form."""
    go_on_a_phone(cleo, "Customer Seat")
    letter = cleo.message(TITLE)
    letter.filter(has_text="1 of 7").wait_for()
    _from_its_start(letter)
    take("phone", cleo)
    cleo.pick_in(letter, "Buying")
    letter.filter(has_text="2 of 7").get_by_text("the thread").click()
    say(cleo, "Twelve small payments, as the site says", "two")
    say(cleo, f"object: {OBJECTION}", "white_check_mark")
    say(cleo, "Let her go on paying monthly, at today's price", "white_check_mark")
    go_on_a_phone(cleo, "Customer Seat")
    cleo.press(letter, "All in one form")
    form = cleo.modal
    form.get_by_label("3 · Who does this hurt most").fill("One-person shops: $400 in May")
    form.get_by_label("Only if").check()
    form.get_by_label("5 · What do we give her").fill("Three months of notice")
    form.get_by_label("6 · Who left over").fill("Two in October: I can't plan a year")
    form.get_by_label("7 · If the customer were").fill("I pay when I get paid. I'd look around.")
    form.get_by_label("Would complain").check()
    cleo.submitted()


def _from_its_start(message: "Locator") -> None:
    message.evaluate("node => node.scrollIntoView({block: 'start'})")


def _settle(sam: Visitor, take: Take) -> None:
    sam.go("Customer Seat")
    # Pressed before it shows what she asks, it would only be drawn again.
    asked = sam.message(OBJECTION).filter(has_text="Let her go on paying monthly")
    sam.press(asked, "Do what she asks")
    sam.go("pricing")
    sam.open_thread(TITLE)
    # Slack takes only so many redraws a minute: the last of them is waited for.
    sam.message(TITLE).filter(has_text="7 of 7").wait_for()
    checklist = sam.message("In the customer's chair", thread=True)
    checklist.filter(has_text="All answered").wait_for()
    sam.message("is this what she would say", thread=True).wait_for()
    _from_its_start(checklist)
    take("thread", sam)
    sam.page.get_by_role("button", name="Close the thread").click()


def _confirm(cleo: Visitor) -> None:
    cleo.press(cleo.message("answers the objection"), "Yes, that settles it")
    cleo.press(cleo.message("one thing is left"), "Yes, that's it")
    cleo.message("the customer has been heard").wait_for()


def _decide(lee: Visitor, take: Take) -> None:
    lee.go("Customer Seat")
    lee.press(lee.message(TITLE).filter(has_text="the customer has been heard"), "Decide")
    lee.tick("verdict", "Go, with changes")
    lee.fill("because", "A year at once is cheaper for those who can.")
    lee.fill("changes", "The monthly plan stays, at today's price.")
    lee.submitted()
    lee.go("pricing")
    lee.message(TITLE).filter(has_text="Go, with changes").wait_for()
    lee.open_thread(TITLE)
    lee.message("Go, with changes", thread=True).filter(has_text="Because").wait_for()
    take("decision-dark", lee)


if __name__ == "__main__":
    try:
        for picture in make_pictures(PICTURES):
            print(picture.relative_to(PICTURES.parents[1]))
    except NoBrowser as missing:
        sys.exit(str(missing))
