"""What was read stays read: after a reload, in another window, and for each person apart."""

import pytest

from playground import HandClock, Playground
from playground.driver.message import Channel
from playground.driver.person import Person
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor


class Office:
    """Two people in two channels, in one of which Ben has written."""

    def __init__(self, slack: Playground) -> None:
        self.slack = slack
        self.ana: Person = slack.add_person("Ana Lima")
        self.ben: Person = slack.add_person("Ben Osei")
        everyone = [self.ana, self.ben]
        self.first: Channel = slack.add_channel("first", members=everyone)
        self.news: Channel = slack.add_channel("news", members=everyone)
        self.said = self.ben.post(self.news, "Something new")
        self.ben.reply(self.said, "And more of it")


@pytest.fixture
def office() -> "pytest.Generator[Office]":
    with Playground(clock=HandClock()) as slack:
        yield Office(slack)


def waits(visitor: Visitor, place: str, count: int) -> None:
    """Until the sidebar says so many unread there."""
    words = f"#{place}, {count} unread" if count else f"#{place}"
    visitor.page.locator("#sidebar").get_by_role("button", name=words, exact=True).wait_for()


def test_what_was_read_is_still_read_after_a_reload_and_in_another_window(
    office: Office, visit: Visit
) -> None:
    visitor = visit(office.slack, office.ana)
    waits(visitor, "news", 1)
    visitor.go("news")
    visitor.message("Something new").get_by_text("new", exact=True).wait_for()
    visitor.open_thread("Something new")
    visitor.message("Something new").get_by_text("new", exact=True).wait_for(state="detached")
    visitor.go("first")
    waits(visitor, "news", 0)
    visitor.page.reload()
    waits(visitor, "news", 0)
    other = visit(office.slack, office.ana)
    waits(other, "news", 0)
    other.go("news")
    assert other.message("Something new").get_by_text("new", exact=True).count() == 0
    other.go("first")  # a window that shows it reads it, for every window of hers
    office.ben.post(office.news, "Newer still")
    waits(visitor, "news", 1)
    waits(other, "news", 1)
    other.go("news")
    waits(visitor, "news", 0)


def test_what_one_read_another_has_not(office: Office, visit: Visit) -> None:
    cleo = office.slack.add_person("Cleo Sato")
    cleo.join(office.news)
    cleo.join(office.first)
    visitor = visit(office.slack, office.ana)
    visitor.go("news")
    visitor.become("Cleo Sato")
    waits(visitor, "news", 1)
    visitor.become("Ana Lima")
    visitor.go("first")
    waits(visitor, "news", 0)
