"""The policy options by category, portfolio, owner, kind or status, over all services."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Amounts, ColumnKey, Key, RowSum, add_up
from cfbudget.calculate.not_known import LeftOut
from cfbudget.ids import id_of
from cfbudget.plan.files import Option, PolicyOptions, StatedGroup
from cfbudget.plan.groupings import GROUPINGS, Grouping
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.statuses import STATUSES

OF_TEXTS: tuple[Grouping, ...] = ("category", "portfolio", "owner")
"""What only some options may say, and what is grouped as it is written."""
NOT_GIVEN = "not-given"


class OptionGroup(NamedTuple):
    """The options of which a plan says the same."""

    row: str
    """Of their total: `total/category/prevention`; no other row of the options has such an id."""
    said: str
    """What it says, as written; nothing of those of which it says nothing."""
    options: tuple[Option, ...]

    @property
    def row_sum(self) -> RowSum:
        return RowSum(self.row, tuple(option.id for option in self.options))


def grouping_row(by: Grouping) -> str:
    """The row of the total over all groups: that of the whole plan, added up another way."""
    return f"{TOTAL}/{by}"


def said_of(option: Option, by: Grouping) -> str:
    """What a plan says of an option, or nothing."""
    if by == "kind":
        return option.kind
    if by == "status":
        return option.status
    return str(getattr(option.description, by))


def option_groups(options: PolicyOptions, by: Grouping) -> tuple[OptionGroup, ...]:
    """Every option in one group: in the order of the file, of kinds and of statuses in theirs.

    The options of which nothing is said are the last group.
    """
    orders: Mapping[Grouping, Sequence[str]] = {"kind": [*KINDS], "status": [*STATUSES.values()]}
    found: dict[str, list[Option]] = {said: [] for said in orders.get(by, ())}
    silent: list[Option] = []
    for block in options.services:
        for option in block.options:
            said = said_of(option, by)
            (found.setdefault(said, []) if said else silent).append(option)
    taken: set[str] = {NOT_GIVEN}
    groups = [
        OptionGroup(f"{grouping_row(by)}/{_slug(said, taken)}", said, tuple(group))
        for said, group in found.items()
        if group
    ]
    if silent:
        groups.append(OptionGroup(f"{grouping_row(by)}/{NOT_GIVEN}", "", tuple(silent)))
    return tuple(groups)


def _slug(said: str, taken: set[str]) -> str:
    """An id for what is said: two spellings of one have two."""
    wanted = id_of(said) or "group"
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    taken.add(found)
    return found


def groupings_given(options: PolicyOptions) -> tuple[Grouping, ...]:
    """What any option says of itself, and what totals are stated by."""
    every = [option.description for block in options.services for option in block.options]
    stated = {group.by for group in options.groups}
    return tuple(
        by
        for by in GROUPINGS
        if by in stated or (by in OF_TEXTS and any(getattr(one, by) for one in every))
    )


def with_groups(amounts: Amounts, groups: Sequence[OptionGroup]) -> Amounts:
    """The options' amounts with the totals of groups."""
    found = dict(amounts)
    columns: list[ColumnKey] = [(key.measure, key.year) for key in amounts if key.row == TOTAL]
    add_up(found, [group.row_sum for group in groups], columns)
    return found


def with_groups_lacking(lacks: LeftOut, groups: Sequence[OptionGroup]) -> LeftOut:
    """What figures of the options lack, with the totals of groups: each what its options do."""
    by_row: dict[str, list[Key]] = {}
    for key in lacks:
        by_row.setdefault(key.row, []).append(key)
    found = dict(lacks)
    for group in groups:
        for option in group.options:
            for key in by_row.get(option.id, ()):
                total = key._replace(row=group.row)
                found[total] = (*found.get(total, ()), *lacks[key])
    return found


def stated_groups(options: PolicyOptions) -> Iterator[tuple[StatedGroup, OptionGroup]]:
    """The totals that are stated of groups, each with its group; one of no group is left out."""
    known: dict[Grouping, dict[str, OptionGroup]] = {}
    for stated in options.groups:
        if stated.by not in known:
            known[stated.by] = {one.said: one for one in option_groups(options, stated.by)}
        if group := known[stated.by].get(said_by(stated)):
            yield stated, group


def said_by(stated: StatedGroup) -> str:
    """What the options of a stated group say, as they say it."""
    if stated.by in OF_TEXTS:
        return stated.name.text
    return stated.name.text.lower().replace("_", "-").replace(" ", "-")
