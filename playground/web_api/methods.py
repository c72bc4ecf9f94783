"""Every Web API method the stand-in knows, and the scopes one needs before anything else."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.state.records import Json
from playground.web_api import apps, blocks, chat, conversations, reactions, users, views
from playground.web_api.call import Call

Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    handler: Handler
    scope: str | None = None
    token: str = "bot"
    """bot, app or none."""


METHODS: dict[str, Method] = {
    "api.test": Method(apps.api_test, token="none"),
    "auth.test": Method(apps.auth_test),
    "apps.connections.open": Method(apps.connections_open, token="app"),
    "oauth.v2.access": Method(apps.oauth_access, token="none"),
    "blocks.validate": Method(blocks.validate),
    "team.info": Method(users.team_info),
    "chat.postMessage": Method(chat.post, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.getPermalink": Method(chat.permalink),
    "conversations.open": Method(conversations.open_),
    "conversations.info": Method(conversations.info),
    "conversations.join": Method(conversations.join),
    "conversations.members": Method(conversations.members),
    "conversations.list": Method(conversations.list_),
    "conversations.history": Method(conversations.history),
    "conversations.replies": Method(conversations.replies),
    "users.info": Method(users.info, "users:read"),
    "users.list": Method(users.list_, "users:read"),
    "users.conversations": Method(conversations.of_user),
    "reactions.add": Method(reactions.add, "reactions:write"),
    "reactions.remove": Method(reactions.remove, "reactions:write"),
    "reactions.get": Method(reactions.get, "reactions:read"),
    "views.open": Method(views.open_),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
}
