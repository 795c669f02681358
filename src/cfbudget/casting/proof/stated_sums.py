"""The sums that labels state, beside those that were found: what a label states is what is held."""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.proof.formula_ways import MeantFormula, holds, meant_formulas
from cfbudget.casting.proof.own_claims import SURE
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.favourable import is_told, turned_claim
from cfbudget.casting.search.label_formulas import label_formulas
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid

FEWEST = 3
"""The fewest figures that are not nil of which signs tell anything."""


class SignsStated:
    """The signs of sums down the page that labels state."""

    def __init__(self, grid: PrintedGrid, meant: Sequence[MeantFormula], *, exact: bool) -> None:
        self._grid, self._exact = grid, exact
        self._allowed: dict[frozenset[CellPlace], dict[object, Claim]] = {}
        self._totals: dict[frozenset[CellPlace], CellPlace] = {}
        for one in (one for formula in meant for way in formula.ways for one in way):
            part = stated_part(grid, one.claim)
            if part.down and len(part.cells) >= FEWEST:
                key = frozenset(part.cells)
                self._allowed.setdefault(key, {}).setdefault(part.canonical, one.claim)
                self._totals.setdefault(key, part.total)

    def as_stated(self, one: Tested) -> Tested:
        """A relation told from the cell that its label says is made, if one does."""
        part = stated_part(self._grid, one.claim)
        stated = self._allowed.get(frozenset(part.cells), {}).get(part.canonical)
        if one.claim.kind != "sum" or stated is None or stated.total == one.claim.total:
            return one
        claim = stated._replace(bits=one.claim.bits)
        return prove(self._grid, claim, exact=self._exact)

    def contradicted(self, claim: Claim) -> CellPlace | None:
        """The total of the formula of which a sum has all figures, with other signs; a workbook's
        own sums are what it means."""
        if claim.kind != "sum" or not claim.down or claim.bits >= SURE:
            return None
        part = stated_part(self._grid, claim)
        key = frozenset(part.cells)
        allowed = self._allowed.get(key)
        return None if allowed is None or part.canonical in allowed else self._totals[key]


class StatedSums(NamedTuple):
    """All relations; the sums that labels state and that hold nowhere, those that may not be meant
    as sums apart; and the signs that they state."""

    tested: Sequence[Tested]
    missed: Sequence[Tested]
    loose: Sequence[Tested]
    signs: SignsStated

    def denied(self, claims: Sequence[Claim]) -> list[Tested]:
        """The sums that may not be meant of which claims have all figures, with other signs."""
        totals = {self.signs.contradicted(claim) for claim in claims}
        return [one for one in self.loose if one.claim.total in totals]


def with_stated_sums(grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool) -> StatedSums:
    """The relations with those that labels state, where nothing else makes the totals.

    A relation that has all figures of a formula with other signs is none, and one that was found
    for its total and differs gives way to the formula where this holds. A formula that holds
    nowhere is no relation: its total is not shown to add up; if it has several signs, it differs.
    """
    meant = meant_formulas(grid, label_formulas(grid), exact=exact)
    signs = SignsStated(grid, meant, exact=exact)
    against = {at for one in tested if (at := signs.contradicted(one.claim))}
    kept = [signs.as_stated(one) for one in tested if not signs.contradicted(one.claim)]
    made = set[CellPlace]()
    missed, loose = list[Tested](), list[Tested]()
    for formula in meant:
        stated = _stated(grid, formula, exact=exact)
        made |= {one.claim.total for one in stated if holds(one)}
        held, found = _of_total(kept, formula)
        strength = formula.formula.formula.strength
        if _is_known(grid, kept, stated):
            kept += [one for one in stated if one.claim.total in against - held]
        elif any(map(holds, stated)) or (strength == "sure" and not held):
            new = [
                one
                for one in stated
                if one.claim.total not in held
                if holds(one) or not held or one.claim.total in against
            ]
            replaced = {one.claim.total for one in new}
            kept = [one for one in kept if one not in found or one.claim.total not in replaced]
            kept += new
        elif not held:
            differs = [one for one in stated if one.outcome == "differs"]
            if strength == "loose" and not against.intersection(one.claim.total for one in differs):
                loose += differs
                continue
            kept = [one for one in kept if one not in found]
            missed += differs
    kept = [one for one in kept if not (_is_broken_step(one) and one.claim.total in made)]
    return StatedSums(sorted(kept, key=_place), missed, loose, signs)


def _is_broken_step(one: Tested) -> bool:
    return one.claim.kind == "running" and one.outcome == "differs"


def stated_part(grid: PrintedGrid, claim: Claim) -> Claim:
    """The claim without its nil and blank terms."""
    terms = tuple(term for term in claim.terms if (cell := grid.cells.get(term[1])) and cell.value)
    return claim._replace(terms=terms)


def _of_total(kept: Sequence[Tested], formula: MeantFormula) -> tuple[set[CellPlace], list[Tested]]:
    """The totals of a formula's line that are made, and all sums of it."""
    (line, *_), down = formula.formula
    found = [
        one
        for one in kept
        if (one.claim.kind, one.claim.down) == ("sum", down)
        and one.claim.total[0 if down else 1] == line
    ]
    return {one.claim.total for one in found if holds(one)}, found


def _place(one: Tested) -> tuple[CellPlace, bool]:
    return one.claim.total, one.claim.down


def _is_known(grid: PrintedGrid, kept: Sequence[Tested], stated: Sequence[Tested]) -> bool:
    """Whether a relation is one of these sums, be it told from another of its cells."""
    known = {stated_part(grid, one.claim).canonical for one in kept if one.claim.kind == "sum"}
    return any(stated_part(grid, one.claim).canonical in known for one in stated)


def _stated(grid: PrintedGrid, formula: MeantFormula, *, exact: bool) -> Sequence[Tested]:
    """The formula with the signs by which it holds most often."""
    best = max(formula.ways, key=lambda way: sum(map(holds, way)))
    return best if formula.formula.down else _favourably(grid, best, exact=exact)


def _favourably(grid: PrintedGrid, stated: Sequence[Tested], *, exact: bool) -> list[Tested]:
    """The same, the other way round where it so holds, if that is in several rows or said."""
    turned = {
        one.claim.total: other
        for one in stated
        if not holds(one)
        for other in (prove(grid, turned_claim(one.claim), exact=exact),)
        if holds(other)
    }
    told = len(turned) > 1
    return [
        turned.get(at, one) if told or is_told(grid, at) else one
        for one in stated
        for at in (one.claim.total,)
    ]
