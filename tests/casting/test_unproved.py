"""Claimed totals: none is passed over, and none is claimed where a table is right."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.book.cast_book import build_cast
from cfbudget.casting.casting import cast
from cfbudget.casting.read.printed_table import PrintedTable, row_of
from cfbudget.casting.report.cast_table import cast_tables
from cfbudget.casting.report.page import cast_page
from cfbudget.casting.report.records import cast_records
from cfbudget.casting.report.words import verdict
from cfbudget.casting.results import Casting
from cfbudget.workbook.book.book import Formula
from tests.casting.kit.error_trial import ErrorTrial
from tests.casting.kit.scores import TABLES, KnownTable, read_tables
from tests.casting.kit.tables import printed_table
from tests.kit.pages import text_of

ALL = list(read_tables(TABLES))


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def real(name: str) -> list[list[str]]:
    (found,) = [table for table in ALL if table.name == name]
    return [list(row) for row in found.rows]


def without(name: str, line: int) -> list[list[str]]:
    found = real(name)
    return found[: line - 1] + found[line:]


def twice(name: str, line: int) -> list[list[str]]:
    found = real(name)
    return found[:line] + found[line - 1 :]


def differences(found: Casting) -> dict[str, Decimal]:
    return {one.total: one.difference for one in found.unproved}


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_no_total_of_a_real_table_is_listed_that_adds_up(table: KnownTable) -> None:
    assert cast(table.rows).unproved == ()


def test_few_drawn_tables_have_a_total_that_is_listed() -> None:
    listed = 0
    for seed in range(60):
        table = printed_table(Random(f"unproved {seed}"), lines=16)
        listed += bool(cast([list(row) for row in table.cells]).unproved)
    assert listed <= 1


def test_planted_errors_are_flagged() -> None:
    trial = ErrorTrial("1", cells=1, lines=3)
    for table in ALL:
        trial.run(table)
    planted = trial.planted.total()
    assert planted > 120
    assert trial.flagged.total() * 100 >= 93 * planted
    assert trial.no_totals == 0


# -- a line is missing, or printed twice -----------------------------------------------------


def test_a_missing_line_is_what_its_total_is_out_by_in_every_column() -> None:
    found = cast(without("stockport-services-2024", 4))
    assert differences(found) == {
        "B8": Decimal("-19.404"),
        "C8": Decimal("-2.370"),
        "D8": Decimal("-17.034"),
        "E8": Decimal("-20.781"),
        "F8": Decimal("-2.598"),
        "G8": Decimal("-18.183"),
    }
    assert found.unproved[0].nearest == ("+B2", "+B3", "+B4", "+B5", "+B6", "+B7")
    assert [one.outcome for one in found.relations] == ["agrees"] * len(found.relations)


def test_a_line_printed_twice_is_not_left_out_of_its_total() -> None:
    found = cast(twice("dover-street-2018", 9))
    assert differences(found) == {"B14": 674481, "C14": 631644, "D14": 42837}
    assert found.unproved[0].nearest == ("+B9", "+B10", "+B11", "+B12", "+B13")


def test_one_column_from_gross_to_net_to_requirement() -> None:
    found = cast(without("eden-fire-2023", 4))
    assert differences(found) == {"B10": Decimal("-0.707")}
    found = cast(without("eden-fire-2023", 13))
    assert differences(found) == {"B13": Decimal("4.903")}
    assert found.unproved[0].nearest == ("+B11", "+B12")


def test_levels_in_columns() -> None:
    found = cast(without("oldham-movement-2024", 10))
    assert differences(found) == {"C24": -8993}
    assert found.unproved[0].nearest[0] == "+B10"


def test_the_sign_of_a_lone_total() -> None:
    table = real("eden-fire-2023")
    table[13][1] = "(25.443)"
    found = cast(table)
    assert [one.cell for one in found.suspects] == ["B14"]
    assert differences(found) == {"B18": Decimal("-31.878")}


# -- totals that only a label or a place tells of --------------------------------------------


def test_a_bridge_from_one_year_to_the_next_is_a_relation() -> None:
    found = cast(real("ashfield-band-d-2024"))
    made = {one.total: one for one in found.relations}
    assert made["B13"].terms == tuple(f"+B{row}" for row in range(2, 13) if row != 12)
    assert (made["B13"].outcome, made["C13"].outcome) == ("agrees", "rounding")


def test_a_residual_is_found_as_its_total_less_the_others() -> None:
    found = cast(real("dover-street-2018"))
    made = {one.total: one.terms for one in found.relations if one.total[0] in "BC"}
    assert made["B14"] == ("+B7", "-B13")


LESS = """Item,£000
Care,1204
Schools,3318
Less: fees,417
Net cost,4105
"""


def test_what_is_labelled_less_is_taken_off() -> None:
    assert cast(rows(LESS)).unproved == ()
    found = cast(rows(LESS.replace("4105", "4932")))
    assert differences(found) == {"B5": -827}
    assert found.unproved[0].nearest == ("+B2", "+B3", "-B4")
    (one,) = cast(rows(LESS.replace("4105", "4905"))).relations  # one slip away: it is meant
    assert (one.total, one.terms, one.outcome) == ("B5", ("+B2", "+B3", "-B4"), "differs")


NO_TOTALS = """Statement,2023,2024
Total population,91204,92118
Total fixed assets,3817,3902
Staff in post,412,398
Total vehicles,61,58
"""


def test_totals_of_what_is_not_printed_are_not_listed() -> None:
    assert cast(rows(NO_TOTALS)).unproved == ()


SHARES = """Area,2023,2024
North,1204,1318
South,917,1011
East,418,433
West,77,81
Households as a share of total households (per cent),79.1,77.0
"""


def test_a_share_of_a_total_is_none() -> None:
    assert cast(rows(SHARES)).unproved == ()


# -- formulas in labels ----------------------------------------------------------------------

MARKED = """Box,2023,2024
1. Balances brought forward,2999,2719
2. (+) Precept,2525,3408
3. (+) Other receipts,27,528
4. (-) Staff costs,1328,2348
5. (-) All other payments,1504,1030
6. (=) Balances carried forward,2719,3277
"""
NUMBERED = """Box,2023,2024
1 Balances brought forward,2999,2719
2 Precept,2525,3408
3 Other receipts,27,528
4 Staff costs,1328,2348
5 All other payments,1504,1030
6 Balances carried forward (1+2+3-(4+5)),2719,3277
"""


@pytest.mark.parametrize("text", [MARKED, NUMBERED, NUMBERED.replace("(1", "must equal (1")])
def test_a_formula_in_a_label_is_the_formula(text: str) -> None:
    made = {one.total: one for one in cast(rows(text)).relations if one.total in ("B7", "C7")}
    assert made["C7"].terms == ("+C2", "+C3", "+C4", "-C5", "-C6")
    assert {one.outcome for one in made.values()} == {"agrees"}
    wrong = cast(rows(text.replace("2525", "2575").replace("3408", "3418")))
    assert [one.total for one in wrong.relations if one.outcome == "differs"] == ["B7", "C7"]


def test_figures_that_bear_their_minus_are_added() -> None:
    text = MARKED.replace(",1328,2348", ",(1328),(2348)").replace(",1504,1030", ",-1504,-1030")
    made = {one.total: one for one in cast(rows(text)).relations}
    assert made["B7"].outcome == "agrees"


def test_a_balance_brought_forward_is_that_of_the_year_before() -> None:
    made = {one.total: one for one in cast(rows(MARKED)).relations if one.kind == "running"}
    assert made["C2"].terms == ("+B7",)
    other = cast(rows(MARKED.replace("2525,3408", "2525,3508").replace(",2719\n2", ",2819\n2")))
    assert [one for one in other.relations if one.kind == "running"] == []


# -- what is said ------------------------------------------------------------------------------


def page_of(table: Sequence[Sequence[str]], width: int | None = None) -> str:
    (found,) = cast_tables([PrintedTable("", tuple(row_of(row) for row in table))])
    assert not found.is_well
    return text_of(cast_page("table.csv", (found,), (False, False)), width)


def test_the_page_says_which_line_and_what_a_missing_one_would_be() -> None:
    page = page_of(without("stockport-services-2024", 4))
    assert "729.923 ?" in page
    assert "? a figure that claims to be a total, and is not shown to add up" in page
    assert (
        "Row 8 Cost of Services claims to be a total (a sum adds it, and none has the lines before"
        " it) and is not shown to add up: rows 2 to 7, the nearest to it, come to something else."
        " Most likely a line is missing: it would be 19.404 in B, 2.370 in C, 17.034 in D"
    ) in page
    assert "B8 = SUM(B2:B7)     729.923   710.519    (19.404)" in page
    assert "1 line that claims to be a total is not shown to add up." in page
    assert "Tested: 4 totals down the page, 16 across." in page
    assert "No sum down the page covers rows 2 to 7." in page
    assert "Every figure" not in page


def test_the_page_says_which_line_is_printed_twice() -> None:
    page = page_of(twice("dover-street-2018", 9))
    assert "Without row 10, which is as the row before it, it would add up." in page


def test_the_page_says_that_a_sign_is_the_other() -> None:
    table = real("eden-fire-2023")
    table[13][1] = "(25.443)"
    assert "With the other sign it would add up." in page_of(table)


def test_no_figure_is_cut_where_the_page_is_narrow() -> None:
    page = page_of(without("stockport-services-2024", 4), 40)
    assert all(figure in page for figure in ("729.923 ?", "710.519", "(19.404)"))


def test_the_data_have_each_figure() -> None:
    (found,) = cast_tables([PrintedTable("", tuple(map(row_of, without("eden-fire-2023", 4))))])
    records = cast_records([found])
    assert records.whole is not None
    assert records.whole["unproved"] == [
        {
            "total": "B10",
            "nearest": [f"+B{row}" for row in range(2, 10)],
            "stated": "30.515",
            "computed": "29.808",
            "difference": "-0.707",
            "claim": "its label says that it is a result",
        }
    ]
    (record,) = [one for one in records.rows if one["outcome"] == "not shown to add up"]
    assert (record["total"], record["difference"]) == ("B10", "-0.707")


def test_the_workbook_has_them_live() -> None:
    (found,) = cast_tables([PrintedTable("", tuple(map(row_of, without("eden-fire-2023", 4))))])
    book = build_cast([found], "table.csv", "1")
    contents = [cell.content for cell in book.sheets["About"].cells.values()]
    assert "Not shown to add up" in contents
    formulas = [content for content in contents if isinstance(content, Formula)]
    assert [one.result for one in formulas].count(Decimal("29.808")) == 1
    assert book.sheets["Table"].notes[10, 2].startswith("Not shown to add up.")


def test_every_figure_is_in_a_relation_is_said_only_where_each_way_is_whole() -> None:
    text = "Item,Gross,Income,Net\nCare,1204,-204,1000\nParks,871,-64,807\nTotal,2075,-268,1807\n"
    (found,) = cast_tables([PrintedTable("", tuple(map(row_of, rows(text))))])
    assert "Every figure is in a relation." in verdict(found, listed=False)
    (found,) = cast_tables([PrintedTable("", tuple(map(row_of, rows(text)[:3])))])
    said = verdict(found, listed=False)
    assert "Every figure is in a relation." not in said
    assert "No sum down the page was found: no column was added up." in said


# -- totals beside their lines ---------------------------------------------------------------


def without_column(name: str, column: int) -> list[list[str]]:
    return [row[:column] + row[column + 1 :] for row in real(name)]


def test_a_missing_column_is_what_the_total_beside_is_out_by() -> None:
    found = cast(without_column("east-sussex-capital-2023", 2))
    listed = {one.total: one for one in found.unproved}
    assert listed["F2"].nearest == ("+B2", "+C2", "+D2", "+E2")
    assert listed["F2"].difference == Decimal("-96.744")
    assert "F6" not in listed  # the column was nil there
    page = page_of(without_column("east-sussex-capital-2023", 2))
    assert "Column F Total claims to be a total (its heading says so)" in page
    assert "Most likely a column is missing." in page
    assert "Every figure" not in page


BESIDE = """Area,Staff,Vehicles,Total spend
North,12,4,"1,204"
South,9,3,917
East,4,1,418
"""


def test_a_total_column_of_what_is_not_printed_is_not_listed() -> None:
    assert cast(rows(BESIDE)).unproved == ()


def test_a_result_that_other_lines_bear_out_is_held_to_those_before_it_too() -> None:
    table = real("stockport-services-2024")
    table[9][6] = "27.103"
    assert differences(cast(table)) == {"G11": 1}


# -- a net in a column of favourable variances ------------------------------------------------


@pytest.mark.parametrize(("row", "figure"), [(10, "40,979"), (12, "(8,012)"), (16, "115,321")])
def test_an_error_in_a_column_of_variances_accuses_no_right_total(row: int, figure: str) -> None:
    table = real("dover-street-2018")
    table[row - 1][3] = figure
    found = cast(table)
    differing = [one for one in found.relations if one.outcome == "differs"]
    assert any(f"D{row}" in {one.total, *(term[1:] for term in one.terms)} for one in differing)
    totals = {one.total for one in differing} | set(differences(found))
    assert "D7" not in totals | {one.cell for one in found.suspects}


def test_the_excess_of_a_total_over_another_is_a_result_to_go_on_from() -> None:
    found = cast(without("dover-street-2018", 15))
    assert differences(found) == {"C15": -23850, "D15": -23850}


def test_two_totals_that_one_figure_would_make_add_up_say_so() -> None:
    printed = rows(
        "£000,2026/27\n"
        'Gross expenditure,"412,380"\nLess: Income,"186,214"\nNet expenditure,"235,166"\n'
        'Less: Use of reserves,"3,450"\nBudget requirement,"222,716"\n'
        'Less: Grants,"81,371"\nCouncil tax requirement,"141,345"\n'
    )
    tables = cast_tables([PrintedTable("", tuple(map(row_of, printed)))])
    page = " ".join(text_of(cast_page("table.csv", tables, (False, False)), 200).split())
    assert "Were it 226,166, B6 would add up too: it is most likely wrong." in page
    assert "Were B4 226,166, it would add up." in page
    printed[4][1] = "3,540"
    tables = cast_tables([PrintedTable("", tuple(map(row_of, printed)))])
    assert "would add up too" not in text_of(cast_page("table.csv", tables, (False, False)), 200)
