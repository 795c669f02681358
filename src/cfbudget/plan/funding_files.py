"""The shape of a plan's funding and reserves, as frozen Pydantic models."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ConfigDict, Field

from cfbudget.plan.figure_fields import Money, MoneyByYear
from cfbudget.plan.files import FileRecord, Line, TableFile
from cfbudget.plan.funding_fields import (
    BandDByYear,
    FloorField,
    FundingKindField,
    StatedFunding,
    StatedLine,
    StatedReserves,
    TaxBaseByYear,
)
from cfbudget.plan.text_fields import Name, Pointer, Switch
from cfbudget.plan.year_fields import PlanYears


def _no_years() -> Mapping[Any, Any]:
    return MappingProxyType({})


class FundingLine(Line):
    """What pays for the net budget: minus, as income is.

    It has `amounts`; or a `tax_base` with `band_d` (amount = tax base × Band D) or with `amounts`
    (Band D = amount ÷ tax base). A line that does not recur may leave years out.
    """

    # What consistency rule CF231 asks for, so that an editor says so too.
    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["amounts"], "not": {"required": ["band_d"]}},
                {"required": ["tax_base", "band_d"], "not": {"required": ["amounts"]}},
            ]
        }
    )

    amounts: MoneyByYear = Field(default_factory=_no_years)
    tax_base: TaxBaseByYear = Field(default_factory=_no_years)
    band_d: BandDByYear = Field(default_factory=_no_years)
    recurs: Switch = True
    stated: StatedLine | None = None


class ReserveUse(FileRecord):
    """Planned use of a reserve: minus; a contribution to it is plus."""

    reserve: Pointer
    name: Name | None = None
    amounts: MoneyByYear


class Funding(TableFile):
    """What pays for the net budget (`funding.yaml`), or a directorate's cash limit."""

    kind: FundingKindField
    financial_years: PlanYears
    lines: tuple[FundingLine, ...]
    reserves: tuple[ReserveUse, ...] = ()
    stated: StatedFunding | None = None


class Reserve(Line):
    """Money kept: what is paid in and drawn by year, both plus, from an opening balance."""

    fund: Pointer | None = None
    """Whose money it is; the general fund's unless said."""
    opening: Money
    contributions: MoneyByYear = Field(default_factory=_no_years)
    draws: MoneyByYear = Field(default_factory=_no_years)
    floor: FloorField | None = None
    stated: StatedReserves | None = None


class Reserves(TableFile):
    """The reserves and their balances (`reserves.yaml`)."""

    financial_years: PlanYears
    reserves: tuple[Reserve, ...]
    stated: StatedReserves | None = None
