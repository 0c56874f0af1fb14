"""What a clause asks its bearer to do: the parts of `must`, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.agreement.duty_terms import with_terms
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.quotas import read_delivery, read_release
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.tasks import Duty, Notice, Withdrawal
from trucewatch.agreement.vocabulary import acts, calibre, weapons
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node

__all__ = ["read_duty"]

_PARTS = ("withdraw", "perform", "deliver", "release", "notify", "tasks")


def read_duty(clause: str, node: Node, beside: Fields) -> Duty:
    """Read `must`, and from the clause `beside` it the times and conditions of the duty."""
    fields = Fields(node, "must", beside.scope)
    if node.is_map and not any(one in fields for one in _PARTS):
        beside.scope.refuse(node, f"must: one of {', '.join(_PARTS)}")
    deliver, release, notify = fields.get("deliver"), fields.get("release"), fields.get("notify")
    duty = Duty(
        withdraw=_withdrawals(clause, fields),
        perform=next(iter(acts(fields, "perform")), None),
        deliver=None if deliver is None else read_delivery(deliver, beside.scope),
        release=None if release is None else read_release(clause, release, beside.scope),
        notify=None if notify is None else _notice(notify, beside.scope),
        tasks=_tasks(fields),
    )
    duty = with_terms(duty, fields, beside)
    fields.close()
    return duty


def _withdrawals(clause: str, fields: Fields) -> tuple[Withdrawal, ...]:
    lines: list[Withdrawal] = []
    for n, node in enumerate(fields.list_of("withdraw"), 1):
        line = _withdrawal(clause, n, node, fields.scope)
        if line.key in {one.key for one in lines}:
            fields.scope.refuse(node, "each line of a withdrawal once", value=line.key)
        lines.append(line)
    return tuple(lines)


def _withdrawal(clause: str, n: int, node: Node, scope: Scope) -> Withdrawal:
    fields = Fields(node, "a withdrawal", scope)
    beyond, named, key = fields.need("beyond"), fields.get("id"), fields.text("id")
    if named is not None and key is not None:
        identifier(named, key, scope, "line of a withdrawal")
    line = Withdrawal(
        beyond=_left(clause, n, beyond, scope),
        weapons=weapons(fields, "weapons"),
        personnel=fields.flag("personnel") or False,
        anything=fields.flag("any") or False,
        allow=_allowed(fields),
    )
    line = replace(line, calibre_at_least_mm=calibre(fields), key=key or f"line-{n}")
    if node.is_map and not (_of_weapons(line) or line.personnel or line.anything):
        scope.refuse(node, "what must withdraw: weapons, calibre_mm, personnel: true or any: true")
    fields.close()
    return line


def _left(clause: str, n: int, beyond: Node | None, scope: Scope) -> str:
    """Return the zone that has to be left; one written in place is called after the line."""
    return ("" if beyond is None else zone_reference(beyond, f"{clause}.beyond-{n}", scope)) or ""


def _of_weapons(line: Withdrawal) -> bool:
    return bool(line.weapons) or line.calibre_at_least_mm is not None


def _allowed(fields: Fields) -> tuple[str, ...]:
    node = fields.get("allow")
    if node is None:
        return ()
    inner = Fields(node, "allow", fields.scope)
    inner.need("weapons")
    allowed = weapons(inner, "weapons")
    inner.close()
    return allowed


def _notice(node: Node, scope: Scope) -> Notice:
    fields = Fields(node, "notify", scope)
    fields.need("whom")
    notice = Notice(
        whom=fields.texts("whom"),
        of=fields.need_text("of"),
        within=fields.duration("within"),
        before=fields.duration("before"),
    )
    fields.close()
    return notice


def _tasks(fields: Fields) -> tuple[str, ...]:
    node, tasks = fields.get("tasks"), fields.texts("tasks")
    for task, one in zip(tasks, node.elements() if node else (), strict=False):
        if identifier(one, task, fields.scope, "task") and tasks.count(task) > 1:
            fields.scope.refuse(one, "each task once")
    return tuple(dict.fromkeys(tasks))
