"""Writing faster than the page can send."""

from types import SimpleNamespace
from typing import TYPE_CHECKING

from playground import Playground
from tests.browser.conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def test_what_is_written_while_the_last_is_on_its_way_goes_after_it(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    sam = visit(slack, place.sam)
    sam.go("pricing")
    held: list[Route] = []
    sam.page.route("**/act", lambda route: route.continue_() if held else held.append(route))
    box = sam.page.locator("#composer")
    for words in ("first", "second", "third"):
        box.press_sequentially(words)
        box.press("Enter")
    assert box.input_value() == ""
    _wait_for_one(sam.page, held)
    assert place.pricing.messages == [], "each waits for the one before"
    held[0].continue_()
    sam.message("third").wait_for()
    assert [m.text for m in place.pricing.messages] == ["first", "second", "third"]


def test_what_did_not_go_comes_back_before_what_is_written_since(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    sam = visit(slack, place.sam)
    sam.go("pricing")
    held: list[Route] = []
    sam.page.route("**/act", lambda route: held.append(route))
    box = sam.page.locator("#composer")
    box.press_sequentially("first")
    box.press("Enter")
    _wait_for_one(sam.page, held)
    box.press_sequentially("second")
    held[0].fulfill(json={"ok": False, "error": "The stand-in is away"})
    sam.page.get_by_text("The stand-in is away").wait_for()
    assert box.input_value() == "first\nsecond"


def _wait_for_one(page: "Page", held: "list[Route]") -> None:
    for _ in range(500):  # Playwright hears of it only while it is called
        if held:
            return
        page.wait_for_timeout(20)
    raise AssertionError("nothing was sent")
