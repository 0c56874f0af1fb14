"""`trucewatch agreement`: lint and test of the agreement file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from trucewatch.cli.common import CaseOption, JsonOption, named_case, opened, spoken
from trucewatch.cli.output import Exit, counting, prose, say_problems, write_json, write_rows

if TYPE_CHECKING:
    from trucewatch.agreement.differences import Difference

__all__ = ["app"]

app = typer.Typer(help="Check the agreement file of a case.", no_args_is_help=True)


@app.command("lint")
@spoken
def lint_command(ctx: typer.Context, as_json: JsonOption = False, case: CaseOption = None) -> None:
    """List what is wrong, missing or only assumed in agreement.yaml; exit 1 if something is wrong."""
    from trucewatch.agreement import lint

    with opened(ctx, case) as found:
        files = found.files()
        agreement = files.agreement
        found_out = (*files.problems, *lint(agreement, found.folder.read("agreement.yaml")))
        problems = list(dict.fromkeys(found_out))
        if as_json:
            write_json("lint", case=found.settings.key, known_at=None, rows=[], problems=problems)
        else:
            say_problems(problems, limit=200)
            prose.print(f"{len(agreement.clauses)} clauses, {len(agreement.readings)} readings, {len(problems)} remark(s)")
    if any(one.severity == "error" for one in problems):
        raise typer.Exit(Exit.CHECK_FAILED)


@app.command("diff")
@spoken
def diff_command(
    ctx: typer.Context,
    old: Annotated[Path, typer.Argument(help="The agreement file before.")],
    new: Annotated[Path, typer.Argument(help="The agreement file after.")],
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Say what changed from one agreement file to another; with --case, which findings change too."""
    from trucewatch.agreement.differences import differences
    from trucewatch.case.agreements import changes_between, counted, read_agreement

    if named_case(ctx, case) is None:
        before, after = read_agreement(old), read_agreement(new)
        _say_differences(differences(before, after), [], as_json=as_json, case=None)
        return
    with opened(ctx, case) as found:
        before, after = read_agreement(old, found), read_agreement(new, found)
        moved = changes_between(found, before, after)
        _say_differences(differences(before, after), moved, as_json=as_json, case=found.settings.key)
        if not as_json:
            write_rows(counted(moved), ("clause", "from", "to", "findings"), as_csv=False)
            prose.print(f"{len(moved)} finding(s) of the case change")


def _say_differences(
    found: Sequence[Difference], moved: list[dict[str, Any]], *, as_json: bool, case: str | None
) -> None:
    if as_json:
        rows = [{"kind": "term", **asdict(one), "words": one.words} for one in found]
        write_json("agreement-diff", case=case, known_at=None, rows=[*rows, *({"kind": "finding", **one} for one in moved)])
        return
    for one in found:
        typer.echo(one.words)
    prose.print(f"{len(found)} difference(s)")


@app.command("weave")
@spoken
def weave_command(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")] = Path("agreement.html"),
    case: CaseOption = None,
    claims: Annotated[Path | None, typer.Option("--claims", help="Window claims as CSV; default: those of the case.")] = None,
) -> None:
    """Write one page with the text on the left and the rule in plain words on the right, to read and to print."""
    from trucewatch.case.examples import example_results
    from trucewatch.publish.weave import weave

    with opened(ctx, case) as found:
        files = found.files()
        out.write_text(weave(files.agreement, files.actors, example_results(found, claims)), encoding="utf-8")
    prose.print(escape(f"written: {out}"))


@app.command("init")
@spoken
def init_command(
    folder: Annotated[Path, typer.Argument(help="Where agreement.yaml and actors.yaml are written.")],
    given: Annotated[Path | None, typer.Option("--from", help="A filled questionnaire, YAML or XLSX.")] = None,
    questionnaire: Annotated[Path | None, typer.Option("--questionnaire", help="Write the empty questionnaire (.yaml or .xlsx) instead.")] = None,
) -> None:
    """Make a commented agreement.yaml from a questionnaire that a field office can fill in."""
    from trucewatch.case.forms import blank, read_answers
    from trucewatch.case.skeleton import actors_of, agreement_of
    from trucewatch.errors import BadCall

    if (given is None) == (questionnaire is None):
        message = "either --questionnaire FILE, to be filled in, or --from FILE, filled in"
        raise BadCall(message)
    if questionnaire is not None:
        target = folder / questionnaire
        if target.exists():
            message = f"{target} exists; nothing was written"
            raise BadCall(message)
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(blank(target))
        prose.print(escape(f"written: {target}"))
        return
    if given is not None:
        answers = read_answers(given.read_bytes(), given.name)
        written = {"agreement.yaml": agreement_of(answers), "actors.yaml": actors_of(answers)}
        there = [name for name in written if (folder / name).exists()]
        if there:
            message = f"{' and '.join(there)} already in {folder}; nothing was written"
            raise BadCall(message)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            (folder / name).write_text(text, encoding="utf-8")
        prose.print(escape(f"written: {', '.join(str(folder / name) for name in written)}"))


@app.command("schema")
@spoken
def schema_command() -> None:
    """Print the JSON Schema of agreement.yaml, for editors that complete and check as you write."""
    import json

    from trucewatch.agreement.published import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@app.command("test")
@spoken
def test_command(
    ctx: typer.Context,
    as_json: JsonOption = False,
    case: CaseOption = None,
    claims: Annotated[Path | None, typer.Option("--claims", help="Window claims as CSV; default: those of the case.")] = None,
    mutate: Annotated[bool, typer.Option("--mutate", help="Put small wrongs into the agreement and list those that no example notices.")] = False,
) -> None:
    """Judge the examples beside the clauses; exit 1 if one comes out otherwise."""
    from trucewatch.case.examples import example_rows

    if mutate:
        _mutate(ctx, case, claims, as_json=as_json)
        return
    with opened(ctx, case) as found:
        rows = example_rows(found, claims)
        failed = [row for row in rows if not row["passed"]]
        if as_json:
            write_json("examples", case=found.settings.key, known_at=None, rows=rows)
        else:
            write_rows(failed, ("clause", "line", "say", "expected", "found"), as_csv=False)
            prose.print(escape(f"{len(rows)} examples, {len(failed)} come out otherwise"))
    if failed:
        raise typer.Exit(Exit.CHECK_FAILED)


def _mutate(ctx: typer.Context, case: Path | None, claims: Path | None, *, as_json: bool) -> None:
    """Say which changes of the agreement no example notices; exit 1 if one is missing."""
    from trucewatch.case.examples import mutation_rows

    with opened(ctx, case) as found:
        with counting("changes tried") as progress:
            rows = mutation_rows(found, claims, progress)
        broken = sum(row["broken"] is not None for row in rows)
        tried = [row for row in rows if not row["stale"] and row["broken"] is None]
        wrong = [row for row in rows if row["missing"] or row["stale"]]
        noticed = sum(row["noticed_by"] is not None for row in tried)
        explained = sum(row["noticed_by"] is None and row["explained"] is not None for row in tried)
        if as_json:
            write_json("mutants", case=found.settings.key, known_at=None, rows=rows)
        else:
            write_rows(wrong, ("mutant", "advice"), as_csv=False)
            share = noticed / len(tried) if tried else 1.0
            prose.print(escape(
                f"{len(tried)} changes, {noticed} noticed ({share:.1%}), {explained} explained, "
                f"{len(tried) - noticed - explained} example(s) missing; "
                f"{broken} more cannot be judged and do not count"
            ))
    if wrong:
        raise typer.Exit(Exit.CHECK_FAILED)
