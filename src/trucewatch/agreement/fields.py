"""Typed readers over one mapping of agreement.yaml: one value in, one value or one problem out.

A `Fields` reads each key of the mapping once and refuses the keys that nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NoReturn, TypeVar

from trucewatch.agreement.scope import Scope, did_you_mean
from trucewatch.agreement.texts import STATUSES
from trucewatch.documents import Node
from trucewatch.errors import BadCall
from trucewatch.periods import parse_duration, parse_instant

__all__ = ["Fields"]

_Value = TypeVar("_Value")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[-+]\d\d:\d\d)?)?")


class Fields:
    """The keys of one mapping; `close` refuses those that were not read."""

    def __init__(self, node: Node, what: str, scope: Scope) -> None:
        self.node = node
        self.what = what
        self.scope = scope
        self._read: set[str] = set()
        if not node.is_map:
            scope.refuse(node, f"{what}: a mapping of keys to values")

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.node.get(key) is not None

    def get(self, key: str) -> Node | None:
        """Return the node under `key` if one is written there, even an empty one."""
        self._read.add(key)
        return self.node.get(key)

    def need(self, key: str) -> Node | None:
        """Return the node under `key`, or None and a problem."""
        found = self.get(key)
        if found is None and self.node.is_map:
            self.scope.refuse(self.node, f"{key}: in {self.what}", value="no " + key)
        return found

    def close(self) -> None:
        """Refuse every key that was not asked for, with the nearest one that may stand here."""
        for key, node in self.node.items():
            if key not in self._read:
                near = did_you_mean(key, self._read)
                self.scope.refuse(node, f"a key of {self.what}", near, value=key)

    def text(self, key: str) -> str | None:
        """Return a text, or None if the key is absent."""
        node = self.get(key)
        if node is None:
            return None
        value = node.text()
        if value is None or not value.strip():
            self.scope.refuse(node, f"{key}: a text")
            return None
        return " ".join(value.split())

    def need_text(self, key: str) -> str:
        """Return a text that must be there; empty after a problem."""
        return "" if self.need(key) is None else self.text(key) or ""

    def choice(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Return one of the allowed words; `default` if the key is absent or wrong."""
        node = self.get(key)
        if node is None:
            return default
        options = tuple(allowed)
        value = node.text()
        if value in options:
            return str(value)
        expected = f"{key}: one of {', '.join(options)}"
        self.scope.refuse(node, expected, did_you_mean(value, options))
        return default

    def status(self) -> str:
        """Return how sure this term is (a word of STATUSES)."""
        return self.choice("status", STATUSES, "given")

    def flag(self, key: str) -> bool | None:
        """Return true or false, or None if the key is absent."""
        node = self.get(key)
        if node is None:
            return None
        value = node.flag()
        if value is None:
            self.scope.refuse(node, f"{key}: true or false, without quotes")
        return value

    def number(self, key: str, least: float, most: float) -> float | None:
        """Return a number in [least, most], or None if the key is absent."""
        node = self.get(key)
        if node is None:
            return None
        value = node.number()
        if value is None or not least <= value <= most:
            self.scope.refuse(node, f"{key}: a number from {least:g} to {most:g}, without quotes")
            return None
        return value

    def instant(self, key: str) -> datetime | None:
        """Return an instant; a day without an hour is its first instant in the agreement's zone."""
        node = self.get(key)
        if node is None:
            return None
        value = node.text() or ""
        written = _INSTANT.fullmatch(value)
        if written and not written[1]:
            value += "T00:00"
        expected = f"{key}: a time such as 2016-09-12T19:00 or a day such as 2016-09-12"
        return self._parsed(node, expected, parse_instant if written else _refused, value)

    def duration(self, key: str) -> timedelta | None:
        """Return a duration such as 48h, 7d or 90m."""
        node = self.get(key)
        if node is None:
            return None
        expected = f"{key}: a duration such as 48h, 7d or 90m"
        length = self._parsed(node, expected, _duration, node.text() or "")
        if length is not None and length <= timedelta(0):
            self.scope.refuse(node, f"{key}: a duration longer than nothing")
            return None
        return length

    def _parsed(
        self, node: Node, expected: str, read: Callable[[str, str], _Value], value: str
    ) -> _Value | None:
        try:
            return read(value, self.scope.zone)
        except BadCall as error:
            self.scope.refuse(node, expected, str(error) if "(" in str(error) else "")
            return None

    def name(self, key: str, kind: str) -> str | None:
        """Return a reference to something of this kind, or None if the key is absent."""
        node = self.get(key)
        return None if node is None else self.scope.name(node, kind)

    def names(self, key: str, kind: str) -> tuple[str, ...]:
        """Return one or several references; a key with nothing behind it is a problem."""
        node = self.get(key)
        if node is None:
            return ()
        if not node.elements():
            self.scope.refuse(node, f"{key}: at least one {kind}")
        found = (self.scope.name(one, kind) for one in node.elements())
        return tuple(one for one in found if one is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return one or several texts, in their order."""
        node = self.get(key)
        if node is None:
            return ()
        if not node.elements():
            self.scope.refuse(node, f"{key}: at least one text")
        for one in node.elements():
            if one.text() is None:
                self.scope.refuse(one, f"{key}: a text")
        return tuple(" ".join(value.split()) for one in node.elements() if (value := one.text()))

    def list_of(self, key: str) -> list[Node]:
        """Return the elements of a list; a single value is no list."""
        node = self.get(key)
        if node is None:
            return []
        if not node.is_list:
            self.scope.refuse(node, f"{key}: a list (lines that start with -)")
            return []
        return node.elements()


def _duration(value: str, _zone: str) -> timedelta:
    return parse_duration(value)


def _refused(value: str, _zone: str) -> NoReturn:
    message = f"{value} is no instant"
    raise BadCall(message)
