"""A plan of so many options and years, made by arithmetic: the same whenever it is made."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

YEARS = ("2024-25", "2025-26", "2026-27", "2027-28")
CHANGED_TO = 500
"""What a trial changes: a figure, plus or minus as it was, that no option has."""

Amounts = Mapping[tuple[str, str], int]
"""£000 by service and financial year."""


class Group(NamedTuple):
    kind: str
    status: str
    sign: int


class Option(NamedTuple):
    """An option with its changes, in £000, and what they come to: its stated total."""

    service: int
    id: str
    name: str
    group: Group
    changes: tuple[int, ...]

    @property
    def stated(self) -> int:
        return sum(self.changes)


GROUPS = (
    Group("saving", "new", -1),
    Group("saving", "previously approved", -1),
    Group("investment", "new", 1),
    Group("investment", "previously approved", 1),
)
AREAS = ("North", "South", "East", "West", "Central", "Coast", "Valley", "Hills")
TEAMS = (
    "Home care", "Day centres", "Fostering", "School transport", "Youth work", "Libraries",
    "Museums", "Parks", "Leisure centres", "Street lighting", "Highways", "Waste collection",
    "Recycling", "Planning", "Building control", "Licensing", "Trading standards", "Housing advice",
    "Homelessness", "Public health", "Registrars", "Revenues", "Customer contact", "Property",
    "Legal",
)  # fmt: skip
PHRASES = (
    "Review of contracts", "Fewer vacancies held", "New rota", "Shared management",
    "Renewal of equipment", "Online booking", "Review of opening hours", "Energy at fixed prices",
    "Mileage and parking", "Training of staff", "Renegotiated rent", "Replacement of systems",
)  # fmt: skip


class MadePlan(NamedTuple):
    """A plan: `seed` makes others of the same size with other figures.

    The options are spread evenly over the services, so that a larger plan has longer lists and is
    no longer to print. Each keeps its sign in every year, and none is nil.
    """

    options: int
    years: int = 2
    services: int = 200
    seed: int = 0

    @property
    def name(self) -> str:
        return f"Council {self.seed}"

    @property
    def named_years(self) -> tuple[str, ...]:
        return YEARS[: self.years]

    @property
    def each(self) -> int:
        """The options of a service; the last may have fewer."""
        return -(-self.options // self.services)

    def service_names(self) -> list[str]:
        """The services that have options, each a team of an area."""
        count = -(-self.options // self.each)
        return [f"{TEAMS[at // len(AREAS)]} {AREAS[at % len(AREAS)]}" for at in range(count)]

    def lines(self) -> Iterator[Option]:
        """The options by service, in groups."""
        for number in range(self.options):
            service, place = divmod(number, self.each)
            group = GROUPS[place * len(GROUPS) // self.each]
            name = f"{PHRASES[number % len(PHRASES)]} {number // len(PHRASES) + 1}"
            changes = tuple(group.sign * self.amount(number, year) for year in range(self.years))
            yield Option(service, id_of(name), name, group, changes)

    def amount(self, number: int, year: int) -> int:
        return 1 + ((number + self.seed) * 7 + year * 13) % 97

    def totals(self) -> Amounts:
        """What each service changes by in each year."""
        names, found = self.service_names(), Counter[tuple[str, str]]()
        for option in self.lines():
            for year, change in zip(self.named_years, option.changes, strict=True):
                found[names[option.service], year] += change
        return found

    def changed(self) -> Option:
        """The option that a trial changes: the one in the middle."""
        return next(line for at, line in enumerate(self.lines()) if at == self.options // 2)

    def totals_changed(self) -> Amounts:
        """The totals after its change in the last year became `CHANGED_TO`, of its sign."""
        option, found = self.changed(), dict(self.totals())
        new = option.group.sign * CHANGED_TO
        at = (self.service_names()[option.service], self.named_years[-1])
        return {**found, at: found[at] + new - option.changes[-1]}


def id_of(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", "-")
