"""The form of a packed case: a tar file of which every byte follows from its manifest and the files in it.

First comes `manifest.json` with the length and SHA-256 of each file that follows, in their order. A
reader expects each header as it must be, so nothing in a pack can name another place, be a link, or
unpack to more than it is long; and one flipped bit anywhere is seen.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from trucewatch.errors import BadFile
from trucewatch.identifiers import canonical

__all__ = ["Manifest", "Member", "described", "read_pack", "write_pack"]

SCHEMA = "trucewatch/pack/1"
_MANIFEST = "manifest.json"
_BLOCK, _RECORD = 512, 10_240
_CHUNK = 1 << 20
_MOST_MANIFEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a pack."""

    name: str
    length: int
    """Bytes."""
    sha256: str
    """Hex."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says that it holds."""

    case: str
    """Id of the case."""
    program: str
    checkpoint: str
    """Signed checkpoint of the ledger in the pack, all of it."""
    members: tuple[Member, ...]

    def encoded(self) -> bytes:
        """Return the bytes of manifest.json."""
        files = [[one.name, one.length, one.sha256] for one in self.members]
        return canonical({
            "schema": SCHEMA, "case": self.case, "program": self.program, "checkpoint": self.checkpoint, "files": files,
        })


def described(name: str, file: Path) -> Member:
    """Return a file as a member."""
    with file.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256")
    return Member(name, file.stat().st_size, digest.hexdigest())


def write_pack(out: BinaryIO, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """Write a pack; BadFile if a file is no longer what the manifest says."""
    first = manifest.encoded()
    out.write(_header(_MANIFEST, len(first)) + first + _padding(len(first)))
    for one in manifest.members:
        out.write(_header(one.name, one.length))
        with files[one.name].open("rb") as raw:
            _copied(one, raw, out.write)
        out.write(_padding(one.length))
    out.write(bytes(_ending(out.tell())))


def read_pack(pack: BinaryIO, place: Callable[[Manifest], Mapping[str, Path]]) -> Manifest:
    """Write each file of a pack where `place` says that it goes; return what the pack says that it holds.

    `place` sees the manifest first, and refuses by raising. BadFile at the first byte that is not as it
    must be; what was written until then is the caller's to remove.
    """
    manifest = _manifest_of(pack)
    where = place(manifest)
    for one in manifest.members:
        _expect(pack, _header(one.name, one.length), f"the beginning of {one.name}")
        with open(where[one.name], "xb", opener=_for_its_owner) as out:
            _copied(one, pack, out.write)
        _expect(pack, _padding(one.length), f"the end of {one.name}")
    _expect(pack, bytes(_ending(pack.tell())), "the end")
    if pack.read(1):
        _refuse("something stands after the end")
    return manifest


def _manifest_of(pack: BinaryIO) -> Manifest:
    header = pack.read(_BLOCK)
    try:
        length = int(header[124:136].rstrip(b"\0 "), 8)
    except ValueError:
        length = -1
    if not 0 <= length <= _MOST_MANIFEST or header != _header(_MANIFEST, length):
        _refuse("it does not begin with a manifest")
    raw = pack.read(length)
    _expect(pack, _padding(length), "the end of the manifest")
    found = _read(raw)
    if found.encoded() != raw:
        _refuse("its manifest is not written as it must be")
    return found


def _read(raw: bytes) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(raw)
        if told["schema"] != SCHEMA:
            _refuse(f"its form is {told['schema']}, this program knows {SCHEMA}")
        members = tuple(Member(str(name), int(length), str(sha256)) for name, length, sha256 in told["files"])
        found = Manifest(str(told["case"]), str(told["program"]), str(told["checkpoint"]), members)
    except (ValueError, KeyError, TypeError, RecursionError):
        _refuse("its manifest cannot be read")
    if any(one.length < 0 for one in members) or len({one.name for one in members}) < len(members):
        _refuse("its manifest names a file twice, or one shorter than nothing")
    return found


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _header(name: str, length: int) -> bytes:
    header = tarfile.TarInfo(name)
    header.size, header.mode = length, 0o600
    return header.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogatepass")


def _padding(length: int) -> bytes:
    return bytes(-length % _BLOCK)


def _ending(at: int) -> int:
    """Return how many zero bytes end a tar file: two blocks, and up to a whole record."""
    return 2 * _BLOCK + -(at + 2 * _BLOCK) % _RECORD


def _copied(member: Member, source: BinaryIO, write: Callable[[bytes], object]) -> None:
    digest = hashlib.sha256()
    for chunk in _chunks(source, member.length):
        digest.update(chunk)
        write(chunk)
    if digest.hexdigest() != member.sha256:
        _refuse(f"{member.name} is not what its manifest says")


def _chunks(source: BinaryIO, length: int) -> Iterator[bytes]:
    left = length
    while left and (chunk := source.read(min(left, _CHUNK))):
        left -= len(chunk)
        yield chunk


def _expect(pack: BinaryIO, wanted: bytes, what: str) -> None:
    if pack.read(len(wanted)) != wanted:
        _refuse(f"{what} is not as it must be")


def _refuse(why: str) -> NoReturn:
    message = f"the pack is damaged, or was altered: {why}. Have it sent again; nothing was unpacked"
    raise BadFile(message)
