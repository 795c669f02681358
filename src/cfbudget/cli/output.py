"""Results to stdout or a file, problems to stderr."""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cfbudget.cli.which_plan import fail, say
from cfbudget.grammar import agreed

if TYPE_CHECKING:
    from rich.console import Console

    from cfbudget.checks.comparison import Comparison
    from cfbudget.layout.page import Page
    from cfbudget.loaded import Loaded
    from cfbudget.plan.plan import Plan
    from cfbudget.problem import Problem


def deliver_page(page: "Page", output: Path | None) -> None:
    """A result in words and tables to stdout, or to a file: whole, at the end.

    Rich colours it and breaks its lines on a terminal. What goes elsewhere is plain text, and
    does without Rich, but where its own variables ask for colour.
    """
    from cfbudget.render.page_text import page_text, print_page

    to_terminal = output is None and sys.stdout.isatty()
    # What is shown may depend on the characters that stdout has.
    encoding = sys.stdout.encoding if output is None else "utf-8"
    if not (to_terminal or os.environ.get("FORCE_COLOR") or "TTY_COMPATIBLE" in os.environ):
        deliver(page_text(page, encoding), output, exact=False)
        return
    from rich.console import Console

    nowhere = io.TextIOWrapper(io.BytesIO(), encoding, errors="replace")
    console = Console(
        file=sys.stdout if to_terminal else nowhere,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as printed:
        print_page(console, page, console.width if to_terminal else None)
    deliver(printed.get(), output, exact=False)


def problems_console() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def show_problems(loaded: "Loaded", problems: "Iterable[Problem]") -> None:
    """Print a plan's problems on stderr, with a count at the end."""
    print_found(loaded.folder, problems, loaded.texts)


def print_found(folder: str, problems: "Iterable[Problem]", texts: Mapping[str, str]) -> None:
    """Print problems on stderr, with a count at the end.

    Args:
        folder: in which their files stand; empty where these are named whole.
        texts: the files' texts, to show the lines in.
    """
    found = list(problems)
    if found:
        from cfbudget.render.problems import count_line, print_problems

        console = problems_console()
        print_problems(console, folder, found, texts)
        console.print(count_line(found))


def loaded_plan(
    folder: str, *, lines: bool = True, mentioned: Iterable[str] = ()
) -> "tuple[Loaded, Plan]":
    """The plan in a folder; its problems are shown and end the command with 2.

    Args:
        lines: whether each option is asked for; else the plain ones of a long plan are condensed.
        mentioned: words that may be ids of options which are asked for all the same.
    """
    from cfbudget.loaded import load_condensed, load_folder

    loaded = load_folder(folder) if lines else load_condensed(folder, frozenset(mentioned))
    if loaded.plan is None:
        show_problems(loaded, loaded.problems)
        raise typer.Exit(2)
    return loaded, loaded.plan


def spare_inputs(output: Path | None, folder: str) -> None:
    """Refuse to write a result over a file of the plan that it is made from."""
    from cfbudget.read.folder import is_book, is_plan_file, near_miss

    if output is None:
        return
    if is_book(Path(folder)):
        spare_source(output, Path(folder), "the plan")
    try:
        # A link is written through to what it leads to.
        stands = {output.absolute(), Path(os.path.realpath(output))}
        home = os.path.realpath(folder)
        within = [path for path in stands if os.path.realpath(path.parent) == home]
    except (OSError, ValueError):  # no such path: writing to it says why
        return
    for path in within:
        if is_plan_file(path.name):
            raise fail(f"{output} is a file of the plan: write the result elsewhere")
        if near_miss(path.name):
            raise fail(f"{output} would be taken for a file of the plan: name it otherwise")


def spare_source(output: Path | None, source: Path, what: str) -> None:
    """Refuse to write a result over the file that it is made from.

    Args:
        what: the file is, in a message.
    """
    if output is None:
        return
    try:
        same = output == source or output.samefile(source)
    except (OSError, ValueError):  # one of them is not there, or cannot be
        return
    if same:
        raise fail(f"{output} is {what} itself: write the result elsewhere")


def deliver(text: str, output: Path | None, *, exact: bool = True) -> None:
    """Write a result to stdout, or to a file that is replaced whole or not at all.

    Args:
        exact: whether it is data, which is UTF-8 whatever the terminal can show.
    """
    if output is None:
        _to_stdout([text], exact=exact)
        return
    from cfbudget.written_files import write_text

    with _written(output):
        write_text(output, text)


def deliver_pieces(pieces: Iterable[str], output: Path | None) -> None:
    """The same of data that come in pieces, none of which is kept."""
    if output is None:
        _to_stdout(pieces, exact=True)
        return
    from cfbudget.written_files import write_pieces

    with _written(output):
        write_pieces(output, pieces)


@contextmanager
def _written(output: Path) -> Iterator[None]:
    """Say that a file was written, or why it was not."""
    try:
        yield
    except OSError as error:
        raise unwritten(output, error) from None
    wrote(output)


def wrote(output: Path, said: str = "") -> None:
    """Say which file was written, and what to know of it."""
    say(f"wrote {output}{f': {said}' if said else ''}")


def unwritten(output: Path, error: OSError) -> typer.Exit:
    """Say why a file was not written, and end with 2."""
    return fail(f"cannot write {output}: {error.strerror or error}; nothing was written to it")


def _to_stdout(pieces: Iterable[str], *, exact: bool) -> None:
    try:
        if exact and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except OSError as error:
        silence_stdout()
        if isinstance(error, BrokenPipeError):  # such as `| head`: it has read what it wanted
            raise typer.Exit(141) from None
        raise fail(f"cannot write the result: {error.strerror}") from None


def silence_stdout() -> None:
    """Let what is left go nowhere: Python would write it once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_differing(loaded: "Loaded", compared: "Iterable[Comparison]") -> None:
    """Warn of every stated figure that differs: the plan computes all the same."""
    found = [comparison for comparison in compared if comparison.outcome == "differs"]
    has_reserves = loaded.plan is not None and loaded.plan.reserves is not None
    if not found and not has_reserves:
        return
    from cfbudget.checks.funding_meaning import drawn_otherwise
    from cfbudget.checks.reconciliation import difference_problem
    from cfbudget.problem import in_order

    apart = drawn_otherwise(loaded.plan) if loaded.plan else ()
    show_problems(loaded, in_order([*map(difference_problem, found), *apart]))


def show_plan_differing(loaded: "Loaded", plan: "Plan") -> None:
    """The same of all that the plan states."""
    from cfbudget.checks.comparisons import comparisons

    show_differing(loaded, comparisons(plan))


def agreement(compared: "Iterable[Comparison]", condensed: int = 0) -> str:
    """How many stated figures agree, in a sentence.

    Args:
        condensed: how many of condensed options agree besides.
    """
    outcomes = [comparison.outcome for comparison in compared]
    outcomes += ["agrees"] * condensed
    tested = sum(1 for outcome in outcomes if outcome in ("agrees", "rounding", "differs"))
    if not tested:
        return "The plan states no total, so no figure was compared."
    agree, rounding = outcomes.count("agrees"), outcomes.count("rounding")
    sentence = f"{agree} of {tested} stated figures agree with the computed ones"
    if rounding:
        sentence += f", {rounding} within rounding"
    if differ := tested - agree - rounding:
        sentence += f"; {differ} {agreed(differ, 'differs')} (cfbudget check)"
    return f"{sentence}."
