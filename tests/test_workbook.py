"""The workbook as data: every formula is proved, follows its inputs, and holds no amount."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from cfbudget.rules import DIFFERS
from cfbudget.workbook.book.book import Book, Formula, Sheet, SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Between, Expression, Fixed, Sum, When, Where
from cfbudget.workbook.book.proof import Disagreement, prove, work_out
from cfbudget.workbook.sheets.plan_sheets import APART
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.plans_changed import file_of, with_figure
from tests.kit.plans_sketch import PENNY_PLACES
from tests.kit.workbooks import amount_at, book_of, column_of, inputs, shipped_texts

STATEMENTS = ("Revenue", "Capital", "Options", *APART.values(), "Position")
OF_A_COUNCIL = ("Assumptions", "Gap", "Funding", "Reserves")

quick = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def shipped() -> Book:
    return book_of(shipped_texts())


# -- every formula comes to what the core says ----------------------------------------------


@pytest.mark.parametrize("name", AWKWARD)
def test_every_formula_comes_to_its_result(name: str) -> None:
    book = book_of(AWKWARD[name])
    prove(book)
    assert [*book.formulas()]


@quick
@given(printed_plans())
def test_every_formula_of_any_plan_comes_to_its_result(plan: Printed) -> None:
    prove(book_of(plan.texts))


def wrong(expression: Expression) -> Expression | None:
    """A formula as a mistake could make it."""
    match expression:
        case At():
            return expression._replace(row=expression.row - 1)
        case Fixed(at):
            return Fixed(at._replace(row=at.row - 1))
        case Sum(parts):
            return Sum(parts[:-1])
        case Between(left, sign, right):
            return Between(left, "-" if sign == "+" else "+", right)
        case Where(amounts, criteria):
            return Where(amounts, criteria[:-1])
        case When(test, then, otherwise):
            return When(test, otherwise, then)
        case _:
            return None


@pytest.mark.parametrize("kind", [At, Fixed, Sum, Between, Where, When])
def test_a_formula_that_is_made_wrong_is_found(
    shipped: Book, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = 0
    formulas = [made for made in shipped.formulas() if isinstance(made[1].expression, kind)]
    for at, (expression, result) in formulas[:: len(formulas) // 20 + 1]:
        made_wrong = wrong(expression)
        assert made_wrong
        cells = shipped.sheets[at.sheet].cells
        cell = cells[at.row, at.column]
        with monkeypatch.context() as patch:
            wrong_cell = cell._replace(content=Formula(made_wrong, result))
            patch.setitem(cells, (at.row, at.column), wrong_cell)
            if work_out(shipped, {})[at] != result:  # a nil that is left out changes nothing
                found += 1
                with pytest.raises(Disagreement):
                    prove(shipped)
    assert found > 2


# -- formulas follow their inputs -----------------------------------------------------------


@quick
@given(printed_plans(), st.data())
def test_a_changed_input_does_in_the_formulas_what_it_does_in_the_plan(
    plan: Printed, data: st.DataObject
) -> None:
    book = book_of(plan.texts)
    # Nil prints no places: from or to nil, the printed unit of the plan could be another.
    places = {line: at for line, at in inputs(book).items() if amount_at(book, at)}
    assume(places)
    line = data.draw(st.sampled_from([*places]))
    printing = plan.sketch.printing_of(file_of(plan.sketch, line))
    size = data.draw(st.integers(1, 99_999)) * printing.step
    # An option's changes keep their signs: a change of sign may be a reversal.
    pence = size if amount_at(book, places[line]) > 0 else -size
    other = book_of(with_figure(plan.sketch, line, pence).texts(plan.stated))
    value = Decimal(pence).scaleb(-PENNY_PLACES[printing.unit])
    assert amount_at(other, places[line]) == value
    worked_out = work_out(book, {places[line]: value})
    expected = dict(other.formulas())
    for at, formula in live(book):
        there = expected[at]
        assert formula.expression.text(at.sheet) == there.expression.text(at.sheet)
        assert worked_out[at] == there.result, at


def live(book: Book) -> Iterator[tuple[At, Formula]]:
    """The formulas that follow the inputs.

    What the rules found stands as it was when the workbook was written, but for the count of
    stated figures that differ.
    """
    kept: set[At] = set()
    for block in book.sheets["Checks"].blocks:
        if "accepted" in block.columns:
            kept = {
                At("Checks", row, column)
                for code, row in block.rows.items()
                for heading, column in block.columns.items()
                if code != DIFFERS.code or heading == "accepted"
            }
    yield from ((at, formula) for at, formula in book.formulas() if at not in kept)


@pytest.mark.parametrize("name", AWKWARD)
def test_the_lines_are_the_inputs_and_nothing_else(name: str) -> None:
    book = book_of(AWKWARD[name])
    shown = {
        At(sheet, row, column)
        for sheet in (*STATEMENTS, *OF_A_COUNCIL)
        if sheet in book.sheets
        for (row, column), cell in book.sheets[sheet].cells.items()
        if cell.style.role == "input"
    }
    assert set(inputs(book).values()) == shown


@pytest.mark.parametrize("name", AWKWARD)
def test_no_number_stands_in_place_of_a_formula(name: str) -> None:
    """What is a number and no formula is an input, a stated figure, a printed unit or a rate."""
    for sheet in book_of(AWKWARD[name]).sheets.values():
        units = {
            (row, block.columns[heading])
            for block in sheet.blocks
            for heading in ("Printed unit", "Of factors")
            if heading in block.columns
            for row in block.rows.values()
        }
        # How many lines of the plan's files are in a figure is no count of cells.
        units |= {
            (row, block.columns["Addends"])
            for block in sheet.blocks
            if "Addends" in block.columns
            for identity, row in block.rows.items()
            if identity.startswith(("position/", "gap/", "reserves/"))
        }
        rates = set(sheet.labelled.values())
        for at, (content, style) in sheet.cells.items():
            if isinstance(content, Decimal) and at not in units | rates:
                assert style.role in ("input", "stated"), (sheet.name, at)


# -- what a formula may say -----------------------------------------------------------------

NUMBERS = frozenset({"0", "1", "0.5"})
FUNCTIONS = frozenset({"SUM", "MAX", "MIN", "SUMIFS", "COUNTIF", "COUNTIFS", "IF", "ROUND", "ABS"})


def objections(formula: str) -> list[str]:
    """What a formula holds that it may not: an amount, a volatile function, another file."""
    found: list[str] = []
    calls: list[list[str | int]] = []  # each open function, and which argument it is at
    for token in Tokenizer(formula).items:
        if token.subtype == Token.OPEN:
            name = token.value.removesuffix("(").upper()
            calls.append([name, 0])
            if token.type == Token.FUNC and name not in FUNCTIONS:
                found.append(name)
        elif token.subtype == Token.CLOSE:
            calls.pop()
        elif token.type == Token.SEP and calls:
            calls[-1][1] = int(calls[-1][1]) + 1
        elif token.type == Token.OPERAND:
            places = token.value.isdecimal() and calls[-1:] == [["ROUND", 1]]
            number = token.subtype == Token.NUMBER and token.value not in NUMBERS and not places
            text = token.subtype == Token.TEXT and re.search(r"\d", token.value)
            elsewhere = token.subtype == Token.RANGE and not re.fullmatch(CELLS, token.value)
            if number or text or elsewhere or token.subtype in (Token.LOGICAL, Token.ERROR):
                found.append(token.value)
    return found


CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d*"
CELLS = rf"([A-Z][a-z]+!)?{CELL}(:{CELL})?"


@settings(max_examples=10, deadline=None)
@given(printed_plans())
def test_no_formula_holds_an_amount(plan: Printed) -> None:
    for at, formula in book_of(plan.texts).formulas():
        assert objections(f"={formula.expression.text(at.sheet)}") == []


def test_no_formula_of_a_whole_council_holds_an_amount() -> None:
    for at, formula in book_of(AWKWARD["whole council"]).formulas():
        assert objections(f"={formula.expression.text(at.sheet)}") == []


def test_no_formula_of_the_shipped_plan_holds_an_amount(shipped: Book) -> None:
    for at, formula in shipped.formulas():
        assert objections(f"={formula.expression.text(at.sheet)}") == []


@pytest.mark.parametrize(
    ("formula", "objection"),
    [
        ("=SUM(B9:B11)+173", "173"),
        ("=77523", "77523"),
        ("=ROUND(B9*1.05,2)", "1.05"),
        ("=ROUND(2,B9)", "2"),
        ("=SUM(B9,2)", "2"),
        ("=IF(B9=0,2,B10)", "2"),
        ('=SUM(B9)-"3380"', '"3380"'),
        ("=OFFSET(B9,1,1)", "OFFSET"),
        ('=SUM(INDIRECT("B9"))', "INDIRECT"),
        ("=NOW()", "NOW"),
        ("=[1]Revenue!B9", "[1]Revenue!B9"),
        ("='C:\\[other.xlsx]Revenue'!B9", "'C:\\[other.xlsx]Revenue'!B9"),
        ("=SUM(Position_net)", "Position_net"),
    ],
)
def test_an_amount_in_a_formula_is_found(formula: str, objection: str) -> None:
    assert objection in objections(formula)


# -- one formula to a row -------------------------------------------------------------------


def pattern(at: At, formula: Formula) -> str:
    """A formula with its cells by their distance from it, so that copies of it are the same."""

    def distance(found: re.Match[str]) -> str:
        column = 0
        for letter in found[2]:
            column = column * 26 + ord(letter) - ord("A") + 1
        down = found[4] if found[3] else f"[{int(found[4]) - at.row}]"
        along = str(column) if found[1] else f"[{column - at.column}]"
        return f"R{down}C{along}"

    text = formula.expression.text(at.sheet)
    return re.sub(r"(\$?)\b([A-Z]{1,3})(\$?)([1-9]\d*)\b", distance, text)


def formulas_of(sheet: Sheet, block: SheetBlock, row: int) -> list[tuple[At, Formula]]:
    """A row's formulas, from the left."""
    cells = [(column, sheet.cells.get((row, column))) for column in sorted(block.columns.values())]
    return [
        (At(sheet.name, row, column), cell.content)
        for column, cell in cells
        if cell and isinstance(cell.content, Formula)
    ]


def totals_that_change(book: Book) -> list[str]:
    """Rows of totals in which one column's formula is not the copy of another's."""
    return [
        f"{name}/{row}"
        for name in STATEMENTS
        if name in book.sheets  # a plan without such a table has no such sheet
        for block in book.sheets[name].blocks
        for row, at in block.rows.items()
        if (made := formulas_of(book.sheets[name], block, at))
        and made[0][1].expression != Sum(())  # nothing stands beneath it
        and book.sheets[name].cells[at, made[0][0].column].style.role == "total"
        and len({pattern(*one) for one in made}) > 1
    ]


@quick
@given(printed_plans())
def test_a_total_adds_up_the_same_rows_in_every_column(plan: Printed) -> None:
    assert totals_that_change(book_of(plan.texts)) == []


def test_a_total_of_other_rows_in_one_column_is_found(
    shipped: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert totals_that_change(shipped) == []
    (block,) = shipped.sheets["Revenue"].blocks
    at = (block.rows["total"], column_of(block, "Income 2024-25"))
    cell = shipped.sheets["Revenue"].cells[at]
    assert isinstance(cell.content, Formula)
    wrong_sum = wrong(cell.content.expression)
    assert wrong_sum
    short = cell._replace(content=Formula(wrong_sum, cell.content.result))
    monkeypatch.setitem(shipped.sheets["Revenue"].cells, at, short)
    assert totals_that_change(shipped) == ["Revenue/total"]


def test_a_line_has_its_neighbours_formula_along_its_row_or_down_its_column(shipped: Book) -> None:
    """A line's net is as every line's net; its change of a year as that of every year."""
    tested = 0
    for sheet in (shipped.sheets[name] for name in STATEMENTS if name in shipped.sheets):
        for block in sheet.blocks:
            made = [
                (at, pattern(at, formula))
                for row in block.rows.values()
                for at, formula in formulas_of(sheet, block, row)
                if sheet.cells[at.row, at.column].style.role == "figure"
            ]
            along = {row: set(p) for row, p in grouped(made, "row").items()}
            down = {column: set(p) for column, p in grouped(made, "column").items()}
            for at, _ in made:
                tested += 1
                assert len(along[at.row]) == 1 or len(down[at.column]) == 1, at
    assert tested > 50


def grouped(made: list[tuple[At, str]], by: str) -> dict[int, list[str]]:
    ordered = sorted(made, key=lambda one: int(getattr(one[0], by)))
    groups = groupby(ordered, key=lambda one: int(getattr(one[0], by)))
    return {number: [said for _, said in group] for number, group in groups}
