"""Hypothesis strategies for whole valid plans, small and awkward."""

from collections.abc import Iterator, Sequence
from itertools import count

from hypothesis import strategies as st

from tests.kit.plans_sketch import (
    PENNY_PLACES,
    Basis,
    Block,
    Budget,
    Option,
    Printing,
    Scheme,
    Service,
    Sketch,
    walk,
)

# Ids that begin alike, and ids that are also endings of rows, so that no row is found by a part
# of its name.
SLUGS = ("food", "foodbank", "own", "reversals", "heading", "saving", "new", "care", "care-own")
NAMES = st.sampled_from(
    (
        "[red]Roads[/red]",
        "Parks 🌳",
        "Addysg a Gŵyliau Tŷ Bach",
        "Children's Care",
        "=SUM(A1:A9)",
        "Growth: £5m # of it",
        "Saving* (Invest to Save)",
        "N° 7 — Emerging Pressures–Youth",
        "'quoted', \"twice\"",
        "- 12",
    )
) | st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")),
    min_size=1,
    max_size=8,
).filter(str.strip)
PRINTINGS = st.builds(
    Printing, st.sampled_from(tuple(PENNY_PLACES)), st.integers(min_value=0, max_value=2)
)
STEPS = st.sampled_from((0, 1, -1)) | st.integers(min_value=-99_999, max_value=999_999)
TABLES = (
    {"revenue", "options", "capital"},
    {"revenue", "options"},
    {"revenue", "capital"},
    {"options", "capital"},
    {"revenue"},
    {"options"},
    {"capital"},
)


def ids(prefix: str) -> Iterator[str]:
    """Ids without end: the awkward ones, then numbered."""
    for number in count():
        for slug in SLUGS:
            yield f"{prefix}{slug}" if number == 0 else f"{prefix}{slug}-{number}"


@st.composite
def trees(draw: st.DrawFn, names: Iterator[str], depth: int = 0) -> tuple[Service, ...]:
    """Services nested up to three deep below the top, without amounts."""
    made = []
    for _ in range(draw(st.integers(1, 3 if depth == 0 else 2))):
        name, identity = draw(NAMES), next(names)
        nested = depth < 3 and draw(st.integers(0, 2)) == 0
        below = draw(trees(names, depth + 1)) if nested else ()
        made.append(Service(identity, name, services=below))
    return tuple(made)


@st.composite
def budgets(
    draw: st.DrawFn, tree: tuple[Service, ...], year: int, runs: Sequence[tuple[int, ...]]
) -> Budget:
    """A year's budget on a tree: it may lack some services, and have no detail below others."""
    printing = draw(PRINTINGS)

    def amount() -> int:
        return draw(STEPS) * printing.step

    def filled(services: Sequence[Service], *, whole: bool) -> tuple[Service, ...]:
        made = []
        for place, service in enumerate(services):
            # The first service always stands, so that no service has an empty list below it.
            fate = draw(st.integers(0, 9))
            if fate == 9 and place and not whole:
                continue
            if service.services and (fate < 8 or whole):
                made.append(service._replace(services=filled(service.services, whole=whole)))
            elif fate == 7:
                made.append(service._replace(net=amount(), services=()))
            else:
                made.append(service._replace(gross=amount(), income=amount(), services=()))
        return tuple(made)

    whole = draw(st.booleans())
    return Budget(year, draw(st.sampled_from(runs)), filled(tree, whole=whole), printing)


@st.composite
def options(
    draw: st.DrawFn, identity: str, years: int, printing: Printing, *, one_offs: bool
) -> Option:
    changes = [draw(STEPS) * printing.step for _ in range(years)]
    kind = draw(st.sampled_from(("saving", "investment")))
    status = draw(st.sampled_from(("new", "previously approved")))
    recurs = not (one_offs and draw(st.integers(0, 2)) == 0)
    if not recurs:  # its reversal is derived, so its own row takes nothing back
        sign = draw(st.sampled_from((1, -1)))
        changes = [sign * abs(pence) for pence in changes]
    return Option(identity, draw(NAMES), kind, status, tuple(changes), recurs)


@st.composite
def blocks(
    draw: st.DrawFn, services: Sequence[str], years: int, printing: Printing, *, one_offs: bool
) -> tuple[Block, ...]:
    """Blocks of some services, parents too, in any order."""
    chosen = draw(st.lists(st.sampled_from(services), min_size=1, max_size=3, unique=True))
    names = ids("option-")
    made = []
    for service in chosen:
        listed = [
            draw(options(next(names), years, printing, one_offs=one_offs))
            for _ in range(draw(st.integers(0, 2)))
        ]
        made.append(Block(service, tuple(listed)))
    return tuple(made)


@st.composite
def schemes(draw: st.DrawFn, years: int, printing: Printing) -> tuple[Scheme, ...]:
    names = ids("")
    return tuple(
        Scheme(
            next(names),
            draw(NAMES),
            tuple(draw(STEPS) * printing.step for _ in range(years)),
            draw(st.none() | STEPS.map(lambda steps: steps * printing.step)),
        )
        for _ in range(draw(st.integers(1, 3)))
    )


@st.composite
def sketches(
    draw: st.DrawFn,
    *,
    needs: frozenset[str] = frozenset(),
    least_budgets: int = 1,
    one_offs: bool = True,
    exact: bool = True,
) -> Sketch:
    """A whole plan. `needs` are tables it has; one-offs stand only under `basis: change`."""
    tables = draw(st.sampled_from([made for made in TABLES if needs <= made]))
    first = draw(st.integers(2019, 2029))
    years = tuple(range(first, first + draw(st.integers(1, 4))))
    tree = draw(trees(ids("")))
    made: tuple[Budget, ...] = ()
    if "revenue" in tables:
        runs = [years[:length] for length in range(len(years) + 1)]
        # From the year before the plan to the year after it.
        near = st.integers(first - 1, years[-1] + 1)
        chosen = draw(st.lists(near, min_size=least_budgets, max_size=3, unique=True))
        made = tuple(draw(budgets(tree, year, runs)) for year in sorted(chosen))
    known = dict.fromkeys(line.id for budget in made for line in walk(budget.services))
    services = list(known or [line.id for line in walk(tree)])
    basis: Basis = draw(st.sampled_from(("change", "level")))
    printing, capital = draw(PRINTINGS), draw(PRINTINGS)
    may_end = one_offs and basis == "change"
    return Sketch(
        years,
        made,
        draw(blocks(services, len(years), printing, one_offs=may_end))
        if "options" in tables
        else None,
        basis,
        printing,
        draw(schemes(len(years), capital)) if "capital" in tables else None,
        capital,
        exact,
    )
