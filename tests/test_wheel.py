"""A wheel builds, installs into an empty environment and runs the demo there."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    source = tmp_path_factory.mktemp("source") / "trucewatch"
    shutil.copytree(
        ROOT, source,
        ignore=shutil.ignore_patterns(".git", ".venv", "dist", "demo-out", ".*_cache", "__pycache__", ".hypothesis"),
    )
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)],
        check=True, capture_output=True,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_demo_case_and_the_templates(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in ("demo_case/case.toml", "demo_case/agreement.yaml", "demo_case/actors.yaml", "demo_case/places.csv",
                   "demo_case/reports.csv", "demo_case/claims.csv", "py.typed", "lock.sha256",
                   "publish/templates/daily_report.html"):
        assert f"trucewatch/{needed}" in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]
    assert not [name for name in names if name.endswith((".sqlite", ".key", ".pub")) or "/evidence/" in name]


def test_the_demo_runs_in_an_empty_environment(wheel, tmp_path):
    place = tmp_path / "environment"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True, capture_output=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True, capture_output=True)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    demo = subprocess.run(
        [str(place / "bin" / "trucewatch"), "demo", "case"], check=True, capture_output=True, text=True, cwd=tmp_path, env=clean
    )
    report = tmp_path / "case" / "out" / "daily-report-2016-09-19.html"
    assert report.is_file()
    assert str(report.name) in demo.stderr
    doctor = subprocess.run(
        [str(place / "bin" / "trucewatch"), "doctor", "--json"], check=True, capture_output=True, text=True, cwd=tmp_path, env=clean
    )
    assert json.loads(doctor.stdout)["rows"][0]["trucewatch"]
