"""What we know of people and channels: from our copy, or by one bounded question to Slack.

Asked before a transaction, never inside one. What cannot be asked is refused (CouldNotAsk):
private things fail closed.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlmodel import Session, col, select

from bot.clock import Clock
from bot.slack.client import Clients, NotInstalled
from bot.slack.remember import remember_channel, remember_member, remember_person
from db.chunks import chunks
from db.store import Store
from db.tables import Channel, Membership, Person

T = TypeVar("T")

FRESH = timedelta(days=1)
ASK_SECONDS = 1
PAGE = 1_000
"""The most `conversations.members` gives at once."""

_UNKNOWN_CHANNEL = ("channel_not_found", "missing_scope", "method_not_supported_for_channel_type")
_CANNOT_JOIN = (*_UNKNOWN_CHANNEL, "is_archived", "restricted_action", "team_access_not_granted")


class CouldNotAsk(Exception):
    """Slack did not say in time. Refuse what hangs on it, and ask to try again."""


class Directory:
    """Answers younger than a day come from the database, others from Slack, and are stored."""

    def __init__(self, store: Store, clients: Clients, clock: Clock) -> None:
        self._store = store
        self._clients = clients
        self._clock = clock

    def person(self, workspace_id: str, user: str) -> Person:
        """Raises CouldNotAsk, also for someone Slack does not know."""
        known = self._store.read(lambda s: s.get(Person, (workspace_id, user)))
        if known is not None and self._is_fresh(known.checked_at):
            return known
        answer = self._ask(workspace_id, lambda client: client.users_info(user=user))
        now = self._clock.machine()

        def keep(session: Session) -> Person | None:
            remember_person(session, workspace_id, answer.get("user"), now=now)
            return session.get(Person, (workspace_id, user), populate_existing=True)

        found = self._store.transact(keep)
        if found is None:
            raise CouldNotAsk("user_not_found")
        return found

    def people(self, workspace_id: str, users: Iterable[str]) -> dict[str, Person]:
        """Several, one question for each that is unknown or old. Raises CouldNotAsk."""
        return {user: self.person(workspace_id, user) for user in dict.fromkeys(users)}

    def channel(self, workspace_id: str, channel: str) -> Channel | None:
        """None: no such channel, or one the bot may not see. Raises CouldNotAsk."""
        known = self._store.read(lambda s: s.get(Channel, (workspace_id, channel)))
        if known is not None and self._is_fresh(known.checked_at):
            return known
        answer = self._ask_of_channel(
            workspace_id,
            lambda client: client.conversations_info(channel=channel, include_num_members=True),
        )
        return self._keep_channel(workspace_id, channel, answer) if answer else None

    def membership(self, workspace_id: str, channel: str, user: str) -> bool | None:
        """None: the bot may not see who is in that channel. Raises CouldNotAsk."""
        return self.members(workspace_id, channel, [user])[user]

    def members(
        self, workspace_id: str, channel: str, users: Sequence[str]
    ) -> dict[str, bool | None]:
        """Who of `users` is in the channel, in one question. Raises CouldNotAsk."""
        known = self._store.read(lambda s: self._known_members(s, workspace_id, channel, users))
        unknown = [user for user in users if user not in known]
        if not unknown:
            return known
        answer = self._ask_of_channel(
            workspace_id, lambda client: client.conversations_members(channel=channel, limit=PAGE)
        )
        if answer is None:
            return {user: known.get(user) for user in users}
        present = {user for user in answer.get("members") or () if isinstance(user, str)}
        if (answer.get("response_metadata") or {}).get("next_cursor"):
            # More people than one page shows: ask for each person who is not on it.
            for user in [u for u in unknown if u not in present]:
                if self._is_among_own(workspace_id, channel, user):
                    present.add(user)
        now = self._clock.machine()

        def keep(session: Session) -> None:
            absent = [user for user in unknown if user not in present]
            # In one order, so that two who store the same page do not lock each other out.
            told = sorted({*present} & {*unknown})
            remember_member(session, workspace_id, channel, told, is_member=True, now=now)
            remember_member(session, workspace_id, channel, absent, is_member=False, now=now)

        self._store.transact(keep)
        return {user: known.get(user, user in present) for user in users}

    def names(self, session: Session, workspace_id: str, users: Iterable[str]) -> dict[str, str]:
        """Plain names of those we know, without asking."""
        return find_names(session, workspace_id, users)

    def join(self, workspace_id: str, channel: str) -> bool:
        """Join a public channel; False where that is not possible. Raises CouldNotAsk."""
        try:
            answer = self._call(workspace_id, lambda c: c.conversations_join(channel=channel))
        except SlackApiError as error:
            if _code(error) in _CANNOT_JOIN:
                return False
            raise CouldNotAsk(_code(error)) from error
        self._keep_channel(workspace_id, channel, {"channel": {**answer["channel"]}})
        return True

    def _known_members(
        self, session: Session, workspace_id: str, channel: str, users: Sequence[str]
    ) -> dict[str, bool | None]:
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
            if self._is_fresh(row.checked_at)
        }

    def _is_among_own(self, workspace_id: str, channel: str, user: str) -> bool:
        answer = self._ask(
            workspace_id,
            lambda client: client.users_conversations(
                user=user, types="public_channel,private_channel", limit=PAGE - 1
            ),
        )
        return any(found.get("id") == channel for found in answer.get("channels") or ())

    def _keep_channel(self, workspace_id: str, channel: str, answer: Any) -> Channel | None:
        now = self._clock.machine()

        def keep(session: Session) -> Channel | None:
            remember_channel(session, workspace_id, answer.get("channel"), now=now)
            return session.get(Channel, (workspace_id, channel), populate_existing=True)

        return self._store.transact(keep)

    def _ask_of_channel(self, workspace_id: str, call: Callable[[WebClient], Any]) -> Any:
        """None for a channel the bot may not see."""
        try:
            return self._call(workspace_id, call)
        except SlackApiError as error:
            if _code(error) in _UNKNOWN_CHANNEL:
                return None
            raise CouldNotAsk(_code(error)) from error

    def _ask(self, workspace_id: str, call: Callable[[WebClient], Any]) -> Any:
        try:
            return self._call(workspace_id, call)
        except SlackApiError as error:
            raise CouldNotAsk(_code(error)) from error

    def _call(self, workspace_id: str, call: Callable[[WebClient], Any]) -> Any:
        """One bounded call. Lets SlackApiError out; anything else is CouldNotAsk."""
        try:
            return call(self._clients.of(workspace_id, timeout=ASK_SECONDS)).data
        except SlackApiError:
            raise
        except (NotInstalled, OSError, HTTPException, ValueError) as error:
            raise CouldNotAsk(type(error).__name__) from error

    def _is_fresh(self, checked_at: datetime) -> bool:
        return self._clock.machine() - checked_at < FRESH


def find_names(session: Session, workspace_id: str, users: Iterable[str]) -> dict[str, str]:
    return {
        person.id: person.name
        for part in chunks(sorted(set(users)))
        for person in session.exec(
            select(Person).where(Person.workspace_id == workspace_id, col(Person.id).in_(part))
        )
    }


def _code(error: SlackApiError) -> str:
    found = error.response.get("error") if hasattr(error.response, "get") else None
    return str(found or "unknown")
