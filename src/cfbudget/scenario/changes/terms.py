"""Amounts, years and shares of a written change, read for the plan that it is to change."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget import rules
from cfbudget.money import FTE, Amount, Unit, parse_amount, parse_fte
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import LATER, Period, Word, YearWord
from cfbudget.problem import Refusal, clipped
from cfbudget.scenario.changes.aims import Names
from cfbudget.scenario.changes.operators import Operation, PeriodAmounts
from cfbudget.scenario.written.scenario_file import WrittenAmount
from cfbudget.shares import Share, parse_share
from cfbudget.years import FinancialYear


class Meant(NamedTuple):
    """What a written change means, in figures and in a few words."""

    operation: Operation
    words: str
    is_of_group: bool = False


class Terms(Names):
    """A plan's names, years and units; what does not fit them is a problem."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.option_unit = plan.options.unit if plan.options else None
        self.capital_unit = plan.capital.unit if plan.capital else None

    def amount(self, word: Word, unit: Unit) -> Amount | None:
        """An amount in the unit of the table that it belongs to."""
        if not word.text.strip():
            self.report(rules.NOT_AN_AMOUNT, word, "an amount is missing", "write 0 for nil")
            return None
        found = parse_fte(word.text) if unit is FTE else parse_amount(word.text, unit)
        if isinstance(found, Refusal):
            self.report(rules.NOT_AN_AMOUNT, word, found.reason, found.hint)
            return None
        return found

    def amounts(
        self,
        written: tuple[WrittenAmount, ...],
        unit: Unit,
        years: Collection[FinancialYear],
        at: Word,
    ) -> Mapping[FinancialYear, Amount] | None:
        """Amounts by year; None where one of them cannot be taken.

        Args:
            at: what they are for, where there are none.
        """
        found = self.by_period(written, unit, years, at)
        if found is None:
            return None
        amounts = {year: a for year, a in found.items() if isinstance(year, FinancialYear)}
        if len(amounts) < len(found):
            message, hint = "an amount here is of a year", "write the year in place of later"
            self.report(rules.NOT_A_YEAR, at, message, hint)
            return None
        return MappingProxyType(amounts)

    def by_period(
        self,
        written: tuple[WrittenAmount, ...],
        unit: Unit,
        years: Collection[FinancialYear],
        at: Word,
    ) -> PeriodAmounts | None:
        """Amounts by year, and one for what is later; None where one of them cannot be taken.

        Args:
            at: what they are for, where there are none.
        """
        before = len(self.problems)
        if not written:
            message = "no year is given an amount"
            self.report(rules.WRONG_SHAPE, at, message, "write {2025-26: 1234}")
        found: dict[Period, Amount] = {}
        for year, word in written:
            amount = self.amount(word, unit)
            if amount and year is None:
                found[LATER] = amount
            elif amount and year and self.year(year, years):
                found[year.year] = amount
        return None if len(self.problems) > before or not found else MappingProxyType(found)

    def year(self, word: YearWord, years: Collection[FinancialYear]) -> FinancialYear | None:
        """A year, if it is one of those."""
        if word.year in years:
            return word.year
        listed = ", ".join(str(year) for year in years)
        hint = f"its years are {listed}" if years else "the plan has none of these"
        message = f"{word.year} is outside the plan"
        self.report(rules.YEAR_OUTSIDE, Word("", word.place), message, hint)
        return None

    def since(self, word: YearWord | None) -> tuple[bool, FinancialYear | None]:
        """Whether a `from` can be taken, and the year, if one is given."""
        if word is None:
            return True, None
        year = self.year(word, self.plan.years)
        return year is not None, year

    def share(self, word: Word, *, may_be_minus: bool = False) -> Share | None:
        """A share such as 60%."""
        found = parse_share(word.text)
        if isinstance(found, Refusal):
            self.report(rules.NOT_A_SHARE, word, found.reason, found.hint)
            return None
        if found.numerator < 0 and not may_be_minus:
            message = f"{clipped(word.text)!r} would turn a change into its opposite"
            self.report(rules.NOT_A_SHARE, word, message, "write a share from 0% up")
            return None
        return found

    def count(self, word: Word) -> int | None:
        """A number of years, from 1."""
        if re.fullmatch(r"[1-9][0-9]?", word.text):
            return int(word.text)
        message = f"{clipped(word.text)!r} is not a number of years"
        hint = "write a whole number of years, from 1 to 99"
        self.report(rules.NOT_A_SHARE, word, message, hint)
        return None
