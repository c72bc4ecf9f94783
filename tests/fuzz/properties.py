"""What must hold of whatever is typed, sent or written into a folder; each takes any text at all.

Hypothesis tries them in `make test` (test_properties.py), and a coverage-guided campaign for as
long as one likes (`make fuzz`).
"""

import json
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.checklists import check_folder, load_checklists
from bot.data import data_folder
from bot.errors import FieldErrors
from bot.handlers.fields import date_of
from bot.handlers.propose_change import read_typed
from bot.slack.reading import (
    Submission,
    Unreadable,
    read_command,
    read_message,
    read_press,
    read_reaction,
    read_shortcut,
    read_submission,
    read_target,
)
from bot.views.whispers import draw_whisper
from bot.wording import Wording, clean, escape, one_line
from seat.calendar import WorkingHours, add_working_days, next_working_moment
from seat.thread import AskReplace, NotUnderstood, Unclear, read_lines, whats_meant
from tests.seat.thread_context import AT_2, AT_5, AT_7, FRESH, MIND, NOON, STANCE, TS, WHY

REVIEWS = (FRESH, AT_2, AT_5, AT_7, MIND, STANCE, WHY)
KINDS = frozenset({"pricing", "outage"})
READERS = (read_command, read_press, read_submission, read_shortcut)


def check_thread(text: str) -> None:
    """A reply: something is made of it, and nothing that the review does not have."""
    for review in REVIEWS:
        bindings = whats_meant(None, text, review, NOON, TS)
        assert bindings
        for binding in bindings:
            number = getattr(binding, "number", None)
            if isinstance(binding, NotUnderstood) and binding.reason is Unclear.NO_SUCH_QUESTION:
                assert number is not None
                assert review.question(number) is None
                continue
            assert number is None or review.question(number) is not None
            if isinstance(binding, AskReplace):
                assert binding.number in review.answers


def check_blocks(text: str) -> None:
    """A reply as Slack's editor sends it: read as lines, whatever its shape."""
    found = _json(text)
    blocks = found if isinstance(found, list) else [found]
    for paragraph in read_lines([b for b in blocks if isinstance(b, dict)], text).paragraphs:
        assert "\n" not in paragraph.text


def check_command(text: str) -> None:
    """What follows a command: every word of it is kept."""
    body = {"team_id": "T1", "user_id": "U1", "command": "/propose-change", "text": text}
    typed = read_typed(asked := read_command(body).text, KINDS)
    kind = typed.get("kind", "")
    assert kind == "" or kind in KINDS
    assert f"{kind} {typed['title']}".split() == _lower_first(asked.split(), kind)


def check_date(text: str) -> None:
    """A day in a form, and reckoning in working hours from it."""
    form = Submission("T1", "U1", "revise", "V1", "", values={"takes_effect": text})
    try:
        day = date_of(form, "takes_effect")
    except FieldErrors:
        return
    assert (day is None) is not bool(text.strip())
    if day is None or not date(2000, 1, 1) <= day <= date(2100, 1, 1):
        return
    start = NOON.replace(year=day.year, month=day.month, day=day.day)
    for hours in (WorkingHours("Europe/Madrid"), WorkingHours("Pacific/Apia")):
        first = next_working_moment(start, hours)
        assert timedelta() <= first - start < timedelta(days=30)
        assert start < first <= add_working_days(start, 1, hours) or start == first


def check_target(text: str) -> None:
    """A button's value: numbers of ours, or nothing."""
    target = read_target(text)
    if target is not None:
        assert text.startswith(f"{text.split(':')[0]}:")
        assert 0 <= target.review_id < 10**9
        assert 0 <= target.version < 10**9


def check_payload(text: str) -> None:
    """A delivery: read, or refused as unreadable; nothing a database could not take is left."""
    body = _json(text)
    for read in READERS:
        try:
            found: Any = read(body)
        except Unreadable:
            continue
        assert _is_storable(repr(found))
    for event in (read_message(body, "T1"), read_reaction(body, "T1")):
        assert _is_storable(repr(event))


def check_escaping(text: str) -> None:
    """Typed words in a message of ours: letters, whatever they are."""
    assert not set("<>") & set(escape(text))
    assert escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
    assert "\r" not in clean(text)
    assert "\n" not in one_line(text)
    drawn = draw_whisper(
        "refusals.unknown_word", {"word": text[:40], "words": ["list"]}, _wording()
    )
    for token in re.findall("<([^>]*)>", drawn.blocks[0]["text"]["text"]):
        # An address that was typed is a link, and its own label.
        assert token.lower().startswith(("http://", "https://")), token
        assert "|" not in token, token


def check_checklist(text: str) -> None:
    """A file in the folder of checklists: used, or told what is wrong with it and where."""
    folder = _folder()
    (folder / "pricing.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    checklists, mistakes = load_checklists(folder)
    assert ("pricing" in checklists) or mistakes
    assert all(mistake.line >= 1 and mistake.message for mistake in mistakes)
    assert check_folder(folder) == mistakes


PROPERTIES: dict[str, Callable[[str], None]] = {
    "thread": check_thread,
    "blocks": check_blocks,
    "command": check_command,
    "date": check_date,
    "target": check_target,
    "payload": check_payload,
    "escaping": check_escaping,
    "checklist": check_checklist,
}


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return {"text": text, "type": "message"}


def _lower_first(words: list[str], kind: str) -> list[str]:
    return [kind, *words[1:]] if kind else words


def _is_storable(words: str) -> bool:
    return "\\x00" not in words.replace("\\\\", "") and "\\ud8" not in words.replace("\\\\", "")


@cache
def _wording() -> Wording:
    return Wording(data_folder("templates"))


@cache
def _folder() -> Path:
    """Of this process, in memory where there is such a place."""
    shared = "/dev/shm" if os.path.isdir("/dev/shm") else None
    return Path(tempfile.mkdtemp(prefix="customer-seat-fuzz-", dir=shared))
