"""What totals are called, and the notes of lines."""

from cfbudget.checks.meaning import is_called_less
from cfbudget.plan.files import Line, Option, Scheme, Service, ServiceOptions, TableFile
from cfbudget.plan.values import Stated, StatedByYear

PLUS = "plus is more spending"


def named(stated: Stated | StatedByYear | None, otherwise: str) -> str:
    """A total by the name that the plan prints, or by one of ours."""
    return (stated.label if stated else None) or otherwise


def named_change(stated: Stated | None, otherwise: str) -> str:
    """A total of changes by its printed name; one that speaks of less says what plus means."""
    label = named(stated, otherwise)
    return f"{label} ({PLUS})" if label != otherwise and is_called_less(label) else label


def noted(record: Line | ServiceOptions | TableFile | None) -> str:
    """What a line, block or file notes; of a line or block, its former id, decision and source too.

    A file's source stands at the head of its table.
    """
    if record is None:
        return ""
    note = " ".join((record.note or "").split())
    besides = []
    if isinstance(record, Service | Scheme | Option) and record.was:
        besides.append(f"its id was {record.was.text}")
    if isinstance(record, Option) and record.decision:
        besides.append(f"decision: {record.decision.text}")
    if record.source and not isinstance(record, TableFile):
        besides.append(f"source: {record.source}")
    words = "; ".join(besides)
    return f"{note} ({words})" if note and words else note or words
