"""The sentences that stand with every table, so that no figure can be misread."""

from cfbudget.plan.values import Source

SIGN = "spending is plus; income and savings are minus, in brackets"
CHANGE_SIGN = "more spending is plus; less spending is minus, in brackets"


def titled(plan: str, what: str, own: str) -> str:
    """A title that names the plan, and the table by its own name where that is another."""
    return f"{plan}: {what}" if own == plan else f"{plan}: {what} ({own})"


def source_line(source: Source | None) -> tuple[str, ...]:
    return (f"Source: {source}.",) if source else ()
