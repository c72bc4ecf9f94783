"""Where the page shows somebody: in no channel, and at the newest message."""

from types import SimpleNamespace

from playground import Playground
from tests.browser.conftest import Visit
from tests.browser.visitor import until


def test_who_is_in_no_channel_reads_so_until_somebody_takes_them_into_one(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    visitor = visit(slack, place.sam)
    visitor.become("Gus Guest")
    visitor.page.get_by_role("heading", name="No channel yet").wait_for()
    visitor.page.locator("#middle", has_text="Gus Guest is in no channel yet").wait_for()
    assert visitor.page.locator("#sidebar .place .name").all_inner_texts() == ["The App"]
    visitor.page.locator("#sidebar .place", has_text="The App").click()
    visitor.page.get_by_role("heading", name="The App").wait_for()
    place.gus.join(place.pricing)
    visitor.go("pricing")
    visitor.become("Eve Elsewhere")
    visitor.page.get_by_role("heading", name="with-eve").wait_for()


def test_who_reads_the_newest_still_does_beside_the_opened_story(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    for number in range(20):
        place.ana.post(place.pricing, f"{number} " + "and a few more words " * 7)
    place.ana.post(place.pricing, "The newest")
    visitor = visit(slack, place.sam)
    visitor.go("pricing")
    visitor.message("The newest").wait_for()
    visitor.page.locator("#open-story").click()
    visitor.page.get_by_role("button", name="Close the story").wait_for()
    until(
        visitor.page,
        "() => { const l = document.getElementById('messages');"
        " return l.scrollHeight - l.scrollTop - l.clientHeight < 5 }",
        seconds=2,
    )


def test_a_reload_leaves_one_in_the_channel_and_the_thread(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    thought = place.ana.post(place.random, "A thought")
    place.ana.reply(thought, "And another")
    sam = visit(slack, place.sam)
    sam.go("random")
    sam.open_thread("A thought")
    sam.page.reload()
    sam.message("And another", thread=True).wait_for()
    assert "random" in sam.page.locator("#place-name").inner_text()
    sam.page.get_by_role("button", name="Close the thread").click()
    sam.page.reload()
    sam.message("A thought").wait_for()
    assert not sam.page.locator("#thread").is_visible()
