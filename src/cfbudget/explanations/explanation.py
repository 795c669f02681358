"""What a figure is made of: parts that add up to it, or figures that it is worked out of."""

from typing import Literal, NamedTuple

from cfbudget.explanations.figures import KnownFigure

PlusMinus = Literal[1, -1]


class SignedPart(NamedTuple):
    """A figure, and whether it is added or taken off."""

    sign: PlusMinus
    figure: KnownFigure

    @property
    def pence(self) -> int:
        """What it adds to the whole."""
        return self.sign * self.figure.pence


class Explanation(NamedTuple):
    """A figure in words, and what makes it.

    Where there are parts they add up to it to the penny. A figure without parts is given by a
    file, is nil, or is worked out by a formula of other figures.
    """

    figure: KnownFigure
    words: str
    """What it comes to, in one sentence that follows its sign."""
    parts: tuple[SignedPart, ...] = ()
    formula: str = ""
    """How it is worked out where it is no sum, with the figures in it."""
    working: tuple[KnownFigure, ...] = ()
    """The figures in the formula, in its order."""
