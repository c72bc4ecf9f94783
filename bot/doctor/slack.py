"""Whether Slack takes the tokens, what they may do, and how Slack reaches the bot."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.credentials import find_wrong_credentials
from bot.doctor.finding import Finding, State
from bot.settings import Settings
from bot.slack.client import Clients
from bot.slack.scopes import SCOPES


def look_at_slack(settings: Settings) -> Iterator[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        yield Finding("slack", State.FAIL, "There is no SLACK_BOT_TOKEN.", "README, step 4.")
        return
    wrong = find_wrong_credentials(settings)
    if wrong:  # Slack would say no more than that it refuses them
        do = "Correct them in the environment or in .env; README, step 4, says where each is found."
        yield Finding("credentials", State.FAIL, " ".join(wrong), do)
        return
    yield Finding("credentials", State.OK, "They look like what they should be.")
    try:
        with closing(Clients(lambda _: token, settings.slack_api_url)) as clients:
            answer = clients.of("").auth_test()
    except SlackApiError as error:
        says = f"Slack refuses SLACK_BOT_TOKEN: {_code(error)}."
        yield Finding("slack", State.FAIL, says, "Take the token from OAuth & Permissions anew.")
        return
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        says = f"{settings.slack_api_url} cannot be reached: {type(error).__name__}."
        yield Finding("slack", State.FAIL, says, "Is there a way out to Slack from this machine?")
        return
    yield Finding("slack", State.OK, f"{answer.get('team')} answers, to {answer.get('user')}.")
    yield judge_scopes({k.lower(): v for k, v in answer.headers.items()}.get("x-oauth-scopes"))
    yield _look_at_the_way_in(settings)


def judge_scopes(told: str | None) -> Finding:
    """`told`: Slack's X-OAuth-Scopes, the token's scopes with commas between."""
    check = "scopes"
    if told is None:
        return Finding(check, State.WARN, "Slack does not say which scopes the token has.")
    missing = sorted(SCOPES - {scope.strip() for scope in told.split(",")})
    if not missing:
        return Finding(check, State.OK, "The token may do all that is needed.")
    # It may not write at all, or what it lacks shows only where it is needed.
    state = State.FAIL if "chat:write" in missing else State.WARN
    do = "Put deploy/manifest.yaml into the app's settings and install it again."
    return Finding(check, state, f"Missing: {', '.join(missing)}.", do, {"missing": missing})


def _look_at_the_way_in(settings: Settings) -> Finding:
    check = "deliveries in"
    app_token = settings.slack_app_token.get_secret_value()
    if not app_token:
        if settings.slack_signing_secret.get_secret_value():
            return Finding(check, State.OK, f"HTTP, on port {settings.port}.")
        do = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
        return Finding(check, State.FAIL, "Slack has no way to tell the bot anything.", do)
    try:
        with closing(Clients(lambda _: app_token, settings.slack_api_url)) as clients:
            clients.of("").apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        do = "Make an app-level token with connections:write, and switch Socket Mode on."
        return Finding(check, State.FAIL, f"Slack refuses SLACK_APP_TOKEN: {_code(error)}.", do)
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        return Finding(check, State.FAIL, f"No answer for Socket Mode: {type(error).__name__}.")
    return Finding(check, State.OK, "Socket Mode can be connected.")


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error") if hasattr(error.response, "get") else "no answer")
