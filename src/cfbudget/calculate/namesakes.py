"""Options of one name in one service, of which one may pay for the other: an invest to save."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.ids import id_of
from cfbudget.plan.files import Option
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.plan import Plan


class Namesakes(NamedTuple):
    """An investment that is not marked as invest to save, and the saving that has its name."""

    investment: Option
    saving: Option
    service: str


def namesakes(plan: Plan) -> Iterator[Namesakes]:
    """In the order of the investments in the file."""
    for block in plan.options.services if plan.options else ():
        options = [option for option in block.options if not option.condensed]
        savings = {id_of(o.name): o for o in options if KINDS[o.kind].may_be_funded}
        for option in options:
            saving = savings.get(id_of(option.name)) if id_of(option.name) else None
            marked = option.invest_to_save or option.funds
            if KINDS[option.kind].may_be_invest_to_save and saving and not marked:
                yield Namesakes(option, saving, block.service.text)
