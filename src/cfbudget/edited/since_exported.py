"""Which of a plan's files say something else than when a workbook was made from them."""

from collections.abc import Mapping

from cfbudget.edited.untouched import touched
from cfbudget.read.spreadsheet import Spreadsheet
from cfbudget.workbook.returned.file_lines import texts_in


def changed_since(found: Spreadsheet, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The files with other values; comments and layout may be others.

    What somebody typed into the workbook cannot be told from what was changed in such a file.

    Args:
        found: the workbook, which holds the files that it was made from.
        texts: those of the plan as it is now.
    """
    then, missing = texts_in(found)
    if missing:
        return tuple(dict.fromkeys(str(one.what).partition(":")[0] for one in missing))
    return tuple(
        file
        for file in sorted({*then, *texts})
        if file not in then or file not in texts or _is_other(then[file], texts[file], file)
    )


def _is_other(then: str, now: str, file: str) -> bool:
    return touched(then, now, file, ()) is not None
