"""The sentences that stand with every table, so that no figure can be misread."""

from cfbudget.plan.values import Source

SIGN = "spending is plus; income and savings are minus, in brackets"
CHANGE_SIGN = "more spending is plus; less spending is minus, in brackets"


def source_line(source: Source | None) -> tuple[str, ...]:
    return (f"Source: {source}.",) if source else ()
