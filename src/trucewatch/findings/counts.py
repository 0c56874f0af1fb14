"""Counts of findings, as plain SQL that every engine runs: integers only, order always stated.

JSON columns are opened into tables before the SQL runs, because no two engines open JSON alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from trucewatch.engine import Engine
from trucewatch.tables import Field, Schema, Table

__all__ = [
    "BY_PARTY",
    "BY_READING_AND_VERDICT",
    "FINDING_BEARER",
    "FINDING_REASON",
    "UNDETERMINED_BY_REASON",
    "bearer_table",
    "by_party",
    "by_reading_and_verdict",
    "reason_table",
    "undetermined_by_reason",
]

FINDING_REASON = Schema(
    "finding_reason",
    (
        Field("finding_id", "text", "the finding", required=True),
        Field("reading", "text", "reading", required=True),
        Field("verdict", "text", "its verdict", required=True),
        Field("reason", "text", "one of its reasons", required=True),
    ),
    key=("finding_id", "reason"),
    meaning="the reasons of findings, one by one",
)

FINDING_BEARER = Schema(
    "finding_bearer",
    (
        Field("finding_id", "text", "the finding", required=True),
        Field("reading", "text", "reading", required=True),
        Field("party", "text", "one candidate for who did it", required=True),
        Field(
            "role",
            "text",
            "what he is there",
            required=True,
            values=("settled", "open", "undetermined"),
        ),
    ),
    key=("finding_id", "party"),
    meaning="the candidates of violations and of undetermined findings about legs, one by one",
)

_COUNTED = ("finding_id", "reading", "verdict", "provisional")

BY_READING_AND_VERDICT = """
SELECT reading, verdict, count(*) AS findings,
       sum(CASE WHEN provisional THEN 1 ELSE 0 END) AS provisional
FROM finding
GROUP BY reading, verdict
ORDER BY reading, verdict
"""

UNDETERMINED_BY_REASON = """
SELECT r.reading, r.reason, count(*) AS findings, max(t.total) AS total
FROM finding_reason r
JOIN (
  SELECT reading, count(*) AS total FROM finding WHERE verdict = 'undetermined' GROUP BY reading
) t ON t.reading = r.reading
WHERE r.verdict = 'undetermined'
GROUP BY r.reading, r.reason
ORDER BY r.reading, findings DESC, r.reason
"""

BY_PARTY = """
SELECT reading, party,
       sum(CASE WHEN role = 'settled' THEN 1 ELSE 0 END) AS settled,
       sum(CASE WHEN role = 'open' THEN 1 ELSE 0 END) AS open_candidate,
       sum(CASE WHEN role = 'undetermined' THEN 1 ELSE 0 END) AS undetermined_candidate
FROM finding_bearer
GROUP BY reading, party
ORDER BY reading, party
"""


def by_reading_and_verdict(engine: Engine, finding: Table) -> list[dict[str, Any]]:
    """Return rows of `reading, verdict, findings, provisional`; a verdict that does not occur has
    no row."""
    engine.load("finding", _counted(finding))
    return [_whole(row) for row in engine.fetch(BY_READING_AND_VERDICT)]


def _counted(finding: Table) -> Table:
    """Return the columns that are counted: an engine need not carry the texts."""
    fields = tuple(one for one in finding.schema.fields if one.name in _COUNTED)
    schema = Schema("finding", fields, meaning="what is counted of findings")
    return Table(schema, {one.name: finding.columns[one.name] for one in fields})


def undetermined_by_reason(engine: Engine, finding: Table) -> list[dict[str, Any]]:
    """Return rows of `reading, reason, findings, total, share`, the commonest reason first.

    `share` is findings / total, rounded to 4 digits. A finding with several reasons counts under
    each of them, so the shares of a reading may add up to more than 1.
    """
    engine.load("finding", _counted(finding))
    engine.load("finding_reason", reason_table(finding))
    rows = [_whole(row) for row in engine.fetch(UNDETERMINED_BY_REASON)]
    return [{**row, "share": round(row["findings"] / row["total"], 4)} for row in rows]


def by_party(engine: Engine, finding: Table) -> list[dict[str, Any]]:
    """Return rows of `reading, party, settled, open_candidate, undetermined_candidate`.

    `settled`: violations with this party as their one bearer. `open_candidate`: violations by one
    of several bound parties, this one among them. `undetermined_candidate`: findings without a
    verdict in which it is named. No column may be shown without the others.
    """
    engine.load("finding_bearer", bearer_table(finding))
    return [_whole(row) for row in engine.fetch(BY_PARTY)]


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """Engines return sums as int, Decimal or float; all of ours are counts."""
    return {name: value if isinstance(value, str) else int(value) for name, value in row.items()}


def reason_table(finding: Table) -> Table:
    """Return one row for each reason of each finding."""
    return Table.from_rows(FINDING_REASON, _opened(finding, "reason"))


def _opened(finding: Table, name: str) -> Iterator[dict[str, Any]]:
    columns = (finding.values(one) for one in ("finding_id", "reading", "verdict", name))
    for finding_id, reading, verdict, listed in zip(*columns, strict=True):
        for one in dict.fromkeys(json.loads(listed)):
            yield {"finding_id": finding_id, "reading": reading, "verdict": verdict, name: one}


def bearer_table(finding: Table) -> Table:
    """Return one row for each candidate of each violation and undetermined finding about a leg."""
    return Table.from_rows(FINDING_BEARER, _bearers(finding))


def _bearers(finding: Table) -> Iterator[dict[str, Any]]:
    names = ("finding_id", "reading", "verdict", "attribution", "subject_kind", "bearers")
    for finding_id, reading, verdict, attribution, kind, listed in zip(
        *(finding.values(one) for one in names), strict=True
    ):
        if kind != "leg" or verdict not in ("violation", "undetermined"):
            continue
        role = attribution if verdict == "violation" and attribution != "none" else "undetermined"
        for party in dict.fromkeys(json.loads(listed)):
            yield {"finding_id": finding_id, "reading": reading, "party": party, "role": role}
