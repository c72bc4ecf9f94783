"""Who looks after a seat has changed by itself: told to the keepers who remain, or the channel."""

from datetime import date

from bot.views import blocks
from bot.views.letter import letter
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import Review


def draw_keeper_left(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: who `left`, `why` (seat.leaving.Left), and the `keepers` who remain."""
    pen = Pen(wording, scene)
    others = [pen.name(user) for user in scene.args["keepers"] if user != scene.reader]
    line = pen.say(
        "leaving.keeper_left",
        left=left_words(str(scene.args["left"]), str(scene.args["why"]), pen),
        others=others,
        channel=scene.channel_name,
    )
    return letter([line])


def draw_unkept(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `by`, who keeps the seat now; or `until` when it is the admins' to take."""
    pen = Pen(wording, scene)
    if by := scene.args.get("by"):
        line = pen.say("leaving.taken_over", name=pen.name(by))
    else:
        line = pen.say("leaving.unkept", until=date.fromisoformat(scene.args["until"]))
    return blocks.message(spoken(line), [blocks.section(line)])


def left_words(user: str, why: str, pen: Pen) -> Said:
    """`Lee Park has left #pricing`: the beginning of a sentence."""
    return pen.say(f"leaving.{why}", name=pen.name(user), channel=pen.scene.channel_name)
