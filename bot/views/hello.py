"""What the bot says of itself: to whoever greets it, and to whoever invites it into a channel."""

from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks, names
from bot.views.letter import letter
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Wording
from seat.facts import Review


def draw_hello(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["home"]`: a channel without a seat, where the bot was mentioned."""
    pen = Pen(wording, scene)
    name = scene.names.get(scene.reader, "")
    lines = [pen.say("hello.hello", name=name), pen.say("hello.how")]
    if "home" in scene.args and not scene.args.get("made"):
        lines.append(pen.say("hello.no_seat", channel=scene.channel_name))
    return letter(lines, _set_up(pen))


def draw_invited(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    key = "hello.invited_made" if scene.args.get("made") else "hello.invited"
    return letter([pen.say(key, channel=scene.channel_name)], _set_up(pen))


def _set_up(pen: Pen) -> list[InteractiveElement]:
    """The button carries the channel, until that has a seat."""
    channel = str(pen.scene.args.get("home") or "")
    if not channel or pen.scene.args.get("made"):
        return []
    words = pen.plain("buttons.set_up")
    return [blocks.button(words, names.SET_UP, channel, style="primary")]
