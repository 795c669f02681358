"""A second calculator comes to every figure of the workbook, from its formulas and inputs alone."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import cfbudget
from cfbudget.calculate.payback import orphans, payback
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.cli.rate import parse_rate
from cfbudget.loaded import load_folder
from cfbudget.problem import Refusal
from cfbudget.reports.compare.page import bridge_page
from cfbudget.reports.payback.page import payback_page
from cfbudget.reports.solve.page import solution_page
from cfbudget.reports.trial.page import trial_page
from cfbudget.tables.compare import Bridged
from cfbudget.tables.payback import PaybackShown
from cfbudget.tables.trial import trial_tables
from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.sheets.page_book import page_book
from tests.kit.libreoffice import needs_libreoffice, recalculated
from tests.kit.plans_awkward import AWKWARD, Printed, Texts, printed_plans
from tests.kit.scenarios import applied
from tests.kit.support import PLANS, SHIPPED
from tests.kit.workbooks import (
    Line,
    Read,
    book_of,
    disagreements,
    inputs,
    penny_places,
    results,
    shipped_texts,
    stored,
)

pytestmark = needs_libreoffice

DRAWN = 20


class Change(NamedTuple):
    """A figure written otherwise: in a file of the shipped plan, and in its cell."""

    file: str
    line: str
    """A text of the file, near the figure and before it, that stands there once."""
    was: str
    becomes: str
    cell: Line | str
    """The input, or the id of the comparison whose stated figure it is."""
    value: float


REVENUE, CAPITAL, OPTIONS = "revenue_2024_25.yaml", "capital_programme.yaml", "policy_options.yaml"
CHANGES = {
    "gross": Change(
        REVENUE,
        "id: childrens-social-care",
        "gross: 77523",
        "gross: 77999",
        Line("revenue", "childrens-social-care", "gross", "2024-25"),
        77999,
    ),
    "income": Change(
        REVENUE,
        "id: education",
        "income: -90190",
        "income: -90000",
        Line("revenue", "education", "income", "2024-25"),
        -90000,
    ),
    "change": Change(
        OPTIONS,
        "id: home-to-school-transport-special-educational-needs-sen-growth",
        "2025-26: 2024",
        "2025-26: 1750",
        Line(
            "options",
            "home-to-school-transport-special-educational-needs-sen-growth",
            "change",
            "2025-26",
        ),
        1750,
    ),
    "change where there was none": Change(
        OPTIONS,
        "id: personal-travel-budgets",
        "{2024-25: -573}",
        "{2024-25: -573, 2026-27: -41}",
        Line("options", "personal-travel-budgets", "change", "2026-27"),
        -41,
    ),
    "allocation": Change(
        CAPITAL,
        "id: school-basic-need",
        "2025-26: 11.417",
        "2025-26: 12.034",
        Line("capital", "school-basic-need", "allocation", "2025-26"),
        12.034,
    ),
    "under development": Change(
        CAPITAL,
        "id: pupil-referral-unit",
        "under_development: 3.203",
        "under_development: 0.003",
        Line("capital", "pupil-referral-unit", "under_development", ""),
        0.003,
    ),
    "stated": Change(
        REVENUE,
        "label: Total Children",
        "net: 101238",
        "net: 101239",
        "revenue/total/net/2024-25",
        101239,
    ),
}


class Recalculated(NamedTuple):
    """What the core says of a plan, and what LibreOffice makes of a workbook."""

    book: Book
    read: Read

    @property
    def disagreements(self) -> list[str]:
        return disagreements(self.book, self.read)


class Calculated(NamedTuple):
    """Every workbook of this module by name, or why it could not be made."""

    found: Mapping[str, Recalculated]
    faults: Mapping[str, Exception]

    def of(self, name: str) -> Recalculated:
        if name in self.faults:
            raise self.faults[name]
        return self.found[name]


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """All workbooks go through one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("recalculated")
    books: dict[str, Book] = {}
    paths: dict[str, Path] = {}
    faults: dict[str, Exception] = {}
    plans = AWKWARD | {f"drawn {number}": texts for number, texts in enumerate(drawn())}
    for number, (name, texts) in enumerate(plans.items()):
        try:
            books[name] = book_of(texts)
            paths[name] = stored(books[name], folder / f"{number}.xlsx")
        except Exception as fault:  # it is the fault of this plan's tests alone
            faults[name] = fault
    shipped = books["data"]
    # What the core says of the shipped plan is held against these.
    books |= {"wrong results": shipped, "wrong formula": shipped}
    paths["wrong results"] = stored(misremembered(shipped), folder / "results.xlsx")
    paths["wrong formula"] = folder / "formula.xlsx"
    spoil(paths["data"], paths["wrong formula"])
    for name, changes in all_changes().items():
        books[name] = book_of(changed_texts(changes))
        paths[name] = folder / f"{name}.xlsx"
        change_cells(shipped, paths["data"], changes, paths[name])
    for name, book in page_books().items():
        books[name] = book
        paths[name] = stored(book, folder / f"page of {name}.xlsx")
    stored_again = recalculated([*paths.values()], folder / "libreoffice")
    found = {name: Recalculated(books[name], results(stored_again[paths[name]])) for name in paths}
    return Calculated(found, faults)


def drawn() -> list[Texts]:
    """Plans that are drawn alike at every run."""
    found: list[Texts] = []

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(printed_plans())
    def collect(plan: Printed) -> None:
        found.append(plan.texts)

    collect()
    return found


PAGES = ("payback", "compare", "solve", "model")


def page_books() -> dict[str, Book]:
    """The workbooks of pages whose tables say what their figures are made of."""
    plan = load_folder(str(SHIPPED)).plan
    before, after = (load_folder(str(PLANS / name)).plan for name in ("nested", "revised"))
    assert plan is not None
    assert plan.options is not None
    assert before is not None
    assert after is not None
    bridge = bridge_between(before, after)
    assert not isinstance(bridge, Refusal)
    paid = PaybackShown(plan, plan.options, payback(plan), orphans(plan), parse_rate("3.5%"))
    solved = cfbudget.solve(
        plan,
        service="education",
        year="2025-26",
        net="24470",
        using=["home-to-school-transport-reduced-demand", "pension-liabilities"],
    )
    trial = applied(plan, {"set": "personal-travel-budgets", "to": {"2025-26": "-400"}})
    pages = (
        payback_page(paid),
        bridge_page(Bridged(bridge, "nested", "revised", ("A", "A"))),
        solution_page(solved),
        trial_page(trial_tables(trial, "a trial"), ()),
    )
    return {name: page_book(page) for name, page in zip(PAGES, pages, strict=True)}


def all_changes() -> dict[str, list[Change]]:
    """Each change by itself, and all together."""
    return {name: [change] for name, change in CHANGES.items()} | {"all": [*CHANGES.values()]}


def changed_texts(changes: list[Change]) -> Texts:
    """The shipped plan with figures written otherwise in its files."""
    texts = shipped_texts()
    for change in changes:
        before, line, after = texts[change.file].partition(change.line)
        assert change.line not in after
        assert change.was in after
        texts[change.file] = before + line + after.replace(change.was, change.becomes, 1)
    return texts


def change_cells(book: Book, path: Path, changes: list[Change], target: Path) -> None:
    """A workbook with figures typed over."""
    workbook = openpyxl.load_workbook(path)
    places = inputs(book)
    for change in changes:
        found = places[change.cell] if isinstance(change.cell, Line) else stated(book, change.cell)
        workbook[found.sheet].cell(found.row, found.column).value = change.value
    workbook.save(target)


def stated(book: Book, comparison: str) -> At:
    """The stated figure of a comparison."""
    (block,) = [block for block in book.sheets["Checks"].blocks if comparison in block.rows]
    return At("Checks", block.rows[comparison], block.columns["Stated"])


def misremembered(book: Book) -> Book:
    """The same formulas, each stored with a result that is wrong."""
    wrong = book_of(shipped_texts())
    for at, formula in book.formulas():
        cells = wrong.sheets[at.sheet].cells
        content = Formula(formula.expression, "wrong")
        cells[at.row, at.column] = cells[at.row, at.column]._replace(content=content)
    return wrong


WRONG = "B15"
"""A cell of the Position sheet that adds up what stands above it."""


def spoil(path: Path, target: Path) -> None:
    """A workbook with one sum that is one row too short."""
    workbook = openpyxl.load_workbook(path)
    cell = workbook["Position"][WRONG]
    right = str(cell.value)
    cell.value = re.sub(
        r"^=SUM\((\w+):([A-Z]+)(\d+)\)$",
        lambda found: f"=SUM({found[1]}:{found[2]}{int(found[3]) - 1})",
        right,
    )
    assert cell.value != right
    workbook.save(target)


# -- the figures ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*AWKWARD, *(f"drawn {number}" for number in range(DRAWN))])
def test_libreoffice_comes_to_every_figure(calculated: Calculated, name: str) -> None:
    assert calculated.of(name).disagreements == []
    assert [*calculated.of(name).book.formulas()]


@pytest.mark.parametrize("name", PAGES)
def test_libreoffice_comes_to_every_figure_of_a_page(calculated: Calculated, name: str) -> None:
    assert calculated.of(name).disagreements == []
    assert [*calculated.of(name).book.formulas()]


@pytest.mark.parametrize("name", all_changes())
def test_a_changed_input_does_in_the_sheet_what_it_does_in_the_plan(
    calculated: Calculated, name: str
) -> None:
    assert calculated.of(name).disagreements == []
    assert said(calculated.of(name).book) == said(calculated.of("data").book)
    # The change is one that can be seen: the plan as it was would not do.
    assert disagreements(calculated.of("data").book, calculated.of(name).read)


def said(book: Book) -> dict[At, str]:
    """Every formula: what an input is changes no formula."""
    return {at: formula.expression.text(at.sheet) for at, formula in book.formulas()}


# -- that it can fail -----------------------------------------------------------------------


def test_a_wrong_formula_is_found(calculated: Calculated) -> None:
    found = calculated.of("wrong formula").disagreements
    assert any(said.startswith(f"Position!{WRONG} ") for said in found)
    assert any(said.startswith("Position!") and f"!{WRONG}" not in said for said in found)


def test_wrong_results_are_worked_out_anew(calculated: Calculated) -> None:
    """LibreOffice believes the results that are stored with formulas, unless it is told not to."""
    assert calculated.of("wrong results").disagreements == []


@pytest.mark.parametrize("value", ["#NAME?", None, True, 74143.5, "74143"])
def test_what_is_no_such_figure_is_found(value: object) -> None:
    book = book_of(AWKWARD["small"])
    assert len(disagreements(book, lambda at: value)) == len([*book.formulas()])


@pytest.mark.parametrize(("pennies", "are_found"), [("1", True), ("-1", True), ("0.01", False)])
def test_a_penny_is_found_and_the_end_of_a_double_is_not(pennies: str, are_found: bool) -> None:
    book = book_of(AWKWARD["small"])
    penny = penny_places(book)
    formulas = dict(book.formulas())
    figures = {
        at: formula.result + Decimal(pennies).scaleb(-penny[at])
        for at, formula in formulas.items()
        if isinstance(formula.result, Decimal) and at in penny
    }
    found = disagreements(
        book, lambda at: float(figures[at]) if at in figures else exactly(formulas[at].result)
    )
    assert len(figures) > 50
    assert len(found) == (len(figures) if are_found else 0)


def exactly(result: Value) -> object:
    return float(result) if isinstance(result, Decimal) else result
