"""Whether what was done, to what and with what, is what a clause speaks of.

A leg gives alternatives for the act, the class of target and the weapon. Must: every combination of
them is what some term of the clause names. May: one is. What the leg leaves open is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from trucewatch.acts import overlap, weapon_overlap
from trucewatch.agreement import ActTerm, Clause
from trucewatch.findings.answer import Answer, choice, plain
from trucewatch.incidents.leg import Leg
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, from_bounds

__all__ = ["answer_on_act", "capped", "kind_of_act", "names_it"]


def answer_on_act(leg: Leg, clause: Clause) -> Answer:
    """Return whether every alternative is what the clause names, or the question that is open."""
    truth = _over_alternatives(leg, clause.acts)
    done = choice([plain(one) for one in leg.acts]) or "not stated"
    named = choice([_named(term) for term in clause.acts]) or "nothing"
    words = f"what was done: {done}; the term speaks of {named}"
    if clause.open_terms:
        words += f" (left to people: “{', '.join(clause.open_terms)}”)"
    if truth is not UNKNOWN:
        return Answer(truth, words)
    return Answer(UNKNOWN, words, _what(leg, clause.acts, words))


def _what(leg: Leg, terms: Sequence[ActTerm], words: str) -> str:
    if kind_of_act(leg, terms) is TRUE and capped(terms):
        return f"How many persons were there? {words}"
    if kind_of_act(leg, terms) is TRUE:
        return f"With what weapon, of what calibre? {words}"
    return f"What was done, and to what class of object? {words}"


def _named(term: ActTerm) -> str:
    parts = [plain(term.act)]
    if term.targets:
        parts.append(f"of {choice([plain(one) for one in term.targets])}")
    if term.weapons:
        parts.append(f"with {choice([plain(one) for one in term.weapons])}")
    if term.calibre_at_least_mm is not None:
        parts.append(f"of {term.calibre_at_least_mm:g} mm or more")
    if term.more_than is not None:
        parts.append(f"of more than {term.more_than} persons")
    return " ".join(parts)


def _over_alternatives(leg: Leg, terms: Sequence[ActTerm]) -> Truth:
    """Must for every combination of the alternatives for act, target and weapon; may for any."""
    truths = [
        any_of(_meets(done, target, weapon, leg, term) for term in terms)
        for done, target, weapon in product(
            leg.acts or (None,), leg.targets or (None,), leg.weapons or (None,)
        )
    ]
    return from_bounds(must=all(one.must for one in truths), may=any(one.may for one in truths))


def _meets(
    done: str | None, target: str | None, weapon: str | None, leg: Leg, term: ActTerm
) -> Truth:
    parts = [_act_meets(done, term), _target_meets(target, term), _weapon_meets(weapon, term)]
    if term.calibre_at_least_mm is not None:
        calibre = leg.calibre_mm
        parts.append(
            UNKNOWN if calibre is None else TRUE if calibre >= term.calibre_at_least_mm else FALSE
        )
    if term.more_than is not None:
        parts.append(_above(leg, term.more_than))
    return all_of(parts)


def _above(leg: Leg, cap: int) -> Truth:
    """Whether more persons were there than `cap`; a count that is not known leaves it open."""
    least, most = leg.headcount_low, leg.headcount_high
    return from_bounds(
        must=least is not None and least > cap, may=most is None or most > cap
    )


def capped(terms: Sequence[ActTerm]) -> bool:
    """Whether a term asks how many persons were there."""
    return any(term.more_than is not None for term in terms)


def _act_meets(done: str | None, term: ActTerm) -> Truth:
    return UNKNOWN if done is None else overlap(done, term.act)


def _target_meets(target: str | None, term: ActTerm) -> Truth:
    if not term.targets:
        return TRUE
    return UNKNOWN if target is None else TRUE if target in term.targets else FALSE


def _weapon_meets(weapon: str | None, term: ActTerm) -> Truth:
    if not term.weapons:
        return TRUE
    return (
        UNKNOWN if weapon is None else any_of(weapon_overlap(weapon, one) for one in term.weapons)
    )


def kind_of_act(leg: Leg, terms: Sequence[ActTerm]) -> Truth:
    """Return whether act and class of target are those of a term, weapons and calibres aside."""
    truths = [
        any_of(all_of((_act_meets(done, term), _target_meets(target, term))) for term in terms)
        for done, target in product(leg.acts or (None,), leg.targets or (None,))
    ]
    return from_bounds(must=all(one.must for one in truths), may=any(one.may for one in truths))


def names_it(leg: Leg, terms: Sequence[ActTerm]) -> bool:
    """Return whether a term may name what was done.

    A term that protects classes of object speaks only where somebody states such a class: that nobody
    says what was hit makes no air strike a matter of aid.
    """
    return any(
        (not term.targets or any(target in term.targets for target in leg.targets))
        and any(_act_meets(done, term).may for done in leg.acts or (None,))
        for term in terms
    )
