"""What a policy option is: each kind once, with its sign and its words. Nothing else names a kind.

A kind more is an entry more: readers, tables, rules, scenarios and workbooks follow from it.
"""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from cfbudget.grammar import listed

Kind = str
"""A key of `KINDS`: the reader takes no other."""


class KindEntry(NamedTuple):
    """What is to be known of a kind."""

    sign: Literal[-1, 0, 1]
    """Of its changes: -1 lowers the net budget, +1 raises it, 0 may do either."""
    one: str
    """One of them: a saving, another change."""
    plural: str
    together: str
    """What many of them are called in a table: new investment, Total new investment."""
    may_be_invest_to_save: bool = False
    """Whether it may pay for another, which it funds."""
    may_be_funded: bool = False
    """Whether an invest to save may pay for it."""
    is_taken_from_spending: bool = False
    """Whether it cannot be more than what its service spends."""
    moves_income_too: bool = False
    """Whether rates of it on income are right to lower the net budget: prices raise both."""


KINDS: Mapping[Kind, KindEntry] = {
    "saving": KindEntry(
        -1, "a saving", "savings", "savings", may_be_funded=True, is_taken_from_spending=True
    ),
    "income-generation": KindEntry(
        -1, "income generation", "income generation", "income generation", may_be_funded=True
    ),
    "investment": KindEntry(
        1, "an investment", "investments", "investment", may_be_invest_to_save=True
    ),
    "pressure": KindEntry(1, "a pressure", "pressures", "pressures"),
    "demand": KindEntry(1, "a change in demand", "changes in demand", "demand"),
    "inflation": KindEntry(1, "inflation", "inflation", "inflation", moves_income_too=True),
    "grant": KindEntry(0, "a grant change", "grant changes", "grant changes"),
    "reversal": KindEntry(0, "a reversal", "reversals", "reversals"),
    "other": KindEntry(0, "another change", "other changes", "other changes"),
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
    return KINDS[kind].one


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


def what_moves(kinds: Collection[Kind]) -> str:
    """What each of some kinds does to the net budget: savings lower it, investment raises it."""
    verbs = ((-1, "lower"), (1, "raise"), (0, "move"))
    return ", ".join(said for sign, verb in verbs if (said := _moving(kinds, sign, verb)))


def _moving(kinds: Collection[Kind], sign: int, verb: str) -> str:
    entries = [entry for kind, entry in KINDS.items() if kind in kinds and entry.sign == sign]
    if not entries:
        return ""
    are_many = len(entries) > 1 or entries[0].together.endswith("s")
    return f"{listed([entry.together for entry in entries])} {verb}{'' if are_many else 's'} it"


# Words in a name that speak of more spending, and of less.
MORE = frozenset({"growth", "pressure", "pressures"})
LESS = frozenset({"saving", "savings", "efficiency", "efficiencies"})

# What plans call an option besides, and the kind that is meant: several where it may be any.
MEANT: Mapping[str, tuple[Kind, ...]] = {
    word: kinds
    for kinds, found in {
        ("saving",): "efficiency efficiencies reduction cut savings",
        ("income-generation",): "income fees charges fees-and-charges",
        ("investment",): "investments invest-to-save",
        ("investment", "demand", "pressure"): "growth",
        ("pressure",): "pressures cost costs contract",
        ("demand",): "demography demographic demographics volume volumes",
        ("inflation",): "pay prices price indexation inflationary",
        ("grant",): "grants funding",
        ("reversal",): "reversals one-off",
        ("other",): "technical transfer change virement",
    }.items()
    for word in found.split()
}


def meant(word: str) -> str | None:
    """What to write in place of another word for a kind."""
    return f"write {' or '.join(MEANT[word])}" if word in MEANT else None
