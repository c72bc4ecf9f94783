"""A revision's difference, field by field: what it was, and what it is now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.views import blocks
from bot.views.forms.inputs import read_day
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import Review

FIELDS = ("title", "told_to_her", "why", "change", "affected", "links", "takes_effect")


def draw_revision(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `number`; `difference` {field: {"before", "after"}}, or `before` and `after`
    as two mappings; `note`, the proposer's sentence about it.
    """
    pen = Pen(wording, scene)
    number = scene.args.get("number", review.revision)
    lines = [pen.say("revision.title", number=number, name=pen.name(review.proposer))]
    lines += difference_lines(scene.args, pen)
    if review.advocate:
        lines.append(pen.say("revision.again", advocate=pen.name(review.advocate)))
    else:
        lines.append(pen.say("revision.again_nobody"))
    return blocks.message(spoken("\n".join(lines)), [*blocks.sections(lines)])


def difference_lines(args: Mapping[str, Any], pen: Pen) -> list[Said]:
    """A line for each field that differs."""
    lines = []
    if note := args.get("note"):
        lines.append(pen.say("revision.note", note=note))
    changed = _differences(args, pen)
    for name in FIELDS:
        if name in changed:
            before, after = changed[name]
            key = "changed" if before and after else "added" if after else "removed"
            values = {"before": before, "after": after}
            shown = {k: v for k, v in values.items() if v}
            label = pen.plain(f"revision.label_{name}")
            lines.append(pen.say(f"revision.{key}", label=label, **shown))
    if not changed:
        lines.append(pen.say("revision.nothing"))
    return lines


def has_difference(args: Mapping[str, Any], pen: Pen) -> bool:
    return bool(_differences(args, pen))


def _differences(args: Mapping[str, Any], pen: Pen) -> dict[str, tuple[str, str]]:
    if "difference" in args:
        pairs = {name: (d["before"], d["after"]) for name, d in args["difference"].items()}
    else:
        before, after = args.get("before", {}), args.get("after", {})
        pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
    words = {
        name: (_words(name, old, pen), _words(name, new, pen)) for name, (old, new) in pairs.items()
    }
    return {name: pair for name, pair in words.items() if pair[0] != pair[1]}


def _words(name: str, value: object, pen: Pen) -> str:
    """A day, which is text once it has been JSON, as a day; anything else as it is."""
    day = read_day(value) if name == "takes_effect" else None
    if day is not None:
        return pen.plain("revision.day", day=date.fromisoformat(day))
    return str(value or "").strip()
