"""The weekly digest in the channel, and the same on request. Groups come ready from the rules."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.card import verdict_words
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.digest import Digest, Entry, Group, Promise
from seat.facts import Review
from seat.waiting import Awaited
from seat.zones import read_zone

LISTED = {"unseated": "open", "to_decide": "open", "to_answer": "open", "decided": "decided"}
"""Where the rest of a group can be read: `/customer-seat list` of open or decided ones."""
Links = Mapping[Any, str]
"""The card's permalink by review id, which is text once it has been JSON."""


def draw_digest(_review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `digest`, a seat.digest.Digest, and `links` by review id."""
    return draw_digest_of(scene.args["digest"], scene, wording, links=scene.args.get("links", {}))


def draw_digest_of(
    digest: Digest, scene: Scene, wording: Wording, *, links: Links | None = None
) -> Drawn:
    pen, at = Pen(wording, scene), links or {}
    channel = scene.channel_name
    if digest.is_empty:
        line = pen.say("digest.nothing", channel=channel)
        return blocks.message(line, [blocks.section(line)])
    title = pen.say(
        "digest.title", channel=channel, waiting=digest.waiting, decided=digest.decided.total
    )
    drawn: list[Block] = [blocks.section(title)]
    text = [title]
    groups: list[tuple[str, Group[Any], Callable[[Any, Pen, Links], Said]]] = [
        ("unseated", digest.unseated, _unseated),
        ("to_decide", digest.to_decide, _to_decide),
        ("to_answer", digest.to_answer, _to_answer),
        ("promised", digest.promised, _promised),
        ("decided", digest.decided, _decided),
        ("went_ahead", digest.went_ahead, _went_ahead),
    ]
    for name, group, draw_line in groups:
        if group.total:
            lines = [draw_line(item, pen, at) for item in group.shown]
            more = []
            if group.more:
                more = [pen.say("digest.more", more=group.more, listed=LISTED.get(name, ""))]
            heading = pen.say(f"digest.{name}", total=group.total)
            text += [heading, *lines, *more]
            drawn += _group(heading, lines, more, _buttons(name, group.shown, pen))
    if digest.next_up:
        line = pen.say("digest.next_up", name=pen.name(digest.next_up))
        text.append(line)
        drawn.append(blocks.context(line))
    return blocks.message(spoken("\n".join(text)), drawn)


def _group(
    heading: Said, lines: Sequence[Said], more: Sequence[Said], buttons: Sequence[Any]
) -> list[Block]:
    """Where each line has a button it is a section of its own."""
    if not buttons:
        return blocks.sections([heading, *lines, *more])
    rows = [blocks.section(line, accessory=b) for line, b in zip(lines, buttons, strict=True)]
    return [blocks.section(heading), *rows, *blocks.sections(more)]


def _buttons(name: str, shown: Sequence[Any], pen: Pen) -> list[Any]:
    return [pen.button(names.VOLUNTEER, e.review) for e in shown] if name == "unseated" else []


def _linked(review: Review, pen: Pen, links: Links) -> Said:
    url = links.get(review.id) or links.get(str(review.id), "")
    return pen.wording.say("digest.review", url=url, title=review.title)


def _unseated(entry: Entry, pen: Pen, links: Links) -> Said:
    linked = _linked(entry.review, pen, links)
    return pen.say("digest.unseated_line", review=linked, days=_age(entry, pen))


def _to_decide(entry: Entry, pen: Pen, links: Links) -> Said:
    return pen.say(
        "digest.to_decide_line",
        review=_linked(entry.review, pen, links),
        name=pen.name(entry.review.decider),
        gone=entry.review.decider_is_gone,
        days=_age(entry, pen),
        overdue=entry.overdue,
        objections=len(entry.review.open_objections),
    )


def _to_answer(entry: Entry, pen: Pen, links: Links) -> Said:
    due = entry.wait.due_at if entry.wait else None
    values = {
        "review": _linked(entry.review, pen, links),
        "name": pen.name(entry.review.advocate),
        "due": _day(due, pen) if due else None,
        "overdue": entry.overdue,
        "days": _age(entry, pen),
    }
    if entry.wait and entry.wait.awaited is Awaited.CONFIRMATION:
        return pen.say("digest.to_confirm_line", **values)
    return pen.say("digest.to_answer_line", **values)


def _promised(promise: Promise, pen: Pen, links: Links) -> Said:
    return pen.say(
        "digest.promised_line",
        review=_linked(promise.review, pen, links),
        what=promise.what,
        owner=pen.name(promise.owner),
        due=promise.due_on,
        overdue=promise.overdue,
    )


def _decided(entry: Entry, pen: Pen, links: Links) -> Said:
    review = entry.review
    return pen.say(
        "digest.decided_line",
        review=_linked(review, pen, links),
        verdict=verdict_words(review, review.decision, pen) if review.decision else "",
        words=review.statement.text if review.statement else "",
        overruled=pen.overruled(review),
    )


def _went_ahead(entry: Entry, pen: Pen, links: Links) -> Said:
    review, linked = entry.review, _linked(entry.review, pen, links)
    if review.live_since:
        return pen.say("digest.live_line", review=linked, since=review.live_since)
    decision = review.decision
    marks = [pen.say(f"labels.mark_{mark}") for mark in (decision.marks if decision else ())]
    verdict = verdict_words(review, decision, pen) if decision else ""
    return pen.say("digest.unheard_line", review=linked, verdict=verdict, marks=marks)


def _age(entry: Entry, pen: Pen) -> int:
    """For how many days it has waited for what it waits for now."""
    since = entry.wait.since if entry.wait else entry.review.opened_at
    days: int = (_day(pen.scene.now, pen) - _day(since, pen)).days
    return max(0, days)


def _day(moment: datetime, pen: Pen) -> Any:
    return moment.astimezone(read_zone(pen.scene.tz)).date()
