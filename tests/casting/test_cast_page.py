"""What casting found as pages: the table marked in place, no figure cut, what was not tested."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from cfbudget.casting.read.printed_table import PrintedTable, TextRow
from cfbudget.casting.report.cast_table import CastTable, all_well, cast_tables
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.report.coverage import column_names
from cfbudget.casting.report.formula_words import cells_formula
from cfbudget.casting.report.marked_table import DIFFERS, MOST_ROWS, WRONG, shown_table
from cfbudget.casting.report.page import cast_page
from cfbudget.casting.report.words import NOTHING_TESTED, closing, verdict
from cfbudget.casting.results import Casting, Relation, RelationKind, Suspect
from cfbudget.render.page_markdown import page_markdown
from tests.casting.kit.small_tables import rows_of
from tests.kit.pages import text_of

GOOD = (
    ("Budget 2024-25",),
    ("Service", "Gross", "Income", "Net"),
    ("", "£000", "£000", "£000"),
    ("Care", "1,204.5", "(200.5)", "1,004.0"),
    ("Schools", "12,318.2", "(11,117.0)", "1,201.2"),
    ("Others",),
    ("Parks", "871.9", "(64.0)", "807.9"),
    ("Total", "14,394.6", "(11,381.5)", "3,013.1"),
)
WRONG_ONE = (*GOOD[:-1], ("Total", "14,394.6", "(11,381.5)", "3,031.1"))


def table_of(rows: Sequence[TextRow], notes: tuple[str, ...] = ()) -> CastTable:
    (found,) = cast_tables([PrintedTable("", tuple(rows), notes)])
    return found


def printed(
    *tables: CastTable, width: int | None = None, every: bool = False, uncovered: bool = False
) -> str:
    return text_of(cast_page("table.csv", tables, (every, uncovered)), width)


def relation(total: str, *terms: str, kind: RelationKind = "sum") -> Relation:
    found = table_of(GOOD).casting.relations[0]
    return found._replace(total=total, terms=terms, kind=kind)


@pytest.mark.parametrize(
    ("found", "formula"),
    [
        (relation("D4", "+B4", "+C4"), "D4 = B4 + C4"),
        (relation("D4", "-B4", "+C4"), "D4 = −B4 + C4"),
        (relation("D4", "+B4", "-C4"), "D4 = B4 − C4"),
        (relation("B9", *(f"+B{row}" for row in range(2, 9))), "B9 = SUM(B2:B8)"),
        (relation("H2", *(f"+{c}2" for c in "BCDEFG")), "H2 = SUM(B2:G2)"),
        (
            relation("B12", "+B2", "+B4", "+B5", "+B6", "-B8", "-B9"),
            "B12 = B2 + SUM(B4:B6) − B8 − B9",
        ),
        (relation("C3", "+B3", "+B9", kind="percentage"), "C3 = 100 × B3 / B9"),
        (relation("D3", "+C3", "+B3", kind="percentage change"), "D3 = 100 × (C3 − B3) / B3"),
    ],
)
def test_a_relation_as_a_formula(found: Relation, formula: str) -> None:
    assert cells_formula(found) == formula


@pytest.mark.parametrize(("cell", "place"), [("A1", (0, 0)), ("Z10", (9, 25)), ("AB2", (1, 27))])
def test_a_cell_by_its_name(cell: str, place: tuple[int, int]) -> None:
    assert place_of(cell) == place


def test_the_table_stands_as_printed_with_what_is_wrong_marked() -> None:
    page = printed(table_of(WRONG_ONE))
    assert "Budget 2024-25\n" in page
    assert f"8 Total        14,394.6  (11,381.5)  3,031.1 {WRONG}\n" in page
    assert "4 Care          1,204.5     (200.5)  1,004.0\n" in page
    assert "6 Others\n" in page
    assert "D8 3,031.1 is most likely wrong: would cast if 3,013.1." in page


@pytest.mark.parametrize("width", [24, 30, 40, 60, 80, 200, None])
def test_no_figure_is_cut_at_any_width(width: int | None) -> None:
    page = printed(table_of(WRONG_ONE), width=width, every=True)
    for row in WRONG_ONE[3:]:
        for text in row[1:]:
            assert text in page
    if width is not None:
        assert max(map(len, page.splitlines())) <= width


def test_a_table_that_casts_has_no_mark() -> None:
    page = printed(table_of(GOOD))
    assert WRONG not in page
    assert DIFFERS not in page
    assert "7 relations found: 7 agree." in page
    assert "Every figure is in a relation." in page


def test_a_statement_whose_end_is_not_tested_does_not_sound_as_if_it_were() -> None:
    statement = [
        ("Line", "2023", "2024", "Band D"),
        ("Staff", "12,345", "13,456", "1,204"),
        ("Premises", "3,311", "3,402", "977"),
        ("Total spending", "15,656", "16,858", ""),
        ("Grants", "9,001", "9,112", "411"),
        ("What is left to be paid", "1,655", "746", "555"),
    ]
    page = printed(table_of(statement))
    assert "2 relations found: 2 agree, but not all of the table was tested." in page
    assert "Tested: 2 totals down the page, none across." in page
    assert "covers rows 5 to 6 (the last is What is left to be paid)." in page
    assert "No sum down the page is in column D." in page


def test_rows_that_are_not_added_across_are_said() -> None:
    rows = [
        ("Service", "Gross", "Income", "Net"),
        ("Adults", "41,233", "(1,204)", "40,029"),
        ("Place", "7,512", "(3,377)", "4,135"),
        ("Waste", "9,981", "(411)", "9,570"),
        ("Posts", "411", "12", "97"),
    ]
    assert "No sum across covers row 5 (the last is Posts)." in printed(table_of(rows))


def test_of_many_columns_without_a_sum_some_are_named() -> None:
    assert column_names(range(1, 7)) == "columns B, C, D, E, F and G"
    assert column_names(range(1, 10)) == "columns B, C, D, E, F, G and 3 more"


def test_every_relation_is_listed_when_that_is_asked_for() -> None:
    table = table_of(GOOD)
    assert "All relations" not in printed(table)
    page = printed(table, every=True)
    assert all(cells_formula(found) in page for found in table.casting.relations)


def test_what_no_relation_covers_is_counted_and_listed() -> None:
    table = table_of(GOOD)
    table = table._replace(casting=table.casting._replace(uncovered=("B7",)))
    said = "1 of 12 figures is in no relation and was not tested"
    assert f"{said} (--uncovered lists them)." in printed(table)
    page = printed(table, uncovered=True)
    assert f"{said} (listed above)." in page
    assert "B7 Parks, Gross £000       871.9\n" in page


def test_a_figure_that_cannot_be_read() -> None:
    table = table_of((*GOOD[:3], ("Care", "1,2.04.5", "(200.5)", "1,004.0"), *GOOD[4:]))
    page = printed(table)
    assert f"1,2.04.5 {WRONG}" in page
    assert "B4 1,2.04.5 cannot be read as a figure: " in page
    assert "cannot be checked" in page
    assert not table.is_well


def test_a_relation_that_differs_without_a_suspect_is_marked() -> None:
    table = table_of(WRONG_ONE)
    unexplained = [r._replace(follows_from=None) for r in table.casting.relations]
    casting = table.casting._replace(suspects=(), relations=tuple(unexplained))
    page = printed(table._replace(casting=casting))
    assert f"3,031.1 {DIFFERS}" in page
    assert "D8 = B8 + C8: " in page


def test_of_a_large_table_only_what_is_marked_is_shown() -> None:
    rows = [("Name", "One", "Two", "Both")]
    rows += [
        (f"Line {at}", f"{at * 3}", f"{at * 7}", f"{at * 10}") for at in range(1, MOST_ROWS + 5)
    ]
    table = table_of(rows)
    shown = shown_table(table)
    assert shown.grid.rows == []
    assert "nothing in it is marked" in shown.notes[0]
    suspect = Suspect("D9", rows[8][3], Decimal(1), "it is")
    marked = table._replace(casting=table.casting._replace(suspects=(suspect,)))
    (row,) = shown_table(marked).grid.rows
    assert row.label.strip() == "9 Line 8"
    assert "only the rows with something wrong" in shown_table(marked).notes[0]


def test_of_a_wide_table_only_columns_with_something_wrong_are_shown() -> None:
    rows: list[TextRow] = [("Name", *(f"c{at}" for at in range(30)))]
    rows += [(f"Line {row}", *(f"{row * 1000 + at}" for at in range(30))) for row in (3, 5)]
    table = table_of(rows)
    suspect = Suspect("E2", "x", None, "it is")
    casting = Casting((), (suspect,), (), exact=True, bounds=())
    shown = shown_table(table._replace(casting=casting))
    assert shown.grid.headings[1:] == ("E c3",)
    assert "rows and columns with something wrong" in shown.notes[0]


def test_what_is_to_be_known_besides() -> None:
    table = table_of(GOOD, notes=("the sheet is hidden",))
    bounded = table._replace(casting=table.casting._replace(bounds=("only 9 were tried",)))
    said = verdict(bounded, listed=False)
    assert "The search is bounded: only 9 were tried." in said
    assert "Note: the sheet is hidden." in said


def test_rounding_is_said_as_it_was_told() -> None:
    table = table_of(GOOD)
    for exact, told, words in (
        (True, True, "No rounding was allowed (--exact)."),
        (True, False, "as the figures look exact (--no-exact allows it)"),
        (False, True, "Rounding was allowed (--no-exact)"),
        (False, False, "(--exact allows none)"),
    ):
        casting = table.casting._replace(exact=exact)
        said = verdict(table._replace(casting=casting, told=told), listed=False)
        assert any(words in sentence for sentence in said)


def test_nothing_tested_is_never_all_well() -> None:
    pair = table_of((("One", "17"), ("Two", "230")))
    words = table_of((("Service", "Who"), ("Care", "Ann")))
    good = table_of(GOOD)
    assert NOTHING_TESTED in printed(pair)
    assert "No figure was found in it: nothing was tested." in printed(words)
    assert [all_well(found) for found in ([good], [good, words], [good, pair], [words], [])] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert closing([good, words, pair]) == ["3 tables: 1 without figures, 1 well, 1 not."]
    assert closing([words, words]) == ["2 tables: 2 without figures, nothing was tested."]


def test_markdown_holds_the_same_and_escapes_names() -> None:
    rows = [tuple(cell.replace("Care", "Care *and* |bars|") for cell in row) for row in WRONG_ONE]
    text = page_markdown(cast_page("table.csv", [table_of(rows)], (True, True)))
    assert r"| 4 Care \*and\* \|bars\| | 1,204.5 | (200.5) | 1,004.0 |" in text
    assert f"3,031.1 {WRONG} |" in text
    assert "### D8 3,031.1 is most likely wrong: would cast if 3,013.1." in text


def test_where_nobody_is_named_the_page_says_what_may_be_wrong() -> None:
    text = """
        Band         | Dwellings | Band D
        A            |    45,335 | 30,224
        B            |    15,425 | 11,997
        C            |    11,711 | 10,410
        D            |     4,947 |  4,947
        E            |     2,503 |  3,059
        All          |    79,921 | 60,366
        Less: losses |           |  1,266
        Base         |           | 59,100
        """
    said = printed(table_of([tuple(row) for row in rows_of(text)]))
    assert "C7 is borne out by C9: one of C2:C6 is wrong, or a line of (271) is missing." in said
