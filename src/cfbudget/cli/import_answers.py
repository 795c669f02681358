"""The answers of an import: typed, kept in a recipe, or asked on a terminal."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from cfbudget.cli.output import print_found
from cfbudget.cli.which_plan import fail, say

if TYPE_CHECKING:
    from cfbudget.imports.answers import Answers, Asking, Question
    from cfbudget.imports.importing import Drafts, TableKind
    from cfbudget.imports.recipe import Recipe
    from cfbudget.imports.source_tables import SourceTable


MOST_SHOWN = 10
"""Choices that are shown beside a question."""
MOST_ROUNDS = 8
"""How often likely answers are taken to see what else would be asked."""


class Keeping(NamedTuple):
    """The answers given so far, and the recipe that is to keep them."""

    given: "Answers"
    recipe: Path
    kept: "Answers"
    """What the recipe said before."""


def answers(
    into: str,
    kind: str,
    recipe: str | None,
    single: Mapping[str, str | None],
    words: Mapping[str, list[str] | None],
) -> Keeping:
    """All answers that were given: those typed stand before those of a recipe.

    Args:
        single: the options that take one value.
        words: those that take an answer for each word.
    """
    from cfbudget.imports.answers import OPTIONS
    from cfbudget.imports.recipe import read_recipe, recipe_name

    path = Path(recipe) if recipe is not None else Path(into, recipe_name(kind))
    read = _file(path, read_recipe, must_exist=False) if recipe != "" else None
    kept = read.given if read else {}
    given = {**kept, **_of_words(words)}
    for what, value in single.items():
        if value is not None:
            _hold((what, ""), value.strip(), OPTIONS[what])
            given[what, ""] = value.strip()
    return Keeping(given, path, kept)


def _of_words(words: Mapping[str, Iterable[str] | None]) -> "dict[tuple[str, str], str]":
    from cfbudget.imports.answers import OPTIONS
    from cfbudget.imports.recipe import map_of

    found: dict[tuple[str, str], str] = {}
    for what, values in words.items():
        for value in values or ():
            word, equals, answer = value.rpartition("=")
            if what == "map" and not equals:
                found |= _file(Path(value), map_of, must_exist=True).given
                continue
            if not equals or not word.strip():
                raise typer.BadParameter(
                    f"{value!r} cannot be read: write WORD=ANSWER", param_hint=f"'{OPTIONS[what]}'"
                )
            word = word.strip().upper() if what == "column" else word.strip().casefold()
            _hold((what, word), answer.strip(), OPTIONS[what])
            found[what, word] = answer.strip()
    return found


def _hold(key: tuple[str, str], answer: str, option: str) -> None:
    """Refuse an answer that cannot be one."""
    from cfbudget.imports.answers import refused

    if (refusal := refused(key, answer)) is not None:
        raise typer.BadParameter(refusal.sentence, param_hint=f"'{option}'")


def _file(path: Path, read: "Callable[[str, str], Recipe]", *, must_exist: bool) -> "Recipe":
    """The answers of a file; what is wrong with it ends the command with 2."""
    from cfbudget.imports.recipe import Recipe
    from cfbudget.problem import Place, Problem
    from cfbudget.read.folder import read_text

    problems: list[Problem] = []
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = True
    if not there and not must_exist:
        return Recipe({}, ())
    text = read_text(path, Place(str(path)), problems)
    found = Recipe({}, tuple(problems)) if text is None else read(text, str(path))
    if found.problems:
        print_found("", found.problems, {str(path): text or ""})
        raise typer.Exit(2)
    return found


def tell_unused(keeping: Keeping, asking: "Asking") -> None:
    """Say which typed answers the table did not need: it tells these things itself, or has no
    such word."""
    from cfbudget.imports.answers import typed

    used = {(what, word.casefold()) for what, word in asking.used}
    for (what, word), answer in keeping.given.items():
        is_kept = keeping.kept.get((what, word)) == answer
        if (what, word.casefold()) not in used and not is_kept:
            option = typed((what, word), answer)
            say(f"not used, as the table tells it or has no such word: {option}")


def complete(
    found: "list[SourceTable]",
    kind: "TableKind",
    keeping: Keeping,
    existing: Mapping[str, str],
    named: str,
) -> "Drafts":
    """The table read as files, once every question is answered."""
    from cfbudget.imports.answers import Asking
    from cfbudget.imports.importing import chosen_table, draft, known_of

    if not found:
        raise fail(f"{named}: no table with figures was found in it; nothing was written")
    known = known_of(existing)
    given = dict(keeping.given)
    while True:
        asking = Asking(given)
        table = chosen_table(found, kind, asking)
        if table is None and not asking.open:
            raise fail(f"--table {asking.told('table')} is no table of {named}: there are "
                       f"{len(found)}")  # fmt: skip
        if table is not None:
            drafts = draft(table, kind, asking, known, named)
            if not asking.open or drafts.reading.troubles:
                return drafts
        questions = list(asking.open.values())
        if not (sys.stdin.isatty() and sys.stderr.isatty()):

            def opened(answers: "Answers") -> "list[Question]":
                asking = Asking(answers)
                if (table := chosen_table(found, kind, asking)) is not None:
                    draft(table, kind, asking, known, named)
                return list(asking.open.values())

            raise _listed(questions, _following(questions, given, opened), named)
        given |= {question.key: _answer(question) for question in questions}


def _following(
    questions: "list[Question]", given: "Answers", opened: "Callable[[Answers], list[Question]]"
) -> "list[Question]":
    """The questions that come up once others have their likely answers."""
    every = list(questions)
    likely = dict(given)
    for _ in range(MOST_ROUNDS):
        likely |= {one.key: one.likely for one in every if one.likely}
        if not (more := [one for one in opened(likely) if one.key not in {q.key for q in every}]):
            break
        every += more
    return every[len(questions) :]


def _listed(questions: "list[Question]", following: "list[Question]", named: str) -> typer.Exit:
    """List all that is open, with what to type, and end with 2."""
    count = len(questions) + len(following)
    things = "one thing" if count == 1 else f"{count} things"
    print(f"cfbudget: {named} does not tell {things}; nothing was written. Type:", file=sys.stderr)
    for question in questions:
        _print_question(question)
    if following:
        print("  If these are the answers, then also:", file=sys.stderr)
    for question in following:
        _print_question(question)
    return typer.Exit(2)


def _print_question(question: "Question") -> None:
    print(f"  {question.asks}", file=sys.stderr)
    of = f"   (or {', '.join(_others(question))})" if _others(question) else ""
    print(f"      {question.typed}{of}", file=sys.stderr)


def _others(question: "Question") -> list[str]:
    found = [choice for choice in question.choices if choice != question.likely]
    if len(found) <= MOST_SHOWN:
        return found
    return [*found[: MOST_SHOWN - 2], f"{len(found) - MOST_SHOWN + 1} more", found[-1]]


def _answer(question: "Question") -> str:
    """One question put on the terminal, until it is answered."""
    from cfbudget.imports.answers import refused

    others = _others(question)
    of = f" ({', '.join(others)})" if others else ""
    likely = f" [{question.likely}]" if question.likely else ""
    while True:
        print(f"{question.asks}{likely}{of} ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise fail("there was no answer; nothing was written")
        answer = line.strip() or question.likely
        refusal = refused(question.key, answer)
        if refusal is None:
            return answer
        print(f"   {refusal.sentence}", file=sys.stderr)
