"""Rows that were typed among a workbook's options, as new options of the plan.

A row is one if it has a name and amounts of years, stands among the lines of a service, and
nothing else in the workbook is altered than that totals go over it too. What it does not say is
proposed: its kind and status are those of the lines that it stands among, its id is its name's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.services import service_tree, walk
from cfbudget.ids import ID, RESERVED, id_of
from cfbudget.layout.table import Row
from cfbudget.money import Amount, parse_amount
from cfbudget.plan.files import Option, PolicyOptions, ServiceOptions
from cfbudget.plan.kinds import a, of_sign
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Measure, Word
from cfbudget.problem import Place, Refusal
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.added_lines import Added
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.headings import plain_text
from cfbudget.workbook.returned.returned_book import Returned
from cfbudget.workbook.returned.same_formula import area, said
from cfbudget.workbook.returned.strays import Stray
from cfbudget.years import FinancialYear

SHEET = "Options"
MEASURES: tuple[Measure, ...] = ("change", "cumulative_change")
"""What a file has of an option by year, as its basis is."""


class TypedOption(NamedTuple):
    """A row as an option of a service, and where it stands."""

    row: int
    service: str
    option: Option

    @property
    def words(self) -> str:
        """What it becomes, in a sentence."""
        option = self.option
        status = option.status.replace("-", " ")
        return (
            f"row {self.row} of {SHEET}, {option.name!r}, becomes {a(option.kind)} ({status}) of "
            f"{self.service!r}, with the id {option.id!r}"
        )


def typed_options(book: Book, returned: Returned, plan: Plan) -> tuple[TypedOption, ...] | Refusal:
    """The rows that were typed among the options; or why one of them is no option."""
    located = returned.located.get(SHEET)
    if located is None or plan.options is None:
        return ()
    rows: dict[int, list[Stray]] = {}
    for stray in located.figures:
        rows.setdefault(stray.at.row, []).append(stray)
    added = _Typed(book, returned, plan, plan.options)
    found: list[TypedOption] = []
    for row, strays in sorted(rows.items()):
        made = added.option(row, strays)
        if isinstance(made, Refusal):
            return Refusal(f"{SHEET}!{strays[0].at.row}: {made.reason}", made.hint)
        found.append(made)
    return tuple(found)


def with_options(plan: Plan, typed: Sequence[TypedOption]) -> Plan:
    """The plan with these at the ends of their services' blocks."""
    options = plan.options
    if options is None or not typed:
        return plan
    by_service: dict[str, list[Option]] = {}
    for one in typed:
        by_service.setdefault(one.service, []).append(one.option)
    blocks = [
        block.model_copy(
            update={"options": (*block.options, *by_service.pop(block.service.text, ()))}
        )
        for block in options.services
    ]
    blocks += [_block(service, made) for service, made in by_service.items()]
    return replace(plan, options=options.model_copy(update={"services": tuple(blocks)}))


def _block(service: str, options: Sequence[Option]) -> ServiceOptions:
    place = options[0].place
    return ServiceOptions.model_construct(
        place=place,
        service=Word(service, place),
        options=tuple(options),
        accepted=MappingProxyType({}),
    )


def besides_rows(findings: Iterable[Finding], typed: Collection[TypedOption]) -> Iterator[Finding]:
    """What is found that does not come of the rows alone.

    Sums that go over them as well, as a spreadsheet makes them where a row is put in, do.
    """
    rows = {one.row for one in typed}
    for found in findings:
        is_row = found.rule is rules.ROW_ADDED and found.sheet == SHEET and _row(found) in rows
        if not is_row and not (found.rule is rules.FORMULA_CHANGED and _only_goes_on(found, rows)):
            yield found


def _row(found: Finding) -> int:
    return int("".join(letter for letter in found.cell if letter.isdigit()) or 0)


def _only_goes_on(found: Finding, rows: Collection[int]) -> bool:
    """Whether a formula is the plan's, but for cells of these rows."""

    def without(sheet: str, *corners: int) -> Iterator[At]:
        cells = area(sheet, *corners)
        return (at for at in cells if not (at.sheet == SHEET and at.row in rows))

    texts = (found.expected, found.found)
    one, other = (
        said(text, found.sheet, without) if isinstance(text, str) else None for text in texts
    )
    return one is not None and one == other


class _Typed:
    """Makes options of rows."""

    def __init__(self, book: Book, returned: Returned, plan: Plan, options: PolicyOptions) -> None:
        self.book, self.returned, self.options = book, returned, options
        self.added = Added(book, returned)
        self.rows = {
            row.id: row for table in book.tables if table.name == "options" for row in table.rows
        }
        self.taken = {node.id for node in walk(service_tree(plan))} | RESERVED
        self.taken |= {option.id for block in options.services for option in block.options}

    def option(self, row: int, strays: Sequence[Stray]) -> TypedOption | Refusal:
        amounts = self._amounts(strays)
        if isinstance(amounts, Refusal):
            return amounts
        name = self._text(row, strays[0], min(strays[0].block.columns.values()))
        if not id_of(name):
            return Refusal("a row of figures has no name", "type its name in the first column")
        among = self._among(strays[0])
        if isinstance(among, Refusal):
            return among
        place = Place(SHEET, row)
        total = sum(amount.pence for amount in amounts.values())
        made = Option.model_construct(
            place=place,
            id=self._id(row, strays[0], name),
            name=name,
            kind=among.kind or of_sign(1 if total > 0 else -1),
            status=among.status or "new",
            changes=MappingProxyType({y: Figure(*a, place) for y, a in amounts.items()}),
            unknown=MappingProxyType({}),
            accepted=MappingProxyType({}),
        )
        return TypedOption(row, among.service, made)

    def _amounts(self, strays: Sequence[Stray]) -> Mapping[FinancialYear, Amount] | Refusal:
        """The amounts of a row by year; beside them a total may stand, and nothing else."""
        found: dict[FinancialYear, Amount] = {}
        for stray in strays:
            cell = self.returned.found.sheets[SHEET][stray.at.row, stray.at.column]
            column = self.added.column_of(stray)
            year = column[1].year if column and column[1].measure in MEASURES else None
            if year is None:
                if stray.heading and cell.formula is not None:
                    continue  # a total of the row, which an option does not need
                return Refusal("a figure stands where an option has none", NO_FIGURE)
            amount = parse_amount(str(cell.value), self.options.unit)
            if cell.formula is not None:
                return Refusal("a formula stands in place of an amount", "type the amount")
            if isinstance(amount, Refusal):
                return amount
            found[year] = amount
        return found or Refusal("a row without an amount of any year", "type its amounts")

    def _among(self, stray: Stray) -> Row | Refusal:
        """The row whose service it has, and whose kind and status if it stands in their group."""
        above, below = self.rows.get(stray.above), self.rows.get(stray.below)
        if below and below.kind and below.service and below.role != "line":
            return below  # above the subtotal of its group
        if above and above.role == "line":
            return above
        if below and below.role == "line" and not self._is_parted(stray):
            return below  # below the heading of its group
        service = above.service if above else ""
        if not above or not service or above.id == service:  # below all that is the service's
            return Refusal("whose option it is cannot be told", "type it among its service's lines")
        return Row(service, "", "line", service=service)

    def _is_parted(self, stray: Stray) -> bool:
        """Whether a heading stands between a figure's row and the row below it."""
        written = stray.block.rows[stray.below]
        now = (self.returned.now.get(At(SHEET, written, at)) for at in stray.block.columns.values())
        below = next((cell.row for cell in now if cell), stray.at.row)
        rows = {row for row, _ in self.returned.found.sheets[SHEET]}
        return any(row in rows for row in range(stray.at.row + 1, below))

    def _id(self, row: int, stray: Stray, name: str) -> str:
        """The id that was typed, if it can be one, else the name's; and one that nothing has."""
        typed = self._text(row, stray, stray.block.id_columns[0])
        wanted = typed if ID.fullmatch(typed) else id_of(name)
        ids = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
        found = next(one for one in ids if one not in self.taken)
        self.taken.add(found)
        return found

    def _text(self, row: int, stray: Stray, column: int) -> str:
        """The text in a row, under a heading that was written in a column."""
        now = self.returned.now.get(At(SHEET, stray.block.header, column))
        cell = self.returned.found.sheets[SHEET].get((row, now.column)) if now else None
        return plain_text(cell.value).strip() if cell and isinstance(cell.value, str) else ""


NO_FIGURE = "type amounts under the years, and nothing else"
