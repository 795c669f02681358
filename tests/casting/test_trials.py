"""What trials on tables of councils' kinds found: each was once cast wrongly."""

import csv

from cfbudget.casting.casting import cast

BANDS = """Band,Essex,Police,Fire,Town,Total
A,"1,014.84",164.34,53.52,139.92,"1,372.62"
B,"1,183.98",191.73,62.44,163.24,"1,601.39"
C,"1,353.12",219.12,71.36,186.56,"1,830.16"
D,"1,522.26",246.51,80.28,209.88,"2,058.93"
E,"1,860.54",301.29,98.12,256.52,"2,516.47"
F,"2,198.82",356.07,115.96,303.16,"2,974.01"
"""


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def test_bands_in_proportion_are_cross_cast_and_not_added_to_each_other() -> None:
    found = cast(rows(BANDS))
    assert {one.total for one in found.relations} == {f"F{row}" for row in range(2, 8)}
    wrong = cast(rows(BANDS.replace("2,516.47", "2,156.47")))
    assert [one.cell for one in wrong.suspects] == ["F6"]


def test_a_figure_that_cannot_be_read_beside_its_percentage() -> None:
    text = """Service,Budget,Forecast,Change %
Care,"41,207","43,118",4.6%
Schools,"9,364","8,9511",-4.4%
Parks,"2,718","2,846",4.7%
Roads,"12,001","12,601",5.0%
Total,"65,290","67,516",3.4%
"""
    found = cast(rows(text))
    assert "C3" in [one.cell for one in found.suspects]


def test_rows_that_grow_by_the_same_each_year_make_no_sums_of_years() -> None:
    years = ["2024-25", "2025-26", "2026-27", "2027-28"]
    lines = [["Beds", *(str(-8800 * at) for at in range(1, 5))]]
    lines += [["Family help", *(str(4300 + 1700 * at) for at in range(1, 5))]]
    lines += [["Rent", "2500", "2500", "2500", "2500"]]
    assert [one for one in cast([["Option", *years], *lines]).relations if one.kind == "sum"] == []


def test_an_error_of_a_spreadsheet_is_no_figure_and_not_passed_over() -> None:
    text = "Service,Net\nCare,1234\nRoads,#REF!\nParks,871\nWaste,4403\nTotal,9120\n"
    assert [one.cell for one in cast(rows(text)).suspects] == ["B3"]
