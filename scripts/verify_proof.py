#!/usr/bin/env python3
"""Check a proof made by `trucewatch ledger prove`, offline and without trucewatch.

    python3 verify_proof.py FILE --key PUBLIC [--checkpoint NOTE]

PUBLIC is a verifier key (NAME+ID+KEY) or a file of them, such as ledger.pub of the case; get it from the
mission itself, not with the proof. NOTE is a checkpoint that you hold, for instance as printed in a daily report:
the proof must then be against this very one. Exit code 0: proven, 1: not proven.
Formats: RFC 6962 (tree), C2SP signed-note, tlog-checkpoint, tlog-proof. The tree is checked with the standard
library alone; the signature with the Python package `cryptography`, or with the openssl command (3.0 or later).
"""
import argparse, base64, hashlib, json, os, shutil, subprocess, sys, tempfile  # noqa: E401


class NotProven(Exception):
    """What is claimed does not follow."""


def need(true, words):
    if not true:  # no assert: python -O would leave it out
        raise NotProven(words)


def leaf(raw):
    return hashlib.sha256(b"\x00" + raw).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def unpacked(written):
    return [base64.b64decode(one, validate=True) for one in written]


def root_of(index, size, hashed, path):
    """The root that leaf `index` of `size` and its path lead to (RFC 9162, 2.1.3.2)."""
    last = size - 1
    need(0 <= index <= last, "the checkpoint does not cover the entry")
    for one in path:
        need(last, "the path is too long")
        if index & 1 or index == last:
            hashed = node(one, hashed)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            hashed = node(hashed, one)
        index, last = index >> 1, last >> 1
    need(last == 0, "the path is too short")
    return hashed


def roots_of(old, new, old_root, path):
    """Both roots that a consistency proof leads to (RFC 9162, 2.1.4.2)."""
    if old == new:
        need(not path, "the path is too long")
        return old_root, old_root
    path = path if old & (old - 1) else [old_root, *path]
    left, last = old - 1, new - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    one = two = path[0]
    for other in path[1:]:
        need(last, "the path is too long")
        if left & 1 or left == last:
            one, two = node(other, one), node(other, two)
            while left and not left & 1:
                left, last = left >> 1, last >> 1
        else:
            two = node(two, other)
        left, last = left >> 1, last >> 1
    need(last == 0, "the path is too short")
    return one, two


def holds(public, signature, message):
    """Is this an Ed25519 signature of the message?"""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        openssl = shutil.which("openssl", path=os.environ.get("PATH") or os.defpath)
        need(openssl, "neither `cryptography` nor openssl is here to check the signature")
        with tempfile.TemporaryDirectory() as folder:
            parts = {"key": bytes.fromhex("302a300506032b6570032100") + public, "sig": signature, "msg": message}
            for name, raw in parts.items():
                with open(os.path.join(folder, name), "wb") as out:
                    out.write(raw)
            command = [openssl, "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "msg", "-sigfile", "sig"]
            return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def head(note, keys):
    """The size and root of a checkpoint that one of the keys has signed."""
    text, _, lines = note.partition("\n\n")
    for key in keys:
        name, key_id, blob = key.strip().split("+", 2)
        for line in lines.splitlines():
            signed = base64.b64decode(line.split(" ")[2]) if line.startswith(f"— {name} ") else b""
            kind, raw = base64.b64decode(blob)[:1], base64.b64decode(blob)[1:]
            need(hashlib.sha256(name.encode() + b"\n" + kind + raw).hexdigest()[:8] == key_id, "the key is none")
            if kind == b"\x01" and signed[:4].hex() == key_id and holds(raw, signed[4:], (text + "\n").encode()):
                origin, size, root = text.split("\n")
                need(origin == name, "the checkpoint is that of another log")
                return int(size), base64.b64decode(root)
    raise NotProven("the checkpoint is not signed by this key")


def written(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def hashed(value):
    return base64.b64encode(hashlib.sha256(written(value)).digest()).decode()


def digests(shown):
    """The digests of fields: of those that are hidden as given, of those that are shown from salt, name and value."""
    need(not shown["hidden"].keys() & shown["fields"].keys(), "a field is shown and hidden at once")
    return {**shown["hidden"], **{name: hashed([salt, name, value]) for name, (salt, value) in shown["fields"].items()}}


def disclosed(shown, entry):
    """What is shown of a published finding: salted digests of fields, a tree of findings, its root in the entry."""
    need(entry["kind"] == "publication", "the entry is no publication")
    found, more = digests(shown), shown.get("more")
    if more:
        need("more" not in found, "a field is shown and hidden at once")
        found["more"] = hashed(digests(more))
    root = root_of(shown["index"], entry["body"]["findings"], leaf(written(found)), unpacked(shown["path"]))
    need(base64.b64encode(root).decode() == entry["body"]["findings_root"], "the finding was not published so")
    return {name: value for part in (shown, more or {"fields": {}}) for name, (_, value) in part["fields"].items()}


def check(bundle, keys, held):
    if bundle["schema"] == "trucewatch/consistency/1":
        (old, old_root), (new, new_root) = head(bundle["old"], keys), head(bundle["new"], keys)
        path = unpacked(bundle["path"])
        need(held in (None, bundle["old"], bundle["new"]), "the proof is not against the checkpoint that you hold")
        need(roots_of(old, new, old_root, path) == (old_root, new_root), "the later log does not begin with the earlier one")
        return {"old": old, "new": new}
    need(bundle["schema"] == "trucewatch/proof/1", "this is no proof")
    proof, _, note = bundle["proof"].partition("\n\n")
    need(held in (None, note), "the proof is not against the checkpoint that you hold")
    size, root = head(note, keys)
    first, index, *path = proof.split("\n")
    need(first == "c2sp.org/tlog-proof@v1" and index.startswith("index "), "this is no tlog-proof")
    found = root_of(int(index[6:]), size, leaf(bundle["entry"].encode()), unpacked(path))
    need(found == root, "the entry is not in the log")
    entry = json.loads(bundle["entry"])
    fields = disclosed(bundle["disclosed"], entry) if bundle["disclosed"] else {}
    need(bundle["proves"] == fields.get("finding") or not (fields or bundle["proves"].startswith("f-")), "what is shown is of another finding")
    return {"entry": entry, "fields": fields}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--key", required=True)
    parser.add_argument("--checkpoint")
    given = parser.parse_args()
    read = lambda name: open(name, encoding="utf-8").read()  # noqa: E731
    keys = [one for one in (read(given.key) if os.path.isfile(given.key) else given.key).splitlines() if one.strip()]
    try:
        found = check(json.loads(read(given.file)), keys, read(given.checkpoint) if given.checkpoint else None)
    except (NotProven, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        print(f"NOT PROVEN: {error}", file=sys.stderr)
        return 1
    print(json.dumps({"proven": True, **found}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
