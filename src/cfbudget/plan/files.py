"""The shape of a plan's three files, as frozen Pydantic models.

Every model is made by reading a file, so that each line and figure knows its place.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from cfbudget.nodes import MappingNode, Node
from cfbudget.plan.condensed_lines import CONDENSED, CondensedField
from cfbudget.plan.figure_fields import (
    BeforeByYear,
    FteByYear,
    Income,
    Money,
    MoneyOrTbcByYear,
    StatedMoney,
    UnknownByYear,
)
from cfbudget.plan.financing import Financing
from cfbudget.plan.mapped_model import Mapped
from cfbudget.plan.rate_fields import (
    WORKED,
    BaseField,
    NamedAmounts,
    RatesByYear,
    WorkedField,
)
from cfbudget.plan.source_fields import AcceptedField, SourceField
from cfbudget.plan.stated_fields import (
    StatedGroupTotals,
    StatedOptions,
    StatedProgramme,
    StatedRevenue,
)
from cfbudget.plan.text_fields import (
    AffectedField,
    BasisField,
    Category,
    ColumnHeading,
    Decision,
    FormerId,
    GroupingField,
    GroupName,
    Id,
    KindField,
    Name,
    Note,
    Owner,
    Pointer,
    Pointers,
    Portfolio,
    Ref,
    SignField,
    StatusField,
    Switch,
    UnitField,
)
from cfbudget.plan.values import Description
from cfbudget.plan.year_fields import PlanYears, Year, Years


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


def _any_of(*keys: str) -> list[Any]:
    return [{"required": [key]} for key in keys]


def _changes_or_rates(schema: dict[str, Any]) -> None:
    """An option has changes, or rates and what they are of."""
    schema["required"].remove("changes")
    rates, changes = {"required": ["rates", "of"]}, {"required": ["changes"]}
    schema["oneOf"] = [
        {**changes, "not": {"anyOf": _any_of("rates", "of")}},
        {**rates, "not": changes},
    ]


class FileRecord(Mapped):
    """A mapping of a plan's file: it may name its source, and accept warnings."""

    last_keys = ("source", "accepted")

    source: SourceField | None = None
    accepted: AcceptedField = Field(default_factory=_nothing)


class Line(FileRecord):
    """A line of a table: its stable id and its name as printed."""

    id: Id
    name: Name
    note: Note | None = None


class Signs(Mapped):
    """What a file prints with another sign than a plan has: income as plus."""

    income: SignField = "minus"


class Service(Line):
    """A service's revenue budget: gross and income, or net alone, or services below it."""

    # What consistency rule CF209 asks for, so that an editor says so too.
    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["gross", "income"], "not": {"anyOf": _any_of("net", "services")}},
                {"required": ["net"], "not": {"anyOf": _any_of("gross", "income", "services")}},
                {"required": ["services"], "not": {"anyOf": _any_of("gross", "income", "net")}},
            ]
        }
    )

    was: FormerId | None = None
    """Its id in the plan before this one, where that is another."""
    fund: Pointer | None = None
    """Whose money it is, of a service that is within no other; the general fund's unless said."""
    gross: Money | None = None
    income: Income | None = None
    net: Money | None = None
    amounts: NamedAmounts = Field(default_factory=_nothing)
    """Parts of its gross, or of its income, that assumptions are of; they are never added."""
    services: "tuple[Service, ...] | None" = Field(default=None, json_schema_extra={"minItems": 1})
    stated: StatedRevenue | None = None


class TableFile(FileRecord):
    """What every file of a plan says of its table."""

    name: Name
    unit: UnitField
    exact: Switch = False
    """Whether the printed totals are sums of the printed lines, with no rounding."""
    note: Note | None = None


class Fund(Mapped):
    """Money that is kept apart, such as the Housing Revenue Account."""

    id: Id
    name: Name


class RevenueBudget(TableFile):
    """One year's revenue budget (`revenue_*.yaml`)."""

    financial_year: Year
    contains_options_of: Years
    projected: Switch = False
    """Whether it is worked out from the plan of an earlier year, and no budget was struck yet."""
    funds: tuple[Fund, ...] = ()
    """What the funds are called, where that is more than their ids say."""
    amounts: NamedAmounts = Field(default_factory=_nothing)
    """Parts of the whole gross, or income, that assumptions are of; they are never added."""
    signs: Signs | None = None
    """How the file prints them; every figure has a plan's own sign once it is read."""
    services: tuple[Service, ...]
    stated: StatedRevenue | None = None


class Scheme(Line):
    """A capital scheme: its approved allocations by year, and what is under development."""

    was: FormerId | None = None
    service: Pointer | None = None
    portfolio: Portfolio | None = None
    allocations: MoneyOrTbcByYear = Field(default_factory=_nothing)
    unknown: Annotated[
        UnknownByYear, Field(validation_alias="allocations", default_factory=_nothing)
    ]
    """Where its allocations say tbc, by year: not known yet, and in no total."""
    later: Money | None = None
    """What is approved for after the last year: in the programme, and in no year of it."""
    under_development: Money | None = None
    financing: Financing | None = None
    """What pays for this scheme alone."""
    stated: StatedProgramme | None = None

    @property
    def description(self) -> Description:
        """What its tables and records say of it."""
        return Description(portfolio=self.portfolio.text if self.portfolio else "")


class CapitalProgramme(TableFile):
    """The capital programme (`capital_programme.yaml`)."""

    financial_years: PlanYears
    later: ColumnHeading | None = None
    """The heading of the column of what comes after the last year."""
    schemes: tuple[Scheme, ...]
    financing: Financing | None = None
    """What pays for the programme and is allotted to no scheme."""
    stated: StatedProgramme | None = None


class Option(Line):
    """A policy option: `changes` are changes, or levels under `basis: level`.

    Savings are minus, investments plus. An assumption has `rates` in their place, and its changes
    are worked out from these.
    """

    model_config = ConfigDict(json_schema_extra=_changes_or_rates)

    was: FormerId | None = None
    kind: KindField
    status: StatusField
    changes: MoneyOrTbcByYear
    unknown: Annotated[UnknownByYear, Field(validation_alias="changes", default_factory=_nothing)]
    """Where its changes say tbc, by year: not known yet, and in no total."""
    rates: RatesByYear = Field(default_factory=_nothing)
    of: BaseField | None = None
    """What its rates are of."""
    worked: WorkedField = Field(default=(), validation_alias=WORKED)
    """How an assumption comes to its changes, once it is worked out."""
    condensed: CondensedField = Field(default=None, validation_alias=CONDENSED)
    """The plain options of a long plan that it stands for, where it is no option itself."""
    affects: AffectedField | None = None
    """Whether it changes the service's gross or its income, where the plan says so."""
    stated: StatedMoney | None = None
    invest_to_save: Switch = False
    funds: Pointers = ()
    recurs: Switch = True
    ref: Ref | None = None
    category: Category | None = None
    portfolio: Portfolio | None = None
    owner: Owner | None = None
    decision: Decision | None = None
    fte: FteByYear = Field(default_factory=_nothing)
    before: BeforeByYear = Field(default_factory=_nothing)
    """Its changes in years before the plan: in no total of it. A one-off's of the year right before
    is taken back in the first year, and payback counts from them."""
    new_in: Year | None = None
    """The first year of the plan in which it was new: it changed nothing before."""

    @classmethod
    def _standing_in(cls, known: Mapping[str, Node], node: MappingNode) -> Mapping[str, Node]:
        return {"changes": MappingNode(node.place)} if "rates" in known else {}

    @property
    def is_assumption(self) -> bool:
        """Whether it has rates in place of changes."""
        return self.of is not None or bool(self.rates)

    @property
    def has_own_changes(self) -> bool:
        """Whether its file gives changes: those of an assumption are worked out."""
        return not self.worked and bool(self.changes or self.unknown)

    @property
    def description(self) -> Description:
        """What its tables and records say of it."""
        words = (self.category, self.ref, self.portfolio, self.owner)
        return Description(*(word.text if word else "" for word in words))


class ServiceOptions(FileRecord):
    """The block of options of one service, named as the table prints it."""

    service: Pointer
    name: Name | None = None
    options: tuple[Option, ...]
    stated: StatedOptions | None = None
    note: Note | None = None


class StatedGroup(FileRecord):
    """Printed totals of the options of one category, portfolio, owner, kind or status."""

    by: GroupingField
    name: GroupName
    stated: StatedGroupTotals


class PolicyOptions(TableFile):
    """The planned changes to the revenue budget (`policy_options.yaml`)."""

    basis: BasisField
    financial_years: PlanYears
    services: tuple[ServiceOptions, ...]
    stated: StatedOptions | None = None
    groups: tuple[StatedGroup, ...] = ()


Renamable = Service | Scheme | Option
"""A line that may say what its id was."""
AnyTable = RevenueBudget | CapitalProgramme | PolicyOptions
