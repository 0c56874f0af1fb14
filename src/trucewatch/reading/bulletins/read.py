"""`read_bulletin`: a daily report of monitors or of a party becomes records, stage by stage."""

from __future__ import annotations

from trucewatch.reading.bulletins.counts import counts_in, sums_of
from trucewatch.reading.bulletins.header import header_of
from trucewatch.reading.bulletins.items import items_in
from trucewatch.reading.bulletins.notes import notes_in
from trucewatch.reading.bulletins.observations import observations_in
from trucewatch.reading.bulletins.records import Bulletin
from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.lines import lines_of
from trucewatch.reading.sentences import sentences_of

__all__ = ["read_bulletin"]


def read_bulletin(text: str, lexicon: Lexicon) -> Bulletin:
    """Read a bulletin. Any text will do; what is not understood is left out.

    Pure: a function of the text and the lexicon, whose places give observers their point. Every `Quoted`
    holds ``text[start:end]``, half-open in code points. Times stay local, as written.
    """
    sentences = [
        one for number, line in enumerate(lines_of(text, lexicon)) if line.role != "boilerplate"
        for one in sentences_of(text, line.start, line.end, number)
    ]
    observations = observations_in(text, sentences, lexicon)
    counts = counts_in(text, [(one.quote.start, one.quote.end) for one in observations])
    return Bulletin(header_of(text), counts, sums_of(counts), observations, items_in(text), notes_in(text, sentences))
