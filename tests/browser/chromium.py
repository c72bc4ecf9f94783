"""Finding the system's Chromium and starting it.

`python -m tests.browser.chromium` says which one it is; without one it installs Debian's where it
may, and says so. In CI it fails when there is none in the end.
"""

import os
import shutil
import subprocess
import sys
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
        import axe_playwright_python  # noqa: F401
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise NoBrowser(f"{missing.name} is not installed: run make setup.") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


def _install() -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("The browser tests need a Chromium: installing Debian's with apt-get.", flush=True)
    for command in (["update"], ["install", "-y", "chromium", "fonts-noto-color-emoji"]):
        if subprocess.run(["apt-get", "-qq", *command], stdout=subprocess.DEVNULL).returncode:
            print(f"apt-get {command[0]} did not work.", flush=True)
            return


def main() -> int:
    try:
        find_chromium()
    except NoBrowser:
        _install()
    try:
        print(f"Browser tests use {find_chromium()}.")
    except NoBrowser as missing:
        print(f"Browser tests are skipped. {missing}")
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
