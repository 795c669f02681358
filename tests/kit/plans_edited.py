"""A drawn plan edited at random, as a plan is from one draft to the next."""

from typing import NamedTuple

from hypothesis import strategies as st

from tests.kit.plans_sketch import Block, Budget, Option, Service, Sketch, walk
from tests.kit.plans_strategy import NAMES, STEPS

OTHER = {
    "saving": "investment",
    "investment": "saving",
    "new": "previously approved",
    "previously approved": "new",
}
EDITS = (
    "none",
    "none",
    "remove",
    "name",
    "id",
    "service",
    "status",
    "kind",
    "price",
    "phase",
    "once",
)


class Placed(NamedTuple):
    """An option with the service that it belongs to."""

    service: str
    option: Option


def placed(sketch: Sketch) -> dict[str, Placed]:
    """Every option by its id."""
    blocks = sketch.blocks or ()
    return {o.id: Placed(block.service, o) for block in blocks for o in block.options}


@st.composite
def edited(draw: st.DrawFn, sketch: Sketch) -> Sketch:
    """The sketch with options and services altered, taken out and put in."""
    known = dict.fromkeys(line.id for budget in sketch.budgets for line in walk(budget.services))
    services = list(known) or [block.service for block in sketch.blocks or ()]
    made: list[Placed] = []
    for at, (service, option) in enumerate(placed(sketch).values()):
        edits = draw(st.sets(st.sampled_from(EDITS), max_size=3))
        if "remove" in edits:
            continue
        home = draw(st.sampled_from(services)) if "service" in edits else service
        made.append(Placed(home, draw(_edited(option, edits, at, sketch))))
    for number in range(draw(st.integers(0, 2))):
        base = Option(
            f"option-added-{number}", draw(NAMES), "saving", "new", (0,) * len(sketch.years)
        )
        made.append(
            Placed(draw(st.sampled_from(services)), draw(_edited(base, {"price"}, 0, sketch)))
        )
    blocks = {service: [o for home, o in made if home == service] for service, _ in made}
    return sketch._replace(
        blocks=tuple(Block(service, tuple(options)) for service, options in blocks.items())
        if sketch.blocks is not None
        else None,
        budgets=tuple(draw(_budget(budget)) for budget in sketch.budgets),
    )


@st.composite
def _edited(draw: st.DrawFn, option: Option, edits: set[str], at: int, sketch: Sketch) -> Option:
    changes = list(option.changes)
    if "price" in edits:
        place = draw(st.integers(0, len(changes) - 1))
        changes[place] += draw(STEPS) * sketch.options_printing.step
    if "phase" in edits:
        changes = draw(st.permutations(changes))
    recurs = option.recurs != ("once" in edits and sketch.basis == "change")
    if not recurs:  # a one-off may not take back its own change
        changes = [abs(pence) for pence in changes]
    return Option(
        f"option-other-{at}" if "id" in edits else option.id,
        draw(NAMES) if "name" in edits else option.name,
        OTHER[option.kind] if "kind" in edits else option.kind,
        OTHER[option.status] if "status" in edits else option.status,
        tuple(changes),
        recurs,
    )


@st.composite
def _budget(draw: st.DrawFn, budget: Budget) -> Budget:
    """The budget with some amounts altered."""

    def altered(service: Service) -> Service:
        more = draw(STEPS) * budget.printing.step if draw(st.integers(0, 3)) == 0 else 0
        return service._replace(
            services=tuple(map(altered, service.services)),
            gross=None if service.gross is None else service.gross + more,
            net=None if service.net is None else service.net + more,
        )

    return budget._replace(services=tuple(map(altered, budget.services)))


def shifted(sketch: Sketch, years: int) -> Sketch:
    """The same plan some years later."""
    return sketch._replace(
        years=tuple(year + years for year in sketch.years),
        budgets=tuple(
            budget._replace(
                year=budget.year + years, contains=tuple(year + years for year in budget.contains)
            )
            for budget in sketch.budgets
        ),
    )
