"""What commands answer, privately: lists, one review, the roster, help, the offer to set up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.card import UNDECIDED, draw_card, verdict_words, waiting_line, withdrawn_line
from bot.views.checklist import answer_line
from bot.views.decision import outcome_lines
from bot.views.pen import Pen
from bot.views.progress import count_progress
from bot.views.proposal import LONGER, proposal_in_short
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from bot.written_out import Place
from seat.facts import Review, State
from seat.her_words import her_words
from seat.review import is_settled
from seat.waiting import waits
from seat.zones import read_zone

Response = dict[str, Any]
MOST_LISTED = 40
HELP_COMMANDS = ("propose", "setup", "list", "mine", "show", "roster", "digest", "threads")
HELP_THREAD = ("thread", "answer", "evidence", "skip", "object", "says", "note", "undo")


def draw_list(
    reviews: Sequence[Review],
    scene: Scene,
    wording: Wording,
    *,
    state: str = "open",
    more: int = 0,
    kind: str = "",
    is_channel: bool = False,
) -> Response:
    """`state`: open or decided. `more`: how many there are besides these. `kind`: the only one
    listed, and `is_channel`: the channel is called so, too.

    `scene.args["links"]`: the card's permalink by review id, as text.
    """
    pen, values = Pen(wording, scene), {"channel": scene.channel_name, "kind": kind}
    listed = state if state != "open" else ""
    return _listed(
        f"lists.{state}",
        reviews,
        pen,
        more,
        values,
        rest=f"more_{state}",
        after=[pen.say("lists.only_kind", listed=listed, **values)] if is_channel else [],
    )


def draw_found(
    reviews: Sequence[Review], scene: Scene, wording: Wording, *, words: str, more: int = 0
) -> Response:
    """More than one review has a title with those words; `scene.args` as in `draw_list`."""
    return _listed("lists.found", reviews, Pen(wording, scene), more, {"words": words})


def draw_mine(
    reviews: Sequence[Review], scene: Scene, wording: Wording, *, more: int = 0, unasked: int = 0
) -> Response:
    """Goes across channels, each of which numbers its own: every line names its channel.

    `scene.args["channels"]`: channel names by id, as text; `links` as in `draw_list`. `unasked`:
    how many were left out, as nobody could say whether the reader may see them.
    """
    pen = Pen(wording, scene)
    left_out = [pen.say("lists.unasked", unasked=unasked)] if unasked else []
    if left_out and not reviews:
        return _answer(left_out)
    listed = _listed(
        "lists.mine", reviews, pen, more, {}, line="line_mine", status=_waits_for_reader
    )
    if not left_out:
        return listed
    blocks_after = [block.to_dict() for block in blocks.sections(left_out)]
    return {
        "text": "\n".join([listed["text"], *left_out]),
        "blocks": [*listed["blocks"], *blocks_after],
    }


def draw_show(
    review: Review, scene: Scene, wording: Wording, *, may_redact: bool = False
) -> Response:
    """One review in full: its card, the proposal, every answer, and what was decided.

    `scene.args["links"]`: as in `draw_list`. `may_redact`: the reader may take words off it.
    """
    pen = Pen(wording, scene)
    card = draw_card(review, scene, wording)
    # The card says since when it is live, and her statement stands below, or on the card.
    proposal = proposal_in_short(replace(review, live_since=None), pen, LONGER)
    answers = [
        answer_line(review, q, a, pen)
        for q in review.questions
        if is_settled(a := review.answers.get(q.number)) and a
        if not (q.closing and review.statement)
    ]
    if review.decision and review.state not in UNDECIDED:
        ending = outcome_lines(review, her_words(review), review.decision, pen)
    elif review.statement or review.objections:
        ending = statement_lines(review, pen)
    else:
        ending = []
    drawn = [block for block in card.blocks if block["type"] != "actions"]
    if where := scene.args.get("links", {}).get(str(review.id), ""):
        proposal.append(pen.say("lists.show_thread", where=where))
    for lines in (proposal, answers, ending):
        drawn += [block.to_dict() for block in blocks.sections(lines)]
    said = [card.text, *map(spoken, (*proposal, *answers, *ending))]
    text = blocks.message("\n".join(said), []).text
    buttons = blocks.actions([pen.button(names.REDACT, review)] if may_redact else [])
    room = blocks.MOST_BLOCKS - len(buttons)
    return {"text": text, "blocks": [*drawn[:room], *(row.to_dict() for row in buttons)]}


def draw_roster(
    people: Sequence[str], keepers: Sequence[str], scene: Scene, wording: Wording
) -> Response:
    """`keepers`: those who are still here."""
    pen = Pen(wording, scene)
    channel = scene.channel_name
    if people:
        shown = [pen.name(user) for user in people]
        lines = [pen.say("lists.roster", channel=channel, people=shown)]
    else:
        lines = [pen.say("lists.roster_none", channel=channel)]
    if keepers:
        lines.append(pen.say("lists.keepers", keepers=[pen.name(user) for user in keepers]))
    else:
        lines.append(pen.say("lists.unkept"))
    return _answer(lines)


def draw_help(wording: Wording) -> Response:
    commands = [wording.say(f"lists.help_{part}") for part in HELP_COMMANDS]
    thread = [wording.say(f"lists.help_{part}") for part in HELP_THREAD]
    return _answer([wording.say("lists.help"), *commands], body=thread)


def draw_propose_help(wording: Wording, kinds: Sequence[str]) -> Response:
    return _answer(
        [
            wording.say("lists.propose_help"),
            wording.say("lists.propose_kinds", kinds=kinds),
            wording.say("lists.propose_example"),
            wording.say("lists.propose_then"),
        ]
    )


def draw_setup_offer(wording: Wording, *, channel_id: str, channel_name: str) -> Response:
    """The button's value is the channel."""
    line = wording.say("lists.setup_offer", channel=Place(channel_name, channel_id))
    set_up = blocks.button(
        wording.plain("buttons.set_up"), names.SET_UP, channel_id, style="primary"
    )
    return _answer([line], blocks.actions([set_up]))


def _listed(
    key: str,
    reviews: Sequence[Review],
    pen: Pen,
    more: int,
    values: Mapping[str, Any],
    *,
    line: str = "line",
    rest: str = "more",
    status: Callable[[Review, Pen], Said] | None = None,
    after: Sequence[Said] = (),
) -> Response:
    """`line`, `rest`: the sentences for a review, and for those there is no room for."""
    if not reviews:
        return _answer([pen.say(f"{key}_none", **values), *after])
    shown = reviews[:MOST_LISTED]
    more += len(reviews) - len(shown)
    lines = [pen.say(key, total=len(shown) + more, **values)]
    lines += [_line(line, review, (status or _status)(review, pen), pen) for review in shown]
    if more:
        one_kind = len({review.kind for review in reviews}) == 1
        key = "lists.more" if one_kind else f"lists.{rest}"
        lines.append(pen.say(key, more=more, kind=shown[0].kind))
    return _answer([*lines, *after])


def _line(name: str, review: Review, status: Said, pen: Pen) -> Said:
    return pen.say(
        f"lists.{name}",
        channel=pen.scene.args.get("channels", {}).get(review.channel_id, ""),
        number=review.number,
        where=pen.scene.args.get("links", {}).get(str(review.id), ""),
        title=review.title,
        kind=pen.kind(review),
        status=status,
    )


def _waits_for_reader(review: Review, pen: Pen) -> Said:
    """What the reader has to do, rather than whom it waits for."""
    mine = [wait for wait in waits(review) if wait.user == pen.scene.reader]
    if not mine:
        return _status(review, pen)
    progress = count_progress(review)
    zone = read_zone(pen.scene.tz)
    parts = [
        pen.say(
            f"lists.wait_{wait.awaited}",
            due=wait.due_at.astimezone(zone).date() if wait.due_at else None,
            was=pen.is_past(wait.due_at),
            answered=progress.answered,
            questions=progress.questions,
            objections=len(review.open_objections),
            proposer=pen.name(review.proposer),
        )
        for wait in mine
    ]
    return pen.say("card.status", parts=parts)


def _status(review: Review, pen: Pen) -> Said:
    if review.state in UNDECIDED:
        return spoken(waiting_line(review, pen, in_short=True))
    if review.state is State.WITHDRAWN or review.decision is None:
        return spoken(withdrawn_line(review, pen))
    verdict = verdict_words(review, review.decision, pen)
    return pen.say(
        "lists.line_decided",
        verdict=verdict,
        at=review.decision.at.date(),
        overruled=pen.overruled(review),
    )


def _answer(
    lines: Sequence[Said], after: Sequence[Block] = (), *, body: Sequence[Said] = ()
) -> Response:
    shown = [*blocks.sections(lines), *blocks.sections(body), *after]
    drawn: Drawn = blocks.message(spoken("\n".join([*lines, *body])), shown)
    return {"text": drawn.text, "blocks": drawn.blocks}
