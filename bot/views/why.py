"""Why it is this person who sits there, in words: what is true for each way into the seat."""

from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.wording import Said, Wording
from seat.facts import Review
from seat.seating import BY_TURN, Seating, Way

MOST_REASONS = 12
"""People passed over that are named; how many more is said."""


def why_words(review: Review, pen: Pen, *, name: str = "") -> Said:
    """`1 turn in the last 90 days; Ben is away`. `name`: who sits there, told to somebody else."""
    seating = review.seating
    if seating is None:
        return pen.say("why.unknown")
    if seating.way in BY_TURN:
        counted = _counted(seating, pen)
        values = {"counted": counted, "by": pen.name(seating.by), "name": name}
        reason = "" if name else seating.reason
        return pen.say(f"why.{seating.way}", reason=reason, **values)
    if seating.way is Way.GIVEN and seating.by == seating.user:
        return pen.say("why.given_to_oneself", name=name)
    return pen.say(f"why.{seating.way}", by=pen.name(seating.by), name=name)


def _counted(seating: Seating, pen: Pen) -> list[Said]:
    """The turns, and who would have come before."""
    parts = [pen.say("why.turns", turns=seating.turns)]
    for user, reason in seating.instead_of[:MOST_REASONS]:
        parts.append(pen.say(f"labels.reason_{reason}", name=pen.name(user)))
    if (more := len(seating.instead_of) - MOST_REASONS) > 0:
        parts.append(pen.say("why.more", more=more))
    if seating.relaxed:
        parts.append(pen.say("why.everyone_busy"))
    return parts


def draw_why_me(review: Review, scene: Scene, wording: Wording) -> str:
    """The answer to "Why me?" and, pressed by somebody else, "Why Ana?": one private line."""
    pen = Pen(wording, scene)
    if review.advocate is None:
        return pen.say("why.nobody")
    by_turn = review.seating is not None and review.seating.way in BY_TURN
    rule = pen.say("why.by_rule") if by_turn else ""
    if scene.reader == review.advocate:
        return pen.say("why.mine", why=why_words(review, pen), rule=rule)
    name = pen.name(review.advocate)
    return pen.say("why.theirs", why=why_words(review, pen, name=name), name=name, rule=rule)
