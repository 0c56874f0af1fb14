"""A case as one file: packed from one instant of its ledger while others write, verified where it arrives.

A pack holds the four case files as last recorded, `texts/`, the ledger, the evidence that it names,
`ledger.pub` and `secret.key`: all that the case is computed from. A private key that signs is never
in it, because it never lies in a case. Whoever has a pack can read the case.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

from trucewatch.case.clock import now
from trucewatch.case.folder import CASE_FILES, Folder, own_versions, record_versions, recorded_files
from trucewatch.case.lexicons import LEXICON
from trucewatch.case.pack_file import Manifest, described, read_pack, write_pack
from trucewatch.case.stores import back_up
from trucewatch.errors import BadCall, BadFile, LedgerError
from trucewatch.ledger.entry import Entry
from trucewatch.ledger.keys import public_keys
from trucewatch.ledger.notes import checkpoint_of
from trucewatch.ledger.proofs import latest_note
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.store import SQLStore
from trucewatch.ledger.verification import Verification, verified
from trucewatch.version import VERSION

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["Packed", "pack", "unpack", "unpacked_aside"]

_LEDGER = "ledger.sqlite"
_ALWAYS = (*CASE_FILES, _LEDGER, "ledger.pub", "secret.key")
_TRIES = 5
"""How often a snapshot is taken anew because somebody erased evidence while it was packed."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed, or arrived."""

    case: str
    """Id of the case."""
    checkpoint: str
    """Signed note of the whole ledger in the pack."""
    size: int
    """Entries of the ledger."""
    files: int


def pack(case: Case, out: Path) -> Packed:
    """Write a case into one new file, as its ledger is now; what is recorded meanwhile is left out.

    Of two packs of one state the bytes are the same. BadCall if `out` exists, LedgerError for a ledger that
    does not verify: a pack would carry the fault on.
    """
    if out.exists():
        message = f"{out} exists already. Name a new file, so that nothing is overwritten"
        raise BadCall(message)
    record_versions(case.folder, case.ledger, who=case.who, clock=now())
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}.partial")
    try:
        with TemporaryDirectory(prefix="trucewatch-pack-") as aside:
            done = _packed(case, Path(aside), partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return done


def _packed(case: Case, aside: Path, partial: Path) -> Packed:
    file = aside / _LEDGER
    for _ in range(_TRIES):
        file.unlink(missing_ok=True)
        back_up(case, file)
        with closing(SQLiteLedger(file, case.folder.evidence, program=VERSION)) as snapshot:
            told = verified(snapshot, snapshot.payload, public_keys(case.folder.public_keys))
            if told.ok:
                with suppress(FileNotFoundError):
                    return _written(case, snapshot, aside, partial)
            elif case.ledger.size() == told.size:
                break  # nobody has erased anything meanwhile: it is so
    message = f"nothing was packed: {told.why or 'evidence is being erased meanwhile, try again'}"
    raise LedgerError(message)


def _written(case: Case, snapshot: SQLStore, aside: Path, partial: Path) -> Packed:
    entries, note = snapshot.entries(), latest_note(snapshot) or ""
    files = _files(case, snapshot, entries, aside)
    manifest = Manifest(case.settings.key, VERSION, note, tuple(described(name, one) for name, one in files.items()))
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        write_pack(out, manifest, files)
        out.flush()
        os.fsync(out.fileno())
    return Packed(manifest.case, note, len(entries), len(files))


def _files(case: Case, snapshot: SQLStore, entries: Sequence[Entry], aside: Path) -> dict[str, Path]:
    """Return name in the pack → file, in the order of their names; the case files are those last recorded."""
    for name, text in recorded_files(entries, snapshot).items():
        (aside / name).write_bytes(text)
    files = {name: aside / name for name in (*CASE_FILES, _LEDGER)}
    files |= {"ledger.pub": case.folder.public_keys, "secret.key": case.root / "secret.key"}
    files |= {f"texts/{one.name}": one for one in (case.root / "texts").glob("*.txt")}
    files |= {LEXICON: case.root / LEXICON} if (case.root / LEXICON).is_file() else {}
    files |= {f"evidence/{one}": case.folder.evidence / one for one in _kept(entries)}
    strange = [one for one in files if one not in _ALWAYS and not _may_be(one)]
    if strange:
        message = f"{strange[0]} cannot be packed: rename it to letters, digits, spaces, “.”, “-” and “_”"
        raise BadFile(message)
    return dict(sorted(files.items()))


def _kept(entries: Sequence[Entry]) -> set[str]:
    """Return the digests of bytes that belong to entries and were not erased."""
    gone = {digest for one in entries if one.kind == "erasure" for digest in one.body["digests"]}
    return {one.digest for one in entries if one.digest} - gone


def unpack(file: Path, directory: Path, *, outside: Sequence[str] = ()) -> Packed:
    """Make a case folder of a pack, once everything in it agrees; `outside` are checkpoints that others kept.

    BadCall if `directory` is there and not empty; BadFile for a pack that is damaged, or holds what no pack
    holds, or does not agree with its ledger; LedgerError for a ledger that does not verify. Then nothing is written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        message = f"{directory} is not empty. Give a new folder, so that nothing is overwritten"
        raise BadCall(message)
    directory.absolute().parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{directory.name}.", dir=directory.absolute().parent))
    try:
        done = _arrived(file, aside, outside)
        if directory.exists():
            directory.rmdir()
        aside.rename(directory)
    except BaseException:
        shutil.rmtree(aside)
        raise
    return done


@contextmanager
def unpacked_aside(file: Path) -> Iterator[Path]:
    """Unpack into a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="trucewatch-unpack-") as aside:
        _arrived(file, Path(aside), ())
        yield Path(aside)


def _arrived(file: Path, aside: Path, outside: Sequence[str]) -> Packed:
    (aside / "evidence").mkdir()
    with file.open("rb") as raw:
        manifest = read_pack(raw, lambda found: _places(found, aside))
    told = _agreeing(Folder(aside), manifest, outside)
    return Packed(manifest.case, manifest.checkpoint, told.size, len(manifest.members))


def _places(manifest: Manifest, aside: Path) -> Mapping[str, Path]:
    names = [one.name for one in manifest.members]
    strange = [one for one in names if one not in _ALWAYS and not _may_be(one)]
    missing = [one for one in _ALWAYS if one not in names]
    if strange or missing:
        what = f"holds “{strange[0][:80]}”, which is no file of a case" if strange else f"lacks {', '.join(missing)}"
        message = f"the pack {what}. Nothing was unpacked"
        raise BadFile(message)
    if any(one.startswith("texts/") for one in names):
        (aside / "texts").mkdir()
    return {one: aside / one for one in names}


def _may_be(name: str) -> bool:
    """Is this the name of evidence, of an archived text of the agreement or of the lexicon, and of nothing elsewhere?"""
    return re.fullmatch(r"evidence/[0-9a-f]{64}|texts/\w[\w .-]*\.txt|lexicon\.toml", name) is not None


def _agreeing(folder: Folder, manifest: Manifest, outside: Sequence[str]) -> Verification:
    """Check the ledger against its keys and the checkpoints, and the other files against the ledger."""
    with closing(SQLiteLedger(folder.ledger, folder.evidence, program=VERSION)) as ledger:
        keys, head = public_keys(folder.public_keys), checkpoint_of(manifest.checkpoint)
        told = verified(ledger, ledger.payload, keys, outside=(manifest.checkpoint, *outside))
        if not told.ok or not keys or head is None or head.size != told.size:
            message = f"nothing was unpacked: the ledger does not verify: {told.why or 'it is under no signed checkpoint'}"
            raise LedgerError(message)
        _case_files_agree(folder, ledger)
        found = {one.name.removeprefix("evidence/") for one in manifest.members if one.name.startswith("evidence/")}
        if found != _kept(ledger.entries()):
            message = "the pack holds other evidence than its ledger names. Nothing was unpacked"
            raise BadFile(message)
    return told


def _case_files_agree(folder: Folder, ledger: SQLStore) -> None:
    """The four files must be those last recorded, and the key the one under which they were."""
    entries, key = ledger.entries(), folder.key()
    seen = {one.body["file"]: one.body.get("seen") for one in own_versions(entries)}
    for name, recorded in recorded_files(entries, ledger).items():
        if (folder.root / name).read_bytes() != recorded:
            message = f"{name} in the pack is not the version that its ledger holds. Nothing was unpacked"
            raise BadFile(message)
        if seen[name] not in (None, hmac.new(key, recorded, hashlib.sha256).hexdigest()):
            message = "secret.key in the pack is not the key of this case. Nothing was unpacked"
            raise BadFile(message)
