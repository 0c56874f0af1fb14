"""Lexicons read from files: those that come with the program, and those of a new theatre."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from trucewatch.actors import load_actors
from trucewatch.case.folder import place_rows
from trucewatch.errors import BadCaseFile, Problem
from trucewatch.places import load_places
from trucewatch.reading import Lexicon, load_lexicon
from trucewatch.reading.theatre import theatre_lexicon

__all__ = ["LEXICON", "CaseLexicon", "case_lexicon", "lexicon_of", "shipped_lexicon", "started"]


LEXICON = "lexicon.toml"
"""The theatre of a case, beside its other files; it may be missing."""


@dataclass(frozen=True, slots=True)
class CaseLexicon:
    """What words mean in the articles of a case."""

    lexicon: Lexicon
    digest: str
    """SHA-256 of the texts it was made of: what was read with another one is read again."""


def case_lexicon(root: Path, zone: str) -> CaseLexicon:
    """Return English with the case's own `lexicon.toml`, else with Syria where the case counts its days in that zone.

    Without either it is English alone, which knows no place and no party: a wrong theatre would name
    wrong ones. Days are those of the case. BadCall for a lexicon that cannot be used.
    """
    own = root / LEXICON
    if own.is_file():
        return _of_texts(zone, _shipped("english"), own.read_text(encoding="utf-8-sig"))
    known = shipped_lexicon().zone == zone
    return _of_texts(zone, *(_shipped(one) for one in (("english", "syria") if known else ("english",))))


@cache
def _of_texts(zone: str, *texts: str) -> CaseLexicon:
    return CaseLexicon(replace(load_lexicon(*texts), zone=zone), hashlib.sha256("\0".join(texts).encode()).hexdigest())


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
