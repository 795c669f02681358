"""Which differences follow from others: one wrong line shows in every total above it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cfbudget.calculate.amounts import Key, RowSum
from cfbudget.checks.comparison import Cause, Comparison


def with_causes(found: Iterable[Comparison], sums: Iterable[RowSum]) -> Sequence[Comparison]:
    """One table's comparisons, those that follow from others with what they follow from.

    Args:
        sums: the rows that the table adds up; only walked where several figures differ.
    """
    listed = list(found)
    if sum(compared.outcome == "differs" for compared in listed) < 2:
        return listed
    known = _Following(listed, dict(sums))
    caused = [compared._replace(causes=known.causes(compared)) for compared in listed]
    alone: dict[str, list[Comparison]] = {}
    for compared in caused:
        if compared.outcome == "differs" and not compared.causes:
            alone.setdefault(compared.key.row, []).append(compared)
    return [
        compared._replace(twin=known.twin(compared, alone))
        if compared.outcome == "differs" and not compared.causes
        else compared
        for compared in caused
    ]


class _Following:
    """A table's comparisons by key, and what stands beneath each figure, stated or not."""

    def __init__(self, found: Sequence[Comparison], parts: Mapping[str, Sequence[str]]) -> None:
        self.found = {compared.key: compared for compared in found}
        self.parts = parts
        self.roots: dict[Key, tuple[Comparison, ...]] = {}

    def causes(self, compared: Comparison) -> tuple[Cause, ...]:
        """The stated figures that a difference follows from; none where it stands on its own."""
        if compared.outcome != "differs":
            return ()
        return tuple(Cause(one.key, one.label, one.stated.place) for one in self._roots(compared))

    def twin(self, compared: Comparison, alone: Mapping[str, Sequence[Comparison]]) -> Cause | None:
        """What one wrong line of a year, say, also makes differ: the line's own stated total.

        Args:
            alone: by row, the comparisons that differ and follow from no others.
        """
        same = [
            other
            for row in self._unstated(compared.key)
            for other in alone.get(row, ())
            if other.difference == compared.difference
        ]
        if len(same) != 1:
            return None
        return Cause(same[0].key, same[0].label, same[0].stated.place)

    def _unstated(self, key: Key) -> Iterator[str]:
        """The rows that a figure adds up, as far down as none of them is stated in its column."""
        for part in self._parts(key):
            if part not in self.found:
                if part.row != key.row:
                    yield part.row
                yield from self._unstated(part)

    def _roots(self, compared: Comparison) -> tuple[Comparison, ...]:
        """What explains a difference exactly, as far down as it can be followed."""
        if compared.key not in self.roots:
            roots = (
                root
                for cause in self._explaining(compared)
                for root in self._roots(cause) or (cause,)
            )
            self.roots[compared.key] = tuple(roots)
        return self.roots[compared.key]

    def _explaining(self, compared: Comparison) -> Sequence[Comparison]:
        """The differences beneath that come to this one; else the only one that is as large.

        Where two are as large, or none is, nothing is claimed.
        """
        nearest = list(self._beneath(compared.key))
        if nearest and sum(one.difference or 0 for one in nearest) == compared.difference:
            return nearest
        equal = list(self._equal(compared.key, compared.difference))
        return equal if len(equal) == 1 else ()

    def _beneath(self, key: Key) -> Iterator[Comparison]:
        """The nearest stated figures beneath that differ. One that agrees hides those below it."""
        for part in self._parts(key):
            compared = self.found.get(part)
            if compared is None or compared.difference is None:
                yield from self._beneath(part)
            elif compared.outcome == "differs":
                yield compared

    def _equal(self, key: Key, difference: int | None) -> Iterator[Comparison]:
        """The uppermost of those beneath that differ by so much, through others that differ."""
        for compared in self._beneath(key):
            if compared.difference == difference:
                yield compared
            else:
                yield from self._equal(compared.key, difference)

    def _parts(self, key: Key) -> Sequence[Key]:
        """The figures directly beneath one: those that it was compared with, else its row's."""
        compared = self.found.get(key)
        if compared and compared.beneath:
            return compared.beneath
        return [key._replace(row=row) for row in self.parts.get(key.row, ())]
