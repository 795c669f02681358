"""What a policy option is: each kind once, with its sign and its words. Nothing else names a kind.

A kind more is an entry more: readers, tables, rules, scenarios and workbooks follow from it.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from cfbudget.grammar import listed

Kind = str
"""A key of `KINDS`: the reader takes no other."""


class KindEntry(NamedTuple):
    """What is to be known of a kind."""

    sign: Literal[-1, 0, 1]
    """Of its changes: -1 lowers the net budget, +1 raises it, 0 may do either."""
    article: Literal["a", "an"]
    plural: str
    together: str
    """What many of them are called in a table: new investment, Total new investment."""
    may_be_invest_to_save: bool = False
    """Whether it may pay for another, which it funds."""
    may_be_funded: bool = False
    """Whether an invest to save may pay for it."""
    is_taken_from_spending: bool = False
    """Whether it cannot be more than what its service spends."""


KINDS: Mapping[Kind, KindEntry] = {
    "saving": KindEntry(
        -1, "a", "savings", "savings", may_be_funded=True, is_taken_from_spending=True
    ),
    "investment": KindEntry(1, "an", "investments", "investment", may_be_invest_to_save=True),
}
"""In the order in which plans print them. The first of a sign is what stands for that sign."""


def words(kind: Kind) -> str:
    """A kind as it is said."""
    return kind.replace("-", " ")


def heading(kind: Kind) -> str:
    """A kind before the name of what is of it: Saving, Investment."""
    return words(kind).capitalize()


def a(kind: Kind) -> str:
    """One of a kind: a saving, an investment."""
    return f"{KINDS[kind].article} {words(kind)}"


def of_sign(sign: int) -> Kind:
    """What an option is called of which no more is known than its sign, −1 or +1."""
    return next(kind for kind, entry in KINDS.items() if entry.sign == sign)


def is_against(kind: Kind, amount: int) -> bool:
    """Whether an amount in pence has the sign that its kind does not have; nil never has."""
    return amount * KINDS[kind].sign < 0


def right_sign(kind: Kind) -> str:
    """What the sign of a kind is: a saving is minus. For one that has a sign."""
    return f"{a(kind)} is {'minus' if KINDS[kind].sign < 0 else 'plus'}"


def paying() -> tuple[Kind, ...]:
    """The kinds that may be invest to save."""
    return tuple(kind for kind, entry in KINDS.items() if entry.may_be_invest_to_save)


def every_kind() -> str:
    """All of them: savings and investments."""
    return listed([entry.plural for entry in KINDS.values()])


def what_moves() -> str:
    """What each does to the net budget: savings lower it, investment raises it."""
    return f"{_moving(-1, 'lower')}, {_moving(1, 'raise')}"


def _moving(sign: int, verb: str) -> str:
    entries = [entry for entry in KINDS.values() if entry.sign == sign]
    are_many = len(entries) > 1 or entries[0].together == entries[0].plural
    return f"{listed([entry.together for entry in entries])} {verb}{'' if are_many else 's'} it"


# Words in a name that speak of more spending, and of less.
MORE = frozenset({"growth", "pressure", "pressures"})
LESS = frozenset({"saving", "savings", "efficiency", "efficiencies"})

# What plans call an option that is of none of these kinds, and the sign that it then has.
RAISES = frozenset(
    {
        *("pressure", "growth", "demand", "inflation", "pay", "prices", "cost"),
        *("pressures", "costs", "contract", "demography", "invest-to-save"),
    }
)
LOWERS = frozenset(
    {
        *("efficiency", "efficiencies", "reduction", "cut", "savings"),
        *("income", "income-generation", "fees", "grant", "charges"),
    }
)
EITHER = frozenset({"reversal", "technical", "funding", "other", "transfer", "change"})


def meant(word: str) -> str | None:
    """What to write in place of another word for a kind."""
    raises, lowers = of_sign(1), of_sign(-1)
    if word in RAISES:
        return f"write {raises}: spending rises"
    if word in LOWERS:
        return f"write {lowers}: spending falls, or income rises"
    if word in EITHER:
        return f"write {raises} where it raises spending, or {lowers} where it lowers it"
    return None
