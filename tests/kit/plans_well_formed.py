"""Hypothesis strategies for plans that a council might publish: no warning is due in them.

Nearly as free as `plans_strategy`, but with the signs, sizes and names that a reader expects.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from hypothesis import strategies as st

from tests.kit.plans_sketch import (
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
from tests.kit.plans_strategy import trees

PLACES = ("Roads", "Parks", "Libraries", "Adult Social Care", "Education", "Children's Homes")
SAVINGS = (
    "Fees and charges",
    "Reduced demand",
    "Contract savings",
    "Review of posts",
    "Efficiency",
)
SPENDING = ("Demand growth", "Emerging pressures", "Pay award", "Inflation", "End of a grant")
PRINTINGS = st.sampled_from((("£", 0), ("£", 2), ("£000", 0), ("£000", 1), ("£m", 3))).map(
    lambda unit_and_places: Printing(*unit_and_places)
)
Names = Iterator[str]
THOUSAND = 100_000  # pence
HUNDREDTHS = 100


def printed(pence: int, printing: Printing) -> int:
    """An amount as a file can print it, and not nil."""
    return max(1, pence // printing.step) * printing.step


def numbered(names: Sequence[str]) -> Iterator[str]:
    for number in count(1):
        for name in names:
            yield f"{name} {number}"


def with_amounts(
    draw: st.DrawFn, services: Sequence[Service], names: Iterator[str], printing: Printing
) -> tuple[Service, ...]:
    """Services named apart, each with what it spends and earns."""
    made = []
    for service in services:
        named = service._replace(name=next(names))
        if service.services:
            below = with_amounts(draw, service.services, names, printing)
            made.append(named._replace(services=below))
            continue
        gross = printed(draw(st.integers(1_000, 500_000)) * THOUSAND, printing)
        share = draw(st.integers(0, 80))
        if draw(st.integers(0, 4)) == 0:
            made.append(named._replace(net=gross))
        else:
            income = -(gross * share // HUNDREDTHS // printing.step * printing.step)
            made.append(named._replace(gross=gross, income=income))
    return tuple(made)


def moved_on(draw: st.DrawFn, services: Sequence[Service], step: int) -> tuple[Service, ...]:
    """The services a year later: each figure up or down by a tenth at most."""

    def later(pence: int | None) -> int | None:
        share = draw(st.integers(90, 110))
        return None if pence is None else pence * share // HUNDREDTHS // step * step

    return tuple(
        service._replace(services=moved_on(draw, service.services, step))
        if service.services
        else service._replace(
            gross=later(service.gross), income=later(service.income), net=later(service.net)
        )
        for service in services
    )


@st.composite
def options_of(
    draw: st.DrawFn, leaf: Service, years: int, printing: Printing, names: Mapping[str, Names]
) -> Option:
    """A saving of up to a tenth of a service in any of the years, or an investment."""
    kind = draw(st.sampled_from(("saving", "investment")))
    most = (leaf.gross or leaf.net or 0) // 10
    size = printed(draw(st.integers(most // 20, most)) // years, printing)
    later = draw(st.lists(st.booleans(), min_size=years - 1, max_size=years - 1))
    signed = -size if kind == "saving" else size
    return Option(
        next(names["id"]),
        next(names[kind]),
        kind,
        draw(st.sampled_from(("new", "previously approved"))),
        (signed, *(signed * is_more for is_more in later)),
    )


@st.composite
def budgets_of(draw: st.DrawFn, years: Sequence[int], printing: Printing) -> tuple[Budget, ...]:
    """Budgets of the first years, which contain all options so far, or none."""
    tree = draw(trees(f"service-{number}" for number in count()))
    services = with_amounts(draw, tree, numbered(PLACES), printing)
    contains = draw(st.booleans())
    made = []
    for year in years[: draw(st.integers(1, len(years)))]:
        struck = tuple(one for one in years if one <= year) if contains else ()
        made.append(Budget(year, struck, services, printing))
        services = moved_on(draw, services, printing.step)
    return tuple(made)


@st.composite
def blocks_of(
    draw: st.DrawFn, leaves: Sequence[Service], years: int, printing: Printing
) -> tuple[Block, ...]:
    names: dict[str, Names] = {"id": (f"option-{number}" for number in count())}
    names |= {"saving": numbered(SAVINGS), "investment": numbered(SPENDING)}
    chosen = draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=4, unique=True))
    return tuple(
        Block(
            leaf.id,
            tuple(
                draw(options_of(leaf, years, printing, names))
                for _ in range(draw(st.integers(1, 3)))
            ),
        )
        for leaf in chosen
    )


@st.composite
def schemes_of(draw: st.DrawFn, years: int, printing: Printing) -> tuple[Scheme, ...]:
    amounts = st.integers(10, 9_999).map(lambda amount: printed(amount * THOUSAND, printing))
    return tuple(
        Scheme(
            f"scheme-{number}",
            f"Scheme {number}",
            tuple(draw(amounts) for _ in range(years)),
            draw(st.none() | amounts),
        )
        for number in range(draw(st.integers(1, 3)))
    )


@st.composite
def well_formed(draw: st.DrawFn, *, needs: frozenset[str] = frozenset()) -> Sketch:
    """A whole plan of a council; `needs` are tables that it has besides its revenue budget."""
    first = draw(st.integers(2019, 2029))
    years = tuple(range(first, first + draw(st.integers(1, 4))))
    printing, capital = draw(PRINTINGS), draw(PRINTINGS)
    budgets = draw(budgets_of(years, printing))
    leaves = [line for line in walk(budgets[-1].services) if not line.services]
    has = {name for name in ("options", "capital") if name in needs or draw(st.booleans())}
    basis: Basis = draw(st.sampled_from(("change", "level")))
    return Sketch(
        years,
        budgets,
        draw(blocks_of(leaves, len(years), printing)) if "options" in has else None,
        basis,
        printing,
        draw(schemes_of(len(years), capital)) if "capital" in has else None,
        capital,
    )
