"""One written row while it is being read: its cells, and what was found wrong with them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import datetime

from trucewatch.errors import Problem, Severity
from trucewatch.reports.resolved import EvidenceRef, Mention, MentionKind, Noted
from trucewatch.reports.written import Written

__all__ = ["Row"]

_LINE = re.compile(r"row (\d+)")
_FLAGS = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}


class Row:
    """Cells as text, None when empty; bad cells become problems and are read as unknown."""

    __slots__ = ("_mentions", "_problems", "ref", "values", "written")

    def __init__(self, ref: EvidenceRef, written: Written) -> None:
        self.ref = ref
        self.written = written
        self.values = {
            name: text for name, cell in written.values.items() if (text := cell.strip())
        }
        self._problems: list[Problem] = []
        self._mentions: list[tuple[MentionKind, str]] = []

    def text(self, name: str) -> str | None:
        """Return a cell, None if it is missing or empty."""
        return self.values.get(name)

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """Return a decimal number within [low, high]."""
        text = self.values.get(name)
        if text is None:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value) and low <= value <= high:
            return value
        least = "" if math.isinf(low) else f" from {low:g}"
        greatest = "" if math.isinf(high) else f" to {high:g}"
        self.complain(name, f"a number{least}{greatest}")
        return None

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """Return a word of a closed list; capitals and spaces for underscores are forgiven."""
        text = self.values.get(name)
        if text is None or text in allowed:
            return text
        word = text.casefold().replace(" ", "_").replace("-", "_")
        if word in allowed:
            return word
        self.complain(name, f"one of {', '.join(allowed)}")
        return None

    def flag(self, name: str) -> bool | None:
        """Return yes or no as a truth value; “unknown” is None."""
        text = self.values.get(name)
        if text is None or text.casefold() == "unknown":
            return None
        value = _FLAGS.get(text.casefold())
        if value is None:
            self.complain(name, "yes, no or unknown")
        return value

    def instant(
        self, name: str, read: Callable[[str], tuple[datetime | None, str | None]]
    ) -> datetime | None:
        """Return the instant that `read` finds in a cell; it answers (instant, why not)."""
        text = self.values.get(name)
        if text is None:
            return None
        instant, why = read(text)
        if why is not None:
            self.complain(name, "a date or an instant", f"{why}. The cell is read as unknown.")
        return instant

    def complain(
        self,
        name: str,
        expected: str,
        advice: str = "The cell is read as unknown.",
        severity: Severity = Severity.WARNING,
        *,
        value: str | None = None,
    ) -> None:
        """Note a problem with the cell `name` (or with `value`, a part of it)."""
        found = _LINE.search(self.written.locator)
        line = int(found[1]) if found else None
        shown = self.values.get(name) if value is None else value
        self._problems.append(
            Problem(self.ref.place, line, name, shown, expected, advice, severity)
        )

    def mention(self, kind: MentionKind, value: str) -> None:
        """Note that the case does not know `value`."""
        self._mentions.append((kind, value))

    def noted(self, known_at: datetime | None) -> tuple[Noted, ...]:
        """Return the problems of this row, known from `known_at`."""
        return tuple(Noted(one, known_at) for one in self._problems)

    def mentioned(
        self, known_at: datetime | None, lat: float | None = None, lon: float | None = None
    ) -> tuple[Mention, ...]:
        """Return what this row uses and the case does not know, once each."""
        example = f"{self.ref.place}, {self.written.locator}"
        return tuple(
            Mention(kind, value, example, known_at, lat, lon)
            for kind, value in dict.fromkeys(self._mentions)
        )
