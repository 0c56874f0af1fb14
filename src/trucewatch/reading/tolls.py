"""How many a short report tells of as killed or hurt in all: its sentences added up, what is told twice counted once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.sentences import sentences_of
from trucewatch.reading.victims import object_in, subject_in

__all__ = ["Told", "Toll", "toll_of"]

_DEAD = (
    r"shot\s+dead|gunned\s+down|found\s+dead|shot\s+(?:him|her|them)\s+dead|(?:hacked|beaten|stabbed|stoned|axed|thrashed|bludgeoned|burnt|burned|tortured|clubbed)\s+to\s+death|kill(?:ed|ing|s)?|murder(?:ed|ing|s)?|"
    r"slain|execut(?:ed|ing)|beheaded|behead|strangulated|strangled|lynched|assassinated|massacred|eliminated|slaughtered|died|succumbed|perished|lost\s+(?:his|her|their)\s+li(?:fe|ves)|"
    r"slit(?:ting)?\s+(?:the\s+)?throats?\s+of|charred\s+to\s+death|crushed\s+to\s+death|beat(?:ing)?\s+to\s+death|hack(?:ing)?\s+to\s+death|shoot(?:ing)?\s+dead|gunn(?:ing|ed)\s+down"
)
_VERB = re.compile(rf"\b(?:{_DEAD})\b", re.IGNORECASE)
_BODIES = re.compile(
    r"\b(?:[\w’'-]+\s+){0,2}?(?:(?:dead\s+)?bod(?:y|ies)|corpses?)\s+of\s+(?P<of>[^.;]{3,160})|\b(?P<n>[\w-]+)\s+(?:[\w’'-]+\s+){0,2}?(?P<b>(?:dead\s+)?bod(?:y|ies)|corpses?)\b|\b(?P<left>left|leaving)\s+(?P<leaves>[^.;,]{3,80}?)\s+dead\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:\b(?:was|were|is|are|been|being|be|got|gets)\b\s+(?:\w+ly\s+|also\s+|later\s+|then\s+|first\s+|reported\s+){0,2})\Z", re.IGNORECASE)
_INTRANSITIVE = re.compile(r"(?:died|succumbed|perished|lost\s|charred|crushed)", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:not|no\s+one|nobody|attempt(?:ed|ing)?\s+to|tried\s+to|trying\s+to|plan(?:s|ned|ning)?\s+to|threat(?:en(?:ed|ing|s)?)?\s+(?:to|of)|conspir\w+\s+to|would|could|might|may|may\s+have|wanted\s+(?:for|in)|involved\s+in|accused\s+(?:of|in)|"
    r"in\s+connection\s+with|in\s+(?:retaliation|revenge|protest)|to\s+(?:avenge|protest)|against\s+the|responsible\s+for|charged\s+with|case\s+of|cases\s+of|claim(?:ed|ing)\s+responsibility|participat\w+\s+in|carried\s+out|mastermind\w*|"
    r"intention\s+(?:to|of)|aim(?:ed|ing)?\s+(?:to|at)|order(?:ed)?\s+to|suspected\s+of|role\s+in|since|last\s+year|in\s+the\s+past|previously|earlier|accus\w+\s+\w+\s+of|had\s+(?:also\s+)?(?:been\s+)?|who\s+(?:had\s+)?|feared|believed\s+to\s+have|suspected\s+to\s+have|if|so\s+far|unless)\s+(?:[\w’'-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_BY_NOUN = re.compile(r"\b(?:the|their|his|her|for|of|after|over|over\s+the|this|such|alleged|custodial|mass|brutal|recent|fake|against|following)\s+\Z", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:the\s+(?:slain|deceased|dead|killed|victims?|Maoists?\s+killed|incident|encounter|bodies|body)|those\s+killed|both\s+(?:of\s+them|the)|all\s+(?:of\s+them|the|\w+\s+of\s+them)|identified|among\s+(?:the\s+)?(?:those|dead)|who\s+(?:was|were)\s+killed|th(?:ese|e\s+\w+)\s+killed|with\s+this|total\s+of|toll|taking)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:also|another|separate(?:ly)?|more(?!\s+than)|elsewhere|similarly|further|meanwhile|besides)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:wanted|involved|involvement|accused\s+(?:in|of)|in\s+connection|prime\s+accused|main\s+accused|role\s+in|taken\s+part|took\s+part|confess\w+|cases?\s+(?:of|like|including)|hand\s+in|allegedly\s+responsible|was\s+responsible|blamed\s+for|mastermind\w*|in\s+which|where\s+\d+|had\s+surrendered|suspects?\s+that|believes?\s+that|recall\w*|in\s+(?:19|20)\d\d)\b", re.IGNORECASE)
"""Before a verb of the sentence: what follows is not what happened now."""
_IN_ALL = re.compile(r"\b(?:toll|in\s+all|altogether|total)\b", re.IGNORECASE)
_CHAINED = re.compile(r"\b(?:was|were|is|are|been)\s+\w+(?:ed|en|t|up)\b[^,;.]{0,60}?\band\s+(?:later\s+|then\s+|subsequently\s+|allegedly\s+)?\Z")
"""“was dragged out and shot dead”: the verb after “and” has the subject of the passive before it."""
_ASIDE = re.compile(r",?\s*\b(?:who|which|whose|accused|wanted|allegedly)\b[^,]*,")
_ALONG = re.compile(r"\s+(?:along|together)\s+with\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]\s|,\s+(?:while|but|as|when|after|where)\s|\s(?:while|when|after)\s|\.\s|,\s+(?:killing|injuring|wounding)\s", re.IGNORECASE)
_EACH = {"a": 1, "an": 1, "one": 1, "the": 1, "his": 1, "her": 1, "their": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """Deaths told of at one place of the text, half-open span; both bounds included, None: none is stated."""

    low: int | None
    high: int | None
    start: int
    end: int
    again: bool
    """It speaks of those who were told of before."""
    more: bool
    """It says that these are others."""


@dataclass(frozen=True, slots=True)
class Toll:
    """The sum, both bounds included, with what it was added up from; 0 where nobody's death is told of."""

    low: int | None
    high: int | None
    told: tuple[Told, ...]


def toll_of(text: str, lexicon: Lexicon) -> Toll:
    """Return how many a report of one incident tells of as killed.

    A later number that is said to be of others is added; one that is not is the same dead told again, and holds
    only where it is called a total and is larger. What was planned, is another case or lies back (“wanted for killing”) is left out.
    """
    told: list[Told] = []
    for number, line in enumerate(_lines(text)):
        for sentence in sentences_of(text, *line, number):
            told += _of_sentence(text, sentence.start, sentence.end, lexicon, first=not told)
    low: int | None = 0
    high: int | None = 0
    for one in told:
        if one.again and (low or high):
            if _IN_ALL.search(text, max(0, one.start - 40), one.end):
                low, high = _larger(low, one.low), _larger(high, one.high)
        else:
            low, high = _plus(low, one.low), _plus(high, one.high)
    return Toll(low, high, tuple(told))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    return (one.span() for one in re.finditer(r"[^\n]+", text))


def _of_sentence(text: str, start: int, end: int, lexicon: Lexicon, *, first: bool) -> list[Told]:
    found: list[Told] = []
    reached = start
    for verb in _VERB.finditer(text, start, end):
        if verb.start() < reached or _unreal(text, start, verb):
            continue
        counted = _victims(text, start, end, verb, lexicon)
        if counted is None:
            continue
        (low, high), (left, right) = counted
        again = not first and not _MORE.search(text, max(start, left - 30), right) and not found
        again = again or (not first and bool(_AGAIN.search(text, start, right)) and not _MORE.search(text, left, right))
        found.append(Told(low, high, left, right, again, not again))
        reached = right
    if not found:
        found += _bodies(text, start, end, lexicon, first=first)
    return found


def _victims(
    text: str, start: int, end: int, verb: re.Match[str], lexicon: Lexicon
) -> tuple[tuple[int | None, int | None], tuple[int, int]] | None:
    """Return how many, and the span of the words: the subject of a passive, the object of an active verb."""
    passive = _PASSIVE.search(text, start, verb.start()) is not None or _INTRANSITIVE.match(verb.group()) is not None
    clause = _clause_start(text, start, verb.start())
    chained = None if passive else _CHAINED.search(text, clause, verb.start())
    if not passive and chained is None:
        after = object_in(text, verb.end(), end, lexicon.numbers)
        return None if after is None else (after, (verb.start(), verb.end() + 1))
    before = subject_in(text, clause, chained.start() if chained else verb.start(), lexicon.numbers)
    beside = _ALONG.match(text, verb.end(), end)
    if before is not None and beside is not None and (others := object_in(text, beside.end(), end, lexicon.numbers)) is not None:
        before = _plus(before[0], others[0]), _plus(before[1], others[1])
    return None if before is None else (before, (clause, verb.end()))


def _unreal(text: str, start: int, verb: re.Match[str]) -> bool:
    near = text[max(start, verb.start() - 60):verb.start()]
    if verb.group().lower() in ("killing", "murder", "murders", "kill") and _BY_NOUN.search(near):
        return True
    return _UNREAL.search(near) is not None or _PAST.search(_ASIDE.sub(" ", text[start:verb.start()])) is not None


def _clause_start(text: str, start: int, verb: int) -> int:
    cuts = [one.end() for one in _CLAUSE.finditer(text, start, verb)]
    return cuts[-1] if cuts else start


def _bodies(text: str, start: int, end: int, lexicon: Lexicon, *, first: bool) -> list[Told]:
    """Bodies that were found, and “left N dead”."""
    for one in _BODIES.finditer(text, start, end):
        if one["left"]:
            counted = object_in(text, *one.span("leaves"), lexicon.numbers)
        elif one["of"]:
            counted = object_in(text, *one.span("of"), lexicon.numbers) or (1, 1)
        else:
            counted = _number(one["n"].lower(), lexicon, plural=one["b"].lower().endswith("s"))
        if counted is not None:
            return [Told(*counted, *one.span(), not first and not _MORE.search(text, start, one.start()), first)]
    return []


def _number(word: str, lexicon: Lexicon, *, plural: bool) -> tuple[int, int] | None:
    value = int(word) if word.isdigit() and len(word) < 6 else lexicon.numbers.get(word)
    if value is not None:
        return value, value
    return None if plural else (1, 1)


def _larger(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
