"""One finding is shown to a stranger, the others stay hidden, and nothing else passes for it."""

import copy
import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.errors import UnknownName
from trucewatch.ledger.disclosure import disclosed, finding_leaves, findings_root

spec = importlib.util.spec_from_file_location("verify_proof", Path(__file__).resolve().parents[2] / "scripts" / "verify_proof.py")
checker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(checker)

SEED = b"a seed of sixteen"


def findings(number):
    return {
        f"f-{n:012d}": {"finding": f"f-{n:012d}", "verdict": "violation" if n % 2 else "compliant", "reasons": ["who", f"ا{n}"], "provisional": n % 3 == 0, "state": "reported", "evidence": [f"r-{n}"]}
        for n in range(number)
    }


def entry(published):
    return {"kind": "publication", "body": {"findings": len(published), "findings_root": findings_root(published, SEED)}}


@given(number=st.integers(1, 40), which=st.integers(0, 39), shown=st.sets(st.sampled_from(["verdict", "reasons", "provisional", "state", "evidence"])))
def test_what_is_shown_leads_to_the_root(number, which, shown):
    published = findings(number)
    told = disclosed(published, SEED, list(published)[which % number], shown)
    fields = checker.disclosed(json.loads(json.dumps(told)), entry(published))
    assert fields == {name: value for name, value in published[fields["finding"]].items() if name in {"finding", *shown}}


def test_more_findings_than_a_kept_level_closes():
    published = findings(600)
    checker.disclosed(disclosed(published, SEED, "f-000000000599", ["verdict"]), entry(published))
    checker.disclosed(disclosed(published, SEED, "f-000000000003", ["verdict"]), entry(published))


def test_kept_leaves_give_the_same_proof_as_those_made_anew():
    published = findings(40)
    leaves = finding_leaves(published, SEED)
    for one in published:
        assert disclosed(published, SEED, one, ["verdict"], leaves) == disclosed(published, SEED, one, ["verdict"])


def forge_value(told):
    told["fields"]["verdict"][1] = "compliant"


def forge_salt(told):
    told["fields"]["verdict"][0] = "A" * 16


def forge_finding(told):
    told["fields"]["finding"][1] = "f-000000000002"


def forge_place(told):
    told["index"] = 2


def forge_path(told):
    told["path"].pop()


def forge_hidden(told):
    told["hidden"]["reasons"] = told["hidden"]["provisional"]


def forge_extra(told):
    told["fields"]["bearers"] = ["A" * 16, ["us"]]


def forge_more(told):
    told["more"]["fields"]["state"][1] = "verified"


def forge_less(told):
    del told["more"]["hidden"]["evidence"]


def forge_both(told):
    told["hidden"]["more"] = "A" * 44


@pytest.mark.parametrize("forge", [forge_more, forge_less, forge_both])
def test_a_forgery_of_what_is_seldom_shown_does_not_either(forge):
    published = findings(5)
    told = disclosed(published, SEED, "f-000000000001", ["state"])
    forged = copy.deepcopy(told)
    forge(forged)
    checker.disclosed(told, entry(published))
    with pytest.raises(checker.NotProven):
        checker.disclosed(forged, entry(published))


@pytest.mark.parametrize("forge", [forge_value, forge_salt, forge_finding, forge_place, forge_path, forge_hidden, forge_extra])
def test_a_forgery_does_not(forge):
    published = findings(5)
    told = disclosed(published, SEED, "f-000000000001", ["verdict"])
    forged = copy.deepcopy(told)
    forge(forged)
    checker.disclosed(told, entry(published))
    with pytest.raises(checker.NotProven):
        checker.disclosed(forged, entry(published))


def test_a_hidden_field_cannot_be_guessed_from_what_is_shown():
    published = findings(2)
    told = disclosed(published, SEED, "f-000000000001", ["verdict"])
    others = disclosed(published, SEED, "f-000000000001", ["verdict", "provisional"])
    salt = others["fields"]["provisional"][0]
    assert salt not in json.dumps(told)
    assert len(told["fields"]["verdict"][0]) == 16  # 96 bits


def test_what_was_not_published_is_not_shown():
    with pytest.raises(UnknownName, match="published finding"):
        disclosed(findings(2), SEED, "f-zzzzzzzzzzzz", ["verdict"])
    with pytest.raises(UnknownName, match="--field"):
        disclosed(findings(2), SEED, "f-000000000001", ["bearers"])
