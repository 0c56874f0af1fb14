"""How much of a duty was performed in time: what is said of it, counted, seen and determined.

Each asserter gives one account; what several accounts settle is `testimony.weigh`. Where enough
could be seen and nobody says that anything was done, nothing was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from trucewatch.agreement import Clause, Duty
from trucewatch.findings.accounts import percent
from trucewatch.findings.answer import distinct, plain
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times
from trucewatch.findings.deliveries import delivery_piece
from trucewatch.findings.determined import determined
from trucewatch.findings.lifecycle import NOTHING, OPEN, WHOLE, Part, least_of
from trucewatch.findings.pieces import Piece, said_of, silent, weighed_piece
from trucewatch.findings.releases import release_piece
from trucewatch.findings.sightings import still_there
from trucewatch.findings.testimony import Account, weigh
from trucewatch.truth import FALSE, TRUE, UNKNOWN

__all__ = ["Performance", "performance"]

_WORD = {"own": "its own word", "admitted": "against itself", "alleged": "an allegation"}


@dataclass(frozen=True, slots=True)
class Performance:
    """The part of a duty that was performed in time, with who says so."""

    part: Part
    disputed: bool
    shown: bool
    strength: str | None
    words: str
    questions: tuple[str, ...]
    evidence: tuple[str, ...]


def performance(
    clause: Clause, bearer: str, times: Times, context: Context, *, covered: bool
) -> Performance:
    """Return what is known; `covered`: enough could be seen for silence to mean that nothing was."""
    pieces = list(_pieces(clause, bearer, times, context, covered=covered))
    part = least_of(*(one.part for one in pieces))
    disputed = part.possible == 1 and any(one.disputed for one in pieces)
    found = Performance(
        part, disputed, any(one.shown for one in pieces),
        next((one.strength for one in pieces if one.strength), None),
        _words(pieces, context),
        distinct(question for one in pieces for question in one.questions),
        distinct(one for piece in pieces for one in piece.evidence),
    )
    return _determined(found, clause, bearer, context)


def _determined(found: Performance, clause: Clause, bearer: str, context: Context) -> Performance:
    """Return what people determined of it, if it is open."""
    answer = determined("performed", clause.key, bearer, context)
    if answer is None or found.part.whole is not UNKNOWN:
        return found
    said = "performed" if answer.truth is TRUE else "not performed"
    return replace(
        found, part=WHOLE if answer.truth is TRUE else NOTHING, disputed=False,
        shown=answer.truth is FALSE, strength="verified", questions=(),
        words=f"{found.words}; a recorded determination says {said}",
        evidence=distinct((*found.evidence, answer.decision)),
    )


def _pieces(
    clause: Clause, bearer: str, times: Times, context: Context, *, covered: bool
) -> Iterator[Piece]:
    duty = clause.duty or Duty()
    if duty.deliver is not None:
        yield delivery_piece(duty.deliver, clause, bearer, times, context)
    if duty.release is not None:
        yield release_piece(duty.release, clause, bearer, times, context, covered=covered)
    if duty.tasks:
        yield _checklist(duty.tasks, clause, bearer, times, context, covered=covered)
    if duty.withdraw:
        keys = tuple(line.key for line in duty.withdraw)
        yield _seen(clause, bearer, times, context, keys) or _checklist(
            keys, clause, bearer, times, context, covered=covered
        )
    if duty.perform or duty.notify:
        whole = weighed_piece(weigh(said_of(clause, None, bearer, times, context), clause, context))
        yield silent(whole, covered=covered)


def _seen(
    clause: Clause, bearer: str, times: Times, context: Context, keys: tuple[str, ...]
) -> Piece | None:
    """Return the piece with what was seen to stay after the deadline, None if nothing was."""
    lines = clause.duty.withdraw if clause.duty else ()
    due = times.deadline.latest
    if due is None or times.passed is not TRUE:
        return None
    staying = [still_there(line, clause, bearer, due, context) for line in lines]
    broken = sum(1 for legs in staying if legs)
    if not broken:
        return None
    whole = _checklist(keys, clause, bearer, times, context, covered=False)
    legs = distinct(leg.leg_id for listed in staying for leg in listed)
    note = f"after that {len(legs)} sighting(s) in the zone that had to be left"
    reports = (one for listed in staying for leg in listed for one in leg.reports)
    noted = replace(
        whole, notes=(*whole.notes, note), evidence=distinct((*reports, *whole.evidence))
    )
    if whole.part.sure == 1:
        question = "Had it been done, and did it come back? Reports of both stand against each other"
        return replace(noted, part=OPEN, disputed=True, questions=(*whole.questions, question))
    return replace(noted.capped(Fraction(len(lines) - broken, len(lines))), shown=True)


def _checklist(
    tasks: tuple[str, ...], clause: Clause, bearer: str, times: Times, context: Context,
    *, covered: bool,
) -> Piece:
    """Return what is known of all tasks or lines: the part is that of those done."""
    whole = weighed_piece(weigh(said_of(clause, None, bearer, times, context), clause, context))
    if whole.part.whole is TRUE:
        return whole
    each = [
        weighed_piece(weigh(said_of(clause, task, bearer, times, context), clause, context))
        for task in tasks
    ]
    if all(one.part == OPEN and not one.accounts for one in each):
        return silent(whole, covered=covered)
    each = [silent(one, covered=covered and not whole.unsure) for one in each]
    part = Part(
        sum((one.part.sure for one in each), Fraction(0)) / len(tasks),
        sum((one.part.possible for one in each), Fraction(0)) / len(tasks),
    )
    piece = replace(
        whole, part=part, disputed=any(one.disputed for one in (whole, *each)),
        strength=next((one.strength for one in each if one.strength), whole.strength),
        shown=any(one.shown for one in each),
        accounts=(*whole.accounts, *(account for one in each for account in one.accounts)),
        notes=_tasks_told(tasks, each),
        evidence=distinct((*whole.evidence, *(one for task in each for one in task.evidence))),
    )
    if whole.part.whole is FALSE:
        return piece.capped(Fraction(len(tasks) - 1, len(tasks)))
    return piece


def _tasks_told(tasks: tuple[str, ...], each: list[Piece]) -> tuple[str, ...]:
    words = {TRUE: "done", FALSE: "not done", UNKNOWN: "open"}
    return tuple(
        f"{plain(task)}: {words[one.part.whole]}" for task, one in zip(tasks, each, strict=True)
    )


def _words(pieces: list[Piece], context: Context) -> str:
    said = distinct(_told(one, context) for piece in pieces for one in piece.accounts)
    parts = ["; ".join(said) or "nobody is known to have said anything about it"]
    part = least_of(*(one.part for one in pieces))
    if 0 < part.possible < 1 or part.sure > 0:
        parts.append(f"performed in time: {percent(part)}")
    return "; ".join((*parts, *(note for one in pieces for note in one.notes)))


def _told(account: Account, context: Context) -> str:
    word = _WORD.get(account.weight)
    source = (context.sources or {}).get(account.asserter)
    who = source.name if source is not None else context.name(account.asserter)
    who = who if account.open_source else "a source not named here"
    said = f"{who}: {account.says}"
    return f"{said} ({word})" if word else said
