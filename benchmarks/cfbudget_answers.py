"""What cfbudget answers, read from the pages that it prints and from its workbook."""

import csv
import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from benchmarks.answers import Answer
from benchmarks.made.plan import id_of

COUNTED = re.compile(r"^([\d,]+) stated figures compared: ([\d,]+) agree", re.MULTILINE)
WARNED = re.compile(r"(\d+) warnings?\.$", re.MULTILINE)
CHANGES = "Change in each year"
NO_AMOUNTS = ("£000", "Baseline", "Difference")


def of_nothing(_: str) -> Answer:
    """Nothing that can be compared: what was written is proved by another contender."""
    return {}


def of_check(printed: str) -> Answer:
    counted, warned = COUNTED.search(printed), WARNED.search(printed)
    if not counted or not warned:
        return {}
    compared, agree = (int(count.replace(",", "")) for count in counted.groups())
    return {"compared": compared, "agree": agree, "warnings": int(warned[1])}


def of_verify(printed: str) -> Answer:
    return {"is the plan": printed.count("The workbook is the plan")}


def of_cast(printed: str) -> Answer:
    found = re.search(r"relations found: (\d+) agree\.", printed)
    return {"agree": int(found[1])} if found else {}


def of_position(printed: str) -> Answer:
    """The changes by service and year of `cfbudget totals`, or those of a trial after it."""
    found, years, name = dict[str, int](), list[str](), ""
    for line in _first_table(printed):
        row = re.split(r" {2,}", line.strip())
        if line.startswith("£000"):
            years = row[1:]
        elif not line.startswith("  "):
            name = _id(row[0].partition(":")[0])
        if len(row) == len(years) + 1 and row[0] not in NO_AMOUNTS:
            amounts = map(_amount, row[1:])
            found.update({f"{name} {y}": a for y, a in zip(years, amounts, strict=True)})
    return found


def of_consolidate(stored: str) -> Answer:
    """The options' changes by plan and year, and of all plans, of records by plan."""
    records = csv.DictReader(stored.splitlines())
    return {
        f"{record['plan'].rpartition('/')[2] or 'total'} {record['year']}": int(record["amount"])
        for record in records
        if record["table"] == "options"
    }


def of_consolidated_page(printed: str) -> Answer:
    """The options' changes of all plans by year."""
    lines = dropwhile(lambda line: not line.startswith("Policy options"), printed.splitlines())
    table = [re.split(r" {2,}", line) for line in takewhile(bool, dropwhile(_is_words, lines))]
    return {
        f"total {year}": _amount(amount)
        for year, amount in zip(table[0][1:], table[-1][1:], strict=True)
    }


def _is_words(line: str) -> bool:
    """Whether a line is before the head of a table."""
    return not line.startswith("£000  ")


def of_position_sheet(stored: str) -> Answer:
    """The same of a workbook's sheet, stored as CSV."""
    rows = iter(list(csv.reader(stored.splitlines(keepends=True))))
    rows = dropwhile(lambda row: not row[0].startswith(CHANGES), rows)
    next(rows, None)
    heads = [head.split()[-1] for head in next(rows, [])[1:] if head.startswith("Change")]
    return {
        f"{_id(row[0])} {year}": int(amount)
        for row in takewhile(lambda row: row[0], rows)
        for year, amount in zip(heads, row[1:], strict=False)
    }


def _first_table(printed: str) -> Iterator[str]:
    """The lines of the change in each year."""
    lines = dropwhile(lambda line: not line.startswith(CHANGES), printed.splitlines())
    next(lines, None)
    return takewhile(bool, lines)


def _id(name: str) -> str:
    return "total" if name.startswith("Total ") else id_of(name)


def _amount(text: str) -> int:
    plain = text.replace(",", "")
    if plain == "-":
        return 0
    return -int(plain[1:-1]) if plain.startswith("(") else int(plain)
