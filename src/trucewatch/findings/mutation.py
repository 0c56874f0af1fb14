"""Which wrongs in an agreement its examples notice, and which boundary example is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement, Clause
from trucewatch.errors import TrucewatchError
from trucewatch.findings.context import Context
from trucewatch.findings.examples import run_examples
from trucewatch.findings.mutants import Mutant, mutants_of
from trucewatch.findings.units import Unit
from trucewatch.reports.claim import Claim

__all__ = ["Noticed", "mutation"]


@dataclass(frozen=True, slots=True)
class Noticed:
    """What became of one mutant."""

    name: str
    section: str
    term: str
    by: str | None
    """The clause one of whose examples comes out otherwise; None: nothing notices."""
    explained: str | None
    """Why that is so, as the file says."""

    @property
    def missing(self) -> bool:
        """Whether an example is missing."""
        return self.by is None and self.explained is None

    @property
    def advice(self) -> str:
        """The example that would notice, in plain words."""
        what = self.name.partition(".")[2] or self.name
        return f"nothing notices “{what}”: add an example that only comes out right with {self.term} as written"


def mutation(
    agreement: Agreement,
    *,
    actors: Actors,
    claims: Sequence[Claim] = (),
    units: Mapping[str, Unit] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Noticed]:
    """Yield for every mutant of an agreement, as loaded, whether an example notices it.

    `claims` and `units` are those of `run_examples`; `progress` is told how many are done. Only
    the examples of clauses that can reach what was changed are judged.
    """
    reach = _Reach(agreement, actors)

    def judged(changed: Agreement, clauses: frozenset[str]) -> dict[tuple[str, int], bool]:
        results = run_examples(changed, actors=actors, claims=claims, units=units, only=clauses)
        return {(one.clause, one.line): one.passed for one in results}

    right = judged(agreement, frozenset(one.key for one in agreement.clauses))
    for number, mutant in enumerate(mutants_of(agreement), 1):
        by = _noticed_by(mutant, reach, judged, right)
        yield Noticed(
            mutant.name, mutant.section, mutant.term, by, agreement.unnoticed.get(mutant.name)
        )
        progress(number)


def _noticed_by(
    mutant: Mutant,
    reach: _Reach,
    judged: Callable[[Agreement, frozenset[str]], dict[tuple[str, int], bool]],
    right: Mapping[tuple[str, int], bool],
) -> str | None:
    for clause in reach.clauses(mutant.section, mutant.term):
        try:
            found = judged(mutant.agreement, frozenset([clause]))
        except (TrucewatchError, ValueError, KeyError, OverflowError):
            return clause
        if any(passed != right[example] for example, passed in found.items()):
            return clause
    return None


class _Reach:
    """Which clauses can see a term: through groups, zones, phases and each other."""

    def __init__(self, agreement: Agreement, actors: Actors) -> None:
        self._agreement = agreement
        bare = Context(agreement=agreement, actors=actors)
        self._seen = {one.key: _terms(one, bare) for one in agreement.clauses}

    def clauses(self, section: str, term: str) -> tuple[str, ...]:
        """Return the clauses whose examples may notice a change of this term, the nearest first."""
        every = tuple(one.key for one in self._agreement.clauses if one.examples)
        if section == "clause":
            return tuple(sorted(every, key=lambda one: one != term))
        if section in ("evidence", "reading"):
            return every
        kinds = {"zone": "zone", "phase": "phase", "anchor": "phase", "group": "group", "bound": "group"}
        wanted = kinds[section], term
        return tuple(
            one for one in every
            if self._seen[one] is None or wanted in (self._seen[one] or ()) or section == "bound"
        )


def _terms(clause: Clause, context: Context) -> frozenset[tuple[str, str]] | None:
    """Return what a clause rests on; None: too much to tell, so everything may matter."""
    related = clause.duty is not None or clause.conflicts_with or clause.prevails_over
    permissions = any(one.kind == "permission" for one in context.agreement.clauses)
    if related or permissions or any(one.clauses for one in context.agreement.readings.values()):
        return None
    named = (
        ("group", (clause.who, clause.by, clause.against)),
        ("zone", (clause.where, *_of_exceptions(clause))),
        ("phase", (clause.when, *(one.when for one in clause.exceptions))),
    )
    return frozenset(
        key for kind, names in named for key in context.rests_on(kind, *names)
    )


def _of_exceptions(clause: Clause) -> Iterator[str]:
    from trucewatch.findings.exceptions import zones_of

    return (name for one in clause.exceptions for name in zones_of(one.condition))
