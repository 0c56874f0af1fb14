"""Who did it, and what was attacked, as far as the reports of one incident carry it.

In order of weight: a person's verification, own admission, two independent origins that name one
party and nobody else, a set closed by a capability, what is stated, and only where nothing is
stated what a data set codes. A denial by the accused keeps a set open. One of several candidates
is never chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trucewatch.incidents.judgements import Verification
from trucewatch.incidents.leg import Candidates
from trucewatch.incidents.weighing import Weighing, asserted
from trucewatch.reports.report import Report

__all__ = ["Attribution", "attribute"]

ELEMENT = {"by": "who", "against": "against"}
"""Role of a party in a report → element of a leg."""

_LOOSE = ("conflict", "coded", "generic")
"""Bases that never close a set, the least sure first."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Candidates for one role, the reports behind them, and whether reports disagree about them."""

    candidates: Candidates
    support: tuple[Report, ...] = ()
    admitting: frozenset[str] = frozenset()
    """Ids of the reports in which a party owns up to it."""
    disputed: bool = False
    verified: bool = False


_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one report says of one role."""

    report: Report
    named: frozenset[str]
    """Parties that it states."""
    unnamed: bool
    """It states a name that the case does not know."""
    closed: frozenset[str]
    """The set that it closes by a cited capability."""
    loose: frozenset[str]
    """Parties that are only coded, generic or in conflict, or open although a capability is
    named.
    """


def _voice(report: Report, role: str) -> _Voice:
    named: set[str] = set()
    closed: set[str] = set()
    loose: set[str] = set()
    unnamed = False
    for one in report.parties:
        if one.role != role:
            continue
        if one.basis == "stated":
            unnamed |= not one.party
        if one.party:
            shut = one.basis == "capability" and one.closed
            (named if one.basis == "stated" else closed if shut else loose).add(one.party)
    return _Voice(report, frozenset(named), unnamed, frozenset(closed), frozenset(loose))


@dataclass(frozen=True, slots=True)
class _Voices:
    """What the reports of one incident say of one role; denials apart."""

    role: str
    weighing: Weighing
    saying: tuple[_Voice, ...]
    deniers: tuple[str, ...]
    """Parties whose word is a denial, sorted."""

    @property
    def stated(self) -> frozenset[str]:
        """Every party that a report states."""
        return _NOBODY.union(*(one.named for one in self.saying))

    @property
    def unnamed(self) -> bool:
        """Whether a report states a name that the case does not know."""
        return any(one.unnamed for one in self.saying)

    def denied(self, parties: Iterable[str]) -> bool:
        """Whether one of these parties denies it."""
        accused = tuple(parties)
        return any(self.weighing.related(own, one) for own in self.deniers for one in accused)

    def naming(self, parties: Iterable[str]) -> tuple[Report, ...]:
        """Return the reports whose stated parties all are among these."""
        wanted = frozenset(parties)
        return tuple(
            one.report
            for one in self.saying
            if one.named and one.named <= wanted and not one.unnamed
        )


def attribute(
    reports: Sequence[Report],
    role: str,
    weighing: Weighing,
    verifications: Sequence[Verification] = (),
) -> Attribution:
    """Return the candidates for `role` (`by` or `against`) of one incident."""
    saying = tuple(
        voice
        for report in asserted(reports)
        if (voice := _voice(report, role)).named or voice.unnamed or voice.closed or voice.loose
    )
    deniers = {weighing.party(report) for report in reports if report.standing == "denied"}
    voices = _Voices(role, weighing, saying, tuple(sorted(one for one in deniers if one)))
    if not saying:
        return _by_person(Attribution(Candidates()), role, weighing, verifications)
    found = (
        (_by_admission(voices) if role == "by" else None)
        or _by_corroboration(voices)
        or _by_capability(voices)
        or _by_statement(voices)
        or _by_code(voices)
        or Attribution(Candidates())
    )
    return _by_person(_with_disputes(found, voices), role, weighing, verifications)


def _by_admission(voices: _Voices) -> Attribution | None:
    """A party that says itself, or its coalition, did it; nested admissions become the wider
    one.
    """
    admitted: dict[str, list[Report]] = {}
    for one in voices.saying:
        own = voices.weighing.party(one.report)
        if own is not None and len(one.named) == 1 and not one.unnamed:
            (party,) = one.named
            if voices.weighing.related(own, party):
                admitted.setdefault(party, []).append(one.report)
    if not admitted:
        return None
    parties = _widest(sorted(admitted), voices.weighing)
    admitting = frozenset(report.report_id for each in admitted.values() for report in each)
    candidates = Candidates(parties, closed=True, basis="admission")
    return Attribution(candidates, voices.naming(admitted), admitting)


def _widest(parties: Sequence[str], weighing: Weighing) -> tuple[str, ...]:
    def inside(one: str) -> bool:
        known = weighing.actors.parties
        return any(
            other != one
            and one in known
            and other in known
            and weighing.actors.belongs(one, other).must
            for other in parties
        )

    return tuple(one for one in parties if not inside(one)) or tuple(parties)


def _by_corroboration(voices: _Voices) -> Attribution | None:
    """One party, named by two independent origins that are no party, and nobody else named."""
    stated = voices.stated
    if len(stated) != 1 or voices.unnamed or voices.denied(stated):
        return None
    if any(one.closed and not stated <= one.closed for one in voices.saying):
        return None
    support = voices.naming(stated)
    if voices.weighing.strength(support, ELEMENT[voices.role]) != "corroborated":
        return None
    return Attribution(Candidates(tuple(stated), closed=True, basis="corroborated"), support)


def _by_capability(voices: _Voices) -> Attribution | None:
    """What every cited capability leaves; open where somebody outside is named or one of them
    denies.
    """
    shut = [one.closed for one in voices.saying if one.closed]
    if not shut:
        return None
    shared = frozenset.intersection(*shut)
    named = voices.stated
    supporting = tuple(
        one.report for one in voices.saying if one.closed or (one.named and one.named <= shared)
    )
    if shared and named <= shared and not voices.unnamed:
        closed = not voices.denied(shared)
        return Attribution(Candidates(tuple(sorted(shared)), closed, "capability"), supporting)
    every = tuple(sorted(named.union(*shut)))
    return Attribution(Candidates(every, closed=False, basis="capability"), supporting)


def _by_statement(voices: _Voices) -> Attribution | None:
    """What is stated; beside a name that the case does not know no single party stands as
    stated.
    """
    stating = tuple(one.report for one in voices.saying if one.named or one.unnamed)
    if not stating:
        return None
    stated = tuple(sorted(voices.stated))
    basis = "generic" if voices.unnamed and len(stated) == 1 else "stated"
    return Attribution(Candidates(stated, closed=False, basis=basis), stating)


def _by_code(voices: _Voices) -> Attribution | None:
    """What is only coded, generic or in conflict: open, whatever it says."""
    coding = tuple(one.report for one in voices.saying if one.loose)
    if not coding:
        return None
    parties = _NOBODY.union(*(one.loose for one in voices.saying))
    bases = {one.basis for report in coding for one in report.role(voices.role)}
    basis = next((one for one in _LOOSE if one in bases), "generic")
    return Attribution(Candidates(tuple(sorted(parties)), closed=False, basis=basis), coding)


def _with_disputes(found: Attribution, voices: _Voices) -> Attribution:
    """Mark what contradicts the candidates: another report, a code, or a denial by the accused."""
    parties, weighing = found.candidates.parties, voices.weighing
    said = {firm for one in voices.saying for firm in (one.named, one.closed) if firm}
    firm, loose = sorted(said, key=sorted), {one.loose for one in voices.saying if one.loose}
    disputed = (
        any(weighing.contradict(parties, one) for one in (*firm, *loose))
        or any(weighing.contradict(one, other) for p, one in enumerate(firm) for other in firm[:p])
        or voices.denied(parties)
    )
    return replace(found, disputed=True) if disputed else found


def _by_person(
    found: Attribution, role: str, weighing: Weighing, verifications: Sequence[Verification]
) -> Attribution:
    """Apply a recorded verification: of a named party, or of what the reports leave."""
    for one in verifications:
        if one.element not in (None, ELEMENT[role]):
            continue
        named = one.answer if one.element is not None else None
        if named is not None and named in weighing.actors.parties:
            only = Candidates((named,), closed=True, basis="verified")
            return replace(found, candidates=only, verified=True)
        if named is None and len(found.candidates.parties) == 1:
            only = Candidates(found.candidates.parties, closed=True, basis="verified")
            return replace(found, candidates=only, verified=True)
    return found
