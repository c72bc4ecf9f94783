"""Who is in a channel, page by page where it is large. Part of the directory."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil
from typing import Any

from sqlmodel import Session, col, select

from bot.clock import Clock
from bot.slack.asking import Asking, believed_since
from bot.slack.remember import remember_member, remember_page
from db.chunks import chunks
from db.store import Store
from db.tables import Channel, Membership

PAGE = 1_000
"""The most `conversations.members` gives at once."""


class Members:
    def __init__(self, store: Store, asking: Asking, clock: Clock) -> None:
        self._store = store
        self._asking = asking
        self._clock = clock

    def of(self, workspace_id: str, channel: str, users: Sequence[str]) -> dict[str, bool | None]:
        """Who of `users` is in the channel, in one question a page. Raises CouldNotAsk.

        The answer renews whatever is known of who is in that channel. What was found is kept when
        a later page can't be asked for: the next try asks about the others.
        """

        found = self._store.read(lambda s: self._rows(s, workspace_id, channel, users))
        if found.keys() >= {*users}:
            return found
        with self._asking.alone(workspace_id, channel):
            found = self._store.read(lambda s: self._rows(s, workspace_id, channel, users))
            unknown = {*users} - found.keys()
            if unknown and not self._read_members(workspace_id, channel, unknown):
                return dict.fromkeys(users)
            # Just asked: however our clock stands, that is how it is.
            found = self._store.read(
                lambda s: self._rows(s, workspace_id, channel, users, however_old=True)
            )
        return {user: found.get(user) for user in users}

    def _rows(
        self,
        session: Session,
        workspace_id: str,
        channel: str,
        users: Sequence[str],
        *,
        however_old: bool = False,
    ) -> dict[str, bool | None]:
        since = believed_since(session, workspace_id, self._clock)
        return {
            row.person_id: row.is_member
            for part in chunks(users)
            for row in session.exec(
                select(Membership).where(
                    Membership.workspace_id == workspace_id,
                    Membership.channel_id == channel,
                    col(Membership.person_id).in_(part),
                )
            )
            if however_old or row.checked_at >= since
        }

    def knows(self, session: Session, workspace_id: str, channel: str, user: str) -> bool:
        row = session.get(Membership, (workspace_id, channel, user))
        since = believed_since(session, workspace_id, self._clock)
        return row is not None and row.checked_at >= since

    def _read_members(self, workspace_id: str, channel: str, asked: set[str]) -> bool:
        """Page by page, until all of `asked` are found. False: we may not see who is in it."""
        row = self._store.read(lambda s: s.get(Channel, (workspace_id, channel)))
        pages_left = ceil((row.people if row else 0) / PAGE)
        seen: set[str] = set()

        def ask(more: dict[str, str]) -> Any:
            return self._asking.of_channel(
                workspace_id,
                channel,
                "conversations.members",
                lambda c: c.conversations_members(
                    channel=channel, limit=PAGE, cursor=more.get("cursor")
                ),
            )

        def keep(session: Session, is_all: bool) -> None:
            now = self._clock.machine()
            remember_page(session, workspace_id, channel, seen, asked=asked, is_all=is_all, now=now)

        for page, is_last in _pages(ask):
            if page is None:
                return False
            seen |= {user for user in page.get("members") or () if isinstance(user, str)}
            self._store.transact(partial(keep, is_all=is_last))
            pages_left -= 1
            missing = asked - seen
            if missing and not is_last and len(missing) <= pages_left:
                for user in sorted(missing):  # fewer questions than pages to come
                    self._read_own(workspace_id, channel, user)
                missing = set()
            if not missing:
                break
        return True

    def _read_own(self, workspace_id: str, channel: str, user: str) -> None:
        """Whether the channel is among those that `user` is in."""

        def ask(more: dict[str, str]) -> Any:
            return self._asking.of_workspace(
                workspace_id,
                "users.conversations",
                lambda c: c.users_conversations(
                    user=user,
                    types="public_channel,private_channel",
                    limit=PAGE - 1,
                    cursor=more.get("cursor"),
                ),
            )

        is_member = any(
            found.get("id") == channel
            for page, _ in _pages(ask)
            for found in page.get("channels") or ()
        )
        now = self._clock.machine()
        self._store.transact(
            lambda s: remember_member(
                s, workspace_id, channel, [user], is_member=is_member, now=now
            )
        )


def _pages(ask: Callable[[dict[str, str]], Any]) -> Iterator[tuple[Any, bool]]:
    """Each answer, and whether it is the last. `ask` is given where to go on."""
    more: dict[str, str] = {}
    while True:
        answer = ask(more)
        cursor = ((answer or {}).get("response_metadata") or {}).get("next_cursor")
        yield answer, not cursor
        if not cursor:
            return
        more = {"cursor": str(cursor)}
