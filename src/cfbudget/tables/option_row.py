"""An option as a line of a table that is not the options' own."""

from cfbudget.layout.table import Row
from cfbudget.plan.files import Option


def option_row(
    option: Option, service: str, label: str = "", *, depth: int = 0, note: str = ""
) -> Row:
    """Its row, with all that is known of it.

    Args:
        label: what it is called, where that is more than its name.
    """
    return Row(
        option.id,
        label or option_label(option),
        "line",
        depth,
        service=service,
        kind=option.kind,
        status=option.status,
        place=option.place,
        note=note,
        description=option.description,
    )


def option_label(option: Option) -> str:
    """Its name, and whether it is a one-off."""
    return option.name if option.recurs else f"{option.name} (one-off)"
