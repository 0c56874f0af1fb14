"""The lexicons that come with the program, read from its files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from trucewatch.reading import Lexicon, load_lexicon

__all__ = ["shipped_lexicon"]


@cache
def shipped_lexicon(theatre: str = "syria") -> Lexicon:
    """Return English with a theatre; the file of a theatre that is not shipped is not found."""
    folder = files("trucewatch") / "reading" / "lexicons"
    return load_lexicon(*((folder / f"{one}.toml").read_text(encoding="utf-8") for one in ("english", theatre)))
