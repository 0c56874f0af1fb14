"""The schema that documents a table: its columns with kind, unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Field", "Kind", "Schema"]

Kind = Literal["text", "json", "number", "integer", "instant", "boolean"]


@dataclass(frozen=True, slots=True)
class Field:
    """One documented column."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    """Closed list of admitted texts; empty when any text is admitted."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The documented columns of one table; `name` is singular, `key` identifies a row."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(one.name for one in self.fields)

    def field(self, name: str) -> Field:
        """Return the field called `name`; KeyError if there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        message = f"table {self.name} has no column “{name}”; it has {', '.join(self.names)}"
        raise KeyError(message)
