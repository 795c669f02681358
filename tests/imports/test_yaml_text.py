"""What an import writes as YAML reads back as it was, whatever the names and figures are."""

from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.read.printed_table import cell_text
from cfbudget.imports.yaml_text import Flow, FlowList, Taken, YamlValue, yaml_text
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.read.yaml_nodes import compose

TEXTS = st.text(max_size=40).map(cell_text).filter(bool)
FIGURES = st.decimals(-(10**9), 10**9, places=3).map(lambda d: Taken(str(d), ((0, 0),), 0, "net"))
LINES = st.dictionaries(
    TEXTS,
    st.one_of(
        TEXTS,
        st.booleans(),
        FIGURES,
        st.dictionaries(TEXTS, st.one_of(TEXTS, FIGURES), max_size=3).map(Flow),
        st.lists(TEXTS, max_size=3).map(FlowList),
    ),
    min_size=1,
    max_size=5,
)


def read(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [read(one) for one in node]
    assert isinstance(node, MappingNode)
    return {key: read(value) for key, value in node.items()}


def meant(value: YamlValue) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Taken):
        return value.text
    if isinstance(value, dict):
        return {key: meant(one) for key, one in value.items()}
    return [meant(one) for one in value] if isinstance(value, list) else value


@given(LINES, st.lists(LINES, min_size=1, max_size=3))
def test_what_is_written_reads_back_equal(
    content: dict[str, YamlValue], lines: list[YamlValue]
) -> None:
    within: dict[str, YamlValue] = {"a": content, "b": lines}
    whole: dict[str, YamlValue] = {**content, "lines": lines, "within": within}
    composed = compose(yaml_text(("A head.", ""), whole), "a.yaml")
    assert composed.problems == []
    assert composed.root is not None
    assert read(composed.root) == meant(whole)
