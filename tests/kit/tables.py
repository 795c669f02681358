"""A plan's YAML files written as tables, CSV or a sheet, as `docs/plan-files.md` says."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import xlsxwriter

from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.read.yaml_nodes import compose

LINES = {
    "revenue": "services",
    "capital_programme": "schemes",
    "policy_options": "services",
    "funding": "lines",
    "reserves": "reserves",
}
BY_YEAR = {"capital_programme": "allocations", "policy_options": "changes", "funding": "amounts"}
OF_RECORD = ("name", "note", "source", "accepted", "by")
Row = dict[str, str]


def table_rows(text: str, file: str) -> list[list[str]]:
    """The rows of a file's table: its keys, a blank row, headings, and its lines."""
    stem = file.removesuffix(".yaml")
    kind = "revenue" if stem.startswith("revenue") else stem
    root = compose(text, file).root
    assert isinstance(root, MappingNode)
    head = [[key, *values] for key, values in _head(root, kind)]
    lines = list(_lines(root, kind))
    years = root.get("financial_years") if kind in BY_YEAR else None
    named = [_text(year) for year in years] if isinstance(years, ListNode) else []
    headings = list(dict.fromkeys([*(key for line in lines for key in line), *named]))
    return [*head, [], headings, *([line.get(key, "") for key in headings] for line in lines)]


MARKED = re.compile("'[=+@-]")


def csv_text(rows: list[list[str]]) -> str:
    """The rows as CSV, as people write them: a mark that our reader takes off has one before it."""
    written = io.StringIO()
    kept = [["'" + text if MARKED.match(text) else text for text in row] for row in rows]
    csv.writer(written).writerows(kept)
    return written.getvalue()


def store_sheet(rows: list[list[str]], path: Path) -> None:
    """The rows as a workbook: plain amounts as numbers in a format with their places."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if re.fullmatch(r"-?(0|[1-9]\d{0,8})(\.\d{1,6})?", text):
                places = len(text.partition(".")[2])
                number = "0." + "0" * places if places else "0"
                sheet.write_number(at, column, float(text), book.add_format({"num_format": number}))
            elif text:
                sheet.write_string(at, column, text)
    book.close()


def _head(root: MappingNode, kind: str) -> Iterator[tuple[str, list[str]]]:
    skipped = {LINES[kind], "stated", "groups", "financing", "reserves"}
    for key, node in root.items():
        if key in skipped:
            continue
        if isinstance(node, ListNode) and key == "funds":
            for fund in node:
                assert isinstance(fund, MappingNode)
                yield f"funds.{_text(fund['id'])}", [_text(fund["name"])]
        elif isinstance(node, ListNode):
            yield key, [_text(item) for item in node] or ["none"]
        else:
            yield from ((path, [text]) for path, text in _paths(node, key).items())


def _lines(root: MappingNode, kind: str) -> Iterator[Row]:
    listed = root[LINES[kind]]
    assert isinstance(listed, ListNode)
    for node in listed:
        assert isinstance(node, MappingNode)
        if kind == "policy_options":
            yield from _block(node)
        elif kind == "revenue":
            yield from _service(node, "")
        else:
            yield _line(node, kind)
    uses = root.get("reserves") if kind == "funding" else None
    for use in uses if isinstance(uses, ListNode) else ():
        assert isinstance(use, MappingNode)
        line = _line(use, kind)
        yield {"row": "use", "id": line.pop("reserve"), **line}
    groups = root.get("groups")
    for group in groups if isinstance(groups, ListNode) else ():
        yield {"row": "group", **_stated(group)}
    totals = {key: root[key] for key in ("stated", "financing") if key in root}
    if totals:
        made = MappingNode(root.place)
        made.update(totals)
        yield {"row": "total", **_stated(made)}


def _block(block: MappingNode) -> Iterator[Row]:
    service = _text(block["service"])
    options = block["options"]
    assert isinstance(options, ListNode)
    for option in options:
        assert isinstance(option, MappingNode)
        yield {"service": service, **_line(option, "policy_options")}
    rest = MappingNode(block.place)
    rest.update({key: node for key, node in block.items() if key not in ("service", "options")})
    if rest or not options:
        yield {"service": service, "row": "total", **_stated(rest)}


def _service(node: MappingNode, within: str) -> Iterator[Row]:
    below = node.get("services")
    own = MappingNode(node.place)
    own.update({key: value for key, value in node.items() if key != "services"})
    yield {**({"within": within} if within else {}), **_line(own, "revenue")}
    for child in below if isinstance(below, ListNode) else ():
        assert isinstance(child, MappingNode)
        yield from _service(child, _text(node["id"]))


def _line(node: MappingNode, kind: str) -> Row:
    found: Row = {}
    for path, text in _paths(node, "").items():
        first, _, rest = path.partition(".")
        found[rest if first == BY_YEAR.get(kind) else path] = text
    return found


def _stated(node: Node) -> Row:
    found: Row = {}
    for path, text in _paths(node, "").items():
        first, _, rest = path.partition(".")
        found[rest if first == "stated" else path] = text
    return found


def _paths(node: Node, path: str) -> Mapping[str, str]:
    """Texts by the keys that lead to them, with full stops between; a blank says nothing."""
    if isinstance(node, Scalar):
        return {path: node.text} if node.text.strip() else {}
    if isinstance(node, ListNode):
        return {path: ", ".join(map(_text, node))} if node else {}
    found: dict[str, str] = {}
    for key, value in node.items():
        found |= _paths(value, f"{path}.{key}" if path else key)
    return found


def _text(node: Node) -> str:
    assert isinstance(node, Scalar)
    return node.text
