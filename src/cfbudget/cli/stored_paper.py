"""A page stored as a Word document, with the styles of a template where one is given."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cfbudget.cli.output import spare_source, wrote
from cfbudget.cli.report_extra import need_report_extra
from cfbudget.cli.stored_workbook import may_write, refusals
from cfbudget.cli.which_plan import fail, say

if TYPE_CHECKING:
    from cfbudget.layout.page import Page

NAME = "check its name and folder"


def refuse_early(chosen: str, template: Path | None) -> None:
    """Refuse what would keep a Word document from being made, before any work is done.

    Raises:
        typer.BadParameter: a template is given for another format.
        typer.Exit: a library is not installed, or the template is none.
    """
    if chosen == "docx":
        need_report_extra("a Word document", "docx")
        if template is not None:
            _content(template)
    elif template is not None:
        message = "it is for a Word document: give -o FILE.docx"
        raise typer.BadParameter(message, param_hint="'--template'")


def store_paper(page: "Callable[[], Page]", target: Path, template: Path | None) -> None:
    """Store a page as a Word document, opened again before it is put in place; or write nothing,
    and say why."""
    from cfbudget.render.page_docx import page_docx, stored_texts
    from cfbudget.written_files import written_beside

    if template is not None:
        spare_source(target, template, "the template")
    may_write(target, force=True)
    made = page_docx(page(), _content(template) if template else None)
    with refusals(target), written_beside(target) as beside:
        beside.write_bytes(made.content)
        if beside.is_file() and stored_texts(beside.read_bytes()) != made.texts:
            raise fail(
                "nothing was written: the document as it was stored is not whole. "
                "This is a fault of cfbudget."
            )
    for sentence in made.said:
        say(f"{template}: {sentence}")
    wrote(target)


def _content(template: Path) -> bytes:
    """A template as it is stored, if it can be used."""
    from cfbudget.read.bounds import Refused
    from cfbudget.render.word_template import begun

    try:
        if template.exists() and not template.is_file():  # to open a pipe would wait for ever
            raise _unusable(template, "it is not a file", NAME)
        content = template.read_bytes()
        begun(content)
    except OSError as error:
        raise _unusable(template, (error.strerror or "unknown reason").lower(), NAME) from None
    except ValueError:
        raise _unusable(template, "no file can have this name", NAME) from None
    except Refused as refused:
        raise _unusable(template, *refused.refusal) from None
    return content


def _unusable(template: Path, reason: str, hint: str) -> typer.Exit:
    return fail(f"the template {template} cannot be used: {reason}", hint)
