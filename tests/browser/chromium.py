"""Finding the system's Chromium and starting it. Nothing is downloaded here."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(Exception):
    """A sentence that says what to install."""


def find_chromium() -> str:
    """Its path: what CHROMIUM says, else the system's."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        raise NoBrowser(
            "There is no Chromium here. Debian, Ubuntu: apt-get install chromium; "
            "or set CHROMIUM to the path of one."
        )
    return found


@contextmanager
def open_chromium() -> Iterator["Browser"]:
    """Raises NoBrowser when the browser, or what drives it, is not installed."""
    path = find_chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowser("playwright is not installed: run make setup.") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()
