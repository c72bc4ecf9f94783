"""Of words that were not taken the advocate is told where they stand, by a line Slack does not
promise to show, and in a private message: one an hour a review, of the latest."""

from typing import Any

from sqlmodel import select

from bot.reviews.deed import Case
from db.tables import Surface

NOT_TAKEN = ("not_understood_", "ask_replace", "file_not_taken")
"""How the names of the lines begin after which it has to be said again."""


def tell_not_taken(case: Case, template: str, args: dict[str, Any]) -> None:
    """Nothing for a line that asks nothing of them."""
    if template.startswith(NOT_TAKEN):
        user, hour = case.deed.user, f"{case.deed.now:%Y%m%d%H}"
        case.tell("not_taken", user, f"{user}:{hour}", template=template, args=args)


def taken_since(case: Case) -> None:
    """Words of theirs were taken: what was said of those before is over."""
    told = case.deed.session.exec(
        select(Surface).where(
            Surface.review_id == case.id,
            Surface.kind == "not_taken",
            Surface.person_id == case.deed.user,
        )
    )
    for surface in told:
        surface.args = {**surface.args, "over": True}
        case.deed.session.add(surface)
