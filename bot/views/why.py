"""Why it is somebody's turn, in words. The facts keep it as data: `turns;user:reason,…`."""

from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.wording import Said, Wording
from seat.facts import Review
from seat.rotation import Reason


def why_words(review: Review, pen: Pen, *, name: str = "") -> Said:
    """`1 turn in 90 days; Ben is away`. `name`: whose turn, told to somebody else."""
    turns, _, left = review.why_chosen.partition(";")
    if not turns.isdigit():
        return pen.say("why.unknown", name=name)
    reasons = []
    for entry in filter(None, left.split(",")):
        user, _, reason = entry.partition(":")
        if reason in set(Reason):
            reasons.append(pen.say(f"labels.reason_{reason}", name=pen.name(user)))
    return pen.say("why.me", turns=pen.say("why.turns", turns=int(turns)), reasons=reasons)


def draw_why_me(review: Review, scene: Scene, wording: Wording) -> str:
    """The answer to "Why me?" and, pressed by somebody else, "Why Ana?": one private line."""
    pen = Pen(wording, scene)
    if review.advocate is None:
        return pen.say("why.nobody")
    if scene.reader == review.advocate:
        return pen.say("why.mine", why=why_words(review, pen))
    name = pen.name(review.advocate)
    return pen.say("why.theirs", why=why_words(review, pen, name=name), name=name)
