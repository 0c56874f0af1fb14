"""What a duty needs of the rest of the agreement: bearers by name, and other duties to refer to."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.agreement.agreement import Agreement
from trucewatch.agreement.norms import Clause

__all__ = ["duty_faults"]


def duty_faults(agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    """Yield clause, what it says and what was expected, for every duty that could not be judged."""
    duties = {one.key: one for one in agreement.clauses if one.duty is not None}
    for key, clause in duties.items():
        if _faceless(clause.who, agreement, frozenset()):
            yield key, clause.who, "who of a duty: parties, or groups of them by any_of"
        yield from _dangling(clause, duties)


def _faceless(who: str, agreement: Agreement, above: frozenset[str]) -> bool:
    """Whether the group names no parties: everybody but some, or whom somebody lists."""
    group = agreement.groups.get(who)
    if group is None or who in above:
        return False
    if not group.any_of:
        return True
    return any(_faceless(one, agreement, above | {who}) for one in group.any_of)


def _dangling(clause: Clause, duties: dict[str, Clause]) -> Iterator[tuple[str, str, str]]:
    duty = clause.duty
    if duty is None:
        return
    if duty.only_if_performed is not None and duty.only_if_performed not in duties:
        yield clause.key, duty.only_if_performed, "performed: a clause with must"
    ratio = duty.release.ratio if duty.release else None
    other = duties.get(ratio.per) if ratio else None
    if ratio is not None and (other is None or other.duty is None or other.duty.release is None):
        yield clause.key, ratio.per, "per: a clause whose must is a release"
