"""Taking words off the record: a keeper, for a customer's privacy. The entry stays."""

from collections.abc import Iterable

from sqlmodel import col, select

from bot.errors import Refusal
from bot.reviews.deed import Case
from db.erasures import new_erasure
from db.forgetting import redraw_all
from db.outbox import want_redraws
from db.tables import ErasureKind, Surface
from db.words import find_parts, take_off

IN_DIGESTS = ("field:title", "decision")
"""What a digest prints, besides her statement."""


def parts_of(case: Case) -> dict[str, str]:
    """What can be taken off, with the words that stand there. Raises Refusal: nothing is left."""
    if not (parts := find_parts(case.deed.session, case.row)):
        raise Refusal("nothing_to_redact")
    return parts


def words_of(case: Case, part: str) -> str:
    """Raises Refusal where there is no such part, or its words are off already."""
    if (words := parts_of(case).get(part)) is None:
        raise Refusal("redacted_already")
    return words


def redact(case: Case, part: str) -> set[tuple[str, str]]:
    """The messages, (channel, ts), in which people wrote those words: they stay in Slack.

    That something was taken off is on the record, with who and when; what it was is nowhere.
    """
    words_of(case, part)
    deed, review_id = case.deed, case.id
    taken = take_off(deed.session, case.row, part)
    new_erasure(
        deed.session,
        workspace_id=deed.workspace_id,
        kind=ErasureKind.REDACTED,
        target=f"{review_id}:{part}",
        by=deed.user,
        now=deed.now,
    )
    case.record("redacted", after={"part": part})
    redraw_all(deed.session, {review_id}, now=deed.now)
    if part.startswith(IN_DIGESTS) or _is_statement(case, part):
        want_redraws(deed.session, _digests_since(case), now=deed.now)
    return taken.messages


def _is_statement(case: Case, part: str) -> bool:
    closing = case.facts.closing
    return closing is not None and part == f"answer:{closing.number}"


def _digests_since(case: Case) -> Iterable[Surface]:
    """Those that may have printed something of this review."""
    return case.deed.session.exec(
        select(Surface).where(
            Surface.seat_id == case.row.seat_id,
            Surface.kind == "digest",
            col(Surface.sent_at) >= case.row.opened_at,
            col(Surface.gone_at).is_(None),
        )
    ).all()
