"""What we know of people and channels: from our copy, or by one bounded question to Slack.

Asked before a transaction, never inside one. What cannot be asked is refused (CouldNotAsk):
private things fail closed.
"""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from copy import copy
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlmodel import Session, col, select

from bot.clock import Clock
from bot.slack.asking import (
    ASK_SECONDS,
    UNKNOWN_CHANNEL,
    Asking,
    CouldNotAsk,
    believed_since,
    code_of,
)
from bot.slack.client import Clients
from bot.slack.members import Members
from bot.slack.remember import remember_channel, remember_person
from bot.slack.signs import notice_unseen
from db.chunks import chunks
from db.store import Store
from db.tables import Channel, Person
from seat.access import may_read

__all__ = ["ASK_SECONDS", "CouldNotAsk", "Directory", "find_names"]

UNHEARD = timedelta(minutes=10)
"""For a channel we are not in: what changes there nobody tells us."""

ASKING_AT_ONCE = 8
"""Questions about people; Slack allows some hundred a minute."""

_CANNOT_JOIN = (*UNKNOWN_CHANNEL, "is_archived", "restricted_action", "team_access_not_granted")


class Directory:
    """Answers younger than a day come from the database, others from Slack, and are stored.

    What we knew before we were last away (`Workspace.away_until`) counts as old: nobody told us
    what changed meanwhile.
    """

    def __init__(self, store: Store, clients: Clients, clock: Clock) -> None:
        self._clock = clock
        self._use(store, Asking(store, clients, clock))

    def on(self, store: Store) -> "Directory":
        """The same for who has a pool of connections of their own, and must not wait for others'.
        What is asked for one is asked for both."""
        other = copy(self)
        other._use(store, self._asking.on(store))
        return other

    def _use(self, store: Store, asking: Asking) -> None:
        self._store, self._asking = store, asking
        self._members = Members(store, asking, self._clock)

    def person(self, workspace_id: str, user: str) -> Person:
        """Raises CouldNotAsk, also for someone Slack does not know."""

        def known(session: Session) -> Person | None:
            return self._known_person(session, workspace_id, user)

        def keep(session: Session) -> Person | None:
            remember_person(session, workspace_id, answer.get("user"), now=self._clock.machine())
            return session.get(Person, (workspace_id, user), populate_existing=True)

        if found := self._store.read(known):
            return found
        with self._asking.alone(workspace_id, user):
            if found := self._store.read(known):
                return found
            answer = self._asking.of_workspace(
                workspace_id, "users.info", lambda c: c.users_info(user=user)
            )
            found = self._store.transact(keep)
        if found is None:
            raise CouldNotAsk("user_not_found")
        return found

    def renew(self, workspace_id: str, users: Iterable[str]) -> bool:
        """Ask about those of `users` who are unknown or old. Whether anything was learnt.

        Who Slack does not know is passed over. Raises CouldNotAsk at the first other failure: what
        was known by then has to do.
        """
        learnt = False
        for user in self._old(workspace_id, users):
            learnt = self._knows_of(workspace_id, user) or learnt
        return learnt

    def people(self, workspace_id: str, users: Collection[str], *, within: float) -> int:
        """Ask about all of `users` who are unknown or old, several at once, for at most `within`
        seconds; of how many of them nothing could be said by then.

        What was learnt is stored: the next try asks about the others. Raises CouldNotAsk when
        Slack stops answering, and `user_not_found` where it knows one of them not.
        """
        old = self._old(workspace_id, users)
        if not old:
            return 0
        pool = ThreadPoolExecutor(ASKING_AT_ONCE, thread_name_prefix="asking")
        asking = [pool.submit(self._knows_of, workspace_id, user) for user in old]
        try:
            asked, _ = wait(asking, timeout=within, return_when=FIRST_EXCEPTION)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        if not all(each.result() for each in asked):
            raise CouldNotAsk("user_not_found")
        return len(old) - len(asked)

    def count_old(self, workspace_id: str, users: Collection[str]) -> int:
        return len(self._old(workspace_id, users))

    def _knows_of(self, workspace_id: str, user: str) -> bool:
        """False for who Slack does not know. Raises CouldNotAsk."""
        try:
            self.person(workspace_id, user)
        except CouldNotAsk as trouble:
            if str(trouble) != "user_not_found":
                raise
            return False
        return True

    def _old(self, workspace_id: str, users: Iterable[str]) -> list[str]:
        wanted = {*users}

        def fresh(session: Session) -> set[str]:
            since = believed_since(session, workspace_id, self._clock)
            return {
                person.id
                for part in chunks(sorted(wanted))
                for person in session.exec(
                    select(Person).where(
                        Person.workspace_id == workspace_id, col(Person.id).in_(part)
                    )
                )
                if person.checked_at >= since
            }

        return sorted(wanted - self._store.read(fresh))

    def channel(self, workspace_id: str, channel: str) -> Channel | None:
        """None: no such channel, or one the bot may not see. Raises CouldNotAsk."""

        def known(session: Session) -> Channel | None:
            return self._known_channel(session, workspace_id, channel)

        if found := self._store.read(known):
            return found
        with self._asking.alone(workspace_id, channel):
            if found := self._store.read(known):
                return found
            answer = self._asking.of_channel(
                workspace_id,
                channel,
                "conversations.info",
                lambda c: c.conversations_info(channel=channel, include_num_members=True),
            )
            if answer:
                return self._keep_channel(workspace_id, channel, answer)
            now = self._clock.machine()
            self._store.transact(lambda s: notice_unseen(s, workspace_id, channel, now=now))
            return None

    def may_see(self, workspace_id: str, channel: str, user: str) -> bool | None:
        """Whether what is about the channel may be told to `user`, outside of it.

        The one judge of that, asked before every private message. None: nobody can say, for we
        are in that channel no more. Raises CouldNotAsk, also where it hangs on who they are: a
        guest reads only the public channels they are in.
        """
        found = self.channel(workspace_id, channel)
        if found is None or (found.is_private and not found.bot_is_member):
            return None
        if not found.is_private:
            if not self._knows_of(workspace_id, user):
                return False
            known = self.person(workspace_id, user)
            outsider = known.is_guest or known.is_external
            if may_read(private=False, outsider=outsider, member=None):
                return True
        return self.membership(workspace_id, channel, user)

    def membership(self, workspace_id: str, channel: str, user: str) -> bool | None:
        """None: the bot may not see who is in that channel. Raises CouldNotAsk."""
        return self.members(workspace_id, channel, [user])[user]

    def members(
        self, workspace_id: str, channel: str, users: Sequence[str]
    ) -> dict[str, bool | None]:
        """Who of `users` is in the channel; None for all where the bot may not see it. Raises
        CouldNotAsk."""
        return self._members.of(workspace_id, channel, users)

    def names(self, session: Session, workspace_id: str, users: Iterable[str]) -> dict[str, str]:
        """Plain names of those we know, without asking."""
        return find_names(session, workspace_id, users)

    def join(self, workspace_id: str, channel: str) -> bool:
        """Join a public channel; False where that is not possible. Raises CouldNotAsk."""
        try:
            answer = self._asking.ask(
                workspace_id, "conversations.join", lambda c: c.conversations_join(channel=channel)
            )
        except SlackApiError as error:
            if code_of(error) in _CANNOT_JOIN:
                return False
            raise CouldNotAsk(code_of(error)) from error
        self._keep_channel(workspace_id, channel, {"channel": {**answer["channel"]}})
        return True

    def knows(self, workspace_id: str, user: str, channel: str) -> bool:
        """Whether nothing has to be asked about `user` in the channel."""

        def look(session: Session) -> bool:
            return (
                self._known_person(session, workspace_id, user) is not None
                and self._known_channel(session, workspace_id, channel) is not None
                and self._members.knows(session, workspace_id, channel, user)
            )

        return self._store.read(look)

    def _known_person(self, session: Session, workspace_id: str, user: str) -> Person | None:
        found = session.get(Person, (workspace_id, user))
        since = believed_since(session, workspace_id, self._clock)
        return found if found is not None and found.checked_at >= since else None

    def _known_channel(self, session: Session, workspace_id: str, channel: str) -> Channel | None:
        found = session.get(Channel, (workspace_id, channel))
        if found is None:
            return None
        since = believed_since(session, workspace_id, self._clock)
        if not found.bot_is_member:
            since = max(since, self._clock.machine() - UNHEARD)
        return found if found.checked_at >= since else None

    def _keep_channel(self, workspace_id: str, channel: str, answer: Any) -> Channel | None:
        now = self._clock.machine()

        def keep(session: Session) -> Channel | None:
            remember_channel(session, workspace_id, answer.get("channel"), now=now)
            return session.get(Channel, (workspace_id, channel), populate_existing=True)

        return self._store.transact(keep)


def find_names(session: Session, workspace_id: str, users: Iterable[str]) -> dict[str, str]:
    return {
        person.id: person.name
        for part in chunks(sorted(set(users)))
        for person in session.exec(
            select(Person).where(Person.workspace_id == workspace_id, col(Person.id).in_(part))
        )
    }
