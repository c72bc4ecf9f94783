"""How words are compared: quotes straightened, keywords and polite noise recognised.

Everything here keeps a text's length or only looks at its ends, so that an offset found in the
compared form cuts the text as it was written. Numbers and what they refer to are in marks.py.
"""

import re

from seat.facts import Evidence

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"'}
    | dict(zip("：．）（－／＃％＝＞；，", ":.)(-/#%=>;,", strict=True))
    | {"Ｑ": "Q", "ｑ": "q", "−": "-", "‐": "-", "‑": "-"}
)
"""Quotes, dashes and full-width forms as a plain keyboard has them."""
_EMOJI = re.compile(r":[\w+'-]{1,100}:|[0-9#*]\ufe0f?\u20e3")
_PICTURES = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_TAIL = 60
"""Markers at the end are looked for in this many characters: no rule reads 40,000 twice."""

_DONT_KNOW = re.compile(
    r"(?:sorry,? )?(?:(?:i|we)(?: |(?='m )))?(?:really |honestly |just )?(?:"
    r"(?:do not|don't|dont) (?:really )?know(?: (?:that|this|it|yet|this one|that one))?"
    r"|(?:have )?no (?:idea|clue)|not known|unknown|dunno|idk"
    r"|(?:am |'m )?not (?:really )?sure|hard to (?:say|tell)|can'?t (?:say|tell)"
    r")(?: tbh)?(?:,? sorry)?[ .!…]*"
)
_DONT_KNOW_NUMBER = re.compile(r"(.*?[a-z])[ :]+(?:q|#)?(\d{1,3})[ .!]*")
_POLITE = re.compile(
    r"(?:ok|okay|k|kk|okey|thanks|thank you|thx|ty|cheers|great|cool|got it|will do|on it|later"
    r"|ok later|later today|maybe later|will do later|many thanks|thanks a lot|thanks again"
    r"|thank you so much|ok thanks|ok thank you|great thanks|ok will do|ok got it|thanks all"
    r"|thanks everyone|let me think|let me check|i'll check|will check|checking|noted|perfect|brb"
    r"|(?:one|just a|give me a) (?:sec|second|moment|minute)|hang on|np"
    r"|oops|(?:oops |sorry )?wrong (?:thread|chat|channel|one|person)|sorry|my bad|never ?mind|nvm"
    r"|lol|(?:ha){2,5}"
    r"|good morning|good (?:afternoon|evening)|hi|hello|hey|hi (?:all|there|everyone)"
    r"|hello (?:all|there|everyone)|hallo|moin|hola|bonjour|salut|ciao|danke|vielen dank|gracias"
    r"|merci|obrigad[oa]|grazie|tack|tak|dank je|спасибо|谢谢|謝謝|ありがとう|감사합니다|شكرا)"
)
_QUESTION = re.compile(
    r"[?？؟⁇⁈‽՞፧⸮][?？؟⁇⁈‽!！]*$"
    r"|[\u0370-\u03ff\u1f00-\u1fff][\W]{0,3}[;\u037e]$|\u037e$"
    r"|(?:ですか|ますか|でしょうか|ませんか|吗|嗎|呢)[。.]?$"
)
"""How a question ends: Greek has a semicolon, on most keyboards the ordinary one; Japanese and
Chinese a word."""
_AFTER_QUESTION = re.compile(
    r"(?:\s|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|:[\w+'-]{1,40}:|[:;]-?[)(DP]|[)\]]"
    r"|(?:thanks|thank you|thx|ty|please|pls|cheers)[.!]*)+$",
    re.IGNORECASE,
)
"""What people put behind a question mark; it stays a question."""
_EVIDENCE_WORDS = {
    Evidence.SAID: r"(?:(?:(?:a |one |the )?customers?|she|they) )?said(?: it| so| this)?"
    r"|(?:she|they|(?:a |one |the )?customers?) told (?:us|me)(?: so)?",
    Evidence.MEASURED: r"(?:we |i )?measured(?: it| this)?",
    Evidence.ASSUMED: r"(?:we |i )?assumed?(?: it| so| this)?|(?:an? |our |my )?assumption",
}
_EVIDENCE = {
    kind: re.compile(
        rf"\s*(?:\((?:{words})\)|\[(?:{words})\]|[·•]\s*(?:{words})|(?:\s-{{1,2}}\s|\s?[–—])\s*(?:{words}))"
        r"\s*\.?$",
        re.IGNORECASE,
    )
    for kind, words in _EVIDENCE_WORDS.items()
}


def straighten(text: str) -> str:
    """The text with straight quotes: the same length, only for comparing."""
    return text.translate(_STRAIGHT)


def fold(text: str) -> str:
    """One line, lower case, straight quotes, single spaces: for comparing whole phrases."""
    return " ".join(straighten(text).casefold().split())


def is_only_emoji(text: str) -> bool:
    """True when no letter and no digit is left once emoji are taken out ("👍", ":tada: !", "…")."""
    return not any(char.isalnum() for char in _EMOJI.sub("", text))


def is_polite(text: str) -> bool:
    """`ok`, `thanks`, `later` and their kin, alone: said to people, not to a question."""
    if len(text) > _TAIL:
        return False
    bare = _PICTURES.sub(" ", _EMOJI.sub(" ", fold(text)))
    return _POLITE.fullmatch(" ".join(re.sub(r"[,.!…()]", " ", bare).split())) is not None


def is_question(text: str) -> bool:
    """Ends in a question mark. One inside closing quotes is part of the words, not asked of us."""
    tail = text.rstrip()[-_TAIL:]
    if _QUESTION.search(tail) is not None:
        return True
    if text.lstrip().startswith("¿") and "?" not in text:
        return True
    before = _AFTER_QUESTION.sub("", tail)
    return before != tail and _QUESTION.search(before) is not None


def is_dont_know(text: str) -> bool:
    """The whole text says "don't know", one way or another."""
    return len(text) <= _TAIL and _DONT_KNOW.fullmatch(fold(text)) is not None


def read_dont_know_number(text: str) -> int | None:
    """The number in `don't know 3`, else None."""
    found = _DONT_KNOW_NUMBER.fullmatch(fold(text)) if len(text) <= _TAIL else None
    return int(found[2]) if found and is_dont_know(found[1]) else None


def cut_evidence(text: str) -> tuple[str, Evidence | None]:
    """The text without a closing `(said)`, `· measured` or `– we assume it`, and what that named.

    A marker with nothing before it is the answer itself and stays.
    """
    head, tail = text[:-_TAIL], straighten(text[-_TAIL:])
    for kind, pattern in _EVIDENCE.items():
        if found := pattern.search(tail):
            kept = (head + text[len(head) : len(head) + found.start()]).rstrip()
            if kept:
                return kept, kind
    return text, None


def unquote(text: str) -> str:
    """Her words without one pair of quotes around all of them; views put their own."""
    plain = straighten(text)
    if len(plain) > 2 and plain[0] == plain[-1] == '"' and plain.count('"') == 2:
        return text[1:-1].strip()
    return text
