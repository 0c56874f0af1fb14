"""`trucewatch read`: an article or a bulletin as one JSON object."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.common import spoken
from trucewatch.cli.lexicons import LexiconOption

__all__ = ["register"]


class Kind(StrEnum):
    """What a file is read as."""

    ARTICLE = "article"
    BULLETIN = "bulletin"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read")(read_command)


@spoken
def read_command(
    file: Annotated[Path, typer.Argument(help="An English article as plain text (UTF-8).")],
    published: Annotated[datetime | None, typer.Option("--published", formats=["%Y-%m-%d"], help="Day of publication; anchors “today” and days of the week.")] = None,
    sibling: Annotated[list[Path] | None, typer.Option("--sibling", help="Another document of the case: it may show that this page is stitched together, and name a speaker.")] = None,
    kind: Annotated[Kind, typer.Option("--as", help="article, or bulletin: a daily report of monitors or of a party.")] = Kind.ARTICLE,
    lexicon: LexiconOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object with everything.")] = False,
) -> None:
    """Say who said what in an article, what happened, what it claims about the agreement; or what a bulletin counts and whether that adds up."""
    from trucewatch.api import read_article
    from trucewatch.case.lexicons import lexicon_of
    from trucewatch.sources.decoding import decode

    text = decode(file.read_bytes(), file.name).text
    if kind is Kind.BULLETIN:
        _bulletin(text, lexicon, as_json=as_json)
        return
    others = [decode(one.read_bytes(), one.name).text for one in sibling or ()]
    reading = read_article(text, published.date() if published else None, siblings=others, lexicon=lexicon_of(lexicon))
    if as_json:
        typer.echo(json.dumps(reading.as_dict(), ensure_ascii=False))
        return
    for one in reading.statements:
        typer.echo(f"{one['speaker'] or one['reason']}: {text[one['start']:one['end']]}")


def _bulletin(text: str, lexicon: Path | None, *, as_json: bool) -> None:
    from trucewatch.api import read_bulletin
    from trucewatch.case.lexicons import lexicon_of

    found = read_bulletin(text, lexicon=lexicon_of(lexicon))
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False))
        return
    for one in found.counts:
        typer.echo(f"{one.role}, {one.period or 'period not said'}: {' '.join(one.quote.text.split())}")
    for each in found.sums:
        typer.echo(f"{'adds up' if each.agrees else 'DOES NOT ADD UP' if each.agrees is False else 'cannot be added'}: {each.says}")
    for seen in found.observations:
        typer.echo(f"{seen.method or 'observed'}: {' '.join(seen.quote.text.split())}")
