"""What someone chose or typed, for every interactive element Slack has."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.slack.fields import dicts_at, text_at, texts_at

_ONE = (
    "selected_user",
    "selected_conversation",
    "selected_channel",
    "selected_date",
    "selected_time",
)
_MANY = ("selected_users", "selected_conversations", "selected_channels")


def read_element(element: Any) -> str | tuple[str, ...] | None:
    """One value, several, or None for an element left empty."""
    if not isinstance(element, Mapping):
        return None
    if "selected_options" in element:
        return tuple(text_at(option, "value") for option in dicts_at(element, "selected_options"))
    for name in _MANY:
        if name in element:
            return texts_at(element, name)
    if "files" in element:
        return tuple(text_at(file, "id") for file in dicts_at(element, "files"))
    if "selected_option" in element:
        return text_at(element, "selected_option", "value") or None
    for name in _ONE:
        if name in element:
            return text_at(element, name) or None
    if "selected_date_time" in element:
        moment = element["selected_date_time"]
        return str(moment) if isinstance(moment, int) else None
    if "rich_text_value" in element:
        return _plain(element["rich_text_value"]) or None
    return text_at(element, "value") or None


def read_values(state: Any) -> dict[str, str | tuple[str, ...] | None]:
    """A form's state by block_id; in our forms a block holds one element."""
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    found: dict[str, str | tuple[str, ...] | None] = {}
    for block_id, elements in values.items():
        if isinstance(elements, Mapping) and elements:
            found[str(block_id)] = read_element(next(iter(elements.values())))
    return found


def read_shown(blocks: Iterable[Mapping[str, Any]]) -> dict[str, str | tuple[str, ...] | None]:
    """What a form's fields were drawn with, by block_id; a field drawn empty is left out."""
    found: dict[str, str | tuple[str, ...] | None] = {}
    for block in blocks:
        element = block.get("element")
        if not isinstance(element, Mapping):
            continue
        first = {
            "value" if name == "initial_value" else name.replace("initial_", "selected_"): given
            for name, given in element.items()
            if name.startswith("initial_")
        }
        if first:
            found[text_at(block, "block_id")] = read_element(first)
    return found


def _plain(rich: Any) -> str:
    """The words of a rich_text value; one line a section."""
    lines = []
    for section in dicts_at(rich, "elements"):
        if section.get("type") == "rich_text_list":
            lines += [_words(item) for item in dicts_at(section, "elements")]
        else:
            lines.append(_words(section))
    return "\n".join(lines).strip()


def _words(section: Any) -> str:
    parts = dicts_at(section, "elements")
    return "".join(text_at(part, "text") or text_at(part, "url") for part in parts)
