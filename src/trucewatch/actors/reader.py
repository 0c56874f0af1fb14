"""Reading the values of actors.yaml: every fault with line, column and the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from trucewatch.actors.validity import DayBound, Validity, parse_day_bound
from trucewatch.documents import Node
from trucewatch.errors import BadPeriod, Problem, Severity, nearest

__all__ = ["Reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects problems while values are read; what cannot be read is None or left out."""

    place: str
    severity: Severity = Severity.ERROR
    """Severity of what this reader finds."""
    problems: list[Problem] = field(default_factory=list)

    def lenient(self) -> Reader:
        """Return a reader of values whose faults leave the file usable; the problems are shared."""
        return replace(self, severity=Severity.WARNING)

    def fault(self, node: Node, value: str | None, expected: str, advice: str = "") -> None:
        """Note one problem at the position of `node`."""
        where = f"column {node.column}"
        self.problems.append(
            Problem(self.place, node.line, where, value, expected, advice, self.severity)
        )

    def unknown(self, node: Node, value: str, kind: str, known: Iterable[str]) -> None:
        """Note a name that is not among `known`, with the nearest that is."""
        names = sorted(known)
        near = nearest(value, names)
        advice = f"did you mean “{near}”?" if near else f"known: {', '.join(names[:12]) or 'none'}"
        self.fault(node, value, kind, advice)

    def fields(self, node: Node, kind: str, known: Sequence[str]) -> bool:
        """Whether `node` is a mapping; fields that are not known are problems."""
        if not node.is_map:
            self.fault(node, _shown(node), f"{kind} as a mapping with {', '.join(known)}")
            return False
        for key, child in node.items():
            if key not in known:
                self.unknown(child, key, f"a field of {kind}", known)
        return True

    def text(self, node: Node, key: str) -> str | None:
        """Return the text under `key`, None if it is absent; anything but text is a problem."""
        child = node.get(key)
        if child is None:
            return None
        words = child.text()
        if not words or not words.strip():
            self.fault(child, _shown(child), f"words under “{key}”")
            return None
        return words.strip()

    def required(self, node: Node, key: str, kind: str) -> str | None:
        """Return the text under `key`; its absence is a problem too."""
        if node.get(key) is None:
            self.fault(node, None, f"“{key}” of {kind}")
            return None
        return self.text(node, key)

    def choice(self, node: Node, key: str, known: Sequence[str], default: str) -> str:
        """Return the word under `key`, one of `known`; `default` if it is absent or not known."""
        word = self.text(node, key)
        if word is not None and word not in known:
            self.unknown(node.get(key) or node, word, f"one of {', '.join(known)}", known)
            return default
        return word or default

    def flag(self, node: Node, key: str) -> bool:
        """Return true or false under `key`; false if it is absent or neither."""
        child = node.get(key)
        value = False if child is None else child.flag()
        if child is not None and value is None:
            self.fault(child, _shown(child), f"true or false under “{key}”")
        return bool(value)

    def texts(self, node: Node, key: str) -> tuple[str, ...]:
        """Return the list of texts under `key`, a single text as a list of one."""
        child = node.get(key)
        words: list[str] = []
        for element in () if child is None else child.elements():
            text = (element.text() or "").strip()
            if text:
                words.append(text)
            else:
                self.fault(element, _shown(element), f"words in “{key}”")
        return tuple(words)

    def validity(self, node: Node) -> Validity:
        """Return the dates `from` and `to` of a mapping: half-open, either may be absent."""
        start, end = self._day(node, "from"), self._day(node, "to")
        if start is not None and end is not None and start.earliest >= end.latest:
            found = f"{self.text(node, 'from')} to {self.text(node, 'to')}"
            self.fault(node, found, "“from” before “to”")
            return Validity()
        return Validity(start, end)

    def _day(self, node: Node, key: str) -> DayBound | None:
        text = self.text(node, key)
        if text is None:
            return None
        try:
            return parse_day_bound(text)
        except BadPeriod:
            expected = "a day, month or year: 2016-07-28, 2016-07, 2016"
            self.fault(node.get(key) or node, text, expected)
            return None


def _shown(node: Node) -> str | None:
    if node.is_text:
        return node.text()
    return "a list" if node.is_list else "a mapping"
