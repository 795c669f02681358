"""What a contender is to reach, and whether it did."""

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from benchmarks.contest import Result, Results

Figure = Literal["cpu", "wall", "megabytes"]
UNITS = {"cpu": "s", "wall": "s of the clock", "megabytes": "MB"}


class Mark(NamedTuple):
    """The most that a figure may be: in seconds or megabytes, or as a share of another's."""

    figure: Figure
    most: float
    of: str = ""


class Judged(NamedTuple):
    """A mark in words, with the figure beside it; `reached` is None where it is not known."""

    words: str
    reached: bool | None


def judge(mark: Mark, result: "Result", results: "Results") -> Judged:
    """Hold a mark against what was measured. What refused its work has not reached it."""
    wanted = _wanted(mark)
    if result.refused:
        return Judged(wanted, None if result.contender.missing else False)
    found = _found(mark, result, results.get(mark.of))
    if found is None:
        return Judged(f"{wanted}: {mark.of} is missing", None)
    return Judged(f"{wanted}: {_shown(mark, found)}", found <= mark.most)


def _found(mark: Mark, result: "Result", base: "Result | None") -> float | None:
    if not mark.of:
        return float(getattr(result, mark.figure))
    if base is None or not base.runs:
        return None
    if mark.figure == "cpu":
        return result.cpu_against(base)
    return float(getattr(result, mark.figure) / getattr(base, mark.figure))


def _wanted(mark: Mark) -> str:
    if not mark.of:
        return f"≤ {mark.most:g} {UNITS[mark.figure]}"
    what = {"cpu": "", "wall": " by the clock", "megabytes": " in memory"}[mark.figure]
    return f"≤ {mark.most:g} of {mark.of}{what}"


def _shown(mark: Mark, found: float) -> str:
    return f"{found:.0f}" if mark.figure == "megabytes" and not mark.of else f"{found:.2f}"
