"""What is weak in an agreement that loads: unused, uncited, overlapping, unexampled, in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from trucewatch.acts.vocabulary import overlap
from trucewatch.agreement.agreement import Agreement
from trucewatch.agreement.duty_lint import duty_weaknesses, zones_of_duty
from trucewatch.agreement.moments import bases_of, moments_of
from trucewatch.agreement.norms import JUDGED, ActTerm, Clause, Condition
from trucewatch.agreement.notes import concern, missing_citations, node_of, placeholders
from trucewatch.agreement.texts import Citation
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
        *_unranked(agreement, root, place),
        *_of_versions(agreement, root, place),
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
        ("anchors", agreement.anchors, set(_named_phases(agreement))),
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
        *(version.cite for one in agreement.zones.values() for version in one.versions),
        *(one.cite for one in agreement.phases.values()),
        *(one.cite for one in agreement.clauses),
        *(one.cite for clause in agreement.clauses for one in clause.exceptions),
        *(Citation(one.text) for one in readings if one.text),
        *(Citation(one.version_of) for one in agreement.texts.values() if one.version_of),
        *(one.cite for reading in readings for one in reading.bound.values()),
        *(one.cite for reading in readings for one in reading.groups.values()),
    ]
    return (cite.text for cite in cites if cite is not None)


def _named_groups(agreement: Agreement) -> Iterator[str]:
    for clause in agreement.clauses:
        yield from (clause.who, clause.by or "", clause.against or "")
        yield from (clause.shown.of if clause.shown else ())
    for terms in _changed(agreement):
        yield from (str(terms.get(one, "")) for one in ("who", "against"))
    changed = (one for reading in agreement.readings.values() for one in reading.groups.values())
    for group in (*agreement.groups.values(), *changed):
        yield from group.any_of + group.none_of
    for zone in agreement.zones.values():
        yield zone.held_by or ""


def _changed(agreement: Agreement) -> Iterator[Mapping[str, object]]:
    """Yield what readings have otherwise of clauses."""
    for reading in agreement.readings.values():
        yield from reading.clauses.values()


def _named_zones(agreement: Agreement) -> Iterator[str]:
    for zone in agreement.zones.values():
        yield from (zone.of or "", *zone.between)
    for terms in _changed(agreement):
        yield str(terms.get("where", ""))
    for clause in agreement.clauses:
        yield clause.where or ""
        yield from (zones_of_duty(clause.duty) if clause.duty else ())
        for exception in clause.exceptions:
            yield from _zones_of(exception.condition)


def _zones_of(condition: Condition) -> Iterator[str]:
    yield condition.where or ""
    for one in condition.all_of + condition.any_of:
        yield from _zones_of(one)


def _named_phases(agreement: Agreement) -> Iterator[str]:
    for phase in agreement.phases.values():
        yield from bases_of(moments_of(phase))
    for terms in _changed(agreement):
        yield str(terms.get("when", ""))
    for clause in agreement.clauses:
        duty = clause.duty
        times = (duty.start_by, duty.due, duty.lapses) if duty else ()
        yield from bases_of(one for one in times if one is not None)
        yield clause.when or ""
        yield from (one.when or "" for one in clause.exceptions)


def _unarchived(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    for key, text in agreement.texts.items():
        if text.sha256 is None:
            node, advice = node_of(root, "texts", key), "Until then no quote from it is checked."
            yield concern(place, node, key, "sha256 of the archived words", advice)


def _overlapping(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    forbidding = [one for one in agreement.clauses if one.kind in JUDGED]
    for first, second in combinations(forbidding, 2):
        same = all(
            getattr(first, one) == getattr(second, one) for one in ("who", "by", "where", "when")
        )
        if same and not _related(first, second) and _intersect(first.acts, second.acts):
            node, value = node_of(root, "clauses", second.key), f"{first.key} and {second.key}"
            advice = "Both will judge the same happening; neither is given priority by the file."
            yield concern(place, node, value, "clauses that do not speak of the same acts", advice)


def _related(first: Clause, second: Clause) -> bool:
    """Whether the file says how the two stand to each other."""
    named = {*first.conflicts_with, *first.prevails_over}
    return second.key in named or first.key in {*second.conflicts_with, *second.prevails_over}


def _unranked(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    """Warn of permissions that clash with a prohibition without a rank, and of ranks without a
    source."""
    for clause in agreement.clauses:
        node = node_of(root, "clauses", clause.key)
        if (clause.over or clause.prevails_over) and clause.cite is None:
            yield concern(place, node, clause.key, "cite: where the text states the rank")
        if clause.kind == "permission":
            yield from _clashes(clause, agreement, node, place)


def _clashes(
    permission: Clause, agreement: Agreement, node: Node, place: str
) -> Iterator[Problem]:
    for one in agreement.clauses:
        ranked = one.key in permission.over or permission.key in one.prevails_over
        if one.kind in JUDGED and not ranked and _intersect(permission.acts, one.acts):
            value = f"{permission.key} and {one.key}"
            advice = f"What {permission.key} allows gives undetermined(conflict:{permission.key})."
            yield concern(place, node, value, "over, or prevails_over on the other", advice)


def _of_versions(agreement: Agreement, root: Node, place: str) -> Iterator[Problem]:
    """Warn of clauses that cite a language version that does not count."""
    for clause in agreement.clauses:
        text = agreement.texts.get(clause.cite.text) if clause.cite else None
        if text is not None and not text.authoritative:
            node = node_of(root, "clauses", clause.key)
            advice = "Words of another version belong into a reading."
            value = f"{clause.key} cites {text.key}"
            yield concern(place, node, value, "the authoritative version", advice)


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
    for key, expected, advice in duty_weaknesses(agreement):
        node = node_of(root, "clauses", key)
        yield concern(place, node, f"clause {key}", expected, advice)


def _boundaries_without_example(clause: Clause, agreement: Agreement) -> Iterator[str]:
    if clause.kind not in JUDGED:
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
