"""Words after a number: whether they count something ("3 customers") or cannot ("3 she loses").

Kept apart from numbers.py, since these lists grow with every language people type in.
"""

import re

SURE_WORD = re.compile(
    r"(?:she|he|they|it|we|you|i|there|her|his|their|our|your|my|its|the"
    r"|those|no\s+one|only\s+if|nobody|everyone|everybody|someone|somebody|anyone|nothing|none|everything|something"
    r"|yes|yeah|yep|nope|dunno|idk"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|about\s+(?:an?|half|\W?\d|one|two|three|four|five|six)"
    r"|ella|elle|elles|sie|er|wir|ich|nosotros|yo|lei|noi|ela|eles|nós|eu|hon|hun|zij|hij|wij"
    r"|она|он|мы|они|彼女|她|他)"
    r"(?:'(?:s|d|ll|re|ve|m))?(?![\w'-])",
    re.IGNORECASE,
)
"""No number stands in front of these in a sentence: what precedes them names a question."""

_NO = re.compile(r"no(?:\s*[.,;:!]|\s*$|\s+(?:she|he|they|we|i|it|you)\b)", re.IGNORECASE)
"""`4 no`, but not `4 no shows`."""

_AMOUNT = re.compile(
    r"(?:[$€£¥]\s?\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?(?:\s?[%€$£¥]|\s+(?:percent|dollars?|euros?|pounds?"
    r"|bucks|minutes?|hours?|days?|weeks?|months?|years?)\b|(?=\s*$|[,;]\s)))"
    r"(?!\s+(?!(?:is|was|as|less|plus|this)\b)[a-z]+s\b)",
    re.IGNORECASE,
)
"""`3 $39` and `3 10 % off`, but not `3 10 % increases` or `3 20-minute calls`."""
_ALL_QUOTED = re.compile(r'"[^"]+"[.!?]?$')

_IN_LIST = re.compile(
    r"(?:an?|persons?|people|users?|seats?|and|more|less|fewer|additional|extra|other)\b|\d",
    re.IGNORECASE,
)
"""Behind the number of a list these begin an answer: `5 a month` below `4 no`."""

NEEDS_NUMBER = re.compile(
    r"(?:days?|weeks?|months?|years?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|quarters?|times?"
    r"|percent|pct|pp|dollars?|euros?|pounds?|bucks|cents?|k|m|steps?|clicks?|pages?|persons?"
    r"|people|users?|seats?|digits?|stars?|figures?|am|pm|a\.m\.|p\.m\.|uhr|o'clock|x"
    r"|of|out|in|or|to|per|and|more|less|fewer|additional|extra|other|hundred|thousand|dozen|an?"
    r"|tage?n?|wochen?|monate?n?|jahre?n?|stunden?|minuten?|mal|d[ií]as?|semanas?|mes(?:es)?|años?"
    r"|horas?|minutos?|veces|jours?|semaines?|mois|ans?|heures?|fois|giorni|settimane|mesi|anni"
    r"|ore|volte|dagen|weken|maanden|jaren|uur|dagar|veckor|månader|oder|bis|und|y|ou?|et?)"
    r"(?![\w'])|[%‰°+×]|[€$£¥](?!\s?\d)|個|个|天|日|週|周|年|月|小时|小時|分|人|回|件|点|時|개|명|주|달|년",
    re.IGNORECASE,
)
"""Cut off its number, what begins with one of these says nothing."""

_ORDINAL = re.compile(
    r"(?:jan|feb|mär|mar|apr|mai|maj|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zé]*\b"
    r"|(?:januar|februar|märz|april|juni|juli|august|september|oktober|november|dezember)\b"
    r"|(?:quartal|halbjahr|stock|etage|klasse|semester|kvartal|tammikuuta|ledna|února|března"
    r"|dubna|května|června|července|srpna|září|října|listopadu|prosince|stycznia|lutego|marca"
    r"|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia)\b",
    re.IGNORECASE,
)
"""Where a full stop makes an ordinal, `3. Mai` is a date."""

_AFTER_Q = re.compile(
    r"(?:revenue|results?|numbers?|sales|earnings|budgets?|invoices?|reports?|forecasts?|figures?"
    r"|renewals?|targets?|goals?|planning|pricing|launch|is|was|will|has|had|and|or|to|of|onwards?"
    r"|next|last|this|starts?|ends?|begins?|already)\b",
    re.IGNORECASE,
)
"""`Q3 revenue` is a quarter's."""

_AFTER_NAME = re.compile(
    r"(?:in|on|of|among|amongst|from|worldwide|and|or|is|was|isn't|does|doesn't|priority"
    r"|issue|problem|reason|complaint|ticket|customers?)\b",
    re.IGNORECASE,
)
"""`#3 on her list`, `question 3 is hard`: of a number, or about a question."""


def cannot_be_counted(rest: str) -> bool:
    """`rest`, straightened, follows a number with nothing but a space between."""
    found = SURE_WORD.match(rest)
    return (found is not None and not found[0].startswith("IT")) or _NO.match(rest) is not None


def is_whole(rest: str) -> bool:
    """An amount, or a quote to the end: what stands behind `3 ` needs no number in front."""
    return _AMOUNT.match(rest) is not None or _ALL_QUOTED.match(rest) is not None


def needs_number_in_list(rest: str) -> bool:
    """In a list the number is the list's, unless a unit or half a range would be left."""
    return needs_number(rest) and _IN_LIST.match(rest) is None


def needs_number(rest: str) -> bool:
    return NEEDS_NUMBER.match(rest) is not None or rest[:1].isdigit()


def is_ordinal(rest: str) -> bool:
    """What follows `3. ` makes a date or an ordinal of it."""
    return _ORDINAL.match(rest) is not None


def is_quarter(rest: str) -> bool:
    return _AFTER_Q.match(rest) is not None or rest[:1].isdigit()


def is_about_it(rest: str) -> bool:
    return _AFTER_NAME.match(rest) is not None
