"""CSV and its kin as rows: delimiters, quotation marks and encodings of every kind."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casting.kit.files import only, pasted, refused, saved

FIGURES = st.sampled_from(["1,234", "(1,234)", "-3380", "£1.2m", "12.5%", "-", "", "n/a", "0"])
LABELS = st.sampled_from(["Care", 'the "old" home', "Parks, and roads", "Two\nlines", "Café – £"])
TABLES = st.tuples(
    st.lists(st.tuples(LABELS, FIGURES, FIGURES, FIGURES), min_size=2, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
HEAD = ("Service", "Gross", "Income", "Net")


def ended(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row as it is kept: in one line each, without empty cells at its end."""
    cells = [" ".join(cell.split()) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_rows_written_in_any_dialect_and_encoding_come_back(
    case: tuple[list[tuple[str, ...]], str, str, str, bool],
) -> None:
    rows, encoding, delimiter, ending, quoted = case
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=ending,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerow(HEAD)
    writer.writerows(rows)
    found = only(out.getvalue().encode(encoding))
    assert found == (HEAD, *map(ended, rows))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('Care,"(1,234)"\nParks,(310)\n', (("Care", "(1,234)"), ("Parks", "(310)"))),
        ("sep=;\nCare;1,234\n", (("Care", "1,234"),)),
        ("A;1,234;2,345\nB;3,456;4,567", (("A", "1,234", "2,345"), ("B", "3,456", "4,567"))),
        ("A\t1,234\nB\t3,456\n", (("A", "1,234"), ("B", "3,456"))),
        ("A,100,200\nB,300,400\n", (("A", "100", "200"), ("B", "300", "400"))),
        ("A,1\n\n,,\nB,2\n\n\n", (("A", "1"), (), (), ("B", "2"))),
        ("A,1\nB,2,3,4\nC\n", (("A", "1"), ("B", "2", "3", "4"), ("C",))),
        ("'-nil,-5\n'=A,'24\n", (("-nil", "-5"), ("=A", "'24"))),
        ('"Other" costs,1,2\n6" pipes,3,4\n', (("Other costs", "1", "2"), ('6" pipes', "3", "4"))),
        ("A,1\rB,2\r", (("A", "1"), ("B", "2"))),
        ("A,1\u200b,2\xa0345\n", (("A", "1", "2 345"),)),
    ],
)
def test_styles_of_csv(tmp_path: Path, text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    (table,) = saved(tmp_path / "table.csv", text)
    assert table.rows == rows
    assert not table.notes


def test_a_tsv_is_divided_at_tabs_alone(tmp_path: Path) -> None:
    (table,) = saved(tmp_path / "table.tsv", "A, B, C\t1\nD, E, F\t2\n")
    assert table.rows == (("A, B, C", "1"), ("D, E, F", "2"))


def test_a_quotation_mark_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    lines = [f"Line {n},{n}" for n in range(1, 8)]
    lines[4] = '"Line 5,5'
    found = refused(tmp_path / "a.csv", "\n".join(lines))
    assert found.reason == "a quotation mark on line 5 is never closed"
    long = [*lines, *(f"Line {n},{n}" for n in range(8, 100))]
    found = refused(tmp_path / "a.csv", "\n".join(long))
    assert found.reason == "a quotation mark on line 5 is not closed within 20 lines"


def test_a_quotation_mark_closed_late_is_noted(tmp_path: Path) -> None:
    (table,) = saved(tmp_path / "a.csv", 'A,1,2\n"B,1,2\nC,3,"4"\nD,5,6\n')
    assert len(table.rows) == 3
    assert table.notes == ("lines 2 to 3 are one row, as a quotation mark is closed only then",)


def test_one_line(tmp_path: Path) -> None:
    (table,) = saved(tmp_path / "a.csv", "Care,1,2")
    assert table.rows == (("Care", "1", "2"),)
    assert pasted("5\n")[0].rows == (("5",),)
