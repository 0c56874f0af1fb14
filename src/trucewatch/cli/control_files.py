"""Files that say who holds what, in five forms, as the columns of `tw.estimate_control`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.cli.common import day_of
from trucewatch.cli.given_tables import read_columns
from trucewatch.errors import BadCall, BadInput, Problem

if TYPE_CHECKING:
    from trucewatch.control.words import Imported, Said

__all__ = ["ClaimFile", "Form", "Given", "read_claims", "refused"]


class Form(StrEnum):
    """What a file of claims is."""

    CSV = "csv"
    VIINA = "viina"
    LUA = "lua"
    GEOJSON = "geojson"
    HEADLINES = "headlines"


_ENDINGS = {Form.LUA: (".lua", ".txt"), Form.GEOJSON: (".geojson", ".json")}


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What the options of a command say about its files of claims."""

    files: Sequence[Path]
    form: Form = Form.CSV
    words: Path | None = None
    """Table word, holder, kind."""
    places: Path | None = None
    """Table place, lat, lon; for VIINA the id of each place too."""
    actors: Path | None = None
    source: str | None = None
    on: str | None = None
    """Day of a map whose name does not give it."""
    holder: str | None = None
    outside: str | None = None
    property: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Claims out of files."""

    columns: dict[str, list[Any]]
    stands: list[tuple[str, int | None]]
    """File and line (number of the area, for a map) of each claim."""
    problems: list[Problem] = field(default_factory=list)

    def where(self, problem: Problem) -> Problem:
        """Return a problem of a row of the columns with the place where the row stands."""
        name, line = self.stands[problem.line - 1] if problem.line else (self.stands[0][0] if self.stands else problem.place, 1)
        return replace(problem, place=name, line=line)


def read_claims(given: ClaimFile) -> Given:
    """Return the claims of all files together.

    BadCall: options that the form needs and that are missing; BadInput: a file that cannot be used at all.
    """
    from trucewatch.control.words import strangers_aside

    parties = _parties(given.actors)
    columns: dict[str, list[Any]] = {}
    stands: list[tuple[str, int | None]] = []
    problems: list[Problem] = []
    files = _files(given)
    for file in files:
        found = _READERS[given.form](file, given)
        found = found if parties is None else strangers_aside(found, parties, file.name)
        for name in {**columns, **found.columns}:
            column = columns.setdefault(name, [None] * len(stands))
            column.extend(found.columns.get(name) or [None] * len(found.stands))
        stands.extend((file.name, line) for line in found.stands)
        problems.extend(found.problems)
    return Given(columns, stands, problems)


def _files(given: ClaimFile) -> list[Path]:
    found: list[Path] = []
    for one in given.files:
        endings = _ENDINGS.get(given.form, (".csv", ".tsv", ".xlsx", ".gz", ".zip"))
        found += sorted(each for each in one.iterdir() if each.suffix in endings) if one.is_dir() else [one]
    if not found:
        message = f"{', '.join(map(str, given.files))} holds no file to be read as {given.form}"
        raise BadCall(message)
    return found


def _parties(actors: Path | None) -> set[str] | None:
    from trucewatch.actors import load_actors

    return None if actors is None else set(load_actors(actors.read_text(encoding="utf-8"), actors.name)[0].parties)


def _words(given: ClaimFile) -> dict[str, Said]:
    from trucewatch.control.words import read_words

    if given.words is None:
        message = f"--as {given.form} needs --holders FILE: a table with the columns word and holder, and kind where a word says more than held"
        raise BadCall(message)
    return read_words(read_columns(given.words)[0], given.words.name)


def _spots(given: ClaimFile) -> dict[str, list[Any]]:
    if given.places is None:
        message = f"--as {given.form} needs --places FILE: a table with the columns place, lat and lon"
        raise BadCall(message)
    return read_columns(given.places)[0]


def _day(file: Path, given: ClaimFile) -> date:
    from trucewatch.control.maps import day_in_name

    day = day_of(given.on) if given.on else day_in_name(file.name)
    if day is None:
        message = f"{file.name} does not give its day; name it like map_2024-07-08{file.suffix}, or give --on 2024-07-08"
        raise BadCall(message)
    return day


def _text(file: Path) -> str:
    from trucewatch.sources.decoding import decode, unpacked

    return decode(unpacked(file.read_bytes(), file.name), file.name).text


def _csv(file: Path, _: ClaimFile) -> Imported:
    from trucewatch.control.words import Imported

    columns, lines = read_columns(file)
    return Imported(columns, lines)


def _viina(file: Path, given: ClaimFile) -> Imported:
    from trucewatch.control.viina import VIINA_WORDS, claims_in_viina

    words = {**VIINA_WORDS, **(_words(given) if given.words else {})}
    columns, lines = read_columns(file) if file.suffix != ".zip" else _zipped(file)
    found = claims_in_viina(columns, _viina_places(given), words, file.name)
    problems = [replace(one, line=lines[one.line - 1] if one.line and one.line <= len(lines) else one.line) for one in found.problems]
    return replace(found, stands=[lines[at - 1] for at in found.stands], problems=tuple(problems))


def _zipped(file: Path) -> tuple[dict[str, list[Any]], list[int]]:
    from trucewatch.sources.decoding import MAX_BYTES, decode
    from trucewatch.sources.delimited import records

    try:
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as packed:
            inside = [one for one in packed.infolist() if one.filename.endswith(".csv") and not one.filename.startswith("__")]
            if len(inside) != 1 or inside[0].file_size > MAX_BYTES:
                message = f"{file.name} cannot be used"
                raise BadInput(message, [Problem(file.name, None, None, f"{len(inside)} tables", f"one CSV of at most {MAX_BYTES} bytes", "Unpack it, and give the table of one year")])
            text = decode(packed.read(inside[0]), file.name).text
    except zipfile.BadZipFile as error:
        message = f"{file.name} cannot be used"
        raise BadInput(message, [Problem(file.name, None, None, "a broken zip file", "a complete one", "Was the download complete?")]) from error
    names, *rows = (one for one in records(text, ",") if not one.empty)
    wide = [(*one.cells, *[""] * (len(names.cells) - len(one.cells))) for one in rows]
    return {name: [cells[at] or None for cells in wide] for at, name in enumerate(names.cells) if name}, [one.number for one in rows]


def _viina_places(given: ClaimFile) -> dict[str, tuple[str, float, float]]:
    if given.places is None:
        return {}
    columns = read_columns(given.places)[0]
    key = next((one for one in ("geonameid", "katottg", "KATOTTG", "katotth", "KATOTTH", "place") if one in columns), None)
    lat, lon = (next((one for one in pair if one in columns), None) for pair in (("lat", "latitude"), ("lon", "longitude")))
    if key is None or lat is None or lon is None:
        missing = [name for name, there in (("geonameid", key), ("lat", lat), ("lon", lon)) if not there]
        message = f"{given.places.name} has no places: {len(missing)} problem(s)"
        raise BadInput(message, [Problem(given.places.name, 1, one, None, f"a column {one}") for one in missing])
    names = next((columns[one] for one in ("place", "asciiname", "name") if one in columns), columns[key])
    found = {}
    for which, name, north, east in zip(columns[key], names, columns[lat], columns[lon], strict=True):
        try:
            shown = f"{name} ({which})" if name and "place" not in columns else str(name or which)
            found[str(which)] = (shown, float(str(north)), float(str(east)))
        except ValueError:
            continue  # the rows of that place are told as having no coordinates
    return found


def _lua(file: Path, given: ClaimFile) -> Imported:
    from trucewatch.control.detailed_map import claims_on_detailed_map

    return claims_on_detailed_map(_text(file), _words(given), _day(file, given), given.source or "Wikipedia", file.name)


def _geojson(file: Path, given: ClaimFile) -> Imported:
    from trucewatch.control.maps import claims_by_property, claims_on_map
    from trucewatch.control.words import Imported

    try:
        shown = json.loads(_text(file))
    except ValueError as error:
        message = f"{file.name} is no GeoJSON"
        raise BadInput(message, [Problem(file.name, None, None, str(error)[:80], "a GeoJSON object")]) from error
    if not isinstance(shown, Mapping) or (given.holder is None) == (given.property is None):
        message = "--as geojson needs either --holder KEY (whose the areas are) or --property NAME with --holders FILE"
        raise BadCall(message)
    day, spots, source = _day(file, given), _spots(given), given.source or file.stem.rstrip("0123456789-_.")
    if given.holder is not None:
        columns, problems = claims_on_map(shown, spots, day, source=source, holder=given.holder, outside=given.outside)
    else:
        columns, problems = claims_by_property(shown, spots, day, source=source, name=given.property or "", words=_words(given))
    at = {place: line for line, place in zip(read_columns(given.places)[1] if given.places else (), spots["place"], strict=True)}
    told = tuple(replace(one, place=file.name) for one in problems)
    return Imported(columns, [at[one] for one in columns["place"]], told)


def _headlines(file: Path, given: ClaimFile) -> Imported:
    from trucewatch.cli.control_headlines import headline_claims

    return headline_claims(*read_columns(file), _words(given), given.source, file.name)


_READERS: Mapping[Form, Callable[[Path, ClaimFile], Imported]] = {
    Form.CSV: _csv, Form.VIINA: _viina, Form.LUA: _lua, Form.GEOJSON: _geojson, Form.HEADLINES: _headlines,
}


def refused(error: BadInput, given: Given, name: str) -> BadInput:
    """Return an error about the columns as one about the files."""
    message = f"{name} cannot be used: {len(error.problems)} problem(s)"
    return BadInput(message, [given.where(one) for one in error.problems])

