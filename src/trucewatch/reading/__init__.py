"""An article becomes statements, happenings and claims, each with its place in the text."""

from trucewatch.reading.languages import language_of
from trucewatch.reading.lexicon import Lexicon, load_lexicon
from trucewatch.reading.read import Reading, read

__all__ = ["Lexicon", "Reading", "language_of", "load_lexicon", "read"]
