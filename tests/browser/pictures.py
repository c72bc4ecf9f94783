"""Makes the pictures of the README and docs: `python -m tests.browser.pictures`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.page import furnish_page
from bot.demo.prompter import Prompter
from bot.demo.stage import PATIENCE, Stage, open_stage
from bot.demo.story import STEPS, TITLE, Story
from tests.browser.chromium import NoBrowser, open_chromium
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ANSWERED = STEPS.index("She taps an answer in her private message") + 1
DECIDED = STEPS.index("Lee decides") + 1


def make_pictures(folder: Path) -> list[Path]:
    """Plays the demo's story, and looks at it on the way. Raises NoBrowser."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with open_chromium() as browser, open_stage(0, PATIENCE) as stage:
        furnish_page(stage)
        prompter = Prompter(lambda: Story(stage, begin=prompter.begin, done=lambda: None).tell())
        playbill = stage.slack.playbill
        playbill.story.set_steps(prompter.steps(STEPS))

        def play_to(step: int) -> None:
            while playbill.story.shape()[step - 1]["state"] != "played":
                if not playbill.story.play_next():
                    raise RuntimeError(str(prompter.failure))

        def take(name: str, person: str, look: Callable[[Visitor], None], **how: object) -> None:
            path = folder / f"{name}.png"
            _take(browser, stage, path, person, look, **how)  # type: ignore[arg-type]
            made.append(path)

        play_to(1)
        take("commands", "Sam", _complete)
        take("form", "Eve", _form)
        play_to(ANSWERED)
        take("thread", "Ana", _thread)
        take("phone", "Ana", _letter, width=390, height=780)
        play_to(DECIDED)
        take("decision-dark", "Lee", _thread, dark=True)
        play_to(len(STEPS))
        take("digest-and-story", "Kim", _story)
    return made


def _take(
    browser: "Browser",
    stage: Stage,
    path: Path,
    person: str,
    look: Callable[[Visitor], None],
    *,
    width: int = 1280,
    height: int = 800,
    dark: bool = False,
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{stage.slack.page_url}#{stage[person].id}")
    page.locator("#you-are").wait_for()
    look(Visitor(page))
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    page.screenshot(path=path)
    context.close()


def _complete(visitor: Visitor) -> None:
    visitor.go("pricing")
    visitor.page.locator("#composer").press_sequentially("/")
    visitor.page.locator(".completions").wait_for()


def _form(visitor: Visitor) -> None:
    visitor.go("pricing")
    visitor.write("/propose-change pricing Annual-only billing")
    visitor.modal.wait_for()


def _thread(visitor: Visitor) -> None:
    visitor.go("pricing")
    visitor.open_thread(TITLE)


def _letter(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Channels and messages").click()
    visitor.go("Customer Seat")


def _story(visitor: Visitor) -> None:
    visitor.go("pricing")
    visitor.page.locator("#open-story").click()


if __name__ == "__main__":
    try:
        for picture in make_pictures(PICTURES):
            print(picture.relative_to(PICTURES.parents[1]))
    except NoBrowser as missing:
        sys.exit(str(missing))
