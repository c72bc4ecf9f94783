"""What somebody is called in a sentence: a first name where that is sure, else the whole name.

A name is one line that its owner wrote. Which part of it is the first name nobody tells: many put
the family first, some a title, a company or a picture. Whoever guesses wrong calls a person by what
only their passport does, so a part is taken only where nothing speaks against it.
"""

import re
import unicodedata

_MARK = re.compile(r":[\w+'-]+:|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|<[^>]*>")
"""An emoji by its name, and what stands in brackets: a company, pronouns, a place."""
_UPPER, _LOWER = "A-Z\u00c0-\u00de\u0100-\u024f", "a-z\u00df-\u00ff\u0100-\u024f"
_PLAIN = re.compile(f"[{_UPPER}][{_LOWER}]*(?:['\u2019-][{_UPPER}{_LOWER}][{_LOWER}]+)*")
"""A word of a name in Latin letters, as it is written: capital, then small."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    """
    dr prof mr mrs ms mx miss sir dame lord lady rev fr herr frau hr mag dipl ing eng sr sra srta
    don dona doña mme mlle capt col gen sgt judge pastor rabbi imam sheikh
    """
)
_PARTICLES = _words(
    """
    de da do dos das di du del della van von der den ter ten la le les el al bin ibn abu saint st
    san mac o
    """
)
_FAMILIES = _words(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang
    xie song tang deng feng cao peng zeng xiao tian dong pan yuan cai jiang yu ye cheng wei su lu
    ding ren shen yao lam chan wong cheung leung ho ng tsang kwok
    kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn ryu hong
    nguyen nguyễn tran trần le lê pham phạm hoang hoàng huynh huỳnh phan vu vũ vo võ dang đặng bui
    bùi do đỗ ngo ngô duong dương ly lý
    nagy kovács kovacs tóth toth szabó szabo horváth horvath varga kiss molnár molnar németh nemeth
    farkas balogh papp takács takacs juhász juhasz
    """
)
"""The commonest of those who mostly put the family first: in China, Korea, Vietnam and Hungary."""


def called(name: str) -> str:
    """The first name, or the name without marks; `name` as it is where nothing is left of it."""
    whole = _without_marks(name)
    words = whole.split()
    if len(words) != 2 or not all(len(w) > 1 and _PLAIN.fullmatch(w) for w in words):
        return whole or name
    first, last = (word.lower() for word in words)
    if first in _TITLES or first in _PARTICLES:
        return whole
    if first in _FAMILIES and last not in _FAMILIES:
        return whole
    return words[0]


def _without_marks(name: str) -> str:
    """Without emoji, invisible characters and what stands in brackets."""
    shown = "".join(letter for letter in _MARK.sub(" ", name) if _is_written(letter))
    return " ".join(shown.split()).strip(" -|/·,;:")


def _is_written(letter: str) -> bool:
    """Letters, marks on them, digits and punctuation; no pictures, joiners or controls."""
    kind = unicodedata.category(letter)
    return (kind[0] in "LMNPZ" or kind in ("Sm", "Sc")) and letter != "\ufe0f"
