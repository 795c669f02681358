"""A kind is one entry: one more is added to the table, and every command follows from it."""

import ast
import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cfbudget.plan import kinds
from cfbudget.plan.kinds import KINDS, KindEntry
from tests.kit.returned import cfbudget, plan_in
from tests.kit.support import ROOT, loaded, small_texts

STRAIN = KindEntry(1, "a strain", "strains", "strains")
EITHER = KindEntry(0, "a windfall", "windfalls", "windfalls")
SHIPPED = tuple(KINDS)
LATER = ("2025-26", "2026-27")

OPTIONS = """\
name: Small Council
unit: £000
exact: true
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new, changes: {2024-25: -10, 2025-26: -5}}
      - {id: training, name: Training, kind: investment, status: new, invest_to_save: true,
         funds: [fees], changes: {2024-25: 5}}
      - {id: wages, name: Wages, kind: strain, status: new, changes: {2025-26: 40}}
      - {id: prices, name: Prices, kind: strain, status: previously approved,
         changes: {2024-25: 3, 2025-26: 2, 2026-27: 1}}
    stated: {2024-25: -2, 2025-26: 37, 2026-27: 1, total: 36}
  - service: schools
    options:
      - {id: buses, name: Buses, kind: strain, status: new, changes: {2026-27: 7}}
      - {id: lump-sum, name: Lump sum, kind: windfall, status: new, changes: {2025-26: -4}}
    stated: {2024-25: 0, 2025-26: -4, 2026-27: 7, total: 3}
stated: {2024-25: -2, 2025-26: 33, 2026-27: 8, total: 39}
"""
NET = {"2024-25": 130, "2025-26": 163, "2026-27": 171}
"""The net budgets in £000: the base contains the changes of its own year."""


@pytest.fixture(autouse=True)
def two_kinds_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "strain", STRAIN)
    monkeypatch.setitem(KINDS, "windfall", EITHER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plan_in(tmp_path / "plan", small_texts(options=OPTIONS))


def replaced(old: str, new: str) -> str:
    assert OPTIONS.count(old) == 1, old
    return OPTIONS.replace(old, new)


def problems(options: str) -> dict[str, tuple[str, str | None]]:
    """The message and the hint of each rule that a plan with these options meets."""
    from cfbudget.checks.report import check

    found = loaded(options=options)
    said = found.problems if found.plan is None else check(found.plan).problems
    return {problem.rule: (problem.message, problem.hint) for problem in said}


def test_the_tables_have_its_groups_after_the_others(folder: Path) -> None:
    ended = cfbudget("totals", "options", "--data", folder)
    assert ended.status == 0, ended.stderr
    headings = ["New savings", "New investment", "New strains", "Previously approved strains"]
    places = [ended.stdout.index(heading) for heading in headings]
    assert places == sorted(places)
    for label in ("Total new strains", "All new strains", "All new windfalls"):
        assert label in ended.stdout


@pytest.mark.parametrize("chosen", ["csv", "json"])
def test_the_figures_are_plain_sums(folder: Path, chosen: str) -> None:
    ended = cfbudget("totals", "--data", folder, "-f", chosen)
    assert ended.status == 0, ended.stderr
    text = ended.stdout
    records = json.loads(text) if chosen == "json" else list(csv.DictReader(io.StringIO(text)))
    amounts = {
        (one["table"], one["row"], one["measure"], one["year"]): Decimal(one["amount"])
        for one in records
    }
    groups = {"care/strain/new": 40, "care/strain/previously-approved": 6}
    groups |= {"schools/strain/new": 7, "total/strain/new": 47, "total/windfall/new": -4}
    for row, total in {**groups, "care": 36, "schools": 3, "total": 39}.items():
        assert amounts["options", row, "total", ""] == total
    for year, net in NET.items():
        assert amounts["position", "total", "net_budget", year] == net
    assert {one["kind"] for one in records if one["row"] == "wages"} == {"strain"}


@pytest.mark.parametrize("table", ["revenue", "capital", "options", "position"])
@pytest.mark.parametrize("chosen", ["table", "md", "csv", "json"])
def test_every_table_and_format(folder: Path, table: str, chosen: str) -> None:
    ended = cfbudget("totals", table, "--data", folder, "-f", chosen)
    assert ended.status == 0, ended.stderr
    assert ended.stdout


def test_check_agrees(folder: Path) -> None:
    ended = cfbudget("check", "--data", folder)
    assert ended.status == 0, ended.stdout + ended.stderr
    assert "CF4" not in ended.stdout + ended.stderr


def test_the_bridge_of_a_workbook_lands(folder: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "plan.xlsx"
    ended = cfbudget("export", workbook, "--data", folder)
    assert ended.status == 0, ended.stderr
    assert cfbudget("verify", workbook, "--data", folder).status == 0
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Charts"]
    steps = {row[0]: row[1:3] for row in sheet.iter_rows(values_only=True)}
    moves = {"Savings": -5, "Strains": 42, "Windfalls": -4}
    for label, amount in moves.items():
        assert steps[f"{label} 2025-26"][0] == amount
    assert steps["Strains 2026-27"] == (8, NET["2026-27"])
    for year, net in NET.items():
        assert steps[f"Net budget {year}"][1] == net
    assert sum(moves.values()) == NET["2025-26"] - NET["2024-25"]


TRIALS: dict[str, tuple[tuple[str, ...], dict[str, int]]] = {
    "set": (("--set", "wages@2025-26=50"), {"2025-26": 173, "2026-27": 181}),
    "delay": (("--delay", "wages=1"), {"2025-26": 123, "2026-27": 171}),
    "deliver": (("--deliver", "wages=50%"), {"2025-26": 143, "2026-27": 151}),
    "drop": (("--drop", "wages"), {"2025-26": 123, "2026-27": 131}),
    "a group": (("--drop", "strain/new"), {"2025-26": 123, "2026-27": 124}),
    "a group of a service": (
        ("--deliver", "schools/strain=0%"),
        {"2025-26": 163, "2026-27": 164},
    ),
    "a group of two words": (("--drop", "windfall"), {"2025-26": 167, "2026-27": 175}),
    "uplift": (("--uplift", "care.gross=10%@2025-26"), {"2025-26": 173, "2026-27": 181}),
}


@pytest.mark.parametrize("trial", TRIALS)
def test_every_change_of_a_scenario(folder: Path, tmp_path: Path, trial: str) -> None:
    words, expected = TRIALS[trial]
    ended = cfbudget("model", "--data", folder, *words, "-f", "json")
    assert ended.status == 0, ended.stderr
    nets = {
        one["year"]: Decimal(one["amount"])
        for one in json.loads(ended.stdout)
        if (one["table"], one["row"], one["measure"]) == ("position", "total", "net_budget")
        and one["scenario"] == "scenario"
    }
    assert {year: nets[year] for year in LATER} == expected
    book, kept = tmp_path / "trial.xlsx", tmp_path / "kept.yaml"
    assert cfbudget("model", "--data", folder, *words, "--save", kept).status == 0
    ended = cfbudget("model", "--data", folder, "--scenario", kept, "-o", book)
    assert ended.status == 0, ended.stderr
    ended = cfbudget("verify", book, "--data", folder, "--scenario", kept)
    assert ended.status == 0, ended.stdout + ended.stderr


def test_a_group_is_said_in_its_words(folder: Path) -> None:
    ended = cfbudget("model", "--data", folder, "--drop", "care/strain/new")
    assert "New strains of Care" in ended.stdout
    ended = cfbudget("model", "--data", folder, "--drop", "care")
    assert "care/saving or care/investment or care/strain" in ended.stderr


def test_one_is_added(folder: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "added.yaml"

    def added(amount: int) -> str:
        scenario.write_text(
            "name: Added\nchanges:\n  - {add: {service: schools, id: heat, name: Heat, "
            f"kind: strain, status: new, changes: {{2025-26: {amount}}}}}}}\n"
        )
        ended = cfbudget("model", "--data", folder, "--scenario", scenario)
        assert ended.status == 0, ended.stderr
        assert "Heat: added (strain, Schools)" in ended.stdout
        return ended.stderr

    assert "CF401" not in added(9)
    said = added(-9)
    assert "'Heat' is called a strain and cuts spending" in said
    assert "a strain is plus" in said


def test_it_is_compared(folder: Path, tmp_path: Path) -> None:
    was = replaced(
        "name: Wages, kind: strain, status: new, changes: {2025-26: 40}",
        "name: Wages, kind: investment, status: new, changes: {2025-26: 40}",
    )
    old = plan_in(tmp_path / "old", small_texts(options=was))
    for chosen in ("table", "md", "csv", "json"):
        ended = cfbudget("compare", old, folder, "-f", chosen)
        assert ended.status == 0, ended.stderr
    assert "a strain, was an investment" in cfbudget("compare", old, folder).stdout


def solved(folder: Path, net: int, *using: str) -> tuple[int, str]:
    named = [word for one in using for word in ("--using", one)]
    ended = cfbudget(
        *("solve", "--data", folder, "--service", "total", "--year", "2025-26"),
        *("--net", str(net), *named),
    )
    return ended.status, " ".join((ended.stdout + ended.stderr).split())


def test_it_is_solved_for(folder: Path) -> None:
    status, said = solved(folder, 150, "wages")
    assert status == 0
    assert "Strain: Wages" in said
    assert "27" in said
    status, said = solved(folder, 100, "wages")
    assert status == 2
    assert "a strain is nil or more" in said
    assert solved(folder, 250, "wages")[0] == 0
    assert solved(folder, 150, "strain")[0] == 0
    for net in (100, 250):
        assert solved(folder, net, "lump-sum")[0] == 0
    assert "unidentified saving" in solved(folder, 150)[1]
    assert "unidentified investment" in solved(folder, 170)[1]


def test_it_is_no_invest_to_save(folder: Path) -> None:
    for chosen in ("table", "md", "csv", "json"):
        ended = cfbudget("payback", "--data", folder, "-f", chosen)
        assert ended.status == 0
        assert "wages" not in ended.stdout.lower()
    ended = cfbudget("payback", "wages", "--data", folder)
    assert ended.status == 2
    assert "'wages' is a strain: it is no invest to save" in ended.stderr


WAGES = "name: Wages, kind: strain, status: new, changes: {2025-26: 40}"


@pytest.mark.parametrize(
    ("rule", "options", "said"),
    [
        (
            "CF401",
            lambda: replaced(WAGES, WAGES.replace(": 40", ": -40")),
            "'Wages' is a strain that lowers spending",
        ),
        (
            "CF406",
            lambda: replaced("name: Wages", "name: Wage savings"),
            "'Wage savings' is a strain whose name says savings",
        ),
        (
            "CF206",
            lambda: replaced("funds: [fees]", "funds: [wages]"),
            "funds names 'wages', which is a strain",
        ),
        (
            "CF213",
            lambda: replaced(WAGES, f"{WAGES}, invest_to_save: true"),
            "'Wages' is a strain and marked as invest to save",
        ),
        (
            "CF114",
            lambda: replaced(WAGES, WAGES.replace("strain", "whim")),
            "'whim' is not a kind",
        ),
    ],
)
def test_the_rules_follow(rule: str, options: Callable[[], str], said: str) -> None:
    message, hint = problems(options())[rule]
    assert said in message
    assert hint
    if rule == "CF401":
        assert "a strain is plus" in hint
    if rule == "CF213":
        assert hint == "take the mark off: only an investment is made to save"
    if rule == "CF114":
        assert hint == f"write {' or '.join(KINDS)}"


def test_what_has_either_sign_is_never_accused() -> None:
    for amount in (-4, 4):
        assert "CF401" not in problems(OPTIONS.replace("{2025-26: -4}", f"{{2025-26: {amount}}}"))
    assert "CF406" not in problems(replaced("name: Lump sum", "name: Savings grant"))


def test_a_name_is_shared_without_being_a_pair() -> None:
    assert "CF403" not in problems(replaced("name: Wages", "name: Fees"))


def test_the_schema_takes_it() -> None:
    """The schema is made once, from the table as it is when the program starts."""
    code = (
        "from cfbudget.plan import kinds\n"
        "kinds.KINDS['strain'] = kinds.KindEntry(1, 'a strain', 'strains', 'strains')\n"
        "from cfbudget.cli import main\n"
        "main()\n"
    )
    for file in ("options", "scenario"):
        done = subprocess.run(
            [sys.executable, "-c", code, "schema", file], capture_output=True, text=True, check=True
        )
        (found,) = [one for one in choices(json.loads(done.stdout)) if "investment" in one]
        assert found == [*SHIPPED, "strain"]


def choices(schema: object) -> Iterator[list[str]]:
    """Every list of words to choose from in a schema."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield schema["enum"]
        for below in schema.values():
            yield from choices(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from choices(below)


def test_the_words_of_a_workbook() -> None:
    seen = kinds.what_moves(("saving", "investment", "strain", "windfall"))
    assert seen == "savings lower it, investment and strains raise it, windfalls move it"
    assert kinds.what_moves(("investment",)) == "investment raises it"


@pytest.mark.parametrize("page", ["plan-files.md", "glossary.md"])
def test_the_documents_name_every_kind(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert [kind for kind in SHIPPED if kind not in text] == []


# -- the guard ------------------------------------------------------------------------------

NAMES = {"saving", "investment", "savings", "investments"}


def named_kinds(code: str) -> list[str]:
    """The kinds that a module names in its code, whether or not in other letters."""
    return [
        node.value
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in NAMES
    ]


def test_no_other_module_names_a_kind() -> None:
    source = ROOT / "src" / "cfbudget"
    found = {
        str(file.relative_to(source)): named
        for file in sorted(source.rglob("*.py"))
        if (named := named_kinds(file.read_text(encoding="utf-8")))
    }
    assert list(found) == ["plan/kinds.py"]


@pytest.mark.parametrize("code", ['option.kind == "saving"', '{"investment": 1}'])
def test_the_guard_can_fail(code: str) -> None:
    assert named_kinds(code)


def test_a_word_for_a_kind_is_met_where_a_group_is_meant(folder: Path) -> None:
    for target, word in (("pay", "inflation"), ("care/fees-and-charges", "income-generation")):
        ended = cfbudget("model", "--data", folder, "--drop", target)
        assert ended.status == 2
        assert f"write {word} for a group of options, or an option's id" in ended.stderr
