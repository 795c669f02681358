"""What a scenario may be aimed at: a plan's options, services and schemes, by id and name."""

from collections.abc import Iterable, Mapping

from cfbudget import rules
from cfbudget.calculate.funding import reserve_names
from cfbudget.calculate.services import service_tree, walk
from cfbudget.grammar import listed
from cfbudget.plan.files import Option, Scheme
from cfbudget.plan.funding_files import FundingLine
from cfbudget.plan.kinds import KINDS, meant
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import COMMAND_LINE, Problem, Rule, clipped
from cfbudget.scenario.changes.operators import Add
from cfbudget.scenario.changes.working_copy import written_options
from cfbudget.scenario.written.targets import MOST, group_of, groups, members, suggestion

HAS = {
    "an option": "an option has a change by year, and no other amount",
    "a service": "a service has gross, income or net",
    "a capital scheme": "a scheme has an allocation by year, and what is under_development",
    "a funding line": "a funding line has an amount by year, or a tax_base, band_d and rise",
    "a reserve": "a reserve has a draw by year",
}
"""What can be set of each, for whoever takes one for another."""
SUGGESTED = 20
"""For how many unknown ids the nearest is looked for: each takes a walk through the whole plan."""


class Aimed:
    """Options that a target means: one by its id, or those of a group."""

    def __init__(self, options: tuple[str, ...], words: str, *, is_group: bool) -> None:
        self.options, self.words, self.is_group = options, words, is_group


class Names:
    """Finds what targets mean; what they do not is a problem with a suggestion."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.problems: list[Problem] = []
        self.taken: set[str] = set()
        """Ids of what a scenario makes and nothing can be aimed at."""
        self.hints: dict[tuple[str, str], str] = {}
        """What to type, by the kind and text of each unknown id that was looked for."""
        self.options: dict[str, Option] = {
            option.id: option for _, option in written_options(plan).values()
        }
        self.services: Mapping[str, str] = {node.id: node.name for node in walk(service_tree(plan))}
        programme = plan.capital.schemes if plan.capital else ()
        self.schemes: Mapping[str, Scheme] = {scheme.id: scheme for scheme in programme}
        funding = plan.funding.lines if plan.funding else ()
        self.lines: Mapping[str, FundingLine] = {line.id: line for line in funding}
        self.reserves: Mapping[str, str] = reserve_names(plan)

    def report(self, rule: Rule, word: Word, message: str, hint: str | None = None) -> None:
        self.problems.append(rule.at(word.place, message, hint))

    def added(self, add: Add) -> None:
        """From now on an added option can be aimed at."""
        self.options[add.option.id] = add.option

    def aimed(self, word: Word) -> Aimed | None:
        """The options that a target means, at least one of them."""
        group = None if word.text in self.options else group_of(word.text)
        if group is None:
            option = self.option(word, groups(self.services))
            return Aimed((option.id,), option.name, is_group=False) if option else None
        if group.service is not None and group.service not in self.services:
            self._unknown(word, "service", group.service, self.services)
            return None
        words = group.words(self.services)
        found = members(self.plan, group)
        if not found:
            message = f"the plan has no {words}"
            self.report(rules.UNKNOWN_TARGET, word, message, "aim at an option or a group it has")
            return None
        return Aimed(found, words[0].upper() + words[1:], is_group=True)

    def option(self, word: Word, others: Iterable[str] = ()) -> Option | None:
        """The option of an id.

        Args:
            others: what else may be meant, such as groups.
        """
        if word.text in self.options:
            return self.options[word.text]
        if word.text in self.services:
            there = {option.kind for option in self.options.values()} or KINDS
            either = " or ".join(f"{word.text}/{kind}" for kind in KINDS if kind in there)
            message = f"{word.text!r} is a service, not an option"
            self.report(rules.UNKNOWN_TARGET, word, message, f"write {either}, or an option's id")
        elif word.text in self.schemes:
            message = f"{word.text!r} is a capital scheme, not an option"
            hint = "reprofile or bring_in it, or set it with measure: allocation"
            if word.place.file == COMMAND_LINE:
                hint = f"use --reprofile, --bring-in, or --set {word.text}.allocation@YEAR=AMOUNT"
            self.report(rules.UNKNOWN_TARGET, word, message, hint)
        elif word.text in self.lines or word.text in self.reserves:
            what = "a funding line" if word.text in self.lines else "a reserve"
            message = f"{word.text!r} is {what}, not an option"
            self.report(rules.UNKNOWN_TARGET, word, message, HAS[what])
        elif group_of(word.text):
            message = f"{clipped(word.text)!r} is a group, and one option is meant here"
            hint = "write the id of one option; delay, deliver and drop take a group"
            self.report(rules.UNKNOWN_TARGET, word, message, hint)
        else:
            self._unknown(word, "option", word.text, self.options, others)
        return None

    def service(self, word: Word) -> str | None:
        """The id of a service."""
        if word.text in self.services:
            return word.text
        kinds: tuple[tuple[Mapping[str, object], str], ...] = (
            (self.options, "an option"),
            (self.schemes, "a capital scheme"),
            (self.lines, "a funding line"),
            (self.reserves, "a reserve"),
        )
        for others, what in kinds:
            if word.text in others:
                message = f"{word.text!r} is {what}, not a service"
                self.report(rules.UNKNOWN_TARGET, word, message, HAS[what])
                return None
        self._unknown(word, "service", word.text, self.services)
        return None

    def scheme(self, word: Word) -> Scheme | None:
        """The scheme of an id."""
        if word.text in self.schemes:
            return self.schemes[word.text]
        for others, what in ((self.options, "an option"), (self.services, "a service")):
            if word.text in others:
                message = f"{word.text!r} is {what}, not a capital scheme"
                self.report(rules.UNKNOWN_TARGET, word, message, HAS[what])
                return None
        self._unknown(word, "scheme", word.text, self.schemes)
        return None

    def _unknown(
        self,
        word: Word,
        kind: str,
        text: str,
        known: Mapping[str, str | Option | Scheme],
        others: Iterable[str] = (),
    ) -> None:
        message = f"unknown {kind} {clipped(text)!r}" if text else f"no {kind} is named"
        if not known:
            hint = f"the plan has no {kind}s"
        else:
            hint = f"write the id of one of the plan's {kind}s"
            unknown = (kind, text)
            if unknown not in self.hints and len(self.hints) < SUGGESTED:
                names = {i: one if isinstance(one, str) else one.name for i, one in known.items()}
                otherwise = _as_kind(kind, text) or f"{hint}: none is near this"
                self.hints[unknown] = self._by_ref(kind, text) or suggestion(
                    text, names, otherwise, others
                )
            hint = self.hints.get(unknown, hint)
        self.report(rules.UNKNOWN_TARGET, word, message, hint)

    def _by_ref(self, what: str, text: str) -> str | None:
        """The id to write in place of an option's ref; several options may share one."""
        wanted = text.strip().casefold()
        named = [
            f"{option.id!r} ({option.name})"
            for option in self.options.values()
            if what == "option" and option.ref and option.ref.text.casefold() == wanted
        ]
        if not named:
            return None
        if len(named) > MOST:
            return f"{len(named)} options have the ref {clipped(text)}: write the id of one"
        return f"{clipped(text)} is the ref of {listed(named)}: write its id"


def _as_kind(what: str, text: str) -> str | None:
    """The kind to write in place of another word for it, where a group of options may be meant."""
    kind = meant(text.rpartition("/")[2].lower().replace(" ", "-")) if what == "option" else None
    return kind and f"{kind} for a group of options, or an option's id"
