"""trucewatch: reports and the text of a cease-fire agreement in, explained findings out.

Names are loaded when they are first asked for; `import trucewatch` itself loads no library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trucewatch.version import VERSION

if TYPE_CHECKING:
    from trucewatch.api import (
        Actors,
        Agreement,
        Candidates,
        Case,
        CaseResult,
        Claim,
        Finding,
        JudgingAgreement,
        Leg,
        Period,
        Ruling,
        create_case,
        estimate_control,
        link,
        linker,
        load_actors,
        load_agreement,
        open_case,
        read_article,
        read_bulletin,
    )

__version__ = VERSION

__all__ = [
    "Actors",
    "Agreement",
    "Candidates",
    "Case",
    "CaseResult",
    "Claim",
    "Finding",
    "JudgingAgreement",
    "Leg",
    "Period",
    "Ruling",
    "create_case",
    "estimate_control",
    "link",
    "linker",
    "load_actors",
    "load_agreement",
    "open_case",
    "read_article",
    "read_bulletin",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    """Load a public name from `trucewatch.api`."""
    if name in __all__:
        from trucewatch import api

        return getattr(api, name)
    message = f"module trucewatch has no attribute “{name}”; it offers {', '.join(__all__)}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
