"""Every sentence a person reads: Jinja2 templates, rendered safe for Slack.

A file of templates/ is one message, a `{% block %}` in it one sentence of that message:
`wording.say("card.title", …)` renders block `title` of card.j2. No structure and no rules here.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.listed import in_a_row
from bot.typed import clean, flat, one_line, seen
from bot.written_out import MOST_ADDRESS, Place, split_addresses, without_links
from seat.called import called
from seat.zones import read_zone

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""All that Slack wants escaped, and nothing else."""
ONE_LINE = 500
"""How much of a value is shown where its template does not say."""
ELLIPSIS = "…"

_OPENING_EMOJI = re.compile(r"^ *:[a-z0-9_+-]+: ", re.MULTILINE)
_PIECES = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|.", re.DOTALL)


class Said(str):
    """Text that is already fit for Slack: not escaped again when put into another template."""

    __slots__ = ()


class Plain(str):
    """A sentence for a plain_text, the words in it made flat. It is not escaped."""

    __slots__ = ()


class NoSuchTemplate(LookupError):
    """A key with no block in templates/: a bug, not something a person did."""


class Wording:
    """The templates of one folder. `say` is for mrkdwn, `plain` for plain_text elements."""

    def __init__(self, folder: Path) -> None:
        self._mrkdwn = _make_environment(folder, escape=True)
        self._plain = _make_environment(folder, escape=False)

    def say(self, key: str, /, **values: Any) -> Said:
        """The sentence `key`, every value escaped; for sections, contexts and `text`."""
        return self._render(self._mrkdwn, key, values)

    def plain(self, key: str, /, **values: Any) -> Plain:
        """The sentence `key` for buttons, titles, labels, options: Slack unescapes none there."""
        return Plain(self._render(self._plain, key, values))

    def keys(self) -> list[str]:
        """Every key there is."""
        names = sorted(self._mrkdwn.list_templates(extensions=["j2"]))
        return [
            f"{name.removesuffix('.j2')}.{block}"
            for name in names
            for block in self._mrkdwn.get_template(name).blocks
        ]

    def _render(self, environment: Environment, key: str, values: dict[str, Any]) -> Said:
        name, _, part = key.partition(".")
        template = environment.get_template(f"{name}.j2")
        if part not in template.blocks:
            raise NoSuchTemplate(key)
        return Said("".join(template.blocks[part](template.new_context(values))).strip())


def size(text: str) -> int:
    """Length as Slack may count it: an emoji beyond the first plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, most: int) -> Said:
    """Finished mrkdwn cut to `most`, with no entity, link or date token cut in half."""
    return Said(text if size(text) <= most else _cut(_PIECES.findall(text), most))


def fit_plain(text: str, most: int) -> str:
    """Plain text cut to `most`: nothing in it is more than one letter."""
    return text if size(text) <= most else _cut(text[:most], most)


def spoken(text: str) -> Said:
    """A finished sentence without the emoji it opens with, for those who listen to it."""
    return Said(_OPENING_EMOJI.sub("", text))


def escape(text: str) -> str:
    return "".join(ENTITIES.get(letter, letter) for letter in text)


def _make_environment(folder: Path, *, escape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a file looked at for every sentence is time taken from the answer
        autoescape=False,  # HTML's; Slack's own is done by `finalize`
        finalize=partial(_finished, escaped=escape),
    )
    environment.filters |= {
        "short": partial(_short, escaped=escape),
        "quote": partial(_quote, escaped=escape),
        "when": _when_token if escape else _when_read,
        "place": partial(_place, escaped=escape),
        "day": _day,
        "count": _count,
        "names": partial(_names, escaped=escape),
        "first": partial(_first_name, escaped=escape),
        "join": partial(_join, escaped=escape),
        # What stands on a button: bold where there is bold.
        "button": lambda label: Said(f"*{label}*" if escape else f'"{label}"'),
    }
    environment.globals["link"] = _link if escape else lambda _url, label: label
    return environment


def _finished(value: object, *, escaped: bool) -> object:
    return value if isinstance(value, Said) else _short(value, escaped=escaped)


def _short(value: object, most: int = ONE_LINE, *, escaped: bool) -> Said:
    """One line of at most `most`, counted after escaping."""
    if isinstance(value, Said):
        return fit(value, most)
    # However much was typed, no line shows more than a few hundred letters of it.
    return _limited(one_line(str(value)[: 5 * most + 1000]), most, escaped, turn_safe=True)


def _place(name: str, *, escaped: bool) -> Said:
    """`#pricing`. Slack links no name by itself in what we send: a link is written out."""
    words = _short(name, 90, escaped=escaped)
    if escaped and isinstance(name, Place):
        return Said(f"<#{name.id}|{without_links(words)}>")
    return Said(f"#{words}")


def _join(parts: Sequence[object], between: str = ", ", *, escaped: bool) -> Said:
    """The parts in a row; what was said already stays as it is, the rest is made safe."""
    return Said(between.join(str(_finished(part, escaped=escaped)) for part in parts))


def _quote(value: object, most: int = 2000, *, escaped: bool) -> Said:
    """Lines as they were written, each behind `> `; the marks count."""
    text = flat(seen(clean(str(value))).strip())
    lines = [line for line in text.split("\n") if line.strip()] or [" "]
    shown = _limited("\n".join(lines), most, escaped, line_costs=2 if escaped else 0)
    return Said("\n".join(f"> {line}" for line in shown.split("\n"))) if escaped else shown


def _limited(
    text: str, most: int, escaped: bool, *, turn_safe: bool = False, line_costs: int = 0
) -> Said:
    isolate = turn_safe and _reads_right_to_left(text)
    # Past `most` nothing can be shown, so nothing is looked at: 40,000 letters cost as little.
    pieces = _escaped_pieces(text[: most + MOST_ADDRESS + 1]) if escaped else [*text[: most + 1]]
    costs = line_costs * text[: most + 1].count("\n") + (line_costs if text else 0)
    room = most - (2 if isolate else 0)
    if sum(map(size, pieces)) + costs > room:
        shown = _cut(pieces, room, line_costs=line_costs)
    else:
        shown = "".join(pieces)
    # First-strong isolate: right-to-left words do not turn the rest of the line around.
    return Said(f"\u2068{shown}\u2069" if isolate else shown)


def _escaped_pieces(text: str) -> list[str]:
    """What may not be cut in half; a web address is written out as a link, and shows itself."""
    pieces: list[str] = []
    for part, whole in split_addresses(text):
        pieces += [f"<{escape(part)}>"] if whole else [ENTITIES.get(c, c) for c in part]
    return pieces


def _cut(pieces: Sequence[str], most: int, *, line_costs: int = 0) -> str:
    kept: list[str] = []
    left = most - 1 - line_costs
    for piece in pieces:
        left -= size(piece) + (line_costs if piece == "\n" else 0)
        if left < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + ELLIPSIS


def _reads_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text[:ONE_LINE])


@pass_context
def _when_token(context: Context, value: datetime) -> Said:
    """A time as each reader's own clock shows it."""
    day = _dated(value.date(), _year_of(context, "UTC"))
    fallback = f"{value:%a} {day}, {value:%H:%M} UTC"
    return Said(f"<!date^{int(value.timestamp())}^{{date_long_pretty}} at {{time}}|{fallback}>")


@pass_context
def _when_read(context: Context, value: datetime) -> str:
    zone = _zone_of(context)
    there = value.astimezone(read_zone(zone))
    return f"{there:%a} {_dated(there.date(), _year_of(context, zone))}, {there:%H:%M}"


@pass_context
def _day(context: Context, value: date) -> str:
    """`Thu 12 Mar`, or `12 Mar 2024` where it is not this year. A day is a day in every zone, and
    which year it is depends on whose day it is now.

    The same tomorrow as today: what shows a day is not redrawn because the day has come.
    """
    this_year = _year_of(context, _zone_of(context))
    words = _dated(value, this_year or 0)
    return f"{value:%a} {words}" if value.year == this_year else words


def _zone_of(context: Context) -> str:
    return str(context.get("tz") or "UTC")


def _year_of(context: Context, zone: str) -> int | None:
    """This year there; None where nobody says what time it is."""
    now = context.get("now")
    return now.astimezone(read_zone(zone)).year if isinstance(now, datetime) else None


def _dated(value: date, this_year: int | None) -> str:
    """`12 Mar`, with its year when that is another."""
    words = _day_words(value)
    return words if this_year in (None, value.year) else f"{words} {value.year}"


def _day_words(value: date) -> str:
    return f"{value.day} {value:%b}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _names(people: Sequence[str], most: int = 8, joint: str = "and", *, escaped: bool) -> Said:
    return Said(in_a_row([_short(name, 80, escaped=escaped) for name in people], most, joint))


def _first_name(name: str, *, escaped: bool) -> Said:
    """What people are called to their face: `Ana` for Ana Lima, the whole name where unsure."""
    return _short(called(name), 80, escaped=escaped)


def _link(url: str, label: object) -> Said:
    """`<url|label>`; the label alone while there is no address yet."""
    words = _short(label, escaped=True)
    if not url:
        return words
    address = escape(clean(url)).replace("|", "%7C").replace(" ", "%20").replace("\n", "")
    return Said(f"<{address}|{without_links(words)}>")
