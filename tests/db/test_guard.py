"""The shared guard: a test, or our own code under it, that sleeps fails."""

import threading
import time

import pytest

from tests.conftest import SleptTooLong


def test_a_test_that_sleeps_fails() -> None:
    with pytest.raises(SleptTooLong, match=r"test_guard\.py sleeps 0\.3 s"):
        time.sleep(0.3)


def test_a_short_sleep_is_fine() -> None:
    time.sleep(0.001)


def test_sleeping_in_a_thread_of_ours_fails_too() -> None:
    slept: list[object] = []

    def sleep() -> None:
        try:
            time.sleep(0.3)
        except SleptTooLong as error:
            slept.append(error)

    thread = threading.Thread(target=sleep)
    thread.start()
    thread.join()
    assert len(slept) == 1
