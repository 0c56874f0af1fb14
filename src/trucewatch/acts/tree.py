"""A vocabulary as a tree of branches and leaves, and what can be asked about two of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trucewatch.errors import UnknownName
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["Tree", "Vocabulary"]

Tree = Mapping[str, "Tree | tuple[str, ...]"]

Path = tuple[str, ...]


def _paths(tree: Tree, above: Path = ()) -> dict[Path, bool]:
    """Return every path in the tree's order, and whether it is a leaf."""
    found: dict[Path, bool] = {}
    for name, below in tree.items():
        found[(*above, name)] = False
        if isinstance(below, tuple):
            found.update({(*above, name, leaf): True for leaf in below})
        else:
            found.update(_paths(below, (*above, name)))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A tree of keys; `name` stands in error messages.

    Records write a branch as its path from the root (``attack.air``) and a leaf by its bare name
    (``air_strike``). Questions accept either notation for both. Where a branch and a leaf share a
    bare name (``mortar`` among the weapons) the branch is meant. UnknownName for other keys.
    """

    name: str
    tree: Tree
    _leaf: dict[Path, bool] = field(init=False, repr=False)
    _path: dict[str, Path] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        leaf = _paths(self.tree)
        path: dict[str, Path] = {}
        for one in sorted(leaf, key=len, reverse=True):  # of one bare name, the branch wins
            path[one[-1]] = one
        path.update({".".join(one): one for one in leaf})
        object.__setattr__(self, "_leaf", leaf)
        object.__setattr__(self, "_path", path)

    def path(self, key: str) -> Path:
        """Return the way from the root to `key`; UnknownName if the tree has no such key."""
        try:
            return self._path[key]
        except KeyError:
            raise UnknownName(key, place=self.name, known=self._path) from None

    def has(self, key: str) -> bool:
        """Whether `key` names a branch or a leaf, in either notation."""
        return key in self._path

    def keys(self) -> tuple[str, ...]:
        """Return every key as it is written in records, in the tree's order."""
        return tuple(dict.fromkeys(self._written(one) for one in self._leaf))

    def key(self, key: str) -> str:
        """Return `key` as it is written in records: a dotted branch or a bare leaf."""
        return self._written(self.path(key))

    def _written(self, path: Path) -> str:
        return path[-1] if self._leaf[path] else ".".join(path)

    def under(self, key: str, branch: str) -> bool:
        """Whether `key` is `branch` or lies below it."""
        above = self.path(branch)
        return self.path(key)[: len(above)] == above

    def overlap(self, key: str, branch: str) -> Truth:
        """Whether something known as `key` is a `branch`; UNKNOWN where `key` is the wider one."""
        if self.under(key, branch):
            return TRUE
        return UNKNOWN if self.under(branch, key) else FALSE

    def leaves(self, branch: str) -> tuple[str, ...]:
        """Return the leaves below `branch` in the tree's order; a leaf is its own only leaf."""
        above = self.path(branch)
        return tuple(
            one[-1] for one, leaf in self._leaf.items() if leaf and one[: len(above)] == above
        )

    def distance(self, first: str, second: str) -> int:
        """Return the steps between two keys, over the nearest branch (or root) above both."""
        one, other = self.path(first), self.path(second)
        shared = 0
        while shared < min(len(one), len(other)) and one[shared] == other[shared]:
            shared += 1
        return len(one) + len(other) - 2 * shared

    def common(self, keys: Iterable[str]) -> str | None:
        """Return the narrowest key that is above or equal to all of `keys`, None if none is."""
        paths = [self.path(key) for key in keys]
        shared: Path = ()
        for steps in zip(*paths, strict=False):
            if len(set(steps)) > 1:
                break
            shared = (*shared, steps[0])
        return self._written(shared) if shared else None
