"""What many plans come to together: sums over them, each proved against the plans' own totals."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from cfbudget.many.addable import NotProved
from cfbudget.many.heading_map import HEADING, MapLine
from cfbudget.many.plan_task import Kept, PlanOutcome
from cfbudget.problem import Problem, Refusal, in_order
from cfbudget.years import parse_year

OF_ONE_PLAN = ("service", "row", "label", "ref")
"""Fields whose words mean something within one plan alone: the same words are two things."""
BY_FIELDS = (
    *("plan", *OF_ONE_PLAN, "kind", "status", "fund", "category", "portfolio", "owner"),
    HEADING,
)
"""The fields that totals may be kept apart by; by table, measure and year they always are."""


class Consolidated(NamedTuple):
    """All plans that were done, and what those that could be read come to."""

    by: tuple[str, ...]
    plans: tuple[PlanOutcome, ...]
    """In their order, without their own sums."""
    sums: Mapping[Kept, int]
    """Pence, by the fields that were asked for."""
    counts: Mapping[Kept, int]
    """How many plans are in each sum, and in each total."""
    unused: tuple[MapLine, ...] = ()
    """The lines of a map that are of no service of any plan that could be read."""

    @property
    def totals(self) -> tuple[Kept, ...]:
        """What there is a total of: each table, measure and year."""
        return tuple(kept for kept in self.counts if kept == kept.whole)

    @property
    def read(self) -> tuple[PlanOutcome, ...]:
        return tuple(one for one in self.plans if not one.problems)

    @property
    def unread(self) -> tuple[PlanOutcome, ...]:
        return tuple(one for one in self.plans if one.problems)

    @property
    def map_problems(self) -> tuple[Problem, ...]:
        """What keeps the map from being laid over the plans."""
        return in_order(problem for one in self.plans for problem in one.mapped.problems)

    @property
    def records(self) -> int:
        return sum(one.records for one in self.plans)


def kept_apart_by(asked: Iterable[str]) -> tuple[str, ...]:
    """The fields that totals are kept apart by: what is of one plan alone is of it by its name."""
    fields = list(dict.fromkeys(asked))
    of_one = [at for at, field in enumerate(fields) if field in OF_ONE_PLAN]
    if of_one and "plan" not in fields[: of_one[0]]:
        fields = [field for field in fields if field != "plan"]
        fields.insert(of_one[0], "plan")
    return tuple(fields)


def consolidated(
    by: tuple[str, ...], outcomes: Iterable[PlanOutcome], mapping: Iterable[MapLine] = ()
) -> Consolidated:
    """Add up what became of each plan.

    Args:
        mapping: the map that was laid over them.

    Raises:
        NotProved: the sums are not what the plans' own totals come to: a fault of ours.
    """
    sums, totals, counts = Counter[Kept](), Counter[Kept](), Counter[Kept]()
    plans = []
    for one in outcomes:
        sums.update(one.sums)
        totals.update(one.totals)
        counts.update(dict.fromkeys((*one.totals, *one.sums), 1))
        plans.append(one._replace(sums={}))
    comes_to = Counter[Kept]()
    for kept, pence in sums.items():
        comes_to[kept.whole] += pence
    for whole, pence in totals.items():
        if comes_to[whole] != pence:
            raise NotProved(f"{whole}: {comes_to[whole]} is not {pence}")
    used = {place for one in plans for place in one.mapped.used}
    unused = tuple(line for line in mapping if line.place not in used)
    return Consolidated(by, tuple(plans), dict(sums), dict(counts), unused)


class Alike(NamedTuple):
    """Plans that may be versions or years of one body's, and the years that two of them have."""

    why: str
    """What is alike, as it is said of them."""
    plans: tuple[str, ...]
    years: tuple[str, ...]


def counted_twice(found: Consolidated) -> tuple[Alike, ...]:
    """Plans that may be one body's: they call themselves alike, or stand in folders by year.

    So may be plans that stand within another plan's folder.
    """
    alike: dict[str, list[PlanOutcome]] = {}
    every = {one.plan for one in found.read}
    around = {above for one in found.read for above in _folders(one.plan) if above in every}
    for one in found.read:
        alike.setdefault(f"call themselves {one.name!r}", []).append(one)
        for why in _places(one.plan, around):
            alike.setdefault(why, []).append(one)
    made: dict[tuple[str, ...], Alike] = {}
    for why, plans in alike.items():
        years = Counter(year for one in plans for year in {kept.year for kept in one.totals})
        shared = tuple(sorted(year for year, count in years.items() if year and count > 1))
        names = tuple(one.plan for one in plans)
        if shared:
            made.setdefault(names, Alike(why, names, shared))
    return tuple(made.values())


def _places(plan: str, around: Collection[str]) -> Iterator[str]:
    """What a plan's path may have in common with those of other plans of one body, in words.

    Args:
        around: the plans that others stand within.
    """
    *above, last = parts = plan.split("/")
    if _is_year(last):
        yield f"stand side by side in {'/'.join(above) or 'one folder'}"
    elif any(map(_is_year, above)):
        alike = "/".join("YEAR" if _is_year(part) else part for part in parts)
        yield f"stand in folders that differ by the year ({alike})"
    for outer in (*_folders(plan), plan):
        if outer in around:
            yield f"stand in and below {outer}"


def _folders(plan: str) -> Iterator[str]:
    """The folders above a plan, the outermost first."""
    return accumulate(plan.split("/")[:-1], "{}/{}".format)


def _is_year(part: str) -> bool:
    return not isinstance(parse_year(part), Refusal)
