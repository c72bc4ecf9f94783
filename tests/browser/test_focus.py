"""Where the focus goes when what had it is gone: somewhere near, never nowhere."""

from types import SimpleNamespace

from playground import Playground
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor, until


def at(visitor: Visitor, told: str) -> None:
    until(visitor.page, f"() => document.activeElement.{told}")


def from_menu(visitor: Visitor, words: str, choice: str) -> None:
    """By keyboard, in the open thread."""
    more = visitor.message(words, thread=True).get_by_label("More about this message")
    more.press("Enter")
    visitor.page.get_by_role("menuitem", name=choice).press("Enter")


def test_who_edits_in_a_thread_goes_on_writing_there(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    card = place.ana.post(place.pricing, "A card")
    place.sam.reply(card, "Frist")
    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.open_thread("A card")
    from_menu(sam, "Frist", "Edit message")
    box = sam.page.get_by_label("Edit message")
    box.fill("First")
    box.press("Enter")
    sam.message("First", thread=True).locator(".edited").wait_for()
    at(sam, "id === 'reply'")
    from_menu(sam, "First", "Edit message")
    box.press("Escape")
    at(sam, "id === 'reply'")


def test_who_deletes_their_words_is_at_those_beside_them(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    card = place.ana.post(place.pricing, "A card")
    for words in ("One", "Two", "Three"):
        place.sam.reply(card, words)
    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.open_thread("A card")
    from_menu(sam, "Two", "Delete message")
    sam.page.locator("#confirm[open]").get_by_role("button", name="Delete").press("Enter")
    sam.message("Two", thread=True).wait_for(state="detached")
    at(sam, "innerText.includes('One')")
    sam.page.keyboard.press("ArrowDown")
    at(sam, "innerText.includes('Three')")


def test_what_goes_above_takes_no_focus_from_below(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    first = place.ana.post(place.pricing, "First")
    place.ana.post(place.pricing, "Second")
    sam = visit(slack, place.sam)
    sam.go("pricing")
    sam.message("Second").focus()
    place.ana.delete(first)
    sam.message("First").wait_for(state="detached")
    at(sam, "innerText.includes('Second')")


def test_who_joins_can_write_at_once(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    slack.add_channel("open-door", members=[place.ana])
    sam = visit(slack, place.sam)
    sam.go("open-door")
    sam.page.get_by_role("button", name="Join").press("Enter")
    at(sam, "id === 'composer'")
