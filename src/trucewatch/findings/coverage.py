"""Who could look: how much of a stretch of time a zone or a place was observed.

Every observer's latest statement about an instant counts; of several observers who look at the same
ground the one who sees most counts, never their sum. Shares are whole millionths and times whole
microseconds, so that the order of rows cannot change a threshold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from trucewatch.periods import Period, known_by
from trucewatch.tables import Table

__all__ = ["Coverage", "by_ground", "observed_share"]

_MICROSECOND = timedelta(microseconds=1)
_MILLION = 1_000_000
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One statement on who could look; fields as in `COVERAGE`."""

    coverage_id: str
    ground: str
    """Key of a zone or of a place."""
    start: datetime | None
    end: datetime | None
    observer: str | None
    share: float | None
    reason: str | None = None
    known_at: datetime | None = None


def by_ground(
    coverage: Table | None, known_at: datetime | None
) -> Mapping[str, tuple[Coverage, ...]]:
    """Return zone or place → the statements known at `known_at`, by id."""
    found: dict[str, list[Coverage]] = defaultdict(list)
    for row in coverage.sorted("coverage_id").rows() if coverage is not None else ():
        ground = row["zone"] or row["place"]
        if ground is not None and known_by(row["known_at"], known_at):
            found[ground].append(
                Coverage(
                    row["coverage_id"], ground, row["from"], row["to"], row["observer"],
                    row["share"], row["reason"], row["known_at"],
                )
            )
    return {ground: tuple(rows) for ground, rows in found.items()}


def observed_share(
    rows: Iterable[Coverage], during: Period, counts: Callable[[str], bool]
) -> Fraction:
    """Return the part of the stretch and ground that was surely seen, exactly.

    Both bounds of `during` must be known. `counts` says whose statement counts. A row that does not
    say since when, until when or how much shows nothing for sure.
    """
    start, end = during.start, during.end
    if start is None or end is None:
        return Fraction(0)
    usable = [one for one in rows if one.observer is not None and counts(one.observer)]
    edges = {start, end}
    edges |= {edge for one in usable for edge in (one.start, one.end) if edge and start < edge < end}
    ordered = sorted(edges)
    seen = sum(
        _micros(after - before) * _best(usable, before)
        for before, after in pairwise(ordered)
    )
    return Fraction(seen, _micros(end - start) * _MILLION)


def _micros(length: timedelta) -> int:
    return length // _MICROSECOND


def _best(rows: Sequence[Coverage], instant: datetime) -> int:
    """Return the largest share that an observer's latest statement gives at `instant`.

    Of several statements that he made known at one time the least counts.
    """
    latest: dict[str, tuple[datetime, int]] = {}
    for one in rows:
        if one.start is None or one.end is None or one.share is None or one.observer is None:
            continue
        if one.start <= instant < one.end:
            said = (one.known_at or _EVER, -round(one.share * _MILLION))
            latest[one.observer] = max(said, latest.get(one.observer, said))
    return max((-share for _, share in latest.values()), default=0)
