"""Acting as a person over HTTP: the verbs of the Python driver, by name."""

from collections.abc import Callable
from typing import Any

from playground.driver.message import Channel, Message
from playground.driver.person import Person
from playground.driver.shown import Shown
from playground.driver.team import Team
from playground.driver.view import View
from playground.errors import CannotDo, CannotSubmit
from playground.state.records import Json

Verb = Callable[["Stand", Json], Any]


class Stand:
    """Where a request stands: which person, and the things it names."""

    def __init__(self, teams: list[Team], request: Json) -> None:
        self.team, self.person = _find_person(teams, str(request.get("person", "")))

    def channel(self, name: Any) -> Channel:
        if name in (None, "dm"):
            return self.person.dm
        try:
            return self.team.channel(str(name))
        except KeyError:
            raise CannotDo(f"no channel {name}") from None

    def message(self, request: Json) -> Message:
        channel = self.channel(request.get("channel"))
        ts = str(request.get("ts", ""))
        for message in self.person.ephemerals(channel):
            if message.ts == ts:
                return message
        return channel.message(ts)


def act(teams: list[Team], request: Json) -> Json:
    """{"person": id or name, "verb": …, and what the verb takes}. Raises CannotDo."""
    stand = Stand(teams, request)
    verb = VERBS.get(str(request.get("verb")))
    if verb is None:
        raise CannotDo(f"no such verb: {request.get('verb')}; there is: {', '.join(VERBS)}")
    try:
        return {"ok": True, "result": _shape(verb(stand, request))}
    except CannotSubmit as error:
        return {"ok": False, "error": "cannot_submit", "fields": error.fields}


def _find_person(teams: list[Team], name: str) -> tuple[Team, Person]:
    for team in teams:
        for person in team.people:
            if name in (person.id, person.name, person.real_name):
                return team, person
    raise CannotDo(f"no person {name}")


def _options(request: Json, *names: str) -> Json:
    return {name: request[name] for name in names if name in request}


_TYPED = ("phone", "as_list", "blocks", "files")
_PRESSED = ("value", "option", "select", "block", "text")


def _press(stand: Stand, request: Json) -> Shown:
    options = _options(request, *_PRESSED)
    return stand.person.press(stand.message(request), request["action_id"], **options)


def _shortcut(stand: Stand, request: Json) -> Shown:
    message = stand.message(request) if "ts" in request else None
    return stand.person.shortcut(request["callback_id"], message)


VERBS: dict[str, Verb] = {
    "command": lambda s, r: s.person.command(
        r["command"], r.get("text", ""), s.channel(r.get("channel"))
    ),
    "shortcut": _shortcut,
    "post": lambda s, r: s.person.post(
        s.channel(r.get("channel")), r.get("text", ""), **_options(r, *_TYPED)
    ),
    "reply": lambda s, r: s.person.reply(
        s.message(r), r.get("text", ""), **_options(r, "broadcast", *_TYPED)
    ),
    "edit": lambda s, r: s.person.edit(
        s.message(r), r.get("text", ""), **_options(r, "phone", "as_list", "blocks")
    ),
    "delete": lambda s, r: s.person.delete(s.message(r)),
    "react": lambda s, r: s.person.react(s.message(r), r["name"]),
    "unreact": lambda s, r: s.person.unreact(s.message(r), r["name"]),
    "press": _press,
    "press_in_modal": lambda s, r: s.person.press_in_modal(
        r["action_id"], **_options(r, *_PRESSED)
    ),
    "press_in_home": lambda s, r: s.person.press_in_home(r["action_id"], **_options(r, *_PRESSED)),
    "fill": lambda s, r: s.person.fill(force=bool(r.get("force")), **r.get("values", {})),
    "submit": lambda s, r: s.person.submit(force=bool(r.get("force")), **r.get("values", {})),
    "close": lambda s, r: s.person.close(everything=bool(r.get("everything"))),
    "open_home": lambda s, r: s.person.open_home(r.get("tab", "home")),
    "join": lambda s, r: s.person.join(s.channel(r["channel"])),
    "leave": lambda s, r: s.person.leave(s.channel(r["channel"])),
    "invite_bot": lambda s, r: s.person.invite_bot(s.channel(r["channel"])),
    # With another company, and no more: whoever the person is, as with an admin's doing.
    "share": lambda s, r: s.channel(r["channel"]).share(**_options(r, "other_team")),
    "unshare": lambda s, r: s.channel(r["channel"]).unshare(**_options(r, "other_team")),
}


def _shape(value: Any) -> Any:
    if isinstance(value, Message):
        return {"channel": value.channel_record.id, "ts": value.ts, "text": value.text}
    if isinstance(value, View):
        return {"id": value.id, "callback_id": value.callback_id, "title": value.title}
    if isinstance(value, Shown):
        return {
            "text": value.text,
            "blocks": value.blocks,
            "error": value.error,
            "modal": _shape(value.modal),
        }
    return value
