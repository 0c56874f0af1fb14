"""The section of what was said of the agreement on a day: by whom, and what cannot be so together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trucewatch.publish.frame import Frame
from trucewatch.publish.statement_lines import InForceLine, TalkLine
from trucewatch.release import ReleasedClaim
from trucewatch.reports.talks import STATUS, TERM, Talk, contradictions, in_force, talks

__all__ = ["talk_lines"]


def talk_lines(frame: Frame) -> tuple[tuple[TalkLine, ...], InForceLine]:
    """Return what was published of the agreement on this day, in order, and who says that it is in force.

    What a stitched page says has no day and stands in no report; `trucewatch talks` lists it.
    """
    said = [one for one in talks(frame.now.claims, frame.zone) if one.day == frame.day]
    claims = {one.claim_id: one for one in frame.now.claims}
    numbers = {one.claim.claim_id: place for place, one in enumerate(said, start=1)}
    against: dict[str, list[int]] = {}
    for one, other in contradictions(said, frame.opposed):
        against.setdefault(one, []).append(numbers[other])
        against.setdefault(other, []).append(numbers[one])
    lines = tuple(
        _line(one, claims[one.claim.claim_id], numbers[one.claim.claim_id], against.get(one.claim.claim_id, ()), frame) for one in said
    )
    return lines, _in_force(said, numbers, frame)


def _line(one: Talk, claim: ReleasedClaim, number: int, against: Sequence[int], frame: Frame) -> TalkLine:
    return TalkLine(
        number=number, who=_who(one, frame), passed_on=one.passed_on, about=claim.subject or "",
        value=claim.value or "", says=_says(claim, frame), polarity=one.polarity, text=claim.text, against=tuple(sorted(against)), cited=frame.cited(claim),
    )  # fmt: skip


def _says(claim: ReleasedClaim, frame: Frame) -> str:
    said, value = frame.said, claim.value or ""
    if claim.subject == TERM:
        return said.say("talk.term", words=said.word("talk_term", value))
    return said.word("status", value) if claim.subject == STATUS else said.word("stance", value)


def _who(one: Talk, frame: Frame) -> str:
    """The words of the page, and whom they are taken for where the case knows him by another name."""
    if one.who is None:
        return frame.said.say("talk.nobody")
    asserter, source = one.claim.asserter, one.claim.source
    if one.who == source:
        return frame.said.say("talk.page", source=frame.source(source))
    name = frame.party(asserter)
    return one.who if asserter == source or name in one.who else f"{one.who} ({name})"


def _in_force(said: Sequence[Talk], numbers: Mapping[str, int], frame: Frame) -> InForceLine:
    found = next(iter(in_force(said)), None)
    if found is None:
        return InForceLine("silent", frame.said.say("in_force.silent"), (), (), ())
    yes, no, none = (tuple(numbers[one.claim.claim_id] for one in side) for side in (found.yes, found.no, found.none))
    words = frame.said.say(f"in_force.{found.verdict}", yes=_listed(found.yes), no=_listed(found.no))
    if found.none:
        words = f"{words} {frame.said.say('in_force.beside', none=_listed(found.none))}"
    return InForceLine(found.verdict, words, yes, no, none)


def _listed(side: Sequence[Talk]) -> str:
    return ", ".join(dict.fromkeys(one.who or "–" for one in side))
