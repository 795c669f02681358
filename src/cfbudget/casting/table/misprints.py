"""What is no figure: words, or a figure misprinted, and what is wrong with it.

A date, a range, a section's number, a code and a list's number are words. What has a currency
sign, a % or a separator among its digits was meant as a figure.
"""

import re

from cfbudget.casting.table.printed_figure import Unreadable

WHOLE = re.compile(
    r"(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?P<by>[,' \xa0])[0-9]{3}(?:(?P=by)[0-9]{3})*)?"
    r"(?:\.(?P<part>[0-9]+))?"
)
SECTION = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")
MEANT = re.compile(r"[£€$%]|[0-9][,.][0-9]")  # as a figure
LIKE_DIGITS = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9.,]*[OolIS])(?=[OolIS.,]*[0-9])[0-9OolIS]+(?:[.,'][0-9OolIS]+)*"
    r"(?=$|[^A-Za-z0-9]|(?:[mkMK]|bn)(?![A-Za-z]))"
)
AS_DIGITS = str.maketrans("OolIS", "00115")
LETTER = re.compile(r"[0-9.,]([A-Za-z])[0-9.,]")
WORD = re.compile(r"[^\W\d_]")
SPAN = re.compile(r"[0-9%)mk] ?[-/:x×=+&<>] ?[(£€$.]*[0-9]")  # a range, a fraction, a time
AMONG = re.compile(r"[0-9]([^0-9\s.,'])[0-9]")


def misprint_or_words(text: str) -> Unreadable | None:
    """A cell with digits that is no figure: misprinted, or words (None)."""
    letters = LIKE_DIGITS.search(text)
    if letters is not None and letters.start() <= len(text) - len(text.lstrip("-+(£€$ ")):
        as_digits = text.translate(AS_DIGITS)
        return _letters(letters[0], meant=bool(MEANT.search(as_digits)) or letters[0] != text)
    meant = MEANT.search(text) is not None
    letter = LETTER.search(text)
    if letter is not None and meant and len(WORD.findall(text)) == 1:
        return Unreadable(f"the letter {letter[1]} among the digits")
    if WORD.search(text):
        return None
    if any(character.isdecimal() and not character.isascii() for character in text):
        return Unreadable("a digit that is not one of 0 to 9")
    if not meant or text.startswith("#") or SPAN.search(text):
        return None
    return _stray(text)


def _letters(digits: str, *, meant: bool) -> Unreadable | None:
    """Digits with letters that look like digits; without more, S106, I1 and 50l are words."""
    letters = list(dict.fromkeys(re.findall(r"[OolIS]", digits)))
    inside = re.search(r"[0-9][OolIS]+[0-9]|[0-9]{2}[Oo]|^[ol][0-9]", digits)
    if not (meant or inside):
        return None
    return Unreadable(f"the letter {' and '.join(letters)} among the digits")


def _stray(text: str) -> Unreadable:
    among = AMONG.search(text)
    if among is not None:
        return Unreadable(f"{among[1]} among the digits")
    if re.search(r"[0-9][.,]+$", text):
        return Unreadable(f"{text[-1]} at the end, with no digit behind it")
    odd = re.sub(r"[0-9.,£€$%()\s+-]", "", text)
    return Unreadable(f"{odd[0]} beside the digits" if odd else "signs in the wrong places")


def unreadable_digits(digits: str, *, bare: bool) -> tuple[str, str] | Unreadable | None:
    """The digits before and behind the point, or what is wrong with their separators.

    Args:
        digits: digits with their points and separators, in one spelling for all thin blanks.
        bare: whether no currency, percentage or power says that a figure is meant.
    """
    match = WHOLE.fullmatch(digits)
    if match is not None:
        by, whole, part = match["by"], match["whole"] or "", match["part"] or ""
        return (whole.replace(by, "") if by else whole), part
    if digits.count(".") > 1:
        if bare and SECTION.fullmatch(digits):
            return None
        count = "two" if digits.count(".") == 2 else "several"
        return Unreadable(f"{count} decimal points")
    if bare and _words(digits):
        return None
    return Unreadable(_what_is_wrong(digits))


def _words(digits: str) -> bool:
    """Whether bare digits are a code (007, 01.5), a list (1, 2) or stand side by side (12 34)."""
    code = re.fullmatch(r"0[0-9]+(?:\.[0-9]+)?", digits) is not None
    side_by_side = re.fullmatch(r"[0-9]+(?:[ ']+[0-9]+)+", digits) is not None
    listed = re.fullmatch(r"[0-9]{1,2}(?:, ?[0-9]{1,2})*, [0-9]{1,2}", digits) is not None
    return code or side_by_side or listed


def _what_is_wrong(digits: str) -> str:
    before, _, behind = digits.partition(".")
    if "," in behind:
        return "a comma behind the decimal point"
    used = [mark for mark in (",", "'", " ", "\xa0") if mark in digits]
    if re.search(r"[,'.] |[ \xa0][,'.]", digits):
        return "a blank among the digits"
    if len(used) > 1:
        return "two kinds of thousands separator"
    if re.match(r"0[0-9,]", digits):
        return f"{digits} begins with 0"
    if used == [","]:
        return f"{before} has its comma in the wrong place"
    if used == ["'"]:
        return f"{before} has its apostrophe in the wrong place"
    return "a blank among the digits" if used else "a point with no digit behind it"
