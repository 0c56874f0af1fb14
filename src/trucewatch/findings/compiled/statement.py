"""Plans as plain SQL over the words of the element table: one statement for every engine.

Integers, CASE, AND, OR and & alone; what is 62 bits wide is a positive BIGINT everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trucewatch.findings.compiled.masks import split
from trucewatch.findings.compiled.plans import Plan

__all__ = ["SILENT", "code_in", "is_code", "verdicts_of"]

SILENT, NOT_COVERED, COMPLIANT, UNDETERMINED, VIOLATION, PROVISIONAL, DECIDED = range(-1, 6)
"""Codes of a verdict; SILENT where the clause does not speak of the leg, DECIDED where people said
something about it."""
BITS, IN_WORD = 3, 20
"""A verdict takes three bits; twenty of them fill a positive BIGINT: writing them is what takes
time, not finding them."""
MASK = (1 << BITS) - 1


def verdicts_of(plans: Sequence[Plan], words: int, table: str) -> str:
    """Return the SELECT that gives `n` and the verdicts of all plans, packed into `v0`, `v1`, …"""
    others = list(dict.fromkeys(other for plan in plans for other, _ in plan.conflicts))
    names = {other: f"b{number}" for number, other in enumerate(others)}
    source = table
    if others:
        inner = [f"{_alone(other, words)} AS {name}" for other, name in names.items()]
        taken = ["n", "reply", *_words(words), *inner]
        source = f"(SELECT {', '.join(taken)} FROM {table}) AS e"
    packed = [
        f"CAST({' + '.join(_terms(plans, first, words, names))} AS BIGINT) AS v{first // IN_WORD}"
        for first in range(0, len(plans), IN_WORD)
    ]
    return f"SELECT {', '.join(['n', *packed])} FROM {source}"


def _terms(
    plans: Sequence[Plan], first: int, words: int, names: dict[Plan, str]
) -> Iterator[str]:
    """Yield the verdicts that one word holds, each in its own bits, so that they add up."""
    for place, plan in enumerate(plans[first : first + IN_WORD]):
        yield _whole(plan, words, names, 1 << (BITS * place))


def place_of(plan: int) -> tuple[str, int]:
    """Return the word and the lowest bit at which the verdict of a plan stands."""
    word, place = divmod(plan, IN_WORD)
    return f"v{word}", BITS * place


def code_in(row: Mapping[str, int], plan: int) -> int:
    """Return the verdict code of a plan from a row of packed verdicts."""
    word, bit = place_of(plan)
    return (int(row[word]) >> bit & MASK) + SILENT


def is_code(plan: int, code: int) -> str:
    """Return the condition that a plan's verdict is this one."""
    word, bit = place_of(plan)
    return f"({word} & {MASK << bit}) = {(code - SILENT) << bit}"


def _words(words: int) -> list[str]:
    return [f"{kind}{word}" for word in range(words) for kind in ("must", "may", "unsure")]


def _whole(plan: Plan, words: int, names: dict[Plan, str], unit: int) -> str:
    """Return the verdict with silence, conflicts and what is provisional, in units of its place."""
    steps = [(_missing("may", plan.speaks, words), SILENT), ("reply = 2", DECIDED)]
    steps += _steps(plan, words)
    steps += _ranked(plan, names)
    if plan.replies:
        steps.append(("reply = 1", PROVISIONAL))
    return _case(steps, unit, SILENT)


def _alone(plan: Plan, words: int) -> str:
    return _case(_steps(plan, words), 1, 0)


def _case(steps: Sequence[tuple[str, int]], unit: int, zero: int) -> str:
    whens = " ".join(f"WHEN {test} THEN {(code - zero) * unit}" for test, code in steps)
    return f"CASE {whens} ELSE {(VIOLATION - zero) * unit} END"


def _steps(plan: Plan, words: int) -> list[tuple[str, int]]:
    """Return the rules of `findings.ruling` in their order, up to what conflicting clauses say."""
    every = plan.scope | plan.deed
    steps = [(_missing("may", plan.scope, words), NOT_COVERED)]
    if not plan.given:
        return [*steps, ("1 = 1", UNDETERMINED)]
    undone, open_scope = _missing("may", plan.deed, words), _missing("must", plan.scope, words)
    steps += [
        (_some("unsure", every, words), UNDETERMINED),
        (f"({undone}) AND ({open_scope})", UNDETERMINED),
        (undone, COMPLIANT),
        (_missing("must", every, words), UNDETERMINED),
    ]
    if plan.excuses:
        steps.append((_some("must", plan.excuses, words), COMPLIANT))
        steps.append((_some("may", plan.excuses, words), UNDETERMINED))
    if plan.clashes:
        steps.append((_some("may", plan.clashes, words), UNDETERMINED))
    return steps


def _ranked(plan: Plan, names: dict[Plan, str]) -> list[tuple[str, int]]:
    """Return what clauses in conflict do: one that prevails and finds no breach excuses, what is
    open or has no rank leaves it open."""
    above = [names[other] for other, prevails in plan.conflicts if prevails]
    others = [names[other] for other, prevails in plan.conflicts if not prevails]
    excusing = [f"{name} = {COMPLIANT}" for name in above]
    differing = [f"{name} IN ({COMPLIANT}, {UNDETERMINED})" for name in others]
    differing += [f"{name} = {UNDETERMINED}" for name in above]
    steps = [(" OR ".join(excusing), COMPLIANT)] if excusing else []
    return [*steps, *([(" OR ".join(differing), UNDETERMINED)] if differing else [])]


def _parts(kind: str, mask: int, words: int) -> Iterable[tuple[str, int]]:
    return ((f"{kind}{word}", part) for word, part in enumerate(split(mask, words)) if part)


def _missing(kind: str, mask: int, words: int) -> str:
    """Return the condition that one of these bits is not set."""
    tests = [f"({name} & {part}) <> {part}" for name, part in _parts(kind, mask, words)]
    return _either(tests)


def _some(kind: str, mask: int, words: int) -> str:
    """Return the condition that one of these bits is set."""
    return _either([f"({name} & {part}) <> 0" for name, part in _parts(kind, mask, words)])


def _either(tests: list[str]) -> str:
    return " OR ".join(tests) if tests else "1 = 0"
