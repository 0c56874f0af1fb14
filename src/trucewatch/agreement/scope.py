"""What the readers of all sections share: the names that exist, and where problems go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from trucewatch.agreement.agreement import Group
from trucewatch.agreement.ground import Zone
from trucewatch.agreement.times import Phase
from trucewatch.documents import Node
from trucewatch.errors import Problem, Severity, nearest

__all__ = ["Scope", "did_you_mean", "identifier"]

_IDENTIFIER = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the readers of all sections share; only the problems and inline definitions grow."""

    place: str
    zone: str = "UTC"
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Kind of name → the names that exist; a party also counts as a group of one."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Text key → archived words."""
    problems: list[Problem] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    """Groups written where they are used; their keys hold a dot."""
    zones: dict[str, Zone] = field(default_factory=dict)
    phases: dict[str, Phase] = field(default_factory=dict)

    def refuse(self, node: Node, expected: str, advice: str = "", value: str | None = None) -> None:
        """Record an error at `node`; `value` replaces the node's own text."""
        self._record(node, expected, advice, value, Severity.ERROR)

    def warn(self, node: Node, expected: str, advice: str = "", value: str | None = None) -> None:
        """Record a warning at `node`."""
        self._record(node, expected, advice, value, Severity.WARNING)

    def _record(
        self, node: Node, expected: str, advice: str, value: str | None, severity: Severity
    ) -> None:
        found = value if value is not None else shown(node)
        column = f"column {node.column}"
        self.problems.append(
            Problem(self.place, node.line, column, found, expected, advice, severity)
        )

    def name(self, node: Node, kind: str) -> str | None:
        """Return a reference of this kind, else None and a problem with the nearest name."""
        known = self.names.get(kind, frozenset())
        value = node.text()
        if value is not None and value in known:
            return value
        self.refuse(node, f"the name of {_with_article(kind)}", did_you_mean(value, known))
        return None

    def in_zone(self, zone: str) -> Scope:
        """Return the same scope whose times are read in `zone` (an IANA name)."""
        return replace(self, zone=zone)


def shown(node: Node) -> str | None:
    """Return a node as one short text for a message."""
    if node.is_map:
        return "{" + ", ".join(key for key, _ in node.items()) + "}"
    if node.is_list:
        return f"a list of {len(node.elements())}"
    value = node.text()
    return value if value is None or len(value) <= 80 else value[:77] + "…"


def did_you_mean(value: str | None, known: Iterable[str]) -> str:
    """Return advice with the nearest known name, else with the names there are."""
    names = sorted(known)
    near = nearest(value, names) if value else None
    if near:
        return f"Did you mean “{near}”?"
    listed = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"Known: {listed or 'none'}"


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def identifier(node: Node, value: str, scope: Scope, kind: str) -> bool:
    """Whether `value` may be an id (lower case, digits, - and _); if not, record a problem."""
    if _IDENTIFIER.fullmatch(value):
        return True
    expected = f"the id of {_with_article(kind)}: lower-case letters, digits, - or _"
    scope.refuse(node, expected, value=value)
    return False
