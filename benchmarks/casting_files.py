"""How much of what is known to add up casting finds in tables that were printed to PDF.

Usage: python benchmarks/casting_files.py [--plumber PYTHON]

The tables of tests/tables, as Chromium and LibreOffice print them (tests/tables/pdf): read from the
PDF, and from what `pdftotext -layout` makes of it; beside them what is found in the CSV. With
--plumber, from the text that pdfplumber makes with its layout, by a Python that has it. A relation
is known by its figures, as rows and columns may have other names. Exit status 1 where the PDF
gives less than the CSV or the text.
"""

import argparse
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cfbudget.casting.read.printed_table import PrintedTable

PRINTS = ("chromium-loose", "chromium-tight", "libreoffice-loose", "libreoffice-tight")
PLUMBER = (
    "import pdfplumber, sys; "
    "print(pdfplumber.open(sys.argv[1]).pages[int(sys.argv[2]) - 1].extract_text(layout=True))"
)

Rows = Sequence[Sequence[str]]
Known = tuple[object, ...]


def equation(rows: Rows, total: str, terms: Iterable[tuple[int, str]], kind: str) -> Known:
    """An equation by its figures, without the nil ones, whichever of them is called the total."""
    from tests.casting.kit.checks import printed

    signs: Counter[object] = Counter()
    places = [(-1, total), *terms]
    if kind != "sum":
        return (kind, *(getattr(printed(rows, cell), "amount", None) for _, cell in places))
    for sign, cell in places:
        found = printed(rows, cell)
        if found is not None and found.amount:
            signs[abs(found.amount)] += sign if found.amount > 0 else -sign
    left = sorted((str(size), count) for size, count in signs.items() if count)
    turned = -1 if left and left[0][1] < 0 else 1
    return (kind, *((size, turned * count) for size, count in left))


def found_in(tables: "Sequence[PrintedTable] | Sequence[Rows]") -> set[Known]:
    """What casting reports of tables, by its figures."""
    from cfbudget.casting.casting import cast
    from cfbudget.casting.read.printed_table import PrintedTable

    found: set[Known] = set()
    for table in tables:
        rows = table.rows if isinstance(table, PrintedTable) else table
        for one in cast(rows).relations:
            terms = [(-1 if term[0] == "-" else 1, term[1:]) for term in one.terms]
            kind = "percentage" if one.kind.startswith("percentage") else "sum"
            try:
                found.add(equation(rows, one.total, terms, kind))
            except ValueError:  # a figure that is misprinted
                continue
    return found


def text_of(path: Path, page: int, plumber: str | None) -> bytes:
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(path), "-"]
    if plumber:
        command = [plumber, "-c", PLUMBER, str(path), str(page)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def pasted(text: bytes) -> "Sequence[PrintedTable]":
    from cfbudget.casting.read.printed_file import read_printed_stream
    from cfbudget.problem import Refusal

    found = read_printed_stream(io.BytesIO(text))
    return () if isinstance(found, Refusal) else found


def by_page(path: Path) -> "dict[int, list[PrintedTable]]":
    """The tables of a PDF by the page on which each begins."""
    from cfbudget.casting.read.printed_file import read_printed
    from cfbudget.problem import Refusal

    found = read_printed(path)
    tables: dict[int, list[PrintedTable]] = {}
    for table in () if isinstance(found, Refusal) else found:
        tables.setdefault(table.pages[0], []).append(table)
    return tables


def main() -> None:
    from tests.casting.kit.printers import PRINTED
    from tests.casting.kit.scores import TABLES, known_outcomes, read_tables

    parser = argparse.ArgumentParser(description="Score casting of PDFs.")
    parser.add_argument("--plumber", help="a Python that has pdfplumber, to compare with")
    plumber = parser.parse_args().plumber
    ways = ["csv", *PRINTS]
    others = {"pdftotext": None} | ({"pdfplumber": plumber} if plumber else {})
    totals: Counter[str] = Counter()
    pages = {name: by_page(PRINTED / f"{name}.pdf") for name in PRINTS}
    print(f"{'table':<34}{'known':>6}" + "".join(f"  {way:>17}" for way in ways))
    for number, table in enumerate(read_tables(TABLES), 1):
        known = [
            equation(table.rows, c.total, c.terms, "percentage" if c.percentage else "sum")
            for c in known_outcomes(table)
        ]
        score = {"csv": found_in([table.rows])}
        for name in PRINTS:
            score[name] = found_in(pages[name].get(number, []))
            for other, python in others.items():
                read = found_in(pasted(text_of(PRINTED / f"{name}.pdf", number, python)))
                totals[f"{other} {name}"] += sum(one in read for one in known)
        counts = {way: sum(k in score[way] for k in known) for way in ways}
        totals.update(counts | {"known": len(known)})
        print(f"{table.name:<34}{len(known):>6}" + "".join(f"  {counts[way]:>17}" for way in ways))
    print(f"{'total':<34}{totals['known']:>6}" + "".join(f"  {totals[way]:>17}" for way in ways))
    for other in others:
        cells = (f"  {totals[f'{other} {name}']:>17}" for name in PRINTS)
        print(f"{other:<34}{totals['known']:>6}  {'':>17}" + "".join(cells))
    short = [
        name
        for name in PRINTS
        if totals[name] < max(totals["csv"], *(totals[f"{other} {name}"] for other in others))
    ]
    sys.exit(f"less than from the CSV or the text: {', '.join(short)}" if short else 0)


if __name__ == "__main__":
    main()
