"""What was done, to what class of object, with what: three vocabularies as trees.

Source: agreements/acts.yaml of the project's design, plus the branch `no_hostile_act`, which keeps
accidents and exercises apart from attacks. A clause may name a branch or a leaf. A **branch** is
written as its path from the root (``attack.air``), a **leaf** by its bare name (``air_strike``);
``air`` and ``attack.air.air_strike`` are understood too. Other keys raise UnknownName.
"""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.acts.tree import Tree, Vocabulary
from trucewatch.errors import UnknownName
from trucewatch.truth import Truth

__all__ = [
    "ACTS",
    "TARGETS",
    "WEAPONS",
    "Tree",
    "Vocabulary",
    "act_key",
    "act_keys",
    "common_act",
    "distance",
    "family",
    "is_act",
    "is_target",
    "is_weapon",
    "leaves",
    "overlap",
    "target_key",
    "under",
    "weapon_key",
    "weapon_keys",
    "weapon_overlap",
    "weapon_under",
]

ACTS: Tree = {
    "attack": {
        "air": ("air_strike", "drone_strike"),
        "indirect_fire": ("artillery", "mortar", "rocket"),
        "direct_fire": ("small_arms", "sniper", "anti_tank_missile", "tank_fire"),
        "ground": ("armed_clash", "ground_assault"),
        "explosive": ("ied_mine", "suicide_bombing", "grenade"),
        "unconventional": ("chemical",),
    },
    "territory": ("advance", "seizure_of_position"),
    "presence": (
        "force_presence",
        "weapon_presence",
        "fortification",
        "reinforcement",
        "weapon_missing_from_storage",
    ),
    "overflight": ("drone_overflight", "aircraft_overflight"),
    "against_persons": (
        "abduction_detention",
        "execution",
        "sexual_violence",
        "recruitment",
        "human_shield",
    ),
    "property": ("destruction", "looting"),
    "access": {
        "obstruct": ("aid_denied", "aid_delayed", "aid_diverted", "siege"),
        "allow": ("aid_delivered", "evacuation"),
        "check": ("aid_inspected",),
    },
    "performance": ("withdrawal", "release_of_persons", "notification", "handover", "disarmament"),
    "monitors": ("monitor_denied", "monitor_threatened", "jamming"),
    "digital": ("internet_shutdown", "cyber_operation"),
    "speech": (
        "hostile_propaganda",
        "incitement",
        "accusation",
        "denial",
        "admission",
        "acceptance",
        "rejection",
        "threat",
        "extension",
        "termination",
    ),
    "no_hostile_act": ("accidental_fire", "accident", "exercise"),
}

TARGETS: tuple[str, ...] = (
    "position",
    "vehicle",
    "fighters",
    "civilians",
    "market",
    "dwelling",
    "hospital",
    "medical_team",
    "school",
    "aid_convoy",
    "aid_worker",
    "monitor",
    "water",
    "power",
    "crossing",
    "road",
)
"""Classes of object; a list without branches."""

WEAPONS: Tree = {
    "artillery": ("howitzer", "gun"),
    "mortar": ("mortar",),
    "mlrs": ("grad", "smerch", "uragan", "tornado_s"),
    "armour": ("tank", "ifv", "apc"),
    "missile": ("atgm", "manpads", "tochka"),
    "small_arms": ("rifle", "machine_gun", "heavy_machine_gun"),
}
"""“Heavy weapon” and the like are defined by an agreement, by kind and calibre, not here."""

_ACTS = Vocabulary("act", ACTS)
_WEAPONS = Vocabulary("weapon", WEAPONS)


def is_act(key: str) -> bool:
    """Whether `key` is a branch or a leaf of the acts."""
    return _ACTS.has(key)


def act_key(key: str) -> str:
    """Return an act in the notation of records (dotted branch, bare leaf); UnknownName."""
    return _ACTS.key(key)


def act_keys() -> tuple[str, ...]:
    """Return every act key, branches before what lies below them."""
    return _ACTS.keys()


def family(key: str) -> str:
    """Return the top-level branch of an act: “attack” for “mortar”; UnknownName."""
    return _ACTS.path(key)[0]


def under(key: str, branch: str) -> bool:
    """Whether the act `key` is `branch` or lies below it; UnknownName for either."""
    return _ACTS.under(key, branch)


def overlap(key: str, branch: str) -> Truth:
    """Whether an act known as `key` is a `branch`.

    TRUE if it lies below, UNKNOWN if `key` is itself the wider branch (“attack” asked about
    “air_strike”), else FALSE.
    """
    return _ACTS.overlap(key, branch)


def common_act(keys: Iterable[str]) -> str | None:
    """Return the narrowest act that holds all of `keys`, None if they share none; UnknownName."""
    return _ACTS.common(keys)


def leaves(branch: str) -> tuple[str, ...]:
    """Return the acts below `branch`, in the order of the vocabulary; UnknownName."""
    return _ACTS.leaves(branch)


def distance(first: str, second: str) -> int:
    """Return how many steps of the tree lie between two acts; 0 for the same; UnknownName."""
    return _ACTS.distance(first, second)


def is_target(key: str) -> bool:
    """Whether `key` is a class of target."""
    return key in TARGETS


def target_key(key: str) -> str:
    """Return `key` if it is a class of target; UnknownName if it is none."""
    if key not in TARGETS:
        raise UnknownName(key, place="target", known=TARGETS)
    return key


def is_weapon(key: str) -> bool:
    """Whether `key` is a branch or a leaf of the weapons."""
    return _WEAPONS.has(key)


def weapon_key(key: str) -> str:
    """Return a weapon in the notation of records; UnknownName."""
    return _WEAPONS.key(key)


def weapon_keys() -> tuple[str, ...]:
    """Return every weapon key, branches before what lies below them."""
    return _WEAPONS.keys()


def weapon_under(weapon: str, branch: str) -> bool:
    """Whether the weapon is `branch` or a kind of it; UnknownName for either."""
    return _WEAPONS.under(weapon, branch)


def weapon_overlap(weapon: str, branch: str) -> Truth:
    """Whether a weapon known as `weapon` is a `branch`; UNKNOWN where `weapon` is the wider one."""
    return _WEAPONS.overlap(weapon, branch)
