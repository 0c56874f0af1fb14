"""The four text files of a case, read together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trucewatch.actors import Actors, load_actors
from trucewatch.agreement import Agreement, load_agreement
from trucewatch.case.folder import place_rows
from trucewatch.case.settings import CaseSettings, load_settings
from trucewatch.errors import BadCaseFile, Problem, Severity, nearest
from trucewatch.places import Gazetteer, load_places

__all__ = ["CaseFiles", "read_case_files"]


def _refuse_unknown_parties(settings: CaseSettings, actors: Actors) -> None:
    """A misspelt party would make a party's own agency an independent origin: refuse it."""
    wrong = [
        Problem("case.toml", None, f"source.{source.key}.party", source.party, "a key of actors.yaml",
                _near(source.party, actors), Severity.ERROR)
        for source in settings.sources.values()
        if source.party is not None and source.party not in actors.parties
    ]
    if wrong:
        message = f"case.toml names {len(wrong)} party(ies) that actors.yaml does not have"
        raise BadCaseFile(message, wrong)


def _near(party: str, actors: Actors) -> str:
    near = nearest(party, actors.parties)
    return f"Did you mean {near}?" if near else ""


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """What the four files say, and what a person should know about them."""

    settings: CaseSettings
    actors: Actors
    gazetteer: Gazetteer
    agreement: Agreement
    problems: tuple[Problem, ...]
    """Rows of places.csv that were not used, and warnings."""


def read_case_files(texts: Mapping[str, str], archived: Mapping[str, str]) -> CaseFiles:
    """Read the texts of the four files; `archived` holds the words of the agreement's texts by key.

    BadCaseFile or BadAgreement carries every problem of the file that cannot be used.
    """
    settings = load_settings(texts["case.toml"])
    actors, about_actors = load_actors(texts["actors.yaml"], "actors.yaml", zone=settings.timezone)
    wrong = [one for one in about_actors if one.severity is not Severity.WARNING]
    if wrong:
        message = f"actors.yaml has {len(wrong)} problem(s)"
        raise BadCaseFile(message, wrong)
    _refuse_unknown_parties(settings, actors)
    gazetteer, about_places = load_places(place_rows(texts["places.csv"]), "places.csv")
    agreement, warnings = load_agreement(
        texts["agreement.yaml"], "agreement.yaml", actors=actors, texts=archived
    )
    return CaseFiles(settings, actors, gazetteer, agreement, (*about_actors, *about_places, *warnings))
