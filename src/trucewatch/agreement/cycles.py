"""Circles in what refers to what, and the rule that nothing may feed itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trucewatch.agreement.agreement import Group
from trucewatch.agreement.ground import Zone
from trucewatch.agreement.moments import bases_of, moments_of
from trucewatch.agreement.norms import Clause
from trucewatch.agreement.times import Phase

__all__ = ["clause_graph", "cycles", "group_graph", "phase_graph", "zone_graph"]


def cycles(graph: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return every circle once, beginning with its least name, in the order of those names.

    `graph` maps a name to the names that it refers to; names that are no key refer to nothing.
    """
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(graph):
        _walk(start, graph, [], done, found)
    return sorted(found)


def _walk(
    name: str, graph: Mapping[str, Iterable[str]], path: list[str], done: set[str],
    found: set[tuple[str, ...]],
) -> None:
    if name in path:
        circle = path[path.index(name):]
        least = circle.index(min(circle))
        found.add(tuple(circle[least:] + circle[:least]))
        return
    if name in done:
        return
    path.append(name)
    for target in sorted(graph.get(name, ())):
        _walk(target, graph, path, done, found)
    path.pop()
    done.add(name)


def group_graph(groups: Mapping[str, Group]) -> dict[str, tuple[str, ...]]:
    """Return which groups each group is made of."""
    return {key: one.any_of + one.none_of for key, one in groups.items()}


def zone_graph(zones: Mapping[str, Zone]) -> dict[str, tuple[str, ...]]:
    """Return which zone each zone is measured from."""
    return {key: (one.of,) if one.of else one.between for key, one in zones.items()}


def phase_graph(
    phases: Mapping[str, Phase], clauses: Iterable[Clause]
) -> dict[str, tuple[str, ...]]:
    """Return what each phase waits for, and through its indicator which clauses advise it.

    A clause is advised by the phase in which it applies, so a phase whose indicator counts a clause
    of that same phase is a circle. Names carry their kind: `phase coh`, `clause coh-attacks`.
    """
    graph: dict[str, tuple[str, ...]] = {}
    for key, phase in phases.items():
        after = tuple(f"phase {one}" for one in bases_of(moments_of(phase)))
        graph[f"phase {key}"] = after + tuple(f"clause {one}" for one in phase.indicator_clauses)
    for clause in clauses:
        times = (clause.when, *_times_of(clause), *(one.when for one in clause.exceptions))
        graph[f"clause {clause.key}"] = tuple(f"phase {one}" for one in times if one)
    return graph


def _times_of(clause: Clause) -> tuple[str, ...]:
    """Return what the times of a duty count from."""
    duty = clause.duty
    given = (duty.start_by, duty.due, duty.lapses) if duty else ()
    return tuple(bases_of(one for one in given if one is not None))


def clause_graph(clauses: Iterable[Clause]) -> dict[str, tuple[str, ...]]:
    """Return which duty each duty waits for."""
    return {
        one.key: (one.duty.only_if_performed,) if one.duty and one.duty.only_if_performed else ()
        for one in clauses
    }
