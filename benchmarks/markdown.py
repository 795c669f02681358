"""What was measured, as a table in Markdown, and a file's block of it made anew."""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.contest import Result, Results
from benchmarks.marks import judge

OUTCOMES = {True: "reached", False: "**missed**", None: "not known"}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose first column is words and whose others are figures."""
    first, *others = heads
    lines = [(first, *others), ("---", *("---:" for _ in others)), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def contest_table(results: Results, base: str, *, judged: bool) -> str:
    """A row for each contender, with its ratio to the base and its marks."""
    heads = ("", "CPU s", "wall s", "MB", f"CPU / {base}", "to be reached: was")
    rows = (_row(one, results, results[base], judged=judged) for one in results.values())
    return table(heads, rows) + "".join(notes(results.values()))


def _row(result: Result, results: Results, base: Result, *, judged: bool) -> tuple[str, ...]:
    name = result.contender.name
    marks = result.contender.marks if judged else ()
    words = "; ".join(
        f"{words} {OUTCOMES[reached]}"
        for words, reached in (judge(mark, result, results) for mark in marks)
    )
    if not result.runs:
        return (name, "–", "–", "–", "–", words)
    ratio = f"{result.cpu_against(base):.2f}" if base.runs else "–"
    figures = (f"{result.cpu:.2f}", f"{result.wall:.2f}", f"{result.megabytes:,.0f}")
    return (name, *figures, ratio, words)


def notes(results: Iterable[Result]) -> Iterable[str]:
    """What stands beneath the table: who did not do the work, or not all of it, and why."""
    whose: dict[str, list[str]] = {}
    for result in results:
        said = result.refused or result.contender.not_done
        if said:
            whose.setdefault(said, []).append(result.contender.name)
    return [f"\n{'; '.join(names)}: {said}.\n" for said, names in whose.items()]


def with_block(text: str, name: str, block: str) -> str:
    """A page with the block of a name made anew; it is put at the end if there is none."""
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
    written = f"{begin}\n{block}\n{end}"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if pattern.search(text):
        return pattern.sub(lambda _: written, text)
    return f"{text}\n{written}" if text else written


def write_block(path: Path, name: str, block: str) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_text(with_block(text, name, block), encoding="utf-8")
    beside.replace(path)
