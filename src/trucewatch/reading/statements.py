"""Who said what: cue first, then a window around it. A quotation without a cue has no speaker."""

from __future__ import annotations

import re

from trucewatch.reading.mentions import Mention, Mentions
from trucewatch.reading.sentences import Quote, Sentence
from trucewatch.reading.speakers import ChainLink, Statement, is_somebody, statement_of, subject_of

__all__ = ["narrated", "statements_in"]

_NAME = r"[A-Z][\w.’'-]*"
_CUES = frozenset(("that_only", "say", "tell", "commit", "express", "call", "accuse", "ask"))
_INVERTED = re.compile(rf"\s+(?P<who>(?:(?:the|a|an)\s+)?(?:[\w’'-]+\s+){{0,3}}?{_NAME}(?:\s+{_NAME}){{0,3}})(?=[.,;]|\s*\Z|\s(?:on|in|at|after|told)\b)")
_INVERTED_PEOPLE = re.compile(r"\s+(?P<who>(?:the|a|an|one|another|some|several|two|three|its|their|his|her)\s+[^,.;“”\"]{3,70}?)(?=[,.;]|\s*\Z|\s(?:who|on\s+[A-Z]|told|after|before|late)\b)")
_QUOTED_BY = re.compile(r",\s(?:quoted|cited)\s+by\s+(?P<who>[^,]{3,60}),\s+\Z")
_ACCORDING = re.compile(r"\s+(?P<who>[^,.;“”\"]{3,90})")
_SEEN_BY = re.compile(r"\s+(?:seen|obtained|reviewed|cited|published|released|read)\s+by\s+(?P<who>[^,.;]{3,60})\Z")
_GOES_ON = re.compile(r"\b(?:and|but)\s+(?:also\s+|then\s+|later\s+)?\Z")
"""“X said … and warned …”: the subject stands before the first verb only."""
_LETTER = re.compile(
    r"(?:[A-Z][\w’ ]{0,30},\s+)?(?P<document>(?:an?|the|his|her|its|their)\s+(?:[\w’-]+\s+){0,2}?(?:letter|document|memo|memorandum|cable|note|paper|communique|statement|draft)\s+"
    r"(?:from|by|written by|sent by)\s+(?P<who>[^,;]{3,80}?)(?:\s+to\s+[^,;]{3,60})?)"
    r"(?:,?\s+(?P<seen>(?:a copy of which was\s+)?(?:seen|obtained|reviewed|read)\s+by\s+[^,;]{3,40}))?,?\s+",
    re.IGNORECASE,
)
_QUOTED_AS = re.compile(r"\s+(?P<who>[\w’' -]{2,60}?)\s+as\s+saying\b")
_CITING = re.compile(r",\s+citing\s+(?P<who>[^,.“”]{3,70})")
_THAT = re.compile(r"\s*(?:only\s+)?(?:(?:last|this)\s+(?:week|month|year)\s+)?(?:that\s+)?")
_TOLD = re.compile(  # the one who was told
    r"\s+(?:(?:the|an?|his|her|their)\s+)?(?:(?:[\w’-]+\s+){0,3}?(?:newspaper|agency|television|tv|channel|reporters|journalists|broadcaster|radio|network|council|assembly|parliament|conference|magazine|website)\b|[A-Z][\w’-]*(?:\s[A-Z][\w’-]*){0,3}|[\w’-]+)"
)
_CUT = re.compile(r",\s(?:while|something|adding|saying|warning)\b|\s(?:but|and)\s(?:said|expressed|added|warned)\b")
_RELATIVE = re.compile(r"(?:who|which|that)\Z", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?:(?:in|on|at|by|via|through|during|after|late|early|from)\s+(?:an?\s+|its\s+|his\s+|her\s+|their\s+|the\s+)?(?:[\w’-]+\s+){0,2}?"
    r"(?:statement|interview|tweet|post|letter|briefing|speech|report|telephone|phone|video|message|website|blog|page|Facebook|Twitter|[A-Z][a-z]+day|morning|evening|night|afternoon|conference)\b[ ,]*|(?:in|from)\s+[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?(?=[ ,.]|\Z)[ ,]*)+"
)
"""Where and when somebody spoke, after the cue, is not what was said."""
_LEAST_WORDS = 3
_LEAST = 8
"""Characters below which words are no statement."""



def statements_in(text: str, sentence: Sentence, mentions: Mentions) -> list[Statement]:
    """Return the statements of one sentence; what cannot be attributed safely has no speaker."""
    outside = [
        one for one in mentions.within(sentence.start, sentence.end, "speech")
        if not any(quote.start <= one.start < quote.end for quote in sentence.quotes)
        and not any(name.start < one.start < name.end for name in mentions.within(max(0, one.start - 30), one.start, "actor", "person"))
    ]
    outside = list({one.start: one for one in reversed(outside)}.values())[::-1]
    for kind, rule in (("quote", _relayed), ("according", _according)):
        for cue in outside:
            if cue.entry.value == kind and (passed_on := rule(text, sentence, cue, mentions)):
                return passed_on
    found: list[Statement] = []
    for cue in outside:
        if cue.entry.value in _CUES:
            found += _of_cue(text, sentence, cue, mentions, found[-1] if found else None)
    taken = {(one.start, one.end) for one in found}
    orphans = [
        statement_of(text, quote.start, quote.end, "direct", None)
        for quote in sentence.quotes
        if (quote.start, quote.end) not in taken and _words(text, quote) >= 4
        and not any(one.start <= quote.start < one.end for one in found)
    ]
    return sorted({(one.start, one.end): one for one in [*orphans, *found]}.values(), key=lambda one: one.start)


def narrated(sentence: Sentence) -> Statement:
    """Return what the page itself says as a statement without a speaker."""
    return Statement(sentence.start, sentence.end, "narrator", None, "narrator", (ChainLink("outlet", None, None, None),))


def _relayed(text: str, sentence: Sentence, cue: Mention, mentions: Mentions) -> list[Statement]:
    """X quoted Y as saying."""
    said = _QUOTED_AS.match(text, cue.end, sentence.end)
    outlet = subject_of(text, sentence, cue, mentions)
    if said is None or outlet is None:
        return []
    relay = (ChainLink("relay", text[slice(*outlet)], *outlet),)
    if sentence.quotes:
        return [statement_of(text, one.start, one.end, "direct", said.span("who"), relay) for one in sentence.quotes]
    end = sentence.start + len(text[sentence.start:outlet[0]].rstrip(" ,"))
    if end - sentence.start > _LEAST:
        return [statement_of(text, sentence.start, end, "indirect", said.span("who"), relay)]
    past = _THAT.match(text, said.end(), sentence.end)
    start, end = (past.end() if past else said.end()), sentence.start + len(text[sentence.start:sentence.end].rstrip(" .;"))
    return [statement_of(text, start, end, "indirect", said.span("who"), relay)] if end - start > _LEAST else []


def _according(text: str, sentence: Sentence, cue: Mention, mentions: Mentions) -> list[Statement]:
    """According to X, …; …, according to X; a document that somebody saw is named before who saw it."""
    named = _ACCORDING.match(text, cue.end, sentence.end)
    if named is None or not is_somebody(named.span("who"), mentions, text):
        return []
    seen = _SEEN_BY.search(text, *named.span("who"))
    who = (named.start("who"), seen.start()) if seen else named.span("who")
    relay = (ChainLink("relay", text[slice(*seen.span("who"))], *seen.span("who")),) if seen else ()
    quoted = [one for one in sentence.quotes if _words(text, one) >= 4]
    if quoted:
        inner = _quoted_speaker(text, sentence, cue, mentions)
        if inner:
            relay, who = (ChainLink("relay", text[slice(*who)], *who), *relay), inner
        return [statement_of(text, one.start, one.end, "direct", who, relay) for one in quoted]
    if text[sentence.start:cue.start].strip():
        start, end = sentence.start, sentence.start + len(text[sentence.start:cue.start].rstrip(" ,"))
    else:
        start = named.end() + len(text[named.end():sentence.end]) - len(text[named.end():sentence.end].lstrip(" ,"))
        end = start + len(text[start:sentence.end].rstrip(" .;"))
    return [statement_of(text, start, end, "indirect", who, relay)] if end - start > _LEAST else []


def _quoted_speaker(text: str, sentence: Sentence, cue: Mention, mentions: Mentions) -> tuple[int, int] | None:
    """“…,” X said, according to Y: X, if somebody is named before the cue."""
    for one in mentions.within(sentence.start, cue.start, "speech"):
        who = subject_of(text, sentence, one, mentions)
        if one.entry.value in ("say", "tell") and who is not None and is_somebody(who, mentions, text):
            return who
    return None


def _of_cue(
    text: str, sentence: Sentence, cue: Mention, mentions: Mentions, before: Statement | None
) -> list[Statement]:
    """The statements of one cue; `before` is the one before it in the sentence, whose speaker goes on after “and”."""
    relay: tuple[ChainLink, ...] = ()
    who, link = subject_of(text, sentence, cue, mentions), before.chain[0] if before else None
    if link and link.role == "speaker" and link.start is not None and link.end is not None and _GOES_ON.search(text, sentence.start, cue.start):
        who = (link.start, link.end)
    letter = _LETTER.fullmatch(text, sentence.start, cue.start)
    if letter:
        who, relay = letter.span("who"), _document_links(letter)
    if who is None and text[:cue.start].rstrip().endswith(("”", '"', "”,", '",')):
        inverted = _INVERTED.match(text, cue.end, sentence.end) or _INVERTED_PEOPLE.match(text, cue.end, sentence.end)
        who = inverted.span("who") if inverted else None
    if who is None or not is_somebody(who, mentions, text) or _RELATIVE.match(text[slice(*who)]):
        return []
    passed_on = _QUOTED_BY.search(text, who[1], cue.start)
    if passed_on:
        span = passed_on.span("who")
        relay = (ChainLink("relay", text[slice(*span)], *span),)
    source = _CITING.match(text, cue.end, sentence.end)
    if source:
        relay, who = (ChainLink("relay", text[slice(*who)], *who),), source.span("who")
    quotes = [one for one in sentence.quotes if _words(text, one) >= 2 or one.start <= cue.end + 60]
    if quotes and cue.entry.value in ("say", "tell", "call", "ask"):
        kinds = ["direct" if _words(text, one) >= 4 else "mixed" for one in quotes]
        return [statement_of(text, one.start, one.end, kind, who, relay)
                for one, kind in zip(quotes, kinds, strict=True)]
    if cue.entry.value in ("call", "accuse", "ask"):
        return []
    return _indirect(text, sentence, cue, who, relay)


def _document_links(letter: re.Match[str]) -> tuple[ChainLink, ...]:
    """A letter, and who saw it, stand between its author and this page."""
    links = [ChainLink("document", letter["document"], *letter.span("document"))]
    if letter["seen"]:
        links.append(ChainLink("relay", letter["seen"], *letter.span("seen")))
    return tuple(links)


def _indirect(
    text: str, sentence: Sentence, cue: Mention, who: tuple[int, int], relay: tuple[ChainLink, ...]
) -> list[Statement]:
    told = _TOLD.match(text, cue.end, sentence.end) if cue.entry.value == "tell" else None
    start, end = _past(text, told.end() if told else cue.end, sentence.end), sentence.end
    aside = _ASIDE.match(text, start, end)
    start = _past(text, aside.end(), end) if aside else start
    if cue.entry.value == "that_only" and not re.search(r"\bthat\s+\Z", text[cue.end:start]):
        return []
    cut = _CUT.search(text, start, end)
    end = cut.start() if cut else end
    before = text[who[0] - 2:who[0]] == ", "
    if before and (len(text[start:end].split()) < _LEAST_WORDS or text[start:start + 1] in ",;" or text[start - 1:start] == ","):
        start, end = sentence.start, who[0] - 2
    end = start + len(text[start:end].rstrip(" .,;"))
    return [statement_of(text, start, end, "indirect", who, relay)] if len(text[start:end].split()) >= _LEAST_WORDS else []


def _past(text: str, start: int, end: int) -> int:
    """Return where the words begin after blanks, “only” and “that”."""
    found = _THAT.match(text, start, end)
    return found.end() if found else start


def _words(text: str, quote: Quote) -> int:
    return len(text[quote.start:quote.end].split())
