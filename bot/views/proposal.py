"""What a proposal says besides its one sentence: in short where somebody acts on it, and whole."""

from collections.abc import Callable, Mapping

from bot.typed import one_line
from bot.views.pen import Pen
from bot.views.splitting import split_up
from bot.wording import Said, escape, size
from seat.facts import Review

SHORT: Mapping[str, int] = {"why": 300, "affected": 160, "links": 400, "change": 200}
"""How much a message shows of each, after escaping."""
LONGER: Mapping[str, int] = {"why": 700, "affected": 400, "links": 700, "change": 1200}
"""Where it stands with everything else there is of a review; Slack takes some 13,200 together."""
PIECE = 2800
"""Of what is shown whole, as much as one section holds beside a heading, after escaping."""


def proposal_in_short(review: Review, pen: Pen, most: Mapping[str, int] = SHORT) -> list[Said]:
    """Why, whom it affects, when and where to read on: a line each, none for what was not said."""
    return _lines(
        review,
        pen,
        lambda name: [pen.say("proposal.in_short", words=getattr(review, name), most=most[name])],
    )


def is_folded(review: Review) -> bool:
    """Whether `proposal_in_short` leaves something out, or puts several lines into one."""
    said = {name: getattr(review, name).strip() for name in SHORT}
    return any(
        "\n" in words or _shown_size(one_line(words)) > SHORT[name] for name, words in said.items()
    )


def whole_proposal(review: Review, pen: Pen) -> list[Said]:
    """Every word of it; what is longer than a section goes on in the next line."""

    def shown(name: str) -> list[Said]:
        words = getattr(review, name).strip()
        pieces = [*split_up(words, PIECE, _quoted_size)]
        lines = len(pieces) > 1 or "\n" in words
        return [pen.say("proposal.in_full", words=piece, lines=lines) for piece in pieces]

    return _lines(review, pen, shown)


def _lines(review: Review, pen: Pen, shown: Callable[[str], list[Said]]) -> list[Said]:
    parts = {name: shown(name) if getattr(review, name).strip() else [] for name in SHORT}
    lines = [*_headed("why", parts["why"], pen), *_headed("affected", parts["affected"], pen)]
    if review.takes_effect:
        lines.append(pen.say("proposal.takes_effect", day=review.takes_effect))
    if review.live_since:
        lines.append(pen.say("proposal.live", since=review.live_since))
    return [
        *lines,
        *_headed("links", parts["links"], pen),
        *_headed("change", parts["change"], pen),
    ]


def _headed(name: str, pieces: list[Said], pen: Pen) -> list[Said]:
    if not pieces:
        return []
    between = Said("\n" if pieces[0].startswith("> ") else " ")
    return [pen.say(f"proposal.{name}", words=pieces[0], between=between), *pieces[1:]]


def _shown_size(text: str) -> int:
    return size(escape(text))


def _quoted_size(text: str) -> int:
    """With the mark that each line of several stands behind."""
    return _shown_size(text) + 2 * (text.count("\n") + 1)
