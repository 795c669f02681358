"""What a command found, shown: one way for every result and every format."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.cli.common_options import Format
from cfbudget.cli.output import deliver, deliver_page
from cfbudget.cli.which_plan import say

if TYPE_CHECKING:
    from cfbudget.layout.page import Page, Records


class Result(NamedTuple):
    """What there is to show, made only as far as the format needs it."""

    page: "Callable[[], Page]"
    records: "Callable[[], Records]"
    said: tuple[str, ...] = ()
    """What is said beside data, which has no room for sentences."""


class Destination(NamedTuple):
    """In which format a result is wanted, and in which file, if in any."""

    chosen: Format
    output: Path | None
    template: Path | None = None
    """What a Word document takes its styles from."""

    @property
    def book(self) -> Path | None:
        """The workbook that is to be written, if one is."""
        return self.output if self.chosen == "xlsx" else None


def show(result: Result, chosen: Format, output: Path | None, template: Path | None = None) -> None:
    """Write a result to stdout or to a file, in the format that was chosen.

    Args:
        template: what a Word document takes its styles from; None for ours.
    """
    if chosen in ("csv", "json"):
        from cfbudget.render.data import records_csv, records_json

        for sentence in result.said:
            say(sentence)
        text = records_csv if chosen == "csv" else records_json
        deliver(text(result.records()), output)
    elif chosen == "md":
        from cfbudget.render.page_markdown import page_markdown

        deliver(page_markdown(result.page()), output)
    elif chosen == "html":
        from cfbudget.render.page_html import page_html

        deliver(page_html(result.page()), output)
    elif chosen == "xlsx":
        from cfbudget.cli.stored_workbook import store_page

        assert output is not None, "a workbook is written to a file"
        store_page(result.page(), output)
    elif chosen == "docx":
        from cfbudget.cli.stored_paper import store_paper

        assert output is not None, "a Word document is written to a file"
        store_paper(result.page, output, template)
    else:
        deliver_page(result.page(), output)
