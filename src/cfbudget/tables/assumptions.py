"""Assumptions with their working: base amount, rate, level and change by year."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from types import MappingProxyType

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.assumptions import assumptions_of
from cfbudget.calculate.printed_unit import PlanFile, printed_step
from cfbudget.calculate.services import service_tree, walk, with_parents
from cfbudget.layout.made_of import CompoundOf, MadeOf, StepOf, SumOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.layout.units import PER_CENT
from cfbudget.money import Unit, nearest, needed_places
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Level, Measure
from cfbudget.problem import Place
from cfbudget.tables.option_row import option_row
from cfbudget.tables.standing_sentences import CHANGE_SIGN, titled
from cfbudget.tables.total_names import noted

LEVEL_FACT = (
    "Level = base amount × (1 + rate) of each year so far; change = level − the level before. "
    "Both are to the penny, so that the changes come to the last level less the base amount."
)
LEVELS: tuple[Measure, Measure] = ("base_amount", "level")
CONTAINED_FACT = (
    "A base amount is after the rates of the years that its budget contains: their changes lead "
    "back from it."
)


def assumptions_table(plan: Plan, options: PolicyOptions) -> Table:
    """The working of each assumption, with its change as the options' table has it."""
    found = assumptions_of(plan)
    files: tuple[PlanFile, ...] = (*plan.revenue, options)
    worked = [one for option in found for one in option.worked]
    rate_unit = _rate_unit(one.rate for one in worked)
    services = {o.id: block.service.text for block in options.services for o in block.options}
    contained = any(one.is_contained and one.rate for one in worked)
    cells: dict[Key, Cell] = {}
    made: dict[Key, MadeOf] = {}
    firsts: dict[tuple[int, Place], Key] = {}
    for option in found:
        cells |= _cells(option)
        made |= _made_of(option)
    for key, place in _named(plan, found):
        first = firsts.setdefault((cells[key].pence, place), key)
        cells[key] = cells[key]._replace(place=place, is_input=first == key)
        made |= {key: SumOf((first,))} if first != key else {}
    return Table(
        name="assumptions",
        title=titled(plan.name, "assumptions with their working", options.name),
        sign=CHANGE_SIGN,
        facts=(LEVEL_FACT, *([CONTAINED_FACT] if contained else [])),
        unit=options.unit,
        step=min(map(printed_step, files)),
        rows=tuple(row for o in found for row in _rows(plan, o, services[o.id], rate_unit)),
        panels=(Panel("", tuple(Column("amount", year, str(year)) for year in plan.years)),),
        cells=MappingProxyType(cells),
        made_of=MappingProxyType(made),
    )


def _named(plan: Plan, found: Iterable[Option]) -> Iterator[tuple[Key, Place]]:
    """The base amounts that a budget names, with where it does: no other table has them."""
    named = {
        budget.financial_year.year: {
            **{name: figure.place for name, figure in budget.amounts.items()},
            **{
                f"{service.id}.{name}": figure.place
                for _, service in with_parents(budget.services)
                for name, figure in service.amounts.items()
            },
        }
        for budget in plan.revenue
    }
    for option in found:
        of = option.of.text if option.of else ""
        for one in option.worked:
            if place := named[one.budget].get(of):
                yield Key(option.id, "base_amount", one.year), place


def rate_value(rate: Fraction) -> int:
    """A rate as a cell holds it."""
    return nearest(rate.numerator * 100 * PER_CENT.pence, rate.denominator)


def _rate_unit(rates: Iterable[Fraction]) -> Unit:
    """Per cent, in as many places as the rates need."""
    values = [rate_value(rate) for rate in rates]
    places = max(PER_CENT.places, needed_places(PER_CENT, *values)) if values else PER_CENT.places
    return PER_CENT._replace(places=places)


def _rows(plan: Plan, option: Option, service: str, rate_unit: Unit) -> Iterator[Row]:
    """An assumption's four rows, each with its name: a record or an input has nothing above it."""
    line = option_row(option, service)
    labels: tuple[tuple[str, str, Measure], ...] = (
        ("base", f"base amount ({_base_name(plan, option)})", "base_amount"),
        ("rate", "rate", "rate"),
        ("level", "level", "level"),
        ("change", "change", "change"),
    )
    for suffix, label, measure in labels:
        is_first = measure == "base_amount"
        yield line._replace(
            id=f"{option.id}/{suffix}",
            label=f"{option.name}: {label}",
            depth=0 if is_first else 1,
            measure=measure,
            of=option.id,
            unit=rate_unit if measure == "rate" else None,
            note=noted(option) if is_first else "",
            is_repeat=measure == "change",
        )


def _base_name(plan: Plan, option: Option) -> str:
    """What its rates are of, with the year of its budget where that is one."""
    of = option.of.text if option.of else ""
    names = {node.id: node.name for node in walk(service_tree(plan))}
    whole, _, part = of.rpartition(".")
    name = f"{part.replace('-', ' ')} of {names.get(whole, whole)}" if whole else part
    years = sorted({one.budget for one in option.worked})
    return f"{name}, {' and '.join(map(str, years))} budget" if years else name


def _cells(option: Option) -> dict[Key, Cell]:
    cells: dict[Key, Cell] = {}
    for one in option.worked:
        place = option.rates[one.year].place
        cells[Key(option.id, "base_amount", one.year)] = Cell(one.base)
        cells[Key(option.id, "rate", one.year)] = Cell(rate_value(one.rate), place, is_input=True)
        cells[Key(option.id, "level", one.year)] = Cell(one.after.pence)
        cells[Key(option.id, "change", one.year)] = Cell(one.change, place)
    return cells


def _made_of(option: Option) -> dict[Key, MadeOf]:
    """How each level and change follows from the base amount and the rates."""
    made: dict[Key, MadeOf] = {}
    for one in option.worked:
        base, level = (Key(option.id, m, one.year) for m in LEVELS)
        made[level] = compound_of(base, one.after)
        before = compound_of(base, one.before)
        made[level._replace(measure="change")] = StepOf(level, before)
    return made


def compound_of(base: Key, level: Level) -> CompoundOf:
    """A level as its base amount and the rates that it is made of."""
    times, over = (
        tuple(base._replace(measure="rate", year=year) for year in years)
        for years in (level.times, level.over)
    )
    return CompoundOf(base, times, over)
