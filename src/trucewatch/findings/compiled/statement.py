"""Plans as plain SQL over the words of the element table: one statement for every engine.

Integers, CASE, AND, OR and & alone; what is 62 bits wide is a positive BIGINT everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trucewatch.findings.compiled.masks import split
from trucewatch.findings.compiled.plans import Plan

__all__ = ["COMPLIANT", "NOT_COVERED", "PROVISIONAL", "SILENT", "UNDETERMINED", "VIOLATION", "verdicts_of"]

SILENT, NOT_COVERED, COMPLIANT, UNDETERMINED, VIOLATION, PROVISIONAL = -1, 0, 1, 2, 3, 4
"""Codes of a verdict; SILENT where the clause does not speak of the leg."""


def verdicts_of(plans: Sequence[Plan], words: int, table: str) -> str:
    """Return the SELECT that gives `n` and the verdict of every plan, `v0`, `v1`, … as SMALLINT."""
    others = list(dict.fromkeys(other for plan in plans for other, _ in plan.conflicts))
    if not others:
        columns = [_column(_whole(plan, words), number) for number, plan in enumerate(plans)]
        return f"SELECT n, {', '.join(columns)} FROM {table}"
    names = {other: f"b{number}" for number, other in enumerate(others)}
    inner = [f"{_alone(other, words)} AS {name}" for other, name in names.items()]
    taken = ["n", "reply", *_words(words), *inner]
    columns = [_column(_whole(plan, words, names), number) for number, plan in enumerate(plans)]
    return f"SELECT n, {', '.join(columns)} FROM (SELECT {', '.join(taken)} FROM {table}) AS e"


def _words(words: int) -> list[str]:
    return [f"{kind}{word}" for word in range(words) for kind in ("must", "may", "unsure")]


def _column(expression: str, number: int) -> str:
    return f"CAST({expression} AS SMALLINT) AS v{number}"


def _whole(plan: Plan, words: int, names: dict[Plan, str] | None = None) -> str:
    """Return the verdict with silence, conflicts and what is provisional."""
    steps = [f"WHEN {_missing('may', plan.speaks, words)} THEN {SILENT}", *_steps(plan, words)]
    steps += _ranked(plan, names or {})
    if plan.replies:
        steps.append(f"WHEN reply = 1 THEN {PROVISIONAL}")
    return f"CASE {' '.join(steps)} ELSE {VIOLATION} END"


def _alone(plan: Plan, words: int) -> str:
    return f"CASE {' '.join(_steps(plan, words))} ELSE {VIOLATION} END"


def _steps(plan: Plan, words: int) -> list[str]:
    """Return the rules of `findings.ruling` in their order, up to what conflicting clauses say."""
    every = plan.scope | plan.deed
    steps = [f"WHEN {_missing('may', plan.scope, words)} THEN {NOT_COVERED}"]
    if not plan.given:
        return [*steps, f"WHEN 1 = 1 THEN {UNDETERMINED}"]
    open_scope = _missing("must", plan.scope, words)
    steps += [
        f"WHEN {_some('unsure', every, words)} THEN {UNDETERMINED}",
        f"WHEN {_missing('may', plan.deed, words)} THEN "
        f"CASE WHEN {open_scope} THEN {UNDETERMINED} ELSE {COMPLIANT} END",
        f"WHEN {_missing('must', every, words)} THEN {UNDETERMINED}",
    ]
    if plan.excuses:
        steps.append(f"WHEN {_some('must', plan.excuses, words)} THEN {COMPLIANT}")
        steps.append(f"WHEN {_some('may', plan.excuses, words)} THEN {UNDETERMINED}")
    if plan.clashes:
        steps.append(f"WHEN {_some('may', plan.clashes, words)} THEN {UNDETERMINED}")
    return steps


def _ranked(plan: Plan, names: dict[Plan, str]) -> list[str]:
    """Return what clauses in conflict do: one that prevails and finds no breach excuses, what is
    open or has no rank leaves it open."""
    above = [names[other] for other, prevails in plan.conflicts if prevails]
    others = [names[other] for other, prevails in plan.conflicts if not prevails]
    excusing = [f"{name} = {COMPLIANT}" for name in above]
    differing = [f"{name} IN ({COMPLIANT}, {UNDETERMINED})" for name in others]
    differing += [f"{name} = {UNDETERMINED}" for name in above]
    steps = [f"WHEN {' OR '.join(excusing)} THEN {COMPLIANT}"] if excusing else []
    return [*steps, *([f"WHEN {' OR '.join(differing)} THEN {UNDETERMINED}"] if differing else [])]


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
