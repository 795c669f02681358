"""What a line of the bridge is called: its name, its service, and what it was."""

from collections.abc import Iterator, Sequence

from cfbudget.calculate.bridge_lines import BridgeCause, BridgeLine, PlanSide
from cfbudget.money import FTE, printed
from cfbudget.plan.kinds import a, words
from cfbudget.plan.values import Description


def heading_of(causes: Sequence[BridgeCause]) -> str:
    if list(causes) == ["other movements"]:
        return "Other movements, not in the listed options"
    if list(causes) == ["listed options"]:
        return "Listed options, which the new budget contains"
    words = ", ".join(causes)
    return words[0].upper() + words[1:]


def label_of(line: BridgeLine, *, with_kind: bool = False) -> str:
    """The line's name, its service, and what it was where that is another."""
    now = line.now
    facts = [] if line.what == "service" else [now.service_name]
    if line.old and line.new:
        facts += _was(line.old, line.new) if line.what == "option" else []
        facts += _stood(line.old, line.new) if line.what == "service" else []
    elif line.what == "service":
        facts.append("in the new plan only" if line.new else "in the old plan only")
    if line.is_together:
        facts.insert(0, "with the services within it")
    elif line.what == "service" and now.has_services:
        facts.insert(0, "the service as a whole")
    if with_kind and now.kind:
        facts.append(words(now.kind))
    if line.same_budget:
        facts.append("same budget, other options in it")
    return f"{now.name} ({'; '.join(facts)})" if facts else now.name


def _was(old: PlanSide, new: PlanSide) -> Iterator[str]:
    """What an option was in the old plan."""
    if old.name != new.name:
        yield f"was {old.name}"
    elif old.id != new.id:
        yield f"its id was {old.id}"
    if old.service != new.service:
        yield f"was in {old.service_name}"
    if old.kind != new.kind:
        yield f"{a(new.kind)}, was {a(old.kind)}"
    if old.status != new.status:
        yield f"{_words(new.status)}, was {_words(old.status)}"
    if old.recurs != new.recurs:
        yield "lasting, was one-off" if new.recurs else "one-off, was lasting"
    if old.fte != new.fte:
        yield _posts(old, new)
    described = zip(Description._fields, new.description, old.description, strict=True)
    for what, now, before in described:
        if before != now:
            yield f"{what} {now or 'not given'}, was {before or 'not given'}"


def _posts(old: PlanSide, new: PlanSide) -> str:
    """What the full-time equivalents were: of all years, or by year where that is the same."""
    before, now = (sum(posts for _, posts in side.fte) for side in (old, new))
    if before != now:
        return f"FTE {_fte(now)}, was {_fte(before)}"
    was, are = (
        ", ".join(f"{_fte(posts)} in {year}" for year, posts in side.fte) for side in (old, new)
    )
    return f"FTE {are}, was {was}"


def _fte(hundredths: int) -> str:
    return printed(hundredths, FTE, FTE.places) if hundredths else "nil"


def _stood(old: PlanSide, new: PlanSide) -> Iterator[str]:
    """What a service was called, and within which it stood."""
    if old.name != new.name:
        yield f"was {old.name}"
    elif old.id != new.id:
        yield f"its id was {old.id}"
    if old.service != new.service:
        yield f"was within {old.service_name}" if old.service else "was within no other"


def _words(status: str) -> str:
    return status.replace("-", " ")
