"""To those who look after a seat: which of its reviews go soon, and how to keep or copy them."""

from datetime import date

from bot.views.letter import letter
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Wording
from seat.facts import Review

MOST_NUMBERS = 20


def draw_reviews_go(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `on`, the day; `numbers` of the reviews; `channel`, its id; `months` kept."""
    pen, numbers = Pen(wording, scene), list(scene.args["numbers"])
    lines = [
        pen.say(
            "going.reviews_go",
            channel=scene.channel_name,
            on=date.fromisoformat(scene.args["on"]),
            many=len(numbers),
            years=int(scene.args["months"] or 0) // 12,
        ),
        pen.say("going.which", numbers=numbers[:MOST_NUMBERS], more=len(numbers) - MOST_NUMBERS),
        pen.say("going.copy", channel_id=scene.args["channel"]),
    ]
    return letter(lines)
