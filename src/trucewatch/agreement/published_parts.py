"""The parts that the published schema is built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["Schema", "block", "entries", "many", "one_of", "text"]

Schema = dict[str, Any]


def text(told: str = "") -> Schema:
    """A text, or a number that is read as one."""
    return {"type": ["string", "number"], **({"description": told} if told else {})}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"enum": list(words)}


def many(part: Schema) -> Schema:
    """One, or a list of several."""
    return {"anyOf": [part, {"type": "array", "minItems": 1, "items": part}]}


def block(title: str, properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """A mapping that holds these keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {
        "title": title, "type": "object", "properties": dict(properties), **needed, "additionalProperties": False,
    }


def entries(part: Schema) -> Schema:
    """A mapping of any ids to such parts."""
    return {"type": ["object", "null"], "additionalProperties": part}
