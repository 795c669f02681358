"""A double as it would be typed."""

from decimal import Context, Decimal

AS_SHOWN = Context(prec=15)
"""A spreadsheet's numbers have 15 digits; what stands behind them is the double's error."""


def typed_number(value: Decimal, times: int = 1) -> str:
    """The number of a double as a plain decimal, without noughts at its end.

    Args:
        times: what it is taken times, once the double's error is off: 100 for one in per cent.
    """
    text = f"{AS_SHOWN.plus(value) * times:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
