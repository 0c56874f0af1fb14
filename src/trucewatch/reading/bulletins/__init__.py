"""Daily reports of monitors and parties become counts, observations and notes, each with its place in the text."""

from trucewatch.reading.bulletins.read import read_bulletin
from trucewatch.reading.bulletins.records import (
    Bulletin,
    Count,
    Header,
    Item,
    Note,
    Observation,
    Quoted,
    Sum,
)

__all__ = ["Bulletin", "Count", "Header", "Item", "Note", "Observation", "Quoted", "Sum", "read_bulletin"]
