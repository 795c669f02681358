"""Options that are new, as lines of their file: written as the lines before them are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.edited.amount_text import AmountsAround, amount_text
from cfbudget.edited.figures import Path, levels_of, pence_by, pence_of
from cfbudget.edited.text_edits import Edit, line_end, new_line
from cfbudget.money import FTE, Unit
from cfbudget.nodes import ListNode, MappingNode
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.values import TBC, Period
from cfbudget.read.written_tree import WrittenList, WrittenMapping, WrittenNode
from cfbudget.scenario.written.nodes_of_values import entry_value, flow, node_of, scalar

OURS = frozenset({"service", "changes", "fte", "stated"})
"""What is not taken as it was given: amounts may have been changed since, and stated totals are
what a plan prints."""


class NewOption(NamedTuple):
    """An option that the file has not, and where it goes."""

    file: str
    path: Path
    """The place that it takes in its file or, of a new block, that block's."""
    service: str
    node: MappingNode
    """As the file would have it."""


def new_options(
    shown: Mapping[str, Sequence[str]],
    before: PolicyOptions,
    after: PolicyOptions,
    given: Mapping[str, MappingNode],
) -> Iterator[NewOption]:
    """The options of the second plan that the first has not.

    Args:
        shown: amounts of the file as they are written, by what they are of.
        given: what a scenario writes of those that it adds, by id.
    """
    years = [word.year for word in before.financial_years]
    for at, block in enumerate(after.services):
        is_new = at >= len(before.services)
        known = 0 if is_new else len(before.services[at].options)
        for place, option in enumerate(block.options[known:], start=known):
            of_levels = before.basis != after.basis  # a trial has changes, whatever the file holds
            pence = pence_by(option.changes)
            changes = levels_of(pence_of(option), years) if of_levels else pence
            texts = _texts(changes, before.unit, shown.get("changes", ()))
            texts |= {str(year): TBC for year in option.unknown}
            amounts = {"changes": dict(sorted(texts.items()))}
            if option.fte:
                amounts["fte"] = _texts(pence_by(option.fte), FTE, shown.get("fte", ()))
            path: Path = ("services", at) if is_new else ("services", at, "options", place)
            node = _node(option, given.get(option.id), amounts)
            yield NewOption(before.place.file, path, block.service.text, node)


def _texts(pence: Mapping[Period, int], unit: Unit, shown: Sequence[str]) -> dict[str, str]:
    beside = AmountsAround(others=tuple(shown))
    return {str(year): amount_text(amount, unit, beside) for year, amount in pence.items()}


def _node(
    option: Option, given: MappingNode | None, amounts: Mapping[str, Mapping[str, str]]
) -> MappingNode:
    """A new option: what describes it, then its amounts, then whatever else is given of it."""
    head: dict[str, object] = {
        "id": option.id,
        "name": option.name,
        "kind": option.kind,
        "status": option.status.replace("-", " "),
        **amounts,
    }
    if option.affects:
        head["affects"] = option.affects
    made = node_of(head, option.place)
    assert isinstance(made, MappingNode)
    for key, value in given.items() if given else ():
        if key not in head and key not in OURS:
            made[key] = value
    return made


def option_edits(text: str, tree: WrittenNode, new: Sequence[NewOption]) -> Iterator[Edit]:
    """The edits that put new options at the ends of their services' blocks.

    Args:
        tree: of the text.
    """
    assert isinstance(tree, WrittenMapping)  # it was read
    blocks = tree.value("services")
    assert isinstance(blocks, WrittenList)
    by_block: dict[str | int, list[NewOption]] = {}
    for one in new:
        by_block.setdefault(one.path[1], []).append(one)
    fresh = []
    for at, listed in by_block.items():
        nodes = [one.node for one in listed]
        assert isinstance(at, int)  # blocks are a list
        if at >= len(blocks.items):
            fresh.append(_block(listed[0].service, nodes))
            continue
        block = blocks.items[at]
        options = block.value("options") if isinstance(block, WrittenMapping) else None
        assert isinstance(options, WrittenList)
        yield _items(text, options, nodes)
    if fresh:
        yield _items(text, blocks, fresh)


def _block(service: str, options: Sequence[MappingNode]) -> MappingNode:
    listed = ListNode(options[0].place)
    listed.extend(options)
    made = node_of({"service": service}, options[0].place)
    assert isinstance(made, MappingNode)
    made["options"] = listed
    return made


def _items(text: str, there: WrittenList, nodes: Sequence[MappingNode]) -> Edit:
    """Items behind the last of a list, each as that one stands."""
    if there.in_brackets:
        listed = ", ".join(flow(node) for node in nodes)
        end = there.items[-1].end if there.items else there.start + 1
        return Edit(end, end, f"{', ' if there.items else ''}{listed}")
    last = there.items[-1]
    in_lines = isinstance(last, WrittenMapping) and not last.in_brackets
    end, begin = line_end(text, last), new_line(text, there.start)
    items = (_lines(node) if in_lines else [flow(node)] for node in nodes)
    lines = (f"{'- ' if not at else '  '}{line}" for item in items for at, line in enumerate(item))
    return Edit(end, end, "".join(f"{begin}{line}" for line in lines))


def _lines(node: MappingNode) -> list[str]:
    """A mapping with a line for each key; the items of a list in it stand below their key."""
    lines = []
    for key, value in node.items():
        if isinstance(value, ListNode) and all(isinstance(item, MappingNode) for item in value):
            lines += [f"{scalar(key)}:", *(f"  - {flow(item)}" for item in value)]
        else:
            lines.append(f"{scalar(key)}: {entry_value(key, value)}")
    return lines
