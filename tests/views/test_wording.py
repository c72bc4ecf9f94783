"""What the templates make of values: escaped, flat, shortened after escaping, never cut in half."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.typed import one_line, seen
from bot.wording import NoSuchTemplate, Said, Wording, fit, size, spoken
from bot.written_out import Place

TEMPLATES = {
    "t.j2": """
{% block value %}*{{ value }}*{% endblock %}
{% block short %}{{ value | short(20) }}{% endblock %}
{% block quote %}{{ value | quote(60) }}{% endblock %}
{% block when %}{{ value | when }}{% endblock %}
{% block day %}{{ value | day }}{% endblock %}
{% block count %}{{ value | count("answer") }}{% endblock %}
{% block people %}{{ value | count("person", "people") }}{% endblock %}
{% block names %}{{ value | names(3) }}{% endblock %}
{% block first %}{{ value | first }}{% endblock %}
{% block link %}{{ link(url, value) }}{% endblock %}
{% block join %}{{ value | join(" · ") }}{% endblock %}
"""
}
HALF_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")


@pytest.fixture
def wording(tmp_path: Path) -> Wording:
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    return Wording(tmp_path)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("R&D <3", "*R&amp;D &lt;3*"),
        ("<!channel>", "*&lt;!channel&gt;*"),
        ('it\'s "so"', '*it\'s "so"*'),
        ("two\nlines", "*two lines*"),
        ("50*2*1", "*50∗2∗1*"),
        ("_so_ snake_case", "*ˍsoˍ snake_case*"),
        ("a\0b", "*ab*"),
        (Said("<https://x|y>"), "*<https://x|y>*"),
    ],
)
def test_a_value_is_escaped_and_flat(wording: Wording, value: str, said: str) -> None:
    assert wording.say("t.value", value=value) == said


def test_an_emoji_name_in_a_title_stays_letters(wording: Wording) -> None:
    said = wording.say("t.value", value=":tada: 9:30:00")
    assert re.search(r":[a-z0-9]+:", said) is None


def test_plain_text_is_not_escaped(wording: Wording) -> None:
    assert wording.plain("t.value", value="R&D <3") == "*R&D <3*"


def test_a_missing_value_is_a_bug_not_a_gap(wording: Wording) -> None:
    with pytest.raises(UndefinedError):
        wording.say("t.value")
    with pytest.raises(NoSuchTemplate):
        wording.say("t.nothing")


def test_a_name_in_braces_is_only_text(wording: Wording) -> None:
    assert wording.say("t.value", value="{{ 1 + 1 }}") == "*{{ 1 + 1 }}*"


@given(text=st.text(alphabet=st.sampled_from("&<>a🙂\n *"), max_size=200))
def test_shortened_text_fits_and_cuts_no_entity(text: str) -> None:
    wording = _wording()
    for key, most in (("t.short", 20), ("t.quote", 60)):
        said = wording.say(key, value=text)
        assert size(said) <= most
        assert HALF_ENTITY.search(said) is None
        assert not re.search(r"&(amp|lt|gt)?$", said)


@given(text=st.text(max_size=80), most=st.integers(2, 60))
def test_finished_text_is_cut_between_tokens(text: str, most: int) -> None:
    finished = "&amp;<https://x.example/a|b>" * 3 + one_line(text).replace("<", "").replace("&", "")
    said = fit(finished, most)
    assert size(said) <= most
    assert said.count("<") == said.count(">") or ">" in text
    assert HALF_ENTITY.search(said) is None


def test_a_quote_keeps_its_lines_behind_marks(wording: Wording) -> None:
    assert wording.say("t.quote", value="one\r\n\ntwo") == "> one\n> two"
    assert "```" not in wording.say("t.quote", value="```\nopen")
    flat = "> ∗no∗ ˍnoˍ <https://x.example/a_b> no"
    assert wording.say("t.quote", value="*no* _no_ https://x.example/a_b n\u200bo") == flat


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("p\u0430y\u200bpal", "p\u0430ypal"),
        ("\u202eevil\u2069", "evil"),
        ("a\u200db", "ab"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("Go\U000e0067\U000e0062", "Go"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
    ],
)
def test_what_nobody_sees_is_taken_out(typed: str, shown: str) -> None:
    assert seen(typed) == shown


def test_a_time_is_each_readers_own(wording: Wording) -> None:
    at = datetime(2027, 3, 4, 16, tzinfo=UTC)
    token = "<!date^1804176000^{date_long_pretty} at {time}|Thu 4 Mar, 16:00 UTC>"
    assert wording.say("t.when", value=at) == token
    assert wording.plain("t.when", value=at, tz="Asia/Tokyo") == "Fri 5 Mar, 01:00"


def test_a_day_has_its_weekday_or_its_year_when_that_is_another(wording: Wording) -> None:
    now = datetime(2027, 3, 4, tzinfo=UTC)
    assert wording.say("t.day", value=date(2027, 3, 12), now=now) == "Fri 12 Mar"
    assert wording.say("t.day", value=date(2028, 3, 12), now=now) == "12 Mar 2028"


def test_counting(wording: Wording) -> None:
    assert [wording.say("t.count", value=n) for n in (0, 1, 1200)] == [
        "0 answers", "1 answer", "1,200 answers",
    ]  # fmt: skip
    assert wording.say("t.people", value=212) == "212 people"


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Ben"], "Ana and Ben"),
        (["Ana", "Ben", "Cy", "Di"], "Ana, Ben and 2 more"),
    ],
)
def test_lists_of_names(wording: Wording, people: list[str], said: str) -> None:
    assert wording.say("t.names", value=people) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ana Lima", "Ana"),
        ("Dr. Kim", "Dr. Kim"),
        ("van Gogh", "van Gogh"),
        ("", ""),
        ("李 雷", "李 雷"),
    ],
)
def test_first_names(wording: Wording, name: str, said: str) -> None:
    assert wording.say("t.first", value=name) == said


def test_a_link_cannot_be_broken_out_of(wording: Wording) -> None:
    said = wording.say("t.link", url="https://a.example/x|y", value="a|b>c <@U1>")
    assert said == "<https://a.example/x%7Cy|a¦b&gt;c &lt;@U1&gt;>"
    assert wording.say("t.link", url="", value="a & b") == "a &amp; b"


def test_joined_parts_are_escaped_once(wording: Wording) -> None:
    parts = [Said("a &amp; b"), "c & d"]
    assert wording.say("t.join", value=parts) == "a &amp; b · c &amp; d"


def test_right_to_left_words_do_not_turn_the_line(wording: Wording) -> None:
    assert wording.say("t.value", value="שלום") == "*\u2068שלום\u2069*"
    assert wording.say("t.value", value="\u202eabc") == "*abc*"


def test_opening_emoji_are_not_read_aloud() -> None:
    assert spoken(":hourglass: Waiting\n:ear: Heard") == "Waiting\nHeard"


_MADE: list[Wording] = []


def _wording() -> Wording:
    """One for all examples of a property: a fixture is not made anew for each."""
    if not _MADE:
        from tempfile import mkdtemp

        folder = Path(mkdtemp())
        (folder / "t.j2").write_text(TEMPLATES["t.j2"])
        _MADE.append(Wording(folder))
    return _MADE[0]


@pytest.mark.parametrize(
    ("now", "tz", "day", "moment"),
    [
        ("2026-12-31T12:00", "UTC", "4 Jan 2027", "Mon 4 Jan 2027, 17:00"),
        ("2027-01-01T12:00", "UTC", "Mon 4 Jan", "Mon 4 Jan, 17:00"),
        # New Year was eight hours ago in Tokyo, and comes in five hours in New York.
        ("2026-12-31T23:00", "Asia/Tokyo", "Mon 4 Jan", "Tue 5 Jan, 02:00"),
        ("2027-01-01T00:00", "America/New_York", "4 Jan 2027", "Mon 4 Jan 2027, 12:00"),
    ],
)
def test_what_is_next_year_says_so(
    wording: Wording, now: str, tz: str, day: str, moment: str
) -> None:
    facts = {"now": datetime.fromisoformat(now).replace(tzinfo=UTC), "tz": tz}
    assert wording.say("t.day", value=date(2027, 1, 4), **facts) == day
    at = datetime(2027, 1, 4, 17, tzinfo=UTC)
    assert wording.plain("t.when", value=at, **facts) == moment
    token = str(wording.say("t.when", value=at, **facts))
    assert ("2027" in token) == (now < "2027")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("see https://a.example/b?c=1&d=2.", "see <https://a.example/b?c=1&amp;d=2>."),
        ("(https://a.example/~ana/*x_)", "(<https://a.example/~ana/*x>ˍ)"),
        ("<https://a.example|click>", "&lt;<https://a.example>|click&gt;"),
        ("https://a.example, https://b.example", "<https://a.example>, <https://b.example>"),
        ("http://", "http://"),
        ("@here #general @ana", "@here #general @ana"),
        ("https://a.example/" + "x" * 600, "https://a.example/" + "x" * 81 + "…"),
    ],
)
def test_an_address_is_written_out_and_nothing_else_is(
    wording: Wording, typed: str, written: str
) -> None:
    """Slack is told to link nothing by itself."""
    environment = wording._mrkdwn.from_string("{{ value | short(100) }}")
    assert environment.render(value=typed) == written
    assert wording._plain.from_string("{{ value | short(700) }}").render(
        value="https://a.example/b"
    ) == ("https://a.example/b")


def test_an_address_is_shown_whole_or_not_at_all(wording: Wording) -> None:
    for most in range(2, 60):
        text = wording._mrkdwn.from_string("{{ value | short(most) }}")
        said = text.render(value="On https://a.example/some/page you see it", most=most)
        assert size(said) <= most
        assert ("<https://a.example/some/page>" in said) or ("https" not in said)


def test_no_link_stands_in_a_link(wording: Wording) -> None:
    said = wording._mrkdwn.from_string("{{ link(url, title | short(90)) }}")
    words = said.render(url="https://acme.slack.com/x", title="Move https://a.example off")
    assert words == "<https://acme.slack.com/x|Move https://a.example off>"


def test_a_channel_is_a_link_where_its_id_is_known(wording: Wording) -> None:
    for environment, channel, shown in (
        (wording._mrkdwn, Place("pricing", "C1"), "<#C1|pricing>"),
        (wording._mrkdwn, "pricing", "#pricing"),
        (wording._plain, Place("pricing", "C1"), "#pricing"),
        (wording._mrkdwn, Place("a|<!here>", "C1"), "<#C1|a¦&lt;!here&gt;>"),
    ):
        assert environment.from_string("{{ c | place }}").render(c=channel) == shown
