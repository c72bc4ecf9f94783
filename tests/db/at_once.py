"""Several threads at the same moment, and waiting for something to become true."""

import threading
import time
from collections.abc import Callable

from sqlalchemy import text

from db.store import Store


def together(count: int, run: Callable[[int], object]) -> list[BaseException]:
    """Run `run(0)` … `run(count - 1)` at once; what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(count)

    def one(number: int) -> None:
        start.wait()
        try:
            run(number)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def until(true: Callable[[], bool]) -> None:
    for _ in range(2000):
        if true():
            return
        time.sleep(0.001)
    raise AssertionError("it never came true")


def waits_for_lock(store: Store, count: int = 1) -> bool:
    """PostgreSQL: whether so many transactions wait for what others hold."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    return bool(store.read(lambda s: s.execute(waiting).scalar_one()) >= count)
