"""In an objection of several lines: the one that says what would change her mind."""

import re

from seat.thread.words import straighten

_MIND = r"(?:change|changes|changed)\s+(?:(?:her|their|his|my|our|the customer'?s)\s+)?mind"
_LABEL = re.compile(
    rf"(?:[-•*]\s+)?[*_]{{0,2}}(?:(?:what|it|this|that)\s+)?(?:(?:would|could|might|will|to)\s+)?"
    rf"(?:{_MIND}|change\s+(?:it|this|that)|mind|her\s+mind|fix|remedy)[*_]{{0,2}}"
    r"\s*(?::|\s[-–—]+\s|=|–|—)[*_]{0,2}\s*(?=\S)",
    re.IGNORECASE,
)
"""`what would change her mind: …`: the label is not part of it."""
_SAYS_SO = re.compile(
    rf"\b{_MIND}\b|^(?:unless|only\s+if|but\s+(?:not\s+)?if)\b"
    r"|^(?:but\s+)?(?:she|they|he|it)(?:'d|'ll|\s+would|\s+will|'s|\s+is)\s+(?:be\s+)?(?:accept|agree"
    r"|take\s+it|come\s+round|say\s+yes|live\s+with\s+it|stay|fine|ok|okay|happy|all\s+right|alright)"
    r"\b.*\b(?:if|when|once|with|provided|as\s+long\s+as)\b"
    r"|^(?:ok|okay|fine|acceptable|all\s+right)\s+(?:if|when|once|with|as\s+long\s+as)\b",
    re.IGNORECASE,
)


def split_mind(detail: str) -> tuple[str, str]:
    """The lines before, and from the first that says what would change her mind; "" for none."""
    lines = detail.split("\n")
    for n, line in enumerate(lines):
        text = line.strip()
        head = straighten(text[:200])
        label = _LABEL.match(head)
        if label or _SAYS_SO.search(head):
            first = text[label.end() :] if label else text
            return "\n".join(lines[:n]).strip(), "\n".join([first, *lines[n + 1 :]]).strip()
    return detail, ""
