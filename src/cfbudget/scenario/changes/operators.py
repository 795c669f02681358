"""What a scenario may do to a plan: one small value for each operator.

Amounts are pence; plus is spending. A `since` limits a change to that year and later ones.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from cfbudget.money import Amount
from cfbudget.nodes import MappingNode
from cfbudget.plan.files import Option
from cfbudget.plan.financing import CapitalSource
from cfbudget.plan.values import Period
from cfbudget.problem import Place
from cfbudget.shares import Share
from cfbudget.years import FinancialYear

BudgetMeasure = Literal["gross", "income", "net"]
ApartMeasure = Literal["under_development", "later"]
YearAmounts = Mapping[FinancialYear, Amount]
PeriodAmounts = Mapping[Period, Amount]


class SetChanges(NamedTuple):
    """An option's changes in some years become these."""

    option: str
    amounts: YearAmounts


class SetRates(NamedTuple):
    """An assumption's rates in some years become these; its changes follow."""

    option: str
    rates: Mapping[FinancialYear, Fraction]


class SetFte(NamedTuple):
    """An option's full-time equivalents in some years become these, in hundredths."""

    option: str
    amounts: YearAmounts


class SetBudget(NamedTuple):
    """A service's gross, income or net in a year's revenue budget becomes this."""

    service: str
    measure: BudgetMeasure
    year: FinancialYear
    amount: Amount


class SetAllocations(NamedTuple):
    """A scheme's allocations in some years become these; its total changes with them."""

    scheme: str
    amounts: YearAmounts


class SetApart(NamedTuple):
    """What of a scheme is of no year, under development or later, becomes this.

    Its total changes with it.
    """

    scheme: str
    measure: ApartMeasure
    amount: Amount


class SetFinancing(NamedTuple):
    """What a source pays for a scheme in some periods becomes this.

    The scheme is `total` for what is allotted to none.
    """

    scheme: str
    source: CapitalSource
    amounts: PeriodAmounts


class Delay(NamedTuple):
    """Options' changes come so many years later."""

    options: tuple[str, ...]
    years: int
    since: FinancialYear | None = None


class Deliver(NamedTuple):
    """Options' changes come to this share of themselves, reversals too."""

    options: tuple[str, ...]
    share: Share
    since: FinancialYear | None = None


class Drop(NamedTuple):
    """Options' changes do not come."""

    options: tuple[str, ...]
    since: FinancialYear | None = None


class Add(NamedTuple):
    """A new option of a service."""

    service: str
    option: Option


class Uplift(NamedTuple):
    """A share of a service's base amount more, from a year on; it lasts.

    It comes as a new option, since nothing in the plan says it.
    """

    service: str
    measure: BudgetMeasure
    by: Share
    since: FinancialYear
    is_yearly: bool
    """Whether it comes again each year, on what it has come to."""
    option: Option


class UpliftWhole(NamedTuple):
    """A share of the whole plan's base amount more, from a year on, over all services.

    It comes as a new option of each service; to the penny they come to the share of the whole.
    """

    measure: BudgetMeasure
    by: Share
    since: FinancialYear
    is_yearly: bool
    options: Mapping[str, Option]
    """By service."""


def made_by(uplift: Uplift | UpliftWhole) -> tuple[str, ...]:
    """The ids of the options that an uplift comes as."""
    if isinstance(uplift, Uplift):
        return (uplift.option.id,)
    return tuple(option.id for option in uplift.options.values())


class Reprofile(NamedTuple):
    """Some of a scheme's allocation moves from one year to another; its total stays."""

    scheme: str
    source: FinancialYear
    to: FinancialYear
    amount: Amount


class BringIn(NamedTuple):
    """Some of what is under development comes into the programme; the total stays."""

    scheme: str
    amounts: YearAmounts


FundingMeasure = Literal["amount", "tax_base", "band_d"]


class SetFunding(NamedTuple):
    """A funding line's figures in some years become these; a tax base is in hundredths."""

    line: str
    measure: FundingMeasure
    amounts: YearAmounts


class RaiseTax(NamedTuple):
    """A year's Band D becomes that of the year before and a share more, to the penny.

    Later years keep their own rises in per cent, each to the penny.
    """

    line: str
    year: FinancialYear
    by: Share


class UpliftFunding(NamedTuple):
    """A share of a funding line's amounts more, from a year on."""

    line: str
    by: Share
    since: FinancialYear
    is_yearly: bool


class SetDraw(NamedTuple):
    """A reserve's draws in some years become these; what funding uses of it moves by as much.

    One that funding does not use moves in its own file alone.
    """

    reserve: str
    amounts: YearAmounts


OfOptions = SetChanges | SetRates | SetFte | Delay | Deliver | Drop
OfSchemes = SetAllocations | SetApart | Reprofile | BringIn
OfFunding = SetFunding | RaiseTax | UpliftFunding
OfBudgets = SetBudget | Uplift | UpliftWhole
Operation = OfOptions | OfSchemes | SetFinancing | OfBudgets | Add | OfFunding | SetDraw


def options_of(operation: OfOptions) -> tuple[str, ...]:
    """The ids of the options that a change is made to."""
    if isinstance(operation, Delay | Deliver | Drop):
        return operation.options
    return (operation.option,)


class Change(NamedTuple):
    """One change of a scenario, found to fit the plan: what it does, why, and where it stands."""

    operation: Operation
    words: str
    """What it does, in a few words, with names as the plan prints them."""
    place: Place
    node: MappingNode
    """As it was written."""
    is_of_group: bool = False
    """Whether it is aimed at a group, and not at one option by its id."""
    why: str = ""


class Scenario(NamedTuple):
    """Changes that fit a plan, in the order in which they are made."""

    name: str
    changes: tuple[Change, ...] = ()
