"""What verifying a workbook found, as records: findings and effects."""

from collections.abc import Mapping
from decimal import Decimal

from cfbudget.layout.page import Records
from cfbudget.layout.table import tidy_name
from cfbudget.reports.verify.page import Verified
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.findings import Effect

FIELDS = (
    "file",
    "sheet",
    "cell",
    "severity",
    "rule",
    "message",
    "expected",
    "found",
    "source",
)


def verify_records(verified: Verified) -> Records:
    """The findings; in JSON what the inputs do too, and how much was compared."""
    return Records(FIELDS, finding_records(verified), _whole(verified))


def _whole(verified: Verified) -> Mapping[str, object]:
    found = verified.found
    return {
        "summary": {
            "is_the_plan": found.is_the_plan,
            "differences": len(found.errors),
            **{kind.replace(" ", "_"): count for kind, count in sorted(found.compared.items())},
        },
        "findings": [
            {field: plain_value(value) for field, value in record.items()}
            for record in finding_records(verified)
        ],
        "effects": [_effect_record(effect) for effect in found.effects],
    }


def finding_records(verified: Verified) -> list[dict[str, Value]]:
    """One for each finding; an amount is a number here, a plain decimal text in JSON."""
    return [
        dict(
            zip(
                FIELDS,
                (
                    verified.file,
                    found.sheet,
                    found.cell or None,
                    found.rule.severity,
                    found.rule.code,
                    f"{found.rule.title}: {found.what}",
                    found.expected,
                    found.found,
                    found.source or None,
                ),
                strict=True,
            )
        )
        for found in verified.found.findings
    ]


def plain_value(value: Value) -> str | bool | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _effect_record(effect: Effect) -> dict[str, object]:
    return {
        "table": tidy_name(effect.table.name),
        "row": effect.row.of or effect.row.id,
        "label": effect.row.label,
        "measure": effect.row.measure or effect.column.measure,
        "year": str(effect.column.year) if effect.column.year else "",
        "unit": effect.table.unit.name,
        "plan": plain_value(effect.plan),
        "workbook": plain_value(effect.workbook),
        "difference": plain_value(effect.difference),
    }
