"""The excuses of a clause: circumstances that somebody states, and places that excuse.

Invocable: what nobody invokes is false, what is claimed is unknown, what is supported as well as
the agreement asks is true. An excuse of fact is unknown as long as its facts are. That a strike
was a mistake excuses nothing unless the agreement says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from trucewatch.agreement import Clause, Condition, ExceptionTerm
from trucewatch.findings.answer import Answer, distinct, plain
from trucewatch.findings.context import Context
from trucewatch.findings.elements import ElementValue, shared
from trucewatch.findings.ground import can_unite, in_union, in_zone
from trucewatch.findings.phases import inside_phase
from trucewatch.incidents.leg import Leg, LegCircumstance, stronger
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["exception", "exceptions_of", "flags_of", "unions_of", "united", "zones_of"]


def exceptions_of(leg: Leg, clause: Clause, context: Context) -> tuple[ElementValue, ...]:
    """Return every exception that the reading enables, evaluated, in the order of the clause."""
    required = clause.evidence.get("exception")
    terms = (term for term in clause.exceptions if term.enabled)
    return tuple(exception(leg, term, context, required) for term in terms)


def flags_of(condition: Condition) -> Iterator[str]:
    """Yield every circumstance that the condition asks for."""
    if condition.circumstance is not None:
        yield condition.circumstance
    for part in (*condition.all_of, *condition.any_of):
        yield from flags_of(part)


def zones_of(condition: Condition) -> Iterator[str]:
    """Yield every zone that the condition names."""
    if condition.where is not None:
        yield condition.where
    for part in (*condition.all_of, *condition.any_of):
        yield from zones_of(part)


def united(condition: Condition, context: Context) -> tuple[str, ...]:
    """Return the drawn zones of which any will do: they are asked for as one ground."""
    named = [one.where for one in condition.any_of if one.where is not None]
    found = distinct(name for name in named if can_unite(name, context))
    return found if len(found) > 1 else ()


def unions_of(condition: Condition, context: Context) -> Iterator[tuple[str, ...]]:
    """Yield every group of zones of the condition that are asked for as one ground."""
    together = united(condition, context)
    if together:
        yield together
    for part in (*condition.all_of, *condition.any_of):
        yield from unions_of(part, context)


def exception(
    leg: Leg, term: ExceptionTerm, context: Context, required: str | None = None
) -> ElementValue:
    """Return whether this exception excuses the leg, by facts as strong as `required`, else as the
    agreement asks."""
    required = required or context.agreement.evidence.exception
    said = _in_time(leg, term, context, required)
    if said != leg.circumstances:
        leg = replace(leg, circumstances=said)
    if term.when is None and not any(zones_of(term.condition)):
        key = ("excuse", term, required, said)
        return context.once(key, lambda: shared(_exception(leg, term, context, required), context))
    return shared(_exception(leg, term, context, required), context)


def _in_time(
    leg: Leg, term: ExceptionTerm, context: Context, required: str
) -> tuple[LegCircumstance, ...]:
    """Return what is said of the circumstances, without what invokes the exception too late.

    Once `reply_within` after the leg became known has passed, a claim alone does not reopen what
    is final; what is supported as the agreement asks is a fact whenever it comes.
    """
    within = context.agreement.evidence.reply_within
    if not term.invocable or within is None or leg.known_at is None or not leg.circumstances:
        return leg.circumstances
    until = leg.known_at + within
    return tuple(
        one
        for one in leg.circumstances
        if one.known_at is None or one.known_at < until or stronger(one.strength, required)
    )


def _exception(leg: Leg, term: ExceptionTerm, context: Context, required: str) -> ElementValue:
    flags = distinct(flags_of(term.condition))
    about = [one for one in leg.circumstances if one.flag in flags]
    if term.invocable and not any(one.value is not False for one in about):
        answer = Answer(FALSE, "nobody invokes it")
    else:
        answer = _with_time(_answer(term.condition, leg, context, required), term, leg, context)
    strength = _weakest(about)
    question = (
        "" if answer.truth is not UNKNOWN else f"Does {plain(term.key)} excuse it? {answer.words}"
    )
    return ElementValue(
        term.key,
        answer.truth,
        strength,
        required if flags else None,
        answer.words,
        question,
        answer.about,
        answer.claims,
        answer.unsure_term and answer.truth is UNKNOWN,
    )


def _weakest(about: list[LegCircumstance]) -> str | None:
    weakest: str | None = None
    for one in about:
        if weakest is None or stronger(weakest, one.strength):
            weakest = one.strength
    return weakest


def _with_time(answer: Answer, term: ExceptionTerm, leg: Leg, context: Context) -> Answer:
    if term.when is None:
        return answer
    return _joined((answer, inside_phase(term.when, leg.occurred, context)), all_of)


def _answer(condition: Condition, leg: Leg, context: Context, required: str) -> Answer:
    parts: list[Answer] = []
    if condition.circumstance is not None:
        parts.append(_circumstance(condition.circumstance, leg, required))
    if condition.where is not None:
        parts.append(in_zone(leg, condition.where, context))
    parts += [_answer(one, leg, context, required) for one in condition.all_of]
    if condition.any_of:
        together = united(condition, context)
        rest = (one for one in condition.any_of if one.where not in together)
        either = [_answer(one, leg, context, required) for one in rest]
        either += [in_union(leg, together, context)] if together else []
        parts.append(_joined(either, any_of))
    return parts[0] if len(parts) == 1 else _joined(parts, all_of)


def _joined(parts: Sequence[Answer], join: Callable[[Iterable[Truth]], Truth]) -> Answer:
    return Answer(
        join(one.truth for one in parts),
        "; ".join(distinct(one.words for one in parts)),
        claims=distinct(claim for one in parts for claim in one.claims),
        unsure_term=any(one.unsure_term and one.truth is UNKNOWN for one in parts),
    )


def _circumstance(flag: str, leg: Leg, required: str) -> Answer:
    said = [one for one in leg.circumstances if one.flag == flag]
    supported = {
        one.value for one in said if one.value is not None and stronger(one.strength, required)
    }
    truth = _supported(supported)
    word = plain(flag)
    if not said:
        return Answer(UNKNOWN, f"{word}: nobody says")
    if truth is UNKNOWN:
        return Answer(UNKNOWN, f"{word}: {_claims(said)}, not supported as the agreement asks")
    return Answer(truth, f"{word}: {'yes' if truth is TRUE else 'no'}, supported")


def _supported(values: set[bool]) -> Truth:
    """What is supported decides; support for both sides leaves it open, as no support does."""
    if len(values) != 1:
        return UNKNOWN
    return TRUE if True in values else FALSE


def _claims(said: list[LegCircumstance]) -> str:
    told = {True: "claimed", False: "contested", None: "left open"}
    return " and ".join(distinct(told[one.value] for one in said))
