"""The table that compiled verdicts are made from: what each leg's elements are, as bits."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.tables import Field, Schema

__all__ = ["LEG_ELEMENT", "of_words"]

LEG_ELEMENT = Schema(
    "leg_element",
    (
        Field("n", "integer", "number of the leg", required=True),
        Field("reply", "integer", "1 while the accused still have time to reply, 2 where people decided something about the leg", required=True),
        Field("must0", "integer", "bits of elements that are surely true, settled by their support; further words: must1 …", required=True),
        Field("may0", "integer", "bits of elements that are possibly true", required=True),
        Field("unsure0", "integer", "bits of elements that rest on a term in doubt", required=True),
    ),
    key=("n",),
    meaning="every distinct element of all clauses and readings for one leg, 62 bits to a word; made for an engine and never stored",
)


def of_words(words: int) -> Schema:
    """Return the schema for so many words, one at least."""
    further = tuple(
        replace(one, name=f"{one.name[:-1]}{word}")
        for word in range(1, words)
        for one in LEG_ELEMENT.fields[2:]
    )
    return replace(LEG_ELEMENT, fields=(*LEG_ELEMENT.fields, *further))
