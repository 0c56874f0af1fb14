"""`trucewatch read`: an article as one JSON object."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.common import spoken
from trucewatch.cli.lexicons import LexiconOption

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read")(read_command)


@spoken
def read_command(
    file: Annotated[Path, typer.Argument(help="An English article as plain text (UTF-8).")],
    published: Annotated[datetime | None, typer.Option("--published", formats=["%Y-%m-%d"], help="Day of publication; anchors “today” and days of the week.")] = None,
    sibling: Annotated[list[Path] | None, typer.Option("--sibling", help="Another document of the case: it may show that this page is stitched together, and name a speaker.")] = None,
    lexicon: LexiconOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object with everything.")] = False,
) -> None:
    """Say who said what in an article, what happened, and what it claims about the agreement."""
    from trucewatch.api import read_article
    from trucewatch.case.lexicons import lexicon_of
    from trucewatch.sources.decoding import decode

    text = decode(file.read_bytes(), file.name).text
    others = [decode(one.read_bytes(), one.name).text for one in sibling or ()]
    reading = read_article(text, published.date() if published else None, siblings=others, lexicon=lexicon_of(lexicon))
    if as_json:
        typer.echo(json.dumps(reading.as_dict(), ensure_ascii=False))
        return
    for one in reading.statements:
        typer.echo(f"{one['speaker'] or one['reason']}: {text[one['start']:one['end']]}")
