"""deploy/manifest.yaml asks Slack for what the code uses, and for nothing else."""

import ast
import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from bot.slack.scopes import SCOPES
from bot.views import names
from tests.habits.test_names import registered

ROOT = Path(__file__).parents[2]

CHANNELS = {"channels:read", "groups:read"}
HISTORY = {"channels:history", "groups:history", "im:history"}

# From each method's page in docs.slack.dev/reference/methods, for what we use it for.
SCOPES_OF_METHOD: dict[str, set[str]] = {
    "apps_connections_open": set(),  # the app-level token's
    "auth_test": set(),
    "blocks_validate": set(),
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": HISTORY,
    "conversations_info": CHANNELS,
    "conversations_join": {"channels:join"},
    "conversations_members": CHANNELS,
    "conversations_open": {"im:write"},
    "conversations_replies": HISTORY,
    "reactions_add": {"reactions:write"},
    "reactions_remove": {"reactions:write"},
    "users_conversations": CHANNELS,
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}

# From each event's page in docs.slack.dev/reference/events.
SCOPES_OF_EVENT: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_id_changed": CHANNELS,
    "channel_left": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_shared": CHANNELS,
    "channel_unarchive": {"channels:read"},
    "channel_unshared": CHANNELS,
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "group_left": {"groups:read"},
    "group_rename": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": CHANNELS,
    "member_left_channel": CHANNELS,
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "team_join": {"users:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}

ACKNOWLEDGED_ONLY = {"app_home_opened", "app_uninstalled", "tokens_revoked"}
"""Asked for ahead of the features that will use them: a new event needs no new consent then."""

_METHOD = re.compile(r"(?:apps|auth|blocks|bots|chat|conversations|dnd|files|pins|reactions|search"
                     r"|team|usergroups|users|views)_[a-zA-Z_]+")  # fmt: skip


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "deploy" / "manifest.yaml")
    return loaded


def methods_called() -> set[str]:
    """The Web API methods that the bot calls on a client."""
    return {
        node.func.attr
        for path in (ROOT / "bot").rglob("*.py")
        if "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and _METHOD.fullmatch(node.func.attr)
    }


def test_every_method_we_call_is_known_with_its_scopes() -> None:
    assert methods_called() - SCOPES_OF_METHOD.keys() == set()


def test_the_scopes_are_those_that_methods_events_and_commands_need(
    manifest: dict[str, Any],
) -> None:
    needed = {"commands"}
    for method in methods_called():
        needed |= SCOPES_OF_METHOD[method]
    for event in manifest["settings"]["event_subscriptions"]["bot_events"]:
        needed |= SCOPES_OF_EVENT[event]
    scopes = manifest["oauth_config"]["scopes"]
    assert list(scopes) == ["bot"]
    assert sorted(scopes["bot"]) == sorted(needed)
    assert sorted(scopes["bot"]) == sorted(SCOPES)  # what the doctor looks for


def test_the_page_for_admins_gives_the_reason_of_each_scope(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "security.md").read_text()
    rows = re.findall(r"^\| (`[a-z]+(?::[a-z]+)?`(?:, `[a-z:]+`)*) \|", page, re.MULTILINE)
    told = [scope for row in rows for scope in re.findall(r"`([^`]+)`", row)]
    assert sorted(told) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def test_every_event_asked_for_is_heard(manifest: dict[str, Any]) -> None:
    asked = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert len(asked) == len(set(asked))
    heard = {name for name in registered().heard["event"] if isinstance(name, str)}
    assert heard <= {event.partition(".")[0] for event in asked}
    assert {event for event in asked if event.partition(".")[0] not in heard} <= ACKNOWLEDGED_ONLY


def test_the_commands_are_those_that_are_handled(manifest: dict[str, Any]) -> None:
    listed = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert sorted(listed) == sorted(registered().heard["command"])
    assert sorted(listed) == sorted([names.PROPOSE_COMMAND, names.SEAT_COMMAND])


def test_the_shortcuts_are_those_that_are_handled(manifest: dict[str, Any]) -> None:
    listed = [shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]]
    assert sorted(listed) == sorted(registered().heard["shortcut"])


def test_the_hint_of_the_seat_s_command_names_every_word(manifest: dict[str, Any]) -> None:
    from bot.handlers.customer_seat import WORDS

    commands = {c["command"]: c for c in manifest["features"]["slash_commands"]}
    hint = commands[names.SEAT_COMMAND]["usage_hint"]
    said = {part.split()[0] for part in hint.split(", ")}
    assert said == {*WORDS, "setup", "help"}


def test_slack_takes_the_manifest(manifest: dict[str, Any]) -> None:
    """By Slack's own schema: tests/habits/manifest_schema/README.md says where it is from."""
    assert [error.message for error in schema().iter_errors(manifest)] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("display_information", "name"), "x" * 36),
        (("display_information", "description"), "x" * 141),
        (("display_information", "long_description"), "too short"),
        (("features", "bot_user", "display_name"), "x" * 81),
        (("features", "shortcuts", 0, "type"), "button"),
        (("features", "slash_commands", 0, "command"), "no-slash"),
        (("settings", "event_subscriptions", "bot_events"), ["team_join", "team_join"]),
        (("settings", "socket_mode"), True),
    ],
)
def test_slack_s_schema_refuses_what_is_wrong(
    manifest: dict[str, Any], path: tuple[str | int, ...], wrong: object
) -> None:
    """So that the test above can fail."""
    changed = deepcopy(manifest)
    where: Any = changed
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = wrong
    assert [*schema().iter_errors(changed)]


def test_commands_are_named_as_slack_lets_them_be(manifest: dict[str, Any]) -> None:
    """The schema takes more: capitals and spaces, which Slack's form refuses."""
    for command in manifest["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z-]{1,31}", command["command"])


def test_the_page_for_admins_gives_the_reason_of_each_event(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "security.md").read_text()
    _, _, rest = page.partition("| event | why |")
    table, _, _ = rest.partition("\n\n")
    told = re.findall(r"`([a-z_.]+)`", "".join(row.split("|")[1] for row in table.split("\n")[2:]))
    assert sorted(told) == sorted(manifest["settings"]["event_subscriptions"]["bot_events"])


def schema() -> jsonschema.Draft7Validator:
    path = Path(__file__).parent / "manifest_schema" / "manifest.schema.1.0.0.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text()))


def test_it_is_for_one_workspace_over_socket_mode_with_lasting_tokens(
    manifest: dict[str, Any],
) -> None:
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["org_deploy_enabled"] is False
    assert settings["token_rotation_enabled"] is False
