"""The control API: for other tools and the browser page. What people may do stands in acting.py."""

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

if TYPE_CHECKING:
    from playground.playground import Playground


def build_control_routes(playground: "Playground") -> list[BaseRoute]:
    return []
