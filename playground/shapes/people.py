"""A person as `users.info`, `user_change` and `team_join` show one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playground.state.records import Json, PersonRecord, TeamRecord


def user_shape(person: PersonRecord, now: float) -> Json:
    moment = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(person.tz))
    offset = moment.utcoffset()
    first, _, last = person.real_name.partition(" ")
    shape: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": {
            "title": "",
            "phone": "",
            "skype": "",
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.display_name,
            "display_name_normalized": person.display_name,
            "first_name": first,
            "last_name": last,
            "status_text": person.status_text,
            "status_emoji": person.status_emoji,
            "status_emoji_display_info": [],
            "status_expiration": person.status_expiration,
            "avatar_hash": "0" * 12,
            "team": person.team_id,
            **{
                f"image_{n}": f"https://avatars.invalid/{person.id}_{n}.png"
                for n in (24, 32, 48, 72)
            },
        },
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.bot_id is not None:
        shape["profile"]["bot_id"] = person.bot_id
    if person.deleted:
        return shape
    shape |= {
        "color": "9f69e7",
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": moment.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_guest or person.is_single_channel_guest,
        "is_ultra_restricted": person.is_single_channel_guest,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    if person.is_stranger:
        shape["is_stranger"] = True
    return shape


def who_pressed(person: PersonRecord) -> Json:
    """The `user` of an interaction."""
    return {
        "id": person.id,
        "username": person.name,
        "name": person.name,
        "team_id": person.team_id,
    }


def where_pressed(team: TeamRecord) -> Json:
    return {"id": team.id, "domain": team.domain}
