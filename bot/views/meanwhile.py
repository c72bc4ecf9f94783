"""What has changed of a review since a form about it was drawn: before and after, in words."""

from collections.abc import Collection, Iterator, Sequence

from bot.views.pen import Pen
from bot.views.revision import difference_lines, has_difference
from bot.wording import Said
from seat.facts import Answer, AnswerState, Objection, ObjectionState, Review, Stance
from seat.meanwhile import Entry, Seen, touches


def changed_lines(
    review: Review, entries: Sequence[Entry], seen: Collection[Seen], pen: Pen, *, part: int = 0
) -> list[Said]:
    """A line or two for each thing of `seen` that reads otherwise than it did; none where it has
    changed and changed back. `part`: the objection, or question, that the form is about.
    """
    closing = review.closing.number if review.closing else None
    touched: dict[Seen, list[Entry]] = {}
    for entry in entries:
        for one in touches(entry, closing):
            touched.setdefault(one, []).append(entry)
    drawn: list[Said] = []
    if Seen.ROUND in seen and Seen.ROUND in touched:
        drawn.append(pen.say("meanwhile.round"))
    if Seen.PROPOSAL in seen:
        drawn += _proposal(review, touched.get(Seen.PROPOSAL, []), pen)
    if Seen.HER_WORDS in seen:
        drawn += _her_words(review, touched.get(Seen.HER_WORDS, []), pen)
    if Seen.OBJECTIONS in seen:
        drawn += _objections(review, touched.get(Seen.OBJECTIONS, []), pen)
    elif Seen.OBJECTION in seen:
        mine = [e for e in touched.get(Seen.OBJECTION, []) if e.number in (None, part)]
        drawn += _objections(review, mine, pen)
    if Seen.SEAT in seen and Seen.SEAT in touched:
        name = pen.name(review.advocate) if review.advocate else ""
        drawn.append(pen.say("meanwhile.seat", name=name) if name else
                     pen.say("meanwhile.seat_empty"))  # fmt: skip
    if Seen.DECIDER in seen and Seen.DECIDER in touched:
        drawn.append(pen.say("meanwhile.decider", name=pen.name(review.decider)))
    return drawn


def answer_lines(
    review: Review, entries: Sequence[Entry], typed: Collection[int], pen: Pen
) -> list[Said]:
    """Of the questions of which something was `typed`: what has been answered there meanwhile."""
    drawn = []
    for number in sorted(typed):
        mine = [e for e in entries if e.what.startswith("answer_") and e.number == number]
        answer = review.answers.get(number)
        now = answer.text if _is_given(answer) and answer else ""
        before = _text_before(mine, now)
        if mine and before != now:
            drawn.append(pen.say("meanwhile.answer", number=number, before=before, after=now))
    return drawn


def _proposal(review: Review, revised: Sequence[Entry], pen: Pen) -> list[Said]:
    if not revised:
        return []
    args = {"before": revised[0].before, "after": revised[-1].after}
    if not has_difference(args, pen):
        return []
    first = pen.say("meanwhile.proposal", name=pen.name(review.proposer))
    return [first, *difference_lines(args, pen)]


def _her_words(review: Review, entries: Sequence[Entry], pen: Pen) -> Iterator[Said]:
    said = [e for e in entries if e.what != "stance"]
    if said:
        now = review.statement.text if review.statement else ""
        before = _text_before(said, now)
        if before != now:
            yield pen.say("meanwhile.her_words", before=before, after=now)
    named = [e for e in entries if e.what == "stance"]
    if named:
        was = named[0].before.get("stance") or None
        if was != review.stance:
            stance = pen.stance(Stance(was)) if was else ""
            yield pen.say("meanwhile.stance", before=stance, after=pen.stance(review.stance))


def _text_before(entries: Sequence[Entry], now: str) -> str:
    """What the answer said before these. Words that only went on are not kept whole: they begin
    what the next entry that replaced them, or the answer as it is `now`, says."""
    if not entries or entries[0].before.get("state") != AnswerState.GIVEN:
        return ""
    whole = next((str(e.before["text"]) for e in entries if "text" in e.before), now)
    return whole[: entries[0].before.get("length")]


def _is_given(answer: Answer | None) -> bool:
    return answer is not None and answer.state is AnswerState.GIVEN


def _objections(review: Review, entries: Sequence[Entry], pen: Pen) -> Iterator[Said]:
    for entry in entries:
        if entry.number is None:  # an older version kept its words, not which one it was
            before, now = (str(e.get("title") or "") for e in (entry.before, entry.after))
            yield pen.say("meanwhile.objection_words", number=0, before=before, after=now)
    for objection in review.objections:
        mine = [e for e in entries if e.number == objection.number]
        if mine:
            yield from _objection(review, objection, mine, pen)


def _objection(
    review: Review, objection: Objection, entries: Sequence[Entry], pen: Pen
) -> Iterator[Said]:
    number, is_open = objection.number, objection.state is ObjectionState.OPEN
    words, mind = _whole(objection.title, objection.detail), objection.changes_her_mind
    if any(e.what == "objected" for e in entries):
        if is_open:
            yield pen.say("meanwhile.objection_came", number=number, words=words, mind=mind)
        return
    if not is_open:
        outcome = pen.outcome(review, objection.state)
        title = objection.title
        yield pen.say("meanwhile.objection_ended", number=number, title=title, outcome=outcome)
        return
    by_what: dict[str, Entry] = {}
    for entry in entries:
        by_what.setdefault(entry.what, entry)
    if edited := by_what.get("objection_edited"):
        before = _whole(edited.before.get("title"), edited.before.get("detail"))
        if before != words:
            yield pen.say("meanwhile.objection_words", number=number, before=before, after=words)
    if minded := by_what.get("mind"):
        before = str(minded.before.get("text") or "")
        if before != mind:
            yield pen.say("meanwhile.objection_mind", number=number, before=before, after=mind)
    if replied := by_what.get("objection_reply"):
        before = str(replied.before.get("reply") or "")
        now, offered = objection.reply, objection.offered
        if (before, replied.before.get("offered")) != (now, offered):
            yield pen.say(
                "meanwhile.objection_reply",
                number=number,
                name=pen.name(review.proposer),
                before=before if before != now else "",
                after=now,
                offered=pen.outcome(review, offered) if offered else "",
            )
    if objection.stands and "objection_stands" in by_what:
        yield pen.say("meanwhile.objection_stands", number=number)


def _whole(title: object, detail: object) -> str:
    return f"{title or ''}\n{detail or ''}".strip()
