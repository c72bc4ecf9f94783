"""Words read as a choice: an option of a tapped question, or her stance. None means free text."""

import re
from collections.abc import Iterator

from seat.facts import Option, Question, Stance
from seat.thread.words import fold

_SHORT = 3
_AFTER_SHORT = frozenset(
    {"she", "she'd", "he", "they", "they'd", "i", "i'd", "we", "we'd", "it", "it's"}
    | {"but", "because", "if", "and", "not", "never", "way", "chance"}
)
"""After "yes" or "no" these still mean yes or no; "no one told her" means neither."""
_MOST_WORDS = 8
"""A stance is a phrase. Longer text is a statement, and may name several things she would do."""

_NOT = re.compile(
    r"(?:\b(?:not|never|no|cannot)|\w+n't|\b(?:would|wo|do|does|did|ca|could)nt)\s+(?:\w+\s+)?$"
)
_STANCES = (
    (
        Stance.NOT_NOTICE,
        re.compile(
            r"(?:\b(?:not|never|no|wouldnt|wont|doesnt)|\w+n't)\s+(?:\w+\s+)?notice\b|\bunnoticed\b"
        ),
    ),
    (Stance.WELCOME, re.compile(r"\b(?:welcomes?|love it|like it|be (?:happy|glad|pleased))\b")),
    (Stance.LIVE_WITH, re.compile(r"\b(?:lives? with|put up with|cope|tolerate|bear it)\b")),
    (Stance.COMPLAIN, re.compile(r"\bcompla(?:in|ins|ining|int)\b")),
    (
        Stance.LEAVE,
        re.compile(r"\b(?:leaves?|leaving|quit|cancel|switch|churn|walk away|go elsewhere)\b"),
    ),
)


_EXACT_LONGEST = 60
_WHO = r"(?:she|they|he|the customer|customers?|most(?: of them)?)"
_EXACT = re.compile(
    rf"(?:{_WHO}(?:'?d|'ll| would| will)|would|will) (?:probably |just |rather )?"
    r"(?:welcome (?:it|this)|not (?:even )?notice(?: it)?|live with (?:it|this)|complain"
    r"|leave(?: us)?)"
    rf"|(?:{_WHO} )?(?:wouldn'?t|won'?t) (?:even )?notice(?: it)?"
)


def read_stance(text: str) -> Stance | None:
    """Her stance in free words ("she'd leave", "wouldn't notice"); None if unclear or several.

    A negated word is no stance of its own: "wouldn't leave" says nothing of what she would do.
    """
    plain = fold(text).replace("_", " ")
    if len(plain.split()) > _MOST_WORDS:
        return None
    found = {
        stance
        for stance, pattern in _STANCES
        for match in pattern.finditer(plain)
        if stance is Stance.NOT_NOTICE or not _NOT.search(plain[: match.start()])
    }
    return found.pop() if len(found) == 1 else None


def read_exact_stance(text: str) -> Stance | None:
    """Her stance in its own words and nothing more ("would complain", "She'd leave"), so that it is
    one whatever is asked. None else: "I'd leave" is what she says, "leave" may be an answer.
    """
    if len(text) > _EXACT_LONGEST:
        return None
    plain = fold(text).replace("_", " ").strip(" .!…\"'*()")
    found = _EXACT.fullmatch(plain)
    return read_stance(plain) if found else None


def split_stance(text: str) -> tuple[str, Stance | None]:
    """Her words, and the stance that stands alone on their last line; None when none does."""
    words, _, last = text.rstrip().rpartition("\n")
    stance = read_exact_stance(last) if words.strip() else None
    return (words.strip(), stance) if stance else (text, None)


def chooses_exactly(question: Question, text: str) -> bool:
    """The text is the whole of an option, and nothing else."""
    plain = fold(text).replace("_", " ").strip(" .!\"'")
    return any(plain == name for option in question.options for name in _names(option))


def read_option(question: Question, text: str) -> Option | None:
    """The option that the words choose, else None: free text is always accepted for a choice.

    The whole label or value in any case; the start of exactly one; or a label and then more words
    ("only if they tell us first"), the longest label first.
    """
    plain = fold(text).replace("_", " ").strip(" .!\"'")
    if not plain:
        return None
    names = [(name, option) for option in question.options for name in _names(option)]
    whole = [option for name, option in names if name == plain]
    if whole:
        return whole[0]
    begun = {option for name, option in names if name.startswith(plain)}
    if len(begun) == 1:
        return begun.pop()
    longest = sorted(names, key=lambda pair: -len(pair[0]))
    for name, option in longest:
        if _goes_on(name, plain):
            return None if _names_another(plain.removeprefix(name), option, names) else option
    return None


def _names(option: Option) -> Iterator[str]:
    for name in (option.label, option.value.replace("_", " ")):
        if folded := fold(name).strip(" .!\"'"):
            yield folded


def _names_another(rest: str, option: Option, names: list[tuple[str, Option]]) -> bool:
    """`yes and no`, `yes, but only if told`: more than one option, so none."""
    joined = re.match(r"[ ,]*(?:and|or|but|/|&)\s*", rest)
    if not joined:
        return False
    second = rest[joined.end() :]
    return any(
        other != option and re.match(rf"{re.escape(name)}\b", second) for name, other in names
    )


def _goes_on(name: str, plain: str) -> bool:
    rest = plain.removeprefix(name)
    if rest == plain or rest[:1].isalnum() or rest[:1] == "'":
        return False
    if len(name) > _SHORT or not rest.startswith(" "):
        return True
    following = re.split(r"[ ,.;:]", rest.strip(), maxsplit=1)[0]
    return following in _AFTER_SHORT or not following[:1].isalnum()
