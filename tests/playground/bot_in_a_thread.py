"""A real Bolt app behind a real HTTP server, for the playground to talk to."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from playground import Playground


def build_bolt_app(slack: Playground, **options: Any) -> App:
    client = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    options.setdefault("process_before_response", True)
    return App(signing_secret=slack.signing_secret, client=client, **options)


class ListeningBot:
    """`gate`: every answer waits for it; `status_override`: answered in place of the app's."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.status_override: list[int] = []
        self.headers_override: dict[str, str] = {}
        self.gate: threading.Event | None = None
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                bot.requests.append((body, headers))
                if bot.gate is not None:
                    bot.gate.wait(5)
                if bot.status_override:
                    self._answer(bot.status_override.pop(0), bot.headers_override, "")
                    return
                answer = bot.app.dispatch(
                    BoltRequest(body=body, headers={k: [v] for k, v in headers.items()})
                )
                self._answer(answer.status, answer.first_headers(), answer.body)

            def _answer(self, status: int, headers: dict[str, str], body: str) -> None:
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(body.encode())))
                    self.end_headers()
                    self.wfile.write(body.encode())
                except OSError:
                    pass

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/slack/events"

    def close(self) -> None:
        if self.gate is not None:
            self.gate.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
