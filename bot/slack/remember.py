"""What Slack says of people, channels and who is in them, into our copy. Every function takes the
session of the caller's transaction and `now` on the machine clock.
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select, update

from bot.slack.absent import NEWS, NO_PART, members_of, note_absent, was_gone
from bot.slack.fields import at, is_true, text_at, texts_at
from bot.slack.signs import LONG_AGO, doubt_members, heed_sign, notice_removal
from db.chunks import chunks
from db.gone import want_gone
from db.sharing import note_sharing
from db.tables import Channel, Membership, Person, Workspace

_PREFIXES = ("channel_", "group_")


def refresh_from_event(session: Session, workspace_id: str, event: Any, *, now: datetime) -> None:
    """Take over what an event says: user_change, team_join, member_*, channel_* and group_*."""
    kind = text_at(event, "type")
    heed_sign(session, workspace_id, event)
    if kind in ("user_change", "team_join"):
        _refresh_person(session, workspace_id, at(event, "user"), now=now)
    elif kind in ("member_joined_channel", "member_left_channel"):
        _refresh_member(session, workspace_id, event, now=now)
    elif kind.startswith(_PREFIXES):
        _refresh_channel(session, workspace_id, event, kind.partition("_")[2], now=now)


def is_known(session: Session, workspace_id: str, event: Any) -> bool:
    """Whether the event is about somebody we know: Slack tells of everybody, each time they change
    their status."""
    user_id = text_at(event, "user", "id")
    return session.get(Person, (workspace_id, user_id)) is not None


def remember_person(session: Session, workspace_id: str, user: Any, *, now: datetime) -> None:
    """From a user as `users.info` shows one. What it doesn't say stays as it was known."""
    if user_id := text_at(user, "id"):
        values = {"checked_at": now, **_read_person(workspace_id, user)}
        key = {"workspace_id": workspace_id, "id": user_id}
        was_known = was_gone(session, workspace_id, user_id, since=now - NEWS)
        _upsert(session, Person, key, values, at_first={"tz": ""})
        if not was_known and any(values.get(what) for what in NO_PART):
            want_gone(session, workspace_id, [user_id], now=now)


def _refresh_person(session: Session, workspace_id: str, user: Any, *, now: datetime) -> None:
    """From an event. Where it leaves out what turns on much, Slack is asked when next needed."""
    known = session.get(Person, (workspace_id, text_at(user, "id")))
    if known is None:
        return
    said = _read_person(workspace_id, user)
    needed = {"deactivated"} if said.get("deactivated") else _NEEDED
    was_known = was_gone(session, workspace_id, known.id, since=now - NEWS)
    for name, value in said.items():
        setattr(known, name, value)
    known.checked_at = now if needed <= said.keys() else LONG_AGO
    session.add(known)
    if not was_known and any(getattr(known, what) for what in NO_PART):
        want_gone(session, workspace_id, [known.id], now=now)


_NEEDED = {"is_external", "is_guest", "tz"}


def _read_person(workspace_id: str, user: Any) -> dict[str, Any]:
    """What is said of them: a field that is missing says nothing."""
    said: dict[str, Any] = {}
    if name := _name(user):
        said["name"] = name
    for field, flags in _FLAGS.items():
        told = [value for flag in flags if (value := at(user, flag)) is not None]
        if told:
            said[field] = any(map(is_true, told))
    homes = {
        text_at(user, "team_id"),
        text_at(user, "enterprise_user", "enterprise_id"),
        *texts_at(user, "enterprise_user", "teams"),
    } - {""}
    if is_true(at(user, "is_stranger")):
        said["is_external"] = True
    elif homes:  # on Enterprise, a colleague's team may be another one
        said["is_external"] = workspace_id not in homes
    if zone := text_at(user, "tz"):  # a deactivated person comes without one
        said["tz"] = zone
    return said


_FLAGS = {
    "is_guest": ("is_restricted", "is_ultra_restricted"),
    "is_admin": ("is_admin", "is_owner"),
    "is_bot": ("is_bot",),
    "deactivated": ("deleted",),
}


def _name(user: Any) -> str:
    """The name they chose, else the one they are known by; "" where nothing can be read."""
    for path in (("profile", "display_name"), ("profile", "real_name"), ("real_name",), ("name",)):
        found = text_at(user, *path).strip()
        if any(unicodedata.category(letter)[0] in "LNPS" for letter in found):
            return found
    return text_at(user, "id")


def remember_channel(session: Session, workspace_id: str, channel: Any, *, now: datetime) -> None:
    """From a conversation as `conversations.info` shows one."""
    channel_id = text_at(channel, "id")
    if not channel_id:
        return
    people = at(channel, "num_members")
    values = {
        "name": text_at(channel, "name"),
        "is_private": is_true(at(channel, "is_private")),
        "is_shared": is_true(at(channel, "is_ext_shared")),
        "is_archived": is_true(at(channel, "is_archived")),
        "bot_is_member": is_true(at(channel, "is_member")),
        "checked_at": now,
    }
    if isinstance(people, int):
        values["people"] = people
    before = session.get(Channel, (workspace_id, channel_id))
    turned = before is not None and before.is_shared != values["is_shared"]
    closed = before is not None and values["is_private"] and not before.is_private
    _upsert(session, Channel, {"workspace_id": workspace_id, "id": channel_id}, values)
    if closed:  # who has a part in it and is not in it can't read it any more
        doubt_members(session, workspace_id, channel_id)
    if turned:
        note_sharing(session, workspace_id, channel_id, now=now)


def remember_member(
    session: Session,
    workspace_id: str,
    channel_id: str,
    people: Iterable[str],
    *,
    is_member: bool,
    now: datetime,
) -> None:
    people = [*people]
    were_in_it = set() if is_member else members_of(session, workspace_id, channel_id, people)
    for person_id in people:
        _upsert(
            session,
            Membership,
            {"workspace_id": workspace_id, "channel_id": channel_id, "person_id": person_id},
            {"is_member": is_member, "checked_at": now},
        )
    if not is_member:
        note_absent(session, workspace_id, channel_id, people, were_in_it, now=now)


def remember_page(
    session: Session,
    workspace_id: str,
    channel_id: str,
    seen: set[str],
    *,
    asked: set[str],
    is_all: bool,
    now: datetime,
) -> None:
    """Who was seen in the channel, of those we know there and those `asked` about. `is_all`: it was
    read to its end, so the others of them are not in it."""
    rows = session.exec(
        select(Membership.person_id, Membership.is_member).where(
            Membership.workspace_id == workspace_id, Membership.channel_id == channel_id
        )
    )
    known = dict(rows.all())
    for is_member in (True, False) if is_all else (True,):
        # In one order, so that two who store the same page do not lock each other out.
        told = sorted(user for user in known if (user in seen) == is_member)
        for part in chunks(told):
            session.exec(
                update(Membership)
                .where(
                    col(Membership.workspace_id) == workspace_id,
                    col(Membership.channel_id) == channel_id,
                    col(Membership.person_id).in_(part),
                )
                .values(is_member=is_member, checked_at=now)
            )
        new = sorted(user for user in asked - {*known} if (user in seen) == is_member)
        remember_member(session, workspace_id, channel_id, new, is_member=is_member, now=now)
    if is_all:
        were_in_it = {user for user, was in known.items() if was}
        note_absent(session, workspace_id, channel_id, known.keys() - seen, were_in_it, now=now)


def _refresh_member(session: Session, workspace_id: str, event: Any, *, now: datetime) -> None:
    user, channel_id = text_at(event, "user"), text_at(event, "channel")
    if not (user and channel_id):
        return
    is_member = text_at(event, "type") == "member_joined_channel"
    remember_member(session, workspace_id, channel_id, [user], is_member=is_member, now=now)
    workspace = session.get(Workspace, workspace_id)
    if workspace is not None and user == workspace.bot_user_id:
        if is_member:
            _change_channel(session, workspace_id, channel_id, bot_is_member=True)
        else:
            notice_removal(session, workspace_id, channel_id, unseen=False)


def _refresh_channel(
    session: Session, workspace_id: str, event: Any, happened: str, *, now: datetime
) -> None:
    """An event about a channel we know; of others there is nothing to keep."""
    if happened == "rename":
        renamed = at(event, "channel")
        name = text_at(renamed, "name")
        _change_channel(session, workspace_id, text_at(renamed, "id"), name=name)
        return
    if happened == "left":
        notice_removal(session, workspace_id, text_at(event, "channel"), unseen=False)
        return
    if happened in ("shared", "unshared"):
        _refresh_sharing(session, workspace_id, event, shared=happened == "shared", now=now)
        return
    changes: dict[str, dict[str, Any]] = {
        "archive": {"is_archived": True},
        "unarchive": {"is_archived": False},
        "deleted": {"is_archived": True, "bot_is_member": False},
    }
    if happened in changes:
        _change_channel(session, workspace_id, text_at(event, "channel"), **changes[happened])


def _refresh_sharing(
    session: Session, workspace_id: str, event: Any, *, shared: bool, now: datetime
) -> None:
    """Shared counts at once. That it is no more does not: events come late and out of order, and it
    may be shared with a third. It is asked."""
    channel = session.get(Channel, (workspace_id, text_at(event, "channel")))
    if channel is None or channel.is_shared == shared:
        return
    if shared:
        channel.is_shared = True
    else:
        channel.checked_at = LONG_AGO
    session.add(channel)
    note_sharing(session, workspace_id, channel.id, now=now)


def _change_channel(session: Session, workspace_id: str, channel_id: str, **changes: Any) -> None:
    session.exec(
        update(Channel)
        .where(col(Channel.workspace_id) == workspace_id, col(Channel.id) == channel_id)
        .values(**changes)
    )


def _upsert(
    session: Session,
    table: type[SQLModel],
    key: dict[str, str],
    values: dict[str, Any],
    *,
    at_first: dict[str, Any] | None = None,
) -> None:
    """Insert or overwrite; two who learn the same at once do not collide. `at_first`: for a new
    row, where `values` don't say."""
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    # What the insert does not name takes the column's own default.
    session.execute(
        make(table)
        .values(**{**(at_first or {}), **key, **values})
        .on_conflict_do_update(index_elements=list(key), set_=values)
    )
