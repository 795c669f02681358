"""What the files of a plan are made of, as keys: amounts, switches, lists, what any record says.

Amounts keep the places that they were printed to.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from cfbudget.money import Unit, needed_places, places_of, plain
from cfbudget.new_plan.yaml_lines import PlainValue
from cfbudget.plan.files import FileRecord, Line, TableFile
from cfbudget.plan.values import TBC, Figure, Floor, Source, Stated, StatedByYear, YearWord
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

NOTHING_UNKNOWN: Mapping[FinancialYear, Place] = MappingProxyType({})
Keys = dict[str, PlainValue]
"""A record of a file by its keys, in the order in which they are written."""
NO_KEYS: Keys = {}


def amount(figure: Figure, unit: Unit) -> str:
    """An exact amount, to the places that it is printed to or, where it needs more, to these."""
    exact = plain(figure.pence, unit)
    places = max(places_of(figure.step, unit), needed_places(unit, figure.pence))
    whole, _, part = exact.partition(".")
    return f"{whole}.{part:0<{places}}" if places else whole


def floor_text(floor: Floor, unit: Unit) -> str:
    if floor.amount is not None:
        return amount(floor.amount, unit)
    assert floor.share is not None  # it has one of the two
    return per_cent(floor.share)


def per_cent(share: Fraction) -> str:
    """A share as a file writes it: 2.5%."""
    millionths = share * 10**8  # of a per cent: the finest that a file may write
    return f"{plain(int(millionths), Unit('%', 10**6, 0))}%"


def line_keys(line: Line) -> Keys:
    return {"id": line.id, "name": line.name}


def record_keys(record: FileRecord) -> Keys:
    """What any line, block or file may say: a note, its source, the warnings that it accepts."""
    note: str | None = getattr(record, "note", None)
    reasons = {code: accepted.reason for code, accepted in record.accepted.items()}
    return {
        **({"note": note} if note else {}),
        **({"source": _source(record.source)} if record.source else {}),
        **({"accepted": reasons} if reasons else {}),
    }


def _source(source: Source) -> PlainValue:
    parts = source._asdict()
    return {key: part for key, part in parts.items() if part}


def table_keys(file: TableFile) -> Keys:
    return {"unit": file.unit.name, **switch_keys("exact", file.exact)}


def named_keys(amounts: Mapping[str, Figure], unit: Unit) -> Keys:
    """Amounts by name, which are parts of others."""
    found: Keys = {name: amount(figure, unit) for name, figure in amounts.items()}
    return {"amounts": found} if found else {}


def head_keys(
    file: TableFile, years: Iterable[YearWord], before: Keys = NO_KEYS, after: Keys = NO_KEYS
) -> Keys:
    """How a file of several years begins: its name, unit and years, and what it says of itself.

    Args:
        before: what stands before the years.
        after: what stands behind them.
    """
    return {
        "name": file.name,
        **table_keys(file),
        **before,
        "financial_years": [str(word.year) for word in years],
        **after,
        **record_keys(file),
    }


def switch_keys(key: str, is_on: bool) -> Keys:  # noqa: FBT001
    return {key: True} if is_on else {}


def list_keys(key: str, records: Iterable[Keys]) -> Keys:
    found = list(records)
    return {key: found} if found else {}


def by_year_keys(
    key: str,
    figures: Mapping[FinancialYear, Figure],
    unit: Unit,
    unknown: Mapping[FinancialYear, Place] = NOTHING_UNKNOWN,
) -> Keys:
    """Amounts by year; nothing where there are none."""
    written = {year: amount(figure, unit) for year, figure in figures.items()}
    written |= dict.fromkeys(unknown, TBC)
    return {key: {str(year): written[year] for year in sorted(written)}} if written else {}


def stated_keys(stated: Stated | None, unit: Unit) -> Keys:
    """A label and printed totals."""
    if stated is None:
        return {}
    figures = {
        str(key): amount(Figure(one.pence, one.step, one.place), unit)
        for key, one in stated.figures.items()
        if one.pence is not None
    }
    label = {"label": stated.label} if stated.label else {}
    return {"stated": {**label, **figures}} if label or figures else {}


def label_keys(stated: StatedByYear | None) -> Keys:
    return {"stated": {"label": stated.label}} if stated and stated.label else {}
