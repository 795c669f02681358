"""What a figure is made of where neither its row nor its column says so."""

from typing import NamedTuple

from cfbudget.calculate.amounts import Key


class SumOf(NamedTuple):
    """Figures added up."""

    parts: tuple[Key, ...]


class ShareOf(NamedTuple):
    """A part of a whole, in per cent, to `SHARE_PLACES`."""

    part: Key
    whole: Key


class FirstYearOver(NamedTuple):
    """The first year from which every amount is nil or less, to the last of them."""

    amounts: tuple[Key, ...]
    """One for each year, in the order of the years."""


class Discounted(NamedTuple):
    """Annual net costs, discounted at a rate, with the sign turned; the first stands as it is."""

    costs: tuple[Key, ...]
    rate: Key


class DifferenceOf(NamedTuple):
    """A figure, and more with it, less others."""

    parts: tuple[Key, ...]
    less: tuple[Key, ...]


class TaxOf(NamedTuple):
    """Tax base × Band D to the penny, as funding: minus."""

    tax_base: Key
    band_d: Key


class BandDOf(NamedTuple):
    """Amount ÷ tax base to the penny: plus, where the amount is minus."""

    amount: Key
    tax_base: Key


class RiseOf(NamedTuple):
    """By how much a figure is more than the one before, in per cent, to `SHARE_PLACES`."""

    now: Key
    before: Key


class CompoundOf(NamedTuple):
    """A base amount × (1 + rate) for each of some years ÷ (1 + rate) of others, to the penny."""

    base: Key
    rates: tuple[Key, ...]
    off: tuple[Key, ...] = ()


class StepOf(NamedTuple):
    """A level less the one before it."""

    level: Key
    before: CompoundOf


class ChangeShareOf(NamedTuple):
    """A change by the size of what it is a change of, in per cent, to `SHARE_PLACES`."""

    change: Key
    before: Key


MadeOf = (
    SumOf
    | ShareOf
    | FirstYearOver
    | Discounted
    | DifferenceOf
    | TaxOf
    | BandDOf
    | RiseOf
    | CompoundOf
    | StepOf
    | ChangeShareOf
)
