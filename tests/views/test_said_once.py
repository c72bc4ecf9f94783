"""One review in full says each fact once, though it is put together of several messages."""

from collections import Counter

import pytest

from bot.views.lists import draw_show
from tests.views.reading import texts_in
from tests.views.reviews import ANA, WORDING, scene, states

REPEATED = {"decided with many objections": "Promised until renewal", "full of text": "xxx"}
"""Where the made-up review itself has the same words several times."""


@pytest.mark.parametrize("name", states())
def test_one_review_in_full_says_each_thing_once(name: str) -> None:
    drawn = draw_show(states()[name], scene(ANA), WORDING)["blocks"]
    lines = Counter(line.strip() for text in texts_in(drawn) for line in text.split("\n"))
    apart = REPEATED.get(name)
    twice = [line for line, times in lines.items() if times > 1 and not (apart and apart in line)]
    assert not [line for line in twice if len(line) > 14]
