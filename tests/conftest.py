"""Shared by all tests: one Hypothesis profile, because a busy machine is no defect; the demo case."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from trucewatch.case import Case, create_case, open_case
from trucewatch.engine import Engine
from trucewatch.engines import open_engine
from trucewatch.pipeline import Result

settings.register_profile(
    "trucewatch", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("trucewatch")


@pytest.fixture(scope="session", autouse=True)
def _own_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Private keys that tests make never lie among those of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUCEWATCH_KEYS", str(tmp_path_factory.mktemp("keys")))
        yield


@pytest.fixture(scope="session")
def shipped():
    """The folder of the shipped case."""
    with as_file(files("trucewatch") / "demo_case") as folder:
        yield folder


@pytest.fixture(scope="session")
def demo_root(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case with its files added and run once; read it, never change it."""
    root = tmp_path_factory.mktemp("demo") / "syria-2016-09"
    with create_case(root, shipped, who="tester") as case:
        for given in case.settings.inputs:
            case.add(shipped / given.file, adapter=given.adapter, source=given.source)
        case.run()
    return root


@pytest.fixture(scope="session")
def demo_result(demo_root: Path) -> Result:
    """What the demo case says when everything is known."""
    with open_case(demo_root, who="tester") as case:
        return case.run()


@pytest.fixture
def own_demo(demo_root: Path, tmp_path: Path) -> Path:
    """A copy of the demo case that a test may change."""
    return Path(shutil.copytree(demo_root, tmp_path / "own"))


@pytest.fixture
def make_case(shipped: Path, tmp_path: Path) -> Callable[[], Case]:
    """Return a maker of cases with the demo's four files and no evidence."""
    made: list[Case] = []

    def make() -> Case:
        made.append(create_case(tmp_path / f"case-{len(made)}", shipped, who="tester"))
        return made[-1]

    yield make
    for case in made:
        case.close()


# ----------------------------------------------------------------------------------- engines


def absent(what: str) -> None:
    """Skip where something is not installed; on CI it is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}: not found, and CI must have it")
    pytest.skip(f"{what}: not found on this machine")


def _server_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest one."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    return Path(found).parent if found else None


def _as_postgres(command: list[str], **options: object) -> None:
    """Run a program of the server, which refuses to run as root, as its own user then."""
    as_user = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command
    subprocess.run(as_user, check=True, capture_output=True, timeout=120, **options)


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """A PostgreSQL of the tests' own: a temporary cluster on a free port, a role without rights."""
    programs = _server_programs()
    if programs is None:
        absent("PostgreSQL (initdb)")
    with TemporaryDirectory(prefix="trucewatch-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        yield from _cluster(programs, Path(folder))


def _cluster(programs: Path, folder: Path) -> Iterator[str]:
    data, port = str(folder / "data"), _free_port()
    _as_postgres([str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "owner", "-E", "UTF8", "--no-sync"], cwd=folder)
    options = f"-p {port} -c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", data]
    _as_postgres([*control, "-w", "-l", str(folder / "log"), "-o", options, "start"], cwd=folder)
    try:
        import psycopg

        owner = f"host={folder} port={port} user=owner dbname=postgres"
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("CREATE ROLE mission LOGIN")
            connection.execute("CREATE DATABASE mission OWNER mission")
        yield f"host={folder} port={port} user=mission dbname=mission"
    finally:
        _as_postgres([*control, "-m", "immediate", "stop"], cwd=folder)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _java() -> bool:
    return shutil.which("java") is not None


@pytest.fixture(scope="session")
def fresh_engine(request: pytest.FixtureRequest) -> Callable[[str], Engine]:
    """Return `fresh(name)`: an open engine of that name, with what it needs started."""

    def fresh(name: str) -> Engine:
        if name == "postgres":
            if not find_spec("psycopg"):
                absent("psycopg")
            return open_engine(name, dsn=request.getfixturevalue("postgres_dsn"))
        if name == "spark" and not (find_spec("pyspark") and _java()):
            absent("pyspark with Java 17")
        return open_engine(name)

    return fresh
