"""The figures of a sketch, computed the long way: straight from its lines, without the program.

Every total is a sum over the lowest lines; nothing is added up a tree. Amounts are in pence.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from tests.kit.plans_sketch import (
    CAPITAL,
    OPTIONS,
    Block,
    Budget,
    Option,
    Service,
    Sketch,
    StatedAt,
    walk,
    year_text,
)

Name = str
"""A measure, with its year where it has one: `net`, `change 2024-25`, `opening`."""
Figures = dict[tuple[str, Name], int]
"""Pence by row and name."""


# -- revenue --------------------------------------------------------------------------------


def leaves(services: Iterable[Service]) -> list[Service]:
    return [service for service in walk(list(services)) if not service.services]


def net_of(service: Service) -> int:
    """The net of a service without services below it."""
    return (service.net or 0) + (service.gross or 0) + (service.income or 0)


def revenue_figures(budget: Budget) -> Figures:
    """Gross, income and net by service; no gross or income where a net stands alone below."""
    groups = {service.id: leaves([service]) for service in walk(budget.services)}
    groups["total"] = leaves(budget.services)
    figures: Figures = {}
    for row, lines in groups.items():
        figures[row, "net"] = sum(net_of(line) for line in lines)
        if all(line.net is None for line in lines):
            figures[row, "gross"] = sum(line.gross or 0 for line in lines)
            figures[row, "income"] = sum(line.income or 0 for line in lines)
    return figures


# -- capital --------------------------------------------------------------------------------


def capital_figures(sketch: Sketch) -> Figures:
    """By year, `programme`, `under_development` and `total`, by scheme and over all."""
    schemes = sketch.schemes or ()
    figures: Figures = {}
    for row, lines in {**{line.id: [line] for line in schemes}, "total": list(schemes)}.items():
        for place, year in enumerate(sketch.years):
            figures[row, year_text(year)] = sum(line.allocations[place] for line in lines)
        approved = sum(sum(line.allocations) for line in lines)
        coming = sum(line.under_development or 0 for line in lines)
        figures[row, "programme"] = approved
        figures[row, "under_development"] = coming
        figures[row, "total"] = approved + coming
    return figures


# -- options --------------------------------------------------------------------------------


def within(sketch: Sketch, service: str) -> set[str]:
    """The service and all that stand below it in any year; `total` is every service."""
    lines = [line for budget in sketch.budgets for line in walk(budget.services)]
    everything = {line.id for line in lines} | {block.service for block in sketch.blocks or ()}
    if service == "total":
        return everything
    found = {service}
    for line in lines:  # parents stand before what is below them, so one pass is enough
        if line.id in found:
            found |= {below.id for below in walk(line.services)}
    return found


def blocks_within(sketch: Sketch, service: str) -> list[Block]:
    inside = within(sketch, service)
    return [block for block in sketch.blocks or () if block.service in inside]


def summed(
    sketch: Sketch,
    options: Iterable[Option],
    figures_of: Callable[[Option], tuple[int, ...]] = lambda option: option.changes,
) -> list[int]:
    """The options' figures, year by year."""
    years = [0] * len(sketch.years)
    for option in options:
        for place, pence in enumerate(figures_of(option)):
            years[place] += pence
    return years


def option_rows(sketch: Sketch) -> dict[str, list[Option]]:
    """Which options each row of the options table adds up: lines, groups, services, the total."""
    rows: dict[str, list[Option]] = {}
    services = {line.id for budget in sketch.budgets for line in walk(budget.services)}
    services |= {block.service for block in sketch.blocks or ()}
    for service in [*services, "total"]:
        inside = blocks_within(sketch, service)
        own = inside if service == "total" else [b for b in inside if b.service == service]
        for option in (option for block in own for option in block.options):
            group = f"{service}/{option.kind}/{option.status.replace(' ', '-')}"
            rows.setdefault(group, []).append(option)
            rows[option.id] = [option]
        if inside or service == "total":
            rows[service] = [option for block in inside for option in block.options]
        if own and service != "total" and inside != own:
            rows[f"{service}/own"] = [option for block in own for option in block.options]
    return rows


def option_figures(sketch: Sketch) -> Figures:
    """The change in each year and the total of the changes, by row."""
    figures: Figures = {}
    for row, lines in option_rows(sketch).items():
        changes = summed(sketch, lines)
        for year, pence in zip(sketch.years, changes, strict=True):
            figures[row, f"change {year_text(year)}"] = pence
        figures[row, "total"] = sum(changes)
    return figures


# -- position -------------------------------------------------------------------------------


def taken_back(option: Option) -> tuple[int, ...]:
    """What a one-off gives back in each year: its change of the year before, sign turned."""
    return (0, *(-pence for pence in option.changes[:-1])) if not option.recurs else ()


def years_shown(sketch: Sketch) -> list[int]:
    """The plan's years and, of several budgets, that of each of them."""
    budgets = [budget.year for budget in sketch.budgets] if len(sketch.budgets) > 1 else []
    return sorted({*plan_years(sketch), *budgets})


def plan_years(sketch: Sketch) -> tuple[int, ...]:
    if sketch.blocks is not None:
        return sketch.years
    return tuple(budget.year for budget in sketch.budgets)


def changes_within(sketch: Sketch, service: str) -> dict[int, int]:
    """The change of each year of the plan, reversals with it, in all that a service holds."""
    options = [o for block in blocks_within(sketch, service) for o in block.options]
    if sketch.blocks is None:
        return dict.fromkeys(plan_years(sketch), 0)
    listed, back = summed(sketch, options), summed(sketch, options, taken_back)
    changes = dict.fromkeys(years_shown(sketch), 0)
    for year, change, reversal in zip(sketch.years, listed, back, strict=True):
        changes[year] = change + reversal
    after = [year for year in changes if year > sketch.years[-1]]
    if after:  # the first year shown after the plan takes back what its last year adds
        changes[after[0]] = -sum(option.changes[-1] for option in options if not option.recurs)
    return changes


def base_at(sketch: Sketch, year: int) -> Budget | None:
    """The latest budget at or before a year, else the first if it contains the year's options."""
    before = [budget for budget in sketch.budgets if budget.year <= year]
    after = [budget for budget in sketch.budgets[:1] if year in budget.contains]
    return max(before or after, key=lambda budget: budget.year, default=None)


def first_base(sketch: Sketch) -> Budget | None:
    """The budget that the plan's first year with any stands on."""
    bases = (base_at(sketch, year) for year in years_shown(sketch))
    return next((base for base in bases if base is not None), None)


def opening_of(sketch: Sketch, budget: Budget, service: str) -> int:
    """The budget of all that a service holds, less the changes that it already contains."""
    inside = within(sketch, service)
    base = sum(net_of(line) for line in leaves(budget.services) if line.id in inside)
    changes = changes_within(sketch, service)
    return base - sum(changes.get(year, 0) for year in contained(sketch, budget))


def contained(sketch: Sketch, budget: Budget) -> list[int]:
    """The years whose changes a budget contains; with the last, what is taken back after it."""
    last = sketch.years[-1]
    after = [year for year in years_shown(sketch) if last < year <= budget.year]
    return [*budget.contains, *(after if last in budget.contains else ())]


def changes_are_known(sketch: Sketch) -> bool:
    return sketch.blocks is not None or not any(budget.contains for budget in sketch.budgets)


def position_rows(sketch: Sketch) -> list[str]:
    rows = [line.id for budget in sketch.budgets for line in walk(budget.services)]
    if not rows:
        rows = [block.service for block in sketch.blocks or ()]
    return [*dict.fromkeys(rows), "total"]


def position_figures(sketch: Sketch) -> Figures:
    """Every figure of the position of services and the total."""
    figures: Figures = {}
    for row in position_rows(sketch):
        figures |= {(row, name): pence for name, pence in _position_of(sketch, row)}
    return figures


def _position_of(sketch: Sketch, row: str) -> Iterator[tuple[Name, int]]:
    years = years_shown(sketch)
    changes = changes_within(sketch, row)
    levels = dict(zip(years, accumulate(changes[year] for year in years), strict=True))
    known, earlier = changes_are_known(sketch), None
    for year in years:
        written = year_text(year)
        if known:
            yield f"change {written}", changes[year]
            yield f"cumulative_change {written}", levels[year]
            if year in plan_years(sketch):
                yield f"total_to_date {written}", sum(levels[y] for y in years if y <= year)
        base, first = base_at(sketch, year), first_base(sketch)
        if base is None:
            earlier = None
        elif first is not None:
            opening = opening_of(sketch, base, row)
            yield f"net_budget {written}", opening + levels[year]
            if known:
                later = base.year != first.year
                yield f"opening {year_text(base.year)}" if later else "opening", opening
                if earlier is not None and len(sketch.budgets) > 1:
                    yield f"other_movements {written}", opening - earlier
                earlier = opening


# -- what a plan could print as its totals --------------------------------------------------


def printed_totals(sketch: Sketch) -> dict[StatedAt, int]:
    """Every total that a plan's files have a place for, and what it comes to.

    Under `basis: level` the options' totals of a year are levels.
    """
    found: dict[StatedAt, int] = {}
    for budget in sketch.budgets:
        for (row, name), pence in revenue_figures(budget).items():
            found[budget.file, row, name] = pence
    if sketch.schemes is not None:
        for (row, name), pence in capital_figures(sketch).items():
            found[CAPITAL, row, name] = pence
    for row, lines in option_blocks(sketch).items():
        figures = summed(sketch, lines, sketch.levels)
        for year, pence in zip(sketch.years, figures, strict=True):
            found[OPTIONS, row, year_text(year)] = pence
        found[OPTIONS, row, "total"] = sum(summed(sketch, lines))
        found |= {(OPTIONS, line.id, "total"): sum(line.changes) for line in lines}
    return found


def option_blocks(sketch: Sketch) -> dict[str, list[Option]]:
    """The options that each block's stated totals cover, and those of the whole file."""
    if sketch.blocks is None:
        return {}
    rows = {block.service: list(block.options) for block in sketch.blocks}
    return {**rows, "total": [option for lines in rows.values() for option in lines]}


def addends_of(sketch: Sketch, at: StatedAt) -> list[int]:
    """The figures directly beneath a printed total."""
    file, row, name = at
    if file == CAPITAL:
        return _capital_addends(sketch, row, name)
    if file == OPTIONS:
        return _option_addends(sketch, row, name)
    budget = next(budget for budget in sketch.budgets if budget.file == file)
    figures = revenue_figures(budget)
    if row == "total":
        return [figures[line.id, name] for line in budget.services]
    line = next(line for line in walk(budget.services) if line.id == row)
    if line.services:
        return [figures[below.id, name] for below in line.services]
    return [line.gross or 0, line.income or 0] if name == "net" and line.net is None else []


def _capital_addends(sketch: Sketch, row: str, name: str) -> list[int]:
    figures = capital_figures(sketch)
    if row == "total":
        return [figures[line.id, name] for line in sketch.schemes or ()]
    if name == "programme":
        return [figures[row, year_text(year)] for year in sketch.years]
    return [figures[row, "programme"], figures[row, "under_development"]] if name == "total" else []


def _option_addends(sketch: Sketch, row: str, name: str) -> list[int]:
    blocks = option_blocks(sketch)

    def figure(lines: list[Option]) -> int:
        if name == "total":
            return sum(sum(line.changes) for line in lines)
        years = [year_text(year) for year in sketch.years]
        return summed(sketch, lines, sketch.levels)[years.index(name)]

    if row == "total":
        return [figure(lines) for row, lines in blocks.items() if row != "total"]
    if row in blocks:
        return [figure([line]) for line in blocks[row]]
    option = next(line for line in blocks["total"] if line.id == row)
    return list(option.changes) if sketch.basis == "change" else []
