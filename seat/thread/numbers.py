"""A number in front of a line: which question it may name, and whether that can be mistaken.

Three outcomes: it names one (`3. text`, `3 - text`, `3: 10 minutes`, `Q3`, `3 she loses`); it may
(`3 customers told me`, `9:30 she calls`), which is asked; or it is a word of the sentence (`3.5`,
`3-5 weeks`, `3rd`). docs/replies.md says it to people.
"""

import re
from dataclasses import dataclass, replace

from seat.thread.countable import (
    cannot_be_counted,
    is_about_it,
    is_ordinal,
    is_quarter,
    is_whole,
    needs_number,
    needs_number_in_list,
)
from seat.thread.words import is_dont_know, is_only_emoji, straighten


@dataclass(frozen=True, slots=True)
class Front:
    """`rest` is what follows the number, or all of the line where the sentence needs the number."""

    number: int
    rest: str
    sure: bool
    form: str
    """One of: named, marked (`3.`, `3 -`), bare (`3 text`). A list keeps to its form."""
    listed: str
    """`rest` where it is one of several: `a month` of `5 a month`."""


BARE, MARKED, NAMED = "bare", "marked", "named"
_BELOW = "Below"
_HEAD = 160
"""Characters of a line in which its number stands: no rule reads 40,000 twice."""
_KEYCAPS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten")
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩"
_KEYCAP = re.compile(
    rf"(?:(?P<digit>\d)\ufe0f?\u20e3|:(?P<emoji>{'|'.join(_KEYCAPS)}):|(?P<ring>[{_RINGS}]))"
    r"\s*[.):\-–—]*\s*(?=\S)"
)
_OPEN = r"(?:[-•*·–]\s+)?[*_~]{0,2}"
"""A bullet, and Slack's marks for bold and italic where there are no blocks."""
_BEFORE = (
    r"(?:re|ad|to|for|on|about|regarding|as\s+for|(?:my\s+)?ans(?:wer)?(?:\s+(?:to|for))?|reply\s+to"
    r"|and|also|oh|ok|okay|so|then|now|next|sorry|correction|update|edit|zu|zur|à|au|sobre|per|para)"
    r"[\s,:]+"
)
_ASKED = (
    r"(?:q(?:uestions?|n)?|frage|pregunta|domanda|pergunta|vraag|fråga|spørgsmål|pytanie|otázka"
    r"|вопрос|point|punkt|item|質問|问题|問題|问|問|第|질문|سؤال)"
)
_COUNTED = r"(?:no\.?|nr\.?|n\.|num(?:ber|\.)?|número|numero|nummer|№|nº|n°)"
_NAMED = re.compile(
    rf"{_OPEN}(?:{_BEFORE}){{0,3}}(?P<name>{_ASKED}\s*(?:#|{_COUNTED})?|#|{_COUNTED})\s*[.:]?\s*"
    r"(?P<number>\d{1,3})(?:题|題|問|问|番|번)?[*_~]{0,2}"
    r"(?:(?P<mark>\s*(?:[:)\]|、。=]+|\.(?!\d))+\s*|,\s+(?=[^\W\d])|\s*[-–—/>]+\s+|\s+[-–—]+|\s*→\s*)|\s+)(?=\S)",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    rf"{_OPEN}(?:{_BEFORE}){{1,3}}(?P<number>\d{{1,3}})(?:[:)]+\s*|\.\s+|\s+[-–—]+\s+)(?=[^\W\d])"
    r"|(?:re|regarding|as\s+for|ans(?:wer)?(?:\s+(?:to|for))?)[\s:]+(?P<second>\d{1,3})\s+(?=[^\W\d])"
    r"|a(?P<third>\d{1,3})\s*[:)]\s*(?=\S)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_OPEN}(?P<open>[(\[【]\s?)?(?P<number>\d{{1,3}})(?P<nth>st|nd|rd|th|º|ª|°)?"
    r"(?(open)\s?[)\]】])[*_~]{0,2}",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?P<before>\s*)(?P<mark>[.:)\]>|=、。,;…/\\→–—-]+)[*_~]{0,2}(?P<space>\s*)(?=\S)"
)
_GOES_ON = re.compile(r"\d{3}\b|[½⅓¼¾]|\d+/\d|[&x×*+]\s*\d", re.IGNORECASE)
"""The number goes on: `3 000`, `3 1/2`, `3 x 4`."""
_CLOCK = re.compile(r"[0-5]\d(?!\d)")
_CLOCK_APART = re.compile(r"[0-5]\d\s*(?:am|pm|a\.m|p\.m|uhr|h\b|o'clock)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}\.")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]{3,}|[AI]\s|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RANGE = re.compile(r"(?:or|to|and|bis|oder|und|a|y|ou?)\s", re.IGNORECASE)


def read_number(line: str) -> Front | None:
    """The number in front of `line`, None if the line has none or it is a word of the sentence."""
    head = straighten(line[:_HEAD])
    if found := _KEYCAP.match(head):
        return _front(line, _keycap(found), found.end(), form=NAMED)
    if found := _NAMED.match(head):
        return _named(line, head, found)
    if found := _REFERRED.match(head):
        number = next(n for n in found.groups() if n)
        if is_ordinal(head[found.end() :]):
            return None
        return _front(line, int(number), found.end(), form=NAMED)
    if found := _BARE.match(head):
        return _bare(line, head, found)
    return None


def read_number_alone(line: str) -> Front | None:
    """The number that is all of `line`, its answer on the lines below: `3.`, `Q3`, `3`."""
    front = read_number(f"{line.rstrip()} {_BELOW}")
    return replace(front, rest="", listed="") if front and front.rest == _BELOW else None


def _front(
    line: str,
    number: int,
    end: int,
    *,
    form: str,
    sure: bool = True,
    whole: bool = False,
    clock: bool = False,
) -> Front | None:
    """None when nothing is said after it."""
    rest = line[end:]
    if is_only_emoji(rest):
        return None
    all_of_it = line.strip()
    kept = whole and (clock or needs_number_in_list(straighten(rest[:_HEAD])))
    return Front(
        number, all_of_it if whole else rest, sure, form, listed=all_of_it if kept else rest
    )


def _keycap(found: re.Match[str]) -> int:
    if found["digit"]:
        return int(found["digit"])
    return (_KEYCAPS.index(found["emoji"]) if found["emoji"] else _RINGS.index(found["ring"])) + 1


def _named(line: str, head: str, found: re.Match[str]) -> Front | None:
    name, rest = found["name"].casefold(), head[found.end() :]
    number = int(found["number"])
    if found["mark"]:
        return _front(line, number, found.end(), form=NAMED)
    if name == "q" and _YEAR.match(rest):
        return None
    if name == "q":
        doubt = is_quarter(rest)
    else:
        doubt = (
            name == "no"
            or is_about_it(rest)
            or (rest.casefold().startswith("about ") and name != "#")
        )
    return _front(line, number, found.end(), form=NAMED, sure=not doubt, whole=doubt)


def _bare(line: str, head: str, found: re.Match[str]) -> Front | None:
    number, after = int(found["number"]), found.end()
    mark = _MARK.match(head, after)
    if found["open"]:
        end = mark.end() if mark else after + len(head[after:]) - len(head[after:].lstrip())
        return _front(line, number, end, form=MARKED)
    if mark is None:
        return None if found["nth"] else _with_space(line, head, number, after)
    how = _marked(mark, head[mark.end() :])
    if how is None:
        return None
    sure, whole = how
    if found["nth"] and not sure:
        return None
    clock = mark["mark"][0] == ":"
    return _front(line, number, mark.end(), form=MARKED, sure=sure, whole=whole, clock=clock)


SURE, ASK, ASK_WHOLE = (True, False), (False, False), (False, True)


def _marked(mark: re.Match[str], rest: str) -> tuple[bool, bool] | None:
    """Whether it is sure, and whether the sentence needs its number; None for no number at all."""
    first, spaced = mark["mark"][0], bool(mark["space"])
    digit = rest[:1].isdigit()
    if first in "-–—":
        return _dashed(mark, rest)
    if first in ",;…\\" or mark["mark"].startswith(".."):
        if cannot_be_counted(rest):
            return SURE
        return (ASK_WHOLE if spaced else None) if digit else ASK if spaced else None
    if first in "/>=":
        if digit:
            return ASK_WHOLE if spaced and not mark["before"] else None
        if not (spaced or mark["before"]) and first == "/":
            return SURE if cannot_be_counted(rest) else None
        return ASK_WHOLE if needs_number(rest) else SURE
    if first == ":" and (_CLOCK_APART.match(rest) if spaced else digit):
        return ASK_WHOLE if _CLOCK.match(rest) else None
    if first == ".":
        if not spaced:
            return SURE if not digit and _is_text(rest) else None
        if is_ordinal(rest):
            return ASK_WHOLE
        return None if _DATE.match(rest) else SURE
    return SURE


def _is_text(rest: str) -> bool:
    """After `3.` with no space: neither an ending (`3.x`) nor a fraction."""
    return bool(_WORD.match(rest)) or cannot_be_counted(rest) or not rest[:1].isalnum()


def _dashed(mark: re.Match[str], rest: str) -> tuple[bool, bool] | None:
    before, after = bool(mark["before"]), bool(mark["space"])
    if rest[:1].isdigit():
        return ASK_WHOLE if before and after else None
    if not (before or after) and mark["mark"][0] != "—" and ">" not in mark["mark"]:
        return SURE if cannot_be_counted(rest) else None
    if needs_number(rest):
        return None if not before and _RANGE.match(rest) else ASK_WHOLE
    return SURE


def _with_space(line: str, head: str, number: int, after: int) -> Front | None:
    rest = head[after:].lstrip()
    if rest == head[after:] or _GOES_ON.match(rest):
        return None
    needs_none = cannot_be_counted(rest) or is_whole(rest)
    sure = needs_none or is_dont_know(rest) or rest[:4].casefold() == "skip"
    end, whole = len(head) - len(rest), needs_number(rest)
    return _front(line, number, end, form=BARE, sure=sure, whole=whole and not sure)
