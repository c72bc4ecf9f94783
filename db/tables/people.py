"""Workspaces, people, channels and who is in which: a copy of what Slack said, with its age."""

from datetime import datetime

from sqlmodel import Field

from db.tables.base import SQLModel


class Workspace(SQLModel, table=True):
    """The tenant: a team, or an Enterprise organisation, that has installed the bot."""

    id: str = Field(primary_key=True, max_length=32)
    name: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    installed_at: datetime
    """When a process that starts was last told by Slack that its token is good."""
    revoked_at: datetime | None = None
    crowded_at: datetime | None = None
    """When Slack last refused us a connection, having given out all it gives. See db/crowded.py."""
    away_until: datetime | None = None
    """On the machine's clock: until then we may have missed what Slack told. What was known of
    people and channels before is asked again when next used."""


class Person(SQLModel, table=True):
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    id: str = Field(primary_key=True, max_length=32)
    name: str = ""
    tz: str = ""
    """"": not known, so the seat's."""
    is_guest: bool = False
    is_external: bool = False
    is_admin: bool = False
    is_bot: bool = False
    deactivated: bool = False
    dm_channel_id: str | None = None
    checked_at: datetime


class Channel(SQLModel, table=True):
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    id: str = Field(primary_key=True, max_length=32)
    name: str = ""
    is_private: bool = False
    is_shared: bool = False
    is_archived: bool = False
    bot_is_member: bool = False
    people: int = 0
    checked_at: datetime


class Membership(SQLModel, table=True):
    """Whether a person is in a channel, as last heard. No row, or an old one: ask Slack."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    channel_id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(primary_key=True, max_length=32)
    is_member: bool = True
    checked_at: datetime
