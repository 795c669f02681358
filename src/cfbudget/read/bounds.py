"""How much a workbook may hold, and the refusal that stops its reading."""

from cfbudget.problem import Refusal, clipped

MARKUP = 300_000  # elements besides rows, cells and texts; 65,000 cell styles take about 200,000
EMPTY_CELLS = 4  # cells for each that may hold something: formats reach beyond the figures
TEXTS = 2  # list entries for each cell: Excel leaves entries that no cell uses any more
SPREAD = 50  # places that rows reach over, for each cell: openpyxl pads rows, and fills gaps
TRANSLATED = 64  # characters of shared formulas when each is written out, for each cell
DEEPEST = 100  # elements within elements; Excel writes about ten
LONGEST_FORMAT = 500  # characters of a number format; Excel takes no more than 255
FORMATS = 500_000  # characters of all number formats; Excel keeps some 250 of them
ALLOWANCE = 2_000_000  # places, and characters, that even the smallest workbook may take

SAVE_AGAIN = "open it in Excel, save it as an Excel Workbook (.xlsx), and give that copy"
SPLIT = "keep the sheets that are needed in a workbook of their own"


class Refused(Exception):
    """Reading can't go on; `refusal` says why."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(reason, hint)


def damaged(part: str, what: str) -> Refused:
    """A part of the archive that is not as it must be."""
    return Refused(f"its part {clipped(part)} is damaged: {what}", SAVE_AGAIN)


class BookSize:
    """What all parts of a workbook hold together, held to what `most_cells` allows.

    `held` are the cells that hold something, `cells` all cells, `places` those and all that
    openpyxl would put in gaps, `texts` the entries of the list of texts, `translated` the
    characters of shared formulas written out, `formats` those of number formats, `markup` all
    other elements.
    """

    def __init__(self, most_cells: int) -> None:
        self.most_cells = most_cells
        self.most_texts = most_cells * TEXTS + 1_000
        self.held = self.cells = self.places = self.texts = self.translated = self.markup = 0
        self.formats = 0

    def check_other(self) -> None:
        """`check`, for elements that come in no rows; cheap enough to be called for each."""
        if self.markup > MARKUP or self.texts > self.most_texts:
            self.check()

    def check(self) -> None:
        """Raise `Refused` where a count is over its limit. To be called as the counts grow."""
        most = self.most_cells
        if self.held > most:
            raise Refused(f"it holds more than {most:,} cells", SPLIT)
        if self.cells > most * EMPTY_CELLS:
            hint = "delete the empty rows and columns that are formatted, and save it again"
            reason = f"it has more than {most * EMPTY_CELLS:,} cells, most of them empty"
            raise Refused(reason, hint)
        if self.texts > self.most_texts:
            raise Refused(f"it holds more than {self.most_texts:,} texts", SPLIT)
        if self.places > most * SPREAD + ALLOWANCE:
            raise Refused("its cells lie too far apart", "delete what stands far from the tables")
        if self.translated > most * TRANSLATED + ALLOWANCE:
            raise Refused("its formulas are too long", SPLIT)
        if self.markup > MARKUP or self.formats > FORMATS:
            hint = "copy the sheets that are needed, as values, into a new workbook"
            raise Refused("it holds too many styles, names or other settings", hint)
