"""Lexicons read from files: those that come with the program, and those of a new theatre."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from trucewatch.actors import load_actors
from trucewatch.case.folder import place_rows
from trucewatch.errors import BadCaseFile, Problem
from trucewatch.places import load_places
from trucewatch.reading import Lexicon, load_lexicon
from trucewatch.reading.theatre import theatre_lexicon

__all__ = ["lexicon_of", "shipped_lexicon", "started"]


@cache
def shipped_lexicon(theatre: str | None = "syria") -> Lexicon:
    """Return English with a theatre, or English alone; the file of a theatre that is not shipped is not found."""
    return load_lexicon(*(_shipped(one) for one in ("english", theatre) if one))


def lexicon_of(theatre: Path | None) -> Lexicon:
    """Return English with the theatre of a file; without one that of Syria. BadCall names what is wrong with it."""
    return load_lexicon(_shipped("english"), theatre.read_text(encoding="utf-8")) if theatre else shipped_lexicon()


def _shipped(name: str) -> str:
    return (files("trucewatch") / "reading" / "lexicons" / f"{name}.toml").read_text(encoding="utf-8")


def started(name: str, gazetteer: Path, actors: Path, zone: str) -> tuple[str, list[Problem]]:
    """Return the lexicon of a new theatre as TOML, and what could not be used of the two files.

    `gazetteer` has the columns of places.csv; BadCaseFile for an actors.yaml that cannot be read or a gazetteer without any place.
    """
    places, about_places = load_places(place_rows(gazetteer.read_text(encoding="utf-8-sig")), gazetteer.name)
    who, about_actors = load_actors(actors.read_text(encoding="utf-8"), actors.name, zone=zone)
    if not places.places:
        message = f"{gazetteer} holds no place that can be used"
        raise BadCaseFile(message, about_places)
    text = theatre_lexicon(name, places, who, shipped_lexicon(None), zone)
    load_lexicon(_shipped("english"), text)  # what is written can be read
    return text, [*about_places, *about_actors]
