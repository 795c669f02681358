"""A sheet beside the one that was written holds what was read, and its cells are found again."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import CellAt, SheetCell, read_spreadsheet
from cfbudget.workbook.book.book import Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.returned.located_cells import locate
from cfbudget.workbook.returned.sheet_beside import SheetBeside, cells_beside
from tests.kit.altered import Case, case_of, shipped_texts
from tests.kit.returned import LIMITS, book_of, came_back
from tests.kit.support import small_texts

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module", params=[shipped_texts, small_texts])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(request.param(), tmp_path_factory.mktemp("case"))


def put_beside(sheet: Sheet, cells: dict[CellAt, SheetCell]) -> SheetBeside:
    found = SheetBeside(sheet)
    found.update(cells)
    return found


def is_located_alike(sheet: Sheet, cells: dict[CellAt, SheetCell]) -> bool:
    """Whether every cell is found where it would be among all cells as they were read."""
    found = locate(sheet, put_beside(sheet, cells))
    expected = locate(sheet, cells)
    everywhere = [At(sheet.name, *at) for at in {*sheet.cells, *cells}]
    assert found[1:] == expected[1:]
    assert dict(found.at) == dict(expected.at)
    assert found.at.is_moved == expected.at.is_moved
    return all(found.at.written(at) == expected.at.written(at) for at in everywhere)


@pytest.mark.parametrize("folder", sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir()))
def test_a_workbook_as_it_was_written(folder: str, tmp_path: Path) -> None:
    texts = {p.name: p.read_text("utf-8") for p in (EXAMPLES / folder).glob("*.yaml")}
    book, path = book_of(texts), tmp_path / "plan.xlsx"
    write_workbook(book, path)
    found = read_spreadsheet(path, LIMITS, kept=cells_beside(book))
    assert not isinstance(found, Refusal), found
    for name, cells in came_back(path).sheets.items():
        beside = found.sheets[name]
        assert isinstance(beside, SheetBeside)
        assert beside.is_as_written
        assert list(map(repr, beside.items())) == list(map(repr, cells.items()))
        assert is_located_alike(book.sheets[name], dict(cells))


@settings(max_examples=60)
@given(st.data())
def test_cells_that_differ_are_kept_and_found_again(case: Case, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(case.book.sheets)))
    sheet, cells = case.book.sheets[name], dict(case.found.sheets[name])
    texts = [c.value for c in cells.values() if isinstance(c.value, str)]
    ids = [one for block in sheet.blocks for one in block.rows]
    values = st.one_of(
        st.integers(-99, 99).map(Decimal),
        st.sampled_from([None, "words", True, "#REF!", *texts[:40], *ids[:40]]),
    )
    formulas = st.sampled_from([None, None, "=A1", "=SUM(B2:B9)"])
    altered = st.builds(SheetCell, formulas, values).filter(lambda cell: cell != (None, None))
    figures = [at for at, cell in cells.items() if not isinstance(cell.value, str) or cell.formula]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.sampled_from(figures or sorted(cells)))
        match data.draw(
            st.sampled_from(["result", "result", "typed over", "text", "gone", "more"])
        ):
            case "result" if at in cells and cells[at].formula:
                cells[at] = cells[at]._replace(value=data.draw(values))
            case "text":
                cells[data.draw(st.sampled_from(sorted(cells)))] = data.draw(altered)
            case "gone":
                del cells[data.draw(st.sampled_from(sorted(cells)))]
            case "more":
                cells[at[0] + data.draw(st.integers(0, 2)), at[1] + 1] = data.draw(altered)
            case _:
                cells[at] = data.draw(altered)
    assert dict(put_beside(sheet, cells)) == cells
    assert len(put_beside(sheet, cells)) == len(cells)
    assert is_located_alike(sheet, cells)
