"""What verifying finds of a workbook as a whole: its names, files, version and sheets."""

from collections import Counter
from collections.abc import Iterator

from cfbudget import rules
from cfbudget.addresses import letters
from cfbudget.read.spreadsheet import Spreadsheet
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.returned_book import Returned
from cfbudget.workbook.sheets.about import VERSION, digest_of
from cfbudget.workbook.sheets.scenario_sheets import BESIDE, is_of_scenario

ONE = "nothing of it was compared, on Charts neither: name it with --scenario FILE"
SEVERAL = (
    "several stand side by side: the plan was compared, and nothing of them, on Charts neither: "
    "write each alone with --scenario FILE, and name it so here"
)


def names(book: Book, returned: Returned, compared: Counter[str]) -> Iterator[Finding]:
    """Names that do not lead to their cell; one whose cell is missing is not said again."""
    for name, written in book.names.items():
        compared["names"] += 1
        now = returned.now.get(written)
        if now is None:
            continue
        expected = f"{now.sheet}!${letters(now.column)}${now.row}"
        there = returned.found.names.get(name)
        sheet, _, address = (there or "").replace("'", "").rpartition("!")
        if f"{returned.names.get(sheet, sheet)}!{address}" != expected:
            yield Finding(rules.NAME_CHANGED, "About", "", name, expected, there)


def besides(returned: Returned, found: Spreadsheet) -> Iterator[Finding]:
    for oddity in found.oddities:
        yield Finding(rules.BOOK_HOLDS_MORE, "About", what=oddity)
    for name in found.hidden:
        yield Finding(rules.HIDDEN_SHEET, name, what="unhide it to see all")
    of_scenario = scenario_sheets(returned)
    if of_scenario:
        what = ONE if BESIDE not in of_scenario else SEVERAL
        yield Finding(rules.HOLDS_SCENARIO, of_scenario[0], what=what)
    for name in returned.foreign:
        if name in of_scenario:
            continue
        yield Finding(rules.OTHER_SHEET, name, what="nothing on it was compared")


def scenario_sheets(returned: Returned) -> list[str]:
    """The sheets of a scenario, in a workbook that is held against a plan without one."""
    return [name for name in returned.foreign if is_of_scenario(name)]


def version(book: Book, returned: Returned) -> Iterator[Finding]:
    """Another version of cfbudget may lay a workbook out, and word it, in another way."""
    at = At("About", *book.sheets["About"].labelled[VERSION])
    cell = book.cell(at)
    expected, there = str(cell.content) if cell else "", returned.cell(at).value
    if isinstance(there, str) and there != expected:
        now = returned.now[at].text("About")
        yield Finding(rules.OTHER_VERSION, "About", now, VERSION, expected, there)


def files(book: Book, returned: Returned) -> Iterator[Finding]:
    """Files of the plan that have other bytes than those the workbook was made from."""
    about = book.sheets["About"]
    for label, at in about.labelled.items():
        file = digest_of(label)
        if file is None or "About" not in returned.located:
            continue
        there = returned.cell(At("About", *at)).value
        if there != about.cells[at].content:
            now = returned.now.get(At("About", *at))
            yield Finding(rules.OTHER_FILES, "About", now.text("About") if now else "", file)
