"""Strict YAML for the files people write: every value keeps its line and column, nothing is guessed.

A scalar stays the text that was written; the reader says what it expects (`text`, `number`,
`flag`), so `19:00`, `NO`, `on` and `012` cannot turn into something else. Refused: duplicate keys,
tags, anchors and aliases, more than one document, more than `MAX_CHARACTERS`, nesting beyond `MAX_DEPTH`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from trucewatch.errors import Problem, Severity

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "Node", "read_yaml"]

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9_]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_FLAGS = {"true": True, "false": False, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document with its position; lines and columns count from 1."""

    value: str | list[Node] | dict[str, Node] | None
    line: int
    column: int
    quoted: bool = False

    @property
    def is_map(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether this is a sequence."""
        return isinstance(self.value, list)

    @property
    def is_text(self) -> bool:
        """Whether this is a scalar (also an empty one)."""
        return not isinstance(self.value, dict | list)

    def get(self, key: str) -> Node | None:
        """Return the value under `key` of a mapping, or None."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """Return the pairs of a mapping in file order; nothing for other values."""
        return iter(self.value.items() if isinstance(self.value, dict) else ())

    def elements(self) -> list[Node]:
        """Return a list's elements, a single value as a list of one, an empty value as none."""
        if isinstance(self.value, list):
            return self.value
        return [] if self.value is None else [self]

    def text(self) -> str | None:
        """Return the scalar as written, None if it is empty or no scalar."""
        return self.value if isinstance(self.value, str) else None

    def number(self) -> float | None:
        """Return a scalar written as a decimal number, else None."""
        if isinstance(self.value, str) and not self.quoted and _NUMBER.fullmatch(self.value):
            return float(self.value.replace("_", ""))
        return None

    def flag(self) -> bool | None:
        """Return a scalar written as true, false, yes or no (lower case, unquoted), else None."""
        if isinstance(self.value, str) and not self.quoted:
            return _FLAGS.get(self.value)
        return None

    def plain(self) -> object:
        """Return the value without positions, for display: dicts, lists and texts as written."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read_yaml(text: str, place: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document; `place` names the file in problems. With problems the node may be None."""
    if len(text) > MAX_CHARACTERS:
        return None, [_problem(place, 1, 1, f"{len(text)} characters", f"at most {MAX_CHARACTERS}")]
    try:
        root = YAML(typ="rt", pure=True).compose(text.removeprefix("\ufeff"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return None, [_problem(place, line, column, _line_of(text, line), f"YAML 1.2 ({error.problem or error.context})")]
    except (YAMLError, RecursionError, ValueError) as error:
        return None, [_problem(place, 1, 1, type(error).__name__, "YAML 1.2 that is not nested too deeply")]
    problems: list[Problem] = []
    if root is None:
        return None, [_problem(place, 1, 1, None, "a YAML document")]
    return _convert(root, place, problems, frozenset(), 0), problems


def _problem(place: str, line: int, column: int, value: str | None, expected: str) -> Problem:
    return Problem(place, line, f"column {column}", value, expected, severity=Severity.ERROR)


def _line_of(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip()[:80] if 0 < line <= len(lines) else ""


def _convert(node: ScalarNode | SequenceNode | MappingNode, place: str, problems: list[Problem], above: frozenset[int], depth: int) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if depth > MAX_DEPTH or id(node) in above:
        problems.append(_problem(place, line, column, None, f"nesting of at most {MAX_DEPTH} levels"))
        return Node(None, line, column)
    if node.anchor:
        problems.append(_problem(place, line, column, f"&{node.anchor}", "no anchors or aliases: write the value out"))
    inside = above | {id(node)}
    if isinstance(node, ScalarNode):
        _refuse_tag(node, place, problems, line, column)
        empty = node.style is None and node.value in ("", "~", "null")
        return Node(None if empty else node.value, line, column, node.style is not None)
    if isinstance(node, SequenceNode):
        parts = [_convert(child, place, problems, inside, depth + 1) for child in node.value]
        return Node(parts, line, column)
    return Node(_pairs(node, place, problems, inside, depth), line, column)


def _pairs(
    node: MappingNode, place: str, problems: list[Problem], inside: frozenset[int], depth: int
) -> dict[str, Node]:
    pairs: dict[str, Node] = {}
    for key, child in node.value:
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        name = key.value if isinstance(key, ScalarNode) else ""
        if not name:
            problems.append(_problem(place, line, column, None, "a key that is plain text"))
        elif name in pairs:
            problems.append(_problem(place, line, column, name, "each key once in a mapping"))
        pairs[name] = _convert(child, place, problems, inside, depth + 1)
    return pairs


def _refuse_tag(node: ScalarNode, place: str, problems: list[Problem], line: int, column: int) -> None:
    """A tag that was written has a handle; one that the parser inferred has none."""
    if node.ctag and node.ctag.handle:
        problems.append(_problem(place, line, column, str(node.tag), "no tags"))
