"""What is weak in an agreement that loads: unused, uncited, overlapping, unexampled, in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from trucewatch.acts.vocabulary import overlap
from trucewatch.agreement.agreement import Agreement
from trucewatch.agreement.norms import ActTerm, Clause, Condition
from trucewatch.agreement.notes import concern, missing_citations, node_of, placeholders
from trucewatch.documents import Node, read_yaml
from trucewatch.errors import Problem

__all__ = ["lint"]

_SETTLING = ("violation", "not_covered", "undetermined")
_SCOPE = ("who", "against", "where", "when")


def lint(agreement: Agreement, text: str, place: str = "agreement.yaml") -> list[Problem]:
    """Return every weakness of an agreement as a warning with line and column, in file order.

    `text` is what `agreement` was loaded from. What `load_agreement` warned about citations and
    terms in doubt is in the list too.
    """
    root, problems = read_yaml(text, place)
    if root is None:
        return problems
    found = [
        *_unused(agreement, root, place),
        *missing_citations(agreement, root, place),
        *_unarchived(agreement, root, place),
        *_overlapping(agreement, root, place),
        *_unexampled(agreement, root, place),
        *placeholders(agreement, root, place),
    ]
    return sorted(found, key=lambda one: (one.line or 0, one.value or "", one.expected))


def _unused(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    definitions = (
        ("texts", agreement.texts, set(_cited(agreement))),
        ("groups", agreement.groups, set(_named_groups(agreement))),
        ("zones", agreement.zones, set(_named_zones(agreement))),
        ("phases", agreement.phases, set(_named_phases(agreement))),
    )
    for section, defined, used in definitions:
        for key in sorted(defined):
            if key not in used:
                node = node_of(root, section, key)
                yield concern(place, node, key, f"{section} that something uses")
    for clause in agreement.clauses:
        for one in clause.exceptions:
            if not one.enabled and not _enabled_somewhere(agreement, clause.key, one.key):
                name = f"{clause.key}.{one.key}"
                node = node_of(root, "clauses", clause.key)
                yield concern(place, node, name, "a reading that enables it")


def _enabled_somewhere(agreement: Agreement, clause: str, exception: str) -> bool:
    return any((clause, exception) in one.enable for one in agreement.readings.values())


def _cited(agreement: Agreement) -> Iterator[str]:
    readings = agreement.readings.values()
    cites = [
        *(one.cite for one in agreement.bound.values()),
        *(one.cite for one in agreement.groups.values()),
        *(one.cite for one in agreement.zones.values()),
        *(one.cite for one in agreement.phases.values()),
        *(one.cite for one in agreement.clauses),
        *(one.cite for clause in agreement.clauses for one in clause.exceptions),
        *(one.cite for reading in readings for one in reading.bound.values()),
        *(one.cite for reading in readings for one in reading.groups.values()),
    ]
    return (cite.text for cite in cites if cite is not None)


def _named_groups(agreement: Agreement) -> Iterator[str]:
    for clause in agreement.clauses:
        yield clause.who
        yield clause.against or ""
    changed = (one for reading in agreement.readings.values() for one in reading.groups.values())
    for group in (*agreement.groups.values(), *changed):
        yield from group.any_of + group.none_of
    for zone in agreement.zones.values():
        yield zone.held_by or ""


def _named_zones(agreement: Agreement) -> Iterator[str]:
    for zone in agreement.zones.values():
        yield zone.of or ""
    for clause in agreement.clauses:
        yield clause.where or ""
        yield from (one.beyond for one in (clause.duty.withdraw if clause.duty else ()))
        for exception in clause.exceptions:
            yield from _zones_of(exception.condition)


def _zones_of(condition: Condition) -> Iterator[str]:
    yield condition.where or ""
    for one in condition.all_of + condition.any_of:
        yield from _zones_of(one)


def _named_phases(agreement: Agreement) -> Iterator[str]:
    for phase in agreement.phases.values():
        yield phase.after or ""
    for clause in agreement.clauses:
        yield clause.when or ""
        yield from (one.when or "" for one in clause.exceptions)


def _unarchived(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    for key, text in agreement.texts.items():
        if text.sha256 is None:
            node, advice = node_of(root, "texts", key), "Until then no quote from it is checked."
            yield concern(place, node, key, "sha256 of the archived words", advice)


def _overlapping(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    forbidding = [one for one in agreement.clauses if one.acts]
    for first, second in combinations(forbidding, 2):
        same = all(getattr(first, one) == getattr(second, one) for one in ("who", "where", "when"))
        if same and _intersect(first.acts, second.acts):
            node, value = node_of(root, "clauses", second.key), f"{first.key} and {second.key}"
            advice = "Both will judge the same happening; neither is given priority by the file."
            yield concern(place, node, value, "clauses that do not speak of the same acts", advice)


def _intersect(first: Iterable[ActTerm], second: Iterable[ActTerm]) -> bool:
    return any(
        (overlap(one.act, other.act).may or overlap(other.act, one.act).may)
        and (not one.targets or not other.targets or bool(set(one.targets) & set(other.targets)))
        for one in first for other in second
    )


def _unexampled(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    for clause in agreement.clauses:
        for boundary in _boundaries_without_example(clause, agreement):
            node = node_of(root, "clauses", clause.key)
            yield concern(place, node, f"clause {clause.key}", f"an example that is {boundary}")


def _boundaries_without_example(clause: Clause, agreement: Agreement) -> Iterator[str]:
    if clause.kind == "duty":
        return
    expected = {one.expect for one in clause.examples}
    doubtful = _in_doubt(clause, agreement)
    wanted = ("undetermined",) if doubtful else _SETTLING
    yield from (one for one in wanted if one not in expected)
    if doubtful:
        return
    outside = {why for one in clause.examples if one.expect == "not_covered" for why in one.because}
    for element in _SCOPE:
        if getattr(clause, element) and element not in outside:
            yield f"not_covered because of {element}"
    excused = {one.excused_by for one in clause.examples}
    yield from (f"excused by {one.key}" for one in clause.exceptions if one.key not in excused)


def _in_doubt(clause: Clause, agreement: Agreement) -> bool:
    zone, phase = agreement.zones.get(clause.where or ""), agreement.phases.get(clause.when or "")
    statuses = {clause.status, zone.status if zone else "given", phase.status if phase else "given"}
    return statuses != {"given"}
