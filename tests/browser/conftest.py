"""A browser for the run, a page for the test. In CI a missing browser is a failure."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from playground import Playground
from playground.driver.person import Person
from tests.browser.chromium import NoBrowser, open_chromium
from tests.browser.visitor import Visitor
from tests.playground.conftest import (  # noqa: F401
    app,
    bot,
    client,
    clock,
    impatient,
    place,
    slack,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
def visit(browser: "Browser") -> Iterator[Visit]:
    """Opens the page as somebody. At the end: no error in the page, and no address but loopback."""
    contexts = []
    errors: list[str] = []
    addresses: set[str] = set()

    def open_page(
        playground: Playground,
        person: Person,
        *,
        width: int = 1280,
        height: int = 860,
        dark: bool = False,
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.on(
            "response",
            lambda r: print("REFUSED", r.request.post_data, r.text()) if r.status >= 400 else None,
        )
        page.on("request", lambda request: addresses.add(urlsplit(request.url).hostname or ""))
        page.goto(f"{playground.page_url}#{person.id}")
        page.wait_for_selector("#you-are")
        return Visitor(page)

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
    assert addresses <= {"127.0.0.1"}
