"""What a scenario comes to, computed the long way: over a sketch and the words of the changes.

It shares no code with the program. Amounts are in pence, exact until the last.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import PENNY_PLACES, Budget, Printing, Service, Sketch, walk, year_text
from tests.kit.scenarios import Change, groups_in

Changes = dict[int, Fraction]
"""Pence by first year, years beyond the plan too."""


def pence_of(text: object, printing: Printing) -> int:
    pence = Fraction(str(text)) * 10 ** PENNY_PLACES[printing.unit]
    assert pence.denominator == 1
    return int(pence)


def share_of(text: object) -> Fraction:
    return Fraction(str(text).replace("−", "-").removesuffix("%")) / 100


def start_of(text: object) -> int:
    return int(str(text)[:4])


def nearest_penny(amount: Fraction) -> int:
    """Half away from zero."""
    size = int(abs(amount) + Fraction(1, 2))
    return -size if amount < 0 else size


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value


class Worked:
    """A plan's lines with the changes made to them, one after the other."""

    def __init__(self, sketch: Sketch, changes: Iterable[Change]) -> None:
        self.sketch = sketch
        self.changes: dict[str, Changes] = {}
        self.service: dict[str, str] = {}
        self.recurs: dict[str, bool] = {}
        for block in sketch.blocks or ():
            for option in block.options:
                years = zip(sketch.years, option.changes, strict=True)
                self.changes[option.id] = {year: Fraction(pence) for year, pence in years}
                self.service[option.id], self.recurs[option.id] = block.service, option.recurs
        self.budgets: dict[int, dict[tuple[str, str], int]] = {
            budget.year: {
                (line.id, measure): pence
                for line in oracle.leaves(budget.services)
                for measure, pence in _amounts(line).items()
            }
            for budget in sketch.budgets
        }
        self.uplifts: list[Change] = []
        self.allocations = {s.id: list(s.allocations) for s in sketch.schemes or ()}
        self.coming = {s.id: s.under_development or 0 for s in sketch.schemes or ()}
        for change in changes:
            self._make(change)

    # -- making -----------------------------------------------------------------------------

    def _make(self, change: Change) -> None:
        (name,) = {"set", "delay", "deliver", "drop", "add", "uplift", "reprofile", "bring_in"} & {
            *change
        }
        if name == "set":
            self._set(change)
        elif name == "add":
            self._add(_mapping(change["add"]))
        elif name == "uplift":
            self.uplifts.append(change)
        elif name == "reprofile":
            amount = pence_of(change["amount"], self.sketch.capital_printing)
            held = self.allocations[str(change["reprofile"])]
            held[self._at(change["from"])] -= amount
            held[self._at(change["to"])] += amount
        elif name == "bring_in":
            scheme = str(change["bring_in"])
            for year, text in _mapping(change["allocations"]).items():
                amount = pence_of(text, self.sketch.capital_printing)
                self.allocations[scheme][self._at(year)] += amount
                self.coming[scheme] -= amount
        else:
            target = str(change[name])
            for option in groups_in(self.sketch).get(target, (target,)):
                self.changes[option] = self._moved(name, change, self.changes[option])

    def _at(self, year: object) -> int:
        return self.sketch.years.index(start_of(year))

    def _set(self, change: Change) -> None:
        target, measure, to = str(change["set"]), change.get("measure"), change["to"]
        if measure is None:
            for year, text in _mapping(to).items():
                pence = pence_of(text, self.sketch.options_printing)
                self.changes[target][start_of(year)] = Fraction(pence)
        elif measure == "allocation":
            for year, text in _mapping(to).items():
                pence = pence_of(text, self.sketch.capital_printing)
                self.allocations[target][self._at(year)] = pence
        elif measure == "under_development":
            self.coming[target] = pence_of(to, self.sketch.capital_printing)
        else:
            latest = self.sketch.budgets[-1].year
            start = start_of(change["year"]) if "year" in change else latest
            printing = next(b.printing for b in self.sketch.budgets if b.year == start)
            self.budgets[start][target, str(measure)] = pence_of(to, printing)

    def _add(self, added: Mapping[str, object]) -> None:
        option = str(added["id"])
        self.changes[option] = dict.fromkeys(self.sketch.years, Fraction(0))
        for year, text in _mapping(added["changes"]).items():
            pence = pence_of(text, self.sketch.options_printing)
            self.changes[option][start_of(year)] = Fraction(pence)
        self.service[option] = str(added["service"])
        self.recurs[option] = bool(added.get("recurs", True))

    def _moved(self, name: str, change: Change, now: Changes) -> Changes:
        since = start_of(change["from"]) if "from" in change else 0
        kept = {year: amount for year, amount in now.items() if year < since}
        meant = {year: amount for year, amount in now.items() if year >= since}
        if name == "deliver":
            share = share_of(change["share"])
            meant = {year: amount * share for year, amount in meant.items()}
        elif name == "drop":
            meant = dict.fromkeys(meant, Fraction(0))
        else:
            later = int(str(change["years"]))
            meant = {year + later: amount for year, amount in meant.items()}
        made = dict.fromkeys(self.sketch.years, Fraction(0))
        for year, amount in (*kept.items(), *meant.items()):
            made[year] = made.get(year, Fraction(0)) + amount
        return made

    # -- what it comes to -------------------------------------------------------------------

    def beyond(self) -> dict[tuple[str, int], int]:
        """What falls past the plan's last year, by option and year."""
        last = self.sketch.years[-1]
        return {
            (option, year): pence
            for option, changes in self.changes.items()
            for year, amount in changes.items()
            if year > last and (pence := nearest_penny(amount))
        }

    def position(self) -> oracle.Figures:
        """The change, cumulative change, total to date, opening and net budget of each row."""
        figures: oracle.Figures = {}
        for row in oracle.position_rows(self.sketch):
            changes = self._changes_within(row)
            years = oracle.years_shown(self.sketch)
            levels = list(accumulate(changes[year] for year in years))
            earlier = None
            for at, year in enumerate(years):
                text = year_text(year)
                if oracle.changes_are_known(self.sketch):
                    figures[row, f"change {text}"] = changes[year]
                    figures[row, f"cumulative_change {text}"] = levels[at]
                    if year in oracle.plan_years(self.sketch):
                        figures[row, f"total_to_date {text}"] = sum(levels[: at + 1])
                base, first = oracle.base_at(self.sketch, year), oracle.first_base(self.sketch)
                if base is None or first is None:
                    earlier = None
                    continue
                opening = self._opening(base, row)
                figures[row, f"net_budget {text}"] = opening + levels[at]
                if oracle.changes_are_known(self.sketch):
                    later = f" {year_text(base.year)}" if base.year != first.year else ""
                    figures[row, f"opening{later}"] = opening
                    if earlier is not None and len(self.sketch.budgets) > 1:
                        figures[row, f"other_movements {text}"] = opening - earlier
                    earlier = opening
        return figures

    def _opening(self, budget: Budget, row: str) -> int:
        """The budget as it is set, less the changes that it was struck with."""
        inside = oracle.within(self.sketch, row)
        base = sum(
            pence for (line, _), pence in self.budgets[budget.year].items() if line in inside
        )
        struck = oracle.changes_within(self.sketch, row)
        return base - sum(struck.get(year, 0) for year in oracle.contained(self.sketch, budget))

    def _changes_within(self, row: str) -> dict[int, int]:
        inside = oracle.within(self.sketch, row)
        made = dict.fromkeys(oracle.years_shown(self.sketch), 0)
        for option, changes in self.changes.items():
            if self.service[option] in inside:
                for year in oracle.plan_years(self.sketch):
                    pence = nearest_penny(changes[year])
                    made[year] += pence
                    after = min((later for later in made if later > year), default=None)
                    if not self.recurs[option] and after:
                        made[after] -= pence
        for uplift in self.uplifts:
            if str(uplift["uplift"]) in inside:
                for year, amount in self._uplifted(uplift).items():
                    made[year] += nearest_penny(amount)
        return made

    def _uplifted(self, uplift: Change) -> Changes:
        since, by = start_of(uplift["from"]), share_of(uplift["by"])
        base = oracle.base_at(self.sketch, since)
        assert base is not None
        line = next(s for s in walk(base.services) if s.id == uplift["uplift"])
        below = {leaf.id for leaf in oracle.leaves([line])}
        amounts = self.budgets[base.year]
        measures = (
            ("gross", "income", "net") if uplift["measure"] == "net" else (str(uplift["measure"]),)
        )
        amount = Fraction(
            sum(amounts.get((leaf, measure), 0) for leaf in below for measure in measures)
        )
        made: Changes = {}
        for year in self.sketch.years:
            if year == since or (uplift.get("yearly") and year > since):
                made[year] = amount * by
                amount += made[year]
        return made

    def capital(self) -> oracle.Figures:
        schemes = tuple(
            scheme._replace(
                allocations=tuple(self.allocations[scheme.id]),
                under_development=self.coming[scheme.id],
            )
            for scheme in self.sketch.schemes or ()
        )
        return oracle.capital_figures(self.sketch._replace(schemes=schemes))


def _amounts(line: Service) -> dict[str, int]:
    given = {"gross": line.gross, "income": line.income, "net": line.net}
    return {measure: pence for measure, pence in given.items() if pence is not None}


def worked(sketch: Sketch, changes: Sequence[Change]) -> Worked:
    return Worked(sketch, changes)
