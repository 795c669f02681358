"""Changes of the capital programme: set, re-profile and bring in. Never added to revenue."""

from typing import get_args

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.capital import financings
from cfbudget.money import POUNDS, Unit, as_set, priced
from cfbudget.plan.files import Scheme
from cfbudget.plan.financing import SOURCES, CapitalSource
from cfbudget.plan.values import Word, YearWord
from cfbudget.problem import COMMAND_LINE
from cfbudget.scenario.changes.held_schemes import HeldScheme
from cfbudget.scenario.changes.held_schemes import moved as after
from cfbudget.scenario.changes.operators import (
    ApartMeasure,
    BringIn,
    OfSchemes,
    Reprofile,
    SetAllocations,
    SetApart,
    SetFinancing,
)
from cfbudget.scenario.changes.terms import Meant, Terms
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.scenario.written.scenario_file import To, WrittenAmount

APART: tuple[ApartMeasure, ...] = get_args(ApartMeasure)


class Programme:
    """The schemes as the changes so far leave them: what is taken must be there."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.trial = WorkingCopy(terms.plan)
        self.unit: Unit = terms.capital_unit or POUNDS
        self.years = terms.plan.capital_years

    def set(self, target: Word, measure: str, to: To) -> Meant | None:
        """What is measured of a scheme becomes this: an allocation, say, or what grants pay."""
        for apart in APART:
            if measure == apart:
                return self.set_apart(target, apart, to)
        for source in SOURCES:
            if measure == source:
                return self.set_financing(target, source, to)
        return self.set_allocations(target, to)

    def set_allocations(self, target: Word, to: To) -> Meant | None:
        """A scheme's allocations in the years named; its total changes with them."""
        scheme = self.terms.scheme(target)
        if scheme is None:
            return None
        if isinstance(to, Word):
            message = "a scheme has allocations by year"
            hint = f"write to: {{{self.years[0]}: {to.text}}}"
            if to.place.file == COMMAND_LINE:
                hint = f"write {scheme.id}.allocation@{self.years[0]}={to.text}"
            self.terms.report(rules.WRONG_SHAPE, to, message, hint)
            return None
        amounts = self.terms.amounts(to, self.unit, self.years, target)
        if amounts is None:
            return None
        said = as_set(self.unit, *(amount.pence for amount in amounts.values()))
        listed = ", ".join(f"{year} to {to}" for year, to in zip(amounts, said, strict=True))
        return self._made(scheme, SetAllocations(scheme.id, amounts), f"allocation set {listed}")

    def set_apart(self, target: Word, measure: ApartMeasure, to: To) -> Meant | None:
        """What of a scheme is under development, or later; its total changes with it."""
        scheme = self.terms.scheme(target)
        if scheme is None:
            return None
        said_of = measure.replace("_", " ")
        if not isinstance(to, Word):
            message = f"{said_of} is one amount"
            self.terms.report(rules.WRONG_SHAPE, target, message, "write it without a year")
            return None
        amount = self.terms.amount(to, self.unit)
        if amount is None:
            return None
        (said,) = as_set(self.unit, amount.pence)
        return self._made(scheme, SetApart(scheme.id, measure, amount), f"{said_of} set to {said}")

    def set_financing(self, target: Word, source: CapitalSource, to: To) -> Meant | None:
        """What a source pays for a scheme, or for none (`total`), in the periods named."""
        programme = self.terms.plan.capital
        scheme = self.terms.scheme(target) if target.text != TOTAL else None
        if programme is None or (scheme is None and target.text != TOTAL):
            return None
        if not financings(programme):
            message = "the plan does not say what pays for its capital programme"
            hint = "add financing: to capital_programme.yaml first"
            self.terms.report(rules.DOES_NOT_FIT, target, message, hint)
            return None
        if isinstance(to, Word):
            message = "a source pays by year"
            hint = f"write to: {{{self.years[0]}: {to.text}}}"
            self.terms.report(rules.WRONG_SHAPE, to, message, hint)
            return None
        amounts = self.terms.by_period(to, self.unit, self.years, target)
        if amounts is None:
            return None
        said = as_set(self.unit, *(amount.pence for amount in amounts.values()))
        listed = ", ".join(f"{when} to {to}" for when, to in zip(amounts, said, strict=True))
        name = scheme.name if scheme else programme.name
        words = f"{name}: {SOURCES[source].lower()} set {listed}"
        return Meant(SetFinancing(target.text, source, amounts), words)

    def reprofile(self, target: Word, since: YearWord, to: YearWord, amount: Word) -> Meant | None:
        """Some of a year's allocation moves to another year."""
        scheme = self.terms.scheme(target)
        source = self.terms.year(since, self.years)
        goal = self.terms.year(to, self.years)
        moving = self.terms.amount(amount, self.unit)
        if scheme is None or source is None or goal is None or moving is None:
            return None
        if moving.pence <= 0 or source == goal:
            message = "a re-profile moves an amount over nil from one year to another"
            hint = "name two years, and turn them round to move it the other way"
            self.terms.report(rules.DOES_NOT_FIT, amount, message, hint)
            return None
        there = self.trial.scheme(scheme.id).allocations.get(source, 0)
        if moving.pence > there:
            message = (
                f"{scheme.name} has {priced(there, self.unit)} in {source}: "
                f"{priced(moving.pence, self.unit)} cannot be moved out of it"
            )
            self.terms.report(rules.DOES_NOT_FIT, amount, message, self._held(scheme))
            return None
        words = f"{priced(moving.pence, self.unit)} moved from {source} to {goal}"
        return self._made(scheme, Reprofile(scheme.id, source, goal, moving), words)

    def bring_in(self, target: Word, allocations: tuple[WrittenAmount, ...]) -> Meant | None:
        """Some of what is under development comes into the programme."""
        scheme = self.terms.scheme(target)
        if scheme is None:
            return None
        amounts = self.terms.amounts(allocations, self.unit, self.years, target)
        if amounts is None:
            return None
        if any(amount.pence <= 0 for amount in amounts.values()):
            message = "what is brought in is over nil"
            self.terms.report(rules.DOES_NOT_FIT, target, message, "write an amount over nil")
            return None
        brought = sum(amount.pence for amount in amounts.values())
        there = self.trial.scheme(scheme.id).under_development
        if brought > there:
            message = (
                f"{scheme.name} has {priced(there, self.unit)} under development: "
                f"{priced(brought, self.unit)} cannot be brought in"
            )
            self.terms.report(rules.DOES_NOT_FIT, target, message, self._held(scheme))
            return None
        listed = ", ".join(f"{priced(a.pence, self.unit)} in {year}" for year, a in amounts.items())
        return self._made(scheme, BringIn(scheme.id, amounts), f"brought in, {listed}")

    def _held(self, scheme: Scheme) -> str:
        there = self.trial.scheme(scheme.id)
        amounts = [f"{priced(p, self.unit)} in {y}" for y, p in there.allocations.items() if p]
        if there.under_development:
            amounts.append(f"{priced(there.under_development, self.unit)} under development")
        return f"it holds {', '.join(amounts) or 'nothing'}"

    def _made(self, scheme: Scheme, operation: OfSchemes, words: str) -> Meant:
        """The change, which from now on counts as made."""
        there: HeldScheme = self.trial.scheme(scheme.id)
        self.trial.schemes[scheme.id] = after(there, operation)
        return Meant(operation, f"{scheme.name}: {words}")
