"""Which options of a plan are plain: they are added to the others of their group."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import eq
from typing import NamedTuple

from cfbudget.condensed.plain_group import PlainGroup, PlanOfLines
from cfbudget.ids import LONGEST, RESERVED, id_of
from cfbudget.money import LARGEST, Unit, parse_amount
from cfbudget.plan.kinds import KINDS, LESS, MORE
from cfbudget.plan.statuses import STATUSES
from cfbudget.plan.text_fields import LONGEST_NAME
from cfbudget.problem import Refusal

PLAIN_ID = rf"(?!.{{{LONGEST + 1}}})[a-z0-9]++(?:-[a-z0-9]++)*+"
SIMPLE = rf"(?!.{{{LONGEST_NAME + 1}}})[A-Za-z0-9]++(?: [A-Za-z0-9]++)*+"
"""A name whose id is its own words in lower case."""
NOT_PLAIN = LARGEST * 10
"""In place of an amount that is not plain: no sum of amounts comes near it."""


class KeptLines(NamedTuple):
    """Options that stay lines of their own, by their ids and by the ids of their names."""

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def and_also(self, other: "KeptLines") -> "KeptLines":
        return KeptLines(self.ids | other.ids, self.names | other.names)


class _Pence(dict[str, int]):
    """Written amounts in pence; what is blank is nil, and what is no plain amount `NOT_PLAIN`."""

    def __init__(self, unit: Unit) -> None:
        super().__init__({"": 0})
        self.unit, self.step = unit, unit.pence

    def __missing__(self, text: str) -> int:
        amount = parse_amount(text, self.unit)
        if isinstance(amount, Refusal) or not text.isprintable():
            self[text] = NOT_PLAIN
            return NOT_PLAIN
        self.step = min(self.step, amount.step)
        self[text] = amount.pence
        return amount.pence


class PlainLines:
    """Takes the options of a plan one after the other, and adds up those that are plain."""

    def __init__(self, plan: PlanOfLines, kept: KeptLines) -> None:
        self.plan, self.kept = plan, kept
        self.pence = _Pence(plan.unit)
        self.groups: dict[tuple[str, str, str], _OfSigns | None] = {}
        """By service, kind and status as written; None where no option of them can be plain."""
        self.ids: set[str] = set()
        self.barred = kept.ids | RESERVED | plan.services.keys()
        """Ids that no plain option bears."""
        self.names: dict[str, set[str]] = {service: set() for service in plan.services}
        """The names, each as the words of its id, by service."""
        self.repeated_ids: set[str] = set()
        self.repeated_names: set[str] = set()
        self.borne: dict[str, list[str]] = {}
        """The names of services, as ids, by their first words."""
        for name in plan.services.values():
            self.borne.setdefault(name.partition("-")[0], []).append(name)
        self.telling = frozenset({*MORE, *LESS, *self.borne})
        """Words of a name that a rule may say something of."""

    def take(self, columns: Sequence[Sequence[str]], at: Sequence[int]) -> list[bool]:
        """Which of some options are plain; they are added up with the others of their groups.

        They are gone through column by column, which takes a third of the time.

        Args:
            columns: as written, their services, kinds, statuses, ids, names, stated totals, and
                changes of each year; blank where they have none.
            at: where each stands in its file.
        """
        services, kinds, statuses, ids, names, stated, *years = columns
        barred = self.barred
        changes = list(zip(*(map(self.pence.__getitem__, year) for year in years), strict=True))
        groups = self._groups_of(list(zip(services, kinds, statuses, strict=True)), changes)
        agree = map(eq, map(self.pence.__getitem__, stated), map(sum, changes))
        could_be = [
            group
            if group is not None and is_id and (is_right or not total) and identity not in barred
            else None
            for group, is_id, is_right, total, identity in zip(
                groups, _match(PLAIN_ID, ids), agree, stated, ids, strict=True
            )
        ]
        said = self._said(names, could_be)
        plain = [one for one, words in zip(ids, said, strict=True) if words] if "" in said else ids
        self._look_for_repeats(plain)
        for group, identity, words, line, change, total in zip(
            could_be, ids, said, at, changes, stated, strict=True
        ):
            if group is not None and words:
                if not group.lines:
                    group.first_id = identity
                if words in group.names:
                    self.repeated_names.add(words)
                group.names.add(words)
                group.lines.append(line)
                group.changes.append(change)
                group.agreeing += total != ""
        return [words != "" for words in said]

    @property
    def found(self) -> list[PlainGroup]:
        """The groups that have options, in the order of their first ones."""
        both = (one for groups in self.groups.values() if groups for one in groups if one)
        return sorted((one for one in both if one.lines), key=lambda one: one.lines[0])

    @property
    def not_plain_after_all(self) -> KeptLines:
        """Options of one id or name, and those that are alone in their group."""
        alone = {one.first_id for one in self.found if len(one.lines) == 1}
        return KeptLines(frozenset(self.repeated_ids | alone), frozenset(self.repeated_names))

    def _groups_of(
        self, as_written: Sequence[tuple[str, str, str]], changes: Sequence[tuple[int, ...]]
    ) -> list[PlainGroup | None]:
        """The group that each option would be of by its service, kind, status and its changes."""
        for one in set(as_written).difference(self.groups):
            self.groups[one] = self._of_signs(*one)
        of_signs = map(self.groups.__getitem__, as_written)
        return [
            groups.of(least, most) if groups is not None else None
            for groups, least, most in zip(
                of_signs, map(min, changes), map(max, changes), strict=True
            )
        ]

    def _of_signs(self, service: str, kind: str, status: str) -> "_OfSigns | None":
        """The groups of a service, kind and status, if these are known."""
        word, when = (text.lower().replace("_", "-").replace(" ", "-") for text in (kind, status))
        if service not in self.plan.services or word not in KINDS or when not in STATUSES:
            return None
        sign, names = KINDS[word].sign, self.names[service]
        minus, plus = (
            PlainGroup((service, word, STATUSES[when]), one, names) if sign in (one, 0) else None
            for one in (-1, 1)
        )
        return _OfSigns(minus, plus)

    def _said(self, names: Sequence[str], groups: Sequence[PlainGroup | None]) -> list[str]:
        """The words of each name's id, if no rule would say anything of it; else nothing."""
        lowered, kept = list(map(str.lower, names)), self.kept.names
        is_calm: Iterable[object] = repeat("calm", len(names))
        if not self.telling.isdisjoint(" ".join(lowered).split()):
            is_calm = map(self.telling.isdisjoint, map(str.split, lowered))
        said = [
            (words if calm and simple else self._words(name, group)) if group is not None else ""
            for words, calm, simple, name, group in zip(
                lowered, is_calm, _match(SIMPLE, names), names, groups, strict=True
            )
        ]
        return ["" if words in kept else words for words in said] if kept else said

    def _words(self, name: str, group: PlainGroup) -> str:
        """The same of a name that is no simple one, or has words that may tell something."""
        is_as_read = name.isprintable() and name == " ".join(name.split()) and name[:1] != "'"
        said = id_of(name) if is_as_read and len(name) <= LONGEST_NAME else ""
        words = said.split("-")
        if not group.opposite.isdisjoint(words) or self._is_of_another(said, words, group):
            return ""
        return " ".join(words)

    def _is_of_another(self, said: str, words: Sequence[str], group: PlainGroup) -> bool:
        """Whether a name holds the name of a service that its own service's does not."""
        own, whole = f"-{self.plan.services[group.service]}-", f"-{said}-"
        return any(
            f"-{name}-" in whole and f"-{name}-" not in own
            for word in words
            for name in self.borne.get(word, ())
        )

    def _look_for_repeats(self, ids: Sequence[str]) -> None:
        """Ids that more than one option has: which these are is known, and kept, the next time."""
        new = set(ids)
        if len(new) < len(ids):
            self.repeated_ids |= {one for one, count in Counter(ids).items() if count > 1}
        self.repeated_ids |= self.ids & new
        self.ids |= new


class _OfSigns(NamedTuple):
    """The groups of options whose changes are minus, and plus: a kind may have one alone."""

    minus: PlainGroup | None
    plus: PlainGroup | None

    def of(self, least: int, most: int) -> PlainGroup | None:
        """The group of an option by its least and its largest change, in pence."""
        if self.minus is not None and most <= 0:
            return self.minus
        return self.plus if least >= 0 and most < NOT_PLAIN else None


def _match(pattern: str, texts: Sequence[str]) -> Iterable[object]:
    """Which of some texts are as the pattern says: as a rule all of them, which is seen at once."""
    joined = "\n".join(texts)
    is_of_lines = joined.count("\n") == len(texts) - 1
    if is_of_lines and re.fullmatch(rf"(?:{pattern}\n)*+{pattern}", joined):
        return repeat("as it says", len(texts))
    return map(re.compile(pattern).fullmatch, texts)
