"""A made plan as journals: a transaction for each option, its stated total the balancing posting.

A transaction whose changes do not come to the stated total is refused by all three programs, so
that they prove it as cfbudget does. The date of each year is its 1 April. Beancount has no dates of
postings, so that there the year is the last part of the account.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.made.plan import MadePlan, Option, id_of


def write_ledger(plan: MadePlan, path: Path) -> None:
    """The journal of ledger and of hledger: both read dates of postings in brackets."""
    _write(path, _ledger(plan))


def write_changes(plan: MadePlan, path: Path) -> None:
    """A journal with a transaction for each change, which proves no stated total."""
    _write(path, _changes(plan))


def write_beancount(plan: MadePlan, path: Path) -> None:
    _write(path, _beancount(plan))


def account(service: str, option: Option) -> str:
    """Service, kind and status."""
    return f"{id_of(service)}:{option.group.kind}:{id_of(option.group.status)}"


def _ledger(plan: MadePlan) -> Iterator[str]:
    names = plan.service_names()
    dates = [f"{year[:4]}-04-01" for year in plan.named_years]
    for line in plan.lines():
        where = account(names[line.service], line)
        yield f"{dates[0]} {line.name}\n"
        for date, change in zip(dates, line.changes, strict=True):
            yield f"    {where}  {change}  ; [{date}]\n"
        yield f"    stated  {-line.stated}\n\n"


def _changes(plan: MadePlan) -> Iterator[str]:
    names = plan.service_names()
    for line in plan.lines():
        where = account(names[line.service], line)
        for year, change in zip(plan.named_years, line.changes, strict=True):
            yield f"{year[:4]}-04-01 {line.name}\n    {where}  {change}\n    stated\n\n"


def _beancount(plan: MadePlan) -> Iterator[str]:
    names, opened = plan.service_names(), dict[str, None]()
    for line in plan.lines():
        parts = account(names[line.service], line).split(":")
        where = ":".join(("Expenses", *(part.capitalize() for part in parts)))
        yield f'2024-04-01 * "{line.name}"\n'
        for year, change in zip(plan.named_years, line.changes, strict=True):
            opened[f"{where}:{year}"] = None
            yield f"  {where}:{year}  {change} GBP\n"
        yield f"  Equity:Stated  {-line.stated} GBP\n\n"
    for name in (*opened, "Equity:Stated"):
        yield f"2000-01-01 open {name}\n"


def _write(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
