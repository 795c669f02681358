"""Cast and cross-cast a printed table."""

from collections.abc import Sequence
from decimal import Decimal

from cfbudget.addresses import cell_name
from cfbudget.casting.proof.broken_nils import NO_NIL, broken_nils
from cfbudget.casting.proof.odd_sums import odd_sums
from cfbudget.casting.proof.own_claims import with_own_sums
from cfbudget.casting.proof.phrases import formula_of
from cfbudget.casting.proof.repairs import Repair
from cfbudget.casting.proof.searched_table import search_table
from cfbudget.casting.proof.shared_figures import sharing_figures
from cfbudget.casting.proof.suspects import Findings, find_suspects
from cfbudget.casting.proof.uncovered_slips import with_uncovered_slips
from cfbudget.casting.proof.unproved import settle_totals
from cfbudget.casting.results import Casting, Relation, Suspect
from cfbudget.casting.search.bounds_reached import bounds_reached
from cfbudget.casting.search.claims import Claim, Tested
from cfbudget.casting.search.effort import Effort
from cfbudget.casting.stored_cells import NOTHING_STORED, StoredCells
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import ERROR, PrintedGrid, read_grid
from cfbudget.casting.table.own_sums import own_sums


def cast(
    rows: Sequence[Sequence[str]],
    *,
    exact: bool | None = None,
    stored: StoredCells = NOTHING_STORED,
) -> Casting:
    """Find out from a printed table alone how it adds up, and re-add it.

    Args:
        rows: lines of cells as text, as printed; the first line is row 1 and its first cell A1.
        exact: whether figures are exact, so that no rounding is allowed; None to tell by them.
        stored: what the cells hold besides their text.
    """
    return cast_grid(rows, exact=exact, stored=stored)[1]


def cast_grid(
    rows: Sequence[Sequence[str]], *, exact: bool | None, stored: StoredCells
) -> tuple[PrintedGrid, Casting]:
    """The same, with the figures that it was found in."""
    read, own = read_grid(rows, stored), own_sums(stored.formulas)
    effort = Effort(len(read.cells))
    found = with_own_sums(search_table(read, effort, exact=exact), own)
    grid = found.grid
    relations = with_uncovered_slips(grid, found.tested, exact=found.exact)
    settled = settle_totals(grid, relations, exact=found.exact)
    tested, unproved = settled.tested, settled.unproved
    findings = find_suspects(grid, tested, exact=found.exact, named=True)
    shared = sharing_figures(grid, settled.blocks, findings.changes, exact=found.exact)
    if shared:
        tested = tuple(sorted((*tested, *shared), key=_place))
        totals = {_name(one.claim.total) for one in shared}
        unproved = tuple(one for one in unproved if one.total not in totals)
        findings = find_suspects(grid, tested, exact=found.exact, named=True)
    return grid, Casting(
        relations=tuple(_relation(grid, one, findings, at) for at, one in enumerate(tested)),
        suspects=tuple(_suspects(grid, findings, exact=found.exact)),
        uncovered=tuple(_uncovered(grid, [one.claim for one in tested])),
        exact=found.exact,
        bounds=tuple(bounds_reached(grid, effort, untried=findings.cut_short)),
        unproved=unproved,
        odd_sums=tuple(odd_sums(grid, own, stored.formulas)),
    )


def _name(place: CellPlace) -> str:
    return cell_name(place[0] + 1, place[1] + 1)


def _place(one: Tested) -> tuple[CellPlace, bool]:
    return one.claim.total, one.claim.down


def _relation(grid: PrintedGrid, one: Tested, findings: Findings, at: int) -> Relation:
    claim = one.claim
    cause = findings.because.get(at)
    stated = grid.cells.get(claim.total)
    return Relation(
        kind=claim.kind,
        total=_name(claim.total),
        terms=tuple(f"{'+' if sign > 0 else '-'}{_name(place)}" for sign, place in claim.terms),
        formula=formula_of(grid, claim),
        stated=grid.amount(stated.value) if stated else None,
        computed=None if one.computed is None else grid.amount(one.computed),
        outcome=one.outcome,
        confidence=_confidence(claim),
        follows_from=None if cause is None else _name(cause),
    )


def _confidence(claim: Claim) -> Decimal:
    """Half sure at no evidence to spare; each five bits more halve the doubt."""
    doubt = Decimal("0.5") ** (1 + max(0, claim.bits) // 5)
    return max(Decimal("0.5"), min(Decimal("0.99"), 1 - doubt)).quantize(Decimal("0.01"))


def _suspects(grid: PrintedGrid, findings: Findings, *, exact: bool) -> list[Suspect]:
    changes = sorted(findings.changes, key=lambda change: change.cell)
    named = {change.cell for change in changes}
    nils = [place for place in broken_nils(grid, exact=exact) if place not in named]
    wrong = {**grid.unreadable, **dict.fromkeys(grid.errors, ERROR)}
    unread = [
        Suspect(_name(place), grid.text(*place), None, reason)
        for place, reason in sorted(wrong.items())
    ]
    return [
        *(_suspect(grid, change) for change in changes),
        *(Suspect(_name(place), grid.text(*place), Decimal(0), NO_NIL) for place in nils),
        *unread,
    ]


def _suspect(grid: PrintedGrid, change: Repair) -> Suspect:
    if change.cell not in grid.cells:
        relations = "a relation is" if change.mends == 1 else f"{change.mends} relations are"
        why = f"it is blank, and {relations} out by as much"
    elif change.mends > 1:
        why = f"{change.mends} relations that differ meet on it"
    elif change.is_total:
        why = "the figures that it adds come to that, or one of these is wrong"
    else:
        why = "changing it alone makes its total agree"
    reason = f"{why}; {change.slip}" if change.slip else why
    return Suspect(_name(change.cell), grid.text(*change.cell), grid.amount(change.value), reason)


def _uncovered(grid: PrintedGrid, claims: Sequence[Claim]) -> list[str]:
    covered = {place for claim in claims for place in claim.cells}
    return [_name(place) for place in sorted(grid.cells) if place not in covered]
