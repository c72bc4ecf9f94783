"""A person at the page: what one clicks and types, in the words one would say it in."""

import re
from typing import TYPE_CHECKING

from bot.demo.stage import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page

    from playground import Playground
    from playground.driver.person import Person

STICKS_OUT = """() => {
  const all = document.querySelectorAll("body > *, .message-main, .block, .button, #modal[open] *");
  return [...all]
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
    .map((node) => node.outerHTML.slice(0, 90));
}"""


def until(page: "Page", told: str, arg: object = None, *, seconds: float = PATIENCE) -> None:
    """Until `told` is true in the page, each look a call of its own: Playwright's wait evaluates
    inside the page, which the page's content security policy forbids.
    """
    for _ in range(int(seconds / 0.05)):
        if page.evaluate(told, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {told}")


def open_visitor(
    browser: "Browser",
    playground: "Playground",
    person: "Person",
    *,
    width: int = 1280,
    height: int = 860,
    dark: bool = False,
    listen: "Callable[[Page], None]" = lambda page: None,
) -> "Visitor":
    """In a new window that remembers nothing. `listen` gets the page before it goes anywhere."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    listen(page)
    page.goto(f"{playground.page_url}#{person.id}")
    page.wait_for_selector("#you-are")
    return Visitor(page)


class Visitor:
    def __init__(self, page: "Page") -> None:
        self.page = page

    # Where

    def become(self, name: str) -> None:
        self.page.locator("#you-are").click()
        self.page.get_by_role("menuitem", name=name).click()
        self.page.locator("#you-are", has_text=name).wait_for()

    def go(self, place: str) -> None:
        self.page.locator("#sidebar .place", has_text=place).click()
        self.page.locator("#place-name", has_text=place).wait_for()

    def open_thread(self, words: str) -> None:
        self.message(words).locator(".thread-bar").click()
        self.page.locator("#thread").wait_for()

    # What is seen

    def message(self, words: str, *, thread: bool = False) -> "Locator":
        """The last message in the channel, or in the open thread, that says this."""
        place = "#thread" if thread else "#middle"
        return self.page.locator(f"{place} .message", has_text=words).last

    @property
    def modal(self) -> "Locator":
        return self.page.locator("#modal[open]")

    def block(self, block_id: str) -> "Locator":
        return self.modal.locator(f'[data-block="{block_id}"]')

    @property
    def sticks_out(self) -> list[str]:
        """What reaches beyond the window's right edge, in messages too, where it could be scrolled
        to. Wide code and tables scroll by themselves."""
        found: list[str] = self.page.evaluate(STICKS_OUT)
        return found

    # What is done

    def write(self, text: str) -> None:
        self._write("#composer", text)

    def reply(self, text: str) -> None:
        self._write("#reply", text)

    def _write(self, where: str, text: str) -> None:
        box = self.page.locator(where)
        box.fill(text)
        if box.get_attribute("aria-expanded") == "true":
            box.press("Escape")  # shuts the completions
        box.press("Enter")

    def press(self, message: "Locator", words: str) -> None:
        message.get_by_role("button", name=words, exact=True).click()

    def choose(self, message: "Locator", words: str) -> None:
        """From the message's `⋯` menu, drawn by the bot."""
        message.locator(".overflow").first.click()
        self.page.get_by_role("menuitem", name=words).click()

    def pick_in(self, message: "Locator", words: str) -> None:
        """From the list of choices in a message."""
        message.get_by_role("combobox").click()
        message.get_by_role("option", name=words, exact=True).click()

    def menu(self, message: "Locator", words: str) -> None:
        """From the menu that Slack gives every message."""
        self.tool(message, "More about this message")
        self.page.get_by_role("menuitem", name=words).click()

    def tool(self, message: "Locator", words: str) -> None:
        """One of those that stand beside a message under the mouse."""
        message.hover()
        # `force`: a redraw may have moved the message away from the mouse, which goes there now.
        message.get_by_role("button", name=words).click(force=True)

    def fill(self, block_id: str, text: str) -> None:
        self.block(block_id).locator("input, textarea").first.fill(text)

    def pick(self, block_id: str, *words: str) -> None:
        """In a select: types each, and takes what is offered."""
        box = self.block(block_id).get_by_role("combobox")
        for word in words:
            box.fill(word)
            self.block(block_id).get_by_role("option", name=re.compile(re.escape(word))).wait_for()
            box.press("Enter")
        if self.block(block_id).locator(".options").is_visible():
            box.press("Escape")

    def tick(self, block_id: str, words: str) -> None:
        self.block(block_id).get_by_label(words).first.check()

    def submit(self) -> None:
        self.modal.locator("button[type=submit]").click()

    def submitted(self) -> None:
        """Submits, and waits until the modal is gone."""
        self.submit()
        self.modal.wait_for(state="hidden")
