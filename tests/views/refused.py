"""Every refusal, and what stands beside a form's field when it needs another look."""

from collections.abc import Mapping
from typing import Any

from bot.views.scene import Drawn
from bot.views.whispers import draw_whisper
from bot.wording import Wording
from seat.acts import WHO_MAY, Act

PEOPLE = ["Sam Ortiz", "Kim Wu"]

VALUES: Mapping[str, list[dict[str, Any]]] = {
    "not_yours": [
        {"act": str(act), "number": 18, "people": people, "roles": [str(r) for r in WHO_MAY[act]]}
        for act in Act
        for people in (PEOPLE[: len(WHO_MAY[act])], [])
    ]
    + [{"people": ["Lee Park"], "roles": ["decider"]}],
    "not_in_channel": [{"act": str(act), "number": 18} for act in Act] + [{}],
    "guest": [{"act": "propose", "number": 0}],
    "external": [{"act": "set_up", "number": 0}],
    "already_seated": [{"people": ["Ana Lima"]}, {"people": []}],
    "already_decided": [{"state": "withdrawn"}, {"state": "decided"}],
    "bug": [{"reference": "7f3a-91"}],
    "form_bug": [{"reference": "7f3a-91"}],
    "still_asking": [
        {"known": 84, "total": 120, "slowly": False},
        {"known": 100, "total": 120, "slowly": True},
        {"known": 120, "total": 120, "slowly": False},
    ],
    "kind_gone": [{"kind": "packaging"}],
    "no_such_number": [{"number": 99}],
    "no_such_title": [{"words": "Trial"}],
    "unknown_kind": [{"kind": "prices", "kinds": ["pricing", "process", "product"]}],
    "unknown_word": [{"word": "lst", "words": ["help", "list", "mine", "setup", "show"]}],
    "changed_too_often": [{"number": 3, "limit": 200}],
    "too_many_proposals": [{"limit": 20}],
    "too_fast": [{"limit": 60}],
    "is_kept": [{"people": ["Kim Wu"]}, {"people": []}],
}
"""By key, in every form it takes; what is not here says the same always."""
ERRORS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "propose": {
        "kind": {"unknown_kind": {"kinds": ["pricing", "process", "product"]}},
        "title": {"too_long": {"length": 94, "limit": 80}},
        "told_to_her": {"empty": {}},
        "decider": {"decider_cannot": {}},
    },
    "propose, with personas": {"persona": {"unknown_persona": {}}},
    "propose, private": {"decider": {"default_decider_changed": {}}},
    "object": {"title": {"too_many_objections": {"limit": 10}}},
    "propose, all of it": {
        "takes_effect": {"in_the_past": {}},
        "decide_by": {"not_a_date": {}},
        "size": {"unknown_size": {}},
        "already_live": {"in_the_future": {}},
        "links": {"confidential": {}},
    },
    "revise": {
        "title": {"changed_meanwhile": {"now": "Team plan from $39 to $45"}},
        "decider": {"decider_not_in_channel": {}},
    },
    "decide": {
        "verdict": {"unknown_verdict": {}},
        "because": {"empty": {}},
        "changes": {"changes_missing": {}},
        "until": {"until_missing": {}},
        "overrule_1": {"overrule_missing": {"title": "Promised until renewal"}},
        "accepts": {"accepts_only_stop": {"live": False}},
    },
    "decide, in a word": {
        "because": {"too_short": {}},
        "overrule_1": {"overrule_short": {"title": "Promised until renewal"}},
    },
    "decide, by whoever proposed it": {"verdict": {"proposer_may_not_overrule": {}}},
    "settings": {
        "roster": {"roster_empty": {}},
        "keepers": {"keepers_cannot": {}, "keepers_gone": {}, "keepers_empty": {}},
        "timezone": {"unknown_zone": {}},
        "digest_day": {"unknown_day": {}},
        "digest_time": {"unknown_time": {}},
        "answer_within": {"unknown_span": {}},
        "keep_for": {"unknown_period": {}},
        "default_decider": {"decider_sits": {}},
        "private_channel": {"nobody_inside": {}},
    },
    "settings, filled": {
        "roster": {"roster_cannot_sit": {}},
        "keepers": {"changed_meanwhile": {"now": ["Lee Park", "Kim Wu"]}},
        "timezone": {"not_inside": {}},
        "personas": {"too_many": {"limit": 20}},
    },
}
"""By form and field: the sentence beside it, with its values."""


def draw_refusals(wording: Wording) -> dict[str, Drawn]:
    names = [key.partition(".")[2] for key in [*wording.keys()] if key.startswith("refusals.")]
    names.append("not_yours")
    return {
        f"{name} {place}": draw_whisper(f"refusals.{name}", values, wording)
        for name in names
        for place, values in enumerate(VALUES.get(name, [{}]), start=1)
    }


def field_errors(form: str, wording: Wording) -> dict[str, str]:
    return {
        field: wording.plain(f"field_errors.{key}", **values)
        for field, sentences in ERRORS.get(form, {}).items()
        for key, values in sentences.items()
    }
