"""What casting found, as records: relations, suspects, totals not shown to add up, and what
nothing covers."""

from collections.abc import Sequence
from decimal import Decimal

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.pages import page_of, pages_of
from cfbudget.casting.results import Relation, Suspect, Unproved
from cfbudget.layout.page import Records

RELATION_FIELDS = (
    "total",
    "terms",
    "formula",
    "stated",
    "computed",
    "difference",
    "outcome",
    "confidence",
    "kind",
    "follows_from",
    "page",
)
FIELDS = ("table", *RELATION_FIELDS)


def plain_amount(value: Decimal) -> str:
    """The exact amount as a plain decimal: -3380, 16.728, 0."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def cast_records(tables: Sequence[CastTable]) -> Records:
    """One record for each relation; in JSON the suspects too, and what nothing covers.

    There, one table is an object; several each stand in their own, with their names.
    """
    records = [
        {
            **relation_record(table, relation),
            "table": table.printed.name,
            "terms": " ".join(relation.terms),
            "confidence": f"{relation.confidence:f}",
        }
        for table in tables
        for relation in table.casting.relations
    ]
    records += [
        _unproved_row(one) | {"table": table.printed.name}
        for table in tables
        for one in table.casting.unproved
    ]
    if len(tables) == 1:
        return Records(FIELDS, records, _casting(tables[0]))
    named = [{"name": t.printed.name, **_casting(t)} for t in tables]
    return Records(FIELDS, records, {"tables": named})


def _casting(table: CastTable) -> dict[str, object]:
    casting = table.casting
    return {
        "relations": [relation_record(table, relation) for relation in casting.relations],
        "suspects": [_suspect_record(suspect) for suspect in casting.suspects],
        "unproved": [_unproved_record(one) for one in casting.unproved],
        "odd_sums": [one._asdict() for one in casting.odd_sums],
        "uncovered": list(casting.uncovered),
        "exact": casting.exact,
        "bounds": list(casting.bounds),
        "notes": list(table.notes),
        "pages": list(pages_of(table)),
    }


def relation_record(table: CastTable, relation: Relation) -> dict[str, object]:
    """A relation's fields: amounts are plain decimal texts, None where they are not known. Its
    page is that of its total."""
    values = (
        relation.total,
        list(relation.terms),
        relation.formula,
        _amount(relation.stated),
        _amount(relation.computed),
        _amount(relation.difference),
        relation.outcome,
        float(relation.confidence),  # no figure, and to two places the same number
        relation.kind,
        relation.follows_from,
        page_of(table, relation.total),
    )
    return dict(zip(RELATION_FIELDS, values, strict=True))


def _suspect_record(suspect: Suspect) -> dict[str, str | None]:
    return {**suspect._asdict(), "suggested": _amount(suspect.suggested)}


def _unproved_record(one: Unproved) -> dict[str, object]:
    return {
        "total": one.total,
        "nearest": list(one.nearest),
        "stated": plain_amount(one.stated),
        "computed": plain_amount(one.computed),
        "difference": plain_amount(one.difference),
        "claim": one.claim,
    }


def _unproved_row(one: Unproved) -> dict[str, object]:
    """A claimed total among the relations: it has no confidence."""
    record = _unproved_record(one)
    row = dict.fromkeys(RELATION_FIELDS, "")
    return {
        **row,
        **{field: record[field] for field in ("total", "stated", "computed", "difference")},
        "terms": " ".join(one.nearest),
        "formula": one.claim,
        "outcome": "not shown to add up",
        "kind": "sum",
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else plain_amount(value)
