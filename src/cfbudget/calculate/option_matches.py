"""Which option of an old plan is which of a new one, and in what the two differ."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.bridge_lines import BridgeCause, PlanSide
from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.former_ids import same_ids
from cfbudget.calculate.services import service_tree, walk
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear

NO_IDS: Mapping[str, str] = MappingProxyType({})


class SharedYears(NamedTuple):
    """The years that two plans are compared in, and the one from which changes count."""

    start: FinancialYear
    years: tuple[FinancialYear, ...]


class Counted(NamedTuple):
    """An option with what it comes to over a span, in pence."""

    side: PlanSide
    levels: tuple[int, ...]
    """What it adds to the net budget of each year compared, its reversals in it."""
    totals: tuple[int, int, int]
    """The sums of its changes, reversals aside: over the years compared, from the first of them
    on, and all. What a trial takes beyond the plan is in the last two."""
    ended: bool
    """Whether all that it changes comes before the span."""

    @property
    def lasting(self) -> int:
        """What stays for good of the changes within the span."""
        return self.totals[0] if self.side.recurs else 0


class Pair(NamedTuple):
    """An option as the old and the new plan have it; None where a plan does not."""

    old: Counted | None
    new: Counted | None


def counted(
    plan: Plan, span: SharedYears, renamed: Mapping[str, str] = NO_IDS
) -> tuple[Counted, ...]:
    """The plan's options over a span, in the order of its file.

    Args:
        renamed: the ids of services in the plan that it is compared with, where they are others.
    """
    names = {node.id: node.name for node in walk(service_tree(plan))}
    moved: Counter[str] = Counter()
    for option_id, pence in plan.beyond:
        moved[option_id] += pence
    return tuple(
        _counted(
            plan,
            option,
            (renamed.get(block.service.text, block.service.text), names[block.service.text]),
            span,
            moved[option.id],
        )
        for block in (plan.options.services if plan.options else ())
        for option in block.options
    )


def _counted(
    plan: Plan, option: Option, service: tuple[str, str], span: SharedYears, moved: int
) -> Counted:
    """An option as a plan has it.

    Args:
        service: the id and the name of the service that it belongs to.
        moved: what a trial takes of it beyond the plan.
    """
    basis = plan.options.basis if plan.options else "change"
    changes = changes_of(option, basis, plan.years)
    # What a change before the span gives back within it belongs to the opening, as it does.
    back = reversals_of(option, plan.years, plan.years[0])
    taken_back = {year: pence for year, pence in back.items() if year > span.start}
    counting = {y: p for y, p in changes.items() if y >= span.start}
    levels = tuple(
        sum(pence for made in (counting, taken_back) for at, pence in made.items() if at <= year)
        for year in span.years
    )
    within = sum(pence for year, pence in counting.items() if year <= span.years[-1])
    ended = any(changes.values()) and not any(counting.values())
    return Counted(
        PlanSide(
            option.id,
            option.name,
            *service,
            option.place,
            option.kind,
            option.status,
            option.recurs,
            description=option.description,
            fte=tuple((year, one.pence) for year, one in sorted(option.fte.items()) if one.pence),
            was=option.was.text if option.was else "",
        ),
        levels,
        (within, sum(counting.values()) + moved, sum(changes.values()) + moved),
        ended,
    )


def pairs(old: Sequence[Counted], new: Sequence[Counted]) -> list[Pair]:
    """Each option once, in the new plan's order, then those that only the old one has.

    Options are the same by their id, or because one says what its id was. Of the others, two of
    one service and kind are the same where they have the same name, or else the same changes; of
    several, in the order listed.
    """
    left = {option.side.id: option for option in old}
    renamed = same_ids(*({o.side.id: o.side.was for o in options} for options in (old, new)))
    found = {o.side.id: left.pop(o.side.id) for o in new if o.side.id in left}
    found |= {now: left.pop(before) for before, now in renamed.items()}
    for alike in (_by_name_and_levels, _by_name, _by_levels):
        waiting = [option for option in new if option.side.id not in found]
        for before, after in _alike([*left.values()], waiting, alike):
            found[after.side.id] = left.pop(before.side.id)
    both = [Pair(found.get(option.side.id), option) for option in new]
    return [*both, *(Pair(option, None) for option in left.values())]


def _alike(
    old: Sequence[Counted], new: Sequence[Counted], alike: Callable[[Counted], Hashable]
) -> Iterator[tuple[Counted, Counted]]:
    """Options with the same key, one to one; None is nothing to know an option by."""
    waiting: defaultdict[Hashable, list[Counted]] = defaultdict(list)
    for option in reversed(old):
        waiting[alike(option)].append(option)
    for option in new:
        key = alike(option)
        if key is not None and waiting[key]:
            yield waiting[key].pop(), option


def _by_name(option: Counted) -> Hashable:
    return option.side.service, option.side.kind, option.side.name


def _by_levels(option: Counted) -> Hashable:
    """Options that move no money are not the same for that."""
    if not any(option.levels):
        return None
    return option.side.service, option.side.kind, option.levels


def _by_name_and_levels(option: Counted) -> Hashable:
    return _by_name(option), option.levels


def causes_of(pair: Pair) -> tuple[BridgeCause, ...]:
    """In what an option differs; nothing where it is the same in both plans."""
    if pair.old is None:
        return ("new",)
    if pair.new is None:
        return ("removed",)
    old, new = pair.old.side, pair.new.side
    differs: dict[BridgeCause, bool] = {
        "renamed": (old.id, old.name) != (new.id, new.name),
        "moved service": old.service != new.service,
        "kind changed": old.kind != new.kind,
        "status changed": old.status != new.status,
        "described otherwise": old.description != new.description,
        "FTE changed": old.fte != new.fte,
    }
    money = _money_cause(pair.old, pair.new)
    return (*(cause for cause, there in differs.items() if there), *money)


def _money_cause(old: Counted, new: Counted) -> tuple[BridgeCause, ...]:
    """Re-phased where the changes come to the same, re-priced where they do not.

    Where only one of the two is a one-off, what stays for good of each is compared: a lasting
    saving that becomes one for a year is another price, though it prints the same figure.
    """
    one_off = old.side.recurs != new.side.recurs
    if one_off:
        same = old.lasting == new.lasting
    else:
        # A change may have moved to a year that only one of the plans has.
        same = any(before == after for before, after in zip(old.totals, new.totals, strict=True))
    if old.levels == new.levels and not (one_off and not same):
        return ()
    return ("re-phased",) if same else ("re-priced",)
