"""What happened to a review as a whole, told where people are: withdrawn or open again."""

from datetime import date
from typing import Any

from bot.views import blocks
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import Review


def draw_moved(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `move` (withdraw, reopen, return), `by`, `reason`, `until` as text;
    `decisions`, how many there are.
    """
    pen = Pen(wording, scene)
    lines = what_happened(scene.args, pen)
    about = pen.say(
        "decision.about", kind=pen.kind(review), number=review.number, title=review.title
    )
    return blocks.message("\n".join([about, *map(spoken, lines)]), [*blocks.sections(lines)])


def what_happened(args: Any, pen: Pen) -> list[Said]:
    """Who did what, their reason, and what follows for everybody."""
    move, until = args["move"], args.get("until")
    by = args.get("by")
    lines = [
        pen.say(
            f"moved.{move}",
            name=pen.name(by) if by else "",
            until=date.fromisoformat(until) if until else None,
        )
    ]
    if reason := args.get("reason"):
        lines.append(pen.say("moved.reason", reason=reason))
    if move == "withdraw":
        lines.append(pen.say("moved.over"))
    else:
        lines.append(pen.say("moved.again", decided=bool(args.get("decisions", 1))))
    return lines
