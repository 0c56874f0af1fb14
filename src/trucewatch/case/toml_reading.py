"""Typed reading of case.toml: every problem of the file at once, each at the line of its own key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trucewatch.errors import BadCaseFile, Problem, Severity, nearest

__all__ = ["TomlReader", "TomlTable"]

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]+\"|'[^']+')\s*[=.]")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")

Where = tuple[str, int]
"""A table by its dotted name, and which of that name it is, counted from 0."""


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of the document, and where it stands."""

    values: Mapping[str, Any]
    name: str = ""
    number: int = 0


@dataclass(slots=True)
class TomlReader:
    """Hands out values of the right type and notes what is not."""

    text: str
    place: str
    problems: list[Problem] = field(default_factory=list)
    _lines: dict[tuple[Where, str], int] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = _line_index(self.text)

    def document(self) -> TomlTable:
        """Return the whole document; BadCaseFile when it is no TOML."""
        try:
            return TomlTable(tomllib.loads(self.text))
        except tomllib.TOMLDecodeError as error:
            line = _AT_LINE.search(str(error))
            number = int(line[1]) if line else None
            problem = Problem(self.place, number, None, str(error), "TOML 1.0", severity=Severity.ERROR)
            message = f"{self.place} cannot be read"
            raise BadCaseFile(message, [problem]) from error

    def complain(self, table: TomlTable, key: str, value: object, expected: str) -> None:
        """Note a problem at the line of `key` in its table, or of the table's own header."""
        where = (table.name, table.number)
        line = self._lines.get((where, key), self._lines.get((where, "")))
        shown = None if value is None else str(value)
        column = f"{table.name}.{key}" if table.name else key
        self.problems.append(Problem(self.place, line, column, shown, expected, severity=Severity.ERROR))

    def table(self, parent: TomlTable, key: str, known: Sequence[str] | None = None) -> TomlTable:
        """Return a sub-table, empty if it is absent; `known` are the only keys allowed in it."""
        value = parent.values.get(key, {})
        name = f"{parent.name}.{key}" if parent.name else key
        if not isinstance(value, dict):
            self.complain(parent, key, value, "a table")
            return TomlTable({}, name)
        table = TomlTable(value, name)
        if known is not None:
            self.refuse_unknown(table, known)
        return table

    def tables(self, parent: TomlTable, key: str, known: Sequence[str]) -> tuple[TomlTable, ...]:
        """Return the tables written as [[key]]."""
        value = parent.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.complain(parent, key, value, f"tables under [[{key}]]")
            return ()
        found = tuple(TomlTable(one, key, number) for number, one in enumerate(value))
        for table in found:
            self.refuse_unknown(table, known)
        return found

    def refuse_unknown(self, table: TomlTable, known: Sequence[str]) -> None:
        """Complain about every key that nobody reads."""
        for strange in sorted(table.values.keys() - set(known)):
            near = nearest(strange, known)
            hint = f" (did you mean {near}?)" if near else ""
            self.complain(table, strange, strange, f"one of {', '.join(known)}{hint}")

    def words(self, table: TomlTable, key: str, default: str | None = None) -> str:
        """Return a text that is not empty; complain if it is missing and has no default."""
        value = table.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            self.complain(table, key, value, "text")
            return default or ""
        return value

    def optional(self, table: TomlTable, key: str) -> str | None:
        """Return a text, or None where the key is absent."""
        return self.words(table, key) or None if key in table.values else None

    def list_of_words(self, table: TomlTable, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        value = table.values.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.complain(table, key, value, 'a list of texts such as ["en"]')
            return tuple(default)
        return tuple(value)

    def flag(self, table: TomlTable, key: str, *, default: bool) -> bool:
        """Return true or false; a text such as "no" is neither."""
        value = table.values.get(key, default)
        if not isinstance(value, bool):
            self.complain(table, key, value, "true or false, without quotes")
            return default
        return value

    def measure(self, table: TomlTable, key: str, default: float) -> float:
        """Return a number that is not negative."""
        value = table.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            self.complain(table, key, value, "a number, 0 or more")
            return default
        return float(value)

    def choice(self, table: TomlTable, key: str, known: Sequence[str], default: str) -> str:
        """Return one of a closed list."""
        value = table.values.get(key, default)
        if not isinstance(value, str) or value not in known:
            near = nearest(value, known) if isinstance(value, str) else None
            hint = f" (did you mean {near}?)" if near else ""
            self.complain(table, key, value, f"one of {', '.join(known)}{hint}")
            return default
        return value


def _line_index(text: str) -> dict[tuple[Where, str], int]:
    """Return (table, key) → line; the header of a table has the key "". The first mention wins."""
    lines: dict[tuple[Where, str], int] = {}
    counted: dict[str, int] = {}
    where: Where = ("", 0)
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.fullmatch(line)
        if header:
            name = ".".join(part.strip().strip("\"'") for part in header[1].split("."))
            where = (name, counted.get(name, 0))
            counted[name] = where[1] + 1
            lines.setdefault((where, ""), number)
            continue
        key = _KEY.match(line)
        if key:
            lines.setdefault((where, key[1].strip("\"'")), number)
    return lines
