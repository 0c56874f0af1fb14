"""The declaration beside a file, from YAML: every statement that cannot be used is a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from trucewatch.documents import Node, read_yaml
from trucewatch.errors import BadPeriod, Problem, Severity, UnknownName, nearest
from trucewatch.periods import end_of, zone_of
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS
from trucewatch.sources.dates import is_date_form
from trucewatch.sources.declaration import LEFT_OUT, Declaration

__all__ = ["load_declaration"]

_COLUMNS = frozenset(REPORT_COLUMNS) | frozenset(CLAIM_COLUMNS)
_DELIMITERS = {
    ",": ",",
    ";": ";",
    "|": "|",
    "\t": "\t",
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
}
_COUNTED = ("rows", "rejected")
_LONGEST = 200


def load_declaration(
    text: str, place: str, base: Declaration | None = None
) -> tuple[Declaration, tuple[Problem, ...]]:
    """Lay the declaration in `text` (YAML, from the file `place`) over `base`.

    A statement that cannot be used is a problem of severity ERROR with line and column, and leaves
    the base as it was. No statement here can change `file`, `sources`, `lexicon` or `siblings`.
    """
    found = Declaration() if base is None else base
    root, problems = read_yaml(text, place)
    if root is None:
        return found, tuple(problems)
    reader = _Reader(place, problems)
    if not root.is_map:
        reader.refuse(root, None, "keys such as source, timezone, columns")
        return found, tuple(problems)
    return _laid_over(found, root, reader), tuple(problems)


def _laid_over(found: Declaration, root: Node, reader: _Reader) -> Declaration:
    """Return `found` with every usable statement of the document."""
    values: dict[str, object] = {}
    for key, node in root.items():
        read = _KEYS.get(key)
        if read is None:
            near = nearest(key, _KEYS)
            reader.refuse(
                node, key, f"one of {', '.join(_KEYS)}", f"Did you mean {near}?" if near else ""
            )
            continue
        value = read(reader, node, found if key != "release" else _zoned(found, values))
        if value is not None:
            values[key] = value
    return replace(found, **values)  # type: ignore[arg-type]


def _zoned(found: Declaration, values: Mapping[str, object]) -> Declaration:
    """A release day is a day of the zone that the same file states above it."""
    zone = values.get("timezone")
    return replace(found, timezone=zone) if isinstance(zone, str) else found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where the document came from, and the list that its problems go to."""

    place: str
    problems: list[Problem]

    def refuse(self, node: Node, value: str | None, expected: str, advice: str = "") -> None:
        """Note that the value at `node` cannot be used."""
        self.problems.append(
            Problem(
                self.place,
                node.line,
                f"column {node.column}",
                value,
                expected,
                advice,
                Severity.ERROR,
            )
        )

    def text(self, node: Node, _found: Declaration) -> str | None:
        """Read a text of at most _LONGEST characters."""
        value = node.text()
        if value is None or len(value) > _LONGEST:
            self.refuse(node, value, f"a text of at most {_LONGEST} characters")
            return None
        return value

    def zone(self, node: Node, _found: Declaration) -> str | None:
        """Read an IANA time zone."""
        value = node.text() or ""
        try:
            zone_of(value)
        except UnknownName as error:
            self.refuse(node, value, "an IANA time zone such as Asia/Damascus", str(error))
            return None
        return value

    def release(self, node: Node, found: Declaration) -> datetime | None:
        """Read a release instant: the end of the day when only a day is given."""
        value = node.text() or ""
        try:
            return end_of(value, found.timezone).astimezone(UTC)
        except BadPeriod as error:
            self.refuse(node, value, "a day or an instant such as 2020-01-10", str(error))
            return None

    def published(self, node: Node, _found: Declaration) -> date | None:
        """Read a day."""
        value = node.text() or ""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(node, value, "a day such as 2016-09-14")
            return None

    def delimiter(self, node: Node, _found: Declaration) -> str | None:
        """Read a delimiter, itself or by its name."""
        value = _DELIMITERS.get(node.text() or "")
        if value is None:
            self.refuse(node, node.text(), 'one of "," ";" "|" tab')
        return value

    def encoding(self, node: Node, _found: Declaration) -> str | None:
        """Read the name of a text encoding."""
        value = node.text() or ""
        try:
            b"a".decode(value)
        except UnicodeError:
            return value  # it exists; one byte is too little for it
        except (LookupError, ValueError):
            self.refuse(node, value, "a text encoding such as utf-8, windows-1252, windows-1256")
            return None
        return value

    def header_row(self, node: Node, _found: Declaration) -> int | None:
        """Read a row number, counted from 1."""
        return self._whole(node, 1)

    def kind(self, node: Node, _found: Declaration) -> str | None:
        """Read what the rows are."""
        value = node.text()
        if value not in ("reports", "claims"):
            self.refuse(node, value, "reports or claims")
            return None
        return value

    def dates(self, node: Node, _found: Declaration) -> str | None:
        """Read the form of a day: year, month and day as numbers or English month names."""
        value = node.text() or ""
        if not is_date_form(value):
            self.refuse(node, value, 'a form with year, month and day such as "%d/%m/%Y"')
            return None
        return value

    def columns(self, node: Node, _found: Declaration) -> dict[str, str] | None:
        """Read own column → report column."""
        wanted = {}
        for own, target in self._pairs(node, "own column: report column"):
            name = target.text() or ""
            if name not in _COLUMNS and name != LEFT_OUT:
                near = nearest(name, sorted(_COLUMNS))
                advice = f"Did you mean {near}?" if near else ""
                self.refuse(
                    target, name, "a column of reports or claims, or “-” to leave it out", advice
                )
            else:
                wanted[own] = name
        return wanted

    def values(self, node: Node, _found: Declaration) -> dict[str, dict[str, str]] | None:
        """Read report column → own word → word to record."""
        wanted = {}
        for name, table in self._pairs(node, "report column: {own word: word to record}"):
            if name not in _COLUMNS:
                near = nearest(name, sorted(_COLUMNS))
                self.refuse(
                    table,
                    name,
                    "a column of reports or claims",
                    f"Did you mean {near}?" if near else "",
                )
                continue
            pairs = self._pairs(table, "own word: word to record")
            wanted[name] = {own: word.text() or "" for own, word in pairs}
        return wanted

    def expected(self, node: Node, _found: Declaration) -> dict[str, int] | None:
        """Read expected counts."""
        counts = {}
        for name, number in self._pairs(node, "rows: N, rejected: N"):
            if name not in _COUNTED:
                self.refuse(number, name, f"one of {', '.join(_COUNTED)}")
                continue
            value = self._whole(number, 0)
            if value is not None:
                counts[name] = value
        return counts

    def _pairs(self, node: Node, expected: str) -> list[tuple[str, Node]]:
        if not node.is_map:
            self.refuse(node, node.text(), expected)
        return list(node.items())

    def _whole(self, node: Node, least: int) -> int | None:
        value = node.number()
        if value is None or not least <= value < 1e9 or value != int(value):
            self.refuse(node, node.text(), f"a whole number from {least}")
            return None
        return int(value)


_KEYS: Mapping[str, Callable[[_Reader, Node, Declaration], object]] = {
    "source": _Reader.text,
    "timezone": _Reader.zone,
    "publisher": _Reader.text,
    "licence": _Reader.text,
    "columns": _Reader.columns,
    "values": _Reader.values,
    "dates": _Reader.dates,
    "rows": _Reader.kind,
    "delimiter": _Reader.delimiter,
    "encoding": _Reader.encoding,
    "sheet": _Reader.text,
    "header_row": _Reader.header_row,
    "published": _Reader.published,
    "release": _Reader.release,
    "expected": _Reader.expected,
}
