"""Thin answers: words that say little and earn one "why?" (WHY 17), never two, never for a tap."""

import re

from seat.facts import Answer, AnswerState, Question, QuestionKind
from seat.thread.words import fold

_MOST_WORDS = 2
_LONGEST = 80
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUBSTANCE = re.compile(r"""\d|["«»“”„]|<[@#!]|https?://|(?:^|\s)[A-ZÀ-Þ][\w'’.-]+\s+[A-ZÀ-Þ]\w*""")
"""A number, a quote, a person, a link, a two-word name: short, and yet something to stand on."""
_THIN = re.compile(
    r"(?:(?:i|we) (?:think|guess|believe) )?"
    r"(?:(?:it|that|this|she|they)(?:'s| is|'ll be| will be|'d be| would be| should be|s)? )?"
    r"(?:should be |probably |all |just |not really |really |totally )*"
    r"(?:fine(?: (?:for|with|by) (?:her|it|them|me))?|ok(?:ay)?|good|nothing|none|no|nope|yes|yep"
    r"|n/?a|same|no (?:real |big )?(?:impact|effect|change|changes|problem|issue|difference|harm)"
    r"|not much|not at all|nobody|no one|nothing (?:much|really|special|changes)|none at all"
    r"|(?:won't|will not|wouldn't) (?:mind|matter|care|hurt)|doesn't (?:matter|change|hurt)"
    r"|no worries|not applicable|as before|as usual|the same)"
    r"(?: (?:really|at all|for her|to her|on her|that i know(?: of)?|i think|i guess|as far as i"
    r" know))*"
)


def is_thin(text: str) -> bool:
    """Says little: "fine", "no impact", "none", or one or two words without a number, a quote, a
    link or a name. Empty text is not thin; there is nothing to ask why about."""
    plain = fold(text).strip(" .!…,")
    if not plain or len(plain) > _LONGEST or _SUBSTANCE.search(text):
        return False
    words = max(len(plain.split()), len(_CJK.findall(plain)) // 2)
    return words <= _MOST_WORDS or _THIN.fullmatch(plain) is not None


def needs_why(question: Question, answer: Answer) -> bool:
    """Whether this answer gets its one "why?": written, not tapped, not asked before, and thin."""
    return (
        question.kind is QuestionKind.TEXT
        and answer.state is AnswerState.GIVEN
        and not answer.tapped
        and not answer.why_asked
        and not answer.why
        and is_thin(answer.text)
    )
