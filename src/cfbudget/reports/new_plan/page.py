"""A plan rolled forward as a page: its new base, what fell away, and what is to be filled in."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.capital import capital_amounts, financings
from cfbudget.calculate.not_known import capital_lacks
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.grammar import counted, listed
from cfbudget.layout.page import Block, Facts, Heading, Items, Page, Sentences, Title, page
from cfbudget.money import MILLIONS, Unit, alike, as_set, exactly, printed
from cfbudget.new_plan.roll_forward import RolledForward, lacks_its_options, missing_years
from cfbudget.new_plan.rolled_options import DroppedLine
from cfbudget.plan.files import RevenueBudget, ServiceOptions
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import TBC
from cfbudget.years import FinancialYear


class WrittenPlan(NamedTuple):
    """A plan that was rolled forward, and where it was written to."""

    made: RolledForward
    folder: str


class PartSaid(NamedTuple):
    """A part of what became of a plan: a heading, what there is of each line, and a sentence."""

    what: str
    """As records call it."""
    heading: str
    lines: tuple[DroppedLine, ...]
    unit: Unit


def rolled_page(written: WrittenPlan) -> Page:
    made = written.made
    rolled = made.rolled
    first, new = rolled.first, made.plan
    begins = first.next()
    return page(
        (
            Title(f"{new.name}: rolled forward from {first} to {begins}"),
            Facts(tuple(_base(made))),
            *(block for said in parts(made) for block in _blocks(said, first)),
            Heading("To be filled in"),
            Items(tuple(to_fill(made))),
            Sentences((*_written(written), *_warned(made), *_next_steps(written))),
        )
    )


def parts(made: RolledForward) -> Iterator[PartSaid]:
    """What fell away and what was kept for one reason, with its amounts of the first year."""
    rolled = made.rolled
    first, begins = rolled.first, rolled.first.next()
    if options := rolled.options:
        unit = options.options.unit
        gone = (
            f"Dropped: options that change nothing from {begins} on, with their change in {first}"
        )
        back = f"Kept as one-offs that {begins} takes back, with their change in {first}"
        yield PartSaid("dropped", gone, options.dropped, unit)
        yield PartSaid("taken back", back, options.taken_back, unit)
    if capital := rolled.capital:
        heading = f"Capital: the allocations of {first} fall away"
        yield PartSaid("fallen", heading, capital.fallen, capital.programme.unit)
        names = {one.id: one for one in rolled.old.capital.schemes} if rolled.old.capital else {}
        carried = tuple(
            DroppedLine(id_, names[id_].name, "", pence, names[id_].place)
            for id_, pence in rolled.carried.items()
        )
        heading = f"Capital: carried forward into {begins}"
        yield PartSaid("carried forward", heading, carried, capital.programme.unit)
    if funding := rolled.funding:
        heading = f"Dropped: funding of which nothing is left, with its amount in {first}"
        yield PartSaid("dropped", heading, funding.dropped, funding.funding.unit)


def _blocks(said: PartSaid, first: FinancialYear) -> Iterator[Block]:
    if said.lines:
        yield Heading(said.heading)
        amounts = as_set(said.unit, *(one.pence for one in said.lines))
        yield Items(
            tuple(
                _line(one, f"{text} {said.unit.name}")
                for one, text in zip(said.lines, amounts, strict=True)
            )
        )


def _line(line: DroppedLine, amount: str) -> str:
    where = f" ({line.of})" if line.of else ""
    return f"{line.name}{where}: {amount}"


# -- the base and the programme -------------------------------------------------------------


def base_of_new(made: RolledForward) -> RevenueBudget | None:
    """The budget of the first year of the new plan, where it has one."""
    begins = made.rolled.first.next()
    found = (one for one in made.plan.revenue if one.financial_year.year == begins)
    return next(found, None)


def base_net(budget: RevenueBudget) -> int:
    """What a budget comes to, in pence."""
    return revenue_amounts(budget).amounts[Key(TOTAL, "net", budget.financial_year.year)]


def _base(made: RolledForward) -> Iterator[str]:
    base, old = base_of_new(made), made.rolled.old
    if base is not None:
        (net,) = alike(base.unit, base_net(base))
        what = _what(base, made.plan)
        yield f"Base budget of {base.financial_year.year}: {net} {base.unit.name}, {what}."
    for name in made.rolled.budgets.not_allocated:
        yield (
            f"What options of {name} as a whole come to stands in a service of its own within it, "
            "not allocated."
        )
    for budget in made.plan.revenue:
        if budget is not base and budget.projected:
            year = budget.financial_year.year
            yield f"The budget of {year} is projected anew: what fell away was not all in it."
    for left in made.rolled.budgets.left_out:
        yield f"Left out: the budget of {left.financial_year.year}, after the plan's last year."
    if made.rolled.options:
        now = sum(len(block.options) for block in _blocks_of(made.plan))
        was = sum(len(block.options) for block in _blocks_of(old))
        yield (
            f"{counted(now, 'option', 'remains')} of {was}; what was new is previously approved."
        )
        if written_out := made.rolled.options.written_out:
            yield (
                f"Written out as changes: {'; '.join(written_out)}. What their rates are of is "
                "known once the budget is struck."
            )
    yield from _programme(made)
    if _is_paid_for(made):
        yield (
            f"What pays for what is carried forward is so in the shares of {made.rolled.first}: "
            "check it in the capital programme."
        )


def _is_paid_for(made: RolledForward) -> bool:
    """Whether anything that is carried forward has financing, which goes with it."""
    old = made.rolled.old.capital
    if old is None or not made.rolled.carried or made.plan.capital is None:
        return False
    schemes = [one for one in old.schemes if one.id in made.rolled.carried]
    is_given = old.financing is not None or any(one.financing for one in schemes)
    return is_given and bool(financings(made.plan.capital))


def _what(base: RevenueBudget, plan: Plan) -> str:
    if not base.projected:
        return "as it was struck already"
    contains = [str(word.year) for word in base.contains_options_of]
    if lacks_its_options(base, plan):
        return (
            f"what the plan foresees without the options of {base.financial_year.year}, of which "
            f"not all is known ({TBC}); projected until it is struck"
        )
    options = f", with the options of {listed(contains)}" if contains else ""
    return f"the net budget that the plan foresees{options}; projected until it is struck"


def _programme(made: RolledForward) -> Iterator[str]:
    """What the programme comes to, up to the first year of which not all is known."""
    known = made.plan.capital
    amounts, lacks = capital_amounts(made.plan).amounts, capital_lacks(made.plan)
    whole = [Key(TOTAL, "allocation", year) for year in made.plan.capital_years]
    years = [key.year for key in takewhile(lambda key: key not in lacks, whole)]
    if known is None or not years:
        return
    pence = sum(amounts[Key(TOTAL, "allocation", year)] for year in years)
    span = f"over {years[0]} to {years[-1]}" if len(years) > 1 else f"in {years[0]}"
    rest = whole[len(years) :]
    left = sum(amounts[key] for key in rest)
    more = (
        f"; from {rest[0].year} on {_programmed(left, known.unit)} is known so far" if left else ""
    )
    yield f"Capital programme {span}: {_programmed(pence, known.unit)}{more}."


def _programmed(pence: int, unit: Unit) -> str:
    if unit is MILLIONS:
        return f"£{printed(pence, MILLIONS, 3)}m"
    return f"{exactly(pence, unit)} {unit.name}"


def _blocks_of(plan: Plan) -> Sequence[ServiceOptions]:
    return plan.options.services if plan.options else ()


# -- what is left to do ---------------------------------------------------------------------


def to_fill(made: RolledForward) -> Iterator[str]:
    """What the new plan does not know yet, file by file."""
    rolled, plan = made.rolled, made.plan
    for budget in plan.revenue:
        if budget.projected:
            file = budget.place.file
            yield f"{file}: the approved budget of {budget.financial_year.year}, once it is struck"
    if rolled.options and rolled.options.added:
        lines = counted(len(rolled.options.to_fill), "option")
        file, year = plan.options.place.file if plan.options else "", rolled.options.added
        yield f"{file}: {year} of {lines}, which is tbc; and the new options"
    if rolled.capital and rolled.capital.added:
        lines = counted(len(rolled.capital.to_fill), "scheme")
        file, year = plan.capital.place.file if plan.capital else "", rolled.capital.added
        yield f"{file}: {year} of {lines}, which is tbc"
    for file_of in (plan.funding, plan.reserves):
        if file_of is not None:
            years = missing_years([word.year for word in file_of.financial_years], plan)
            yield f"{file_of.place.file}: {listed(years)}, which it does not list yet"


def _written(written: WrittenPlan) -> Iterator[str]:
    yield f"Written to {written.folder}: {listed(written.made.texts)}."
    yield (
        "Not carried: stated figures, but those of a budget that is kept, comments and scenarios. "
        "Notes, sources, refs and owners are."
    )


def _warned(made: RolledForward) -> Iterator[str]:
    for problem in made.warnings:
        yield f"check now warns: {problem.rule} {problem.message}."


def _next_steps(written: WrittenPlan) -> Iterator[str]:
    made = written.made
    schemes = made.plan.capital.schemes if made.plan.capital else ()
    unknown = [option.unknown for block in _blocks_of(made.plan) for option in block.options]
    is_known = not any((*unknown, *(scheme.unknown for scheme in schemes)))
    fill = "" if is_known else f"; then fill in what is {TBC}"
    compared = f"cfbudget compare {made.rolled.old.folder} {written.folder}"
    yield f"Next: cfbudget check --data {written.folder}; {compared}{fill}."


def started_page(
    name: str, folder: str, years: Sequence[FinancialYear], files: Iterable[str]
) -> Page:
    """What a starter is, and what to do with it."""
    return page(
        (
            Title(f"{name}: a new plan of {years[0]} to {years[-1]}"),
            Sentences(
                (
                    f"Written to {folder}: {listed(files)}.",
                    "Fill in each 0 and tbc, rename the example lines, and delete what you do not "
                    "need: what is not known yet is tbc, and in no figure.",
                    f"Next: cfbudget check --data {folder}; cfbudget totals --data {folder}.",
                )
            ),
        )
    )
