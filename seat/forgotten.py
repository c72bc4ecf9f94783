"""Who was forgotten: what stands in the place of their id, and what they are called."""

TOMBSTONE = "forgotten-"
"""How it begins. No id of Slack's has such a letter in it, so it is never asked about."""

NAME = "someone"


def is_forgotten(user: str | None) -> bool:
    return bool(user) and str(user).startswith(TOMBSTONE)
