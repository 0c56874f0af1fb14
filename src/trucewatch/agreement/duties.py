"""What a clause asks its bearer to do: withdrawals by class, performances; for display."""

from __future__ import annotations

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope
from trucewatch.agreement.tasks import Duty, Withdrawal
from trucewatch.agreement.vocabulary import acts, weapons
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node

__all__ = ["read_duty"]


def read_duty(clause: str, node: Node, only_if: Node | None, scope: Scope) -> Duty:
    """Read `must`, and `only_if: {performed: clause}` beside it."""
    fields = Fields(node, "must", scope)
    if "withdraw" not in fields and "perform" not in fields and node.is_map:
        scope.refuse(node, "must: withdraw or perform")
    duty = Duty(
        withdraw=tuple(
            _withdrawal(f"{clause}.beyond-{n}", one, scope)
            for n, one in enumerate(fields.list_of("withdraw"), 1)
        ),
        perform=next(iter(acts(fields, "perform")), None),
        due=fields.instant("due"),
        only_if_performed=None if only_if is None else _performed(only_if, scope),
    )
    fields.close()
    return duty


def _performed(node: Node, scope: Scope) -> str | None:
    fields = Fields(node, "only_if", scope)
    fields.need("performed")
    clause = fields.name("performed", "clause")
    fields.close()
    return clause


def _withdrawal(key: str, node: Node, scope: Scope) -> Withdrawal:
    fields = Fields(node, "a withdrawal", scope)
    beyond = fields.need("beyond")
    line = Withdrawal(
        beyond=("" if beyond is None else zone_reference(beyond, key, scope)) or "",
        weapons=weapons(fields, "weapons"),
        personnel=fields.flag("personnel") or False,
        anything=fields.flag("any") or False,
        allow=_allowed(fields),
    )
    if node.is_map and not (line.weapons or line.personnel or line.anything):
        scope.refuse(node, "what must withdraw: weapons, personnel: true or any: true")
    fields.close()
    return line


def _allowed(fields: Fields) -> tuple[str, ...]:
    node = fields.get("allow")
    if node is None:
        return ()
    inner = Fields(node, "allow", fields.scope)
    inner.need("weapons")
    allowed = weapons(inner, "weapons")
    inner.close()
    return allowed
