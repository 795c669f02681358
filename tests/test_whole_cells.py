"""Workbooks read in one pass hold what openpyxl finds in two."""

from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.addresses import cell_name
from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import Limits, read_spreadsheet
from cfbudget.workbook.book.xlsx import write_workbook
from tests.kit.returned import book_of
from tests.kit.spreadsheets import FORMAT, MAIN, OFFICE, RELATIONS, parts_of, zipped
from tests.kit.support import SHIPPED
from tests.kit.two_passes import one_pass, two_passes

LIMITS = Limits(50_000_000, 100_000)
EXAMPLES = Path(__file__).parents[1] / "examples"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2">
    <numFmt numFmtId="164" formatCode="d mmm yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/>
    </numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>
    <cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/>
    <xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="21"/></cellXfs></styleSheet>"""
TEXTS = """<si><t>Care</t></si><si><t xml:space="preserve"> net </t></si><si><t/></si><si/>
    <si><r><t>Total </t></r><r><rPr><b/></rPr><t>net</t></r></si>
    <si><t>x</t><phoneticPr fontId="0"/></si><si><t>_x005F_x000D_</t></si>"""

numbers = st.sampled_from(
    ["0", "7", "-3380.5", "1.10", "1E+21", "2e-7", "0.30000000000000004", "45383", "0.75", "1" * 30]
)
formulas = st.sampled_from(
    [
        "",
        "<f/>",
        "<f>SUM(B1:B3)</f>",
        '<f t="normal">A1&amp;"x"</f>',
        '<f t="shared" ref="A1:F9" si="0">A1*$B$1</f>',
        '<f t="shared" si="0"/>',
        '<f t="array" ref="A1:A2">B1:B2*2</f>',
        '<f t="dataTable" ref="A1:A2" dt2D="0" dtr="1" r1="B1"/>',
    ]
)
values = st.one_of(
    st.tuples(st.sampled_from(["", 't="n"']), numbers.map("<v>{}</v>".format)),
    st.tuples(st.just('t="s"'), st.integers(0, 6).map("<v>{}</v>".format)),
    st.tuples(
        st.just('t="str"'),
        st.text("aé £<&7 \n", max_size=5).map(lambda text: f"<v>{escape(text)}</v>"),
    ),
    st.sampled_from(
        [
            ("", ""),
            ("", "<v/>"),
            ('t="s"', ""),
            ('t="str"', "<v/>"),
            ('t="b"', "<v>1</v>"),
            ('t="b"', "<v>0</v>"),
            ('t="e"', "<v>#REF!</v>"),
            ('t="d"', "<v>2024-04-01</v>"),
            ('t="inlineStr"', "<is><t>=x</t></is>"),
            ('t="inlineStr"', "<is><r><t>a</t></r><r><t>b</t></r></is>"),
        ]
    ),
)
cells = st.tuples(st.integers(0, 4), formulas, values)


def stored(path: Path, rows: dict[int, dict[int, tuple[int, str, tuple[str, str]]]]) -> Path:
    table = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{cell_name(row, column)}" s="{style}" {kind}>{formula}{value}</c>'
            for column, (style, formula, (kind, value)) in sorted(there.items())
        )
        + "</row>"
        for row, there in sorted(rows.items())
    )
    parts = parts_of(table)
    types, texts = "xl/styles.xml", "xl/sharedStrings.xml"
    manifest = str(parts["[Content_Types].xml"])
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{FORMAT}.{kind}+xml"/>'
        for part, kind in ((types, "styles"), (texts, "sharedStrings"))
    )
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    linked = f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    ends = "</Relationships>"
    assert RELATIONS in relations
    return zipped(
        path,
        {
            **parts,
            "[Content_Types].xml": manifest.replace("</Types>", f"{overrides}</Types>"),
            "xl/_rels/workbook.xml.rels": relations.replace(ends, f"{linked}{ends}"),
            types: STYLES,
            texts: f'<sst xmlns="{MAIN}">{TEXTS}</sst>',
        },
    )


@given(
    st.dictionaries(
        st.integers(1, 9), st.dictionaries(st.integers(1, 6), cells, min_size=1), min_size=1
    )
)
def test_one_pass_finds_what_two_do(
    rows: dict[int, dict[int, tuple[int, str, tuple[str, str]]]],
) -> None:
    with TemporaryDirectory() as folder:
        path = stored(Path(folder) / "book.xlsx", rows)
        found = read_spreadsheet(path, LIMITS, appearance=True)
        try:
            expected = two_passes(path)
        except Exception:
            assert isinstance(found, Refusal)
            return
        assert not isinstance(found, Refusal), found
        assert one_pass(found) == expected


@pytest.mark.parametrize(
    "folder", [SHIPPED, *(p for p in sorted(EXAMPLES.iterdir()) if p.is_dir())]
)
def test_a_plans_workbook_is_read_in_one_pass_as_in_two(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(book_of({p.name: p.read_text("utf-8") for p in folder.glob("*.yaml")}), path)
    found = read_spreadsheet(path, LIMITS, appearance=True)
    assert not isinstance(found, Refusal), found
    assert one_pass(found) == two_passes(path)
