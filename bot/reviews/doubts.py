"""Messages that begin with a number which may name a question: kept until somebody says which."""

from typing import Any

from bot.reviews.deed import Case

MOST_KEPT = 5
SHOWN = 200
"""Characters of a message's beginning: enough to know it again."""


def keep_doubt(
    case: Case,
    *,
    channel_id: str,
    ts: str,
    numbers: tuple[int, ...],
    part_of: int | None,
    words: str,
    pieces: list[dict[str, Any]],
) -> None:
    """`pieces`: what the message is, once she says that it is for `numbers`."""
    drop_doubt(case, channel_id, ts)
    doubt = {
        "channel": channel_id,
        "ts": ts,
        "by": case.deed.user,
        "numbers": list(numbers),
        "part_of": part_of,
        "words": words[:SHOWN],
        "pieces": pieces,
    }
    case.row.doubts = [*case.row.doubts, doubt][-MOST_KEPT:]
    case.deed.session.add(case.row)


def find_doubt(case: Case, ts: str) -> dict[str, Any] | None:
    return next((doubt for doubt in case.row.doubts if doubt["ts"] == ts), None)


def drop_doubt(case: Case, channel_id: str, ts: str) -> None:
    """It is settled, or its message says something else now, or nothing any more."""
    kept = [d for d in case.row.doubts if (d["channel"], d["ts"]) != (channel_id, ts)]
    if len(kept) != len(case.row.doubts):
        case.row.doubts = kept
        case.deed.session.add(case.row)


def drop_all_doubts(case: Case) -> None:
    """The questions have other numbers now."""
    case.row.doubts = []
    case.deed.session.add(case.row)
