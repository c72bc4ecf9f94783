"""auth.test, api.test, apps.connections.open, oauth.v2.access: the app itself."""

from playground.state.records import Json
from playground.web_api.answers import SlackError
from playground.web_api.call import Call


def auth_test(call: Call) -> Json:
    team = call.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": team.people[team.bot_user].name,
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    if call.get("error"):
        raise SlackError(str(call.get("error")), args=dict(call.arguments))
    return {"args": dict(call.arguments)} if call.arguments else {}


def connections_open(call: Call) -> Json:
    base = "ws" + call.world.url.removeprefix("http")  # https becomes wss
    ticket = call.sockets.new_ticket()
    return {"url": f"{base}/link/?ticket={ticket}&app_id={call.world.app_id}"}


def oauth_access(call: Call) -> Json:
    world = call.world
    if call.get("client_id") not in (None, world.client_id):
        call.fail("invalid_client_id")
    if call.get("client_secret") not in (None, world.client_secret):
        call.fail("bad_client_secret")
    with world.lock:
        team_id = world.codes.pop(call.get("code") or "", None)
        if team_id is None:
            call.fail("invalid_code")
        team = world.teams[team_id]
        team.token_trouble = None
        installer = next((p.id for p in team.people.values() if not p.is_bot), team.bot_user)
        return {
            "access_token": team.bot_token,
            "token_type": "bot",
            "scope": ",".join(team.scopes),
            "bot_user_id": team.bot_user,
            "app_id": world.app_id,
            "team": {"id": team.id, "name": team.name},
            "enterprise": None,
            "authed_user": {"id": installer},
            "is_enterprise_install": False,
        }
