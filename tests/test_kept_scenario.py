"""A workbook that was worked in, read back as a scenario that comes to the same figures."""

import random
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import base_of, opening_years
from cfbudget.layout.table import Table
from cfbudget.money import Unit, plain
from cfbudget.nodes import MappingNode, Node
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Refusal
from cfbudget.read.yaml_nodes import compose
from cfbudget.scenario.written.nodes_of_values import node_of
from cfbudget.scenario.written.saved_text import scenario_text
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.as_changes import as_changes
from cfbudget.workbook.returned.findings import Verification
from cfbudget.workbook.returned.verification import verify
from tests.kit.libreoffice import needs_libreoffice, recalculated
from tests.kit.plans_awkward import AWKWARD
from tests.kit.returned import book_of, came_back, cfbudget, plan_in, stored, typed
from tests.kit.scenarios import applied
from tests.kit.support import plan_of, small_texts
from tests.kit.workbooks import inputs, shipped_texts
from tests.kit.workbooks import stored as written

PLANS = {
    "shipped": shipped_texts(),
    "small": small_texts(),
    "one-offs": AWKWARD["one-offs"],
    "levels": AWKWARD["levels in £m"],
}
SEEDS = range(4)


class Worked(NamedTuple):
    """A workbook in which inputs were typed over, and what they hold now."""

    book: Book
    typed: Mapping[At, Decimal]


def worked(name: str, seed: int) -> Worked:
    """Some inputs typed over, drawn alike at every run."""
    book = book_of(PLANS[name])
    draw = random.Random(f"{name} {seed}")
    places = sorted(inputs(book).values())
    chosen = draw.sample(places, k=min(len(places), 1 + seed * 3))
    return Worked(book, {at: Decimal(draw.randint(-99999, 99999)) / 100 for at in chosen})


def typed_over(work: Worked, path: Path, target: Path) -> Path:
    workbook = openpyxl.load_workbook(path)
    for at, value in work.typed.items():
        workbook[at.sheet].cell(at.row, at.column).value = float(value)
    workbook.save(target)
    return target


def trial_of(work: Worked, verification: Verification, plan: Plan) -> Plan:
    """The plan with the scenario that the workbook is read back as, through its file's text."""
    changes = as_changes(work.book, plan, verification.inputs)
    assert not isinstance(changes, Refusal), changes
    nodes = [node_of(change, Place("t", 1)) for change in changes]
    text = scenario_text("Read back", [node for node in nodes if isinstance(node, MappingNode)])
    composed = compose(text, "t.yaml")
    assert composed.problems == []
    assert isinstance(composed.root, MappingNode)
    again = composed.root["changes"]
    assert isinstance(again, list)
    return applied(plan, *(plain_values(node) for node in again)).plan


def plain_values(node: Node) -> dict[str, object]:
    """A mapping of mappings and texts."""
    assert isinstance(node, MappingNode)
    return {
        key: plain_values(value) if isinstance(value, MappingNode) else getattr(value, "text", "")
        for key, value in node.items()
    }


@needs_libreoffice
def test_a_scenario_that_is_read_back_comes_to_what_libreoffice_calculates(tmp_path: Path) -> None:
    works = {f"{name} {seed}": worked(name, seed) for name in PLANS for seed in SEEDS}
    bases = {name: written(book_of(PLANS[name]), tmp_path / f"{name} base.xlsx") for name in PLANS}
    paths = {
        name: typed_over(work, bases[name.split()[0]], tmp_path / f"{name}.xlsx")
        for name, work in works.items()
    }
    again = recalculated([*paths.values()], tmp_path / "libreoffice")
    compared = 0
    for name, work in works.items():
        plan = plan_of(dict(PLANS[name.split()[0]]))
        found = came_back(again[paths[name]])
        verification = verify(work.book, found)
        assert verification is not None
        assert set(verification.inputs) == {
            at for at, value in work.typed.items() if value != content(work.book, at)
        }
        trial = trial_of(work, verification, plan)
        there = results_of(again[paths[name]])
        for table in plan_tables(trial):
            compared += figures_agree(work.book, table, there, plan)
    assert compared > 2000


def content(book: Book, at: At) -> object:
    cell = book.cell(at)
    return cell.content if cell else None


def results_of(path: Path) -> Mapping[str, Worksheet]:
    workbook = openpyxl.load_workbook(path, data_only=True)
    return {name: workbook[name] for name in workbook.sheetnames}


def figures_agree(
    book: Book,
    table: Table,
    there: Mapping[str, Worksheet],
    plan: Plan,
) -> int:
    """Hold a trial's table against a recalculated workbook; how many figures were compared.

    In the workbook a changed option that the base budget contains moves the opening; in a trial
    the approved budget stands, and the net budget is a forecast. All else is the same.
    """
    count = 0
    for key, cell in table.cells.items():
        at = book.places.get((table.name, key))
        if at is None:
            continue
        value = there[at.sheet].cell(at.row, at.column).value
        assert isinstance(value, int | float)
        wanted = amount(cell.pence, table.unit)
        if key.measure in ("opening", "net_budget"):
            wanted -= opening_apart(book, table, key, there, plan)
        assert abs(Decimal(value) - wanted) < Decimal("0.000001"), (table.name, key, value, wanted)
        count += 1
    return count


def opening_apart(
    book: Book,
    table: Table,
    key: Key,
    there: Mapping[str, Worksheet],
    plan: Plan,
) -> Decimal:
    """How far the trial's opening stands from the workbook's: the contained changes' difference."""
    kept = key.year
    if key.measure == "net_budget" and key.year is not None:
        kept = opening_years(plan)[key.year]
    year = next(year for year, under in opening_years(plan).items() if under == kept)
    base = base_of(plan, year)
    assert base is not None
    apart = Decimal(0)
    for word in base.contains_options_of:
        change = book.places["position", Key(key.row, "change", word.year)]
        before = content(book, change)
        assert isinstance(before, Formula)
        now = there[change.sheet].cell(change.row, change.column).value
        apart += Decimal(str(now)) - Decimal(str(before.result))
    return apart


def amount(pence: int, unit: Unit) -> Decimal:
    return Decimal(plain(pence, unit))


# -- the command ----------------------------------------------------------------------------


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    plan_in(tmp_path / "plan", small_texts())
    assert cfbudget("export", "sent.xlsx", "--data", "plan").status == 0
    return tmp_path / "sent.xlsx"


def changed(path: Path, row: str, heading: str, value: Value) -> None:
    book = book_of(small_texts())
    found = came_back(path)
    sheet = "Options"
    block = next(block for block in book.sheets[sheet].blocks if heading in block.columns)
    at = (block.rows[row], block.columns[heading])
    stored(typed(found, sheet, at, value), Path("returned.xlsx"))


def test_the_changed_inputs_are_written_and_can_be_modelled(sent: Path) -> None:
    changed(sent, "fees", "Change\n2025-26", Decimal("-7.5"))
    words = ("verify", "returned.xlsx", "--data", "plan", "--save-scenario", "back.yaml")
    status, stdout, stderr = cfbudget(*words)
    assert status == 1
    assert "Options!" in stdout
    assert stderr == "cfbudget: wrote back.yaml: 1 change.\n"
    assert Path("back.yaml").read_text(encoding="utf-8") == (
        "name: What was changed in returned.xlsx\nchanges:\n  - {set: fees, to: {2025-26: -7.5}}\n"
    )
    done = cfbudget("model", "--scenario", "back.yaml", "--data", "plan")
    assert done.status == 0
    assert "costs the same in 2024-25 and £2,500 less in 2025-26" in done.stdout
    # What is there is not replaced unasked.
    before = Path("back.yaml").read_bytes()
    assert cfbudget(*words).status == 2
    assert Path("back.yaml").read_bytes() == before
    assert cfbudget(*words, "--force").status == 1


def test_nothing_is_written_where_no_input_is_changed(sent: Path) -> None:
    status, _, stderr = cfbudget("verify", sent, "--data", "plan", "--save-scenario", "back.yaml")
    assert status == 0
    assert "no input is changed" in stderr
    assert not Path("back.yaml").exists()


@pytest.mark.parametrize("value", ["ten", Decimal("-7.123456789")])
def test_what_is_no_amount_is_refused(sent: Path, value: Value) -> None:
    changed(sent, "fees", "Change\n2025-26", value)
    words = ("verify", "returned.xlsx", "--data", "plan", "--save-scenario", "back.yaml")
    status, stdout, stderr = cfbudget(*words)
    assert (status, stdout) == (2, "")
    assert "Options!" in stderr
    assert not Path("back.yaml").exists()


def test_an_emptied_input_is_refused_and_not_taken_for_nil(sent: Path) -> None:
    changed(sent, "demand", "Change\n2025-26", None)
    words = ("verify", "returned.xlsx", "--data", "plan", "--save-scenario", "back.yaml")
    status, stdout, stderr = cfbudget(*words)
    assert (status, stdout) == (2, "")
    assert re.search(r"Options!\w+ is empty: type the amount there, 0 for nil", stderr)
    assert not Path("back.yaml").exists()
    assert cfbudget("verify", "returned.xlsx", "--data", "plan").status == 1


def test_a_workbook_and_a_scenario_are_compared_with_a_plan(sent: Path) -> None:
    changed(sent, "fees", "Change\n2025-26", Decimal("-7"))
    text = "name: Same\nchanges: [{set: fees, to: {2025-26: -7}}]\n"
    Path("same.yaml").write_text(text, encoding="utf-8")
    one = cfbudget("compare", "plan", "returned.xlsx")
    assert one.status == 0
    assert "Re-priced" in one.stdout
    other = cfbudget("compare", "plan", "same.yaml")
    named = other.stdout.replace("same.yaml", "returned.xlsx")
    assert named.replace("─", "").split() == one.stdout.replace("─", "").split()
    both = cfbudget("compare", "returned.xlsx", "same.yaml", "--data", "plan")
    assert "Nothing differs" in both.stdout, both.stdout


def test_a_scenario_workbook_is_verified_with_its_scenario(sent: Path) -> None:
    text = "name: Less\nchanges: [{set: fees, to: {2025-26: -7}}]\n"
    Path("less.yaml").write_text(text, encoding="utf-8")
    words = ("--scenario", "less.yaml", "--data", "plan")
    assert cfbudget("export", "less.xlsx", *words).status == 0
    assert "CF619" not in cfbudget("verify", "less.xlsx", *words).stdout
    assert cfbudget("verify", "less.xlsx", *words).status == 0
    alone = cfbudget("verify", "less.xlsx", "--data", "plan")
    assert alone.status == 0
    assert "CF619" in alone.stdout
    found = came_back(Path("less.xlsx"))
    cells = found.sheets["Scenario_Options"]
    at = next(at for at, cell in cells.items() if cell.value == Decimal(-7) and not cell.formula)
    stored(typed(found, "Scenario_Options", at, Decimal(-6)), Path("other.xlsx"))
    assert cfbudget("verify", "other.xlsx", *words).status == 1
