"""What other programs answer, read from what they are asked to print."""

import csv
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from benchmarks.answers import Answer
from benchmarks.made.plan import id_of

LEDGER_REPORT = (
    "--yearly",
    "register",
    "--format",
    '%(account)|%(format_date(date, "%Y"))|%(quantity(amount))\n',
)
"""What ledger is asked for, to be read by `of_ledger`."""


def of_csv(printed: str) -> Answer:
    """Rows of service, financial year and amount."""
    rows = csv.reader(printed.splitlines())
    return _added((service, year, amount) for service, year, amount in rows)


def of_ledger(printed: str) -> Answer:
    """Rows of account, calendar year and amount; those of the stated totals do not count."""
    rows = (line.split("|") for line in printed.splitlines())
    return _added((account, _financial(year), amount) for account, year, amount in rows)


def of_hledger(printed: str) -> Answer:
    """A column for each calendar year, as CSV, and a last row that is the total of all accounts."""
    heads, *rows = csv.reader(printed.splitlines())
    return _added(
        (row[0], _financial(year), amount)
        for row in rows[:-1]
        for year, amount in zip(heads[1:], row[1:], strict=True)
    )


def of_beancount(printed: str) -> Answer:
    """Accounts that end in the financial year, as CSV with headings."""
    _, *rows = csv.reader(printed.splitlines())
    parts = ((account.split(":"), amount) for account, amount in rows)
    return _added((words[1], words[-1], amount) for words, amount in parts)


def _financial(year: str) -> str:
    return f"{year}-{int(year[2:]) + 1}"


def _added(rows: Iterable[tuple[str, str, str]]) -> Answer:
    """By the service, which an account begins with, and of each year."""
    found = Counter[str]()
    for account, year, amount in rows:
        parts = id_of(account).split(":")
        service = parts[0]
        if "stated" not in parts:
            found[f"{service} {year}"] += int(Decimal(amount))
            found[f"total {year}"] += int(Decimal(amount))
    return found
