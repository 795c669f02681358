"""What a plan says, as small values that know how to write themselves as a folder's files.

A `Sketch` is the plan as a person might jot it down, in pence by position of the year. The
program reads the files that it writes; the tests compute from the sketch itself, so that the
two ways to a figure share no code.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, Literal, NamedTuple

import yaml

CAPITAL = "capital_programme.yaml"
OPTIONS = "policy_options.yaml"
PENNY_PLACES = {"£": 2, "£000": 5, "£m": 8}
"""How many decimal places a penny has in each unit."""

Basis = Literal["change", "level"]
StatedAt = tuple[str, str, str]
"""Where a total is printed: file, row (`total` for the grand total), and measure or year."""


def year_text(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


class Printing(NamedTuple):
    """How a file prints its figures."""

    unit: str
    places: int

    @property
    def step(self) -> int:
        """One in the last printed place, in pence."""
        return int(10 ** (PENNY_PLACES[self.unit] - self.places))

    def write(self, pence: int) -> str | int:
        """The amount in one of the ways that plans print it; which one depends on the amount."""
        style = abs(pence) // self.step % 6
        if pence == 0:
            return "-"
        size = Decimal(abs(pence)) / 10 ** PENNY_PLACES[self.unit]
        text = f"{size:,.{self.places}f}"
        if style == 0 and self.places == 0:
            return pence // self.step
        if style == 1:
            text = "£" + text + {"£": "", "£000": "k", "£m": "m"}[self.unit]
        if style == 2:
            text = text.replace(",", "")
        if pence > 0:
            return f"+{text}" if style == 3 else text
        return (f"-{text}", f"({text})", f"−{text}", f"{text}-")[style % 4]


class Service(NamedTuple):
    """A service with gross and income, or with its net alone, or with services below it."""

    id: str
    name: str
    gross: int | None = None
    income: int | None = None
    net: int | None = None
    services: tuple["Service", ...] = ()


def walk(services: Sequence[Service]) -> Iterator[Service]:
    for service in services:
        yield service
        yield from walk(service.services)


class Budget(NamedTuple):
    """A year's revenue budget and the years whose options it contains."""

    year: int
    contains: tuple[int, ...]
    services: tuple[Service, ...]
    printing: Printing

    @property
    def file(self) -> str:
        return f"revenue_{year_text(self.year).replace('-', '_')}.yaml"


class Option(NamedTuple):
    """A policy option with its change in each year of the plan."""

    id: str
    name: str
    kind: str
    status: str
    changes: tuple[int, ...]
    recurs: bool = True


class Block(NamedTuple):
    service: str
    options: tuple[Option, ...]


class Scheme(NamedTuple):
    """A capital scheme with its allocation in each year of the plan."""

    id: str
    name: str
    allocations: tuple[int, ...]
    under_development: int | None


class Sketch(NamedTuple):
    """What a plan says. A table that it lacks is empty (revenue) or None."""

    years: tuple[int, ...]
    budgets: tuple[Budget, ...]
    blocks: tuple[Block, ...] | None
    basis: Basis
    options_printing: Printing
    schemes: tuple[Scheme, ...] | None
    capital_printing: Printing
    exact: bool = True

    def texts(self, stated: Mapping[StatedAt, int] | None = None) -> dict[str, str]:
        """The plan's files. `stated` are the totals that they print, in pence."""
        totals = stated or {}
        files = {budget.file: self._budget(budget, totals) for budget in self.budgets}
        if self.blocks is not None:
            files[OPTIONS] = self._options(self.blocks, totals)
        if self.schemes is not None:
            files[CAPITAL] = self._capital(self.schemes, totals)
        return {name: _dumped(content) for name, content in files.items()}

    def printing_of(self, file: str) -> Printing:
        """How one of the plan's files prints."""
        if file == OPTIONS:
            return self.options_printing
        if file == CAPITAL:
            return self.capital_printing
        return next(budget.printing for budget in self.budgets if budget.file == file)

    def levels(self, option: Option) -> tuple[int, ...]:
        """The option's figures as the file's basis has them."""
        return tuple(accumulate(option.changes)) if self.basis == "level" else option.changes

    def _head(self, printing: Printing) -> dict[str, Any]:
        return {"name": "Cyngor Tŷ Bach", "unit": printing.unit, "exact": self.exact}

    def _budget(self, budget: Budget, stated: Mapping[StatedAt, int]) -> dict[str, Any]:
        write = budget.printing.write

        def service(line: Service) -> dict[str, Any]:
            given = {"gross": line.gross, "income": line.income, "net": line.net}
            amounts = {word: write(pence) for word, pence in given.items() if pence is not None}
            below = {"services": [service(child) for child in line.services]}
            printed = _stated(stated, budget.file, line.id, write)
            return {
                "id": line.id,
                "name": line.name,
                **(below if line.services else amounts),
                **printed,
            }

        return {
            **self._head(budget.printing),
            "financial_year": year_text(budget.year),
            "contains_options_of": [year_text(year) for year in budget.contains],
            "services": [service(line) for line in budget.services],
            **_stated(stated, budget.file, "total", write),
        }

    def _options(self, blocks: tuple[Block, ...], stated: Mapping[StatedAt, int]) -> dict[str, Any]:
        write = self.options_printing.write

        def option(line: Option) -> dict[str, Any]:
            # A nil change is left out or a dash; under `level` every year is required.
            figures = {
                year_text(year): write(pence)
                for place, (year, pence) in enumerate(
                    zip(self.years, self.levels(line), strict=True)
                )
                if pence or self.basis == "level" or place % 2
            }
            total = stated.get((OPTIONS, line.id, "total"))
            return {
                "id": line.id,
                "name": line.name,
                "kind": line.kind,
                "status": line.status,
                "changes": figures,
                **({} if line.recurs else {"recurs": False}),
                **({} if total is None else {"stated": write(total)}),
            }

        return {
            **self._head(self.options_printing),
            "basis": self.basis,
            "financial_years": [year_text(year) for year in self.years],
            "services": [
                {
                    "service": block.service,
                    "options": [option(line) for line in block.options],
                    **_stated(stated, OPTIONS, block.service, write),
                }
                for block in blocks
            ],
            **_stated(stated, OPTIONS, "total", write),
        }

    def _capital(
        self, schemes: tuple[Scheme, ...], stated: Mapping[StatedAt, int]
    ) -> dict[str, Any]:
        write = self.capital_printing.write

        def scheme(line: Scheme) -> dict[str, Any]:
            figures = zip(self.years, line.allocations, strict=True)
            coming = line.under_development
            return {
                "id": line.id,
                "name": line.name,
                "allocations": {year_text(year): write(pence) for year, pence in figures if pence},
                **({} if coming is None else {"under_development": write(coming)}),
                **_stated(stated, CAPITAL, line.id, write),
            }

        return {
            **self._head(self.capital_printing),
            "financial_years": [year_text(year) for year in self.years],
            "schemes": [scheme(line) for line in schemes],
            **_stated(stated, CAPITAL, "total", write),
        }


def _stated(
    stated: Mapping[StatedAt, int], file: str, row: str, write: Callable[[int], str | int]
) -> dict[str, Any]:
    found = {
        name: write(pence)
        for (where, at, name), pence in stated.items()
        if (where, at) == (file, row)
    }
    return {"stated": found} if found else {}


def _dumped(content: dict[str, Any]) -> str:
    text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    # libyaml escapes what is beyond the first plane; a plan has its emoji as they are.
    return re.sub(r"\\U([0-9A-F]{8})", lambda match: chr(int(match[1], 16)), text)
