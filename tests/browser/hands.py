"""A person who has no mouse: Tab, arrows, Enter, Escape and typing, nothing else."""

import re
from typing import TYPE_CHECKING

from tests.browser.visitor import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUSED = """() => {
  const at = document.activeElement;
  const words = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText;
  return (words || at.id || at.tagName).trim().replace(/\\s+/g, " ");
}"""
FURTHEST = 150


class Hands:
    def __init__(self, page: "Page") -> None:
        self.page = page

    @property
    def at(self) -> str:
        """What a screen reader would call the place of the focus."""
        return str(self.page.evaluate(FOCUSED))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def reach(self, words: str, *, back: bool = False, enter: bool = False) -> None:
        """Tabs to the next place whose name begins so."""
        seen = []
        for _ in range(FURTHEST):
            self.press("Shift+Tab" if back else "Tab")
            seen.append(self.at)
            if seen[-1].startswith(words):
                if enter:
                    self.press("Enter")
                return
        raise AssertionError(f"no Tab leads to {words!r}, but to {list(dict.fromkeys(seen))}")

    def choose(self, words: str) -> None:
        """In the open menu."""
        for _ in range(FURTHEST):
            if self.at.startswith(words):
                self.press("Enter")
                return
            self.press("ArrowDown")
        raise AssertionError(f"no {words!r} in this menu")

    def become(self, name: str) -> None:
        self.reach("You are", enter=True)
        until(self.page, "document.activeElement.role === 'menuitem'")
        for _ in range(FURTHEST):
            if name in self.at:
                break
            self.press("ArrowDown")
        self.press("Enter")
        until(
            self.page,
            "name => document.activeElement.id === 'you-are' && "
            "document.activeElement.innerText.includes(name)",
            name,
        )

    def say(self, words: str) -> None:
        """Where the focus is, in a composer."""
        self.type(words)
        self.press("Enter")

    def in_modal(self) -> None:
        self.page.locator("#modal[open]").wait_for()

    def out_of_modal(self, to: str) -> None:
        """It is gone, and the focus is where it came from."""
        self.page.locator("#modal[open]").wait_for(state="hidden")
        assert self.at.startswith(to), f"the focus went to {self.at!r}"

    def fill_everything(self, words: str, submit: str) -> None:
        """Each field that Tab leads to gets something, until the button that sends."""
        for _ in range(FURTHEST):
            kind = self.page.evaluate(
                "() => { const at = document.activeElement; return at.role || at.type || ''; }"
            )
            if kind == "combobox":
                self.press("ArrowDown")
                self.press("Enter")
            elif kind == "radio":
                self.press("Space")
            elif kind in ("text", "textarea"):
                self.type(words)
            elif re.match(submit, self.at):
                self.press("Enter")
                return
            self.press("Tab")
        raise AssertionError(f"no Tab leads to {submit}")
