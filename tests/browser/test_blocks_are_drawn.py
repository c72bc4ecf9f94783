"""Every block and element, words that look like markup, and what this page does not know."""

import json
import re
from types import SimpleNamespace
from typing import Any

from slack_sdk import WebClient

from playground import Playground
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

NASTY = "<img src=x onerror=alert(1)> <script>window.bad = 1</script> &amp; \"quoted\" 'too'"


def text(words: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": words}


def option(value: str) -> dict[str, Any]:
    return {"text": text(value.title(), "plain_text"), "value": value}


def button(action_id: str, words: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": text(words, "plain_text"), **more}


BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": text("A header :tada:", "plain_text")},
    {
        "type": "section",
        "text": text("*bold* _italic_ ~gone~ `code` <https://example.com|a link> :eyes:"),
        "fields": [text("*Who*\nAna"), text("*When*\nMonday")],
        "accessory": button("beside", "Beside"),
    },
    {"type": "context", "elements": [text("a note"), text("plain", "plain_text")]},
    {"type": "divider"},
    {
        "type": "actions",
        "elements": [
            button("a", "Go", style="primary"),
            button("b", "Stop", style="danger"),
            {"type": "overflow", "action_id": "c", "options": [option("first"), option("second")]},
            {
                "type": "static_select",
                "action_id": "d",
                "placeholder": text("Pick one", "plain_text"),
                "options": [option("red"), option("blue")],
            },
            {"type": "datepicker", "action_id": "e", "initial_date": "2026-03-12"},
        ],
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "offset": 2,
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "third"}]}
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted words"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "let x"}]},
        ],
    },
    {
        "type": "markdown",
        "text": "## A heading\n\n- **one**\n- two\n\n> said\n\n[away](https://e.com)",
    },
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Plan"}, {"type": "raw_text", "text": "Price"}],
            [{"type": "raw_text", "text": "Team"}, {"type": "raw_text", "text": "$49"}],
        ],
    },
]


def test_every_block_is_drawn(
    slack: Playground,
    client: WebClient,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    client.chat_postMessage(channel=place.pricing.id, text="all", blocks=BLOCKS[:-2])
    client.chat_postMessage(channel=place.pricing.id, text="more", blocks=BLOCKS[-2:])
    sam = visit(slack, place.sam)
    sam.go("pricing")
    middle = sam.page.locator("#middle")
    for selector, words in (
        (".block-header h3, h3.block-header", "A header"),
        (".block-section strong", "bold"),
        (".block-section em", "italic"),
        (".block-section s", "gone"),
        (".block-section code", "code"),
        (".block-section a[rel='noopener noreferrer']", "a link"),
        (".fields strong", "Who"),
        (".accessory button", "Beside"),
        (".block-context", "a note"),
        (".button.primary", "Go"),
        (".button.danger", "Stop"),
        ("ol[start='3'] li", "third"),
        ("blockquote", "quoted words"),
        ("pre", "let x"),
        (".block-markdown .heading", "A heading"),
        (".block-markdown li strong", "one"),
        ("th", "Plan"),
        ("td", "$49"),
    ):
        middle.locator(selector, has_text=words).first.wait_for()
    assert middle.locator("input[type=date]").input_value() == "2026-03-12"
    assert middle.get_by_role("combobox", name="Pick one").count() == 1
    assert middle.locator(".unknown").count() == 0


def html(visitor: Visitor, number: int) -> str:
    """How a message is built, counted from 0: tags without their attributes, but for links."""
    body = visitor.page.locator("#middle .message").nth(number).locator(".block").first
    raw = str(body.evaluate("node => node.innerHTML"))
    raw = re.sub(r'<a [^>]*?href="([^"]*)"[^>]*>', r"<a \1>", raw)
    return re.sub(r"<(span|div|code|pre|time|ul|ol|li|blockquote)\b[^>]*>", r"<\1>", raw)


MRKDWN = [
    ("one *bold* one_two_three", "<div>one <strong>bold</strong> one_two_three</div>"),
    ("two *a _b_ ~c~*", "<strong>a <em>b</em> <s>c</s></strong>"),
    ("three 2*3*4 a*b* snake_case_name", "three 2*3*4 a*b* snake_case_name"),
    ("four\n> said\n> more\nafter", "<blockquote>said<br>more</blockquote><div>after</div>"),
    ("five `*x*` ```\nlet *y*\n```", "<code>*x*</code> </div><pre><code>let *y*</code></pre>"),
    ("six <https://e.com/?a=1&amp;b=2|*here*>", "<a https://e.com/?a=1&amp;b=2><strong>here</stro"),
    ("seven <mailto:a@e.com>", "<a mailto:a@e.com>a@e.com</a>"),
    ("eight <@{ana}> <#{pricing}> <!here>", "<span>@Ana Lima</span> <a #{pricing}>#pricing</a> "),
    ("nine • one\n• two &lt;b&gt;", "nine • one<br>• two &lt;b&gt;"),
    ("ten :eyes: :no_such_sign: 10:30:45", "<span>👀</span> :no_such_sign: 10:30:45"),
    (
        "eleven <!date^0^{date_num}|long ago> <!date^0^{nope}|fallback>",
        "1970-01-01</time> <time>fal",
    ),
    ("twelve * not bold* _ nor this _", "twelve * not bold* _ nor this _"),
]


def test_mrkdwn_reads_as_in_slack(
    slack: Playground, client: WebClient, place: SimpleNamespace, visit: Visit
) -> None:
    ids = {"ana": place.ana.id, "pricing": place.pricing.id}

    def filled(words: str) -> str:
        return re.sub(r"{(ana|pricing)}", lambda m: ids[m[1]], words)

    for words, _ in MRKDWN:
        section = {"type": "section", "text": text(filled(words))}
        client.chat_postMessage(channel=place.pricing.id, text="x", blocks=[section])
    sam = visit(slack, place.sam)
    sam.go("pricing")
    for number, (words, wanted) in enumerate(MRKDWN):
        assert filled(wanted) in html(sam, number), words


def test_rich_text_is_drawn_with_styles_lists_mentions_and_links(
    slack: Playground, client: WebClient, place: SimpleNamespace, visit: Visit
) -> None:
    pieces = [
        {"type": "text", "text": "both", "style": {"bold": True, "italic": True}},
        {"type": "text", "text": "gone", "style": {"strike": True}},
        {"type": "text", "text": "code", "style": {"code": True}},
        {"type": "link", "url": "https://e.com", "text": "away"},
        {"type": "user", "user_id": place.ana.id},
        {"type": "channel", "channel_id": place.pricing.id},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "eyes"},
    ]
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "deep"}]}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": pieces},
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [item]},
        ],
    }
    client.chat_postMessage(channel=place.pricing.id, text="x", blocks=[block])
    sam = visit(slack, place.sam)
    sam.go("pricing")
    drawn = html(sam, 0)
    for wanted in (
        "<em><strong>both</strong></em>",
        "<s>gone</s>",
        "<code>code</code>",
        "<a https://e.com>away</a>",
        "<span>@Ana Lima</span>",
        f"<a #{place.pricing.id}>#pricing</a>",
        "<span>@here</span>",
        "<span>👀</span>",
        "<ul><li>deep</li></ul>",
    ):
        assert wanted in drawn
    assert sam.page.locator("ul.indent-1 li", has_text="deep").count() == 1
    sam.page.locator(".block a", has_text="#pricing").click()
    sam.page.locator("#place-name", has_text="#pricing").wait_for()


def test_what_is_not_known_is_a_box_with_its_name(
    slack: Playground,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    hologram = {"type": "hologram", "block_id": "h", "shape": "cube"}
    dial = {"type": "actions", "block_id": "d", "elements": [{"type": "dial", "action_id": "x"}]}
    place.sam.post(place.pricing, "odd", blocks=[hologram, dial])
    sam = visit(slack, place.sam)
    box = sam.page.locator(".unknown", has_text="hologram")
    box.wait_for()
    box.locator("summary").click()
    assert json.loads(box.locator("pre").inner_text()) == hologram
    sam.page.locator(".unknown", has_text="dial").wait_for()


def test_markup_and_script_in_words_stay_words(
    slack: Playground,
    client: WebClient,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    slack.add_person("<b>Bold Name</b>")
    client.chat_postMessage(channel=place.pricing.id, text=NASTY)
    client.chat_postMessage(
        channel=place.pricing.id,
        text="x",
        blocks=[
            {"type": "section", "text": text(NASTY)},
            {"type": "markdown", "text": NASTY + " [x](javascript:alert(1))"},
        ],
    )
    sam = visit(slack, place.sam)
    sam.write("<script>window.bad = 2</script> <b>not bold</b>")
    said = sam.message("not bold")
    said.wait_for()
    assert "<script>window.bad = 2</script> <b>not bold</b>" in said.inner_text()
    assert sam.page.evaluate("window.bad") is None
    assert sam.page.locator(".message script, .message img, .message b").count() == 0
    assert sam.page.locator("a[href^='javascript']").count() == 0
    assert sam.page.locator(".message", has_text="onerror=alert(1)").count() == 2


def test_times_are_in_the_readers_own_zone(
    slack: Playground,
    client: WebClient,
    place: SimpleNamespace,
    visit: Visit,
) -> None:
    when = int(slack.clock.now()) + 3600
    token = f"due <!date^{when}^{{date_short_pretty}} at {{time}}|some day>"
    client.chat_postMessage(channel=place.pricing.id, text=token)
    visitor = visit(slack, place.sam)
    assert "due today at 9:10 AM" in visitor.message("due").inner_text().replace("\u202f", " ")
    visitor.become("Ana Lima")
    visitor.go("pricing")
    assert "due today at 5:10 AM" in visitor.message("due").inner_text().replace("\u202f", " ")


def test_a_date_has_its_weekday_and_its_year_only_when_far_off(
    slack: Playground, client: WebClient, place: SimpleNamespace, visit: Visit
) -> None:
    """As Slack: the year is left out of what is less than six months away."""
    for days in (7, 365):
        when = int(slack.clock.now()) + days * 86400
        token = f"in {days}: <!date^{when}^{{date_long_pretty}}, {{date_short}}|some day>."
        client.chat_postMessage(channel=place.pricing.id, text=token)
    visitor = visit(slack, place.sam)
    visitor.go("pricing")
    assert "in 7: Saturday, November 29th, Nov 29." in visitor.message("in 7:").inner_text()
    far = "in 365: Sunday, November 22nd, 2026, Nov 22, 2026."
    assert far in visitor.message("in 365:").inner_text()
