"""The truths of all elements for all legs, as bits: must, may, and resting on a term in doubt.

Bits stand in words of 62, so that a word is a positive BIGINT in every engine.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.findings.compiled.atoms import Atom
from trucewatch.findings.compiled.coding import Codes, Ints, combined, first_places
from trucewatch.findings.compiled.inputs import Input, Inputs
from trucewatch.findings.compiled.plans import Allowance, Plans

__all__ = ["WORD", "Masks", "Memory", "masks_of", "split"]

WORD = 62
"""Bits in a word."""
Memory = dict[Hashable, tuple[int, int, int]]
"""What a group of elements answered for inputs that came before."""


@dataclass(frozen=True, slots=True)
class Masks:
    """Words of `must`, `may` and `unsure`, each with one number for each leg."""

    must: tuple[Ints, ...]
    may: tuple[Ints, ...]
    unsure: tuple[Ints, ...]


def split(mask: int, words: int) -> list[int]:
    """Return a mask as words, the lowest bits first."""
    return [(mask >> (WORD * word)) & ((1 << WORD) - 1) for word in range(words)]


def words_for(bits: int) -> int:
    """Return how many words hold so many bits; at least one."""
    return max(1, -(-bits // WORD))


def masks_of(plans: Plans, inputs: Inputs, memory: Memory) -> Masks:
    """Answer every element for every leg; `memory` keeps what was answered, for other legs."""
    words = words_for(plans.bits)
    found = [[np.zeros(inputs.length, dtype=np.int64) for _ in range(words)] for _ in range(3)]
    for number, (asked, members) in enumerate(_groups(plans.atoms)):
        parts = [inputs.of(one) for one in asked]
        places, codes = first_places(*combined(parts, inputs.length))
        table = _answers(number, members, parts, places, inputs, memory)
        for kind, column in zip(found, zip(*table, strict=True) if table else (), strict=False):
            _spread(kind, column, codes)
    must, may, unsure = (tuple(one) for one in found)
    return _with_allowances(Masks(must, may, unsure), plans.allowances, words)


def _groups(
    atoms: Sequence[Atom],
) -> Iterator[tuple[tuple[Input, ...], list[tuple[int, Atom]]]]:
    """Yield elements with their bits, those that ask for the same inputs together."""
    groups: dict[tuple[Input, ...], list[tuple[int, Atom]]] = {}
    for bit, atom in enumerate(atoms):
        groups.setdefault(atom.inputs, []).append((bit, atom))
    yield from groups.items()


def _answers(
    group: int,
    members: Sequence[tuple[int, Atom]],
    parts: Sequence[Codes],
    places: Ints,
    inputs: Inputs,
    memory: Memory,
) -> list[tuple[int, int, int]]:
    """Return the three masks of each distinct combination of inputs, the legs at `places`."""
    spelt = [[one.values[code] for code in one.codes[places].tolist()] for one in parts]
    keys = [(group, *values) for values in zip(*spelt, strict=True)] or [(group,)] * len(places)
    new = {key: place for key, place in zip(keys, places.tolist(), strict=True) if key not in memory}
    for key, leg in zip(new, inputs.records(list(new.values())), strict=True):
        must = may = unsure = 0
        for bit, atom in members:
            truth, doubtful = atom.ask(leg)
            must |= truth.must << bit
            may |= truth.may << bit
            unsure |= doubtful << bit
        memory[key] = must, may, unsure
    return [memory[key] for key in keys]


def _spread(words: list[Ints], column: Sequence[int], codes: Ints) -> None:
    """Set the bits of every leg from the masks of the combinations."""
    for number, word in enumerate(words):
        table = np.array([split(one, number + 1)[number] for one in column], dtype=np.int64)
        if table.any():
            word |= table[codes]


def _with_allowances(masks: Masks, allowances: Sequence[Allowance], words: int) -> Masks:
    """Set the bits of permissions: what they allow is what all their elements say."""
    for one in allowances:
        may = _all_set(masks.may, split(one.needs, words))
        sure = ~_any_set(masks.unsure, split(one.needs, words)) if one.given else np.False_
        must = may & _all_set(masks.must, split(one.needs, words)) & sure
        word, bit = divmod(one.bit, WORD)
        masks.may[word][:] |= may.astype(np.int64) << bit
        masks.must[word][:] |= must.astype(np.int64) << bit
    return masks


def _all_set(words: Sequence[Ints], mask: Sequence[int]) -> npt.NDArray[np.bool_]:
    found = np.ones(len(words[0]), dtype=np.bool_)
    for word, part in zip(words, mask, strict=True):
        if part:
            found &= (word & part) == part
    return found


def _any_set(words: Sequence[Ints], mask: Sequence[int]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(words[0]), dtype=np.bool_)
    for word, part in zip(words, mask, strict=True):
        if part:
            found |= (word & part) != 0
    return found
