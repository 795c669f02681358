"""What verifying a workbook found, as lines, grids and records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cfbudget.grammar import agreed, counted, listed
from cfbudget.layout.grid import Emphasis, Grid, GridRow
from cfbudget.layout.page import Items, Page, Sentences, Title, page
from cfbudget.money import headline, with_plus
from cfbudget.problem import printable
from cfbudget.workbook.book.values import Value, rounded
from cfbudget.workbook.returned.findings import APART, Effect, Finding, Verification
from cfbudget.workbook.sheets.approved_years import approved_words
from cfbudget.years import FinancialYear

LONGEST = 300
"""How much of a text or formula is shown."""
MOST = 20
"""How many findings of one rule are listed for people; data holds them all."""


CONTAINED = (
    "No net budget moves: the base budget already contains the changed options, and the opening "
    "is derived from it."
)


class Verified(NamedTuple):
    """A workbook's file and the plan's folder, as the user named them, and what was found."""

    file: str
    plan: str
    """What the plan calls itself."""
    found: Verification
    projected: tuple[FinancialYear, ...] = ()
    """The years whose budget is projected, and not approved yet."""


def verify_page(verified: Verified) -> Page:
    """The findings, what the changed inputs do, and what it all comes to."""
    return page(
        (
            Title(f"{verified.plan}: {verified.file} against the plan"),
            Items(finding_lines(verified)),
            *effect_grids(verified.found.effects),
            Sentences(verdict(verified)),
        )
    )


def shown(value: Value) -> str:
    """A value in a sentence: amounts as plans print them."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, Decimal):
        text = f"{abs(value):,f}"
        return f"({text})" if value < 0 else text
    if isinstance(value, bool):
        return str(value).upper()
    text = value if len(value) <= LONGEST else f"{value[:LONGEST]}..."
    return printable(text if value.startswith(("=", "#")) else repr(text))


def finding_lines(verified: Verified) -> list[str]:
    """Each finding on a line, its rule and cell first; very many of a rule are cut short."""
    return lines_of(verified.found.findings)


def lines_of(findings: Iterable[Finding], all_of_them: str = "-f json") -> list[str]:
    """The same for findings of their own.

    Args:
        all_of_them: what shows those of a rule that are cut short.
    """
    lines: list[str] = []
    counted: Counter[str] = Counter()
    for found in findings:
        counted[found.rule.code] += 1
        if counted[found.rule.code] <= MOST:
            lines.append(
                f"{_place(found)}: {found.rule.severity} {found.rule.code} {message(found)}"
            )
    for code, count in counted.items():
        if count > MOST:
            lines.append(f"{count - MOST} more of {code} (all of them: {all_of_them})")
    return lines


def _place(found: Finding) -> str:
    """Where a finding stands; a list of very many cells is cut short."""
    if len(found.place) <= LONGEST:
        return found.place
    return f"{found.place[:LONGEST].rpartition(',')[0]} and more (all of them: -f json)"


def message(found: Finding) -> str:
    """What is found in words, with what was expected."""
    parts = [f"{found.rule.title}: {printable(found.what)}"]
    if found.expected is not None or found.found is not None:
        parts.append(f"expected {shown(found.expected)}, found {shown(found.found)}")
    text = "; ".join(parts)
    return f"{text}; {found.source}" if found.source else text


def effect_grids(effects: Sequence[Effect]) -> list[Grid]:
    """What the inputs as they stand do, a grid for each table."""
    grids = []
    for name in dict.fromkeys(effect.table.name for effect in effects):
        of_table = [effect for effect in effects if effect.table.name == name]
        unit = of_table[0].table.unit.name
        heading = f"What the changed inputs do, {unit}"
        rows = [_row(effect) for effect in of_table]
        grids.append(Grid((heading, "Plan", "With them", "Difference"), rows))
    return grids


def _row(effect: Effect) -> GridRow:
    measure = (effect.row.measure or effect.column.measure).replace("_", " ")
    when = f" {effect.column.year}" if effect.column.year else ""
    places = effect.table.places
    signs = (effect.plan, effect.workbook, effect.difference)
    figures = [f"{rounded(abs(value), places):,.{places}f}" for value in signs]
    cells = [f"({text})" if v < 0 else text for v, text in zip(signs, figures, strict=True)]
    cells[2] = with_plus(cells[2], is_more=effect.difference > 0)
    style: Emphasis = "bold" if effect.row.role == "total" else ""
    # What a service has of its own is labelled without the service.
    is_own = effect.row.service and effect.table.name == "position" and "/" in effect.row.id
    whose = f"{effect.row.service}, " if is_own else ""
    return GridRow(f"{whose}{effect.row.label}: {measure}{when}", cells, style)


def verdict(verified: Verified) -> list[str]:
    """What was compared, and what came of it."""
    compared = verified.found.compared
    kinds = ("inputs", "stated figures", "formulas", "results", "texts")
    parts = [f"{compared[kind]:,} {kind}" for kind in kinds]
    if not compared:
        return [_differences(len(verified.found.errors))]
    first = f"Compared: {listed(parts)}."
    errors = len(verified.found.errors)
    counted = [first, *_apart(compared[APART])]
    if not errors:
        return [*counted, f"The workbook is the plan: {verified.plan}."]
    contained = verified.found.contained
    meant = [approved_words(contained, verified.projected)] if contained else []
    return [*_effect(verified.found.effects), *meant, *counted, _differences(errors)]


def _apart(figures: int) -> Iterator[str]:
    """What stands on the plan's sheets and was compared with nothing."""
    if figures:
        whose = f"{counted(figures, 'figure')} that {agreed(figures, 'is')}"
        yield f"Not compared: {whose} none of the plan's."


def _effect(effects: Sequence[Effect]) -> Iterator[str]:
    """What becomes of the last year's net budget, in words."""
    nets = [e for e in effects if e.row.role == "total" and e.column.measure == "net_budget"]
    if nets:
        last = nets[-1]
        verb = "raise" if last.difference > 0 else "lower"
        pence = int(last.difference * last.table.unit.pence)
        size = headline(pence) if pence else "less than a penny"
        yield f"The changed inputs {verb} the net budget of {last.column.year} by {size}."
    elif any(effect.column.measure == "opening" for effect in effects):
        yield CONTAINED


def _differences(errors: int) -> str:
    return f"The workbook is not the plan as it stands: {counted(errors, 'difference')}."
