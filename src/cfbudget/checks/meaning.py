"""Meaning (CF401 to CF408): options whose labels and figures say different things."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.changes import changes_of, from_before
from cfbudget.calculate.namesakes import namesakes
from cfbudget.calculate.not_known import options_lack
from cfbudget.calculate.option_groups import stated_groups, with_groups, with_groups_lacking
from cfbudget.calculate.options import (
    block_row,
    option_tree,
    printed_amounts,
    printed_measure,
)
from cfbudget.calculate.services import ServiceNode, service_tree, walk
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.ids import id_of
from cfbudget.money import Unit, exactly
from cfbudget.plan.files import FileRecord, Option, PolicyOptions, ServiceOptions, StatedGroup
from cfbudget.plan.kinds import KINDS, LESS, MORE, a, is_against, of_sign, right_sign
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Stated
from cfbudget.years import FinancialYear

# Words in a name that speak of more spending or of less taken back, or of what is earned.
TURNED = frozenset(
    {
        *("income", "grant", "economic", "energy"),
        *("end", "ends", "ending", "removal", "reversal", "reversed"),
        *("undelivered", "unachieved", "delay", "delayed", "rephased", "rephasing", "slippage"),
    }
)


class _Listed(NamedTuple):
    """An option with its changes, those before the plan first, and what its table says of all."""

    option: Option
    changes: Mapping[FinancialYear, int]
    block: ServiceOptions
    unit: Unit


def _listed(plan: Plan) -> Iterator[_Listed]:
    for table in filter(None, [plan.options]):
        years = plan.years
        for block in table.services:
            for option in block.options:
                if option.condensed:
                    continue  # each of them was held to these rules
                changes = changes_of(option, table.basis, years)
                yield _Listed(option, from_before(option, changes), block, table.unit)


def _whole(plan: Plan) -> Iterator[_Listed]:
    """The options of which every change is known: what others come to cannot be told."""
    return (one for one in _listed(plan) if not one.option.unknown)


def _of_one_sign(plan: Plan) -> Iterator[_Listed]:
    """Those of them whose kind has a sign; rates may rise and fall from year to year."""
    signed = (one for one in _whole(plan) if KINDS[one.option.kind].sign)
    return (one for one in signed if not one.option.is_assumption)


def _by_year(figures: Mapping[FinancialYear, int], unit: Unit) -> str:
    return ", ".join(f"{exactly(pence, unit)} in {year}" for year, pence in figures.items())


def sign_against_kind(plan: Plan) -> Problems:
    """A saving lowers spending over the plan, and an investment raises it."""
    for option, changes, _, unit in _whole(plan):
        total = sum(changes.values())
        if KINDS[option.kind].moves_income_too and any(one.base < 0 for one in option.worked):
            total = -total  # more of what is earned is minus
        if is_against(option.kind, total):
            total = sum(changes.values())
            does = "raises" if total > 0 else "lowers"
            message = (
                f"{option.name!r} is {a(option.kind)} that {does} spending: "
                f"{exactly(total, unit)} {unit.name} by {max(changes)}"
            )
            hint = f"check its sign ({right_sign(option.kind)}) and its kind"
            yield warn(rules.SIGN_AGAINST_KIND, option, message, hint)


def invests_for_nothing(plan: Plan) -> Problems:
    """An invest to save names the saving that it pays for."""
    for option, *_ in _listed(plan):
        if option.invest_to_save and not option.funds:
            message = f"{option.name!r} is invest to save and funds nothing"
            hint = "add funds: [the saving's id]"
            yield warn(rules.INVESTS_FOR_NOTHING, option, message, hint)


def unmarked_pairs(plan: Plan) -> Problems:
    """An investment that shares its name with a saving is probably made to save."""
    for option, saving, _ in namesakes(plan):
        both = f"{a(saving.kind)} and {a(option.kind)}"
        message = f"{option.name!r} is {both}, not marked invest to save"
        hint = f"if this pays for that, add invest_to_save: true and funds: [{saving.id}]"
        yield warn(rules.UNMARKED_PAIR, option, message, hint)


def reverses_to_nil(plan: Plan) -> Problems:
    """An option that is taken back whole saves or costs nothing in the end.

    A grant, or whatever else has either sign, comes and falls out as it may.
    """
    for option, changes, _, unit in _of_one_sign(plan):
        moved = {year: pence for year, pence in changes.items() if pence}
        if moved and sum(moved.values()) == 0:
            message = f"{option.name!r} reverses to nil: {_by_year(moved, unit)}, in {unit.name}"
            hint = "if it is meant, say why: accepted: {CF404: ...}"
            yield warn(rules.REVERSES_TO_NIL, option, message, hint)


def reverses_in_part(plan: Plan) -> Problems:
    """A change of opposite sign in an option's own row takes part of it back."""
    for option, changes, _, unit in _of_one_sign(plan):
        total = sum(changes.values())
        back = {year: pence for year, pence in changes.items() if pence * total < 0}
        if back:
            message = (
                f"{option.name!r} reverses in part: {_by_year(back, unit)}, "
                f"against {exactly(total, unit)} {unit.name} by {max(changes)}"
            )
            hint = "check the sign; if it is meant, say why: accepted: {CF405: ...}"
            yield warn(rules.REVERSES_IN_PART, option, message, hint)


def name_against_kind(plan: Plan) -> Problems:
    """A saving is not called growth, nor an investment a saving."""
    for option, *_ in _listed(plan):
        named = id_of(option.name.replace("(Invest to Save)", "")).split("-")
        sign = KINDS[option.kind].sign
        opposite = {-1: MORE, 0: frozenset[str](), 1: LESS}[sign]
        said = [word for word in named if word in opposite]
        if said and TURNED.isdisjoint(named):
            message = f"{option.name!r} is {a(option.kind)} whose name says {said[0]}"
            ends = "time-limited growth" if sign < 0 else a(of_sign(-1))
            yield warn(
                rules.NAME_AGAINST_KIND, option, message, f"check its kind: is it {ends} that ends?"
            )


def name_of_another(plan: Plan) -> Problems:
    """An option that bears the name of another service may stand under the wrong one."""
    nodes = list(walk(service_tree(plan)))
    names = {node.id: id_of(node.name) or node.id for node in nodes}
    named: dict[str, list[ServiceNode]] = {}
    for node in nodes:
        named.setdefault(names[node.id], []).append(node)
    longest = max((name.count("-") + 1 for name in named), default=0)
    within = {node.id: {below.id for below in walk((node,))} for node in nodes}
    for option, _, block, _ in _listed(plan):
        own = block.service.text
        runs = dict.fromkeys(_runs_of_words(id_of(option.name), longest))
        for node in (node for run in runs for node in named.get(run, ())):
            if f"-{names[node.id]}-" in f"-{names[own]}-":
                continue
            if own not in within[node.id] and node.id not in within[own]:
                message = (
                    f"{option.name!r} bears the name of {node.name}, "
                    f"and stands under {block.name or own}"
                )
                hint = f"check its service, {own}: its figures count there"
                yield warn(rules.NAME_OF_ANOTHER, option, message, hint)


def _runs_of_words(text: str, longest: int) -> Iterator[str]:
    """Every run of words of an id, up to so many: what of a name could be another name."""
    words = text.split("-")
    for first in range(len(words)):
        for last in range(first + 1, min(first + longest, len(words)) + 1):
            yield "-".join(words[first:last])


def is_called_less(label: str) -> bool:
    """Whether a total's name speaks of savings, and of nothing that is more spending."""
    words = id_of(label).split("-")
    return not LESS.isdisjoint(words) and MORE.isdisjoint(words)


def total_against_label(plan: Plan) -> Problems:
    """A total that is called savings and is plus is a cost increase, if it lacks nothing."""
    amounts, lacks = printed_amounts(plan), options_lack(plan)
    for file in filter(None, [plan.options]):
        groups = [group for _, group in stated_groups(file)]
        amounts, lacks = with_groups(amounts, groups), with_groups_lacking(lacks, groups)
    amounts = {key: pence for key, pence in amounts.items() if key not in lacks}
    for options, record, stated, row in _total_rows(plan):
        is_less = is_called_less(stated.label or "")
        plus = _plus_figures(plan, options, amounts, row) if is_less else []
        if plus:
            message = f"{stated.label!r} is a cost increase where it is plus: {', '.join(plus)}"
            holder = "in the file" if row == TOTAL else "on its block"
            holder = "on its group" if isinstance(record, StatedGroup) else holder
            hint = (
                "read it as a net change, not as a saving; to settle it write "
                f"accepted: {{CF408: ...}} {holder}"
            )
            yield warn(rules.TOTAL_AGAINST_LABEL, record, message, hint, stated.place)


def _total_rows(plan: Plan) -> Iterator[tuple[PolicyOptions, FileRecord, Stated, str]]:
    """Each stated total of the options, with the record that states it and its row."""
    rows = {node.id: block_row(node) for node in walk(option_tree(plan))}
    for options in filter(None, [plan.options]):
        for block in options.services:
            if block.stated:
                yield options, block, block.stated, rows[block.service.text]
        if options.stated:
            yield options, options, options.stated, TOTAL
        for stated, group in stated_groups(options):
            yield options, stated, stated.stated, group.row


def _plus_figures(plan: Plan, options: PolicyOptions, amounts: Amounts, row: str) -> list[str]:
    """Which of a total row's figures are cost increases, in words."""
    measure, unit = printed_measure(options), options.unit
    figures = {f"in {year}": amounts.get(Key(row, measure, year), 0) for year in plan.years}
    figures[f"{unit.name} by {plan.years[-1]}"] = amounts.get(Key(row, "total"), 0)
    return [f"{exactly(pence, unit)} {when}" for when, pence in figures.items() if pence > 0]


MEANING = (
    Check(rules.SIGN_AGAINST_KIND, sign_against_kind, ("options",)),
    Check(rules.INVESTS_FOR_NOTHING, invests_for_nothing, ("options",)),
    Check(rules.UNMARKED_PAIR, unmarked_pairs, ("options",)),
    Check(rules.REVERSES_TO_NIL, reverses_to_nil, ("options",)),
    Check(rules.REVERSES_IN_PART, reverses_in_part, ("options",)),
    Check(rules.NAME_AGAINST_KIND, name_against_kind, ("options",)),
    Check(rules.NAME_OF_ANOTHER, name_of_another, ("options",)),
    Check(rules.TOTAL_AGAINST_LABEL, total_against_label, ("options",)),
)
