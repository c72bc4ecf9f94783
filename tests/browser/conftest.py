"""A browser for the run, a page for the test. In CI a missing browser is a failure."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from bot.demo.stage import Stage
from playground import Playground
from playground.driver.person import Person
from tests.browser.chromium import NoBrowser, open_chromium
from tests.browser.visitor import Visitor, open_visitor
from tests.playground.conftest import (  # noqa: F401
    app,
    bot,
    client,
    clock,
    impatient,
    place,
    slack,
)
from tests.practice import open_practice

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    try:
        with open_chromium() as opened:
            yield opened
    except NoBrowser as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_practice() as opened:
        yield opened


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Visit]:
    """Opens the page as somebody. At the end: no error in the page, and no address but loopback."""
    opened: list[Visitor] = []
    errors: list[str] = []
    addresses: set[str] = set()

    def listen(page: "Page") -> None:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.on(
            "response",
            lambda r: print("REFUSED", r.request.post_data, r.text()) if r.status >= 400 else None,
        )
        page.on("request", lambda request: addresses.add(urlsplit(request.url).hostname or ""))

    def open_page(playground: Playground, person: Person, **window: Any) -> Visitor:
        opened.append(open_visitor(browser, playground, person, listen=listen, **window))
        return opened[-1]

    yield open_page
    for visitor in opened:
        visitor.page.context.close()
    assert errors == []
    assert addresses <= {"127.0.0.1"}
