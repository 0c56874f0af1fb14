"""A new case folder round an agreement: what lies beside the agreement is taken along, the rest is started."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from trucewatch.case.case import Case
from trucewatch.case.folder import CASE_FILES
from trucewatch.case.lexicons import LEXICON
from trucewatch.case.settings import load_settings
from trucewatch.errors import BadCall

__all__ = ["new_case"]

_CASE = """trucewatch = "case/1.0"
id = {key}
title = {key}
timezone = {timezone}
languages = ["en"]
mode = "live"

[mandate]
attribution = "none"

[report]
cut_off = "07:00"

# One table for each source:
# [source.field-office]
# name = "Field office"
# reliability = "F"        # Admiralty letter; F = no basis to judge
# known = "published"      # published | day_end | release | none
"""
_ACTORS = "trucewatch: actors/0.1\nactors: {}\n"
_PLACES = "key,name,names,lat,lon,radius_m,parent,kind\n"


def new_case(
    directory: Path, agreement: Path, *, timezone: str, who: str, keys: Path | None = None
) -> Case:
    """Make a case; BadCall if `directory` is not empty or `agreement` is no file, BadCaseFile for no time zone."""
    if not agreement.is_file():
        message = f"{agreement} is no file. Give the agreement file of the case"
        raise BadCall(message)
    if directory.exists() and any(directory.iterdir()):
        message = f"{directory} is not empty. Give a new folder, so that nothing is overwritten"
        raise BadCall(message)
    started = {
        "case.toml": _CASE.format(key=json.dumps(directory.resolve().name), timezone=json.dumps(timezone)),
        "actors.yaml": _ACTORS,
        "places.csv": _PLACES,
    }
    if not agreement.with_name("case.toml").is_file():
        load_settings(started["case.toml"])
    directory.mkdir(parents=True, exist_ok=True)
    for name in CASE_FILES:
        beside = agreement if name == "agreement.yaml" else agreement.with_name(name)
        if beside.is_file():
            shutil.copyfile(beside, directory / name)
        else:
            (directory / name).write_text(started[name], encoding="utf-8")
    if agreement.with_name("texts").is_dir():
        shutil.copytree(agreement.with_name("texts"), directory / "texts")
    if agreement.with_name(LEXICON).is_file():
        shutil.copyfile(agreement.with_name(LEXICON), directory / LEXICON)
    made = Case(directory, who=who, keys=keys)
    made.signer.origin()
    return made
