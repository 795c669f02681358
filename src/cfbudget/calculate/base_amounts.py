"""The amounts of a revenue budget that assumptions are of, by what an assumption calls them."""

from collections.abc import Mapping
from typing import Literal

from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.text_fields import Affected

BaseMeasure = Literal["gross", "income", "net"]
MEASURES: tuple[BaseMeasure, ...] = ("gross", "income", "net")


def base_amounts(budget: RevenueBudget) -> Mapping[str, int]:
    """`SERVICE.gross`, `.income` and `.net`, also of `total`; and named amounts, in pence.

    An amount that a service names is `SERVICE.NAME`, one that the file names is `NAME`.
    """
    amounts = revenue_amounts(budget).amounts
    found = {f"{key.row}.{key.measure}": pence for key, pence in amounts.items()}
    for _, service in with_parents(budget.services):
        found |= {f"{service.id}.{name}": one.pence for name, one in service.amounts.items()}
    return found | {name: one.pence for name, one in budget.amounts.items()}


def affected(of: str, pence: int) -> Affected | None:
    """Whether a base amount is gross or income, where it is one of them; a net is both."""
    measure = of.rpartition(".")[2]
    if measure == "net":
        return None
    if measure in MEASURES:
        return "income" if measure == "income" else "gross"
    return "income" if pence < 0 else "gross"
