"""Who bears a duty: each party that its clause names."""

from __future__ import annotations

from trucewatch.findings.context import Context

__all__ = ["bearers_of"]


def bearers_of(who: str, context: Context) -> tuple[str, ...]:
    """Return the parties that a group or party key stands for, in the order of the agreement."""
    group = context.agreement.groups.get(who)
    if group is None:
        return (who,)
    return tuple(dict.fromkeys(one for part in group.any_of for one in bearers_of(part, context)))
