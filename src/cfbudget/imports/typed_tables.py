"""The tables of a plan that were typed into a workbook, as the YAML files that say the same."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.imports.yaml_text import Flow, FlowList, YamlValue, yaml_text
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.read.table_nodes import compose_table
from cfbudget.read.yaml_nodes import compose

HEAD = "yaml-language-server: $schema=schema/{}.json"
SWITCHES = frozenset({"exact", "recurs", "invest_to_save", "projected"})
"""Keys whose true and false have no quotes."""


class TypedTable(NamedTuple):
    """A sheet and its file, with what each says: every value by its place in the file."""

    sheet: str
    file: str
    text: str
    typed: tuple[tuple[str, str], ...]
    written: tuple[tuple[str, str], ...]

    @property
    def is_same(self) -> bool:
        return self.typed == self.written


def typed_tables(sheets: Mapping[str, str], book: str) -> tuple[TypedTable, ...]:
    """The tables of a workbook that is a plan without a problem.

    Args:
        sheets: as CSV, by name.
        book: the workbook's name, as the files are to name it.
    """
    return tuple(_table(sheet, text, book) for sheet, text in sheets.items())


def _table(sheet: str, text: str, book: str) -> TypedTable:
    root = compose_table(text, sheet).root
    content = _value("", root) if root is not None else {}
    assert isinstance(content, dict)  # a table is a mapping
    schema = {"capital_programme": "capital", "policy_options": "options"}.get(sheet, sheet)
    schema = "revenue" if schema.startswith("revenue_") else schema
    head = (HEAD.format(schema), "", f"From the sheet {sheet} of {book}, by cfbudget import.")
    file = f"{sheet}.yaml"
    written = yaml_text(head, content)
    back = compose(written, file).root
    return TypedTable(sheet, file, written, tuple(_said(root, "")), tuple(_said(back, "")))


def _value(key: str, node: Node) -> YamlValue:
    if isinstance(node, Scalar):
        is_switch = key in SWITCHES and node.text.lower() in ("true", "false")
        return node.text.lower() == "true" if is_switch else node.text
    if isinstance(node, ListNode):
        if all(isinstance(item, Scalar) for item in node):
            return FlowList(item.text for item in node if isinstance(item, Scalar))
        return [_value("", item) for item in node]
    texts = {name: one.text for name, one in node.items() if isinstance(one, Scalar)}
    if len(texts) == len(node) and all(name[:1].isdigit() for name in texts):
        return Flow(texts)
    return {name: _value(name, one) for name, one in node.items()}


def _said(node: Node | None, path: str) -> Iterator[tuple[str, str]]:
    """Every value below a node with its place, in order; what holds none counts as one."""
    if isinstance(node, MappingNode):
        for key, value in node.items():
            yield from _said(value, f"{path}.{key}" if path else key)
    elif isinstance(node, ListNode):
        for at, item in enumerate(node, start=1):
            yield from _said(item, f"{path}[{at}]")
    elif node is not None:
        is_switch = path.rpartition(".")[2] in SWITCHES
        yield path, node.text.lower() if is_switch else node.text
