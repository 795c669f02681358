"""A plan's files with their plain options condensed, where they are so many that it is worth it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.services import service_tree, walk
from cfbudget.condensed.condensed_text import CondensedText
from cfbudget.condensed.csv_options import condensed_csv, csv_plan
from cfbudget.condensed.plain_group import PlanOfLines
from cfbudget.condensed.plain_lines import KeptLines
from cfbudget.condensed.yaml_options import condensed_yaml, yaml_plan
from cfbudget.ids import id_of
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.read.folder import OPTIONS, is_table, stem_of

TRIES = 10
"""How often options are gone through, before they are too much like each other to be condensed."""


class CondensedFile(NamedTuple):
    """The file of a plan's options, condensed."""

    name: str
    text: str
    condensed: CondensedText


def condensed_options(
    texts: Mapping[str, str], services: Mapping[str, str], kept: KeptLines, many: int
) -> CondensedFile | None:
    """A plan's file of options with its plain ones condensed; None where they are few.

    Args:
        services: the id of each service's name, by the service's id.
        kept: options that stay as they are.
        many: how many plain ones there have to be.
    """
    for name, text in texts.items():
        if stem_of(name) == stem_of(OPTIONS):
            read = csv_plan if is_table(name) else yaml_plan
            plan = read(text, name, services, _prefix(texts))
            made = _settled(text, plan, kept) if plan else None
            count = sum(len(group.lines) for group in made.lines.found) if made else 0
            return CondensedFile(name, made.text, made) if made and count >= many else None
    return None


def _prefix(texts: Mapping[str, str]) -> str:
    """A word for ids that stands in none of the texts."""
    prefix = "condensed"
    while any(prefix in text for text in texts.values()):
        prefix += "-options"
    return prefix


def _settled(text: str, plan: PlanOfLines, kept: KeptLines) -> CondensedText | None:
    """The text condensed, once no option of it turns out to be like another."""
    condense = condensed_csv if is_table(plan.file) else condensed_yaml
    for _ in range(TRIES):
        made = condense(text, plan, kept)
        more = made.lines.not_plain_after_all if made else KeptLines()
        if made is None or more == KeptLines():
            return made
        kept = kept.and_also(more)
    return None


def with_condensed(options: PolicyOptions, file: CondensedFile) -> PolicyOptions:
    """The options as read, each row of a group with the lines that it stands for."""
    lines = file.condensed.lines
    stands_for = {lines.plan.row_id(number): group for number, group in enumerate(lines.found)}
    blocks = [
        block.model_copy(
            update={
                "options": tuple(
                    option.model_copy(
                        update={"condensed": stands_for[option.id].condensed(lines.plan)}
                    )
                    if option.id in stands_for
                    else option
                    for option in block.options
                )
            }
        )
        for block in options.services
    ]
    return options.model_copy(update={"services": tuple(blocks)})


def named_like_one(plan: Plan, file: CondensedFile) -> KeptLines:
    """The condensed options that another line of the plan names, or is called like."""
    lines = file.condensed.lines
    ids = {word for word in _words(plan) if word in lines.ids}
    names = {
        name
        for block in (plan.options.services if plan.options else ())
        for option in block.options
        if (name := id_of(option.name).replace("-", " ")) in lines.names.get(block.service.text, ())
    }
    return KeptLines(frozenset(ids), frozenset(names))


def _words(plan: Plan) -> Iterator[str]:
    """The ids that stand in a plan, and those that point at others."""
    for block in plan.options.services if plan.options else ():
        for option in block.options:
            yield option.id
            yield from (word.text for word in (*option.funds, option.was) if word)
    for budget in plan.revenue:
        yield from budget.amounts
    if plan.funding:
        yield from (line.id for line in plan.funding.lines)
    if plan.reserves:
        yield from (line.id for line in plan.reserves.reserves)


def services_by_name(plan: Plan) -> dict[str, str]:
    """The id of each service's name, by the service's id."""
    return {node.id: id_of(node.name) or node.id for node in walk(service_tree(plan))}
