"""Which wrongs in an agreement its examples notice, and which boundary example is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement, Clause, Duty, under
from trucewatch.agreement.moments import bases_of
from trucewatch.errors import TrucewatchError
from trucewatch.findings.context import Context
from trucewatch.findings.examples import run_examples
from trucewatch.findings.exceptions import zones_of
from trucewatch.findings.mutants import Mutant, mutants_of
from trucewatch.findings.mutants_left import always_in_doubt
from trucewatch.findings.permissions import related
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
    broken: str | None = None
    """Why the changed agreement cannot be judged; it then says nothing about the examples."""

    @property
    def missing(self) -> bool:
        """Whether an example is missing."""
        return self.by is None and self.explained is None and self.broken is None

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
        if not reach.clauses(mutant.section, mutant.term):
            continue
        by, broken = _noticed_by(mutant, reach, judged, right)
        explained = agreement.unnoticed.get(mutant.name)
        yield Noticed(mutant.name, mutant.section, mutant.term, by, explained, broken)
        progress(number)


def _noticed_by(
    mutant: Mutant,
    reach: _Reach,
    judged: Callable[[Agreement, frozenset[str]], dict[tuple[str, int], bool]],
    right: Mapping[tuple[str, int], bool],
) -> tuple[str | None, str | None]:
    """Return the clause whose examples come out otherwise, or why nothing can be judged."""
    broken = None
    for clause in reach.clauses(mutant.section, mutant.term):
        try:
            found = judged(mutant.agreement, frozenset([clause]))
        except (TrucewatchError, ValueError, KeyError, OverflowError) as error:
            broken = broken or f"{type(error).__name__}: {error}"
            continue
        if any(passed != right[example] for example, passed in found.items()):
            return clause, None
    return None, broken


class _Reach:
    """Which clauses can see a term: through groups, zones, phases and each other, in any reading."""

    def __init__(self, agreement: Agreement, actors: Actors) -> None:
        self._agreement = agreement
        bare = Context(agreement=agreement, actors=actors)
        readings = [bare.under(under(agreement, one)) for one in agreement.readings]
        doubtful = always_in_doubt(agreement)
        self._seen = {
            one.key: _terms(one.key, readings)
            for one in agreement.clauses
            if one.key not in doubtful
        }

    def clauses(self, section: str, term: str) -> tuple[str, ...]:
        """Return the clauses whose examples may notice a change of this term, the nearest first."""
        every = tuple(one.key for one in self._agreement.clauses if one.examples)
        if section == "clause":
            return tuple(sorted(every, key=lambda one: one != term))
        if section in ("evidence", "reading", "bound"):
            return every
        kinds = {"zone": "zone", "phase": "phase", "anchor": "phase", "group": "group"}
        return tuple(one for one in every if self.sees(one, kinds[section], term))

    def sees(self, clause: str, kind: str, term: str) -> bool:
        """Whether the clause rests on a term; what is in doubt anyway rests on nothing."""
        if clause not in self._seen:
            return False
        return (kind, term) in self._seen[clause]


def _terms(key: str, readings: Sequence[Context]) -> frozenset[tuple[str, str]]:
    """Return the groups, zones and phases that a clause rests on in any reading."""
    found: frozenset[tuple[str, str]] = frozenset()
    for context in readings:
        clause = context.agreement.clause(key)
        for one in (clause, *related(clause, context), *_waited_for(clause, context)):
            duty = one.duty or Duty()
            times = bases_of(at for at in (duty.start_by, duty.due, duty.lapses) if at is not None)
            left = (line.beyond for line in duty.withdraw)
            named = (
                ("group", (one.who, one.by, one.against)),
                ("zone", (one.where, *_of_exceptions(one), *left, duty.observed.of)),
                ("phase", (one.when, *(term.when for term in one.exceptions), *times)),
            )
            found = found.union(*(context.rests_on(kind, *names) for kind, names in named))
    return found


def _waited_for(clause: Clause, context: Context) -> Iterator[Clause]:
    """Yield the duties that this one hangs on."""
    duty = clause.duty or Duty()
    ratio = duty.release.ratio if duty.release else None
    for key in (duty.only_if_performed, ratio.per if ratio else None):
        if key is not None:
            other = context.agreement.clause(key)
            yield other
            yield from _waited_for(other, context)


def _of_exceptions(clause: Clause) -> Iterator[str]:
    return (name for one in clause.exceptions for name in zones_of(one.condition))
