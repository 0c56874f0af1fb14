"""Positions as people write them: MGRS, UTM with zone, decimal degrees, degrees-minutes-seconds.

Every position gets a radius that follows from its digits: half the diagonal of the square or cell
that the digits name, at least FLOOR_M for the receiver. All WGS84. What cannot be, may be swapped
or can be read in two ways is refused with what to write instead.
"""

from __future__ import annotations

import re
from math import cos, hypot, radians
from typing import Literal

from trucewatch.errors import BadCall
from trucewatch.places.distance import EARTH_RADIUS_M

__all__ = ["FLOOR_M", "parse_position"]

FLOOR_M = 10.0
"""A handheld receiver is not better than this with 95 %."""

_DEGREE_M = EARTH_RADIUS_M * radians(1)
_MGRS = re.compile(
    r"(?:MGRS[ :]*)?(\d{1,2}) ?([C-HJ-NP-X]) ?([A-HJ-NP-Z]) ?([A-HJ-NP-V]) ?(\d*) ?(\d*)"
)
_UTM = re.compile(
    r"(?:UTM)?\s*(?:ZONE)?\s*(\d{1,2})\s*(NORTH|SOUTH|[C-HJ-NP-X])[\s,:]+"
    r"(\d{6,7}(?:\.\d+)?)\s*(?:M?E)?[\s,;/]+(\d{1,8}(?:\.\d+)?)\s*(?:M?N)?"
)
_NUMBER = r"(\d+(?:\.\d+)?)"
_MINUTES = rf"(?:\s*{_NUMBER}\s*['′’](?:\s*{_NUMBER}\s*(?:\"|″|”|''))?)?"
_ANGLE = re.compile(rf"([NSEW])?\s*([-+−])?\s*{_NUMBER}\s*°?{_MINUTES}\s*([NSEW])?")
_PAIR_BREAK = re.compile(
    r"\s*[,;/]\s*|\s+|(?<=[NSEW])(?=[-+\d])|(?<=[\d°'′’\"″”])(?=[NSEW])"
)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_WIDE_BANDS = "VX"
_HALF_ZONE_DEGREES = 3.6


def parse_position(text: str) -> tuple[float, float, float]:
    """Return (lat, lon, radius_m) of an MGRS, UTM, decimal or degrees-minutes-seconds position.

    An MGRS reference gives the centre of its square. Trailing zeros that easting and northing of a
    UTM position share count as not measured. BadCall says what is wrong and what is expected.
    """
    upper = " ".join(text.upper().split())
    if match := _MGRS.fullmatch(upper):
        return _from_mgrs(match, text)
    if match := _UTM.fullmatch(upper):
        return _from_utm(match, text)
    return _from_degrees(upper.replace("D", "°"), text)


def _from_mgrs(match: re.Match[str], text: str) -> tuple[float, float, float]:
    import mgrs

    zone, band, column, row, east, north = match.groups()
    half = (len(east) + len(north)) // 2
    if not north:
        east, north = east[:half], east[half:]
    if len(east) != len(north) or half > 5 or not 1 <= int(zone) <= 60:
        raise _refused(text, "MGRS has zone 1-60 and as many digits (0-5) for east as for north")
    if half < 5:  # the middle of the square, not its corner
        east, north = (digits + "5" + "0" * (4 - half) for digits in (east, north))
    try:
        lat, lon = mgrs.MGRS().toLatLon(f"{int(zone):02d}{band}{column}{row}{east}{north}")
    except mgrs.core.MGRSError as error:
        raise _refused(text, f"the letters {column}{row} do not occur in {zone}{band}") from error
    low = _band_floor(band)
    if not low - 1 <= lat <= low + (13 if band == "X" else 9):
        raise _refused(text, f"the square {column}{row} does not lie in band {band}")
    return _rounded(lat, lon, 10.0 ** (5 - half) * hypot(0.5, 0.5))


def _band_floor(band: str) -> int:
    """Return the southern edge of a latitude band in degrees."""
    return -80 + 8 * _BANDS.index(band)


def _from_utm(match: re.Match[str], text: str) -> tuple[float, float, float]:
    zone, letter, easting, northing = match.groups()
    east, north = float(easting), float(northing)
    if not (1 <= int(zone) <= 60 and 100_000 <= east < 1_000_000 and 0 <= north <= 10_000_000):
        raise _refused(
            text, "UTM has zone 1-60, easting 100000-999999 and northing 0-10000000, easting first"
        )
    lat, lon = _hemisphere(int(zone), letter, east, north, text)
    reach = _HALF_ZONE_DEGREES if letter not in _WIDE_BANDS else 9.0
    if abs(lon - (int(zone) * 6 - 183)) > reach:
        raise _refused(text, f"easting {easting} lies outside zone {zone}")
    cell = _cell(easting, northing)
    return _rounded(lat, lon, cell * hypot(0.5, 0.5))


def _hemisphere(
    zone: int, letter: str, east: float, north: float, text: str
) -> tuple[float, float]:
    """Return (lat, lon); S is refused when it can be the band of 32-40 N and the southern half."""
    if letter in ("NORTH", "SOUTH", "N"):
        return _utm(zone, east, north, "south" if letter == "SOUTH" else "north", text)
    found = _utm(zone, east, north, "north" if letter >= "N" else "south", text)
    low = _band_floor(letter)
    in_band = low - 0.1 <= found[0] <= low + (12.1 if letter == "X" else 8.1)
    if letter == "S":
        if in_band:
            raise _refused(
                text,
                f"S is a latitude band and a hemisphere; write “{zone} north” or “{zone} south”",
            )
        return _utm(zone, east, north, "south", text)
    if not in_band:
        raise _refused(text, f"northing {north:g} does not lie in band {letter}")
    return found


def _utm(
    zone: int, east: float, north: float, half: Literal["north", "south"], text: str
) -> tuple[float, float]:
    import utm

    try:
        lat, lon = utm.to_latlon(east, north, zone, northern=half == "north")
    except utm.OutOfRangeError as error:
        raise _refused(text, str(error)) from error
    return float(lat), float(lon)


def _cell(easting: str, northing: str) -> float:
    """Return the side of the cell in metres that the digits of both numbers name."""
    if "." in easting and "." in northing:
        return 1.0
    zeros = [
        len(number) - len(number.rstrip("0")) for number in (easting, northing) if "." not in number
    ]
    return float(10 ** min(*zeros, 5) if zeros else 1)


def _from_degrees(upper: str, text: str) -> tuple[float, float, float]:
    pair = _two_angles(upper)
    if pair is None:
        raise _refused(text, "this is none of them")
    (first, first_cell, first_letter), (second, second_cell, second_letter) = pair
    if first_letter in ("E", "W") or second_letter in ("N", "S"):
        first, first_cell, first_letter, second, second_cell, second_letter = (
            second,
            second_cell,
            second_letter,
            first,
            first_cell,
            first_letter,
        )
    if (
        first_letter in ("E", "W")
        or second_letter in ("N", "S")
        or bool(first_letter) != bool(second_letter)
    ):
        raise _refused(text, "one angle is a latitude (N, S) and the other a longitude (E, W)")
    if abs(first) > 90 and abs(second) <= 90:
        raise _refused(
            text, f"latitude {first:g} cannot be: latitude comes first; were the two swapped?"
        )
    if abs(first) > 90 or abs(second) > 180:
        raise _refused(text, f"latitude {first:g}, longitude {second:g} is no place on earth")
    tall, wide = first_cell * _DEGREE_M, second_cell * _DEGREE_M * cos(radians(first))
    return _rounded(first, second, hypot(tall, wide) / 2)


def _two_angles(upper: str) -> tuple[tuple[float, float, str], tuple[float, float, str]] | None:
    """Return two (degrees, size of the last digit in degrees, letter), or None for no pair."""
    for split in _PAIR_BREAK.finditer(upper):
        first = _ANGLE.fullmatch(upper[: split.start()].strip())
        second = _ANGLE.fullmatch(upper[split.end() :].strip())
        if first and second:
            read = _angle(first), _angle(second)
            if read[0] is not None and read[1] is not None:
                return read[0], read[1]
    return None


def _angle(match: re.Match[str]) -> tuple[float, float, str] | None:
    """Return (signed degrees, size of the last digit in degrees, letter), None for no angle."""
    before, sign, degrees, minutes, seconds, after = match.groups()
    letter = before or after or ""
    if (before and after) or (sign and letter):
        return None
    if minutes and ("." in degrees or float(minutes) >= 60):
        return None
    if seconds and ("." in minutes or float(seconds) >= 60):
        return None
    value = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    last, unit = (seconds, 3600) if seconds else (minutes, 60) if minutes else (degrees, 1)
    cell = 10.0 ** -len(last.partition(".")[2]) / unit
    return (-value if sign in ("-", "−") or letter in ("S", "W") else value), cell, letter


def _rounded(lat: float, lon: float, radius_m: float) -> tuple[float, float, float]:
    return round(float(lat), 7), round(float(lon), 7), round(max(radius_m, FLOOR_M), 1)


def _refused(text: str, why: str) -> BadCall:
    return BadCall(
        f"“{text}” is no position that can be used: {why}. Accepted: MGRS (37S CV 12345 67890), "
        "UTM with zone and hemisphere (37 north 312345 4012345), degrees (36.1515, 36.9678 or "
        "36°09'05\"N 36°58'04\"E)"
    )
