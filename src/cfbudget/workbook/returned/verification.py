"""A workbook that comes back, held against the plan: every input, formula, result and text.

Cells are found by their headings and ids. What a changed or missing input does further on is
not reported again: stored results are held against what stands in the workbook.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from cfbudget import rules
from cfbudget.problem import Rule
from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.workbook.book.book import Book, BookCell, Formula, Link, Sheet, SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import same, work_out
from cfbudget.workbook.book.values import UNKNOWN, Value, is_of_time, reckoned
from cfbudget.workbook.returned import whole_book as whole
from cfbudget.workbook.returned.added_lines import Added
from cfbudget.workbook.returned.cell_words import Places
from cfbudget.workbook.returned.effects import effects
from cfbudget.workbook.returned.file_lines import altered_lines
from cfbudget.workbook.returned.findings import APART, Finding, Verification
from cfbudget.workbook.returned.headings import plain_text
from cfbudget.workbook.returned.located import Located, PlacesNow
from cfbudget.workbook.returned.other_plan import other_plan
from cfbudget.workbook.returned.precision import Precision
from cfbudget.workbook.returned.returned_book import Returned, held
from cfbudget.workbook.returned.sentences import sentences
from cfbudget.workbook.returned.stored_results import any_result, found_formulas
from cfbudget.workbook.sheets.about import FREE, digest_of
from cfbudget.workbook.sheets.files import FILES
from cfbudget.workbook.sheets.statements import LABEL

CHARTS = "Charts"

UNCALCULATED = "saved by a program that does not calculate: open it in a spreadsheet and save it"


def verify(book: Book, found: Spreadsheet) -> Verification | None:
    """Hold a workbook against the plan's own; None if it is no such workbook.

    Args:
        book: the plan's workbook, as it would be written today.
        found: the cells of the one that came back.
    """
    returned = Returned(book, found)
    if not returned.is_known:
        return None
    if other := other_plan(book, returned):
        return Verification((other,), (), Counter())
    comparing = _Comparing(book, returned)
    is_as_written = returned.is_as_written(FILES)
    lines = () if is_as_written else altered_lines(book, found, comparing.changed_files)
    findings = (
        *whole.version(book, returned),
        *comparing.cells(),
        *comparing.results(),
        *whole.names(book, returned, comparing.compared),
        *whole.besides(returned, found),
        *whole.files(book, returned),
        *lines,
    )
    effect = tuple(effects(book, comparing.inputs))
    contained = {
        year: book.contained[year]
        for at, value in comparing.inputs.items()
        if (year := book.approved.get(at)) is not None
        if (cell := book.cell(at)) and cell.content != value  # a formula may come to the same
    }
    return Verification(findings, effect, comparing.compared, comparing.inputs, contained)


class _Comparing:
    """Compares cell by cell, and keeps what stands in cells that are not as they were written."""

    def __init__(self, book: Book, returned: Returned) -> None:
        self.book, self.returned = book, returned
        self.compared: Counter[str] = Counter()
        self.inputs: dict[At, Value] = {}
        """What inputs hold that are not the plan's."""
        self.standing: dict[At, Value] = {}
        """What any cell holds, or its altered formula comes to."""
        self.free = frozenset(
            At(name, *at)
            for name, sheet in book.sheets.items()
            for label, at in sheet.labelled.items()
            if label in FREE or digest_of(label) is not None
        )
        """Cells that may say something else: who prepared it, when, from which bytes."""
        self.places = Places(book)
        self.added = Added(book, returned)
        self.changed_files = frozenset(found.what for found in whole.files(book, returned))

    def cells(self) -> Iterator[Finding]:
        for name, sheet in self.book.sheets.items():
            if name not in self.returned.located:
                yield Finding(rules.SHEET_MISSING, name, what="the whole sheet")
                self._unknown(At(name, *at) for at in sheet.cells)
                continue
            if name in self.returned.renamed:
                other = self.returned.renamed[name]
                what = "the sheet has another name"
                yield Finding(rules.SHEET_MISSING, name, "", what, name, other)
            yield from self._missing(sheet, self.returned.located[name])
            located = self.returned.located[name]
            if name == CHARTS and whole.scenario_sheets(self.returned):
                located = located._replace(apart=[])  # the scenario's own, as is said
            yield from self.added.findings(name, located)
            self.compared[APART] += len(located.apart)
            for written, cell in self._not_alike(sheet, located.at):
                yield from self._cell(sheet, written, cell)
            yield from sentences(sheet, self.returned.beside[name], self.compared)

    def _not_alike(self, sheet: Sheet, standing: PlacesNow) -> Iterator[tuple[At, BookCell]]:
        """The cells that are found and are to be looked at; what is as it was written is counted.

        In another place, or with lines of files that may be others, more is to be asked.
        """
        there, labelled = self.returned.beside[sheet.name], {*sheet.labelled.values()}
        is_known = not standing.is_moved and not self.changed_files
        are_formulas_known = not self.returned.is_moved
        for row, cells in sheet.cells.rows():
            alike, columns = there.alike.get(row, 0), standing.columns_of(row)
            for column, cell in enumerate(cells, 1):
                if cell is None:
                    continue
                if is_known and alike >> column & 1 and column in columns:
                    is_formula = isinstance(cell.content, Formula)
                    if (are_formulas_known or not is_formula) and (row, column) not in labelled:
                        if not isinstance(cell.content, Link):
                            self.compared["formulas" if is_formula else _counted(cell)] += 1
                        continue
                written = At(sheet.name, row, column)
                if written in standing:
                    yield written, cell

    def _missing(self, sheet: Sheet, located: Located) -> Iterator[Finding]:
        for block, heading in located.missing_columns:
            yield Finding(
                rules.SHEET_MISSING, sheet.name, what=f"the column {' '.join(heading.split())!r}"
            )
            column = block.columns[heading]
            self._unknown(At(sheet.name, row, column) for row in block.rows.values())
        unread = [block for block in sheet.blocks if block not in located.identified]
        for block in unread:
            if block not in located.blocks:
                yield self._headings_missing(sheet, block)
            cells = (
                (row, column) for row in block.rows.values() for column in block.columns.values()
            )
            self._unknown(At(sheet.name, *at) for at in cells)
        for block, name in located.missing_rows:
            row = block.rows[name]
            if block in unread:
                continue
            yield Finding(
                rules.ROW_MISSING,
                sheet.name,
                what=f"the row of {self.places.label(sheet.name, row)!r}",
                expected=name,
                source=self.places.source(At(sheet.name, row, LABEL)),
            )
            self._gone(At(sheet.name, row, column) for column in block.columns.values())
        for label, at in sheet.labelled.items():
            is_there = At(sheet.name, *at) in self.returned.now
            if not is_there and label not in FREE and digest_of(label) is None:
                yield Finding(rules.ROW_MISSING, sheet.name, what=label, expected=label)

    def _headings_missing(self, sheet: Sheet, block: SheetBlock) -> Finding:
        caption = sheet.cells.get((block.header - 1, LABEL))
        of = f" of {caption.content!r}" if caption and caption.style.role == "caption" else ""
        return Finding(
            rules.ROW_MISSING,
            sheet.name,
            what=f"the headings of a table{of}, of which nothing was compared",
            expected=" | ".join(plain_text(heading) for heading in block.columns),
        )

    def _unknown(self, cells: Iterator[At]) -> None:
        """Figures that are not found: what depends on them cannot be told."""
        for written in cells:
            if written not in self.returned.now and self.book.cell(written):
                self.standing[written] = UNKNOWN

    def _gone(self, cells: Iterator[At]) -> None:
        """Figures that are not there any more count for nothing."""
        for written in cells:
            cell = self.book.cell(written)
            is_input = cell is not None and cell.style.role == "input"
            if cell and (is_input or not isinstance(cell.content, str | Link)):
                self.standing[written] = None
                if is_input:
                    self.inputs[written] = None

    def _cell(self, sheet: Sheet, written: At, cell: BookCell) -> Iterator[Finding]:
        """A cell that is found, if it is not as it was written."""
        content, there = cell.content, self.returned.cell(written)
        if isinstance(content, Formula):
            yield from self._formula(sheet, written, content, there)
        elif isinstance(content, Link):
            if not self.returned.is_moved and plain_text(there.value) != content.text:
                yield self._differs(rules.TEXT_CHANGED, sheet, written, content.text, there)
        elif written not in self.free and not self._is_other_line(sheet, written, there):
            rule, _ = KINDS.get(cell.style.role, OF_TEXT)
            self.compared[_counted(cell)] += 1
            if there.formula is None and _is_same(content, there.value):
                return
            found = self._differs(rule, sheet, written, content, there)
            if year := self.book.approved.get(written):
                budget = self.book.contained[year]
                struck = "projected" if budget in self.book.projected else "approved"
                found = found._replace(what=f"{found.what}, in the {struck} budget of {budget}")
            yield found
            self.standing[written] = there.value
            # An input that is not known yet holds a word, until somebody types its amount.
            if isinstance(content, Decimal) or cell.style.role == "input":
                self.standing[written] = self.inputs[written] = reckoned(there.value)

    def _is_other_line(self, sheet: Sheet, written: At, there: SheetCell) -> bool:
        """Whether a source names another line of a file that was changed since."""
        block = self.places.block(written)
        if block is None or block.columns.get("Source") != written.column:
            return False
        file = plain_text(there.value).partition(":")[0]
        cell = self.book.cell(written)
        is_same_file = cell is not None and str(cell.content).partition(":")[0] == file
        return is_same_file and file in self.changed_files

    def _formula(
        self, sheet: Sheet, written: At, formula: Formula, there: SheetCell
    ) -> Iterator[Finding]:
        self.compared["formulas"] += 1
        text = formula.expression.text(sheet.name)
        if there.formula is not None:
            if self.returned.says(sheet.name, text, there.formula):
                return
            if "#REF!" in there.formula and self.returned.reads_missing(sheet.name, text):
                self.standing[written] = there.value  # that a row is missing is said already
                return
        expected = self.returned.expected(sheet.name, text)
        found = self._differs(rules.FORMULA_CHANGED, sheet, written, expected, there)
        if isinstance(formula.result, Decimal):
            found = found._replace(what=f"{found.what}, which comes to {formula.result:,f}")
        yield found
        is_amount = isinstance(formula.result, Decimal)
        self.standing[written] = reckoned(there.value) if is_amount else there.value

    def results(self) -> Iterator[Finding]:
        """Stored results that are not what the formulas come to over the cells as they stand."""
        if not any_result(self.returned, self.standing):
            yield Finding(rules.NO_RESULTS, "About", what=UNCALCULATED)
            return
        worked_out = work_out(self.book, self.standing) if self.standing else None
        precision = Precision(self.book, self.standing)
        for written, formula, is_alike in found_formulas(self.returned, self.standing):
            self.compared["results"] += 1
            expected = worked_out[written] if worked_out else formula.result
            if expected == UNKNOWN or (is_alike and same(expected, formula.result)):
                continue
            there = SheetCell(None, self.returned.cell(written).value)
            if same(expected, there.value) or precision.is_within(written, expected, there.value):
                continue
            sheet = self.book.sheets[written.sheet]
            found = self._differs(rules.RESULT_WRONG, sheet, written, expected, there)
            yield found._replace(is_stale=same(formula.result, there.value))

    def _differs(
        self, rule: Rule, sheet: Sheet, written: At, expected: Value, there: SheetCell
    ) -> Finding:
        what = self.places.what(written)
        if isinstance(expected, Decimal) and isinstance(there.value, str) and not there.formula:
            what += f", where a {'date' if is_of_time(there.value) else 'text'} stands"
        return Finding(
            rule,
            sheet.name,
            self.returned.now[written].text(sheet.name),
            what,
            expected,
            held(there),
            self.places.source(written),
        )


KINDS = {
    "input": (rules.INPUT_CHANGED, "inputs"),
    "stated": (rules.STATED_CHANGED, "stated figures"),
}
"""What a value that differs breaks, and how it is counted, by the role of its cell."""


OF_TEXT = (rules.TEXT_CHANGED, "texts")


def _counted(cell: BookCell) -> str:
    """What a plain cell is counted as."""
    return KINDS.get(cell.style.role, OF_TEXT)[1]


def _is_same(written: Value, there: Value) -> bool:
    """Whether a value is the plan's; how the lines of a text are broken is no difference."""
    if isinstance(written, str) and isinstance(there, str):
        return plain_text(written) == plain_text(there)
    return same(written, there)
