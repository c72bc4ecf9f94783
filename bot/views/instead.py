"""In the thread, to one person: what a letter would have said that Slack didn't let us send."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.views import blocks
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording
from seat.facts import Review
from seat.forgotten import is_forgotten

Draw = Callable[[Review, Scene, Wording], Drawn]


def draw_instead(
    review: Review, scene: Scene, wording: Wording, *, letters: Mapping[str, Draw]
) -> Drawn:
    """`scene.args`: `letter`, its kind; `person`, whose it is; `with`, the letter's own args.

    A mention, the only one there is: nothing else reaches them.
    """
    person = str(scene.args["person"])
    theirs = replace(scene, reader=person, args=scene.args.get("with") or {})
    letter = letters[str(scene.args["letter"])](review, theirs, wording)
    first = Said(letter.text.split("\n")[0])
    pen = Pen(wording, scene)
    line = pen.say(
        "instead.line",
        person=pen.name(person) if is_forgotten(person) else Said(f"<@{person}>"),
        letter=first,
    )
    why = pen.say("instead.why")
    return blocks.message(f"{line}\n{why}", [blocks.section(line), blocks.context(why)])
