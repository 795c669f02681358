"""The values a plan is made of: figures, words, sources, what a table prints as its totals."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from cfbudget.money import nearest
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

Measure = Literal[
    "gross",
    "income",
    "net",
    "allocation",
    "later",
    "programme",
    "under_development",
    "financing",
    "unfinanced",
    "change",
    "total",
    "opening",
    "other_movements",
    "cumulative_change",
    "total_to_date",
    "net_budget",
    "annual_net_cost",
    "breaks_even",
    "pays_back",
    "rate",
    "base_amount",
    "level",
    "fte",
    "before",
    "net_present_benefit",
    "incomplete",
    "orphan",
    "unmarked",
    "amount",
    "tax_base",
    "band_d",
    "rise",
    "reserves_used",
    "gap_before_reserves",
    "gap",
    "annual_gap",
    "over_cash_limit",
    "contribution",
    "draw",
    "closing",
    "gross_against",
    "income_against",
    "net_against",
    "gross_change",
    "income_change",
    "net_change",
    "gross_change_per_cent",
    "income_change_per_cent",
    "net_change_per_cent",
]
"""What a figure measures; `docs/glossary.md` says what each is."""


Period = FinancialYear | Literal["later"]
"""A year of the capital programme, or what is later than its last, in one amount."""
LATER: Literal["later"] = "later"

TBC = "tbc"
"""What stands in place of an amount that is not known yet: it is unknown, and not nil."""


def is_tbc(text: str) -> bool:
    """Whether a written value says that its amount is not known yet."""
    return len(text) >= len(TBC) and text.strip().lower() == TBC


def measure_words(measure: Measure) -> str:
    """A measure as it is said."""
    return "FTE" if measure == "fte" else measure.replace("_", " ")


class Figure(NamedTuple):
    """An amount in pence, the worth of its last printed place in pence, and where it stands.

    Sign as everywhere: spending plus, income and savings minus.
    """

    pence: int
    step: int
    place: Place


class WrittenRate(NamedTuple):
    """A rate of a year, as a fraction: 3% is 3/100."""

    share: Fraction
    place: Place


class Level(NamedTuple):
    """What a base amount has come to: times 1 + rate of some years, over 1 + rate of others."""

    exact: Fraction
    """In pence, perhaps with a part of a penny."""
    times: tuple[FinancialYear, ...]
    over: tuple[FinancialYear, ...]
    """The years that are in the base amount already, with the rates that it was struck with."""

    @property
    def pence(self) -> int:
        """To the penny, halves away from zero."""
        return nearest(self.exact.numerator, self.exact.denominator)


class Worked(NamedTuple):
    """How an assumption comes to its change of a year."""

    year: FinancialYear
    budget: FinancialYear
    """The year of the revenue budget that it stands on."""
    base: int
    """The amount that it is of, in that budget, in pence."""
    is_contained: bool
    """Whether the budget contains the year's change: the base amount is then after its rate."""
    rate: Fraction
    before: Level
    after: Level
    """With the year's own rate."""

    @property
    def change(self) -> int:
        """The step from one level to the next, each to the penny."""
        return self.after.pence - self.before.pence


class StatedFigure(NamedTuple):
    """A printed total, only ever compared. `pence` is None where nothing is stated."""

    pence: int | None
    step: int
    place: Place


class Word(NamedTuple):
    """A name or id that points at something, and where it stands."""

    text: str
    place: Place


class YearWord(NamedTuple):
    """A year that a file names, and where it stands."""

    year: FinancialYear
    place: Place


class Source(NamedTuple):
    """The published document that figures were taken from."""

    title: str
    publisher: str | None = None
    section: str | None = None

    def __str__(self) -> str:
        parts = (self.title, self.publisher, self.section)
        return ", ".join(part for part in parts if part)


class Stated(NamedTuple):
    """A line's or a table's printed totals, by measure (`net`, `total`) or year."""

    label: str | None
    figures: Mapping[Measure | FinancialYear, StatedFigure]
    place: Place
    net_budgets: Mapping[FinancialYear, StatedFigure] = MappingProxyType({})
    """The net budgets that options lead to, as the plan prints them."""
    fte: Mapping[FinancialYear | None, StatedFigure] = MappingProxyType({})
    """The full-time equivalents of options by year, and of all years, in hundredths."""


class Description(NamedTuple):
    """What a line is besides its name and its figures; empty where the plan does not say."""

    category: str = ""
    ref: str = ""
    """What the plan's readers call it: S12."""
    portfolio: str = ""
    owner: str = ""


class StatedByYear(NamedTuple):
    """Printed figures of several measures, each by year."""

    label: str | None
    figures: Mapping[tuple[Measure, FinancialYear], StatedFigure]
    place: Place


class Floor(NamedTuple):
    """The least that a reserve may fall to: an amount, or a share of the year's net budget."""

    amount: Figure | None
    share: Fraction | None
    place: Place


class Accepted(NamedTuple):
    """The plan's reason why a warning is all right, and where it says so."""

    reason: str
    place: Place
