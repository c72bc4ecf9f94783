"""A guest whom nobody has taken into a channel: the page says so, and works on."""

from types import SimpleNamespace

from playground import Playground
from tests.browser.conftest import Visit


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
