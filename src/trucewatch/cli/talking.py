"""`trucewatch talks`: who said what about the agreement, day by day."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer
from rich.markup import escape

from trucewatch.cli.common import (
    CaseOption,
    Format,
    FormatOption,
    JsonOption,
    KnownAt,
    opened,
    spoken,
)
from trucewatch.cli.output import prose, say_problems, write_json, write_rows

__all__ = ["register"]

_COLUMNS = ("n", "day", "who", "says", "against", "source", "where")
_WORDS = {
    "said": "said to be in force by {yes}; nobody says that it is over", "denied": "said to be over by {no}; nobody says that it is in force",
    "disputed": "disputed: in force by {yes}; over by {no}", "none": "nobody says that an agreement is in force",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("talks")(spoken(talks))


def talks(
    ctx: typer.Context, known_at: KnownAt = None, shape: FormatOption = Format.TABLE, as_json: JsonOption = False, case: CaseOption = None
) -> None:
    """List who said what about the agreement: near, not reached, in force, ended …, with contradictions in pairs."""
    with opened(ctx, case) as found:
        told = found.talks(known_at)
        rows, days, key = told.rows(), told.days(), found.settings.key
    if as_json or shape is Format.JSON:
        also = {"contradictions": [list(one) for one in told.contradictions], "in_force": days}
        write_json("talks", case=key, known_at=told.known_at, rows=rows, problems=told.unread, also=also)
        return
    if shape is Format.CSV:
        write_rows(_shown(rows), _COLUMNS, as_csv=True)
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _time_line(rows)))
    for day in days:
        prose.print(escape(_in_force(day)))
    prose.print(f"{len(rows)} claims, {len(told.contradictions)} contradictions (against: the number of the other line)")
    say_problems(told.unread)


def _shown(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Return the lines numbered, with who passed them on beside who said them."""
    number = {row["claim_id"]: place for place, row in enumerate(rows, start=1)}
    return [
        {"n": number[row["claim_id"]], "day": row["day"] or "undated", "who": " > ".join([row["who"] or "nobody named", *row["passed_on"]]),
         "says": row["says"], "against": ", ".join(str(number[one]) for one in row["contradicts"]), "source": row["source"],
         "where": f"{row['file']}, {row['locator']}"}
        for row in rows
    ]  # fmt: skip


def _time_line(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines under their days: who says what in which words, what it contradicts, and where it stands."""
    day = None
    for row, told in zip(rows, _shown(rows), strict=True):
        if told["day"] != day:
            day = told["day"]
            yield str(day)
        against = f"  [against {told['against']}]" if told["against"] else ""
        yield f"{told['n']:>4}  {told['who']}: {str(told['says']).replace('_', ' ')}{against}"
        if row["text"]:
            yield f"      {' '.join(row['text'].split())}"
        yield f"      ({told['source']}, {told['where']})"


def _in_force(day: Mapping[str, Any]) -> str:
    """Say who says that an agreement is in force, that it is over, or that none was reached."""
    said = {side: ", ".join(dict.fromkeys(one["who"] or "nobody named" for one in day[side])) for side in ("yes", "no", "none")}
    beside = f"; not reached, by {said['none']}" if said["none"] else ""
    return f"{day['day']}: {_WORDS[day['verdict']].format(**said)}{beside}"
