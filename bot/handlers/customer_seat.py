"""The command of the seat: one word a thing, each answered privately."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from slack_bolt import App

from bot.errors import Refusal
from bot.handlers.commands import answer_command
from bot.handlers.fresh import readable_of, refresh_in_channel
from bot.handlers.opening import open_settings, usable_channel
from bot.handlers.pressed import with_private_refusal
from bot.reviews.deed import Deed, roster_of
from bot.reviews.find import (
    Listed,
    find_by_number,
    find_by_title,
    find_in_channel,
    find_mine,
    find_waiting,
    readable_seat,
)
from bot.reviews.permit import read_actor
from bot.reviews.presence import keepers_here
from bot.reviews.seating import next_in_turn
from bot.scenes import card_link, channel_names, people_in, set_scene
from bot.slack.directory import ASK_SECONDS
from bot.slack.reading import Command, read_command, read_press
from bot.toolbox import Response, Toolbox
from bot.views import lists, names
from bot.views.digest import draw_digest_of
from bot.views.scene import Scene
from db.digests import read_digest
from seat.checklist import Checklist
from seat.facts import Review
from seat.listing import LISTED, Listing

Word = Callable[[Toolbox, Deed, Command, list[str]], Response]


def register(app: App, toolbox: Toolbox) -> None:
    @app.command(names.SEAT_COMMAND)
    def command(ack: Any, body: dict[str, Any], client: Any) -> None:
        asked = read_command(body)
        word, *rest = asked.text.split() or ["help"]

        def do() -> Response:
            if word.lower() in ("setup", "settings"):
                settings(asked.workspace_id, asked.user, asked.channel, asked.trigger_id, client)
                return {}
            if word.lower() == "help":
                return lists.draw_help(toolbox.wording)
            if (answer := WORDS.get(word.lower())) is None:
                raise Refusal("unknown_word", word=word[:40], words=sorted([*WORDS, "setup"]))
            # What waits for one can be asked anywhere, also in private messages.
            if answer is _mine:
                answer = partial(_mine, readable=readable_for(asked))
            else:
                usable_channel(toolbox, asked.workspace_id, asked.channel)
                refresh_in_channel(toolbox, asked.workspace_id, asked.user, asked.channel)
            toolbox.links.address(asked.workspace_id, timeout=ASK_SECONDS)  # not while we read
            response: Response = toolbox.look(
                asked.workspace_id, asked.user, lambda d: answer(toolbox, d, asked, rest)
            )
            return response

        ack(**answer_command(toolbox, asked, do))

    def readable_for(asked: Command) -> dict[str, bool]:
        waiting = toolbox.look(asked.workspace_id, asked.user, find_waiting)
        channels = dict.fromkeys(review.channel_id for review in waiting)
        return readable_of(toolbox, asked.workspace_id, asked.user, channels)

    @app.action(names.SET_UP)
    def set_up(ack: Any, body: dict[str, Any], client: Any) -> None:
        press = read_press(body)
        channel = press.value or press.channel or ""
        with_private_refusal(
            toolbox,
            press,
            lambda: settings(press.workspace_id, press.user, channel, press.trigger_id, client),
        )
        ack()

    def settings(workspace_id: str, user: str, channel: str, trigger: str, client: Any) -> None:
        open_settings(
            toolbox,
            client,
            workspace_id=workspace_id,
            user=user,
            channel_id=channel,
            trigger_id=trigger,
        )


def _list(toolbox: Toolbox, deed: Deed, asked: Command, rest: list[str]) -> Response:
    words = [word.lower() for word in rest]
    state = next((word for word in words if word in LISTED), Listing.OPEN)
    kind = _kind_in([w for w in words if w not in LISTED], asked, toolbox.checklists.current())
    found = find_in_channel(
        deed, asked.channel, states=LISTED[Listing(state)], kind=kind.kind if kind else None
    )
    scene = _scene(toolbox, deed, asked, found.reviews)
    return lists.draw_list(
        found.reviews,
        scene,
        toolbox.wording,
        state=state,
        more=found.more,
        kind=kind.label if kind else "",
        is_channel=kind is not None and kind.kind == asked.channel_name.lower(),
    )


def _kind_in(
    words: list[str], asked: Command, checklists: Mapping[str, Checklist]
) -> Checklist | None:
    """`#pricing`, and the channel's own name where no kind has it, mean all of this channel.

    Raises Refusal for a word that is neither.
    """
    here = asked.channel_name.lower()
    if not words or words[0] == f"#{here}" or words[0].startswith(f"<#{asked.channel.lower()}"):
        return None
    if (found := checklists.get(words[0])) is not None:
        return found
    if words[0] == here:
        return None
    raise Refusal("unknown_kind", kind=words[0][:40], kinds=sorted(checklists))


def _mine(
    toolbox: Toolbox,
    deed: Deed,
    asked: Command,
    _rest: list[str],
    readable: Mapping[str, bool] = MappingProxyType({}),
) -> Response:
    found = find_mine(deed, asked.channel, readable)
    scene = _scene(toolbox, deed, asked, found.reviews)
    return lists.draw_mine(
        found.reviews, scene, toolbox.wording, more=found.more, unasked=found.unasked
    )


def _show(toolbox: Toolbox, deed: Deed, asked: Command, rest: list[str]) -> Response:
    if not rest:
        raise Refusal("which_number")
    number = rest[0].lstrip("#")
    if len(rest) == 1 and number.isascii() and number.isdigit() and len(number) < 10:
        found = Listed((find_by_number(deed, asked.channel, int(number)),))
    else:
        found = find_by_title(deed, asked.channel, " ".join(rest))
    scene = _scene(toolbox, deed, asked, found.reviews)
    if len(found.reviews) == 1:
        seat = readable_seat(deed, asked.channel)
        keeps = read_actor(deed, seat, asked.user).is_keeper
        return lists.draw_show(found.reviews[0], scene, toolbox.wording, may_redact=keeps)
    return lists.draw_found(
        found.reviews, scene, toolbox.wording, words=" ".join(rest), more=found.more
    )


def _roster(toolbox: Toolbox, deed: Deed, asked: Command, _rest: list[str]) -> Response:
    seat = readable_seat(deed, asked.channel)
    people = [entry.person_id for entry in roster_of(deed.session, seat.id or 0)]
    keepers = keepers_here(deed, seat)
    scene = _scene(toolbox, deed, asked, (), [*people, *keepers])
    return lists.draw_roster(people, keepers, scene, toolbox.wording)


def _digest(toolbox: Toolbox, deed: Deed, asked: Command, _rest: list[str]) -> Response:
    seat = readable_seat(deed, asked.channel)
    digest, reviews = read_digest(deed.session, seat, now=deed.now)
    digest = replace(digest, next_up=next_in_turn(deed, seat))
    named = [user for review in reviews for user in people_in(review)]
    scene = _scene(toolbox, deed, asked, reviews, [*named, digest.next_up or ""])
    drawn = draw_digest_of(digest, scene, toolbox.wording, links=links_of(toolbox, deed, reviews))
    return {"text": drawn.text, "blocks": drawn.blocks}


WORDS: dict[str, Word] = {
    "list": _list,
    "mine": _mine,
    "show": _show,
    "roster": _roster,
    "digest": _digest,
}


def links_of(toolbox: Toolbox, deed: Deed, reviews: tuple[Review, ...]) -> dict[int, str]:
    address = toolbox.links.known_address(deed.workspace_id)
    return {review.id: card_link(deed.session, review, address) for review in reviews}


def _scene(
    toolbox: Toolbox,
    deed: Deed,
    asked: Command,
    reviews: tuple[Review, ...],
    people: list[str] | None = None,
) -> Scene:
    named = {*(people or ()), *(user for review in reviews for user in people_in(review))}
    return set_scene(
        deed.session,
        workspace_id=deed.workspace_id,
        channel_id=asked.channel,
        reader=deed.user,
        people=named,
        now=deed.now,
        args={
            "links": {str(i): link for i, link in links_of(toolbox, deed, reviews).items()},
            "channels": channel_names(deed.session, reviews),
        },
    )
