"""A page that was left open goes on when a kept workspace starts again."""

from typing import TYPE_CHECKING, Any

from slack_bolt import App

from playground import HandClock, Playground, read_kept
from tests.browser.forms import FIELDS, let_a_command_open, modal
from tests.browser.visitor import open_visitor
from tests.playground.bot_in_a_thread import ListeningBot, build_bolt_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Sent = list[dict[str, Any]]


def listen(slack: Playground, sent: Sent) -> ListeningBot:
    """Bots don't outlive the process either: a new one takes what the form sends."""
    app: App = build_bolt_app(slack)
    let_a_command_open(app, modal("A form", FIELDS[:2]))

    @app.view("form")
    def take(ack: Any, view: Any) -> None:
        sent.append(view["state"]["values"])
        ack()

    bot = ListeningBot(app)
    slack.deliver_to(bot.address)
    return bot


def test_a_form_that_was_being_filled_in_is_sent_after_the_restart(
    browser: "Browser",
) -> None:
    texts: list[str] = []
    sent: Sent = []
    with Playground(clock=HandClock(), keep=texts.append) as slack:
        sam = slack.add_person("Sam Ortiz")
        slack.add_channel("pricing", members=[sam], bot_in=True)
        bot = listen(slack, sent)
        # Not `visit`, which forbids errors: a page whose server goes has some to tell.
        visitor = open_visitor(browser, slack, sam)
        visitor.write("/form")
        visitor.fill("title", "Half a title")
        bot.close()
    visitor.page.locator("#lost").wait_for()
    kept = read_kept(texts[-1])
    with Playground(clock=HandClock(kept.now), kept=kept) as again:
        bot = listen(again, sent)
        visitor.page.locator("#lost").wait_for(state="hidden")
        assert visitor.block("title").locator("input").input_value() == "Half a title"
        visitor.submitted()
        bot.close()
    visitor.page.context.close()
    assert [values["title"]["value"]["value"] for values in sent] == ["Half a title"]
