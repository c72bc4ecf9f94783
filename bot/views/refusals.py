"""Why something was not done, in one sentence: which act, who may, and what to do now."""

from collections.abc import Mapping
from typing import Any

from bot.wording import Said, Wording
from seat.acts import Reason

SOMEBODY_ELSES = str(Reason.NOT_YOURS)


def say_refusal(
    key: str, values: Mapping[str, Any], wording: Wording, *, plain: bool = False
) -> Said:
    """`key`, `values`: a Refusal's, its people as names. `plain`: for plain_text elements.

    What is somebody else's to do has a sentence for each act (templates/who_may.j2).
    """
    say = wording.plain if plain else wording.say
    act = str(values.get("act") or "anything")
    if key == SOMEBODY_ELSES:
        people, roles = values["people"], values["roles"]
        return Said(
            say(
                f"who_may.{act}",
                number=values.get("number") or 0,
                who=Said(say("who_may.who", people=people, roles=roles)),
                them=Said(say("who_may.them", people=people)),
            )
        )
    return Said(say(f"refusals.{key}", **values, deed=Said(say(f"acts.{act}"))))
