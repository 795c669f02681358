"""What an import must keep to: what the plan's folder says already."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.years import FinancialYear


class Known(NamedTuple):
    """What the plan's folder holds already: the services of its newest revenue budget."""

    services: Mapping[str, str]
    """Names by id."""
    years: tuple[FinancialYear, ...] = ()
    """The years that its policy options plan."""
    reserves: Mapping[str, str] = MappingProxyType({})
    """The names of its reserves, by id."""
    name: str = ""
    """What its newest revenue budget is called; empty where it has none."""
