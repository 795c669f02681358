"""What XlsxWriter alone takes to write as many cells of each kind as a workbook holds.

    python benchmarks/xlsxwriter_alone.py --count WORKBOOK      prints TEXTS NUMBERS FORMULAS
    python benchmarks/xlsxwriter_alone.py TEXTS NUMBERS FORMULAS TARGET

The cells are mixed evenly over rows of twelve, with formats; formulas are stored with results.
"""

import sys
from itertools import cycle

import xlsxwriter

COLUMNS = 12
MIX = 40
"""The kinds alternate over so many cells."""


def count(path: str) -> tuple[int, int, int]:
    """Texts, numbers and formulas of a workbook."""
    import openpyxl

    found = {"f": 0, "n": 0, "s": 0}
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    found[cell.data_type if cell.data_type in found else "s"] += 1
    return found["s"], found["n"], found["f"]


def write(texts: int, numbers: int, formulas: int, target: str) -> None:
    """As many cells of each kind, mixed evenly."""
    book = xlsxwriter.Workbook(target)
    money = '#,##0_);(#,##0);"-"_)'
    text = book.add_format({"text_wrap": True, "valign": "top"})
    figure = book.add_format({"num_format": money, "bg_color": "#FFF8DC"})
    total = book.add_format({"num_format": money, "bold": True})
    sheet = book.add_worksheet()
    left = [texts, numbers, formulas]
    shares = [max(one * MIX // sum(left), 1) for one in left]
    kinds = cycle([kind for kind, share in enumerate(shares) for _ in range(share)])
    for at in range(sum(left)):
        row, column = divmod(at, COLUMNS)
        kind = next(kind for kind in kinds if left[kind])
        left[kind] -= 1
        if kind == 0:
            sheet.write_string(row, column, f"a-text-of-the-usual-length-{row % 30_000}", text)
        elif kind == 1:
            sheet.write_number(row, column, -row * 10, figure)
        else:
            sheet.write_formula(row, column, f"=SUM(B{row + 1}:E{row + 1})", total, row)
    book.close()


if __name__ == "__main__":
    if sys.argv[1] == "--count":
        print(*count(sys.argv[2]))
    else:
        texts, numbers, formulas = map(int, sys.argv[1:4])
        write(texts, numbers, formulas, sys.argv[4])
