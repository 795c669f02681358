"""How a figure is worked out that is no sum of others: a council tax, a rate, a level."""

from collections.abc import Callable

from cfbudget.calculate.amounts import Key
from cfbudget.explanations.figures import KnownFigure
from cfbudget.layout.made_of import BandDOf, CompoundOf, MadeOf, RiseOf, StepOf, TaxOf
from cfbudget.layout.units import PER_CENT
from cfbudget.money import POUNDS, exactly, printed, said

KnownBy = Callable[[Key], KnownFigure]
"""A figure of the same table."""


class _Worked:
    """A formula as it is put together, and the figures that it names."""

    def __init__(self, look: KnownBy) -> None:
        self.look = look
        self.figures: dict[Key, KnownFigure] = {}

    def size(self, key: Key) -> str:
        """A figure as it is reckoned with, to its last place; its unit is its row's."""
        figure = self.figures.setdefault(key, self.look(key))
        if figure.unit.name == POUNDS.name:
            return f"£{printed(figure.pence, figure.unit, 2)}"
        if figure.unit.name == PER_CENT.name:
            size = f"{exactly(abs(figure.pence), figure.unit)}%" if figure.pence else "0%"
            return f"({size})" if figure.pence < 0 else size
        return said(figure.pence, figure.unit)

    def level(self, made: CompoundOf) -> str:
        """A base amount with the rates of some years on it, and those of others off."""
        up = "".join(f" × (1 + {self.size(rate)})" for rate in made.rates)
        down = "".join(f" ÷ (1 + {self.size(rate)})" for rate in made.off)
        return f"{self.size(made.base)}{up}{down}"


def worked_out(made: MadeOf | None, look: KnownBy) -> tuple[str, tuple[KnownFigure, ...]]:
    """A formula with its figures, and these; nothing where the figure is made in no such way."""
    worked = _Worked(look)
    words = ""
    match made:
        case TaxOf(base, band_d):
            product = f"{worked.size(base)} × {worked.size(band_d)}"
            words = f"tax base × Band D, to the penny, minus as funding: {product}"
        case BandDOf(amount, base):
            words = f"amount ÷ tax base, to the penny: {worked.size(amount)} ÷ {worked.size(base)}"
        case RiseOf(now, before):
            quotient = f"{worked.size(now)} ÷ {worked.size(before)} − 1"
            words = f"Band D ÷ that of the year before, less 1: {quotient}"
        case CompoundOf():
            words = (
                f"base amount × (1 + rate) of each year so far, to the penny: {worked.level(made)}"
            )
        case StepOf(level, before):
            words = (
                "level less the one before it, each to the penny: "
                f"{worked.size(level)} − {worked.level(before)}"
            )
    return words, tuple(worked.figures.values())
