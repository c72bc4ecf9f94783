"""Holds JSON against the shapes made from Slack's own TypeScript definitions (see schema/README).

Unions are told apart by `type`, so that a fault is reported where it is and a check stays fast.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema

from playground.blocks.trouble import Trouble

Json = dict[str, Any]

# What Slack's documentation has and its TypeScript definitions (3.2.0) leave out.
_ALSO: dict[str, Json] = {"RichTextList": {"offset": {"type": "number"}}}


_ARTICLES = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
}


def find_shape_troubles(value: Any, definition: str, path: tuple[str | int, ...]) -> list[Trouble]:
    """`definition`: a name in the schema: KnownBlock, ModalView, HomeView, MessageMetadata …"""
    return [
        Trouble(path + tuple(error.absolute_path), _what(error))
        for error in _validator(definition).iter_errors(value)
    ]


@cache
def _definitions() -> Json:
    text = files("playground").joinpath("schema", "slack-types.json").read_text("utf-8")
    definitions: Json = json.loads(text)["definitions"]
    for name, fields in _ALSO.items():
        definitions[name]["properties"] |= fields
    # A view's blocks are checked one by one, so that each fault names its block.
    for view in ("ModalView", "HomeView"):
        definitions[view]["properties"]["blocks"] = {"type": "array"}
    return {name: _told_apart(schema, definitions) for name, schema in definitions.items()}


@cache
def _validator(definition: str) -> Any:
    kind = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
        jsonschema.Draft7Validator, {"byType": _by_type, "$ref": _reference}
    )
    return kind({"$ref": f"#/definitions/{definition}"})


def _told_apart(schema: Any, definitions: Json) -> Any:
    if isinstance(schema, list):
        return [_told_apart(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    choices = schema.get("anyOf")
    if isinstance(choices, list) and (mapping := _by_type_mapping(choices, definitions)):
        return {"byType": mapping}
    return {key: _told_apart(value, definitions) for key, value in schema.items()}


def _by_type_mapping(choices: list[Any], definitions: Json) -> Json | None:
    mapping: Json = {}
    for choice in choices:
        flat = _flattened(choice, definitions)
        if flat is None:
            return None
        for name, schema in flat:
            if name in mapping:
                return None
            mapping[name] = schema
    return mapping


def _flattened(choice: Any, definitions: Json) -> list[tuple[str, Any]] | None:
    target = choice
    if "$ref" in choice:
        target = definitions[choice["$ref"].rsplit("/", 1)[1]]
    kind = target.get("properties", {}).get("type", {})
    if "const" in kind:
        return [(kind["const"], choice)]
    found: list[tuple[str, Any]] = []
    for inner in target.get("anyOf", []):
        flat = _flattened(inner, definitions)
        if flat is None:
            return None
        found += flat
    names = [name for name, _ in found]
    if len(set(names)) == 1:
        return [(names[0], choice)]
    return found or None


def _reference(
    validator: Any, reference: str, instance: object, schema: Json
) -> Iterator[jsonschema.ValidationError]:
    definition = _definitions()[reference.rsplit("/", 1)[1]]
    yield from validator.descend(instance, definition)


def _by_type(
    validator: Any, mapping: Json, instance: object, schema: Json
) -> Iterator[jsonschema.ValidationError]:
    if not isinstance(instance, dict):
        yield jsonschema.ValidationError("", validator="type", validator_value="object")
    elif "type" not in instance:
        yield jsonschema.ValidationError("", validator="required", validator_value=["type"])
    elif not isinstance(instance["type"], str) or instance["type"] not in mapping:
        yield jsonschema.ValidationError(
            "", validator="unsupported", instance=instance["type"], path=["type"]
        )
    else:
        yield from validator.descend(instance, mapping[instance["type"]])


def _missing(error: Any) -> str:
    if isinstance(error.instance, dict):
        for name in error.validator_value:
            if name not in error.instance and repr(name) in (error.message or repr(name)):
                return str(name)
    return str(error.validator_value[0])


def _what(error: Any) -> str:
    match error.validator:
        case "required":
            return f"missing required field: {_missing(error)}"
        case "type":
            return f"must provide {_ARTICLES.get(str(error.validator_value), 'another type')}"
        case "unsupported":
            return f"unsupported type: {error.instance}"
        case "additionalProperties":
            allowed = error.schema.get("properties", {})
            extra = sorted(set(error.instance) - set(allowed))
            return f"invalid additional property: {', '.join(extra)}"
        case "enum":
            return f"must be one of: {', '.join(str(v) for v in error.validator_value)}"
        case "const":
            return f"must be {error.validator_value}"
        case "anyOf":
            return "failed to match all allowed schemas"
    return str(error.message)
