"""A case as one file: whole, the same bytes for the same state, and nothing written unless all of it agrees."""

import io
import json
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trucewatch.case import open_case
from trucewatch.case.pack_file import Manifest, described, write_pack
from trucewatch.case.packing import pack, unpack
from trucewatch.cli import app
from trucewatch.errors import BadCall, BadFile, LedgerError
from trucewatch.ledger import Draft
from trucewatch.ledger.keys import public_keys
from trucewatch.ledger.proofs import latest_note
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


def packed(root, file):
    with open_case(root, who="ana") as case:
        return pack(case, file)


@pytest.fixture(scope="module")
def packed_demo(demo_root, tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "demo.tar"
    packed(shutil.copytree(demo_root, tmp_path_factory.mktemp("from") / "demo"), file)
    return file


def members(file):
    with tarfile.open(file) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}


def test_a_case_says_the_same_where_it_arrives(demo_root, packed_demo, tmp_path):
    done = unpack(packed_demo, tmp_path / "there")
    with open_case(demo_root) as here, open_case(tmp_path / "there") as there:
        assert there.ledger.entries() == here.ledger.entries()
        assert done.size == there.ledger.size()
        assert latest_note(there.ledger) == done.checkpoint
        assert there.run().findings.finding.rows() == here.run().findings.finding.rows()


def test_the_same_state_gives_the_same_bytes(own_demo, tmp_path):
    one, other = tmp_path / "one.tar", tmp_path / "other.tar"
    packed(own_demo, one)
    packed(own_demo, other)
    assert one.read_bytes() == other.read_bytes()
    unpack(one, tmp_path / "there")
    packed(tmp_path / "there", tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == one.read_bytes()


def test_a_private_key_is_never_in_it(own_demo, tmp_path, monkeypatch):
    keys = tmp_path / "keys"
    monkeypatch.setenv("TRUCEWATCH_KEYS", str(keys))
    with open_case(own_demo, who="ana") as case:
        case.decide("hold", because="wait", reports=["r-one"])
    shutil.copytree(keys, own_demo / "keys")  # even if somebody puts it into the case
    packed(own_demo, tmp_path / "p.tar")
    found = members(tmp_path / "p.tar")
    private = [one.read_bytes() for one in keys.iterdir()]
    assert private
    assert not [name for name in found if "key" in name and name != "secret.key"]
    assert not any(secret.splitlines()[1] in content for secret in private for content in found.values())
    assert (tmp_path / "p.tar").stat().st_mode & 0o077 == 0


def test_any_flipped_byte_is_refused_and_nothing_is_written(packed_demo, tmp_path):
    raw = packed_demo.read_bytes()
    places = [0, 100, 124, 148, 156, 257, 512, 600, len(raw) - 1, *range(1009, len(raw), 3001)]
    for place in places:
        damaged = bytearray(raw)
        damaged[place] ^= 1 << place % 8
        (tmp_path / "damaged.tar").write_bytes(damaged)
        with pytest.raises((BadFile, LedgerError)):
            unpack(tmp_path / "damaged.tar", tmp_path / "there")
        assert [one.name for one in tmp_path.iterdir()] == ["damaged.tar"], place


@pytest.mark.parametrize("cut", [0, 1, 511, 512, 5000, -1, -512, -10_240])
def test_a_part_of_a_pack_is_refused(packed_demo, tmp_path, cut):
    raw = packed_demo.read_bytes()
    (tmp_path / "part.tar").write_bytes(raw[:cut])
    with pytest.raises(BadFile, match="damaged"):
        unpack(tmp_path / "part.tar", tmp_path / "there")
    (tmp_path / "part.tar").write_bytes(raw + b"\0")
    with pytest.raises(BadFile, match="after the end"):
        unpack(tmp_path / "part.tar", tmp_path / "there")
    assert [one.name for one in tmp_path.iterdir()] == ["part.tar"]


def forged(file, out, change):
    """Write a pack whose manifest fits its files, after `change` of name → bytes."""
    found = members(file)
    told = json.loads(found.pop("manifest.json"))
    change(found)
    folder = out.with_suffix(".files")
    folder.mkdir()
    places = {}
    for number, (name, content) in enumerate(found.items()):
        places[name] = folder / str(number)
        places[name].write_bytes(content)
    manifest = Manifest(told["case"], told["program"], told["checkpoint"], tuple(described(name, one) for name, one in places.items()))
    with out.open("wb") as raw:
        write_pack(raw, manifest, places)
    shutil.rmtree(folder)
    return out


def renamed(name):
    return lambda found: found.update({name: b"x"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (renamed("../outside"), "no file of a case"),
        (renamed("/tmp/outside"), "no file of a case"),
        (renamed("evidence/../../outside"), "no file of a case"),
        (renamed("texts/../../outside.txt"), "no file of a case"),
        (renamed("texts\\..\\outside.txt"), "no file of a case"),
        (renamed("out/report.html"), "no file of a case"),
        (renamed("keys/a.pem"), "no file of a case"),
        (renamed("evidence/" + "0" * 64), "other evidence"),
        (lambda found: found.pop("secret.key"), "lacks secret.key"),
        (lambda found: found.pop(next(one for one in found if one.startswith("evidence/"))), "does not verify"),
        (lambda found: found.update({"secret.key": bytes(32)}), "secret.key in the pack"),
        (lambda found: found.update({"case.toml": found["case.toml"] + b"\n"}), "case.toml in the pack"),
        (lambda found: found.update({"ledger.pub": b""}), "does not verify"),
        (lambda found: found.update({"ledger.sqlite": b""}), "does not verify"),
    ],
)
def test_a_forged_pack_is_refused_and_nothing_is_written(packed_demo, tmp_path, change, words):
    forged(packed_demo, tmp_path / "forged.tar", change)
    with pytest.raises((BadFile, LedgerError), match=words):
        unpack(tmp_path / "forged.tar", tmp_path / "there")
    assert [one.name for one in tmp_path.iterdir()] == ["forged.tar"]


def test_an_archive_of_another_make_is_refused(tmp_path):
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        link = tarfile.TarInfo("evidence")
        link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
        tar.addfile(link)
        tar.addfile(tarfile.TarInfo("case.toml"), io.BytesIO(b""))
    with pytest.raises(BadFile, match="does not begin with a manifest"):
        unpack(tmp_path / "other.tar", tmp_path / "there")


def test_an_outside_checkpoint_must_be_of_this_very_ledger(own_demo, packed_demo, tmp_path):
    with open_case(own_demo, who="ana") as case:
        earlier = latest_note(case.ledger)
        case.decide("hold", because="wait", reports=["r-one"])
        (tmp_path / "later.note").write_text(latest_note(case.ledger), encoding="utf-8")
    (tmp_path / "earlier.note").write_text(earlier, encoding="utf-8")
    answer = said("case", "unpack", packed_demo, tmp_path / "there", "--checkpoint", tmp_path / "later.note")
    assert answer.exit_code == 4
    assert "is missing" in answer.output
    assert not (tmp_path / "there").exists()
    assert said("case", "unpack", packed_demo, tmp_path / "there", "--checkpoint", tmp_path / "earlier.note").exit_code == 0


def test_nothing_is_overwritten(own_demo, packed_demo, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "note").write_text("mine", encoding="utf-8")
    with pytest.raises(BadCall, match="not empty"):
        unpack(packed_demo, tmp_path / "there")
    answer = said("case", "pack", own_demo, "--out", tmp_path / "there" / "note")
    assert answer.exit_code == 2
    assert (tmp_path / "there" / "note").read_text(encoding="utf-8") == "mine"


def test_what_was_erased_is_not_in_it_and_a_damaged_case_is_not_packed(own_demo, tmp_path):
    with open_case(own_demo, who="ana") as case:
        first = next(one for one in case.ledger.entries() if one.kind == "evidence")
        case.erase([first.entry_id], because="danger")
        pack(case, tmp_path / "p.tar")
        assert f"evidence/{first.digest}" not in members(tmp_path / "p.tar")
        unpack(tmp_path / "p.tar", tmp_path / "there")
        other = next(one for one in case.ledger.entries() if one.kind == "evidence" and one != first)
        (own_demo / "evidence" / other.digest).unlink()
        with pytest.raises(LedgerError, match=f"the bytes of entry {other.sequence} are gone"):
            pack(case, tmp_path / "q.tar")
    assert not (tmp_path / "q.tar").exists()


WRITER = """
import sys
from pathlib import Path
from trucewatch.case import open_case
with open_case(sys.argv[1], who="writer") as case:
    print("ready", flush=True)
    number = 0
    while not Path(sys.argv[2]).exists():
        number += 1
        case.decide("hold", because=f"reason {number}", reports=[f"r-{number}"], seen=10**9)
        print(number, flush=True)
"""


def test_every_entry_acknowledged_before_a_pack_begins_is_in_it(own_demo, tmp_path):
    stop, acknowledged = tmp_path / "stop", []
    command = [sys.executable, "-c", WRITER, str(own_demo), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        reader = threading.Thread(target=lambda: acknowledged.extend(writer.stdout))
        reader.start()
        try:
            for number in range(3):
                wanted = len(acknowledged) + 5
                while len(acknowledged) < wanted and writer.poll() is None:
                    time.sleep(0.005)
                before = int(acknowledged[-1])
                packed(own_demo, tmp_path / f"{number}.tar")
                unpack(tmp_path / f"{number}.tar", tmp_path / f"there-{number}")
                with open_case(tmp_path / f"there-{number}") as case:
                    there = {one.body["because"] for one in case.ledger.entries() if one.kind == "decision"}
                assert {f"reason {one}" for one in range(1, before + 1)} <= there
        finally:
            stop.touch()
            reader.join()
    assert writer.returncode == 0
    assert len(acknowledged) > before + 1, "it went on writing"
    with open_case(own_demo) as case:
        assert verified(case.ledger, case.ledger.payload, public_keys(case.folder.public_keys)).ok


def test_evidence_that_is_erased_while_it_is_packed_is_left_out(own_demo, tmp_path, monkeypatch):
    erased = []

    def erase_meanwhile(*arguments):
        if not erased:
            with open_case(own_demo, who="ben") as other:
                erased.append(next(one for one in other.ledger.entries() if one.kind == "evidence"))
                other.erase([erased[0].entry_id], because="danger")
        return write_pack(*arguments)

    monkeypatch.setattr("trucewatch.case.packing.write_pack", erase_meanwhile)
    packed(own_demo, tmp_path / "p.tar")
    assert f"evidence/{erased[0].digest}" not in members(tmp_path / "p.tar")
    unpack(tmp_path / "p.tar", tmp_path / "there")


def test_a_ledger_on_a_server_is_packed_into_a_file(own_demo, tmp_path, request):
    pytest.importorskip("psycopg")
    part = dict(one.split("=", 1) for one in request.getfixturevalue("postgres_dsn").split())
    address = f"postgresql://{part['user']}@/{part['dbname']}?host={part['host']}&port={part['port']}"
    settings = own_demo / "case.toml"
    written = settings.read_text(encoding="utf-8").replace('id = "', f'id = "{tmp_path.name[-20:]}-', 1)
    settings.write_text(written, encoding="utf-8")
    assert said("--case", own_demo, "ledger", "copy", "--to", address).exit_code == 0
    settings.write_text(f'{written}\n[ledger]\nstore = "{address}"\n', encoding="utf-8")
    answer = said("case", "pack", own_demo, "--out", tmp_path / "p.tar")
    assert answer.exit_code == 0, answer.output
    answer = said("case", "unpack", tmp_path / "p.tar", tmp_path / "there")
    assert answer.exit_code == 0, answer.output
    assert "remove [ledger] store" in answer.output.replace("\n", " ")
    with open_case(own_demo) as here, closing(
        SQLiteLedger(tmp_path / "there" / "ledger.sqlite", tmp_path / "there" / "evidence", program="1")
    ) as there:
        assert there.entries() == here.ledger.entries()


def test_a_reader_never_sees_half_a_backup(tmp_path):
    with closing(SQLiteLedger(tmp_path / "a.sqlite", tmp_path / "evidence", program="1")) as ledger:
        ledger.append(tuple(Draft("decision", f"d-{n}", "ana", {"n": n}) for n in range(300)), clock=NOON)
        ledger.back_up(tmp_path / "b.sqlite")
        ledger.append((Draft("decision", "d-last", "ana"),), clock=NOON)
        with closing(SQLiteLedger(tmp_path / "b.sqlite", tmp_path / "evidence", program="1")) as copy:
            assert copy.entries() == ledger.entries()[:300]
            assert verified(copy, copy.payload, ()).ok
        assert not Path(tmp_path / "b.sqlite-journal").exists()
