"""Secrets as people paste them: what is around them is left out, what is wrong is named."""

import pytest

from bot.credentials import find_wrong_credentials
from bot.settings import Settings
from playground import Playground
from tests.cli.conftest import Run, told

BOT = "xoxb-1234567890-1234567890-abcdefABCDEF"
APP = "xapp-1-A0123456789-1234567890-abcdef0123456789"
SECRET = "0123456789abcdef0123456789abcdef"


def settings(bot: str = BOT, app: str = "", secret: str = SECRET) -> Settings:
    return Settings(
        _env_file=None, slack_bot_token=bot, slack_app_token=app, slack_signing_secret=secret
    )


@pytest.mark.parametrize(
    "around",
    ["{}", " {} ", "{}\n", "{}\r\n", "\t{}", '"{}"', "'{}'", '" {} "', "“{}”", "\ufeff{}",
     "{}\u200b", "`{}`", "„{}“", "\u00a0{}\u00a0"],
)  # fmt: skip
def test_what_copying_leaves_around_a_secret_is_left_out(around: str) -> None:
    pasted = settings(around.format(BOT), around.format(APP), around.format(SECRET))
    assert pasted.slack_bot_token.get_secret_value() == BOT
    assert pasted.slack_app_token.get_secret_value() == APP
    assert pasted.slack_signing_secret.get_secret_value() == SECRET
    assert find_wrong_credentials(pasted) == []


def test_other_values_are_taken_as_they_were_meant_too() -> None:
    meant = Settings(_env_file=None, port=" 3001\r\n", host='"0.0.0.0"',
                     database_url=" 'sqlite:///here.db'\n", log_level="debug ")  # fmt: skip
    assert (meant.port, meant.host, meant.log_level) == (3001, "0.0.0.0", "debug")
    assert meant.database_url == "sqlite:///here.db"


@pytest.mark.parametrize(
    ("bot", "app", "secret", "says"),
    [
        (APP, BOT, "", "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are in each other's place"),
        (APP, "", SECRET, "SLACK_BOT_TOKEN holds an app-level token"),
        ("xoxp-1234567890-abcdef", "", SECRET, "SLACK_BOT_TOKEN holds a person's token"),
        ("xoxe.xoxb-1-abcdef", "", SECRET, "SLACK_BOT_TOKEN holds a token that ends after"),
        (BOT, BOT, "", "SLACK_APP_TOKEN holds a bot's token"),
        ("xoxb-your-token", "", SECRET, "SLACK_BOT_TOKEN still holds a placeholder"),
        ("xoxb-…", "", SECRET, "SLACK_BOT_TOKEN still holds a placeholder"),
        ("<token>", "", SECRET, "SLACK_BOT_TOKEN still holds a placeholder"),
        ("xoxb-", "", SECRET, "SLACK_BOT_TOKEN is not whole"),
        (SECRET, "", SECRET, "SLACK_BOT_TOKEN is not whole, or something else"),
        (BOT[:9] + " " + BOT[9:], "", SECRET, "SLACK_BOT_TOKEN has a space"),
        (BOT, "xapp-...", "", "SLACK_APP_TOKEN still holds a placeholder"),
        (BOT, "", APP, "SLACK_SIGNING_SECRET holds an app-level token"),
        (BOT, "", BOT, "SLACK_SIGNING_SECRET holds a bot's token"),
        (BOT, "", "your-signing-secret", "SLACK_SIGNING_SECRET still holds a placeholder"),
        (BOT, "", SECRET[:-1], "SLACK_SIGNING_SECRET is not whole"),
        (BOT, "", "1234567890.1234567890", "SLACK_SIGNING_SECRET is not whole"),
    ],
)
def test_one_that_is_wrong_is_named_in_one_sentence(
    bot: str, app: str, secret: str, says: str
) -> None:
    (said,) = find_wrong_credentials(settings(bot, app, secret))
    assert said.startswith(says)
    for value in (bot, app, secret):
        assert len(value) < 12 or value not in said


@pytest.mark.parametrize(("app", "secret"), [(APP, ""), (APP, "anything"), ("", SECRET)])
def test_what_is_not_looked_at_is_not_judged(app: str, secret: str) -> None:
    assert find_wrong_credentials(settings(BOT, app, secret)) == []


def test_the_practice_workspaces_own_are_right() -> None:
    with Playground() as slack:
        for app in ("", slack.app_token):
            own = settings(slack.bot_token, app, slack.signing_secret)
            assert find_wrong_credentials(own) == []


def test_serve_and_doctor_say_so_and_ask_slack_nothing(
    run: Run, slack: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SLACK_BOT_TOKEN", slack.app_token), ("SLACK_APP_TOKEN", slack.bot_token),
                        ("SLACK_API_URL", slack.api_url)):  # fmt: skip
        monkeypatch.setenv(name, value)
    result = run("serve")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "in each other's place" in result.stderr
    findings = told(run("doctor", "--json"))["findings"]
    (wrong,) = [f for f in findings if f["check"] == "credentials"]
    assert "in each other's place" in wrong["says"]
    assert slack.wire.calls() == []
