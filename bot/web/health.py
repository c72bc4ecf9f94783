"""What a process needs to do its work, looked at when someone asks."""

from collections.abc import Callable

from db.migrate import is_current
from db.store import Store, StoreTrouble


def make_checks(
    store: Store, *, dispatcher_is_alive: Callable[[], bool], **more: Callable[[], bool]
) -> Callable[[], dict[str, bool]]:
    """`more`: others by name, such as Slack's connection in Socket Mode."""

    def look() -> dict[str, bool]:
        try:
            database, migrations = True, is_current(store)
        except StoreTrouble:
            database = migrations = False
        return {
            "database": database,
            "migrations": migrations,
            "dispatcher": dispatcher_is_alive(),
            **{name: check() for name, check in more.items()},
        }

    return look
