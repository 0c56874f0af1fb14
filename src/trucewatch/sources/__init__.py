"""Source adapters: one file per format, found by name in a literal table or by entry point.

The table is complete for what trucewatch ships; other packages add theirs under the entry-point
group `trucewatch.sources`, which is looked at only when a name is not in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType

from trucewatch.errors import BadCall, UnknownName
from trucewatch.sources.adapter import Adapter, Parsed, preview
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.declaring import load_declaration

__all__ = [
    "ADAPTERS",
    "GROUP",
    "Adapter",
    "Declaration",
    "Parsed",
    "adapter_names",
    "find_adapter",
    "load_declaration",
    "preview",
]

GROUP = "trucewatch.sources"

ADAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "article": "trucewatch.sources.article:ADAPTER",
        "bulletin": "trucewatch.sources.bulletin:ADAPTER",
        "table": "trucewatch.sources.table:ADAPTER",
        "ucdp_ged": "trucewatch.sources.ucdp_ged:ADAPTER",
    }
)
"""Name → where its adapter stands; imported only when it is asked for."""


def adapter_names() -> tuple[str, ...]:
    """Return the names of all adapters of this installation, sorted."""
    return tuple(sorted({*ADAPTERS, *(one.name for one in entry_points(group=GROUP))}))


def find_adapter(name: str) -> Adapter:
    """Return the adapter called `name` (`-` and `_` are one); a shipped one wins over an added one.

    UnknownName: no adapter has it; the nearest is offered. BadCall: an entry point of that name
    leads to something that is no adapter.
    """
    wanted = name.replace("-", "_")
    if wanted in ADAPTERS:
        module, _, attribute = ADAPTERS[wanted].partition(":")
        found = getattr(import_module(module), attribute)
    else:
        points = [one for one in entry_points(group=GROUP) if one.name in (name, wanted)]
        if not points:
            raise UnknownName(name, place="source adapter", known=adapter_names())
        found = points[0].load()
    if not isinstance(found, Adapter):
        message = f"source adapter “{name}”: {found!r} has no name and read(raw, declaration)"
        raise BadCall(message)
    return found
