"""The elements of a clause for one leg: who, act, against, where, when, three-valued, in words.

Words that qualify the act (“offensive”), and whether a bearer failed to prevent, are elements too:
nothing but a recorded determination settles them.

Every element is evaluated, whatever the others say. A truth that is too weakly supported for what
the agreement asks does not settle the element: its reason is then `evidence:<element>`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import partial

from trucewatch.acts import overlap
from trucewatch.agreement import Clause
from trucewatch.findings.answer import Answer, plain
from trucewatch.findings.binding import membership, moment_of, named_by
from trucewatch.findings.candidacy import is_named, over_candidates, told_of
from trucewatch.findings.context import Context
from trucewatch.findings.deeds import answer_on_act, capped, names_it
from trucewatch.findings.ground import in_zone
from trucewatch.findings.phases import inside_phase
from trucewatch.incidents.leg import Candidates, Leg, stronger
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

__all__ = [
    "FAILED",
    "SCOPE",
    "ElementValue",
    "act",
    "against",
    "elements_of",
    "qualifiers_of",
    "shared",
    "speaks_of",
    "when",
    "where",
    "who",
]

FAILED = "failed_to_prevent"
"""Element of a prevention that is not strict."""
SCOPE = ("who", "against", "where", "when")
"""Elements whose failing means that the clause does not cover the leg."""
_DEFAULT_REQUIRED = "reported"
_FREE_IF_FALSE = frozenset({"where", "when"})
"""All statements agree that it is outside: that needs no strength."""


@dataclass(frozen=True, slots=True)
class ElementValue:
    """One condition of a clause for one leg."""

    element: str
    """who, act, against, where, when, or the id of an exception."""
    truth: Truth
    strength: str | None
    """How well the facts behind it are supported; of an exception it is shown only: its truth
    counts it."""
    required: str | None
    """The strength that the agreement asks for."""
    words: str
    question: str = ""
    """What would settle it; empty when it is settled."""
    about: str | None = None
    """Party, phase, zone or clause that the question is about; None: this leg alone."""
    evidence: tuple[str, ...] = ()
    """Ids of claims and decisions that it rests on, beside the leg's reports."""
    unsure_term: bool = False
    """It rests on a placeholder, an unpublished term or one from memory."""
    cause: str | None = None
    """What leaves it open, where that is not its own name: of `where`, `control`."""

    strong: bool = field(init=False, compare=False)
    """Whether the support suffices for what the truth says."""
    settled: Truth = field(init=False, compare=False)
    """The truth, UNKNOWN when it is too weakly supported."""
    reason: str | None = field(init=False, compare=False)
    """Why it is open: its cause or own name, `evidence:` and its name, or None when it is settled."""

    def __post_init__(self) -> None:
        strong = self.truth is UNKNOWN or _strong(self)
        weak = None if strong else f"evidence:{self.element}"
        object.__setattr__(self, "strong", strong)
        object.__setattr__(self, "settled", self.truth if strong else UNKNOWN)
        object.__setattr__(self, "reason", (self.cause or self.element) if self.truth is UNKNOWN else weak)


def _strong(value: ElementValue) -> bool:
    if value.element not in ELEMENTS or value.strength is None or value.required is None:
        return True
    if value.truth is FALSE and value.element in _FREE_IF_FALSE:
        return True
    return stronger(value.strength, value.required)


def elements_of(leg: Leg, clause: Clause, context: Context) -> tuple[ElementValue, ...]:
    """Return every element that the clause has: who, act, against, where, when, qualifiers."""
    found = [who(leg, clause, context), act(leg, clause, context)]
    if clause.against is not None:
        found.append(against(leg, clause, context))
    if clause.where is not None:
        found.append(where(leg, clause, context))
    if clause.when is not None:
        found.append(when(leg, clause, context))
    return (*found, *qualifiers_of(clause, context))


def qualifiers_of(clause: Clause, context: Context) -> tuple[ElementValue, ...]:
    """Return what is left to people: the words that qualify the act, and a failure to prevent."""
    words = [*clause.qualified]
    if clause.kind == "prevention" and not clause.strict:
        words.append(FAILED)
    return tuple(context.once(("qualifier", one), partial(_left_open, one)) for one in words)


def _left_open(word: str) -> ElementValue:
    told = f"“{plain(word)}” is a word of the text that only a recorded determination settles"
    return ElementValue(word, UNKNOWN, None, None, told, f"Was it “{plain(word)}”? {told}")


def who(leg: Leg, clause: Clause, context: Context) -> ElementValue:
    """Whether one whom the clause binds did it; of a prevention, whether one did it whose acts
    the bearer, being bound, must prevent."""
    signature = context.signature("group", clause.who, clause.by)
    alike = (signature, leg.by, leg.acts, moment_of(leg.occurred, context))
    return _value("who", leg, clause, context, alike, lambda: _doer_is(leg, clause, context))


def _doer_is(leg: Leg, clause: Clause, context: Context) -> Answer:
    if clause.by is None:
        return _who(leg, clause.who, context)
    did = _of_parties(
        over_candidates(leg.by, lambda one: membership(one, clause.by or "", leg.occurred, context)),
        leg.by, _doer(leg), context,
    )
    bears = named_by(clause.who, clause.who, leg.occurred, context)
    truth = all_of((did.truth, bears.truth))
    name = context.name(clause.who)
    words = f"{did.words}; {name} has to prevent it ({bears.words})"
    claims = (*did.claims, *bears.claims)
    open_ = did if did.truth is UNKNOWN else bears
    question = open_.question if truth is UNKNOWN else ""
    about = open_.about if truth is UNKNOWN else None
    return Answer(truth, words, question, about, claims, did.unsure_term or bears.unsure_term)


def _who(leg: Leg, whole: str, context: Context) -> Answer:
    answer = over_candidates(leg.by, lambda party: named_by(party, whole, leg.occurred, context))
    return _of_parties(answer, leg.by, _doer(leg), context)


def against(leg: Leg, clause: Clause, context: Context) -> ElementValue:
    """Whether what was attacked, as stated, is what the clause protects; who was hurt does not
    say."""
    whole = clause.against or ""
    signature = context.signature("group", whole)
    alike = (signature, leg.against, moment_of(leg.occurred, context))
    return _value("against", leg, clause, context, alike, lambda: _against(leg, whole, context))


def _against(leg: Leg, whole: str, context: Context) -> Answer:
    answer = over_candidates(
        leg.against, lambda party: membership(party, whole, leg.occurred, context)
    )
    return _of_parties(answer, leg.against, "What was attacked?", context)


def _doer(leg: Leg) -> str:
    fired = leg.acts and all(overlap(one, "attack") is TRUE for one in leg.acts)
    return "Who fired?" if fired else "Who did it?"


def _of_parties(answer: Answer, candidates: Candidates, ask: str, context: Context) -> Answer:
    """Complete an answer over candidates with who they are, and with the question if it is open."""
    told = told_of(candidates, context)
    words = f"{told}; {answer.words}" if answer.words else told
    if answer.truth is not UNKNOWN:
        return Answer(answer.truth, words, claims=answer.claims, unsure_term=answer.unsure_term)
    if answer.question and is_named(candidates):
        return Answer(
            UNKNOWN, words, answer.question, answer.about, answer.claims, answer.unsure_term
        )
    question = f"{ask} {words}"
    return Answer(UNKNOWN, words, question, None, answer.claims, answer.unsure_term)


def act(leg: Leg, clause: Clause, context: Context) -> ElementValue:
    """Whether what was done, to what and with what, is what the clause speaks of, for every
    alternative.

    Open terms of the clause are words that none of its acts renders; they are shown, not judged.
    """
    head = (leg.headcount_low, leg.headcount_high) if capped(clause.acts) else ()
    named = (clause.acts, clause.open_terms)
    alike = (named, leg.acts, leg.targets, leg.weapons, leg.calibre_mm, head)
    return _value("act", leg, clause, context, alike, lambda: answer_on_act(leg, clause))


def speaks_of(leg: Leg, clause: Clause, context: Context) -> bool:
    """Whether the clause may name what was done, and to what; a weapon that it does not name still
    speaks."""
    key = ("speaks", clause.acts, leg.acts, leg.targets)
    return context.once(key, lambda: names_it(leg, clause.acts))


def where(leg: Leg, clause: Clause, context: Context) -> ElementValue:
    """Whether it happened in the clause's zone."""
    answer = in_zone(leg, clause.where or "", context)
    return _value("where", leg, clause, context, answer, lambda: answer)


def when(leg: Leg, clause: Clause, context: Context) -> ElementValue:
    """Whether all of the time in which it may have happened lies in the clause's phase."""
    answer = inside_phase(clause.when or "", leg.occurred, context)
    return _value("when", leg, clause, context, answer, lambda: answer)


def _value(
    element: str,
    leg: Leg,
    clause: Clause,
    context: Context,
    alike: Hashable,
    make: Callable[[], Answer],
) -> ElementValue:
    """Join the answer with the strength of the leg's facts; legs that are `alike` share the
    value."""
    strength, required = leg.strength[element], required_of(element, clause, context)
    key = (element, strength, required, alike)
    known: ElementValue | None = context.memo.get(key)
    if known is None:
        known = context.memo[key] = shared(_joined(element, strength, required, make()), context)
    return known


def shared(value: ElementValue, context: Context) -> ElementValue:
    """Return the one object that stands for all equal values, so that readings can share a
    ruling."""
    return context.once(("equal", value), lambda: value)


def required_of(element: str, clause: Clause, context: Context) -> str:
    """Return the strength that the clause, else the agreement, asks of the element."""
    stated = clause.evidence.get(element) or context.agreement.evidence.required.get(element)
    return stated or _DEFAULT_REQUIRED


def _joined(element: str, strength: str, required: str, answer: Answer) -> ElementValue:
    """Return the value, asking for more support where there is too little."""
    value = ElementValue(
        element,
        answer.truth,
        strength,
        required,
        answer.words,
        answer.question,
        answer.about,
        answer.claims,
        answer.unsure_term,
        answer.cause,
    )
    if value.strong:
        return value
    asked = f"{strength}, where the agreement asks for {required}"
    weak = f"What else confirms it? {answer.words}: {asked}"
    return replace(value, words=f"{answer.words}; only {strength}", question=weak, about=None)
