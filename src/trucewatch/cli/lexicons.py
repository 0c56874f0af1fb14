"""`trucewatch lexicon`: what words mean to the reader, tried on a sentence, tested, and begun for a new theatre."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import JsonOption, spoken
from trucewatch.cli.output import Exit, prose, say_problems, write_json, write_rows

__all__ = ["LexiconOption", "app"]

app = typer.Typer(help="What words mean to the reader of articles.", no_args_is_help=True)
LexiconOption = Annotated[Path | None, typer.Option("--lexicon", help="The theatre as TOML; default: Syria.")]


@app.command("explain")
@spoken
def explain_command(
    sentence: Annotated[str, typer.Argument(help="A sentence, or several.")],
    lexicon: LexiconOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which entry of the lexicon fired at which word, why others did not, and what became of it."""
    from trucewatch.case.lexicons import lexicon_of
    from trucewatch.reading import read
    from trucewatch.reading.explaining import explain

    chosen = lexicon_of(lexicon)
    rows = [asdict(one) for one in explain(sentence, chosen)]
    happenings = read(sentence, chosen).happenings
    if as_json:
        outcome = [{key: one[key] for key in ("start", "end", "trigger", "act", "outcome", "reason")} for one in happenings]
        write_json("lexicon-explain", case=None, known_at=None, rows=[*({"row": "entry", **one} for one in rows), *({"row": "happening", **one} for one in outcome)])
        return
    shown = [one | {"text": sentence[one["start"]:one["end"]], "fired": "yes" if one["fired"] else "no"} for one in rows]
    write_rows(shown, ("text", "fired", "written", "kind", "value", "why"), as_csv=False)
    for each in happenings:
        prose.print(escape(f"“{each['trigger']}” ({each['act']}): {each['outcome']}{' because ' + each['reason'] if each['reason'] else ''}"))


@app.command("test")
@spoken
def test_command(lexicon: LexiconOption = None, as_json: JsonOption = False) -> None:
    """Try the cases that stand beside the entries of a theatre; exit 1 if one comes out otherwise."""
    from trucewatch.case.lexicons import lexicon_of
    from trucewatch.reading.cases import failed_cases

    chosen = lexicon_of(lexicon)
    # the cases of the language speak of places in Syria
    cases = [one for one in chosen.cases if lexicon is None or one.lexicon != "english"]
    failed = [
        {"section": one.case.section, "entry": one.case.value, "text": one.case.text, "found": ", ".join(one.found), "why": one.why}
        for one in failed_cases(chosen, cases)
    ]
    if as_json:
        write_json("lexicon-test", case=None, known_at=None, rows=failed)
    else:
        write_rows(failed, ("section", "entry", "text", "found", "why"), as_csv=False)
        prose.print(f"{len(cases)} cases, {len(failed)} come out otherwise")
    if failed:
        raise typer.Exit(Exit.CHECK_FAILED)


@app.command("init")
@spoken
def init_command(
    folder: Annotated[Path, typer.Argument(help="Where lexicon.toml is written.")],
    gazetteer: Annotated[Path, typer.Option("--gazetteer", help="CSV with the columns of places.csv.")],
    actors: Annotated[Path, typer.Option("--actors", help="actors.yaml of the theatre.")],
    name: Annotated[str | None, typer.Option("--name", help="What the theatre is called; default: the folder's name.")] = None,
    zone: Annotated[str, typer.Option("--zone", help="Time zone in which its days begin, e.g. Europe/Kyiv.")] = "UTC",
) -> None:
    """Make the lexicon of a new theatre from its places and parties, to be read and corrected by hand."""
    from trucewatch.case.lexicons import started
    from trucewatch.errors import BadCall
    from trucewatch.periods import zone_of

    target = folder / "lexicon.toml"
    if target.exists():
        message = f"{target} exists; nothing was written"
        raise BadCall(message)
    zone_of(zone)
    text, problems = started(name or folder.resolve().name, gazetteer, actors, zone)
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    say_problems(problems)
    prose.print(escape(f"written: {target} ({text.count('[[place]]')} places, {text.count('[[actor]]')} actors, {text.count('# left out: ')} names left out)"))
