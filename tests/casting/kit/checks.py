"""What should add up in a real table: `.checks` files (see tests/tables/README.md).

Figures and outcomes are worked out here on their own, without the program's.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

Rows = Sequence[Sequence[str]]
Outcome = Literal["agrees", "rounding", "differs"]

LINE = re.compile(r"(?P<kind>down|across|pctof)\s+(?P<where>\S+)\s*:\s*(?P<equation>.+)")
TERM = re.compile(r"([+-]?)\s*([A-Z]*)(\d*)(?:\.\.([A-Z]*)(\d*))?")


class Check(NamedTuple):
    """One cell, and the signed cells it should be the sum of; or a part and a whole."""

    total: str
    terms: tuple[tuple[int, str], ...]
    percentage: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.total, *(cell for _, cell in self.terms))

    def __str__(self) -> str:
        if self.percentage:
            (_, part), (_, whole) = self.terms
            return f"{self.total} = {part} / {whole}"
        terms = (f"{'-' if sign < 0 else '+'}{cell}" for sign, cell in self.terms)
        return f"{self.total} = {' '.join(terms)}"


class Checks(NamedTuple):
    """A `.checks` file. `wrong` are the cells known to be wrong, None where it does not say.

    `pasted` tables are printed as text in columns, as it is copied from a page, and cast from that.
    """

    checks: tuple[Check, ...]
    exact: bool
    missing: frozenset[str]
    wrong: tuple[str, ...] | None
    pasted: bool = False


def parse_checks(text: str) -> Checks:
    """Read a `.checks` file; a line that it cannot read is a ValueError."""
    checks: list[Check] = []
    missing: list[str] = []
    wrong: list[str] | None = None
    exact = pasted = False
    for number, written in enumerate(text.splitlines(), 1):
        line = written.partition("#")[0].strip()
        word, _, rest = line.partition(" ")
        if word == "exact":
            exact = True
        elif word == "pasted":
            pasted = True
        elif word == "missing":
            missing += rest.split()
        elif word == "wrong":
            wrong = (wrong or []) + rest.split()
        elif line:
            try:
                checks += _checks(line)
            except (ValueError, AttributeError) as error:
                raise ValueError(f"line {number}: {written!r}: {error}") from error
    known_wrong = None if wrong is None else tuple(wrong)
    return Checks(tuple(checks), exact, frozenset(missing), known_wrong, pasted)


def _checks(line: str) -> Iterator[Check]:
    if line.startswith("cell "):
        total, terms = line.removeprefix("cell ").split("=")
        yield Check(total.strip(), _terms(terms))
        return
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError("not a check")
    total, terms = (side.strip() for side in match["equation"].split("="))
    for place in _places(match["where"]):
        if match["kind"] == "down":
            yield Check(f"{place}{total}", _terms(terms, column=place))
        elif match["kind"] == "across":
            yield Check(f"{total}{place}", _terms(terms, row=place))
        else:
            part, whole = (side.strip() for side in terms.split("/"))
            fixed = whole if whole[-1].isdigit() else f"{whole}{place}"
            yield Check(f"{total}{place}", ((1, f"{part}{place}"), (1, fixed)), percentage=True)


def _places(where: str) -> Iterator[str]:
    """Rows or columns: `2-10,12` or `B-D,G`."""
    for part in where.split(","):
        first, _, last = part.partition("-")
        yield from _run(first, last or first)


def _run(first: str, last: str) -> list[str]:
    if first.isdigit():
        return [str(row) for row in range(int(first), int(last) + 1)]
    return [letters(column) for column in range(column_of(first), column_of(last) + 1)]


def _terms(text: str, column: str = "", row: str = "") -> tuple[tuple[int, str], ...]:
    """Signed terms: `2..8 -10` of a column, `+B -C` of a row, or `+B5 -C5`."""
    found: list[tuple[int, str]] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = TERM.match(text, at)
        if match is None or match.end() == at:
            raise ValueError(f"not a term: {text[at:]!r}")
        sign, first_column, first_row, last_column, last_row = match.groups("")
        columns = _run(first_column, last_column or first_column) if first_column else [column]
        rows = _run(first_row, last_row or first_row) if first_row else [row]
        found += [(-1 if sign == "-" else 1, f"{c}{r}") for c in columns for r in rows]
        at = match.end()
        at += len(text[at:]) - len(text[at:].lstrip())
    return tuple(found)


def column_of(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters(column: int) -> str:
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


class Printed(NamedTuple):
    """A figure and the worth of one in its last place; a dash has no places."""

    amount: Decimal
    step: Decimal | None


UNITS = {"": 0, "k": 3, "m": 6, "bn": 9}
PRINTED = re.compile(
    r"(?P<open>\(?)(?P<sign>[-+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d+))?"
    r"(?P<unit>k|m|bn|)(?P<trailing>-?)(?P<close>\)?)"
)


def printed(rows: Rows, cell: str) -> Printed | None:
    """The figure in a cell; None where none is stated. A misprinted one is a ValueError."""
    text = _text(rows, cell).strip()
    text = re.sub(r"[*†‡¹²³]+$|\s+[(\[]\w[)\]]$", "", text)
    text = re.sub(r"[£€$%\s]", "", text.translate(str.maketrans("−–—", "---"))).lower()
    if text in ("-", "nil"):
        return Printed(Decimal(0), None)
    if not re.search(r"\d", text):
        return None
    match = PRINTED.fullmatch(text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise ValueError(f"{cell}: {text!r} is not a figure")
    part = match["part"] or ""
    exponent = UNITS[match["unit"]] - len(part)
    amount = Decimal(match["whole"].replace(",", "") + part).scaleb(exponent)
    negative = match["open"] or "-" in (match["sign"], match["trailing"])
    return Printed(-amount if negative else amount, Decimal(1).scaleb(exponent))


def _text(rows: Rows, cell: str) -> str:
    column = cell.rstrip("0123456789")
    row, at = int(cell.removeprefix(column)), column_of(column)
    return rows[row - 1][at - 1] if row <= len(rows) and at <= len(rows[row - 1]) else ""


def outcome(check: Check, rows: Rows, *, exact: bool) -> Outcome | None:
    """What a check comes to; None where its total is not stated or a figure is misprinted."""
    try:
        total = printed(rows, check.total)
        terms = [(sign, printed(rows, cell)) for sign, cell in check.terms]
    except ValueError:
        return None
    if total is None:
        return None
    if check.percentage:
        return _percentage(total, [term for _, term in terms])
    figures = [(sign, term) for sign, term in terms if term is not None and term.amount]
    difference = sum((sign * term.amount for sign, term in figures), -total.amount)
    if not difference:
        return "agrees"
    steps = [term.step for term in (total, *(term for _, term in figures)) if term.step]
    allowance = min(steps) * (1 + len(figures)) / 2
    return "rounding" if abs(difference) <= allowance and not exact else "differs"


def _percentage(total: Printed, terms: Sequence[Printed | None]) -> Outcome | None:
    part, whole = terms
    if part is None or whole is None or not whole.amount:
        return None
    computed = part.amount / whole.amount * 100
    shown = computed.quantize(total.step or Decimal(1), ROUND_HALF_UP)
    return "agrees" if shown == total.amount else "differs"
