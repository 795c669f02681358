"""`cfbudget new`: a plan to fill in, or the plan of the next year out of this one's."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import FormatOption, OutputOption, TemplateOption, chosen_format
from cfbudget.cli.output import loaded_plan, show_differing, spare_inputs
from cfbudget.cli.show import Result, show
from cfbudget.cli.which_plan import fail, is_folder

if TYPE_CHECKING:
    from cfbudget.new_plan.roll_forward import RolledForward
    from cfbudget.plan.plan import Plan
    from cfbudget.years import FinancialYear

EXAMPLES = """Examples:

cfbudget new plans/2025-26 --year 2025-26 --name Northtown

cfbudget new plans/2025-26 --whole-council

cfbudget new plans/2026-27 --from plans/2025-26

cfbudget new plans/2026-27 --from plans/2025-26 --carry-forward ring-road=0.8

cfbudget new plans/2026-27 --from sent.xlsx"""
WORKBOOK = ".xlsx"
CARRY = "--carry-forward"


def new(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR",
            help="The folder to write the plan to; it holds no plan yet.",
            show_default=False,
        ),
    ],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PLAN",
            help="Roll this plan forward by a year: its folder, or a workbook of it (.xlsx).",
            show_default=False,
        ),
    ] = None,
    carry_forward: Annotated[
        list[str] | None,
        typer.Option(
            CARRY,
            metavar="SCHEME=AMOUNT",
            help="What of a scheme's allocation that falls away is spent in the next year; repeat "
            "it for another scheme.",
            show_default=False,
        ),
    ] = None,
    whole_council: Annotated[
        bool,
        typer.Option(
            "--whole-council",
            help="With directorates, a ring-fenced fund, funding and reserves.",
        ),
    ] = False,
    year: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR",
            help="The first year: 2025-26. Without it, the one that begins next April.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What the plan calls itself.", show_default=False),
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Begin a plan: a commented starter, or the next year of a plan (--from).

    Rolled forward, its years move on by one and no change moves to another year. The new base is
    the next year's projected net budget, and every year that both plans have keeps its own to the
    penny. What falls away is listed, and what is to be filled in is tbc. Nothing is overwritten.
    """
    chosen = chosen_format(format_, output, template)
    _refuse_what_does_not_go_together(
        from_, carry_forward, whole_council=whole_council, year=year, name=name
    )
    _free(folder)
    if from_ is not None:
        spare_inputs(output, from_)
        made = _rolled(from_, carry_forward or ())
        _write(folder, made.texts)
        show(_rolled_result(made, folder), chosen, output, template)
        return
    first = _first_year(year)
    texts = _started(first, name, is_whole_council=whole_council)
    _write(folder, texts)
    show(_started_result(first, name, folder, texts), chosen, output, template)


def _refuse_what_does_not_go_together(
    from_: str | None,
    carry_forward: Sequence[str] | None,
    *,
    whole_council: bool,
    year: str | None,
    name: str | None,
) -> None:
    if from_ == "":
        raise typer.BadParameter("it names no plan", param_hint="'--from'")
    if from_ is None and carry_forward:
        raise typer.BadParameter("it goes with --from PLAN alone", param_hint=f"'{CARRY}'")
    given = {"--whole-council": whole_council, "--year": year is not None, "--name": bool(name)}
    if from_ is not None:
        for option in (option for option, is_given in given.items() if is_given):
            message = "a plan that is rolled forward has its own: leave it out"
            raise typer.BadParameter(message, param_hint=f"'{option}'")


def _free(folder: str) -> None:
    """Refuse a folder that holds a plan already, or a place where none can be made."""
    from cfbudget.read.folder import holds_plan

    if not folder:
        raise typer.BadParameter("it names no folder", param_hint="'DIR'")
    path = Path(folder)
    try:
        is_other, is_taken = path.exists() and not path.is_dir(), holds_plan(path)
    except (OSError, ValueError) as error:
        raise fail(f"cannot write {folder}: {error}", "name a folder that can be made") from None
    if is_other:
        raise fail(f"{folder} is a file, not a folder", "name a folder that is not there yet")
    if is_taken:
        hint = "name a folder without one: nothing is overwritten"
        raise fail(f"{folder} holds files of a plan already", hint)


def _write(folder: str, texts: Mapping[str, str]) -> None:
    from cfbudget.written_files import write_folder

    try:
        write_folder(Path(folder), texts)
    except OSError as error:
        message = f"cannot write {folder}: {error.strerror or error}; nothing was written"
        hint = "make the folder that it is to stand in first, or name another"
        raise fail(message, hint) from None


# -- a plan rolled forward ------------------------------------------------------------------


def _rolled(given: str, carry_forward: Sequence[str]) -> "RolledForward":
    from cfbudget.new_plan.roll_forward import roll_forward
    from cfbudget.problem import Refusal

    old = _plan(given)
    found = roll_forward(old, _carried(old, carry_forward))
    if isinstance(found, Refusal):
        raise fail(found.reason, found.hint)
    return found


def _plan(given: str) -> "Plan":
    """The plan in a folder, or that a workbook is of itself."""
    from cfbudget.checks.comparisons import comparisons

    if Path(given).suffix.lower() == WORKBOOK and not is_folder(given):
        from cfbudget.cli.progress import bar
        from cfbudget.cli.workbook_plan import workbook_plan

        with bar() as progress:
            return workbook_plan(Path(given), progress)
    loaded, plan = loaded_plan(given)
    show_differing(loaded, comparisons(plan))
    return plan


def _carried(plan: "Plan", given: Sequence[str]) -> Mapping[str, int]:
    """What is carried forward by scheme, in pence."""
    from cfbudget.money import MILLIONS, parse_amount
    from cfbudget.problem import Refusal

    unit = plan.capital.unit if plan.capital else MILLIONS
    found: dict[str, int] = {}
    for one in given:
        scheme, equals, text = one.rpartition("=")
        amount = parse_amount(text, unit) if equals and scheme else None
        example = "write SCHEME=AMOUNT, as ring-road=0.8"
        if amount is None:
            raise typer.BadParameter(f"{one!r} cannot be read: {example}", param_hint=f"'{CARRY}'")
        if isinstance(amount, Refusal):
            raise typer.BadParameter(amount.sentence, param_hint=f"'{CARRY}'")
        if amount.pence <= 0:
            message = f"{text!r} carries nothing forward: write an amount that is plus"
            raise typer.BadParameter(message, param_hint=f"'{CARRY}'")
        if scheme in found:
            message = f"{scheme!r} stands twice: add the two amounts up"
            raise typer.BadParameter(message, param_hint=f"'{CARRY}'")
        found[scheme] = amount.pence
    return found


def _rolled_result(made: "RolledForward", folder: str) -> Result:
    from cfbudget.reports.new_plan.page import WrittenPlan, rolled_page
    from cfbudget.reports.new_plan.records import rolled_records

    return Result(
        lambda: rolled_page(WrittenPlan(made, folder)),
        lambda: rolled_records(made),
        (f"wrote {', '.join(made.texts)} to {folder}",),
    )


# -- a plan to fill in ----------------------------------------------------------------------


def _first_year(given: str | None) -> "FinancialYear":
    """The year asked for, else the financial year that begins next April."""
    from cfbudget.problem import Refusal
    from cfbudget.years import FinancialYear, parse_year

    if given is None:
        from datetime import date

        today = date.today()
        return FinancialYear(today.year if today.month < 4 else today.year + 1)
    year = parse_year(given)
    if isinstance(year, Refusal):
        raise typer.BadParameter(year.sentence, param_hint="'--year'")
    return year


def _started(
    first: "FinancialYear", name: str | None, *, is_whole_council: bool
) -> Mapping[str, str]:
    from cfbudget.loaded import load_texts
    from cfbudget.new_plan.starter import PLACEHOLDER, starter

    texts = starter(first, name or PLACEHOLDER, is_whole_council=is_whole_council)
    if problems := load_texts(texts).problems:
        raise typer.BadParameter(problems[0].message, param_hint="'--name'")
    return texts


def _started_result(
    first: "FinancialYear", name: str | None, folder: str, texts: Mapping[str, str]
) -> Result:
    from cfbudget.new_plan.starter import PLACEHOLDER, starter_years
    from cfbudget.reports.new_plan.page import started_page
    from cfbudget.reports.new_plan.records import started_records

    return Result(
        lambda: started_page(name or PLACEHOLDER, folder, starter_years(first), texts),
        lambda: started_records(texts),
        (f"wrote {', '.join(texts)} to {folder}",),
    )
