"""The words of table.yml by which columns are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trucewatch.documents import Node, read_yaml
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS

__all__ = ["Words", "compared", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """What table.yml says; own names are in compared form."""

    names: Mapping[str, Mapping[str, tuple[str, int]]]
    """`report` or `claim` → own name → (column, rank among the words for it; 0 is its own name)."""
    sides: tuple[str, ...]
    affected: tuple[str, ...]
    acled: str
    radii_m: Mapping[str, str]
    """ACLED geo_precision → radius in metres."""
    spreads: Mapping[str, int]
    """ACLED time_precision → days before and after."""
    left_out: frozenset[str]


@cache
def words() -> Words:
    """Return the words of table.yml."""
    text = files("trucewatch.sources").joinpath("table.yml").read_text(encoding="utf-8")
    root, _ = read_yaml(text, "table.yml")
    tables: dict[str, Node] = {} if root is None else dict(root.items())
    return Words(
        names={
            "report": _ranked(tables["reports"], REPORT_COLUMNS),
            "claim": _ranked(tables["claims"], CLAIM_COLUMNS),
        },
        sides=_texts(tables["sides"]),
        affected=_texts(tables["affected"]),
        acled=tables["acled"].text() or "",
        radii_m={code: node.text() or "" for code, node in tables["geo precision"].items()},
        spreads={code: int(node.text() or 0) for code, node in tables["time precision"].items()},
        left_out=frozenset(_texts(tables["left_out"])),
    )


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(one.text() or "" for one in node.elements())


def _ranked(node: Node, columns: Sequence[str]) -> dict[str, tuple[str, int]]:
    ranked = {
        word: (column, rank)
        for column, listed in node.items()
        for rank, word in enumerate(_texts(listed), start=1)
    }
    return ranked | {compared(name): (name, 0) for name in columns}


def compared(name: str) -> str:
    """Return a column name in the form in which names are compared."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", kept).strip().casefold()
