"""What changed from one agreement file to another, term by term, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from trucewatch.agreement.agreement import Agreement
from trucewatch.periods import iso

__all__ = ["Difference", "differences"]

_SECTIONS = (
    ("text", "texts"), ("anchor", "anchors"), ("bound", "bound"), ("group", "groups"),
    ("zone", "zones"), ("phase", "phases"), ("reading", "readings"),
)
_PLAIN = ("title", "timezone")
_UNSEEN = frozenset({"line", "key", "words"})
"""Where a term stands in the file, its name, and the archived words, which have a hash."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise."""

    section: str
    """clause, zone, phase, anchor, group, bound, text, reading, evidence or agreement."""
    term: str
    part: str
    """The field, as a path; empty when the whole term was added or removed."""
    change: str
    """`added`, `removed` or `changed`."""
    old: str
    new: str

    @property
    def words(self) -> str:
        """The difference as one sentence without a stop."""
        if not self.part:
            return f"{self.section} {self.term}: {self.change}"
        return f"{self.section} {self.term}, {self.part}: {self.old or 'nothing'} → {self.new or 'nothing'}"


def differences(old: Agreement, new: Agreement) -> tuple[Difference, ...]:
    """Return what is otherwise in `new`: clauses in the order of the files, then the sections."""
    found = list(_of_terms(
        "clause", {one.key: one for one in old.clauses}, {one.key: one for one in new.clauses}
    ))
    for section, name in _SECTIONS:
        found += _of_terms(section, getattr(old, name), getattr(new, name))
    found += _changed("evidence", "evidence", "", old.evidence, new.evidence)
    for name in _PLAIN:
        found += _changed("agreement", old.key, name, getattr(old, name), getattr(new, name))
    return tuple(found)


def _of_terms(
    section: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            yield Difference(section, key, "", "removed", told(old[key]), "")
        elif key not in old:
            yield Difference(section, key, "", "added", "", told(new[key]))
        else:
            yield from _changed(section, key, "", old[key], new[key])


def _changed(section: str, term: str, part: str, old: Any, new: Any) -> Iterator[Difference]:  # noqa: ANN401
    """Yield the innermost fields in which two values differ."""
    if old == new:
        return
    if is_dataclass(old) and type(old) is type(new):
        for one in fields(old):
            if one.name not in _UNSEEN and one.compare:
                name = f"{part}.{one.name}" if part else one.name
                yield from _changed(section, term, name, getattr(old, one.name), getattr(new, one.name))
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            name = f"{part}[{key}]"
            yield from _changed(section, term, name, old.get(key), new.get(key))
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and _keyed(old) and _keyed(new):
        before, after = ({one.key: one for one in each} for each in (old, new))
        for key in dict.fromkeys((*before, *after)):
            yield from _changed(section, term, f"{part}[{key}]", before.get(key), after.get(key))
        return
    yield Difference(section, term, part, "changed", told(old), told(new))


def _keyed(values: tuple[Any, ...]) -> bool:
    return bool(values) and all(getattr(one, "key", None) for one in values)


def told(value: Any) -> str:  # noqa: ANN401
    """Return a value of an agreement in short words."""
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return iso(value) or ""
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {told(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(told(one) for one in value)
    if is_dataclass(value):
        names = [one.name for one in fields(value) if one.name not in ("line", "words")]
        parts = ((name, told(getattr(value, name))) for name in names)
        return "; ".join(f"{name} {words}" for name, words in parts if words and words != "no")
    text = str(value)
    return text if len(text) <= 120 else f"{text[:117]}…"
