"""Links to messages, built rather than asked for.

`chat.getPermalink` would be one call for each review in each digest; every link of a workspace
differs only in the workspace's address, which `auth.test` tells once.
"""

import threading
from http.client import HTTPException

from slack_sdk.errors import SlackClientError

from bot.slack.client import REQUEST_SECONDS, Clients, NotInstalled


class Links:
    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._lock = threading.Lock()
        self._addresses: dict[str, str] = {}

    def knows(self, workspace_id: str) -> bool:
        with self._lock:
            return workspace_id in self._addresses

    def known_address(self, workspace_id: str) -> str:
        """`https://….slack.com/`; "" where it was not asked for. Never a network call."""
        with self._lock:
            return self._addresses.get(workspace_id, "")

    def keep(self, workspace_id: str, address: str) -> None:
        with self._lock:
            self._addresses[workspace_id] = address

    def address(self, workspace_id: str, *, timeout: int = REQUEST_SECONDS) -> str:
        """`https://….slack.com/`; "" while it cannot be asked. A network call the first time, of at
        most `timeout` seconds."""
        if self.knows(workspace_id):
            return self.known_address(workspace_id)
        try:
            client = self._clients.of(workspace_id, timeout=timeout)
            found = str(client.auth_test().get("url") or "")
        except (SlackClientError, NotInstalled, OSError, HTTPException, ValueError):
            return ""
        self.keep(workspace_id, found)
        return found


def link_to_message(address: str, channel_id: str, ts: str, thread_ts: str | None) -> str:
    """The way to one message in the thread under `thread_ts`; "" without one."""
    if not (address and thread_ts):
        return ""
    place = f"{address.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"
    return f"{place}?thread_ts={thread_ts}&cid={channel_id}"


def link_to_thread(address: str, channel_id: str, ts: str | None) -> str:
    """The way to the thread under the message `ts`, open beside the channel; "" without one.

    Slack's permalink of the message alone shows it in the channel, and leaves its thread closed.
    """
    return link_to_message(address, channel_id, ts, ts) if ts else ""
