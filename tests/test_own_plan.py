"""A workbook read as a plan of its own: the same plan, whatever the folder, or refused."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.returned.own_plan import OwnPlan, own_plan
from tests.kit.altered import input_at, row_of
from tests.kit.libreoffice import needs_libreoffice, recalculated
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.returned import (
    ROW,
    Ended,
    book_of,
    came_back,
    cfbudget,
    deleted,
    plan_in,
    stored,
    typed,
    with_cells,
    without_sheet,
)
from tests.kit.returned import recalculated as with_results
from tests.kit.support import OPTIONS, plan_of, small_texts

Texts = Mapping[str, str]


def read_back(texts: Texts, path: Path) -> OwnPlan:
    """The plan that the stored workbook of a plan is."""
    write_workbook(book_of(texts), path)
    return own_of(came_back(path))


def own_of(found: Spreadsheet) -> OwnPlan:
    read = own_plan(found, "a.xlsx", "0.0.0")
    assert isinstance(read, OwnPlan), read
    return read


def same_plan(texts: Texts, read: OwnPlan) -> None:
    """Every table is that of the plan: cells with their places, rows, columns, words."""
    plan = plan_of(dict(texts))
    # What import writes of it: its very files, but for how their lines end.
    assert dict(read.exported.texts) == {
        name: text.replace("\r\n", "\n") for name, text in texts.items()
    }
    assert plan_tables(read.plan) == plan_tables(plan)
    assert (read.notices, dict(read.contained)) == ((), {})
    bridge = bridge_between(plan, read.plan)
    assert isinstance(bridge, Refusal) or (bridge.lines, bridge.capital_differs) == ((), False)


@pytest.mark.parametrize("name", AWKWARD)
def test_the_workbook_of_a_plan_is_that_plan(name: str, tmp_path: Path) -> None:
    same_plan(AWKWARD[name], read_back(AWKWARD[name], tmp_path / "a.xlsx"))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(printed_plans())
def test_the_workbook_of_any_plan_is_that_plan(tmp_path: Path, printed: Printed) -> None:
    same_plan(printed.texts, read_back(printed.texts, tmp_path / "a.xlsx"))


@pytest.mark.parametrize(
    "text",
    [
        OPTIONS.replace("\n", "\r\n"),
        f"{OPTIONS}# {'a very long line ' * 500}\n",
        OPTIONS.rstrip("\n"),
        OPTIONS.replace("name: Fees", 'name: "_x000D_ =1+1 \\t"'),
        OPTIONS.replace("id: fees,", "id: fees,                    "),
    ],
    ids=["line ends of DOS", "a long line", "no last line end", "escapes", "blanks"],
)
def test_however_its_files_are_written(text: str, tmp_path: Path) -> None:
    texts = small_texts(options=text)
    same_plan(texts, read_back(texts, tmp_path / "a.xlsx"))


@needs_libreoffice
def test_saved_by_another_program(tmp_path: Path) -> None:
    texts = AWKWARD["levels in £m"]
    path = tmp_path / "a.xlsx"
    write_workbook(book_of(texts), path)
    again = recalculated([path], tmp_path / "again")[path]
    same_plan(texts, own_of(came_back(again)))


# -- inputs that were typed over ------------------------------------------------------------


class Typed(NamedTuple):
    """An input that is typed over, and the same change in a file of the plan."""

    cell: tuple[str, str, str, str]
    value: Decimal
    was: str
    becomes: str


TYPED = {
    "gross": Typed(
        ("revenue", "schools", "gross", "2024-25"), Decimal("210.5"), "gross: 200", "gross: 210.5"
    ),
    "a later change": Typed(
        ("options", "fees", "change", "2025-26"), Decimal(-7), "2025-26: -5}", "2025-26: -7}"
    ),
    "a change that the budget contains": Typed(
        ("options", "fees", "change", "2024-25"), Decimal(-4), "{2024-25: -10", "{2024-25: -4"
    ),
    "a change where there was none": Typed(
        ("options", "demand", "change", "2024-25"),
        Decimal(3),
        "changes: {2025-26: 30}",
        "changes: {2024-25: 3, 2025-26: 30}",
    ),
}


@pytest.mark.parametrize("name", TYPED)
def test_an_input_typed_over_is_the_same_change_in_a_file(name: str, tmp_path: Path) -> None:
    change = TYPED[name]
    texts = small_texts()
    edited = {file: text.replace(change.was, change.becomes) for file, text in texts.items()}
    assert edited != texts
    read = own_of(with_input(texts, tmp_path / "a.xlsx", change))
    made, wanted = plan_tables(read.plan), plan_tables(plan_of(edited))
    for table, other in zip(made, wanted, strict=True):
        assert {key: cell.pence for key, cell in table.cells.items()} == {
            key: cell.pence for key, cell in other.cells.items()
        }
    assert bool(read.contained) == ("contains" in name or change.cell[1] == "demand")


def with_input(texts: Texts, path: Path, change: Typed) -> Spreadsheet:
    """The workbook of a plan with an input typed over, as a spreadsheet saves it."""
    book = book_of(texts)
    write_workbook(book, path)
    at = input_at(book, *change.cell)
    found = typed(came_back(path), at.sheet, (at.row, at.column), change.value)
    return with_results(book, found, {at: change.value})


# -- refused --------------------------------------------------------------------------------


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small plan in `plan`, and its workbook; no plan in the folder that it is compared in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CFBUDGET_DATA", raising=False)
    plan_in(tmp_path / "plan", small_texts())
    assert cfbudget("export", "sent.xlsx", "--data", "plan").status == 0
    return tmp_path / "sent.xlsx"


def cell_of(sheet: str, row: str, heading: str) -> tuple[int, int]:
    blocks = book_of(small_texts()).sheets[sheet].blocks
    block = next(b for b in blocks if row in b.rows and heading in b.columns)
    return block.rows[row], block.columns[heading]


def overtyped(found: Spreadsheet) -> Spreadsheet:
    at = cell_of("Position", "total", "Net budget\n2025-26")
    return typed(found, "Position", at, Decimal(9999))


def emptied(found: Spreadsheet) -> Spreadsheet:
    return typed(found, "Options", cell_of("Options", "demand", "Change\n2025-26"), None)


def row_deleted(found: Spreadsheet) -> Spreadsheet:
    return deleted(found, "Options", ROW, row_of(book_of(small_texts()), "Options", "fees"))


def row_added(found: Spreadsheet) -> Spreadsheet:
    """A row with an id, in the place of the blank one below the table."""
    row = row_of(book_of(small_texts()), "Options", "total") + 1
    _, ids = cell_of("Options", "fees", "Id")
    cells = {
        (row, 1): SheetCell(None, "More"),
        (row, 2): SheetCell(None, Decimal(5000)),
        (row, ids): SheetCell(None, "more"),
    }
    return with_cells(found, "Options", cells)


def stated_altered(found: Spreadsheet) -> Spreadsheet:
    block = book_of(small_texts()).sheets["Checks"].blocks[1]
    row = next(iter(block.rows.values()))
    return typed(found, "Checks", (row, block.columns["Stated"]), Decimal(81))


def line_altered(found: Spreadsheet) -> Spreadsheet:
    cells = found.sheets["Files"].items()
    at = next(at for at, cell in cells if str(cell.value).startswith("contains_options_of"))
    return typed(found, "Files", at, "contains_options_of: []")


def line_deleted(found: Spreadsheet) -> Spreadsheet:
    cells = found.sheets["Files"].items()
    row = next(row for (row, _), cell in cells if str(cell.value).startswith("contains_options"))
    return deleted(found, "Files", ROW, row)


def as_text(found: Spreadsheet) -> Spreadsheet:
    return typed(found, "Options", cell_of("Options", "demand", "Change\n2025-26"), "thirty")


REFUSED: dict[str, tuple[Callable[[Spreadsheet], Spreadsheet], str]] = {
    "an added row": (row_added, "CF608"),
    "an overtyped net budget": (overtyped, "CF605"),
    "a deleted row": (row_deleted, "CF607"),
    "an emptied input": (emptied, "is empty"),
    "a text for an amount": (as_text, "holds no number"),
    "a stated figure altered": (stated_altered, "CF604"),
    "a line of a file altered": (line_altered, "CF6"),
    "a line of a file deleted": (line_deleted, "CF607"),
    "the sheet of files deleted": (lambda found: without_sheet(found, "Files"), "CF609"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_whole_is_refused(sent: Path, name: str) -> None:
    edit, said = REFUSED[name]
    stored(edit(came_back(sent)), Path("returned.xlsx"))
    for words in (("plan", "returned.xlsx"), ("returned.xlsx", "sent.xlsx")):
        status, stdout, stderr = cfbudget("compare", *words)
        assert (status, stdout) == (2, "")
        assert said in stderr
        assert "returned.xlsx" in stderr
    saving = ("--data", "plan", "--save-scenario", "back.yaml")
    assert cfbudget("verify", "returned.xlsx", *saving).status == 2
    assert not Path("back.yaml").exists()


LESS = "name: Less\nchanges: [{set: fees, to: {2025-26: -7}}]\n"


def test_a_workbook_with_a_scenario_is_refused(sent: Path) -> None:
    Path("less.yaml").write_text(LESS, encoding="utf-8")
    words = ("--scenario", "less.yaml", "--data", "plan")
    assert cfbudget("export", "less.xlsx", *words).status == 0
    status, stdout, stderr = cfbudget("compare", "plan", "less.xlsx")
    assert (status, stdout) == (2, "")
    assert "CF619" in stderr
    assert "name a workbook that was written without a scenario" in stderr


def test_what_is_no_workbook_of_ours_is_refused(sent: Path) -> None:
    stored(Spreadsheet({"Sheet1": {(1, 1): SheetCell(None, "Net")}}, {}, (), ()), Path("no.xlsx"))
    status, stdout, stderr = cfbudget("compare", "sent.xlsx", "no.xlsx")
    assert (status, stdout) == (2, "")
    assert "CF602" in stderr


# -- compared -------------------------------------------------------------------------------


NEXT = {
    name: text.replace("2026-27", "2027-28")
    .replace("2025-26", "2026-27")
    .replace("2024-25", "2025-26")
    .replace("gross: 200", "gross: 207")
    for name, text in small_texts().items()
}
RENAMED = small_texts(options=OPTIONS.replace("id: fees", "id: charges").replace("Fees", "Charges"))


@pytest.mark.parametrize("other", [NEXT, RENAMED, small_texts()], ids=["next", "renamed", "same"])
def test_two_workbooks_give_the_bridge_of_their_folders(sent: Path, other: Texts) -> None:
    plan_in(Path("two"), other)
    assert cfbudget("export", "two.xlsx", "--data", "two").status == 0
    bridges = {
        words: unnamed(cfbudget("compare", *words, "-f", "json"), words)
        for words in (
            ("plan", "two"),
            ("plan", "two.xlsx"),
            ("sent.xlsx", "two"),
            ("sent.xlsx", "two.xlsx"),
            ("sent.xlsx", "two.xlsx", "--data", "nowhere"),
        )
    }
    assert len(set(bridges.values())) == 1
    status, stdout, _ = bridges["plan", "two"]
    assert status == 0
    assert stdout


def unnamed(ended: Ended, words: tuple[str, ...]) -> Ended:
    """The bridge without the names of its two ends."""
    stdout = ended.stdout.replace(words[0], "OLD").replace(words[1], "NEW")
    return Ended(ended.status, stdout, "")


def test_two_honest_workbooks_say_nothing_else(sent: Path) -> None:
    status, stdout, stderr = cfbudget("compare", "sent.xlsx", "sent.xlsx")
    assert (status, stderr) == (0, "")
    assert "Nothing differs" in stdout


def test_a_note_that_says_source_or_text_hides_no_file(sent: Path) -> None:
    notes = {(3, 4): SheetCell(None, "Text"), (4, 4): SheetCell(None, "Source")}
    stored(with_cells(came_back(sent), "Files", notes), Path("returned.xlsx"))
    assert cfbudget("verify", "returned.xlsx", "--data", "plan").status == 0
    assert cfbudget("compare", "sent.xlsx", "returned.xlsx").status == 0


def test_verify_and_compare_say_the_same_of_an_approved_year(sent: Path) -> None:
    change = TYPED["a change that the budget contains"]
    stored(with_input(small_texts(), Path("again.xlsx"), change), Path("returned.xlsx"))
    verified = cfbudget("verify", "returned.xlsx", "--data", "plan")
    meant = "Options of 2024-25 are in the approved budget of 2024-25, which does not move"
    assert "Change 2024-25, in the approved budget of 2024-25;" in verified.stdout
    assert meant in verified.stdout
    assert "No net budget moves" in verified.stdout
    status, stdout, stderr = cfbudget("compare", "plan", "returned.xlsx")
    assert status == 0
    assert meant in stderr
    assert "moves no money, or cancels out" in stdout
    cells = came_back(sent).sheets["Options"].values()
    assert any(meant[:50] in str(cell.value) for cell in cells)
    # As a scenario it is a forecast.
    words = ("--data", "plan", "--save-scenario", "back.yaml")
    assert cfbudget("verify", "returned.xlsx", *words).status == 1
    assert "forecast" in cfbudget("model", "--scenario", "back.yaml", "--data", "plan").stdout


def test_a_formula_that_comes_to_the_same_moves_no_opening(sent: Path) -> None:
    at = input_at(book_of(small_texts()), "options", "fees", "change", "2024-25")
    same = {(at.row, at.column): SheetCell("=-5-5", Decimal(-10))}
    stored(with_cells(came_back(sent), at.sheet, same), Path("returned.xlsx"))
    status, stdout, _ = cfbudget("verify", "returned.xlsx", "--data", "plan")
    assert status == 1
    assert "found =-5-5;" in stdout
    assert "moves the opening" not in stdout
    assert "opening" not in cfbudget("compare", "sent.xlsx", "returned.xlsx").stderr


def test_a_change_that_no_budget_contains_has_no_such_words(sent: Path) -> None:
    change = TYPED["a later change"]
    stored(with_input(small_texts(), Path("again.xlsx"), change), Path("returned.xlsx"))
    assert "approved" not in cfbudget("verify", "returned.xlsx", "--data", "plan").stdout
    assert "approved" not in cfbudget("compare", "plan", "returned.xlsx").stderr


# -- whose workbook it is -------------------------------------------------------------------


def test_last_years_workbook_is_one_problem(sent: Path) -> None:
    plan_in(Path("next"), NEXT)
    words = ("verify", "sent.xlsx", "--data", "next")
    status, stdout, _ = cfbudget(*words)
    assert status == 1
    assert stdout.count(" error ") == stdout.count("CF616") == 1
    assert "found 'Small Council 2024-25 to 2025-26, exported by cfbudget " in stdout
    assert "expected 'Small Council 2025-26 to 2026-27'" in stdout
    status, stdout, stderr = cfbudget(*words, "--save-scenario", "back.yaml")
    assert (status, stdout) == (2, "")
    assert "CF616" in stderr
    assert not Path("back.yaml").exists()


def test_last_years_workbook_without_its_files_is_one_problem(sent: Path) -> None:
    """As a version that wrote none made it: nearly every row is found, and the years are others."""
    plan_in(Path("next"), NEXT)
    stored(without_sheet(came_back(sent), "Files"), Path("returned.xlsx"))
    status, stdout, _ = cfbudget("verify", "returned.xlsx", "--data", "next")
    assert status == 1
    assert stdout.count(" error ") == stdout.count("CF616") == 1
    assert "found 'Small Council 2024-25 to 2025-26'" in stdout
    assert "expected 'Small Council 2025-26 to 2026-27'" in stdout
    # Its own plan's, where the files were changed since: what is missing is said.
    for file in Path("plan").glob("*.yaml"):
        file.write_text(f"# read\n{file.read_text('utf-8')}", encoding="utf-8")
    status, stdout, _ = cfbudget("verify", "returned.xlsx", "--data", "plan")
    assert status == 1
    assert stdout.count(" error ") == stdout.count(" error CF609 ") == 1
    found = without_sheet(came_back(sent), "Files")
    heading = next(at for at, c in found.sheets["Options"].items() if c.value == "Change\n2025-26")
    stored(typed(found, "Options", heading, "Change 2035-36"), Path("returned.xlsx"))
    assert "CF616" not in cfbudget("verify", "returned.xlsx", "--data", "plan").stdout


def test_another_plan_with_a_few_of_the_same_ids_is_one_problem(sent: Path) -> None:
    text = small_texts()["capital_programme.yaml"].replace("Small", "Large")
    services = "".join(f"  - {{id: s{n}, name: S {n}, net: {n}}}\n" for n in range(20))
    revenue = (
        "name: Large Council\nunit: £000\nfinancial_year: 2024-25\ncontains_options_of: []\n"
        f"services:\n  - {{id: care, name: Care, gross: 1, income: 0}}\n{services}"
    )
    plan_in(Path("large"), {"capital_programme.yaml": text, "revenue_2024_25.yaml": revenue})
    assert cfbudget("export", "large.xlsx", "--data", "large").status == 0
    status, stdout, _ = cfbudget("verify", "large.xlsx", "--data", "plan")
    assert status == 1
    assert stdout.count(" error ") == stdout.count("CF616") == 1


def test_an_honest_workbook_with_many_edits_is_this_plans(sent: Path) -> None:
    """Texts and figures altered, rows gone, its files changed since: its differences are told."""
    found = row_deleted(stated_altered(emptied(came_back(sent))))
    stored(found, Path("returned.xlsx"))
    for file in Path("plan").glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("Small", "Smaller"), encoding="utf-8")
    status, stdout, _ = cfbudget("verify", "returned.xlsx", "--data", "plan")
    assert status == 1
    assert "CF616" not in stdout
    assert {"CF604", "CF607"} <= {word for word in stdout.split() if word.startswith("CF6")}
