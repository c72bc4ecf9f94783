"""users.info, users.list, team.info."""

from playground.shapes.people import user_shape
from playground.state.records import Json
from playground.web_api.call import Call
from playground.web_api.paging import page


def info(call: Call) -> Json:
    call.need_scope("users:read")
    with call.world.lock:
        person = call.team.people.get(call.get("user"))
        if person is None:
            call.fail("user_not_found")
        shape = user_shape(person, call.world.clock.now())
        if call.get("include_locale"):
            shape["locale"] = "en-US"
        return {"user": shape}


def list_(call: Call) -> Json:
    call.need_scope("users:read")
    with call.world.lock:
        now = call.world.clock.now()
        own = [p for p in call.team.people.values() if not p.is_stranger]
        found, cursor = page(call, own, default=200, most=1000)
        return {
            "members": [user_shape(person, now) for person in found],
            "cache_ts": int(now),
            "response_metadata": {"next_cursor": cursor},
        }


def team_info(call: Call) -> Json:
    call.need_scope("team:read")
    team = call.team
    if call.get("team") not in (None, team.id):
        call.fail("team_not_found")
    icon = {"image_default": True, "image_34": "https://avatars.invalid/team_34.png"}
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "email_domain": "",
            "url": f"https://{team.domain}.slack.com/",
            "icon": icon,
        }
    }
