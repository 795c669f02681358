"""A whole plan: what a folder's files say, together."""

from dataclasses import dataclass

from cfbudget.plan.files import CapitalProgramme, Option, PolicyOptions, RevenueBudget, TableFile
from cfbudget.plan.funding_files import Funding, Reserves
from cfbudget.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Plan:
    """A council's finance plan, frozen: nothing computed ever changes it.

    A table that the plan lacks is None, or an empty tuple for revenue.
    """

    folder: str
    """The folder as it was named to us, for messages."""
    revenue: tuple[RevenueBudget, ...] = ()
    """In the order of their years."""
    capital: CapitalProgramme | None = None
    options: PolicyOptions | None = None
    funding: Funding | None = None
    """What pays for the net budget; it need not be there, and nor need the reserves."""
    reserves: Reserves | None = None
    struck_with: PolicyOptions | None = None
    """In a trial, the options that the base budgets were struck with, which an approved budget
    goes on to contain; None where these are the plan's own."""

    beyond: tuple[tuple[str, int], ...] = ()
    """In a trial, what delays take past the plan's last year: in pence, with the option's id."""

    unread: tuple[str, ...] = ()
    """Other YAML files of its folder that are no scenarios: nothing reads them."""

    @property
    def files(self) -> tuple[TableFile, ...]:
        """The files that the plan has, revenue first."""
        others = (self.options, self.capital, self.funding, self.reserves)
        return (*self.revenue, *(file for file in others if file is not None))

    @property
    def condensed(self) -> tuple[Option, ...]:
        """The rows of its options that are no options, but stand for many plain ones."""
        blocks = self.options.services if self.options else ()
        return tuple(one for block in blocks for one in block.options if one.condensed)

    @property
    def name(self) -> str:
        """What the plan calls itself: the name of its revenue budget, else of its options."""
        return self.files[0].name

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years of the policy options, else those of the revenue budgets."""
        if self.options is not None:
            return tuple(word.year for word in self.options.financial_years)
        return self.budget_years

    @property
    def budget_years(self) -> tuple[FinancialYear, ...]:
        """The years of the revenue budgets."""
        return tuple(budget.financial_year.year for budget in self.revenue)

    @property
    def projected_years(self) -> tuple[FinancialYear, ...]:
        """The years whose budget is projected, and not yet struck."""
        return tuple(one.financial_year.year for one in self.revenue if one.projected)

    @property
    def capital_years(self) -> tuple[FinancialYear, ...]:
        """The years of the capital programme."""
        words = self.capital.financial_years if self.capital else ()
        return tuple(word.year for word in words)

    @property
    def funding_years(self) -> tuple[FinancialYear, ...]:
        """The years of the funding."""
        words = self.funding.financial_years if self.funding else ()
        return tuple(word.year for word in words)

    @property
    def reserve_years(self) -> tuple[FinancialYear, ...]:
        """The years of the reserves."""
        words = self.reserves.financial_years if self.reserves else ()
        return tuple(word.year for word in words)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The tables that the plan does not have, in words."""
        tables = {
            "revenue budget": bool(self.revenue),
            "capital programme": self.capital is not None,
            "policy options": self.options is not None,
        }
        return tuple(name for name, there in tables.items() if not there)
