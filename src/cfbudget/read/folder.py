"""A plan's folder: which of its files belong to the plan, and their text."""

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cfbudget import rules
from cfbudget.problem import Place, Problem

FORMS = (".yaml", ".csv", ".xlsx", ".parquet")
"""What a plan's file may be: YAML, or a table."""
REVENUE = re.compile(r"revenue_[A-Za-z0-9_-]+")
CAPITAL = "capital_programme.yaml"
OPTIONS = "policy_options.yaml"
FUNDING = "funding.yaml"
RESERVES = "reserves.yaml"
NAMED = tuple(name.removesuffix(".yaml") for name in (CAPITAL, OPTIONS, FUNDING, RESERVES))
EXPECTED = f"revenue_2024_25.yaml, {CAPITAL} or {OPTIONS}"
LARGEST_OTHER = 1024 * 1024  # more than any scenario needs: it is not looked into
LARGEST = 64 * 1024 * 1024  # bytes; 20,000 options take about 5 MB
LARGEST_TABLE = 4 * LARGEST  # of a long table, read by column, 1,000,000 options take 100 MB

OTHER_SHEETS = {
    ".ods": "an OpenDocument spreadsheet (.ods)",
    ".fods": "an OpenDocument spreadsheet (.fods)",
    ".xls": "a workbook in Excel's old format (.xls)",
    ".xlsb": "a binary workbook (.xlsb)",
    ".xlsm": "a workbook with macros (.xlsm)",
    ".numbers": "a Numbers document",
}
"""What a spreadsheet is that is no .xlsx, by its ending."""

# What the stem of a misnamed plan file may be made of, and what it then was meant to be.
STEMS = {
    "revenue": None,
    "revenue_budget": None,
    "capital_programme": CAPITAL,
    "capital": CAPITAL,
    "policy_options": OPTIONS,
    "options": OPTIONS,
    "funding": FUNDING,
    "cash_limit": FUNDING,
    "reserves": RESERVES,
}
ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")


class Folder(NamedTuple):
    """The texts of a plan's files by name, and what was wrong with the folder."""

    texts: dict[str, str]
    problems: list[Problem]
    digests: dict[str, str]
    """The SHA-256 of the very bytes that the texts were read from, by name, in hexadecimal."""
    others: dict[str, str]
    """The texts of other YAML files, which are no part of the plan."""


def read_folder(folder: Path) -> Folder:
    """Every plan file's text; a missing folder, near-miss name or unreadable file is a problem.

    A workbook may stand in the folder's place: its sheets are the plan's files then.
    """
    result = Folder({}, [], {}, {})
    if is_book(folder):
        return _read_book(folder, result)
    try:
        names = sorted(os.listdir(folder))
    except ValueError:
        message, hint = "no folder can have this name", "name the folder of the plan's files"
        return Folder({}, [rules.NO_PLAN.at(Place(""), message, hint)], {}, {})
    except OSError as error:
        message = "this folder does not exist"
        hint = "name the folder that holds the plan's files"
        if isinstance(error, NotADirectoryError):
            message = "this is a file, not a folder"
        elif not isinstance(error, FileNotFoundError):
            message = f"this folder cannot be read: {(error.strerror or 'unknown reason').lower()}"
            if isinstance(error, PermissionError):
                hint = "check the folder's permissions"
        what = OTHER_SHEETS.get(folder.suffix.lower())
        if what and isinstance(error, NotADirectoryError):
            message = f"this is {what}, and neither a folder nor an .xlsx workbook"
            hint = "open it, and save it as an Excel Workbook (.xlsx)"
        result.problems.append(rules.NO_PLAN.at(Place(""), message, hint))
        return result
    for name in names:
        _read_file(folder, name, result)
    _two_forms(result)
    if not result.texts and not result.problems:
        message = "no plan file in the folder"
        result.problems.append(rules.NO_PLAN.at(Place(""), message, f"it may hold {EXPECTED}"))
    return result


def is_book(folder: Path) -> bool:
    """Whether a workbook stands where a plan's folder is named."""
    try:
        return folder.suffix.lower() == ".xlsx" and folder.is_file()
    except (OSError, ValueError):  # what it is cannot be told: to read it says why
        return False


def _read_book(book: Path, result: Folder) -> Folder:
    """The sheets that are called as a plan's files, each as one; what another holds is not read."""
    from cfbudget.read.sheet_table import tables_in  # openpyxl is slow, and seldom needed

    content = _content(book, Place(""), result.problems)
    if content is None:
        return result
    tables, others = tables_in(book, result.problems)
    digest = sha256(content).hexdigest()
    for sheet, text in tables.items():
        result.texts[sheet], result.digests[sheet] = text, digest
    result.others.update(dict.fromkeys(others, ""))
    if not result.texts and not result.problems:
        message = "no sheet of the workbook is a table of a plan that has a line"
        names = ", ".join(("revenue_2024_25", *NAMED))
        hint = f"its sheets may be called {names}; cfbudget template makes such a workbook"
        result.problems.append(rules.NO_PLAN.at(Place(""), message, hint))
    return result


def _read_file(folder: Path, name: str, result: Folder) -> None:
    if is_plan_file(name):
        content = _content(folder / name, Place(name), result.problems)
        if name.endswith(".xlsx") and content is not None:
            from cfbudget.read.sheet_table import table_text  # openpyxl is slow, and seldom needed

            text = table_text(folder / name, Place(name), result.problems)
        elif name.endswith(".parquet") and content is not None:
            from cfbudget.read.parquet_table import parquet_text  # pyarrow is slow, and an extra

            text = parquet_text(content, Place(name), LARGEST_TABLE, result.problems)
        else:
            text = _decoded(content, Place(name), result.problems)
        if content is not None and text is not None:
            result.texts[name] = text
            result.digests[name] = sha256(content).hexdigest()
    elif meant := near_miss(name):
        hint = f"rename it to {meant}, or move it elsewhere"
        message = f"{name!r} is not the name of a plan file"
        result.problems.append(rules.NEAR_MISS.at(Place(name), message, hint))
    elif name.endswith((".yaml", ".yml")) and not name.startswith("."):
        text = _other_text(folder / name)
        if text is not None:
            result.others[name] = text


def _two_forms(result: Folder) -> None:
    """A table in two forms: which of them is meant cannot be told."""
    first: dict[str, str] = {}
    for name in result.texts:
        other = first.setdefault(stem_of(name), name)
        if other != name:
            message = f"this is the table of {other} too"
            hint = "keep one of them in the folder, and move the other elsewhere"
            result.problems.append(rules.TWO_FORMS.at(Place(name), message, hint))


def _other_text(path: Path) -> str | None:
    """The text of a file that is not the plan's; empty for a large one, None for no file."""
    try:
        is_large = path.stat().st_size > LARGEST_OTHER
    except OSError:
        return None
    return "" if is_large else read_text(path, Place(path.name), [])


def stem_of(name: str) -> str:
    """A plan file's name without its form: `funding` of `funding.csv`; empty for no plan file.

    A sheet of a workbook that is a plan has its table's name alone.
    """
    stem = next((name.removesuffix(form) for form in FORMS if name.endswith(form)), name)
    return stem if stem in NAMED or REVENUE.fullmatch(stem) else ""


def is_plan_file(name: str) -> bool:
    """Whether a file of a folder is the plan's."""
    return name.endswith(FORMS) and bool(stem_of(name))


def is_table(name: str) -> bool:
    """Whether a plan's file is a table, not YAML."""
    return not name.endswith(FORMS[0])


def near_miss(name: str) -> str | None:
    """The plan file that a name nearly is, or None: `policy_option.yaml`, `Revenue-2024.yml`."""
    lowered = name.lower()
    ending = next((ending for ending in ENDINGS if lowered.endswith(ending)), None)
    if ending is None:
        return None
    original = re.sub(r"\bcopy( of)?\b|\(\w*\)", " ", lowered.removesuffix(ending))
    stem = re.sub(r"[\s._-]+", "_", original).strip("_")
    match = re.fullmatch(r"([a-z_]+?)_?(\d[\d_]*)?", stem)
    if match is None:
        return None
    from difflib import get_close_matches  # only an odd file name needs it

    words, year = match.groups()
    if words in ("budget", "budgets") and year:
        words = "revenue"
    if found := get_close_matches(words, STEMS, n=1, cutoff=0.85):
        year = (year or "").strip("_") or "YYYY_YY"
        return STEMS[found[0]] or f"revenue_{year}.yaml"
    return None


def holds_plan(folder: Path) -> bool:
    """Whether the folder holds any plan file, valid or not, or one with a near-miss name.

    A folder that is there and cannot be read may hold one: it is not passed over for another.
    """
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return any(is_plan_file(name) or near_miss(name) for name in names)


def read_text(path: Path, place: Place, problems: list[Problem]) -> str | None:
    """A file's text, or None and a problem at the place that stands for the file."""
    return _decoded(_content(path, place, problems), place, problems)


def largest(name: str) -> int:
    """How many bytes a file of a plan may have."""
    return LARGEST_TABLE if name.endswith((".csv", ".parquet")) else LARGEST


def _content(path: Path, place: Place, problems: list[Problem]) -> bytes | None:
    """A file's bytes, read once: what is said of a file is said of these."""
    try:
        size = path.stat().st_size
        if size > largest(path.name):
            problems.append(too_large(size, place))
            return None
        if not path.is_file():
            what = "a folder" if path.is_dir() else "not a file"
            hint = "put a YAML file in its place"
            problems.append(rules.UNREADABLE.at(place, f"this is {what}", hint))
            return None
        return path.read_bytes()
    except OSError as error:
        message = f"it cannot be read: {(error.strerror or 'unknown reason').lower()}"
        is_broken = path.is_symlink() and not path.exists()
        hint = "mend the link, or delete it" if is_broken else "check the file's permissions"
        if isinstance(error, FileNotFoundError) and not is_broken:
            hint = "check the file's name"
        problems.append(rules.UNREADABLE.at(place, message, hint))
        return None


def too_large(size: int, place: Place) -> Problem:
    """A file of so many bytes is not read."""
    hint = f"a plan file of its form has at most {largest(place.file):,}"
    message = f"the file has {size:,} bytes"
    return rules.TOO_LARGE.at(place, message, hint)


def _decoded(content: bytes | None, place: Place, problems: list[Problem]) -> str | None:
    if content is None:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = content[error.start]
        message = f"not UTF-8 text: byte 0x{byte:02X}"
        hint = "save the file as UTF-8 (an editor's 'Save with encoding')"
        problems.append(rules.NOT_UTF8.at(Place(place.file, line, column), message, hint))
        return None
