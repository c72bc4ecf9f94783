"""Every message and form on the page, to be read: `python -m tests.browser.gallery FOLDER`.

One picture a sheet and width (desktop, phone), drawn from the same table as tests/views, without a
bot: a sheet is a channel, a thread or a private message with each drawing under its state's name.
Prints the sentences of templates/ that no sheet shows.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot.data import data_folder
from bot.views.messages import MESSAGES
from bot.views.scene import Drawn
from bot.wording import Said, Wording
from playground import HandClock, Playground
from playground.acts.views import add_view
from playground.driver.person import Person
from tests.browser.chromium import NoBrowser, open_chromium
from tests.browser.visitor import Visitor
from tests.views.drawings import draw_forms, draw_messages
from tests.views.refused import draw_refusals, field_errors
from tests.views.reviews import ANA, BEN, LEE, NOW, SAM, states

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = {"desktop": 1200, "phone": 390}
READERS = {"advocate": ANA, "stand-in": BEN, "proposer": SAM, "decider": LEE, "keepers": SAM}
THREAD = ("checklist", "say_back", "revision", "decision", "moved")
TALLEST = 16_000
"""Pixels: as tall a picture as Chromium makes in one piece."""


class Noting(Wording):
    """Remembers which sentences were asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.said: set[str] = set()

    def _render(self, environment: Any, key: str, values: dict[str, Any]) -> Said:
        self.said.add(key)
        return super()._render(environment, key, values)


@dataclass
class Sheet:
    """`where`: channel, thread or private. `whisper`: shown to one person only."""

    name: str
    where: str = "channel"
    whisper: bool = False
    drawings: dict[str, Drawn] = field(default_factory=dict)


def sheets(wording: Wording) -> Iterator[Sheet]:
    """Each drawing once, under the first state that it is drawn in."""
    made: dict[str, Sheet] = {}
    seen: set[str] = set()
    for state, review in states().items():
        if state == "full of text":
            continue
        for name, drawn in draw_messages(review, wording).items():
            kind = name.split(" ")[0].rstrip(",")
            if not _is_for(name, kind) or (key := f"{kind} {drawn.blocks}") in seen:
                continue
            seen.add(key)
            sheet = made.setdefault(kind, _sheet(kind))
            sheet.drawings[f"{state} · {name}"] = drawn
    yield from made.values()
    yield Sheet("refusals", whisper=True, drawings=draw_refusals(wording))


def _sheet(kind: str) -> Sheet:
    if kind in THREAD:
        return Sheet(kind, "thread")
    if kind in MESSAGES and MESSAGES[kind].to != "channel":
        return Sheet(kind, "private")
    return Sheet(kind, whisper=kind not in MESSAGES)


def _is_for(name: str, kind: str) -> bool:
    """Private messages as their own reader sees them; what stands in a channel has no reader."""
    if " to " not in name or kind not in MESSAGES:
        return True
    reader = name.partition(" to ")[2]
    to = MESSAGES[kind].to
    return reader == READERS[to] if to in READERS else reader == ("" if kind in THREAD else ANA)


class Gallery:
    def __init__(self, folder: Path, slack: Playground, browser: "Browser") -> None:
        self._folder, self._slack, self._browser = folder, slack, browser
        self._client = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])

    def hang(self, sheet: Sheet) -> None:
        """Posts a sheet's drawings, and takes its pictures."""
        reader = self._slack.add_person("Rea Reader", tz="Europe/Lisbon")
        private = sheet.where == "private"
        name = self._slack.world.app_name if private else f"hung-{sheet.name}".replace("_", "-")
        place = (
            reader.dm if private else self._slack.add_channel(name, members=[reader], bot_in=True)
        )
        top = reader.post(place, "Thread of") if sheet.where == "thread" else None
        for caption, drawn in sheet.drawings.items():
            under: dict[str, Any] = {"thread_ts": top.ts} if top else {}
            self._client.chat_postMessage(channel=place.id, text=f"`{caption}`", **under)
            said = {"channel": place.id, "text": drawn.text, "blocks": drawn.blocks, **under}
            if sheet.whisper:
                self._client.api_call("chat.postEphemeral", json={**said, "user": reader.id})
            else:
                self._client.api_call("chat.postMessage", json=said)

        def look(visitor: Visitor, width: int) -> None:
            if width < 600:
                visitor.page.get_by_role("button", name="Channels and messages").click()
            visitor.go(name)
            if top:
                visitor.open_thread("Thread of")

        pane = "#thread" if top else "#middle"
        self._pictures(sheet.name, reader, look, pane)

    def open(self, name: str, view: Mapping[str, Any], errors: Mapping[str, str]) -> None:
        reader = self._slack.add_person("Rea Reader", tz="Europe/Lisbon")
        self._slack.add_channel(f"form-{reader.id}".lower(), members=[reader], bot_in=True)
        world = self._slack.world
        shown = add_view(world, world.teams[self._slack.team.id], user=reader.id, content={**view})
        with world.changing():
            shown.errors = {**errors}
            world.stacks[reader.id] = [shown]
        self._pictures(f"form-{name}", reader, lambda v, _: v.modal.wait_for(), "#modal[open]")

    def _pictures(self, name: str, reader: Person, look: Any, pane: str) -> None:
        for label, width in WIDTHS.items():
            context = self._browser.new_context(
                viewport={"width": width, "height": 900}, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(f"{self._slack.page_url}#{reader.id}")
            page.locator("#you-are").wait_for()
            look(Visitor(page), width)
            tall = page.evaluate(
                "s => Math.max(...[...document.querySelectorAll(s)].map(e => e.scrollHeight))",
                f"{pane}, {pane} .scroll, {pane} .dialog-body",
            )
            page.evaluate("document.querySelector('#modal').style.maxHeight = 'none'")
            page.set_viewport_size({"width": width, "height": min(max(500, tall + 300), TALLEST)})
            page.wait_for_timeout(250)
            page.mouse.move(0, 0)
            page.locator(pane).screenshot(path=self._folder / f"{name}-{label}.png")
            context.close()


Form = tuple[Mapping[str, Any], Mapping[str, str]]
"""A view, and the errors beside its fields."""


def make_gallery(folder: Path, only: Sequence[str] = ()) -> list[str]:
    """The pictures, and the keys that no sheet shows. Raises NoBrowser."""
    folder.mkdir(parents=True, exist_ok=True)
    wording = Noting(data_folder("templates"))
    all_sheets, forms = list(sheets(wording)), all_forms(wording)
    clock = HandClock(NOW.timestamp())
    slack = Playground(clock=clock, rate_limits=False, app_name="Customer Seat")
    with slack, open_chromium() as browser:
        gallery = Gallery(folder, slack, browser)
        for sheet in all_sheets:
            if not only or sheet.name in only:
                gallery.hang(sheet)
        for name, (view, errors) in forms.items():
            if not only or "forms" in only:
                gallery.open(name, view, errors)
    (folder / "lock-screen.txt").write_text(
        "\n\n".join(
            f"[{s.name}: {c}]\n{d.text[:180]}" for s in all_sheets for c, d in s.drawings.items()
        )
    )
    return unseen(wording)


def all_forms(wording: Wording) -> dict[str, Form]:
    """By name and state."""
    return {
        f"{name}-{state}".replace(", ", "-").replace(" ", "-"): (
            view,
            field_errors(ERRORS_IN.get((name, state), name), wording),
        )
        for state in FORMS_IN
        for name, view in draw_forms(states()[state], wording).items()
        if state == "mixed" or name in FORMS_IN[state]
    }


def unseen(wording: Noting) -> list[str]:
    """The keys that were not asked for."""
    return sorted(set(wording.keys()) - wording.said)


FORMS_IN = {
    "mixed": (),
    "heard": ("decide", "name decider"),
    "decider gone": ("name decider",),
    "heard without reply": ("decide",),
    "heard with many objections": ("decide",),
    "heard on a long list": ("decide",),
    "decider proposed it": ("decide", "hand over"),
    "live": ("decide",),
    "unseated": ("decide", "reassign"),
    "offered": ("reply", "mind"),
    "about a long proposal": ("whole proposal",),
    "asked a long list": ("answer",),
    "asked a long list again": ("answer",),
    "no questions": ("she says",),
}
"""Which forms to show in which state; in the first, all."""
ERRORS_IN = {
    ("decide", "decider proposed it"): "decide, by whoever proposed it",
    ("decide", "heard without reply"): "decide, in a word",
}


if __name__ == "__main__":
    try:
        unseen = make_gallery(Path(sys.argv[1]), sys.argv[2:])
    except NoBrowser as missing:
        sys.exit(str(missing))
    print("Not shown:", ", ".join(unseen) or "nothing")
