"""The JSON Schemas, judged by another program: what it takes, and what it refuses."""

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
import yaml

from cfbudget.plan.schema import MODELS, FileName, json_schema, model_schema
from cfbudget.scenario.written.scenario_file import ScenarioFile
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, SHIPPED
from tests.kit.whole_council import FUNDING, RESERVES

FILES: dict[FileName, str] = {
    "revenue": "revenue_2024_25.yaml",
    "capital": "capital_programme.yaml",
    "options": "policy_options.yaml",
}


def accepts(file: FileName | None, text: str) -> bool:
    """Whether the schema takes a file as an editor reads it: numbers are numbers."""
    schema = json_schema(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_files_are_valid(file: FileName) -> None:
    text = (SHIPPED / FILES[file]).read_text(encoding="utf-8")
    assert accepts(file, text)
    assert accepts(None, text)


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_files_name_their_schema(file: FileName) -> None:
    first, *_ = (SHIPPED / FILES[file]).read_text(encoding="utf-8").splitlines()
    assert first == f"# yaml-language-server: $schema=schema/{file}.json"


@pytest.mark.parametrize("file", MODELS)
def test_every_schema_is_shipped(file: FileName) -> None:
    shipped = json.loads((SHIPPED / "schema" / f"{file}.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(file), f"write it anew: cfbudget schema {file}"


@pytest.mark.parametrize(
    ("file", "text", "old", "new"),
    [
        ("funding", FUNDING, "kind: funding", "kind: funds"),
        ("funding", FUNDING, "2024-25: -18", "2024-25: many"),
        ("funding", FUNDING, "50000.55", "-50000.55"),
        ("funding", FUNDING, "band_d:", "amounts: {2024-25: -1}\n    band_d:"),
        ("funding", FUNDING, "reserve: general", "reserves: general"),
        ("reserves", RESERVES, "opening: 30, ", ""),
        ("reserves", RESERVES, "opening: 30", "opening: 30, floor: half"),
        ("revenue", REVENUE, "unit: £000", "unit: thousands"),
        ("revenue", REVENUE, "contains_options_of: [2024-25]\n", ""),
        ("revenue", REVENUE, "contains_options_of: [2024-25]", "contains_options_of: 2024-25"),
        ("revenue", REVENUE, "financial_year: 2024-25", "financial_year: next"),
        ("revenue", REVENUE, "gross: 100", "gross: many"),
        ("revenue", REVENUE, "gross: 100", "gros: 100"),
        ("revenue", REVENUE, "id: care", "id: Care!"),
        ("capital", CAPITAL, "allocations: {2024-25", "allocations: {in 2024"),
        ("capital", CAPITAL, "programme: 1.75}", "program: 1.75}"),
        ("options", OPTIONS, "kind: saving", "kind: cut"),
        ("options", OPTIONS, "status: new", "status: newish"),
        ("options", OPTIONS, "basis: change", "basis: changes"),
    ],
)
def test_what_a_schema_refuses(file: FileName, text: str, old: str, new: str) -> None:
    assert accepts(file, text)
    assert old in text
    assert not accepts(file, text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gross: 100", 'gross: "(1,234)"'),
        ("gross: 100", "gross: £0.750m"),
        ("gross: 100", 'gross: "-"'),
        ("gross: 100", "gross:"),
        ("net: 80", "net: n/a"),
        ("exact: true", "source: Budget book"),
        ("exact: true", "source: {title: Budget book}"),
        ("exact: true", "accepted: {CF410: it is named for the book}"),
    ],
)
def test_what_a_schema_takes(old: str, new: str) -> None:
    assert old in REVENUE
    assert accepts("revenue", REVENUE.replace(old, new, 1))


SCENARIO = """\
name: What if
changes:
  - {set: fees, to: {2024-25: -400}, why: take-up so far}
  - {set: care, measure: gross, to: 112500}
  - {delay: fees, years: 1}
  - {deliver: saving, share: 75%, from: 2025-26}
  - {drop: demand}
  - {add: {service: care, id: lunch, name: Lunch, kind: saving, status: new,
           changes: {2025-26: -250}}}
  - {uplift: care, measure: gross, by: 2%, from: 2025-26, yearly: false}
  - {reprofile: roof, from: 2024-25, to: 2025-26, amount: 1.000}
  - {bring_in: hall, allocations: {2025-26: 1.203}}
include: [another.yaml]
"""


def takes_scenario(text: str) -> bool:
    schema = model_schema(ScenarioFile)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).is_valid(yaml.safe_load(text))


def test_the_schema_of_a_scenario() -> None:
    assert takes_scenario(SCENARIO)
    shipped = json.loads((SHIPPED / "schema" / "scenario.json").read_text(encoding="utf-8"))
    assert shipped == model_schema(ScenarioFile), "write it anew: cfbudget schema scenario"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: What if\n", ""),
        ("{drop: demand}", "{drop: demand, years: 1}"),
        ("{drop: demand}", "{drop: demand, delay: demand, years: 1}"),
        ("{drop: demand}", "{why: no reason}"),
        ("share: 75%", "share: most"),
        ("years: 1", "years: 0"),
        ("amount: 1.000", "amount: some"),
        ("measure: gross, by", "by"),
        ("include: [another.yaml]", "include: another.yaml"),
    ],
)
def test_what_the_schema_of_a_scenario_refuses(old: str, new: str) -> None:
    assert old in SCENARIO
    assert not takes_scenario(SCENARIO.replace(old, new, 1))


def schema_printed(*words: str) -> Any:
    argv = [sys.executable, "-m", "cfbudget", "schema", *words]
    done = subprocess.run(argv, capture_output=True, check=True)
    return json.loads(done.stdout.decode())


def test_the_command_prints_them() -> None:
    assert schema_printed("options") == json_schema("options")
    assert schema_printed() == json_schema()
    assert schema_printed("scenario") == model_schema(ScenarioFile)
