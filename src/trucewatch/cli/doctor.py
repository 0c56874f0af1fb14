"""`trucewatch doctor`: what is installed and how, for a bug report or an auditor."""

from __future__ import annotations

import typer

from trucewatch.cli.common import JsonOption, spoken
from trucewatch.cli.output import write_json, write_rows

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("doctor")(spoken(doctor))


def doctor(as_json: JsonOption = False) -> None:
    """Print versions, the hash of the lock file and the SQLite mode."""
    from trucewatch.case.surroundings import surroundings

    rows = surroundings()
    if as_json:
        write_json("doctor", case=None, known_at=None, rows=[dict(rows)])
    else:
        write_rows([{"what": key, "value": value} for key, value in rows.items()], ("what", "value"), as_csv=False)
