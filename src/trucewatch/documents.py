"""Strict YAML for the files people write: every value keeps its line and column.

A scalar stays the text that was written; the reader says what it expects (`text`, `number`,
`flag`), so `19:00`, `NO`, `on` and `012` cannot turn into something else. Refused: duplicate keys,
tags, anchors and aliases, more than one document, more than `MAX_CHARACTERS`, nesting beyond
`MAX_DEPTH`. The tree is built from the parser's events, so that nothing refused is ever expanded and
none of YAML 1.1's implicit types is ever applied.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from yaml.reader import ReaderError

from trucewatch.errors import Problem, Severity

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "Node", "read_yaml"]

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9_]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_EMPTY = ("", "~", "null")
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it: its events are the same and come some fifteen times faster."""

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
        """Return a scalar written as a decimal number (finite, unquoted), else None."""
        if isinstance(self.value, str) and not self.quoted and _NUMBER.fullmatch(self.value):
            number = float(self.value.replace("_", ""))
            return number if math.isfinite(number) else None
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
    """Read one YAML document; `place` names the file in problems.

    With problems the node may be None, and holds nothing where something was refused.
    """
    if len(text) > MAX_CHARACTERS:
        return None, [_problem(place, 1, 1, f"{len(text)} characters", f"at most {MAX_CHARACTERS}")]
    text = text.removeprefix("\ufeff")
    try:
        builder = _built(text, place, _FAST)
    except (YAMLError, ValueError):
        return _slowly(text, place)
    return builder.root, builder.problems


def _built(text: str, place: str, loader: type) -> _Builder:
    builder = _Builder(place)
    for event in yaml.parse(text, Loader=loader):
        builder.take(event)
        if builder.stopped:
            break
    if builder.root is None and not builder.problems:
        builder.problems.append(_problem(place, 1, 1, None, "a YAML document"))
    return builder


def _slowly(text: str, place: str) -> tuple[Node | None, list[Problem]]:
    """Read with the parser in Python, whose errors name characters where libyaml's name bytes."""
    try:
        builder = _built(text, place, yaml.SafeLoader)
    except MarkedYAMLError as error:
        return None, [_syntax(error, text, place)]
    except ReaderError as error:
        line, column = _position(text, error.position)
        found = f"U+{ord(text[error.position]):04X}"
        return None, [_problem(place, line, column, found, "a character that YAML admits")]
    except (YAMLError, ValueError) as error:
        return None, [_problem(place, 1, 1, str(error)[:80], "YAML 1.2")]
    return builder.root, builder.problems


def _problem(place: str, line: int, column: int, value: str | None, expected: str) -> Problem:
    return Problem(place, line, f"column {column}", value, expected, severity=Severity.ERROR)


def _syntax(error: MarkedYAMLError, text: str, place: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    found = lines[line - 1].strip()[:80] if 0 < line <= len(lines) else ""
    return _problem(place, line, column, found, f"YAML 1.2 ({error.problem or error.context})")


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come; in a mapping, `key` waits for its value."""

    node: Node
    key: Node | None = None


@dataclass(slots=True)
class _Builder:
    """Takes events one by one; `root` is the document's value, `stopped` ends the reading."""

    place: str
    root: Node | None = None
    stopped: bool = False
    problems: list[Problem] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Add what the event brings to the tree, and a problem for what is refused."""
        if isinstance(event, DocumentStartEvent) and self.root is not None:
            self._refuse(event, "---", "one document in a file")
            self.stopped = True
        elif isinstance(event, CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, NodeEvent):
            self._take_node(event)

    def _take_node(self, event: NodeEvent) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self._refuse_marks(event)
        if isinstance(event, ScalarEvent):
            quoted = bool(event.style)
            empty = not quoted and event.value in _EMPTY
            self._attach(Node(None if empty else event.value, line, column, quoted))
        elif isinstance(event, CollectionStartEvent):
            node = Node({} if isinstance(event, MappingStartEvent) else [], line, column)
            self._attach(node)
            self._open.append(_Open(node))
            if len(self._open) > MAX_DEPTH:
                self._refuse(event, None, f"nesting of at most {MAX_DEPTH} levels")
                self.stopped = True
        else:
            self._attach(Node(None, line, column))

    def _refuse_marks(self, event: NodeEvent) -> None:
        if isinstance(event, AliasEvent):
            self._refuse(event, f"*{event.anchor}", "no anchors or aliases: write the value out")
            return
        if event.anchor:
            self._refuse(event, f"&{event.anchor}", "no anchors or aliases: write the value out")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
            self._refuse(event, str(event.tag), "no tags")

    def _attach(self, node: Node) -> None:
        """Put a value where it belongs: the root, the open list, the key or the value of a pair."""
        if not self._open:
            self.root = node
            return
        above = self._open[-1]
        if isinstance(above.node.value, list):
            above.node.value.append(node)
        elif above.key is None:
            above.key = node
            self._check_key(node, above)
        elif isinstance(above.node.value, dict):
            name = above.key.text()
            if name:
                above.node.value[name] = node
            above.key = None

    def _check_key(self, key: Node, above: _Open) -> None:
        name = key.text()
        expected = "a key that is plain text" if not name else "each key once in a mapping"
        if not name or (isinstance(above.node.value, dict) and name in above.node.value):
            self.problems.append(_problem(self.place, key.line, key.column, name, expected))

    def _refuse(self, event: Event, value: str | None, expected: str) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.problems.append(_problem(self.place, line, column, value, expected))
