"""A date or time of a workbook as its number format prints it."""

import datetime
import re

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<none>[_*].|\[[^\]]*\])|(?P<noon>AM/PM|A/P)'
    r"|(?P<field>y+|m+|d+|h+|s+)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
BY_COUNTRY = "mm-dd-yy"  # stands for the short date of whichever country the reader is in


def printed_date(value: str, code: str) -> str:
    """A date as a sheet shows it; as it is where it is none, or only a time that has passed.

    Args:
        value: in ISO's form.
        code: the number format, of which the first section counts.
    """
    try:
        when = datetime.datetime.fromisoformat(value)
    except ValueError:
        return value
    code = code.partition(";")[0]
    if code == BY_COUNTRY or "[h" in code.lower():
        return value
    found: list[str] = []
    tokens = list(TOKEN.finditer(code))
    noon = any(token["noon"] for token in tokens)
    fields = [(token["field"] or "").lower() for token in tokens if token["field"]]
    at = 0
    for token in tokens:
        kind = str(token.lastgroup)
        if kind == "field":
            near = fields[at - 1][:1] if at else ""
            minutes = near == "h" or fields[at + 1 : at + 2] in (["s"], ["ss"])
            found.append(_field(when, fields[at], minutes=minutes, noon=noon))
            at += 1
        elif kind == "noon":
            found.append("AM" if when.hour < 12 else "PM")
        elif kind != "none":
            found.append(token[kind])
    return "".join(found).strip()


def _field(when: datetime.datetime, field: str, *, minutes: bool, noon: bool) -> str:
    size = len(field)
    match field[0]:
        case "y":
            return f"{when.year:04}" if size > 2 else f"{when.year % 100:02}"
        case "d" if size > 2:
            name = DAYS[when.weekday()]
            return name if size > 3 else name[:3]
        case "m" if not minutes and size > 2:
            name = MONTHS[when.month - 1]
            return {3: name[:3], 5: name[:1]}.get(size, name)
        case "m":
            number = when.minute if minutes else when.month
        case "d":
            number = when.day
        case "h":
            number = (when.hour % 12 or 12) if noon else when.hour
        case _:
            number = when.second
    return f"{number:02}" if size > 1 else str(number)
