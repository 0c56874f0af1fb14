"""The options of the commands about control that take their claims from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.control_files import Form

__all__ = [
    "ActorsOption", "ClaimsOption", "FormOption", "HindsightOption", "HolderOption", "HoldersOption", "OnOption", "OutsideOption", "PlacesOption",
    "PropertyOption", "SourceOption",
]

ClaimsOption = Annotated[list[Path] | None, typer.Option("--claims", help="File of control claims, or folder of them, instead of a case; may be given several times.")]
FormOption = Annotated[Form, typer.Option("--as", help="What the files are: a table of claims, VIINA 2.0, a “detailed map” module of Wikipedia, areas of a day, headlines.")]
HoldersOption = Annotated[Path | None, typer.Option("--holders", help="Table word, holder, kind: what statuses, colours or names of sides mean.")]
PlacesOption = Annotated[Path | None, typer.Option("--places", help="Table place, lat, lon: places that areas are laid over; the ids of VIINA.")]
ActorsOption = Annotated[Path | None, typer.Option("--actors", help="actors.yaml: claims about holders that are not in it are kept aside.")]
SourceOption = Annotated[str | None, typer.Option("--source", help="Who says it, where the file does not.")]
OnOption = Annotated[str | None, typer.Option("--on", help="Day of a map whose file name does not give it.")]
HolderOption = Annotated[str | None, typer.Option("--holder", help="Whose the areas of a map are.")]
OutsideOption = Annotated[str | None, typer.Option("--outside", help="Who holds what lies outside of them; default: the map says nothing of it.")]
PropertyOption = Annotated[str | None, typer.Option("--property", help="Property of the areas that says whose they are.")]
HindsightOption = Annotated[bool, typer.Option("--hindsight", help="Let every claim count, not only those published by the day.")]
