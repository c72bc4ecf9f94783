"""Private messages to the keepers, and to whoever is put on the roster."""

from bot.answers import reading_of
from bot.views import blocks, names
from bot.views.letter import UNDECIDED, about, letter
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Wording
from seat.facts import Review

MOST_MISTAKES = 20
PLACES = {
    "card": ("card",),
    "digest": ("digest",),
    "thread": ("checklist", "say_back", "revision", "decision", "moved"),
    "reaction": ("react", "unreact", "reaction"),
}
"""Where what could not be sent belongs; anything else is a private message."""
FROZEN = ("edit_window_closed", "is_inactive")
"""It stands there, and may be changed no more."""
RESUMED = ("outside",)
"""What Slack tells us the end of in every channel, so that all that waited goes out."""


def draw_unseated_for_keeper(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    if review.state not in UNDECIDED:
        return letter([pen.say("messages.unseated_gone"), about(review, pen)])
    if review.advocate:
        over = pen.say("messages.unseated_over", name=pen.name(review.advocate))
        return letter([over, about(review, pen)])
    give = pen.plain("buttons.give_seat")
    row = [pen.button(names.REASSIGN, review, label=give, style="primary")]
    return letter(
        [pen.say("messages.unseated", channel=scene.channel_name), about(review, pen)], row
    )


def draw_parked_for_keeper(review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `what` could not be sent, a kind of message; `error`, Slack's word for why.

    Or `nameless`: we were taken out of a private channel, of which nothing else may be said.
    """
    pen = Pen(wording, scene)
    if scene.args.get("nameless"):
        help_ = [pen.say("parked.do_outside"), pen.say("parked.then_sent")]
        return letter([pen.say("parked.taken_out")], body=help_)
    kind, error = str(scene.args["what"]), str(scene.args.get("error", ""))
    place = next((place for place, kinds in PLACES.items() if kind in kinds), "private")
    what = pen.say(f"parked.what_{place}", channel=scene.channel_name)
    title = "parked.title_update" if error in FROZEN else "parked.title"
    lines = [pen.say(title, what=what)]
    if review is not None:
        lines.append(about(review, pen))
    why = reading_of(error).cause
    body = [pen.say(f"parked.why_{why}", error=error), pen.say(f"parked.do_{why}")]
    return letter(
        lines, body=[*body, pen.say("parked.then_sent" if why in RESUMED else "parked.then")]
    )


def draw_deleted_for_keeper(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `what`, `card` or `checklist`; `thread` false where no thread is left."""
    pen = Pen(wording, scene)
    where = "" if scene.args.get("thread", True) else "_and_thread"
    if review.state not in UNDECIDED:
        said = pen.say("messages.deleted_over", number=review.number)
    else:
        said = pen.say(f"messages.deleted_{scene.args['what']}{where}", number=review.number)
    return letter([said, about(review, pen)])


def draw_shared_for_keeper(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `over` once it is shared no more."""
    pen = Pen(wording, scene)
    if scene.args.get("over"):
        return letter([pen.say("parked.shared_over", channel=scene.channel_name)])
    return letter(
        [pen.say("parked.shared", channel=scene.channel_name)],
        body=[pen.say("parked.do_shared"), pen.say("parked.then_goes_on")],
    )


def draw_checklist_broken_for_keeper(
    _review: Review | None, scene: Scene, wording: Wording
) -> Drawn:
    """`scene.args["mistakes"]`: one line each: file, line, field, what to do."""
    pen = Pen(wording, scene)
    mistakes = [str(mistake) for mistake in scene.args["mistakes"]]
    lines = [pen.say("messages.checklist_broken")]
    lines += [pen.say("messages.mistake", mistake=m) for m in mistakes[:MOST_MISTAKES]]
    if more := len(mistakes) - MOST_MISTAKES:
        lines += [pen.say("messages.more_mistakes", more=more)] if more > 0 else []
    return letter(lines)


def draw_on_the_roster(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `seat_id`; `left` true once they are off it. The button carries the seat."""
    pen = Pen(wording, scene)
    channel = scene.channel_name
    if scene.args.get("left"):
        return letter([pen.say("messages.roster_left", channel=channel)])
    line = pen.say("messages.roster", channel=channel)
    if "seat_id" not in scene.args:
        return letter([line])
    leave = blocks.button(
        pen.plain("buttons.leave_roster"),
        names.LEAVE_ROSTER,
        str(scene.args["seat_id"]),
        confirm=pen.confirm("leave_roster"),
    )
    return letter([line], [leave])
