"""What `import trucewatch` offers; each name is loaded when it is first asked for (PEP 562)."""

from __future__ import annotations

from trucewatch.actors import Actors, load_actors
from trucewatch.agreement import Agreement, load_agreement
from trucewatch.case import Case, create_case, open_case
from trucewatch.control import estimate_control
from trucewatch.incidents import link
from trucewatch.pipeline import Result

__all__ = [
    "Actors", "Agreement", "Case", "Result", "create_case", "estimate_control", "link", "load_actors",
    "load_agreement", "open_case",
]
