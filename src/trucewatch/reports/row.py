"""One written row while it is being read: its cells, and what was found wrong with them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trucewatch.errors import Problem, Severity
from trucewatch.reports.resolved import EvidenceRef, Mention, MentionKind, Noted
from trucewatch.reports.written import Written

__all__ = ["Complaint", "Remarks", "Row"]

_LINE = re.compile(r"row (\d+)")
_FLAGS = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a cell, wherever the row stands."""

    column: str
    value: str | None
    expected: str
    advice: str
    severity: Severity

    def at(self, place: str, line: int | None) -> Problem:
        """Return it as the problem of one row of one file."""
        return Problem(
            place, line, self.column, self.value, self.expected, self.advice, self.severity
        )


Remarks = tuple[tuple[Complaint, ...], tuple[tuple[MentionKind, str], ...]]
"""What reading some cells found wrong, and what they use that the case does not know."""


class Row:
    """Cells as text, None when empty; bad cells become problems and are read as unknown."""

    __slots__ = ("_complaints", "_mentions", "ref", "values", "written")

    def __init__(self, ref: EvidenceRef, written: Written) -> None:
        self.ref = ref
        self.written = written
        self.values = {
            name: text for name, cell in written.values.items() if (text := cell.strip())
        }
        self._complaints: list[Complaint] = []
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
        shown = self.values.get(name) if value is None else value
        self._complaints.append(Complaint(name, shown, expected, advice, severity))

    def mention(self, kind: MentionKind, value: str) -> None:
        """Note that the case does not know `value`."""
        self._mentions.append((kind, value))

    def remarked(self) -> tuple[int, int]:
        """Return how many remarks were made so far, for `remarks_since`."""
        return len(self._complaints), len(self._mentions)

    def remarks_since(self, before: tuple[int, int]) -> Remarks | None:
        """Return what was remarked after `remarked` gave `before`; None if nothing was."""
        if self.remarked() == before:
            return None
        return tuple(self._complaints[before[0]:]), tuple(self._mentions[before[1]:])

    def repeat(self, remarks: Remarks) -> None:
        """Remark what a row of the same cells remarked."""
        self._complaints += remarks[0]
        self._mentions += remarks[1]

    def noted(self, known_at: datetime | None) -> tuple[Noted, ...]:
        """Return the problems of this row, known from `known_at`."""
        if not self._complaints:
            return ()
        found = _LINE.search(self.written.locator)
        line = int(found[1]) if found else None
        return tuple(Noted(one.at(self.ref.place, line), known_at) for one in self._complaints)

    def mentioned(
        self, known_at: datetime | None, lat: float | None = None, lon: float | None = None
    ) -> tuple[Mention, ...]:
        """Return what this row uses and the case does not know, once each."""
        if not self._mentions:
            return ()
        example = f"{self.ref.place}, {self.written.locator}"
        return tuple(
            Mention(kind, value, example, known_at, lat, lon)
            for kind, value in dict.fromkeys(self._mentions)
        )
