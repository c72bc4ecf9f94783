"""Thin answers: words that say little and earn one "why?" (WHY 17), never two, never for a tap."""

import re

from seat.facts import Answer, AnswerState, Option, Question, QuestionKind
from seat.thread.hints import asks_for_name, is_hinted
from seat.thread.words import fold

_ENDS = " .!…,"
_OPEN_ENDED = re.compile(r"(?:\b(?:if|when|unless|with|because|wenn|si|se)|…|\.\.\.)$")
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
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST or _SUBSTANCE.search(text):
        return False
    words = max(len(plain.split()), len(_CJK.findall(plain)) // 2)
    return words <= _MOST_WORDS or _THIN.fullmatch(plain) is not None


def says_little(question: Question, text: str) -> bool:
    """Thin as an answer to this question: not what its hint offers, nor a name it asks for."""
    if not is_thin(text) or is_hinted(question, text):
        return False
    return not asks_for_name(question) or _THIN.fullmatch(_plain(text)) is not None


def is_open(question: Question, answer: Answer) -> bool:
    """A choice that leaves its half unsaid: *Only if*, and not what."""
    chosen = next((o for o in question.options if o.value == answer.option), None)
    if chosen is None or not _OPEN_ENDED.search(fold(chosen.label)):
        return False
    return fold(answer.text).strip(_ENDS) in {fold(chosen.label).strip(_ENDS), "", _value(chosen)}


def wants_more(question: Question, answer: Answer) -> bool:
    """Whether this answer gets its one question back, asked or not: a thin one "why?", *only if*
    "if what?". A tap is asked only for the half it left unsaid."""
    if answer.state is not AnswerState.GIVEN or answer.why or question.closing:
        return False
    if question.kind is QuestionKind.CHOICE:
        return is_open(question, answer)
    return not answer.tapped and says_little(question, answer.text)


def needs_why(question: Question, answer: Answer) -> bool:
    """Whether it is asked now: it wants more, and was not asked before."""
    return not answer.why_asked and wants_more(question, answer)


def _value(chosen: Option) -> str:
    return chosen.value.replace("_", " ")


def _plain(text: str) -> str:
    return fold(text).strip(_ENDS)
