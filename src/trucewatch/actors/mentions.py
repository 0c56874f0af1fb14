"""The names in a headline or a text: whole words, the longest name first where two overlap.

A part of a hyphenated compound is no mention ("ISIL-held", "anti-ISIL"): it tells whose ground or
whose enemy is meant and not who acts. Abbreviations count in capitals only. A name that may be
part of a longer one that is not listed ("Free Syrian Army") is found, and left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from trucewatch.actors.lookup import Lookup
from trucewatch.actors.names import Word, singular, together, words_of
from trucewatch.actors.party import Mention

__all__ = ["find_mentions"]

_PLAIN = frozenset({
    "a", "about", "after", "against", "all", "also", "although", "amid", "among", "an", "and",
    "another", "any", "around", "as", "at", "because", "before", "behind", "being", "both",
    "but", "by", "despite", "did", "does", "during", "each", "even", "every", "few",
    "following", "for", "four", "from", "had", "has", "have", "he", "her", "here", "his", "how",
    "if", "in", "inside", "into", "is", "it", "its", "many", "may", "more", "most", "near",
    "no", "nor", "not", "of", "off", "on", "one", "only", "or", "other", "our", "out",
    "outside", "over", "said", "says", "several", "she", "since", "so", "some", "than", "that",
    "their", "then", "there", "these", "they", "this", "those", "three", "through", "to",
    "today", "two", "under", "unlike", "until", "up", "was", "were", "what", "when", "where",
    "which", "while", "who", "why", "will", "with", "within", "without", "yet",
})
"""Words that begin no name, also with the capital of a sentence or a headline."""


def find_mentions(text: str, lookup: Lookup, day: date | None) -> tuple[Mention, ...]:
    """Return the names in `text`, in order of position; none overlap."""
    words = words_of(text)
    readable = [_capitals_as_names(word, text, lookup) for word in words]
    taken: set[int] = set()
    found: list[tuple[int, int, Mention]] = []
    for first, past in sorted(_spans(words, lookup), key=lambda span: (span[0] - span[1], span)):
        if taken.isdisjoint(range(first, past)) and all(readable[first:past]):
            mention = _mention(text, words[first:past], lookup, day)
            if mention is not None:
                found.append((first, past, mention))
                taken.update(range(first, past))
    return tuple(
        _open_if_part_of_more(text, mention, words, _beside(first, past, taken, mention, lookup))
        for first, past, mention in sorted(found, key=lambda one: one[0])
    )


def _beside(
    first: int, past: int, taken: set[int], mention: Mention, lookup: Lookup
) -> frozenset[int]:
    """The neighbours that may belong to the mention; before a closed set also another's owner.

    The protected stay protected whatever stands beside them: "Norlandic civilians".
    """
    if {lookup.kinds[key] for key in mention.resolution.parties} == {"protected"}:
        return frozenset()
    beside = frozenset({first - 1, past})
    return beside if mention.resolution.closed else beside - taken


def _spans(words: Sequence[Word], lookup: Lookup) -> Iterator[tuple[int, int]]:
    """Yield the word ranges that begin like a name and are not tied to a word outside."""
    for first, word in enumerate(words):
        forms = (word.form,), (word.stem_form,)
        begins = {one for form in forms for one in (*form, *singular(form))}
        if not word.joined_before and not lookup.starts.isdisjoint(begins):
            for past in range(first + 1, min(len(words), first + lookup.longest) + 1):
                if past > first + 1 and words[past - 1].apart:
                    break
                if not words[past - 1].joined_after:
                    yield first, past


def _mention(text: str, words: Sequence[Word], lookup: Lookup, day: date | None) -> Mention | None:
    before, last = tuple(word.form for word in words[:-1]), words[-1]
    start = words[0].start
    for form, cut in ((last.form, 0), (last.stem_form, len(last.written) - len(last.stem))):
        whole = (*before, form)
        resolution = lookup.resolve(whole, day) or lookup.resolve_phrase(whole, day)
        if resolution is not None:
            end = last.end - cut
            return Mention(text[start:end], start, end, resolution)
    return None


def _capitals_as_names(word: Word, text: str, lookup: Lookup) -> bool:
    """Whether the capitals of `word` let it be part of a name: `IS` may, `is` and `Is` may not.

    Up to three letters all must be capitals, beyond that the first. Where everything is in
    capitals, two letters tell nothing.
    """
    form = word.form if word.form in lookup.capitals else word.stem_form
    if form not in lookup.capitals:
        return True
    if len(form) == 2 and text == text.upper():
        return False
    written = word.written if form == word.form else word.stem
    return written.isupper() if len(form) <= 3 else written[0].isupper()


def _open_if_part_of_more(
    text: str, mention: Mention, words: Sequence[Word], beside: frozenset[int]
) -> Mention:
    """Leave a mention open that a neighbouring word may make longer."""
    for place in sorted(beside):
        if 0 <= place < len(words) and _lengthens(text, mention, words, place):
            first = min(mention.start, words[place].start)
            longer = text[first : max(mention.end, words[place].end)]
            note = f"“{longer}” may be a longer name that the case does not know"
            opened = replace(mention.resolution, closed=False, basis="generic", note=note)
            return replace(mention, resolution=opened)
    return mention


def _lengthens(text: str, mention: Mention, words: Sequence[Word], place: int) -> bool:
    """Whether the word before is a capitalised one, or the word after has al- or is `of` X.

    Before a word of a closed set any word may say whose: the set is not closed then.
    """
    word = words[place]
    if word.end <= mention.start:
        tells = word.written[0].isupper() or mention.resolution.closed
        return tells and word.form not in _PLAIN and together(text, word.end, mention.start)
    if not together(text, mention.end, word.start):
        return False
    following = place + 1 < len(words) and words[place + 1].written[0].isupper()
    return word.has_article or (word.form == "of" and following)
