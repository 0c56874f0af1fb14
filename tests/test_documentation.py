"""The documents are true: what they list is what the code has, and what they show runs."""

import ast
import importlib.util
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer.main

import trucewatch as tw
from trucewatch.case.settings import load_settings
from trucewatch.cli import app
from trucewatch.errors import BadCaseFile

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS, FORBIDDEN = PROJECT["tool"]["importlinter"]["contracts"][:2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FOLDERS = ("src", "tests", "docs", "examples", "bench")


def listed():
    """Every file that git tracks or would; without git, what lies in the usual folders."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        files = [ROOT / name for name in found.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        files = [*ROOT.iterdir(), *(one for name in FOLDERS for one in (ROOT / name).rglob("*"))]
    return sorted({one for one in files if one.is_file() and "__pycache__" not in one.parts})


FILES = listed()
PAGES = [one for one in FILES if one.suffix == ".md"]
NAMES = [str(one.relative_to(ROOT)) for one in PAGES]
every_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def script(name):
    """Return a program of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def section(body, heading):
    """Return what stands under a heading of the second level."""
    rest = body.split(f"## {heading}\n", 1)[1]
    return re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(body):
    """Return the cells of every table row, headers left out."""
    lines = body.splitlines()
    ruled = {number for number, line in enumerate(lines) if re.fullmatch(r"\|[-:| ]+\|", line)}
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for number, line in enumerate(lines)
        if line.startswith("|") and number not in ruled and number + 1 not in ruled
    ]


# ------------------------------------------------------------------------------- architecture


def test_the_layers_in_the_architecture_are_those_that_are_enforced():
    blocks = FENCE.findall(text("docs/architecture.md"))
    shown = next(body for kind, body in blocks if kind == "toml")
    enforced = {name: LAYERS[name] for name in ("layers", "exhaustive_ignores")}
    assert tomllib.loads(shown) == enforced


def test_the_forbidden_imports_in_the_architecture_are_those_that_are_enforced():
    sentence = text("docs/architecture.md").partition("may not import ")[2].partition(". ")[0]
    assert re.split(r", | or ", sentence) == FORBIDDEN["forbidden_modules"]


def test_every_layer_is_explained():
    table = rows(section(text("docs/architecture.md"), "The layers"))
    explained = {name for row in table for name in re.findall(r"`(\w+)`", row[0])}
    required = {name for line in LAYERS["layers"] if "(" not in line for name in line.split(" | ")}
    assert explained >= required


def test_the_extension_points_are_those_of_the_code():
    cells = [row[-1].strip("`") for row in rows(text("docs/architecture.md"))]
    shown = {cell for cell in cells if re.fullmatch(r"trucewatch\.\w+", cell)}
    group = re.compile(r'(?:GROUP = |group=)"(trucewatch\.\w+)"')
    asked = {name for file in (ROOT / "src").rglob("*.py") for name in group.findall(text(file))}
    assert shown == asked >= set(PROJECT["project"]["entry-points"])


# ------------------------------------------------------------------------------------- tables


def test_the_tables_page_is_up_to_date():
    assert text("docs/tables.md") == script("make_tables").page(), "run: make docs"


def schemas_in(file):
    """Yield the names of the schemas that a module makes."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") == "Schema":
            yield ast.literal_eval(node.args[0])


def test_every_schema_of_the_code_is_on_the_tables_page():
    made = {schema.name for _, group in script("make_tables").GROUPS for schema in group}
    written = {name for file in (ROOT / "src").rglob("*.py") for name in schemas_in(file)}
    assert made == written


# ----------------------------------------------------------------------------------- the case


HEADINGS = ("Top level", "[mandate]", "[report]", "[ledger]", "[linking]", "[source.KEY]", "[[input]]")
GIVEN = {
    "Top level": {"trucewatch": '"case/1.0"', "id": '"a"', "title": '"A"'},
    "[[input]]": {"file": '"f.csv"'},
}
"""Keys without a default."""


def case_file(stated):
    """Return a case.toml with these values: heading → key → TOML."""
    lines = []
    for heading in HEADINGS:
        lines += [] if heading == "Top level" else [heading]
        values = GIVEN.get(heading, {}) | stated.get(heading, {})
        lines += [f"{key} = {value}" for key, value in values.items()]
    return "\n".join(lines)


def documented(heading):
    return {row[0].strip("`"): row[-1] for row in rows(section(text("docs/case.md"), heading))}


def known_keys(heading):
    """Return the keys that a table may have, as the complaint about a strange one lists them."""
    with pytest.raises(BadCaseFile) as refused:
        load_settings(case_file({heading: {"qqqqq": "1"}}))
    problem = next(one for one in refused.value.problems if "qqqqq" in (one.value, one.column))
    names = problem.expected.partition("one of ")[2].partition(" in [")[0]
    return set(re.findall(r"[a-z_]+", names))


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_key_of_case_toml_is_documented(heading):
    tables = {"mandate", "report", "ledger", "linking", "source", "input"} if heading == "Top level" else set()
    assert set(documented(heading)) == known_keys(heading) - tables


def test_the_documented_defaults_are_the_defaults():
    stated = {
        heading: {key: cell.strip("`") for key, cell in documented(heading).items() if "`" in cell}
        for heading in HEADINGS
    }
    assert load_settings(case_file(stated)) == load_settings(case_file({}))


# ----------------------------------------------------------------------- commands and targets


def flat(commands, prefix=()):
    """Return command words → command, groups opened."""
    found = {}
    for name, command in commands.items():
        below = getattr(command, "commands", None)
        path = (*prefix, name)
        found |= {path: command} if below is None else flat(below, path)
    return found


COMMANDS = flat(typer.main.get_command(app).commands)
GROUPS = {path[:1] for path in COMMANDS if len(path) > 1}


def mentioned(body):
    """Return the command lines in code spans and shell blocks, as words without the program."""
    blocks = [block for kind, block in FENCE.findall(body) if kind in ("sh", "bash", "console")]
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`(trucewatch [^`\n]+)`", FENCE.sub("", body))
    stated = [re.sub(r" --case \S+", "", line.partition(" #")[0]) for line in (*lines, *spans)]
    return [shlex.split(line)[1:] for line in stated if re.match(r"trucewatch [a-z]", line)]


@every_page
def test_every_command_and_option_that_is_mentioned_exists(page):
    for words in mentioned(text(page)):
        unsaid = (words[0], getattr(typer.main.get_command(app).commands.get(words[0]), "default", ""))
        command = COMMANDS.get(tuple(words[:1])) or COMMANDS.get(tuple(words[:2])) or COMMANDS.get(unsaid)
        assert command is not None or tuple(words) in GROUPS, words
        options = {name for one in getattr(command, "params", ()) for name in one.opts}
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= options | {"--help"}, words


def test_every_command_is_listed_on_the_index():
    shown = [tuple(words) for words in mentioned(text("docs/index.md"))]
    assert [path for path in COMMANDS if not any(one[: len(path)] == path for one in shown)] == []


@every_page
def test_every_make_target_that_is_mentioned_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text(page), re.MULTILINE)) <= targets


def test_the_two_commands_stand_in_the_readme():
    stated = re.findall(r"^make \w+", text("README.md"), re.MULTILINE)
    assert stated == ["make demo", "make test"]


# ----------------------------------------------------------------------------------- examples


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A folder as `make demo` leaves it, with the shipped case inside."""
    folder = tmp_path_factory.mktemp("documents")
    script("make_demo_block").make_demo(folder / "demo-out" / "syria-2016-09").close()
    return folder


@pytest.mark.parametrize("name", ["README.md", "docs/concepts.md"])
def test_the_python_examples_run_one_after_the_other(name, demo, monkeypatch):
    monkeypatch.chdir(demo)
    blocks = [body for kind, body in FENCE.findall(text(name)) if kind == "python"]
    names = {}
    for number, body in enumerate(blocks, start=1):
        exec(compile(body, f"{name}, example {number}", "exec"), names)
    names["case"].close()


def test_what_the_readme_says_of_the_demo_is_what_the_demo_says(demo):
    maker = script("make_demo_block")
    body = text("README.md")
    assert body.count(maker.START) == body.count(maker.END) == 1
    with tw.open_case(demo / "demo-out" / "syria-2016-09") as case:
        made = maker.block(case.run())
    assert maker.inserted(body, made) == body, "run: python docs/make_demo_block.py"


# ---------------------------------------------------------------------------- links and words


def anchors(page):
    """Return the anchors of headings as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@every_page
def test_every_relative_link_leads_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text(page))):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        aim = page.parent / path if path else page
        assert aim.exists(), link
        assert not anchor or anchor in anchors(aim), link


def test_every_page_of_docs_is_on_the_index():
    index = text("docs/index.md")
    below = [str(one.relative_to(DOCS)) for one in PAGES if one.is_relative_to(DOCS)]
    assert [name for name in below if name != "index.md" and f"({name})" not in index] == []


def test_every_page_that_the_code_names_exists():
    kinds = (".py", ".toml", ".yaml", ".yml")
    named = {
        (name, str(file.relative_to(ROOT)))
        for file in FILES
        if file.suffix in kinds or file.name == "Makefile"
        for name in re.findall(r"\bdocs/[\w/-]+\.md\b", text(file))
    }
    assert sorted(one for one in named if not (ROOT / one[0]).is_file()) == []


UNWANTED = re.compile(
    "|".join((
        "/wo" "rk/", "/op" "t/", "/ro" "ot/", r"\bAI age" r"nts?\b", r"\bsub-?age" r"nts?\b",
        r"\bcla" r"ude\b", r"\banthro" r"pic\b", r"\bopen" r"ai\b", r"\bchat" r"gpt\b",
        r"\bcollea" r"gues?\b", r"\bbrief\.m" r"d\b", r"\bissues sh" r"ow\b",
        r"\b(this|another|a) sess" r"ion\b",
    )),
    re.IGNORECASE,
)
"""Paths and words of a workplace mean nothing to a reader; in pieces, so that this file passes."""


def unwanted_in(file):
    try:
        return [f"{file.relative_to(ROOT)}: {one.group()}" for one in UNWANTED.finditer(text(file))]
    except UnicodeDecodeError:
        return []


def test_no_file_speaks_of_the_workplace_where_it_was_written():
    assert [found for file in FILES for found in unwanted_in(file)] == []


# -------------------------------------------------------------------------- project documents


def requirements(stated):
    return {re.match(r"[A-Za-z0-9._-]+", one).group().lower() for one in stated}


DEPENDENCIES = requirements(PROJECT["project"]["dependencies"])


def explained():
    """Return library → why, from the table of dependencies."""
    return {row[0].strip("`"): row[1] for row in rows(text("docs/dependencies.md"))}


def test_every_dependency_is_explained_and_none_besides():
    assert set(explained()) == DEPENDENCIES


@pytest.mark.parametrize("name", sorted(DEPENDENCIES - {"tzdata", "defusedxml"}))
def test_a_library_is_imported_or_said_not_to_be(name):
    module = {"pyyaml": "yaml"}.get(name, name)
    imports = re.compile(rf"^\s*(import|from) {module}\b", re.MULTILINE)
    used = any(imports.search(text(file)) for file in (ROOT / "src").rglob("*.py"))
    assert used != ("not imported yet" in explained()[name])


def test_development_dependencies_are_named():
    page = text("docs/dependencies.md")
    stated = requirements(PROJECT["dependency-groups"]["dev"])
    assert [name for name in sorted(stated) if f"`{name}`" not in page] == []


def test_one_version_everywhere():
    cited = re.search(r"^version: (.+)$", text("CITATION.cff"), re.MULTILINE).group(1)
    assert {PROJECT["project"]["version"], cited} == {tw.__version__}
    assert f"## [{tw.__version__}]" in text("CHANGELOG.md")


def test_one_licence_everywhere():
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "\nlicense: Apache-2.0\n" in text("CITATION.cff")
    assert "Apache License" in text("LICENSE")


def test_the_picture_of_the_report_is_small():
    assert (DOCS / "images" / "daily-report.png").stat().st_size <= 250_000
