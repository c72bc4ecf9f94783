"""One word is not a reason; a few are, in any script."""

import pytest

from seat.reasons import is_reason, is_reason_to_skip


@pytest.mark.parametrize(
    ("text", "decides", "skips"),
    [
        ("", False, False),
        ("   ", False, False),
        ("no", False, False),
        ("No.", False, False),
        ("n/a", False, False),
        ("- - -", False, False),
        ("… !", False, False),
        (":+1:", False, False),
        ("x", False, False),
        ("costs", False, True),
        ("irrelevant", False, True),
        ("not ours", False, True),
        ("we must", False, True),
        ("It pays off", True, True),
        ("We need reasons.", True, True),
        ("it pays for support at weekends", True, True),
        ("20 % cheaper now", True, True),
        ("no\nno\nno", True, True),  # who wants to cheat, can
        ("否", False, False),
        ("不要", False, True),
        ("因为我们需要更多的钱", True, True),
        ("サポートの費用になるから", True, True),
        ("เพราะมันจ่ายค่าสนับสนุน", True, True),
        ("Потому что так дешевле", True, True),
        ("لأنها تكلف الكثير", True, True),
    ],
)
def test_what_is_a_reason(text: str, decides: bool, skips: bool) -> None:
    assert is_reason(text) is decides
    assert is_reason_to_skip(text) is skips
